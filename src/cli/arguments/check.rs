//! The arguments of `hebiao check`.

use std::path::PathBuf;

use clap::{ArgAction, Args, ValueEnum};

use super::{Basis, BatchOptions, ColorOption, ExplanationsOption, FailOnOption, Files, ReportsOption};

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
        help = "把 ndjson 写到这个文件，核对完一个文件写一行"
    )]
    pub output: Option<PathBuf>,
    #[arg(
        long,
        help = "接着上次写 --output 的文件：路径、内容、程序版本、标准和\n设置都没有变的不再核对，没有写完的最后一行丢掉"
    )]
    pub resume: bool,
    #[arg(
        long,
        help = "用另一读取程序把每个文件再读一次，逐格比对（xlsx、xlsm、\nxlsb、xls、ods；convert 和 inspect 总是这样做）"
    )]
    pub confirm_reading: bool,
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

/// How `check` prints.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum CheckFormat {
    Text,
    Json,
    Ndjson,
}
