//! Runs the rules on one table, by stage.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::kit::bounds;
use super::registry::in_order;
use super::stage::Stage;
use super::{ComparedClaim, Findings, Rule, RuleContext, guessed};
use crate::grid::FileFormat;
use crate::model::{Discrepancy, ForReview, Rescoring, TableReading};
use crate::prose::ReportPart;
use crate::reference::TableReferences;
use crate::rescore::{Assessment, assess_all, rescore_assessed};
use crate::standard::Standard;
use crate::text::named_files::EvidenceFiles;

/// The file that a table comes from, as far as rules look at it.
#[derive(Debug, Clone, Copy)]
pub struct Source<'a> {
    /// Format by content.
    pub format: FileFormat,
    /// The path as given, where there is one; only its last part is looked at.
    pub file: Option<&'a str>,
    /// How many tables the file holds: the name of one with several is none of a single project.
    pub tables: usize,
    /// The report that restates the table, where there is one.
    pub report: Option<&'a ReportPart<'a>>,
    /// The files handed in as evidence, where a folder of them was given.
    pub evidence: Option<&'a EvidenceFiles>,
    /// What else it is held against from outside, where there is anything.
    pub references: Option<&'a TableReferences<'a>>,
}

/// What the rules say of one table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckedTable {
    /// Findings by cell (row, then column), then code.
    pub discrepancies: Vec<Discrepancy>,
    /// What a person has to decide, in the same order.
    pub for_review: Vec<ForReview>,
    /// Checks, one rule at one cell each, that were not run because a finding condemns their input.
    pub not_run: usize,
    /// What the claims of the report were held against, by their index in it.
    pub compared: BTreeMap<usize, ComparedClaim>,
}

impl CheckedTable {
    /// Adds what others have found, in its place by row, then column, then code.
    pub fn add(&mut self, discrepancies: Vec<Discrepancy>, for_review: Vec<ForReview>) {
        if !discrepancies.is_empty() {
            self.discrepancies.extend(discrepancies);
            self.discrepancies
                .sort_by(|one, other| one.cell.cmp(&other.cell).then_with(|| one.code.cmp(&other.code)));
        }
        if !for_review.is_empty() {
            self.for_review.extend(for_review);
            self.for_review
                .sort_by(|one, other| one.cell.cmp(&other.cell).then_with(|| one.code.cmp(&other.code)));
        }
    }
}

/// Runs every rule on one table: [`super::check`], with where the table comes from and what a person has to decide.
pub fn check_table(
    table: &TableReading,
    source: &Source<'_>,
    rescoring: &Rescoring,
    standard: &Standard,
) -> CheckedTable {
    let assessments = assess_all(&table.evaluation, standard);
    check_assessed(table, source, rescoring, &assessments, standard)
}

/// [`check_table`] with each indicator's assessment made already, as `rescoring` was.
pub(crate) fn check_assessed(
    table: &TableReading,
    source: &Source<'_>,
    rescoring: &Rescoring,
    assessments: &[Assessment],
    standard: &Standard,
) -> CheckedTable {
    let mut checked = run(table, source, rescoring, assessments, standard);
    settle_guesses(&mut checked, table, |table| {
        let assessments = assess_all(&table.evaluation, standard);
        let rescoring = rescore_assessed(&table.evaluation, &table.places, standard, &assessments);
        run(table, source, &rescoring, &assessments, standard).discrepancies
    });
    checked
}

/// Turns into entries for a person what is not found again in the table without its guessed headers.
pub(crate) fn settle_guesses(
    checked: &mut CheckedTable,
    table: &TableReading,
    find_again: impl FnOnce(&TableReading) -> Vec<Discrepancy>,
) {
    if table.guessed.is_empty() || checked.discrepancies.is_empty() {
        return;
    }
    let without = find_again(&guessed::without_guesses(table));
    guessed::settle(checked, &without, &table.guessed);
}

/// Runs every rule on a table as it is.
fn run(
    table: &TableReading,
    source: &Source<'_>,
    rescoring: &Rescoring,
    assessments: &[Assessment],
    standard: &Standard,
) -> CheckedTable {
    let bounded = bounds::bounded(table);
    let again;
    let (rescoring, assessments) = match &bounded {
        Cow::Borrowed(_) => (rescoring, assessments),
        Cow::Owned(table) => {
            let assessments = assess_all(&table.evaluation, standard);
            let rescoring = rescore_assessed(&table.evaluation, &table.places, standard, &assessments);
            again = (rescoring, assessments);
            (&again.0, again.1.as_slice())
        }
    };
    let context = RuleContext::new(&bounded, source, rescoring, assessments, standard);
    let mut findings = Findings::default();
    for &rule in in_order() {
        if context.table.other_part.is_some() && needs_the_whole(rule) {
            continue;
        }
        if findings.is_closed() {
            break;
        }
        findings.begin(rule, standard.severity.get(rule.code).copied());
        (rule.check)(&context, &mut findings);
    }
    findings.into_checked()
}

/// Returns whether a rule judges the whole of a table, so that half a table says nothing to it.
fn needs_the_whole(rule: &Rule) -> bool {
    matches!(
        rule.stage,
        Stage::LevelWeights | Stage::WeightTotals | Stage::Subtotals | Stage::TotalScore | Stage::Grade
    ) || matches!(rule.slug, "heading-field-missing" | "total-missing" | "not-filled-in")
}
