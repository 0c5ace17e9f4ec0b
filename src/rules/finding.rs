//! One finding in the making: what a rule says, before it is known whether it is told.

use rust_decimal::Decimal;

use crate::grid::CellAddress;
use crate::model::{Quote, Severity};
use crate::text::plain;

/// One finding in the making. Rule, title and usual level come from the rule that reports it.
#[derive(Debug, Clone)]
pub struct Finding {
    pub(super) cell: CellAddress,
    pub(super) severity: Option<Severity>,
    pub(super) related: Vec<CellAddress>,
    pub(super) field: Option<String>,
    pub(super) declared: Option<String>,
    pub(super) expected: Option<String>,
    pub(super) difference: Option<String>,
    pub(super) message: String,
    pub(super) basis: String,
    pub(super) suggestion: String,
    pub(super) series: Option<&'static str>,
    pub(super) quote: Option<Quote>,
}

impl Finding {
    /// Returns a finding at a cell with its message (the rule, then the fact) and the way out.
    pub fn new(cell: CellAddress, message: impl Into<String>, suggestion: impl Into<String>) -> Self {
        Self {
            cell,
            severity: None,
            related: Vec::new(),
            field: None,
            declared: None,
            expected: None,
            difference: None,
            message: message.into(),
            basis: WITHIN_TABLE.to_owned(),
            suggestion: suggestion.into(),
            series: None,
            quote: None,
        }
    }

    /// With the advice that holds for many such cells alike: where they come in series, they are one finding.
    pub const fn in_series(mut self, advice: &'static str) -> Self {
        self.series = Some(advice);
        self
    }

    /// Returns the sentence of a report that it speaks of.
    pub fn quote(mut self, quote: Quote) -> Self {
        self.quote = Some(quote);
        self
    }

    /// Returns a level other than the rule's usual one.
    pub const fn severity(mut self, severity: Severity) -> Self {
        self.severity = Some(severity);
        self
    }

    /// Other cells that take part, in the table's order; the finding's own cell is left out.
    pub fn related(mut self, cells: impl IntoIterator<Item = CellAddress>) -> Self {
        for cell in cells {
            if cell != self.cell && !self.related.contains(&cell) {
                self.related.push(cell);
            }
            if self.related.len() >= MOST_RELATED {
                break;
            }
        }
        self
    }

    /// Path of the field in the Evaluation.
    pub fn field(mut self, field: impl Into<String>) -> Self {
        self.field = Some(field.into());
        self
    }

    /// Returns what was declared, as a text.
    pub fn declared(mut self, declared: impl Into<String>) -> Self {
        self.declared = Some(declared.into());
        self
    }

    /// Returns what should be, as a text.
    pub fn expected(mut self, expected: impl Into<String>) -> Self {
        self.expected = Some(expected.into());
        self
    }

    /// Declared and expected figures and the distance between them.
    pub fn figures(mut self, declared: Decimal, expected: Decimal) -> Self {
        self.declared = Some(plain(declared));
        self.expected = Some(plain(expected));
        self.difference = Some(plain((declared - expected).abs()));
        self
    }

    /// Returns the distance between declared and expected.
    pub fn difference(mut self, difference: Decimal) -> Self {
        self.difference = Some(plain(difference.abs()));
        self
    }

    /// Returns the distance as a text, where it is not a plain number.
    pub fn difference_text(mut self, difference: impl Into<String>) -> Self {
        self.difference = Some(difference.into());
        self
    }

    /// Returns the clause or source, where it is not the table's own arithmetic.
    pub fn basis(mut self, basis: impl Into<String>) -> Self {
        self.basis = basis.into();
        self
    }
}

/// The source of rules that rest on the table's own arithmetic.
pub const WITHIN_TABLE: &str = "表内勾稽关系";

/// A list of cells longer than this helps nobody; messages give the exact count.
pub const MOST_RELATED: usize = 20;
