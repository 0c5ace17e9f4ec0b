//! Every command, argument and option, once.

use std::path::PathBuf;

use crate::isolate;
use clap::{ArgAction, Args, Parser, Subcommand, ValueEnum};

/// How to teach the program a form.
const FORMS_HELP: &str = "\
本单位的表认不出或认错时，可以写两种 .toml 文件教它，放在一个文件夹里，
运行 check、convert、inspect 时加 --forms 文件夹。

一、词汇文件：表头、栏目的另一种写法，加在已有的意思后面。例如
  [indicator]                       # 指标表头
  target = [\"约定值\", \"承诺值\"]      # 也读作“年度指标值”
  [heading]                         # 基本信息栏目
  project_name = [\"资助事项\"]       # 也读作“项目名称”
空格、全角半角、括号里的单位（如“（万元）”）不必写。一种写法只能有一个意思。
各组和各项的名称，运行 hebiao forms 可以看到。

二、表式文件：凭哪些特征认出一种表，每个文件一种。例如
  name = \"county-grant\"             # 名称：小写英文字母、数字、短横线
  title = \"某县补助资金自评表\"
  kind = \"project_self_evaluation\"  # 评价类型，见下
  source = \"某县财政局2024年通知\"    # 依据
  [[sign]]                          # 特征，可以多条
  points = 40                       # 加多少分，扣分写负数
  where = \"title\"                   # 在哪里找：title 标题，level1 一级指标，any 表中
  any = [\"补助资金自评\"]            # 有其中一个就算
得分最高的表式就是这张表的表式；同分时自己写的优先。
kind 可以是：project_self_evaluation 项目支出自评，department_evaluation 部门（财政）评价，
overall_self_evaluation 部门整体支出自评，transfer_self_evaluation 转移支付自评，other 其他。

写好后用 hebiao forms check 文件 --on 表格 试一试。";

/// How to write a standard.
const STANDARDS_HELP: &str = "\
本地的规定与内置标准不同时，可以写一个 .toml 文件，只写不同的地方。例如
  extends = \"ministry-2020\"          # 以哪个内置标准为底
  name = \"my-county-2024\"            # 名称，写在核对结果里
  title = \"某县预算绩效自评办法\"
  document = \"某财绩〔2024〕1号\"
  fund_weight = 20                    # 预算执行率的分值
  [execution]
  reason_below = \"0.9\"               # 执行率低于 90% 须写原因
运行 check、convert、inspect 时加 --standard 文件。
各项的写法和含义，看 hebiao standards ministry-2020；列表（等级、档、权重）写了就整个替换。";

/// How to write settings.
const SETTINGS_HELP: &str = "\
设置写在 hebiao.toml 里，放在表格所在的文件夹或它的上级，都可以不写：
  standard = \"hubei\"                # 内置标准，或标准文件（相对于本文件）
  forms = [\"表式\"]                  # 表式和词汇的文件夹
  [severity]                         # 规则的级别：error、warning、info、off
  D14 = \"warning\"
  [tolerance]                        # 容差：score、weight、money、rate
  score = \"0.05\"
  [reasons]                          # 原因
  required = [\"deduction\"]          # 不写原因算错误的：deduction 扣分，
                                     # over_achievement 超额完成，execution 执行率低
  execution_below = \"0.9\"           # 执行率低于多少须写原因
  over_achievement = \"1.5\"          # 完成值达到指标值多少倍须写原因
  [[suppress]]                       # 忽略某个问题，可以多条
  rule = \"A03\"
  table = \"2023*.xlsx\"              # 文件名、工作表名或项目名称，* 代表任意文字
  field = \"F5\"                      # 单元格或字段，可用 *
  reason = \"资金行分值按上级要求另列\"
  expires = \"2026-12-31\"            # 到哪天为止，可以不写";

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
    #[command(
        about = "列出认得的表式，检查自己写的表式和词汇文件",
        override_usage = "hebiao forms [选项]\n      hebiao forms check [选项] <文件>",
        after_help = FORMS_HELP,
        args_conflicts_with_subcommands = true
    )]
    Forms(Forms),
    #[command(
        about = "列出内置的评价标准，打印其中一个",
        override_usage = "hebiao standards [选项] [名称]",
        after_help = STANDARDS_HELP
    )]
    Standards(Standards),
    #[command(
        about = "说明设置：现在用的是什么，从哪里来",
        override_usage = "hebiao config show [选项] [文件]",
        after_help = SETTINGS_HELP
    )]
    Config(Config),
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
    #[command(flatten)]
    pub basis: Basis,
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
    #[arg(long, value_name = "基线", help = "不列这个基线文件里已有的问题，只列新的")]
    pub baseline: Option<PathBuf>,
    #[arg(
        long,
        value_name = "基线",
        help = "把这次的全部问题写成基线文件，供以后 --baseline 用；\n已有的文件会被替换"
    )]
    pub write_baseline: Option<PathBuf>,
    #[arg(long, help = "列出每一项得分是怎样算出来的（json 中总是有）")]
    pub trace: bool,
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
    #[command(flatten)]
    pub basis: Basis,
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
    pub basis: Basis,
    #[arg(
        long,
        value_name = "格式",
        default_value = "text",
        help = "输出格式：text 文字（默认），json，\nhtml 一页图示，每一格按读成什么着色",
        hide_possible_values = true,
        hide_default_value = true
    )]
    pub format: InspectFormat,
    #[arg(
        short,
        long,
        value_name = "页面",
        help = "把 html 写到哪个文件；不写或写 - 就写到标准输出"
    )]
    pub output: Option<PathBuf>,
    #[arg(long, help = "覆盖已有的页面")]
    pub force: bool,
    #[command(flatten)]
    pub color: ColorOption,
}

/// `hebiao forms`.
#[derive(Debug, Args)]
pub struct Forms {
    #[command(subcommand)]
    pub command: Option<FormsCommand>,
    #[command(flatten)]
    pub forms: FormsOption,
    #[command(flatten)]
    pub format: FormatOption,
}

/// The commands under `hebiao forms`.
#[derive(Debug, Subcommand)]
pub enum FormsCommand {
    #[command(
        about = "检查一个表式或词汇文件，并说明用了它会认出什么",
        override_usage = "hebiao forms check [选项] <文件>",
        after_help = "示例：\n  hebiao forms check 本县词汇.toml --on 自评表.xlsx"
    )]
    Check(FormsCheck),
}

/// `hebiao forms check`.
#[derive(Debug, Args)]
pub struct FormsCheck {
    #[arg(value_name = "文件", help = "要检查的 .toml 文件")]
    pub file: PathBuf,
    #[arg(
        long,
        value_name = "表格",
        num_args = 1..,
        help = "拿这些表格试读，可以多个：\n用与不用这个文件，各认成什么"
    )]
    pub on: Vec<PathBuf>,
    #[command(flatten)]
    pub forms: FormsOption,
    #[command(flatten)]
    pub format: FormatOption,
}

/// `hebiao standards`.
#[derive(Debug, Args)]
pub struct Standards {
    #[arg(value_name = "名称", help = "打印这个标准的全文；不写就列出全部")]
    pub name: Option<String>,
    #[command(flatten)]
    pub format: FormatOption,
}

/// `hebiao config`.
#[derive(Debug, Args)]
pub struct Config {
    #[command(subcommand)]
    pub command: ConfigCommand,
}

/// The commands under `hebiao config`.
#[derive(Debug, Subcommand)]
pub enum ConfigCommand {
    #[command(
        about = "列出核对某个文件时各项设置的值和来处",
        override_usage = "hebiao config show [选项] [文件]"
    )]
    Show(ConfigShow),
}

/// `hebiao config show`.
#[derive(Debug, Args)]
pub struct ConfigShow {
    #[arg(value_name = "文件", help = "核对哪个文件时的设置；不写就按当前文件夹")]
    pub file: Option<PathBuf>,
    #[command(flatten)]
    pub basis: Basis,
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

/// `--forms`.
#[derive(Debug, Args)]
pub struct FormsOption {
    #[arg(
        long = "forms",
        value_name = "目录",
        help = "另外使用这个文件夹里的表式和词汇（全部 .toml 文件），\n可以写多次；写法请看 hebiao forms --help"
    )]
    pub folders: Vec<PathBuf>,
}

/// What tables are checked by.
#[derive(Debug, Args)]
pub struct Basis {
    #[arg(
        long,
        value_name = "设置",
        help = "用这个设置文件；不写就用表格所在文件夹及其上各级里\n最近的 hebiao.toml"
    )]
    pub config: Option<PathBuf>,
    #[command(flatten)]
    pub standard: StandardOption,
    #[command(flatten)]
    pub forms: FormsOption,
}

/// `--standard`.
#[derive(Debug, Args)]
pub struct StandardOption {
    #[arg(
        long = "standard",
        value_name = "标准",
        help = "按哪个评价标准核对：内置标准的名称，或自己写的 .toml 文件；\n不写就用 ministry-2020，全部请看 hebiao standards"
    )]
    pub standard: Option<PathBuf>,
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

/// How `inspect` prints.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum InspectFormat {
    Text,
    Json,
    Html,
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
