//! The kinds of files that are told apart: what a person calls each, and what to do with one that is not read.

use super::ReadError;

/// Every kind of file that is told apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Content {
    Xlsx,
    Xlsm,
    Xlsb,
    Xls,
    OldXls,
    Ods,
    FlatOds,
    Csv,
    Html,
    Mhtml,
    SpreadsheetMl,
    Docx,
    Doc,
    WordMl,
    Pptx,
    Ppt,
    Odt,
    Rtf,
    Pdf,
    Ofd,
    Numbers,
    Uof,
    Json,
    Archive,
    Picture,
    /// An Office package behind a password.
    Encrypted,
}

impl Content {
    /// Returns what a person calls it.
    pub(super) const fn title(self) -> &'static str {
        match self {
            Self::Xlsx => "xlsx 表格",
            Self::Xlsm => "xlsm 表格（带宏）",
            Self::Xlsb => "xlsb 二进制表格",
            Self::Xls => "xls 表格",
            Self::OldXls => "很早的 xls 表格（Excel 4.0 及以前）",
            Self::Ods | Self::FlatOds => "ods 开放文档表格",
            Self::Csv => "文本表格（csv 或纯文本）",
            Self::Html => "网页表格（HTML）",
            Self::Mhtml => "单个文件网页（MHTML）",
            Self::SpreadsheetMl => "XML 表格 2003",
            Self::Docx => "Word 文档（docx）",
            Self::Doc => "Word 或 WPS 文字文档（doc、wps）",
            Self::WordMl => "Word XML 文档",
            Self::Pptx | Self::Ppt => "演示文稿（ppt、pptx）",
            Self::Odt => "开放文档文字（odt）",
            Self::Rtf => "RTF 文档",
            Self::Pdf => "PDF 文档",
            Self::Ofd => "OFD 版式文档",
            Self::Numbers => "苹果 Numbers、Pages 文稿",
            Self::Uof => "UOF（标文通）文档",
            Self::Json => "JSON 数据",
            Self::Archive => "压缩包",
            Self::Picture => "图片",
            Self::Encrypted => "加密的 Office 文件",
        }
    }

    /// Returns the extensions that fit it, in lower case.
    pub(super) const fn extensions(self) -> &'static [&'static str] {
        match self {
            Self::Xlsx => &["xlsx", "xltx"],
            Self::Xlsm => &["xlsm", "xltm", "xlam"],
            Self::Xlsb => &["xlsb"],
            Self::Xls | Self::OldXls => &["xls", "xlt", "et", "ett"],
            Self::Ods | Self::FlatOds => &["ods", "fods", "ots"],
            Self::Csv => &["csv", "tsv", "txt"],
            Self::Html => &["html", "htm"],
            Self::Mhtml => &["mht", "mhtml"],
            Self::SpreadsheetMl => &["xml"],
            Self::Docx => &["docx", "docm", "dotx"],
            Self::Json => &["json"],
            _ => &[],
        }
    }

    /// Returns why it is not read, and what to do.
    pub(super) fn refusal(self) -> ReadError {
        let way_out = match self {
            Self::Pdf | Self::Ofd | Self::Picture => "请向提供者索取原来的电子表格",
            Self::Archive => "请先解压，再选择其中的表格文件",
            Self::Docx | Self::Doc | Self::WordMl | Self::Odt | Self::Rtf | Self::Pptx | Self::Ppt => {
                "请把其中的表格复制到 Excel 或 WPS 表格里，另存为 .xlsx 再试"
            }
            Self::Json => "请选择原来的表格文件",
            _ => "请用 Excel 或 WPS 打开后另存为 .xlsx 再试",
        };
        ReadError::unsupported_format(&format!("这个文件是{}", self.title()), way_out)
    }
}
