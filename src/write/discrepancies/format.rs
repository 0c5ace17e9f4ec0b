//! The formats of a list and their file endings.

use super::csv::TextEncoding;
use crate::report::FileReport;
use crate::write::{ReportWriter, WriteError};

/// A format that a list is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum ListFormat {
    /// Excel workbook.
    Xlsx,
    /// Separated values.
    Csv,
    /// The list's own JSON.
    Json,
    /// A page of Markdown.
    Markdown,
    /// A page for a browser.
    Html,
}

impl ListFormat {
    /// Returns the ending of its file name, after the input's name.
    pub const fn suffix(self) -> &'static str {
        match self {
            Self::Xlsx => ".差异清单.xlsx",
            Self::Csv => ".差异清单.csv",
            Self::Json => ".差异清单.json",
            Self::Markdown => ".差异清单.md",
            Self::Html => ".差异清单.html",
        }
    }

    /// Returns the list of a report in this format. `normalized_name` is the normalized workbook's file name, which
    /// an xlsx list links to; `encoding` is for CSV alone.
    ///
    /// # Errors
    /// When the report has no table.
    pub fn write(
        self,
        report: &FileReport,
        normalized_name: &str,
        encoding: TextEncoding,
    ) -> Result<Vec<u8>, WriteError> {
        ReportWriter::new(report).list(self, normalized_name, encoding)
    }
}
