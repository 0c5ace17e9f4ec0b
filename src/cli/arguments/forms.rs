//! The arguments of `hebiao forms`.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::{FormatOption, FormsOption};

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
    #[command(
        about = "把表格里没有认出的表头写成一份词汇文件，过目后可用",
        override_usage = "hebiao forms learn [选项] <文件>...",
        after_help = "示例：\n  hebiao forms learn 自评表.xlsx > 本县词汇.toml\n  hebiao check --forms 本县词汇.toml 自评表.xlsx"
    )]
    Learn(FormsLearn),
}

/// `hebiao forms learn`.
#[derive(Debug, Args)]
pub struct FormsLearn {
    #[arg(value_name = "文件", required = true, help = "有不认识的表头的表格，可以多个")]
    pub files: Vec<PathBuf>,
    #[command(flatten)]
    pub forms: FormsOption,
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
