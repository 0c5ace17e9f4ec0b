//! C02: the printed 执行率 is not executed over budget.

use rust_decimal::Decimal;

use crate::model::Field;
use crate::rules::kit::rates::{is_on_initial, score_from_rate};
use crate::rules::kit::{fund_sums, words};
use crate::rules::{Finding, Findings, RuleContext};
use crate::text::plain;

rule! { "C02", "execution-rate-mismatch", "执行率与预算数、执行数不符", Error, Funds }

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

/// Returns whether the rate is right once a sum that does not add up is put right.
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
