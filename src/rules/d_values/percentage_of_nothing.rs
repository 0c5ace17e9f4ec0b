//! D18: a benefit described in words and measured by a percentage of nobody knows what.

use rust_decimal::Decimal;

use crate::model::Indicator;
use crate::model::measure::Dimension;
use crate::rescore::Assessment;
use crate::rules::kit::texts::{FoldedText, RowTexts, Word, any_in, words};
use crate::rules::kit::{output_kinds, signs, words};
use crate::rules::{Finding, Findings, RuleContext};

rule! { "D18", "percentage-of-nothing", "效益指标的百分比没有测算依据", Info, MissingValues }

/// Verbs of an effect, which has no part and no whole.
const EFFECTS: [Word; 13] = words![
    "促进", "推动", "提升", "提高", "增强", "改善", "优化", "保障", "确保", "维护", "带动", "助力", "营造",
];

/// Words that tell what is divided by what, or that the percentage is a change.
const SHARES: [Word; 23] = words![
    "率", "度", "比例", "占比", "比重", "覆盖", "达标", "合格", "完成", "到位", "及时", "增长", "增幅", "增速", "增加",
    "增收", "下降", "减少", "降低", "节约", "人数", "户数", "产值",
];

/// Words that tell where a figure comes from.
const SOURCES: [Word; 6] = words!["调查", "问卷", "测算", "统计", "抽样", "评估"];

fn check(context: &RuleContext, findings: &mut Findings) {
    for (row, indicator) in context.indicators() {
        let (Some(target), Some(name), Some(assessment)) =
            (&indicator.target, &indicator.level3, context.assessment(row))
        else {
            continue;
        };
        if !is_high_percentage(assessment)
            || !is_benefit(context.texts(row))
            || !names_an_effect(&context.texts(row).level3)
            || says_its_source(indicator)
            || findings.is_condemned(target.cell)
        {
            continue;
        }
        findings.report(
            Finding::new(
                target.cell,
                format!(
                    "用百分比考核的，应说明是什么占什么的比例；{}的指标值（{}）是“{}”，从名称（{}）看不出分子和分母，完成值没有测算依据。",
                    context.name(row),
                    target.cell,
                    words::shortened(&target.text),
                    name.cell
                ),
                format!(
                    "在 {} 写成可以计算的比率（如“灌溉保证率”），或写明调查、统计的方法；不能计算的改用定性表述。",
                    name.cell
                ),
            )
            .field(format!("indicators[{row}].target"))
            .declared(words::shortened(&target.text))
            .basis(&context.standard.clauses.targets)
            .related([name.cell]),
        );
    }
}

fn is_benefit(texts: &RowTexts<'_>) -> bool {
    let (level1, level2) = (&texts.level1, &texts.level2);
    let is_benefit = |level: &FoldedText<'_>| level.has_any(&const { words!["效益", "效果", "影响"] });
    (is_benefit(level1) || is_benefit(level2)) && !level2.contains("满意")
}

fn names_an_effect(name: &FoldedText<'_>) -> bool {
    // 效率 is no share of anything.
    name.has_any(&EFFECTS) && !any_in(&name.replace("效率", ""), &SHARES)
}

/// A rise is rarely planned so high; a part of the whole is.
fn is_high_percentage(assessment: &Assessment) -> bool {
    let Some(quantity) = assessment.target.quantity() else {
        return false;
    };
    let quantity = assessment
        .column_unit
        .as_ref()
        .map_or_else(|| quantity.clone(), |column| quantity.with_column_unit(column));
    quantity.unit.dimension() == Dimension::Ratio
        && quantity
            .base()
            .is_some_and(|ratio| ratio >= Decimal::new(8, 1) && ratio <= Decimal::ONE)
}

fn says_its_source(indicator: &Indicator) -> bool {
    let texts = [&indicator.level3, &indicator.actual, &indicator.reason];
    output_kinds::has_figures_beside(indicator)
        || !indicator.extra.is_empty()
        || texts.into_iter().any(|field| {
            let text = signs::tight(field.as_ref());
            text.has_any(&SOURCES)
        })
}
