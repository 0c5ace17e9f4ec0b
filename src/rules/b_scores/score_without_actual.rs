//! B21: points are claimed though nothing says what was achieved.

use rust_decimal::Decimal;

use crate::model::{FundRow, IndicatorField, RescoredRow};
use crate::rules::kit::{rates, words};
use crate::rules::{Finding, Findings, RuleContext};
use crate::text::plain;

rule! { "B21", "score-without-actual", "没有完成值却有得分", Error, MissingValues }

fn check(context: &RuleContext, findings: &mut Findings) {
    if !context.has_column(IndicatorField::Actual) {
        return;
    }
    for (row, indicator) in context.indicators() {
        let Some(score) = indicator.score.as_ref().filter(|score| score.value > Decimal::ZERO) else {
            continue;
        };
        let actual = context.indicator_cell(row, IndicatorField::Actual);
        // A part of the table may have a head of its own without this column.
        if actual.is_none() {
            continue;
        }
        if words::given(indicator.actual.as_ref()).is_some()
            || is_told_by_funds(context, row)
            || findings.is_condemned(score.cell)
            || findings.any_condemned([actual])
        {
            continue;
        }
        findings.condemn(score.cell);
        findings.bound_score(RescoredRow::Indicator(row), Decimal::ZERO, score.value);
        let place = actual.map_or_else(String::new, |cell| format!("（{cell}）"));
        findings.report(
            Finding::new(
                score.cell,
                format!(
                    "得分要有实际完成值支持；{}的完成值{place}没有填，{} 却得 {} 分。",
                    context.name(row),
                    score.cell,
                    plain(score.value)
                ),
                format!("补填实际完成值{place}并据此计分；拿不出完成情况的，得分改为 0。"),
            )
            .basis(&context.standard.clauses.targets)
            .field(format!("indicators[{row}].score"))
            .declared(plain(score.value))
            .expected("0")
            .difference(score.value)
            .related(actual),
        );
    }
}

/// Returns whether the row weighs the execution of the budget, and the fund block says what was spent.
fn is_told_by_funds(context: &RuleContext, row: usize) -> bool {
    let is_told = |(_, fund): (usize, &FundRow)| fund.execution_rate.is_some() || fund.executed.is_some();
    rates::names_execution(context.texts(row)) && context.fund_total().is_some_and(is_told)
}
