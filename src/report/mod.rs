//! The report: findings with their cells, status and coverage, in the frozen JSON form (version 1).
//!
//! Fields may be added, none renamed or removed. It knows no terminal and no file.

mod compact_json;
mod compared_text;
mod header_notes;
mod held_against;
mod input;
mod places;
mod reading_from_report;
mod schema;
mod table;
mod text_alone;
mod totals;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::grid::{Confirmation, FileFormat};
use crate::model::{LostContent, SkippedSheet};

pub use compact_json::to_line;
pub use compared_text::{ComparedText, TextClaim};
pub use header_notes::{guess_sentence, kept_headers_sentence, unknown_headers_sentence};
pub use held_against::{HeldAgainst, PaymentsSum};
pub(crate) use input::json_text;
pub use input::read_json_report;
pub use places::ReportedPlaces;
pub use schema::schema;
pub(crate) use schema::schema_of;
pub use table::{SetAside, SetAsideBy, TableReport};
pub use totals::{LevelTotal, Totals};

/// Version of the JSON form.
pub const SCHEMA_VERSION: u32 = 1;

/// What became of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum FileStatus {
    /// Tables found, no finding at any level.
    Clean,
    /// Tables found, findings listed.
    Findings,
    /// Not read.
    Unreadable,
    /// Read, but no evaluation table in it.
    Unrecognized,
}

/// Why a file gave no table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct FileError {
    /// Stable code in snake_case English.
    pub code: String,
    /// One Chinese sentence.
    pub message: String,
}

/// One file's part of a report.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct FileReport {
    /// The path as given.
    pub file: String,
    /// Format by content; `null` when the file could not be read.
    pub format: Option<FileFormat>,
    /// SHA-256 of the file, lower-case hex; `null` when there were no bytes to read.
    pub sha256: Option<String>,
    /// What became of it.
    pub status: FileStatus,
    /// Set when status is unreadable or unrecognized.
    pub error: Option<FileError>,
    /// Its evaluation tables.
    pub tables: Vec<TableReport>,
    /// Sheets left out.
    pub skipped_sheets: Vec<SkippedSheet>,
    /// What could not be read of a readable file; left out of the JSON where there is nothing.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub losses: Vec<LostContent>,
    /// The prose that its tables were compared with; left out of the JSON where there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub report_text: Option<ComparedText>,
    /// The further ones, where its tables were compared with several; left out of the JSON where there are none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub more_report_texts: Vec<ComparedText>,
    /// What a second, independent reader saw of the file; left out of the JSON where it was read once.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reading_confirmed: Option<Confirmation>,
}

impl FileReport {
    /// Returns the report of a file that could not be read; `file` as given.
    pub fn unreadable(file: &str, error: FileError) -> Self {
        Self {
            file: file.to_owned(),
            format: None,
            sha256: None,
            status: FileStatus::Unreadable,
            error: Some(error),
            tables: Vec::new(),
            skipped_sheets: Vec::new(),
            losses: Vec::new(),
            report_text: None,
            more_report_texts: Vec::new(),
            reading_confirmed: None,
        }
    }
}

/// The program that wrote a report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Tool {
    /// `hebiao`.
    pub name: String,
    /// Its version.
    pub version: String,
}

impl Tool {
    /// This program.
    pub fn this() -> Self {
        Self {
            name: "hebiao".to_owned(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
        }
    }
}

/// Everything that `check --format json` prints.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Report {
    /// [`SCHEMA_VERSION`].
    pub schema_version: u32,
    /// The program.
    pub tool: Tool,
    /// The files, in the order given.
    pub files: Vec<FileReport>,
}

impl Report {
    /// Returns a report of these files by this program.
    pub fn new(files: Vec<FileReport>) -> Self {
        Self {
            schema_version: SCHEMA_VERSION,
            tool: Tool::this(),
            files,
        }
    }
}
