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
        let counts_other = context.standard.execution.counts_other_spending;
        let other = context.evaluation().other_spending(row).filter(|_| counts_other);
        let spent = match other {
            Some((other, _)) => executed.value.checked_add(other),
            None => Some(executed.value),
        };
        let Some(ratio) = spent.and_then(|spent| fund_sums::quotient(spent, annual.value)) else {
            continue;
        };
        if findings.is_condemned(rate.cell)
            || is_on_initial(fund)
            || (counts_other && other.is_none() && rate.value > ratio)
            || fund_sums::rate_fits(rate, ratio)
            || fits_supposed(findings, rate, annual, executed)
        {
            continue;
        }
        let (formula, sum) = match other {
            Some((other, cell)) => (
                "（全年执行数＋执行数（其他））",
                format!(
                    "（{} {} + {cell} {}）",
                    executed.cell,
                    plain(executed.value),
                    plain(other)
                ),
            ),
            None => ("全年执行数", format!("{} {}", executed.cell, plain(executed.value))),
        };
        let cells: Vec<_> = [annual.cell, executed.cell]
            .into_iter()
            .chain(other.map(|(_, cell)| cell))
            .collect();
        let wrong = WrongRate { row, fund, rate, ratio };
        wrong.report(context, findings, &cells, |due, consequence| {
            (
                format!(
                    "执行率应等于{formula}÷全年预算数；{sum} ÷ {} {} = {due}，{} 填的是 {}。{consequence}",
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
