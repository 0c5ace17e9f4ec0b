//! The arguments of `hebiao diff`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::{Basis, BatchOptions, ColorOption, FailOnOption};

/// `hebiao diff`.
#[derive(Debug, Args)]
pub struct Diff {
    #[arg(value_name = "旧表", help = "原来报送的文件；或原来一批的文件夹、zip 压缩包")]
    pub old: PathBuf,
    #[arg(
        value_name = "新表",
        help = "修改后重新报送的文件，- 表示从标准输入读；\n或重新报送的一批：按项目、单位和表式逐张对应"
    )]
    pub new: PathBuf,
    #[command(flatten)]
    pub basis: Basis,
    #[arg(
        long,
        value_name = "格式",
        default_value = "text",
        help = "输出格式：text 文字（默认），json，markdown",
        hide_possible_values = true,
        hide_default_value = true
    )]
    pub format: DiffFormat,
    #[arg(
        short,
        long,
        value_name = "工作簿",
        help = "另外写成一个 .xlsx 工作簿：概况、问题、改动等几页；\n写 - 就只把工作簿写到标准输出"
    )]
    pub output: Option<PathBuf>,
    #[arg(
        long,
        help = "项目、单位或表式对不上的也对比；不写就说明对不上在哪里，\n不作对比，以 2 退出"
    )]
    pub anyway: bool,
    #[arg(long, help = "覆盖已有的工作簿")]
    pub force: bool,
    #[command(flatten)]
    pub batch: BatchOptions,
    #[command(flatten)]
    pub fail_on: FailOnOption,
    #[command(flatten)]
    pub color: ColorOption,
}

/// How `diff` prints.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum DiffFormat {
    Text,
    Json,
    Markdown,
}
