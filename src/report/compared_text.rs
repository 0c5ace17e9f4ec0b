//! A report's prose beside the tables: its claims, and what became of them.

use rust_decimal::Decimal;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::grid::CellAddress;

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
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub about: bool,
    /// The table's cell that it was compared with; `null` where there is none.
    pub compared_with: Option<CellAddress>,
    /// Whether the two agree; `null` where nothing was compared.
    pub agrees: Option<bool>,
}
