//! The arguments of `hebiao inspect`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::{Basis, BatchOptions, ColorOption, Files};

/// `hebiao inspect`.
#[derive(Debug, Args)]
pub struct Inspect {
    #[command(flatten)]
    pub files: Files,
    #[command(flatten)]
    pub batch: BatchOptions,
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

/// How `inspect` prints.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum InspectFormat {
    Text,
    Json,
    Html,
}
