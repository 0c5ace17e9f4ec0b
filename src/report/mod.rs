//! The report: findings with their cells, status and coverage, in the frozen JSON form (version 1).
//!
//! Fields may be added, none renamed or removed. It knows no terminal and no file.

mod explanation;
mod field_title;
mod schema;
mod totals;

use rust_decimal::Decimal;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::grid::{CellAddress, CellRange, Confirmation, FileFormat};
use crate::model::{Evaluation, TableKind};
use crate::rescore::Rescoring;

pub use explanation::Explanation;
pub use field_title::field_title;
pub use schema::schema;
pub(crate) use schema::schema_of;
pub use totals::{LevelTotal, Totals};

/// Version of the JSON form.
pub const SCHEMA_VERSION: u32 = 1;

/// How much a finding weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// 提示: worth knowing.
    Info,
    /// 预警: explain or review.
    Warning,
    /// 错误: must be corrected.
    Error,
}

impl Severity {
    /// The level's Chinese name.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Error => "错误",
            Self::Warning => "预警",
            Self::Info => "提示",
        }
    }
}

/// One finding. `declared`, `expected` and `difference` are texts as a person writes them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Discrepancy {
    /// Rule code, e.g. `A01`.
    pub code: String,
    /// Rule slug.
    pub rule: String,
    /// The rule's Chinese title.
    pub title: String,
    /// Level.
    pub severity: Severity,
    /// The cell it is reported at.
    pub cell: CellAddress,
    /// Other cells that take part.
    pub related: Vec<CellAddress>,
    /// Path of the field in the Evaluation, e.g. `indicators[3].score`; `null` when it is no field.
    pub field: Option<String>,
    /// What was declared.
    pub declared: Option<String>,
    /// What should be.
    pub expected: Option<String>,
    /// The distance between the two, without a sign.
    pub difference: Option<String>,
    /// Rule, fact and way out, in Chinese.
    pub message: String,
    /// The clause or source.
    pub basis: String,
    /// What to do.
    pub suggestion: String,
    /// What people wrote about it in a discrepancy list; left out of the JSON where there is nothing.
    #[serde(default, skip_serializing_if = "Explanation::is_empty")]
    pub explanation: Explanation,
}

impl Discrepancy {
    /// Whether the unit has explained it.
    pub const fn is_explained(&self) -> bool {
        self.explanation.unit.is_some()
    }
}

/// A filled cell that no field took.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct UnreadCell {
    /// Where.
    pub cell: CellAddress,
    /// What a person sees there.
    pub text: String,
}

/// Account of every filled cell of a table: `filled = bound + decorative + unread.len()`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Coverage {
    /// Filled cells.
    pub filled: usize,
    /// Cells bound to a field.
    pub bound: usize,
    /// Headings, labels and marks.
    pub decorative: usize,
    /// Everything else.
    pub unread: Vec<UnreadCell>,
}

/// One table's part of a report.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct TableReport {
    /// The sheet's name.
    pub sheet: String,
    /// The rectangle of the table.
    pub range: CellRange,
    /// What it evaluates.
    pub kind: TableKind,
    /// What was declared.
    pub evaluation: Evaluation,
    /// What the scores should be.
    pub rescoring: Rescoring,
    /// Findings, by cell (row, then column), then code.
    pub discrepancies: Vec<Discrepancy>,
    /// What no rule can decide, for a person, in the same order; no findings. Left out when there is none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub for_review: Vec<ForReview>,
    /// Findings that settings or a baseline set aside, in the same order; left out when there is none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub set_aside: Vec<SetAside>,
    /// Checks, one rule at one cell each, that were not run because a finding condemns their input; left out when 0.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub checks_not_run: usize,
    /// Account of filled cells.
    pub coverage: Coverage,
}

/// Something that a person has to decide: no finding, and no verdict on the table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ForReview {
    /// Code of the rule that names it, e.g. `E08`.
    pub code: String,
    /// The rule's Chinese title.
    pub title: String,
    /// The cell to look at.
    pub cell: CellAddress,
    /// Path of the field in the Evaluation; `null` when it is no field.
    pub field: Option<String>,
    /// What is to be decided and why no rule can, in Chinese.
    pub message: String,
}

/// A finding that is known and set aside.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct SetAside {
    /// Rule code.
    pub code: String,
    /// The cell it was found at.
    pub cell: CellAddress,
    /// Path of the field; `null` when it is no field.
    pub field: Option<String>,
    /// What set it aside.
    pub by: SetAsideBy,
    /// Why; `null` for a baseline.
    pub reason: Option<String>,
}

/// What set a finding aside.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum SetAsideBy {
    /// An entry of the settings.
    Settings,
    /// It was there before.
    Baseline,
}

// The serializer hands over a reference.
#[allow(clippy::trivially_copy_pass_by_ref)]
const fn is_zero(count: &usize) -> bool {
    *count == 0
}

/// What became of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
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

/// A sheet without an evaluation table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct SkippedSheet {
    /// The sheet's name.
    pub sheet: String,
    /// Why it was left out, in Chinese.
    pub reason: String,
}

/// Something that a file holds and that could not be read, though the rest could.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct LostContent {
    /// The sheet's name; `null` for the file as a whole.
    pub sheet: Option<String>,
    /// The cell, where it is known.
    pub cell: Option<CellAddress>,
    /// What was lost and why, in Chinese.
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
    /// What a second, independent reader saw of the file; left out of the JSON where it was read once.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reading_confirmed: Option<Confirmation>,
}

impl FileReport {
    /// The report of a file that could not be read; `file` as given.
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
    /// A report of these files by this program.
    pub fn new(files: Vec<FileReport>) -> Self {
        Self {
            schema_version: SCHEMA_VERSION,
            tool: Tool::this(),
            files,
        }
    }
}

/// A decimal as a person writes it: no trailing zeros, no exponent.
pub fn plain(number: Decimal) -> String {
    number.normalize().to_string()
}
