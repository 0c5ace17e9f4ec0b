//! The arguments of `hebiao convert`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::{Basis, FailOnOption, Files};

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
        help = "写到哪个目录，没有就新建；每个文件写出\n<名称>.规范表.xlsx 和 <名称>.差异清单.xlsx；\n写 - 就只把规范表写到标准输出（只能有一个文件）"
    )]
    pub output: PathBuf,
    #[arg(
        long,
        value_name = "格式",
        default_value = "xlsx",
        help = "规范表的格式：xlsx（默认），json 与 check --format json 相同，\ncsv 只有评价表的文字和数字；三种都可以再读回来",
        hide_possible_values = true,
        hide_default_value = true
    )]
    pub to: TableFormat,
    #[arg(long, help = "覆盖已有的结果文件")]
    pub force: bool,
    #[command(flatten)]
    pub fail_on: FailOnOption,
}

/// How the normalized table is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum TableFormat {
    Xlsx,
    Json,
    Csv,
}
