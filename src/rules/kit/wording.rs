//! Texts that people wrote into a table, with their cells: what the rules on wording share.

use super::folded_fields::FoldedFields;
use super::texts::FoldedText;
use crate::model::{BoundCell, Field, FieldPath, TableReading};
use crate::rules::{Findings, RuleContext};

/// One such text.
#[derive(Debug)]
pub struct Wording<'a> {
    /// The cell, its field and its text as written.
    pub binding: BoundCell<'a>,
    /// The text without white space.
    pub text: FoldedText<'a>,
}

/// Returns the bound texts of heading, goals, indicators and statements by cell, each cell once.
pub fn all<'a>(table: &'a TableReading, fields: &FoldedFields<'a>) -> Vec<Wording<'a>> {
    let mut walk = fields.walk();
    let mut all: Vec<Wording> = Vec::with_capacity(table.bindings.len());
    let bindings = table.bindings.of_fields(FieldPath::is_wording);
    all.extend(bindings.map(|binding| Wording {
        binding,
        text: walk.folded(binding.cell, binding.text),
    }));
    let follow = |one: &Wording, next: &Wording| one.binding.cell < next.binding.cell;
    if !all.is_sorted_by(follow) {
        all.sort_by_key(|wording| wording.binding.cell);
        all.dedup_by_key(|wording| wording.binding.cell);
    }
    all
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
