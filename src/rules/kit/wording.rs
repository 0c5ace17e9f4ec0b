//! Texts that people wrote into a table, with their cells: what the rules on wording share.

use super::folded_fields::FoldedFields;
use super::texts::FoldedText;
use crate::model::{Binding, Field, TableReading};
use crate::rules::{Findings, RuleContext};

/// One such text.
#[derive(Debug)]
pub struct Wording<'a> {
    /// The cell, its field and its text as written.
    pub binding: &'a Binding,
    /// The text without white space.
    pub text: FoldedText<'a>,
}

/// Returns the bound texts of heading, goals, indicators and statements by cell, each cell once.
pub fn all<'a>(table: &'a TableReading, fields: &FoldedFields<'a>) -> Vec<Wording<'a>> {
    let mut bindings: Vec<&Binding> = Vec::with_capacity(table.bindings.len());
    bindings.extend(table.bindings.iter().filter(|binding| binding.field.is_wording()));
    bindings.sort_by_key(|binding| binding.cell);
    bindings.dedup_by_key(|binding| binding.cell);
    let mut walk = fields.walk();
    bindings
        .into_iter()
        .map(|binding| Wording {
            binding,
            text: walk.folded(binding.cell, &binding.text),
        })
        .collect()
}

/// Returns the texts that a rule is after, but those whose cells are condemned.
pub fn texts<'c, 'a>(
    context: &'c RuleContext<'a>,
    findings: &Findings,
    is_wanted: impl Fn(&Wording<'a>) -> bool,
) -> Vec<&'c Wording<'a>> {
    let wording = context.wording().iter();
    wording
        .filter(|wording| is_wanted(wording) && !findings.is_explained(wording.binding.cell))
        .collect()
}

/// Returns every sentence of the table, in the order of goals, notes, statements, reasons of funds and of indicators.
pub fn statements<'a>(context: &RuleContext<'a>) -> impl Iterator<Item = &'a Field<String>> {
    let evaluation = context.evaluation();
    let goals = evaluation.goals.iter().flat_map(|goal| [&goal.expected, &goal.actual]);
    let funds = evaluation.funds.iter().map(|fund| &fund.reason);
    let indicators = evaluation.indicators.iter().map(|indicator| &indicator.reason);
    goals
        .flatten()
        .chain(&evaluation.notes)
        .chain(evaluation.extra.iter().map(|extra| &extra.value))
        .chain(funds.flatten())
        .chain(indicators.flatten())
}
