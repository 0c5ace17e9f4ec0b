//! What a workbook says of itself: title, tool, source, and a fixed date, so that the same input gives the same bytes.

use std::fmt::Write;

use quick_xml::escape::partial_escape;
use rust_xlsxwriter::{DocProperties, ExcelDateTime};

use super::frame::DECLARATION;
use super::{cell_text, styles};
use crate::report::FileReport;
use crate::write::WriteError;

/// The date of every workbook, as year, month and day.
const DAY: (u16, u8, u8) = (2020, 1, 1);

/// What a workbook says of itself.
#[derive(Debug, Default, Clone)]
pub struct Properties {
    title: String,
    subject: String,
    comment: String,
    custom: Vec<(&'static str, String)>,
}

impl Properties {
    /// Returns those of an output of one report: tool, standard, source.
    pub fn of_report(report: &FileReport, title: &str) -> Self {
        let tool = styles::tool_name();
        let sha256 = cell_text::clean(report.sha256.as_deref().unwrap_or_default());
        let standards = styles::standards(report);
        let standards = cell_text::clean(&standards);
        let source = cell_text::clean(styles::source_name(report));
        Self {
            title: title.to_owned(),
            subject: format!("源文件：{source}"),
            comment: format!("由 {tool} 生成；评分标准：{standards}；源文件 SHA-256：{sha256}"),
            custom: vec![
                ("工具", tool),
                ("评分标准", standards.into_owned()),
                ("源文件 SHA-256", sha256.into_owned()),
            ],
        }
    }

    /// Returns those of an output that is made from more or less than one report: tool, what it says of itself.
    pub fn of_tool(title: &str, comment: &str) -> Self {
        let mut told = format!("由 {} 生成", styles::tool_name());
        if !comment.is_empty() {
            told.push('；');
            told.push_str(&cell_text::clean(comment));
        }
        Self {
            title: title.to_owned(),
            comment: told,
            ..Self::default()
        }
    }

    /// Returns whether there is a part for those of our own.
    pub const fn has_custom(&self) -> bool {
        !self.custom.is_empty()
    }

    /// Returns them as the library takes them.
    ///
    /// # Errors
    /// When the library refuses the date.
    pub fn to_library(&self) -> Result<DocProperties, WriteError> {
        let (year, month, day) = DAY;
        let mut properties = DocProperties::new()
            .set_title(&self.title)
            .set_subject(&self.subject)
            .set_author(styles::tool_name())
            .set_comment(&self.comment)
            .set_creation_datetime(&ExcelDateTime::from_ymd(year, month, day)?);
        for (name, value) in &self.custom {
            properties = properties.set_custom_property(*name, value.as_str());
        }
        Ok(properties)
    }

    /// Returns the part of the properties that every document has.
    pub fn core_part(&self) -> String {
        let tool = styles::tool_name();
        let (year, month, day) = DAY;
        let mut xml = format!(
            "{DECLARATION}<cp:coreProperties \
             xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" \
             xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:dcterms=\"http://purl.org/dc/terms/\" \
             xmlns:dcmitype=\"http://purl.org/dc/dcmitype/\" \
             xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\">"
        );
        let mut element = |name: &str, text: &str| {
            if !text.is_empty() {
                let _ = write!(xml, "<{name}>{}</{name}>", partial_escape(text));
            }
        };
        element("dc:title", &self.title);
        element("dc:subject", &self.subject);
        element("dc:creator", &tool);
        element("dc:description", &self.comment);
        element("cp:lastModifiedBy", &tool);
        for name in ["dcterms:created", "dcterms:modified"] {
            let _ = write!(
                xml,
                "<{name} xsi:type=\"dcterms:W3CDTF\">{year:04}-{month:02}-{day:02}T00:00:00Z</{name}>"
            );
        }
        xml.push_str("</cp:coreProperties>");
        xml
    }

    /// Returns the part of those of our own.
    pub fn custom_part(&self) -> String {
        let mut xml = format!(
            "{DECLARATION}<Properties \
             xmlns=\"http://schemas.openxmlformats.org/officeDocument/2006/custom-properties\" \
             xmlns:vt=\"http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes\">"
        );
        for (number, (name, value)) in (2..).zip(&self.custom) {
            let _ = write!(
                xml,
                "<property fmtid=\"{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}\" pid=\"{number}\" name=\"{name}\">\
                 <vt:lpwstr>{}</vt:lpwstr></property>",
                partial_escape(value.as_str())
            );
        }
        xml.push_str("</Properties>");
        xml
    }
}
