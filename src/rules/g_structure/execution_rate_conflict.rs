//! G21: an indicator row and the fund block give different 执行率.

use rust_decimal::Decimal;

use crate::model::measure::{ColumnUnit, Dimension, Measure};
use crate::model::{Field, Indicator};
use crate::rules::kit::{fund_sums, words};
use crate::rules::{Finding, Findings, RuleContext};
use crate::text::words::without_start;

rule! { "G21", "execution-rate-conflict", "指标中的执行率与资金栏不一致", Error, Funds }

fn check(context: &RuleContext, findings: &mut Findings) {
    let Some((_, fund)) = context.fund_total() else { return };
    let amounts = fund.annual_budget.as_ref().zip(fund.executed.as_ref());
    // Amounts that an earlier finding doubts are read both ways.
    let mut rates: Vec<Decimal> = Vec::new();
    if let Some((annual, executed)) = amounts {
        for executed in findings.readings(executed) {
            rates.extend(
                findings
                    .readings(annual)
                    .iter()
                    .filter_map(|&annual| fund_sums::quotient(executed, annual)),
            );
        }
    }
    let printed = fund.execution_rate.as_ref();
    let Some(fund_rate) = printed.map(|rate| rate.value).or_else(|| rates.first().copied()) else {
        return;
    };
    rates.extend(printed.map(|rate| rate.value));
    // 部门评价 may divide by what arrived instead of by the budget (财预〔2020〕10号 附件2).
    let arrival = rate_named(context, |name| name.contains("到位率")).map(|(_, rate)| rate.value);
    if let Some(arrival) = arrival {
        let by_arrival: Vec<Decimal> = rates.iter().filter_map(|rate| rate.checked_div(arrival)).collect();
        rates.extend(by_arrival);
    }

    for (row, actual) in execution_rows(context) {
        if findings.is_condemned(actual.cell) || rates.iter().any(|&rate| fund_sums::rate_fits(&actual, rate)) {
            continue;
        }
        findings.condemn(actual.cell);
        let source = printed
            .map(|rate| rate.cell)
            .or_else(|| amounts.map(|(_, executed)| executed.cell));
        let place = source.map_or_else(String::new, |cell| format!("（{cell}）"));
        findings.report(
            Finding::new(
                actual.cell,
                format!(
                    "同一张表的预算执行率应一致；资金栏{place}是 {}，{}的完成值（{}）是 {}。",
                    words::percent(fund_rate),
                    context.name(row),
                    actual.cell,
                    actual.text.trim()
                ),
                format!("按实际支出核对，把 {} 与资金栏{place}改为同一数值。", actual.cell),
            )
            .field(format!("indicators[{row}].actual"))
            .declared(actual.text.trim())
            .expected(words::percent(fund_rate))
            .difference_text(words::percent(actual.value.saturating_sub(fund_rate).abs()))
            .related(source),
        );
    }
}

/// Indicator rows that score the execution of the budget, with their actual as a ratio.
fn execution_rows(context: &RuleContext) -> Vec<(usize, Field<Decimal>)> {
    let is_execution = |name: &str| {
        let name = without_start(without_start(name, "项目"), "年度");
        name == "执行率" || ["预算执行率", "资金执行率", "预算资金执行率"].contains(&name)
    };
    context
        .rows()
        .filter(|(_, _, texts)| is_execution(&texts.level3))
        .filter_map(|(row, indicator, _)| Some((row, ratio(indicator)?)))
        .collect()
}

fn rate_named(context: &RuleContext, is_named: impl Fn(&str) -> bool) -> Option<(usize, Field<Decimal>)> {
    context
        .indicators()
        .filter(|(_, indicator)| indicator.level3.as_ref().is_some_and(|name| is_named(&name.value)))
        .find_map(|(row, indicator)| Some((row, ratio(indicator)?)))
}

/// Returns a row's actual as a ratio, if it is one percentage.
fn ratio(indicator: &Indicator) -> Option<Field<Decimal>> {
    let actual = indicator.actual.as_ref()?;
    let measure = Measure::parse(&actual.value);
    let column = indicator
        .measure_unit
        .as_ref()
        .and_then(|unit| ColumnUnit::parse(&unit.value));
    let quantity = measure.quantity()?;
    let quantity = column.map_or_else(|| quantity.clone(), |column| quantity.with_column_unit(&column));
    let ratio = quantity.base().filter(|ratio| ratio.abs() <= Decimal::ONE_THOUSAND)?;
    (quantity.unit.dimension() == Dimension::Ratio).then(|| actual.with(ratio))
}
