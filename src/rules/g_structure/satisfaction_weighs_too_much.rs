//! G14: satisfaction inside 效益 weighs more than the standard gives it.

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use crate::model::{Indicator, IndicatorField};
use crate::rules::kit::level_sums;
use crate::rules::kit::texts::{RowTexts, Word};
use crate::rules::{Finding, Findings, RuleContext};
use crate::text::plain;

rule! { "G14", "satisfaction-weighs-too-much", "满意度分值偏高", Info, WeightTotals }

fn check(context: &RuleContext, findings: &mut Findings) {
    let standard = context.standard;
    let usual = standard
        .level_weights
        .iter()
        .find(|level| level.names.iter().any(|name| name.contains("满意度")))
        .map(|level| level.weight);
    let Some(usual) = usual.or(standard.satisfaction.usual_weight) else {
        return;
    };
    // As an 一级指标 of its own it is compared with the other levels (G02).
    if level_sums::level_sums(context, findings).is_none()
        || context.rows().any(|(.., texts)| texts.level1.has(&SATISFIED))
    {
        return;
    }
    let rows: Vec<(usize, &Indicator, &RowTexts<'_>)> =
        context.rows().filter(|(.., texts)| is_satisfaction(texts)).collect();
    let weights = || rows.iter().filter_map(|(_, row, _)| row.weight.as_ref());
    let sum = weights().fold(Decimal::ZERO, |sum, weight| sum.saturating_add(weight.value));
    let Some((first_row, first)) = rows
        .first()
        .zip(weights().next())
        .map(|((row, ..), weight)| (*row, weight))
    else {
        return;
    };
    let levels: BTreeSet<&str> = rows.iter().map(|(.., texts)| texts.level1.as_str()).collect();
    let has_company = context
        .rows()
        .any(|(.., other)| !is_satisfaction(other) && levels.contains(other.level1.as_str()));
    // Where satisfaction is all of 效益, there is nothing that its points could go to.
    if !has_company || sum <= usual.saturating_add(standard.tolerance.weight) {
        return;
    }
    findings.report(
        Finding::new(
            first.cell,
            format!(
                "满意度指标的权重一般为 {} 分；本表 {} 项满意度指标自 {} 起合计 {} 分。",
                plain(usual),
                rows.len(),
                first.cell,
                plain(sum)
            ),
            "核对批复的权重；评价方案另有规定的不必改。",
        )
        .field(format!("indicators[{first_row}].weight"))
        .figures(sum, usual)
        .basis(&standard.clauses.weights)
        .related(
            rows.iter()
                .filter_map(|(row, ..)| context.indicator_cell(*row, IndicatorField::Weight)),
        ),
    );
}

const SATISFIED: Word = Word::new("满意");
const SATISFACTION: Word = Word::new("满意度");

fn is_satisfaction(texts: &RowTexts<'_>) -> bool {
    texts.level2.has(&SATISFACTION) || texts.level3.has(&SATISFACTION)
}
