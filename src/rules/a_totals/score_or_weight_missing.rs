//! A11: a weight without a score, or a score without a weight.

use crate::grid::CellAddress;
use crate::model::{FundField, Indicator, IndicatorField, Severity};
use crate::rules::kit::words;
use crate::rules::{Finding, Findings, RuleContext};
use crate::text::plain;

rule! { "A11", "score-or-weight-missing", "分值或得分缺一", Error, MissingValues }

fn check(context: &RuleContext, findings: &mut Findings) {
    if !context.has_column(IndicatorField::Weight) || !context.has_column(IndicatorField::Score) {
        return;
    }
    let rows = &context.evaluation().indicators;
    let claims = |row: &&Indicator| RuleContext::claims_points(row) && !words::is_adjustment(row);
    let claiming = rows.iter().filter(claims).count();
    let whole = rows
        .iter()
        .filter(|row| row.weight.is_some() && row.score.is_some())
        .count();
    // Where most rows lack one of the two, the form is unfilled or scores in another way: not a slip in a row.
    if whole == 0 || whole * 2 < claiming {
        return;
    }
    check_indicators(context, findings);
    check_funds(context, findings);
    check_total(context, findings);
}

fn check_indicators(context: &RuleContext, findings: &mut Findings) {
    for (row, indicator) in context.indicators() {
        let (column, field, missing, present) = match (&indicator.weight, &indicator.score) {
            (Some(weight), None) => {
                let unfilled =
                    context.has_column(IndicatorField::Actual) && words::given(indicator.actual.as_ref()).is_none();
                // A row without actual and score was not reported on at all; D02 says so.
                if unfilled {
                    continue;
                }
                (
                    IndicatorField::Score,
                    "score",
                    "得分",
                    format!("分值 {}（{}）", plain(weight.value), weight.cell),
                )
            }
            (None, Some(_)) if words::is_adjustment(indicator) => continue,
            (None, Some(score)) => (
                IndicatorField::Weight,
                "weight",
                "分值",
                format!("得分 {}（{}）", plain(score.value), score.cell),
            ),
            _ => continue,
        };
        let other = match column {
            IndicatorField::Score => indicator.weight.as_ref(),
            _ => indicator.score.as_ref(),
        };
        let Some(cell) = context.indicator_cell(row, column) else {
            continue;
        };
        if findings.is_condemned(cell) {
            continue;
        }
        findings.condemn(cell);
        findings.report(
            Finding::new(
                cell,
                format!(
                    "每项指标的分值与得分应成对填写；{}有{present}，{missing}{}。",
                    context.name(row),
                    what_stands(context, cell)
                ),
                format!(
                    "在 {cell} 补填{missing}；该项不计分的，把 {} 一并清空。",
                    other.map_or(cell, |field| field.cell)
                ),
            )
            .field(format!("indicators[{row}].{field}"))
            .related(other.map(|field| field.cell)),
        );
    }
}

fn check_funds(context: &RuleContext, findings: &mut Findings) {
    let headers = &context.table.places.fund_headers;
    if !headers.contains_key(&FundField::Weight) || !headers.contains_key(&FundField::Score) {
        return;
    }
    let Some((row, fund)) = context.fund_total() else {
        return;
    };
    let (column, field, missing, other) = match (&fund.weight, &fund.score) {
        (Some(weight), None) if fund.annual_budget.is_some() || fund.executed.is_some() => {
            (FundField::Score, "score", "得分", weight)
        }
        (None, Some(score)) => (FundField::Weight, "weight", "分值", score),
        _ => return,
    };
    let Some(cell) = context.fund_cell(row, column) else {
        return;
    };
    if findings.is_condemned(cell) {
        return;
    }
    findings.condemn(cell);
    findings.report(
        Finding::new(
            cell,
            format!(
                "预算执行率的分值与得分应成对填写；{} 有 {}，{missing}{}。",
                other.cell,
                plain(other.value),
                what_stands(context, cell)
            ),
            format!(
                "在 {cell} 补填{missing}；预算执行率不计分的，把 {} 一并清空。",
                other.cell
            ),
        )
        .field(format!("funds[{row}].{field}"))
        .related([other.cell]),
    );
}

fn check_total(context: &RuleContext, findings: &mut Findings) {
    let Some(total) = &context.evaluation().total else {
        return;
    };
    let (Some(weight), None) = (&total.weight, &total.score) else {
        return;
    };
    let Some(cell) = context.table.places.total.as_ref().and_then(|places| places.score) else {
        return;
    };
    if findings.is_condemned(cell) || !context.is_scored() {
        return;
    }
    findings.condemn(cell);
    let mut finding = Finding::new(
        cell,
        format!(
            "总分行的分值与得分应成对填写；{} 有分值 {}，总得分{}。",
            weight.cell,
            plain(weight.value),
            what_stands(context, cell)
        ),
        format!("在 {cell} 填入各项得分之和。"),
    )
    .severity(Severity::Warning)
    .field("total.score")
    .related([weight.cell]);
    if let Some(sum) = context.rescoring.sum_of_scores {
        finding = finding.expected(plain(sum));
    }
    findings.report(finding);
}

/// "没有填" or, where a text stands that is no number, what it is.
fn what_stands(context: &RuleContext, cell: CellAddress) -> String {
    match context.fact(cell).filter(|fact| !fact.text.trim().is_empty()) {
        Some(fact) => format!("栏（{cell}）写的“{}”不是数字", words::shortened(&fact.text)),
        None => format!("（{cell}）没有填"),
    }
}
