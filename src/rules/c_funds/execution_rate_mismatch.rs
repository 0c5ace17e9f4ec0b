//! C02: the printed 执行率 is not executed over budget.

use crate::rules::kit::fund_sums;
use crate::rules::kit::rates::{WrongRate, fits_supposed, is_on_initial};
use crate::rules::{Findings, RuleContext};
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
        let wrong = WrongRate { row, fund, rate, ratio };
        wrong.report(context, findings, &[annual.cell, executed.cell], |due, consequence| {
            (
                format!(
                    "执行率应为全年执行数÷全年预算数；{} {} ÷ {} {} = {due}，{} 填的是 {}。{consequence}",
                    executed.cell,
                    plain(executed.value),
                    annual.cell,
                    plain(annual.value),
                    rate.cell,
                    rate.text.trim(),
                ),
                format!("把 {} 改为 {due}；预算数或执行数填错的，先改正它们。", rate.cell),
            )
        });
    }
}
