//! D20: satisfaction that nobody was asked about, or only one.

use std::cell::LazyCell;

use rust_decimal::Decimal;

use crate::model::measure::{Dimension, MeasureKind};
use crate::rules::kit::texts::{Word, words};
use crate::rules::kit::{signs, words};
use crate::rules::{Finding, Findings, RuleContext};

rule! { "D20", "satisfaction-without-survey", "满意度缺少调查依据", Info, MissingValues }

/// Silence taken for satisfaction.
const SILENCE: [Word; 9] = words![
    "未收到投诉",
    "没有收到投诉",
    "未接到投诉",
    "没有接到投诉",
    "无投诉",
    "零投诉",
    "未发生投诉",
    "没有投诉",
    "未有投诉",
];

fn check(context: &RuleContext, findings: &mut Findings) {
    let only_one = LazyCell::new(|| only_one_beneficiary(context));
    for (row, indicator) in context.indicators() {
        let Some(actual) = &indicator.actual else { continue };
        if !context.texts(row).level3.has_any(&const { words!["满意度", "满意率"] })
            || findings.is_explained(actual.cell)
        {
            continue;
        }
        let silent = [Some(actual), indicator.reason.as_ref()]
            .into_iter()
            .flatten()
            .find(|field| {
                let text = words::tight(&field.value);
                text.has_any(&SILENCE)
            });
        let one = only_one.and_then(|one| context.evaluation().indicators.get(one));
        let (fact, other) = if let Some(field) = silent {
            (
                format!(
                    "{} 写的是“{}”，没有投诉不等于满意",
                    field.cell,
                    words::shortened(&field.text)
                ),
                field.cell,
            )
        } else if let Some(count) = one
            .and_then(|one| one.actual.as_ref())
            .filter(|_| is_figure(context, row))
        {
            (
                format!(
                    "本表受益对象只有“{}”（{}），一个对象谈不上比率",
                    words::shortened(&count.text),
                    count.cell
                ),
                count.cell,
            )
        } else {
            continue;
        };
        findings.report(
            Finding::new(
                actual.cell,
                format!(
                    "满意度应有问卷等调查依据；{}的完成值（{}）是“{}”，{fact}。",
                    context.name(row),
                    actual.cell,
                    words::shortened(&actual.text)
                ),
                "写明调查方式、发放和收回的份数；没有做调查的，补做调查或换用其他指标。",
            )
            .field(format!("indicators[{row}].actual"))
            .declared(words::shortened(&actual.text))
            .basis(&context.standard.clauses.targets)
            .related([other]),
        );
    }
}

fn is_figure(context: &RuleContext, row: usize) -> bool {
    context
        .assessment(row)
        .is_some_and(|assessment| assessment.actual.is_quantitative())
}

/// Returns the row that counts the beneficiaries (受益企业数量) and finds one.
fn only_one_beneficiary(context: &RuleContext) -> Option<usize> {
    let (row, _) = context.indicators().find(|(row, indicator)| {
        let name = signs::tight(indicator.level3.as_ref());
        let counted = context.assessment(*row).map(|assessment| &assessment.actual.kind);
        let is_one = matches!(
            counted,
            Some(MeasureKind::Quantity(quantity))
                if quantity.unit.dimension() == Dimension::Count && quantity.scaled() == Some(Decimal::ONE)
        );
        let people = ["企业", "单位", "人数", "群众", "对象", "户"];
        name.starts_with("受益") && people.iter().any(|word| name.contains(word)) && is_one
    })?;
    Some(row)
}
