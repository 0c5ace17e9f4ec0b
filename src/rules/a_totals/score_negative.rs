//! A10: a score below zero.

use rust_decimal::Decimal;

use crate::grid::CellAddress;
use crate::model::RescoredRow;
use crate::rules::kit::words;
use crate::rules::{Finding, Findings, RuleContext};
use crate::text::plain;

rule! { "A10", "score-negative", "得分为负数", Error, MissingValues }

fn check(context: &RuleContext, findings: &mut Findings) {
    for (row, indicator) in context.indicators() {
        if let Some(score) = indicator.score.as_ref().filter(|score| score.value < Decimal::ZERO)
            && !words::is_adjustment(indicator)
        {
            let weight = indicator.weight.as_ref().map_or(Decimal::ZERO, |weight| weight.value);
            findings.bound_score(RescoredRow::Indicator(row), Decimal::ZERO, weight);
            report(
                findings,
                score.cell,
                score.value,
                &context.name(row),
                format!("indicators[{row}].score"),
            );
        }
    }
    for (row, fund) in context.funds() {
        if let Some(score) = fund.score.as_ref().filter(|score| score.value < Decimal::ZERO) {
            let weight = fund.weight.as_ref().map_or(Decimal::ZERO, |weight| weight.value);
            findings.bound_score(RescoredRow::Fund(row), Decimal::ZERO, weight);
            report(
                findings,
                score.cell,
                score.value,
                "预算执行率",
                format!("funds[{row}].score"),
            );
        }
    }
}

fn report(findings: &mut Findings, cell: CellAddress, score: Decimal, name: &str, field: String) {
    findings.condemn(cell);
    findings.report(
        Finding::new(
            cell,
            format!("得分最低为 0；{name}的得分（{cell}）填了 {}。", plain(score)),
            format!("按完成情况在 {cell} 重新计分，最低填 0；扣分写在原因栏里，不要写成负的得分。"),
        )
        .field(field)
        .declared(plain(score))
        .expected("≥0")
        .difference(score),
    );
}
