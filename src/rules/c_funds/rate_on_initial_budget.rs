//! C03: the printed 执行率 was divided by the 年初预算数 instead of the 全年预算数.

use crate::rules::kit::rates::{is_on_initial, score_from_rate};
use crate::rules::kit::{fund_sums, words};
use crate::rules::{Finding, Findings, RuleContext};
use crate::text::plain;

rule! { "C03", "rate-on-initial-budget", "执行率误用年初预算数作分母", Error, Funds }

fn check(context: &RuleContext, findings: &mut Findings) {
    for (row, fund) in context.funds().filter(|(_, fund)| is_on_initial(fund)) {
        let (Some(rate), Some(initial), Some(annual), Some(executed)) = (
            &fund.execution_rate,
            &fund.initial_budget,
            &fund.annual_budget,
            &fund.executed,
        ) else {
            continue;
        };
        let Some(ratio) = fund_sums::quotient(executed.value, annual.value) else {
            continue;
        };
        // An amount that breaks a sum may be the one that is wrong.
        let may_be_right = findings.readings(executed).into_iter().any(|executed| {
            findings.readings(annual).into_iter().any(|annual| {
                fund_sums::quotient(executed, annual).is_some_and(|ratio| fund_sums::rate_fits(rate, ratio))
            })
        });
        if findings.is_condemned(rate.cell) || may_be_right {
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
                    "执行率应为全年执行数÷全年预算数，不是÷年初预算数；{} 填的 {} 是 {} {} ÷ 年初预算数 {} {}，按全年预算数 {} {} 应为 {}。{}",
                    rate.cell,
                    rate.text.trim(),
                    executed.cell,
                    plain(executed.value),
                    initial.cell,
                    plain(initial.value),
                    annual.cell,
                    plain(annual.value),
                    words::percent(expected),
                    consequence.unwrap_or_default(),
                ),
                format!("把 {} 改为 {}。", rate.cell, words::percent(expected)),
            )
            .field(format!("funds[{row}].execution_rate"))
            .declared(rate.text.trim())
            .expected(words::percent(expected))
            .difference_text(words::percent(rate.value.saturating_sub(expected).abs()))
            .related(
                [initial.cell, annual.cell, executed.cell]
                    .into_iter()
                    .chain(fund.score.as_ref().map(|score| score.cell)),
            )
            .basis(&context.standard.clauses.funds),
        );
    }
}
