//! What people wrote in sentences: goals, notes, statements and reasons.

use crate::model::Field;
use crate::rules::RuleContext;

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
