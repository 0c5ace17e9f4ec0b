//! The arguments of the commands that say what the program goes by: standards, settings, rules, schemas.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

use super::{Basis, ColorOption, FormatOption, RulesOption};

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
    #[command(subcommand)]
    pub command: Option<RulesCommand>,
    #[command(flatten)]
    pub rules: RulesOption,
    #[command(flatten)]
    pub format: FormatOption,
}

/// The commands under `hebiao rules`.
#[derive(Debug, Subcommand)]
pub enum RulesCommand {
    #[command(
        about = "检查自己写的规则，用每条规则自带的正误例试一遍",
        override_usage = "hebiao rules check [选项] <文件或文件夹>…",
        after_help = "示例：\n  hebiao rules check samples/rules"
    )]
    Check(RulesCheck),
}

/// `hebiao rules check`.
#[derive(Debug, Args)]
pub struct RulesCheck {
    #[arg(
        value_name = "文件或文件夹",
        required = true,
        help = "写规则的 .toml 文件，或放这些文件的文件夹"
    )]
    pub paths: Vec<PathBuf>,
    #[command(flatten)]
    pub format: FormatOption,
}

/// `hebiao explain`.
#[derive(Debug, Args)]
pub struct Explain {
    #[arg(value_name = "规则", help = "编号（A01）、英文名（total-score-mismatch）或中文名")]
    pub rule: String,
    #[arg(long, help = "示例表一行不少地打印（Markdown），不只列有关的行")]
    pub full: bool,
    #[command(flatten)]
    pub rules: RulesOption,
    #[command(flatten)]
    pub color: ColorOption,
}

/// `hebiao schema`.
#[derive(Debug, Args)]
pub struct Schema {
    #[arg(
        value_name = "名称",
        help = "report：check --format json 的结果；\ndiff：diff --format json 的结果；\nsummary：summarize --format json 的结果",
        hide_possible_values = true
    )]
    pub name: SchemaName,
}

/// The published schemas.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum SchemaName {
    Report,
    Diff,
    Summary,
}

/// `hebiao completions`.
#[derive(Debug, Args)]
pub struct Completions {
    #[arg(
        value_name = "命令行程序",
        help = "bash、zsh、fish 或 powershell",
        hide_possible_values = true
    )]
    pub shell: CompletedShell,
}

/// The shells that can be taught the commands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum CompletedShell {
    Bash,
    Zsh,
    Fish,
    Powershell,
}
