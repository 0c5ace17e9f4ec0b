//! The arguments of `hebiao check`.

use std::path::PathBuf;

use clap::{ArgAction, Args, ValueEnum};

use super::{Basis, BatchOptions, ColorOption, ConfirmOption, ExplanationsOption, FailOnOption, Files, ReportsOption};

/// `hebiao check`.
#[derive(Debug, Args)]
pub struct Check {
    #[command(flatten)]
    pub files: Files,
    #[command(flatten)]
    pub batch: BatchOptions,
    #[command(flatten)]
    pub basis: Basis,
    #[command(flatten)]
    pub reports: ReportsOption,
    #[arg(
        long,
        value_name = "格式",
        default_value = "text",
        help = "输出格式：text 文字（默认），json 一份完整报告，\nndjson 每个文件一行",
        hide_possible_values = true,
        hide_default_value = true
    )]
    pub format: CheckFormat,
    #[arg(
        short,
        long,
        value_name = "结果",
        help = "把结果写到这个文件，不写到屏幕；ndjson 核对完一个文件\n写一行，文字和 json 全部核对完才写"
    )]
    pub output: Option<PathBuf>,
    #[arg(long, help = "覆盖已有的 --output 文件（文字和 json）")]
    pub force: bool,
    #[arg(
        long,
        help = "文件再多也逐个列出全部问题；不写时，多个文件每个只占\n一行，后面是各条规则的个数"
    )]
    pub details: bool,
    #[command(flatten)]
    pub shown: ShownOptions,
    #[arg(
        long,
        help = "接着上次写 --output 的文件：路径、内容、程序版本、标准和\n设置都没有变的不再核对，没有写完的最后一行丢掉"
    )]
    pub resume: bool,
    #[command(flatten)]
    pub confirm: ConfirmOption,
    #[command(flatten)]
    pub fail_on: FailOnOption,
    #[command(flatten)]
    pub explanations: ExplanationsOption,
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

/// Which findings are wanted.
#[derive(Debug, Args)]
pub struct ShownOptions {
    #[arg(
        long,
        value_name = "级别",
        help = "只列这一级及以上的问题：error 错误，warning 预警，\ninfo 提示（默认）；不列的只计数，也不影响退出码",
        hide_possible_values = true
    )]
    pub min_severity: Option<Level>,
    #[arg(
        long,
        value_name = "规则",
        value_delimiter = ',',
        help = "只列这些规则的问题：编号、英文名或一类的字母（A），\n可以写多个，用逗号隔开"
    )]
    pub select: Vec<String>,
    #[arg(
        long,
        value_name = "规则",
        value_delimiter = ',',
        help = "不列这些规则的问题，写法同 --select"
    )]
    pub ignore: Vec<String>,
}

/// A level of findings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Level {
    Error,
    Warning,
    Info,
}

/// How `check` prints.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum CheckFormat {
    Text,
    Json,
    Ndjson,
}
