//! Findings as they are collected, and what they condemn.
//!
//! Holds the one-cause-one-finding state: cells that no later rule may judge, rows whose weight is in doubt, and
//! the interval in which the true score of a condemned row must lie.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use super::finding::Finding;
use super::kit::words;
use super::{CheckedTable, Rule};
use crate::grid::CellAddress;
use crate::model::{Discrepancy, Explanation, Field, ForReview, Quote, RescoredRow, Severity};
use crate::standard::RuleLevel;

/// So many findings of one rule and advice are told as one.
const FEWEST_IN_SERIES: usize = 3;

/// Rule, advice, level and sheet that findings of a series share.
type Series = (&'static str, &'static str, Severity, u32);

/// What a claim of a report was held against.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ComparedClaim {
    /// The table's cell.
    pub cell: CellAddress,
    /// Whether the two agree.
    pub agrees: bool,
}

/// What the rules have found so far.
#[derive(Debug, Default)]
pub struct Findings {
    current: Option<&'static Rule>,
    level: Option<RuleLevel>,
    discrepancies: Vec<Discrepancy>,
    series: BTreeMap<Series, Vec<usize>>,
    for_review: Vec<ForReview>,
    reported: BTreeSet<(&'static str, CellAddress, Option<Quote>)>,
    compared: BTreeMap<usize, ComparedClaim>,
    condemned: BTreeMap<CellAddress, Option<&'static str>>,
    /// The rows of those cells, one bit each by their last bits: most cells are told by it.
    condemned_rows: u64,
    not_run: RefCell<BTreeSet<(&'static str, CellAddress)>>,
    doubtful_weights: BTreeSet<(bool, usize)>,
    possible_scores: BTreeMap<(bool, usize), (Decimal, Decimal)>,
    supposed: BTreeMap<CellAddress, Decimal>,
    weights_explained: bool,
    closed: bool,
}

impl Findings {
    /// Names the rule that reports next, and the level that its findings are given instead of their own.
    pub(super) fn begin(&mut self, rule: &'static Rule, level: Option<RuleLevel>) {
        self.current = Some(rule);
        self.level = level;
    }

    /// Takes a finding of the running rule; a rule for review gives an entry for a person instead, unless it was given
    /// a level. A cell merged over several rows is still one cell: a second finding of
    /// the same rule there is dropped.
    pub fn report(&mut self, finding: Finding) {
        let Some(rule) = self.current else { return };
        if !self.reported.insert((rule.code, finding.cell, finding.quote.clone())) {
            return;
        }
        if rule.is_for_review() && self.level.is_none() {
            self.for_review.push(ForReview {
                code: rule.code.to_owned(),
                title: rule.title.to_owned(),
                cell: finding.cell,
                field: finding.field,
                message: finding.message,
            });
            return;
        }
        let usual = finding.severity.unwrap_or(rule.severity);
        let Some(severity) = self.level.map_or(Some(usual), RuleLevel::severity) else {
            return;
        };
        if let Some(advice) = finding.series {
            let series = (rule.code, advice, severity, finding.cell.part());
            self.series.entry(series).or_default().push(self.discrepancies.len());
        }
        // Every list and letter shows the message; the sentence that it speaks of belongs to it.
        let message = match &finding.quote {
            Some(quote) => format!("{}{}", finding.message, quote.in_words()),
            None => finding.message,
        };
        self.discrepancies.push(Discrepancy {
            code: rule.code.to_owned(),
            rule: rule.slug.to_owned(),
            title: rule.title.to_owned(),
            severity,
            cell: finding.cell,
            related: finding.related,
            each_cell: false,
            field: finding.field,
            declared: finding.declared,
            expected: finding.expected,
            difference: finding.difference,
            message,
            basis: finding.basis,
            suggestion: finding.suggestion,
            explanation: Explanation::default(),
            quote: finding.quote,
        });
    }

    /// Takes back a finding of another rule at a cell, whose cause the running rule's finding tells; returns what it
    /// said. The running rule must have reported it.
    pub(super) fn absorb(&mut self, code: &str, cell: CellAddress) -> Option<Discrepancy> {
        let own = self.current.map(|rule| rule.code)?;
        self.discrepancies
            .iter()
            .find(|finding| finding.code == own && finding.cell == cell)?;
        let at = self
            .discrepancies
            .iter()
            .position(|finding| finding.code == code && finding.cell == cell)?;
        Some(self.discrepancies.remove(at))
    }

    /// Returns what another rule has reported at a cell.
    pub(super) fn reported_at(&self, code: &str, cell: CellAddress) -> Option<&Discrepancy> {
        self.discrepancies
            .iter()
            .find(|finding| finding.code == code && finding.cell == cell)
    }

    /// Returns whether another rule has reported something of this paragraph of the report, by its number.
    pub(super) fn is_quoted(&self, code: &str, paragraph: Option<usize>) -> bool {
        self.discrepancies
            .iter()
            .any(|finding| finding.code == code && finding.quote.as_ref().map(|quote| quote.paragraph) == paragraph)
    }

    /// A claim of the report was held against a cell. One that once disagreed does not agree later.
    pub(super) fn compared(&mut self, claim: usize, cell: CellAddress, agrees: bool) {
        let known = self.compared.entry(claim).or_insert(ComparedClaim { cell, agrees });
        known.agrees &= agrees;
    }

    /// No further rule runs: the finding reported explains whatever else they would say of the table.
    pub fn close(&mut self) {
        self.closed = true;
    }

    /// Returns whether a finding has ended the check of this table.
    pub(super) const fn is_closed(&self) -> bool {
        self.closed
    }

    /// Later rules must not judge this cell.
    pub fn condemn(&mut self, cell: CellAddress) {
        let code = self.current.map(|rule| rule.code);
        self.condemned.entry(cell).or_insert(code);
        self.condemned_rows |= 1 << (cell.row % u64::BITS);
    }

    /// Returns whether an earlier finding explains whatever is wrong with this cell, so that the running rule leaves
    /// it alone; that another rule was not run there is counted.
    pub fn is_condemned(&self, cell: CellAddress) -> bool {
        let Some(by) = self.condemned_by(cell) else {
            return false;
        };
        if let Some(rule) = self.current.filter(|rule| by != Some(rule.code)) {
            self.not_run.borrow_mut().insert((rule.code, cell));
        }
        true
    }

    /// Returns the same for a rule that takes the finding into account instead of leaving the cell alone.
    pub fn is_explained(&self, cell: CellAddress) -> bool {
        self.condemned_by(cell).is_some()
    }

    /// Returns the rule that condemns a cell, where one does.
    fn condemned_by(&self, cell: CellAddress) -> Option<Option<&'static str>> {
        if self.condemned_rows & 1 << (cell.row % u64::BITS) == 0 {
            return None;
        }
        self.condemned.get(&cell).copied()
    }

    /// Returns the rule whose finding explains what is wrong with this cell.
    pub fn explained_by(&self, cell: CellAddress) -> Option<&'static str> {
        self.condemned_by(cell).flatten()
    }

    /// Returns how many checks, one rule at one cell each, were not run because their input was condemned.
    pub(super) fn not_run(&self) -> usize {
        self.not_run.borrow().len()
    }

    /// Returns whether any of these cells is condemned; places that the table lacks are none.
    pub fn any_condemned(&self, cells: impl IntoIterator<Item = Option<CellAddress>>) -> bool {
        cells.into_iter().flatten().any(|cell| self.is_condemned(cell))
    }

    /// Returns whether a rule has reported anything in this table.
    pub fn has_found(&self, code: &str) -> bool {
        self.reported.iter().any(|(reported, ..)| *reported == code)
    }

    /// The weight of this row is the likely cause of a finding about weights.
    pub fn doubt_weight(&mut self, row: RescoredRow) {
        self.doubtful_weights.insert(row_key(row));
    }

    /// Returns whether the row's weight is the likely cause of another finding.
    pub fn is_weight_doubtful(&self, row: RescoredRow) -> bool {
        self.doubtful_weights.contains(&row_key(row))
    }

    /// The true score of a condemned row lies between these two.
    pub fn bound_score(&mut self, row: RescoredRow, least: Decimal, greatest: Decimal) {
        self.possible_scores
            .insert(row_key(row), (least.min(greatest), least.max(greatest)));
    }

    /// Returns the interval of a condemned row's true score; `None` for a row without a finding.
    pub fn possible_score(&self, row: RescoredRow) -> Option<(Decimal, Decimal)> {
        self.possible_scores.get(&row_key(row)).copied()
    }

    /// The figure this cell would hold if it were the one that breaks a sum.
    pub fn suppose(&mut self, cell: CellAddress, value: Decimal) {
        self.supposed.insert(cell, value);
    }

    /// Returns a field's figure as printed, and as it would be if it were the one that breaks a sum.
    pub fn readings(&self, field: &Field<Decimal>) -> Vec<Decimal> {
        [Some(field.value), self.supposed.get(&field.cell).copied()]
            .into_iter()
            .flatten()
            .collect()
    }

    /// A finding about levels or totals already says why the weights do not add up.
    pub fn explain_weights(&mut self) {
        self.weights_explained = true;
    }

    /// Returns whether a finding already says why the weights do not add up.
    pub const fn are_weights_explained(&self) -> bool {
        self.weights_explained
    }

    /// Returns all findings and entries for a person by row, then column, then code.
    pub(super) fn into_checked(mut self) -> CheckedTable {
        self.join_series();
        self.discrepancies
            .sort_by(|one, other| (one.cell, &one.code, &one.quote).cmp(&(other.cell, &other.code, &other.quote)));
        self.for_review
            .sort_by(|one, other| one.cell.cmp(&other.cell).then_with(|| one.code.cmp(&other.code)));
        CheckedTable {
            not_run: self.not_run(),
            discrepancies: self.discrepancies,
            for_review: self.for_review,
            compared: self.compared,
        }
    }
}

impl Findings {
    /// Makes one finding of each series: at its first cell, with the others beside it and their number in the message.
    fn join_series(&mut self) {
        let mut joined = BTreeSet::new();
        for ((_, advice, ..), mut members) in std::mem::take(&mut self.series) {
            if members.len() < FEWEST_IN_SERIES {
                continue;
            }
            let cell_of = |index: &usize| self.discrepancies.get(*index).map(|finding| finding.cell);
            members.sort_by_key(cell_of);
            let others: Vec<CellAddress> = members.iter().skip(1).filter_map(cell_of).collect();
            let Some(first) = members.first().and_then(|first| self.discrepancies.get_mut(*first)) else {
                continue;
            };
            first.message = format!(
                "{}同样的还有 {} 处：{}。",
                first.message,
                others.len(),
                words::cells(&others)
            );
            advice.clone_into(&mut first.suggestion);
            first.related = others;
            first.each_cell = true;
            joined.extend(members.into_iter().skip(1));
        }
        let mut index = 0;
        self.discrepancies.retain(|_| {
            index += 1;
            !joined.contains(&(index - 1))
        });
    }
}

const fn row_key(row: RescoredRow) -> (bool, usize) {
    match row {
        RescoredRow::Indicator(index) => (false, index),
        RescoredRow::Fund(index) => (true, index),
    }
}
