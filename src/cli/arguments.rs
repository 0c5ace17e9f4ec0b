//! Every command, argument and option, once.

use std::path::PathBuf;

use crate::isolate;
use clap::{ArgAction, Args, Parser, Subcommand, ValueEnum};

/// The whole command line.
#[derive(Debug, Parser)]
#[command(
    name = "hebiao",
    version,
    about = "核表：读取预算绩效评价表，复算得分，核对勾稽关系，写出规范表和差异清单",
    after_help = "退出码：\n  \
                  0  没有达到 --fail-on 的问题\n  \
                  1  有这样的问题\n  \
                  2  用法有误，或内部错误\n  \
                  3  有文件读不了、认不出，或没有可核对的表\n\n\
                  示例：\n  hebiao check 自评表.xlsx\n  hebiao convert 自评表.xlsx -o 核对结果",
    override_usage = "hebiao <命令> [参数]…",
    disable_help_flag = true,
    disable_version_flag = true,
    disable_help_subcommand = true,
    arg_required_else_help = true
)]
pub struct Arguments {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
    #[arg(short, long, global = true, action = ArgAction::Help, help = "显示帮助")]
    help: Option<bool>,
    #[arg(short = 'V', long, action = ArgAction::Version, help = "显示版本")]
    version: Option<bool>,
}

/// The commands, in the order of the help.
#[derive(Debug, Subcommand)]
pub enum Command {
    #[command(about = "核对表格，列出问题", override_usage = "hebiao check [选项] <文件>…")]
    Check(Check),
    #[command(
        about = "核对表格，并写出规范表和差异清单",
        override_usage = "hebiao convert [选项] <文件>… -o <目录>"
    )]
    Convert(Convert),
    #[command(
        about = "说明表格是怎样读的：表式、每一栏、每一格",
        override_usage = "hebiao inspect [选项] <文件>…"
    )]
    Inspect(Inspect),
    #[command(about = "列出全部核对规则", override_usage = "hebiao rules [选项]")]
    Rules(Rules),
    #[command(
        about = "解释一条规则：查什么、依据、正误例、怎么改",
        override_usage = "hebiao explain <规则>"
    )]
    Explain(Explain),
    #[command(
        about = "打印机器可读结果的格式说明（JSON Schema）",
        override_usage = "hebiao schema <名称>"
    )]
    Schema(Schema),
    /// Not for people: this process reads files for another of its kind.
    #[command(name = isolate::COMMAND, hide = true)]
    ReadWorkbook,
}

/// `hebiao check`.
#[derive(Debug, Args)]
pub struct Check {
    #[command(flatten)]
    pub files: Files,
    #[arg(
        long,
        value_name = "格式",
        default_value = "text",
        help = "输出格式：text 文字（默认），json 一份完整报告，\nndjson 每个文件一行",
        hide_possible_values = true,
        hide_default_value = true
    )]
    pub format: CheckFormat,
    #[command(flatten)]
    pub fail_on: FailOnOption,
    #[command(flatten)]
    pub color: ColorOption,
    #[arg(
        short,
        long,
        action = ArgAction::Count,
        help = "少说话：-q 只列问题，-qq 什么也不列，只给退出码"
    )]
    pub quiet: u8,
}

/// `hebiao convert`.
#[derive(Debug, Args)]
pub struct Convert {
    #[command(flatten)]
    pub files: Files,
    #[arg(
        short,
        long,
        value_name = "目录",
        help = "写到哪个目录，没有就新建；每个文件写出\n<名称>.规范表.xlsx 和 <名称>.差异清单.xlsx"
    )]
    pub output: PathBuf,
    #[arg(long, help = "覆盖已有的结果文件")]
    pub force: bool,
    #[command(flatten)]
    pub fail_on: FailOnOption,
}

/// `hebiao inspect`.
#[derive(Debug, Args)]
pub struct Inspect {
    #[command(flatten)]
    pub files: Files,
    #[command(flatten)]
    pub format: FormatOption,
    #[command(flatten)]
    pub color: ColorOption,
}

/// `hebiao rules`.
#[derive(Debug, Args)]
pub struct Rules {
    #[command(flatten)]
    pub format: FormatOption,
}

/// `hebiao explain`.
#[derive(Debug, Args)]
pub struct Explain {
    #[arg(value_name = "规则", help = "编号（A01）、英文名（total-score-mismatch）或中文名")]
    pub rule: String,
}

/// `hebiao schema`.
#[derive(Debug, Args)]
pub struct Schema {
    #[arg(
        value_name = "名称",
        help = "report：check --format json 的结果",
        hide_possible_values = true
    )]
    pub name: SchemaName,
}

/// The inputs of a command.
#[derive(Debug, Args)]
pub struct Files {
    #[arg(
        value_name = "文件",
        required = true,
        num_args = 1..,
        help = "要核对的表格文件，可以多个；- 表示从标准输入读"
    )]
    pub files: Vec<PathBuf>,
}

/// `--fail-on`.
#[derive(Debug, Args)]
pub struct FailOnOption {
    #[arg(
        long,
        value_name = "级别",
        default_value = "error",
        help = "有这一级及以上的问题就以 1 退出：\nerror 错误（默认），warning 预警，info 提示，never 从不",
        hide_possible_values = true,
        hide_default_value = true
    )]
    pub fail_on: FailOn,
}

/// `--color`.
#[derive(Debug, Args)]
pub struct ColorOption {
    #[arg(
        long,
        value_name = "何时",
        default_value = "auto",
        help = "颜色：auto 在终端上用（默认），always 总用，never 不用；\nauto 遵从环境变量 NO_COLOR",
        hide_possible_values = true,
        hide_default_value = true
    )]
    pub color: When,
}

/// `--format` of commands whose output is a text or one JSON document.
#[derive(Debug, Args)]
pub struct FormatOption {
    #[arg(
        long,
        value_name = "格式",
        default_value = "text",
        help = "输出格式：text 文字（默认），json",
        hide_possible_values = true,
        hide_default_value = true
    )]
    pub format: Format,
}

/// How `check` prints.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum CheckFormat {
    Text,
    Json,
    Ndjson,
}

/// How the other commands print.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    Text,
    Json,
}

/// The least level that makes a run fail.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum FailOn {
    Error,
    Warning,
    Info,
    Never,
}

/// When to use colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum When {
    Auto,
    Always,
    Never,
}

/// The published schemas.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum SchemaName {
    Report,
}
