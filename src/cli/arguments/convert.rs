//! The arguments of `hebiao convert`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use hebiao::write::{ListFormat, TextEncoding};

use super::{Basis, BatchOptions, ExplanationsOption, FailOnOption, Files, ReportsOption};

/// `hebiao convert`.
#[derive(Debug, Args)]
pub struct Convert {
    #[command(flatten)]
    pub files: Files,
    #[command(flatten)]
    pub batch: BatchOptions,
    #[command(flatten)]
    pub basis: Basis,
    #[command(flatten)]
    pub reports: ReportsOption,
    #[arg(
        short,
        long,
        value_name = "目录",
        help = "写到哪个目录，没有就新建；每个文件写出\n<名称>.规范表.xlsx 和 <名称>.差异清单.xlsx；\n写 - 就把规范表（或 --list 指定的一种清单）写到标准输出"
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
    #[arg(
        long = "list",
        value_name = "格式",
        value_delimiter = ',',
        help = "差异清单的格式，可以写多个，用逗号隔开：\nxlsx（默认）、csv、json、markdown、html，none 不写",
        hide_possible_values = true
    )]
    pub lists: Vec<List>,
    #[arg(
        long,
        value_name = "编码",
        help = "csv 差异清单的文字编码：utf-8（默认），\ngb18030 供打不开 utf-8 的旧软件用",
        hide_possible_values = true
    )]
    pub encoding: Option<Encoding>,
    #[arg(
        long,
        help = "另写一份批注副本 <名称>.批注副本.xlsx：原表原样，\n有差异的单元格涂色并加批注，末尾加一页差异清单（限 xlsx、xlsm）；\n与表核对了的 Word 报告也写 <报告名>.批注副本.docx，批注在原句上"
    )]
    pub annotate: bool,
    #[command(flatten)]
    pub explanations: ExplanationsOption,
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

/// A list that `convert` writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum List {
    Xlsx,
    Csv,
    Json,
    #[value(alias = "md")]
    Markdown,
    Html,
    None,
}

/// How a CSV list is encoded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Encoding {
    #[value(name = "utf-8", alias = "utf8")]
    Utf8,
    Gb18030,
}

impl Convert {
    /// Returns the formats of the list, each once, in the order given; empty when nothing is said of them.
    ///
    /// # Errors
    /// One Chinese sentence: `none` beside a format, or an encoding without a csv list.
    pub fn list_formats(&self) -> Result<Vec<ListFormat>, String> {
        let mut formats: Vec<ListFormat> = Vec::new();
        for list in &self.lists {
            let format = match list {
                List::Xlsx => ListFormat::Xlsx,
                List::Csv => ListFormat::Csv,
                List::Json => ListFormat::Json,
                List::Markdown => ListFormat::Markdown,
                List::Html => ListFormat::Html,
                List::None => continue,
            };
            if !formats.contains(&format) {
                formats.push(format);
            }
        }
        if !formats.is_empty() && self.lists.contains(&List::None) {
            return Err("--list none 表示不写差异清单，不能再写别的格式；请去掉其中一个".to_owned());
        }
        if self.encoding.is_some() && !formats.contains(&ListFormat::Csv) {
            return Err("--encoding 只用于 csv 差异清单；请加上 --list csv，或去掉 --encoding".to_owned());
        }
        Ok(formats)
    }

    /// Returns the encoding of a CSV list.
    pub const fn text_encoding(&self) -> TextEncoding {
        match self.encoding {
            Some(Encoding::Gb18030) => TextEncoding::Gb18030,
            Some(Encoding::Utf8) | None => TextEncoding::Utf8,
        }
    }
}
