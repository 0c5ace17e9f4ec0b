//! D22: all was delivered by number, and none of it was accepted or up to standard.

use rust_decimal::Decimal;

use crate::grid::CellAddress;
use crate::model::Indicator;
use crate::rescore::{Assessment, Direction};
use crate::rules::kit::output_kinds::OutputKind;
use crate::rules::kit::texts::{RowTexts, Word, words};
use crate::rules::kit::{reasons, signs, words};
use crate::rules::{Finding, Findings, RuleContext};

rule! { "D22", "quantity-without-quality", "数量完成而质量为零或未验收", Info, Reasons }

/// Words of a work that nobody has accepted yet.
const NOT_ACCEPTED: [Word; 11] = words![
    "未验收",
    "未组织验收",
    "未进行验收",
    "未竣工验收",
    "未完成验收",
    "未通过验收",
    "验收未通过",
    "验收不合格",
    "待验收",
    "未达到验收",
    "没有验收",
];

/// Names of bad quality, of which none is good.
const INVERSE: [Word; 9] = words!["不合格", "差错", "返工", "缺陷", "事故", "投诉", "违规", "退货", "次品"];

fn check(context: &RuleContext, findings: &mut Findings) {
    let outputs: Vec<CellAddress> = context
        .rows()
        .filter(|(_, _, texts)| texts.output_kind == Some(OutputKind::Quantity))
        .map(|(row, indicator, _)| {
            let is_full = reasons::lost(indicator).is_some_and(|lost| lost <= context.standard.tolerance.score);
            let is_met = context.assessment(row).and_then(|assessment| assessment.met) == Some(true);
            indicator
                .actual
                .as_ref()
                .filter(|actual| is_full && is_met && !findings.is_explained(actual.cell))
                .map(|actual| actual.cell)
        })
        // Where a quantity is short, the quality may be that one's.
        .collect::<Option<_>>()
        .unwrap_or_default();
    if outputs.is_empty() {
        return;
    }
    for (row, indicator) in context.indicators() {
        let (Some(actual), Some(assessment)) = (&indicator.actual, context.assessment(row)) else {
            continue;
        };
        let Some(fact) = is_quality(context.texts(row))
            .then(|| shortfall(indicator, assessment))
            .flatten()
            .filter(|_| !findings.is_condemned(actual.cell))
        else {
            continue;
        };
        findings.report(
            Finding::new(
                actual.cell,
                format!(
                    "同一产出的数量与质量应相符；数量指标（{}）全部完成、得满分，{}的完成值（{}）是“{}”，{fact}。",
                    words::cells(&outputs),
                    context.name(row),
                    actual.cell,
                    words::shortened(&actual.text)
                ),
                format!(
                    "核对 {}；尚未验收或不合格的，不计入数量指标的完成值（{}）。",
                    actual.cell,
                    words::cells(&outputs)
                ),
            )
            .field(format!("indicators[{row}].actual"))
            .declared(words::shortened(&actual.text))
            .basis(&context.standard.clauses.targets)
            .related(outputs.iter().copied()),
        );
    }
}

fn is_quality(texts: &RowTexts<'_>) -> bool {
    let name = &texts.level3;
    let is_named = name.has_any(&const { words!["验收", "合格", "达标"] });
    let kind = texts.output_kind;
    (kind == Some(OutputKind::Quality) || (kind.is_none() && is_named)) && !name.has_any(&INVERSE)
}

/// Returns what is wrong with the quality, in words.
fn shortfall(indicator: &Indicator, assessment: &Assessment) -> Option<&'static str> {
    let actual = signs::tight(indicator.actual.as_ref());
    if actual.has_any(&NOT_ACCEPTED) {
        return Some("还没有验收或验收没有通过");
    }
    let figures = assessment
        .figures
        .as_ref()
        .filter(|_| assessment.direction == Some(Direction::Positive))?;
    (figures.actual.is_zero() && figures.target > Decimal::ZERO).then_some("没有一件合格")
}
