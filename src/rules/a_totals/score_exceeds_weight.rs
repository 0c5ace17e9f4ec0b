//! A09: a score above its weight.

use rust_decimal::Decimal;

use crate::model::{Field, RescoredRow};
use crate::rules::{Finding, Findings, RuleContext};
use crate::text::plain;

rule! { "A09", "score-exceeds-weight", "得分超过分值", Error, RowScores }

fn check(context: &RuleContext, findings: &mut Findings) {
    for (row, indicator) in context.indicators() {
        let (Some(weight), Some(score)) = (&indicator.weight, &indicator.score) else {
            continue;
        };
        if score.value > weight.value && !findings.is_weight_doubtful(RescoredRow::Indicator(row)) {
            let place = (RescoredRow::Indicator(row), format!("indicators[{row}].score"));
            judge(context, findings, weight, score, &context.name(row), place);
        }
    }
    if let Some((row, fund)) = context.execution_row()
        && let (Some(weight), Some(score)) = (&fund.weight, &fund.score)
    {
        let place = (RescoredRow::Fund(row), format!("funds[{row}].score"));
        if !findings.is_weight_doubtful(place.0) {
            judge(context, findings, weight, score, "预算执行率", place);
        }
    }
}

fn judge(
    context: &RuleContext,
    findings: &mut Findings,
    weight: &Field<Decimal>,
    score: &Field<Decimal>,
    name: &str,
    (row, field): (RescoredRow, String),
) {
    if score.value <= weight.value || findings.any_condemned([Some(score.cell), Some(weight.cell)]) {
        return;
    }
    findings.condemn(score.cell);
    let item = match row {
        RescoredRow::Indicator(row) => context.indicator_item(row),
        RescoredRow::Fund(row) => context.fund_item(row),
    };
    let bounds = item.and_then(|item| Some((item.expected_min?, item.expected_max?)));
    let (least, greatest) = bounds.unwrap_or((Decimal::ZERO, weight.value));
    findings.bound_score(row, least, greatest);
    let due = match bounds {
        Some((least, greatest)) if least == greatest => format!("按完成情况复算为 {}", plain(greatest)),
        _ => "最高".to_owned() + &format!("为 {}", plain(weight.value)),
    };
    findings.report(
        Finding::new(
            score.cell,
            format!(
                "得分不得超过分值；{name}的分值（{}）为 {}，得分（{}）填了 {}。",
                weight.cell,
                plain(weight.value),
                score.cell,
                plain(score.value)
            ),
            format!("更正 {}，{due} 分；分值填错的，改正 {}。", score.cell, weight.cell),
        )
        .field(field)
        .declared(plain(score.value))
        .expected(format!("≤{}", plain(weight.value)))
        .difference(score.value - weight.value)
        .basis(&context.standard.clauses.quantitative)
        .related([weight.cell]),
    );
}
