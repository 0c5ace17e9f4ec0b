//! C02: the printed 执行率 is not executed over budget.

use rust_decimal::Decimal;

use super::rate_on_initial_budget::is_on_initial;
use super::{Finding, Findings, Rule, RuleContext, Stage, fund_sums, words};
use crate::model::{Field, FundRow, Severity};
use crate::rescore::points_for_rate;
use crate::text::plain;

/// C02.
pub const RULE: Rule = Rule {
    code: "C02",
    slug: "execution-rate-mismatch",
    title: "执行率与预算数、执行数不符",
    severity: Severity::Error,
    stage: Stage::Funds,
    page: include_str!("execution-rate-mismatch.md"),
    check,
};

fn check(context: &RuleContext, findings: &mut Findings) {
    for (row, fund) in context.funds() {
        let (Some(rate), Some(annual), Some(executed)) = (&fund.execution_rate, &fund.annual_budget, &fund.executed)
        else {
            continue;
        };
        let Some(ratio) = fund_sums::quotient(executed.value, annual.value) else {
            continue;
        };
        if findings.is_condemned(rate.cell)
            || is_on_initial(fund)
            || (context.standard.execution.counts_other_spending && rate.value > ratio)
            || fund_sums::rate_fits(rate, ratio)
            || fits_supposed(findings, rate, annual, executed)
        {
            continue;
        }
        findings.condemn(rate.cell);
        let expected = fund_sums::at_precision(ratio, rate);
        let consequence = score_from_rate(context, fund, rate.value, ratio);
        if consequence.is_some() {
            fund.score.iter().for_each(|score| findings.condemn(score.cell));
        }
        findings.report(
            Finding::new(
                rate.cell,
                format!(
                    "执行率应为全年执行数÷全年预算数；{} {} ÷ {} {} = {}，{} 填的是 {}。{}",
                    executed.cell,
                    plain(executed.value),
                    annual.cell,
                    plain(annual.value),
                    words::percent(expected),
                    rate.cell,
                    rate.text.trim(),
                    consequence.unwrap_or_default(),
                ),
                format!(
                    "把 {} 改为 {}；预算数或执行数填错的，先改正它们。",
                    rate.cell,
                    words::percent(expected)
                ),
            )
            .field(format!("funds[{row}].execution_rate"))
            .declared(rate.text.trim())
            .expected(words::percent(expected))
            .difference_text(words::percent((rate.value - expected).abs()))
            .related(
                [annual.cell, executed.cell]
                    .into_iter()
                    .chain(fund.score.as_ref().map(|score| score.cell)),
            )
            .basis(&context.standard.clauses.funds),
        );
    }
}

/// Whether the rate is right once a sum that does not add up is put right.
fn fits_supposed(
    findings: &Findings,
    rate: &Field<Decimal>,
    annual: &Field<Decimal>,
    executed: &Field<Decimal>,
) -> bool {
    findings.readings(executed).into_iter().any(|executed| {
        findings
            .readings(annual)
            .into_iter()
            .any(|annual| fund_sums::quotient(executed, annual).is_some_and(|ratio| fund_sums::rate_fits(rate, ratio)))
    })
}

/// What to say when the row's score was taken from the wrong rate.
pub(super) fn score_from_rate(
    context: &RuleContext,
    fund: &FundRow,
    printed: Decimal,
    ratio: Decimal,
) -> Option<String> {
    let (weight, score) = (fund.weight.as_ref()?, fund.score.as_ref()?);
    let of = |rate: Decimal| points_for_rate(weight.value, rate, context.standard);
    let fits = |points: Decimal| (points - score.value).abs() <= context.standard.tolerance.score;
    let (by_printed, due) = (of(printed)?, of(ratio)?);
    (fits(by_printed) && !fits(due)).then(|| {
        format!(
            "得分 {} 也是按 {} 算的，应为 {}。",
            score.cell,
            words::percent(printed),
            plain(due.round_dp(2))
        )
    })
}
