//! C03: the printed 执行率 was divided by the 年初预算数 instead of the 全年预算数.

use crate::rules::kit::fund_sums;
use crate::rules::kit::rates::{WrongRate, fits_supposed, is_on_initial};
use crate::rules::{Findings, RuleContext};
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
        if findings.is_condemned(rate.cell) || fits_supposed(findings, rate, annual, executed) {
            continue;
        }
        let amounts = [initial.cell, annual.cell, executed.cell];
        let wrong = WrongRate { row, fund, rate, ratio };
        wrong.report(context, findings, &amounts, |due, consequence| {
            (
                format!(
                    "执行率应等于全年执行数÷全年预算数，不是÷年初预算数；{} 填的 {} 是 {} {} ÷ 年初预算数 {} {}，按全年预算数 {} {} 复算为 {due}。{consequence}",
                    rate.cell,
                    rate.text.trim(),
                    executed.cell,
                    plain(executed.value),
                    initial.cell,
                    plain(initial.value),
                    annual.cell,
                    plain(annual.value),
                ),
                format!("把 {} 改为 {due}。", rate.cell),
            )
        });
    }
}
