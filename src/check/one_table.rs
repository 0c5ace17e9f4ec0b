//! One table through the stages behind reading: rescored, checked, and told in its part of the report.

use std::collections::BTreeMap;

use super::{CheckOptions, TargetsMet};
use crate::model::{Rescoring, TableReading};
use crate::own_rules::OwnRules;
use crate::report::{HeldAgainst, TableReport};
use crate::rescore;
use crate::rules::{self, CheckedTable, ComparedClaim, Source};
use crate::standard::Standard;

/// One table after all stages.
pub(super) struct TableResult {
    pub report: TableReport,
    /// Claims of the report in prose that it was compared with.
    pub compared: BTreeMap<usize, ComparedClaim>,
    pub met: TargetsMet,
}

/// Rescores and checks a table that is needed further on.
pub(super) fn check_table(table: &TableReading, source: &Source<'_>, options: &CheckOptions<'_>) -> TableResult {
    judge(table, source, options).result(|rescoring| TableReport::new(table, rescoring))
}

/// What is said of one table.
pub(super) struct Judged {
    rescoring: Rescoring,
    checked: CheckedTable,
    held_against: Option<HeldAgainst>,
    met: TargetsMet,
}

impl Judged {
    /// Returns it with the report that `report` makes of the table.
    pub(super) fn result(self, report: impl FnOnce(Rescoring) -> TableReport) -> TableResult {
        TableResult {
            report: TableReport {
                discrepancies: self.checked.discrepancies,
                for_review: self.checked.for_review,
                checks_not_run: self.checked.not_run,
                held_against: self.held_against,
                ..report(self.rescoring)
            },
            compared: self.checked.compared,
            met: self.met,
        }
    }
}

/// Rescores and checks a table.
pub(super) fn judge(table: &TableReading, source: &Source<'_>, options: &CheckOptions<'_>) -> Judged {
    let (standard, standard_picked) = options.standard_of(table);
    let assessments = rescore::assess_all(&table.evaluation, standard);
    let rescoring = Rescoring {
        standard_picked,
        ..rescore::rescore_assessed(&table.evaluation, &table.places, standard, &assessments)
    };
    let mut checked = rules::check_assessed(table, source, &rescoring, &assessments, standard);
    let mut own = of_own_rules(table, options.rules, standard);
    rules::settle_guesses(&mut own, table, |table| {
        options.rules.check(table, standard).discrepancies
    });
    checked.add(own.discrepancies, own.for_review);
    Judged {
        rescoring,
        checked,
        held_against: source.references.and_then(HeldAgainst::of),
        met: assessments.iter().map(|assessment| assessment.met).collect(),
    }
}

/// What rules of one's own say of a table as it was read.
fn of_own_rules(table: &TableReading, rules: &OwnRules, standard: &Standard) -> CheckedTable {
    let own = rules.check(table, standard);
    CheckedTable {
        discrepancies: own.discrepancies,
        for_review: own.for_review,
        not_run: 0,
        compared: BTreeMap::new(),
    }
}
