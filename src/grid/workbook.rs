//! A whole file after reading, whatever its format was.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{ReadingLoss, Sheet};

/// The format of the source, decided by its content.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum FileFormat {
    /// Office Open XML workbook.
    Xlsx,
    /// Office Open XML workbook with macros.
    Xlsm,
    /// BIFF workbook (also WPS .et).
    Xls,
    /// Binary Office Open XML workbook.
    Xlsb,
    /// OpenDocument spreadsheet.
    Ods,
    /// Text with separators.
    Csv,
    /// HTML tables.
    Html,
    /// SpreadsheetML 2003.
    #[serde(rename = "spreadsheetml")]
    SpreadsheetMl,
    /// Word document with tables.
    Docx,
    /// This project's own report.
    Json,
}

impl FileFormat {
    /// Returns whether cells of this format know numbers from texts. Where they do not, a number kept as text is no
    /// finding.
    pub const fn has_number_cells(self) -> bool {
        !matches!(self, Self::Csv | Self::Html | Self::Docx)
    }
}

/// A file's sheets, in tab order.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Workbook {
    /// Format by content.
    pub format: FileFormat,
    /// All sheets, hidden ones too, in tab order.
    pub sheets: Vec<Sheet>,
    /// What could not be read of the file as a whole, or was noticed about it (e.g. a wrong extension).
    pub losses: Vec<ReadingLoss>,
    /// The text beside the tables, where the format has any.
    pub text: Vec<TextBlock>,
}

/// A block of a document's own text, in the document's order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub enum TextBlock {
    /// A paragraph outside tables as a person sees it; empty ones are kept, so that paragraphs can be counted.
    Paragraph(String),
    /// The same with a number that the document does not hold as text: `一、`.
    Numbered {
        /// The number as it is shown.
        number: String,
        /// The text behind it.
        text: String,
    },
    /// A table; its index among the sheets, `None` where it was not read.
    Table(Option<usize>),
}
