//! The arguments of `hebiao convert`.

use std::path::PathBuf;

use clap::Args;

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
        help = "写到哪个目录，没有就新建；每个文件写出\n<名称>.规范表.xlsx 和 <名称>.差异清单.xlsx"
    )]
    pub output: PathBuf,
    #[arg(long, help = "覆盖已有的结果文件")]
    pub force: bool,
    #[command(flatten)]
    pub fail_on: FailOnOption,
}
