//! One table's part of a report.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::held_against::HeldAgainst;
use super::places::ReportedPlaces;
use super::reading_from_report::{bindings_of_known_fields, untold_bindings};
use crate::grid::{CellAddress, CellRange};
use crate::model::{
    Binding, CellFactAt, Coverage, Discrepancy, Evaluation, ForReview, FormulaReading, GuessedHeader, LabelText,
    Rescoring, SheetPart, TableKind, TableReading, UnknownHeader, place_of,
};

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
    #[serde(default, skip_serializing_if = "crate::model::is_zero")]
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
    #[serde(
        default,
        deserialize_with = "bindings_of_known_fields",
        skip_serializing_if = "Vec::is_empty"
    )]
    pub bindings: Vec<Binding>,
}

impl TableReport {
    /// Returns the report of a table as read and rescored, without findings.
    pub fn new(table: &TableReading, rescoring: Rescoring) -> Self {
        Self {
            facts: table.facts.clone(),
            formulas: table.formulas.clone(),
            labels: table.labels.clone(),
            coverage: table.coverage.clone(),
            continued: table.continued.clone(),
            other_part: table.other_part.clone(),
            guessed: table.guessed.clone(),
            unknown_headers: table.unknown_headers.clone(),
            evaluation: table.evaluation.clone(),
            ..Self::without_lists(table, rescoring)
        }
    }

    /// [`new`](Self::new) of a table that nobody needs any more.
    pub fn from_reading(table: TableReading, rescoring: Rescoring) -> Self {
        let report = Self::without_lists(&table, rescoring);
        Self {
            facts: table.facts,
            formulas: table.formulas,
            labels: table.labels,
            coverage: table.coverage,
            continued: table.continued,
            other_part: table.other_part,
            guessed: table.guessed,
            unknown_headers: table.unknown_headers,
            evaluation: table.evaluation,
            ..report
        }
    }

    /// Returns what stands in the report of a table in another form than in its reading.
    fn without_lists(table: &TableReading, rescoring: Rescoring) -> Self {
        Self {
            places: Some(ReportedPlaces::of(&table.places, &table.evaluation)),
            bindings: untold_bindings(&table.bindings, &table.evaluation),
            range: table.range,
            ..Self::of_evaluation(&table.sheet, table.kind, Evaluation::default(), rescoring)
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

    /// Returns the sheet that a cell of the table stands on, and the cell as that sheet names it.
    pub fn place(&self, cell: CellAddress) -> (&str, CellAddress) {
        place_of(&self.sheet, &self.continued, cell)
    }

    /// Returns the sheets that the table stands on.
    pub fn sheets(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.sheet.as_str()).chain(self.continued.iter().map(|part| part.sheet.as_str()))
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
