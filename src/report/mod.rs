//! The report: findings with their cells, status and coverage, in the frozen JSON form (version 1).
//!
//! Fields may be added, none renamed or removed. It knows no terminal and no file.

mod header_notes;
mod input;
mod places;
mod reading_from_report;
mod schema;
mod text_alone;
mod totals;

use rust_decimal::Decimal;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::grid::{CellAddress, CellRange, Confirmation, FileFormat};
use crate::model::{
    Binding, CellFactAt, Coverage, Discrepancy, Evaluation, ForReview, FormulaReading, GuessedHeader, LabelText,
    LostContent, Rescoring, SheetPart, SkippedSheet, TableKind, TableReading, UnknownHeader, place_of,
};
use crate::reference::TableReferences;
use crate::text::plain;

pub use header_notes::{guess_sentence, unknown_headers_sentence};
pub(crate) use input::json_text;
pub use input::read_json_report;
pub use places::ReportedPlaces;
pub use schema::schema;
pub(crate) use schema::schema_of;
pub use totals::{LevelTotal, Totals};

/// Version of the JSON form.
pub const SCHEMA_VERSION: u32 = 1;

/// One table's part of a report.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct TableReport {
    /// The sheet's name.
    pub sheet: String,
    /// The rectangle of the table on that sheet.
    pub range: CellRange,
    /// Further sheets over which the table goes on, in order: cells of the first of them are written 续表!A1, of the
    /// next 续表2!A1. Left out when there is none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub continued: Vec<SheetPart>,
    /// A sheet that may hold another part of the table, so that no sum is judged; left out when there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub other_part: Option<String>,
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
    /// Headers and labels whose meaning was inferred, by cell; no error or warning rests on one alone. Left out when
    /// there is none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub guessed: Vec<GuessedHeader>,
    /// Headers inside the table that are not known, by cell: what stands below them is kept under `extra`. Left out
    /// when there is none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unknown_headers: Vec<UnknownHeader>,
    /// What it was held against from outside, approved targets and payments; left out where there was nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub held_against: Option<HeldAgainst>,
    /// Account of filled cells.
    pub coverage: Coverage,
    /// Labels, headers and empty cells; missing in reports of programs that did not write them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub places: Option<ReportedPlaces>,
    /// What reading noticed about cells, by cell; left out where there is nothing.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub facts: Vec<CellFactAt>,
    /// Figures that formulas gave, by cell; left out where there is none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub formulas: Vec<FormulaReading>,
    /// Labels and headings that give no field, by cell; left out where there is none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub labels: Vec<LabelText>,
    /// Cells that were taken for a field and gave no value, by cell; left out where there is none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub bindings: Vec<Binding>,
}

/// What a table was held against from outside.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct HeldAgainst {
    /// File of the approved targets (批复的绩效目标表).
    pub targets: Option<String>,
    /// Payments of the project.
    pub payments: Option<PaymentsSum>,
}

/// Payments of one project, added up.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PaymentsSum {
    /// File of the payments (支付明细).
    pub file: String,
    /// Lines that were added up.
    pub lines: usize,
    /// Their sum, yuan.
    pub yuan: Decimal,
}

impl HeldAgainst {
    /// Returns what a table was held against; `None` where there was nothing.
    pub fn of(references: &TableReferences<'_>) -> Option<Self> {
        let held = Self {
            targets: references.approved.map(|approved| approved.file.clone()),
            payments: references.payments.as_ref().map(|payments| PaymentsSum {
                file: payments.file.clone(),
                lines: payments.lines,
                yuan: payments.yuan,
            }),
        };
        (held.targets.is_some() || held.payments.is_some()).then_some(held)
    }

    /// Returns what to tell a reader, in Chinese.
    pub fn sentence(&self) -> String {
        let targets = self
            .targets
            .iter()
            .map(|file| format!("指标已与批复的绩效目标表“{file}”核对"));
        let payments = self.payments.iter().map(|payments| {
            format!(
                "执行数已与支付明细“{}”核对（{} 笔，合计 {} 元）",
                payments.file,
                payments.lines,
                plain(payments.yuan)
            )
        });
        targets.chain(payments).collect::<Vec<_>>().join("；")
    }
}

impl TableReport {
    /// Returns the report of a table as read and rescored, without findings.
    pub fn new(table: &TableReading, rescoring: Rescoring) -> Self {
        Self {
            places: Some(ReportedPlaces::of(&table.places, &table.evaluation)),
            facts: table.facts.clone(),
            formulas: table.formulas.clone(),
            labels: table.labels.clone(),
            bindings: reading_from_report::untold_bindings(&table.bindings, &table.evaluation),
            coverage: table.coverage.clone(),
            range: table.range,
            continued: table.continued.clone(),
            other_part: table.other_part.clone(),
            guessed: table.guessed.clone(),
            unknown_headers: table.unknown_headers.clone(),
            ..Self::of_evaluation(&table.sheet, table.kind, table.evaluation.clone(), rescoring)
        }
    }

    /// Returns the report of an evaluation that was not read from a sheet, without findings.
    pub fn of_evaluation(sheet: &str, kind: TableKind, evaluation: Evaluation, rescoring: Rescoring) -> Self {
        Self {
            sheet: sheet.to_owned(),
            range: CellRange::single(CellAddress::new(0, 0)),
            continued: Vec::new(),
            other_part: None,
            guessed: Vec::new(),
            unknown_headers: Vec::new(),
            kind,
            evaluation,
            rescoring,
            discrepancies: Vec::new(),
            for_review: Vec::new(),
            set_aside: Vec::new(),
            checks_not_run: 0,
            held_against: None,
            coverage: Coverage::default(),
            places: None,
            facts: Vec::new(),
            formulas: Vec::new(),
            labels: Vec::new(),
            bindings: Vec::new(),
        }
    }
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
#[non_exhaustive]
pub enum SetAsideBy {
    /// An entry of the settings.
    Settings,
    /// It was there before.
    Baseline,
    /// Whoever ran the program asked for other findings only.
    Options,
}

// The serializer hands over a reference.
#[allow(clippy::trivially_copy_pass_by_ref)]
const fn is_zero(count: &usize) -> bool {
    *count == 0
}

impl TableReport {
    /// Returns the sheet that a cell of the table stands on, and the cell as that sheet names it.
    pub fn place(&self, cell: CellAddress) -> (&str, CellAddress) {
        place_of(&self.sheet, &self.continued, cell)
    }

    /// Returns the sheets that the table stands on.
    pub fn sheets(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.sheet.as_str()).chain(self.continued.iter().map(|part| part.sheet.as_str()))
    }
}

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

/// A report's prose that was read beside the tables, and what became of its claims.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ComparedText {
    /// The report's file, as given.
    pub file: String,
    /// How many paragraphs it has outside tables, empty ones not counted.
    pub paragraphs: usize,
    /// What it says that can be checked, in order.
    pub claims: Vec<TextClaim>,
    /// Why it was not compared with a table, in Chinese; left out where it was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub not_compared: Option<String>,
}

/// One checkable statement of a report.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct TextClaim {
    /// `total_score`, `score`, `weight`, `deduction`, `score_rate`, `grade`, `amount`, `rate`, `quantity`, `date`,
    /// `count`, `share` or `questionnaires`.
    pub kind: String,
    /// The number as written, without its unit; `null` for a grade.
    pub value: Option<Decimal>,
    /// Its unit; `null` where there is none.
    pub unit: Option<String>,
    /// The words just before it.
    pub subject: String,
    /// The paragraph's number among all paragraphs outside tables, empty ones too, from 1.
    pub paragraph: usize,
    /// The characters of the paragraph that give the value, from the first to behind the last.
    pub range: [usize; 2],
    /// The headings above it, the outermost first.
    pub section: String,
    /// Its sentence as written.
    pub text: String,
    /// 约, 近, 余: never held against the table strictly.
    #[serde(default, skip_serializing_if = "is_false")]
    pub about: bool,
    /// The table's cell that it was compared with; `null` where there is none.
    pub compared_with: Option<CellAddress>,
    /// Whether the two agree; `null` where nothing was compared.
    pub agrees: Option<bool>,
}

// The serializer hands over a reference.
#[allow(clippy::trivially_copy_pass_by_ref)]
const fn is_false(flag: &bool) -> bool {
    !*flag
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
