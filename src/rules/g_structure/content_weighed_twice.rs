//! G11: one result listed as an output and once more, under another name, as a benefit.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use crate::model::Indicator;
use crate::model::measure::{Dimension, normalise};
use crate::rules::kit::texts::{Word, words};
use crate::rules::kit::{signs, words};
use crate::rules::{Finding, Findings, RuleContext};

rule! { "G11", "content-weighed-twice", "同一内容既作产出又作效益", Info, MissingValues }

/// Words before the thing counted.
const BEFORE: [&str; 12] = [
    "新增", "新建", "完成", "实际", "受益", "建成", "带动", "开展", "举办", "组织", "惠及", "参加",
];

/// Words after it.
const AFTER: [&str; 13] = [
    "数量", "人数", "人次", "户数", "个数", "次数", "场次", "面积", "里程", "长度", "情况", "总数", "数",
];

/// Outputs of the same target and actual beyond this are not compared.
const MOST_ALIKE: usize = 20;

fn check(context: &RuleContext, findings: &mut Findings) {
    let of_level = |words: &'static [Word]| context.rows().filter(move |(_, _, texts)| texts.level1.has_any(words));
    let benefits = || of_level(&const { words!["效益", "效果"] });
    // Few tables have an output and a benefit of the same figures, and only those are spelled.
    let mut sought: Vec<_> = benefits().filter_map(|(row, ..)| figures(context, row)).collect();
    sought.sort_unstable();
    if sought.is_empty() {
        return;
    }
    let mut outputs: BTreeMap<String, Vec<&Indicator>> = BTreeMap::new();
    for (row, output, _) in of_level(&const { words!["产出"] }) {
        if let Some(figures) = figures(context, row)
            && sought.binary_search(&figures).is_ok()
            && let Some(key) = key(context, row, output)
        {
            let alike = outputs.entry(key).or_default();
            if alike.len() < MOST_ALIKE {
                alike.push(output);
            }
        }
    }
    if outputs.is_empty() {
        return;
    }
    for (row, benefit, _) in benefits() {
        let (Some(name), Some(key)) = (&benefit.level3, key(context, row, benefit)) else {
            continue;
        };
        let alike = outputs.get(&key).map(Vec::as_slice).unwrap_or_default();
        let twin = alike.iter().find(|output| is_same(output, benefit));
        let Some((output_name, values)) = twin.and_then(|output| {
            let values = [output.target.as_ref()?.cell, output.actual.as_ref()?.cell];
            Some((output.level3.as_ref()?, values))
        }) else {
            continue;
        };
        if findings.any_condemned([Some(name.cell), Some(output_name.cell)]) {
            continue;
        }
        findings.report(
            Finding::new(
                name.cell,
                format!(
                    "同一内容只应计分一次；效益指标“{}”（{}）与产出指标“{}”（{}）说的是同一件事，指标值、完成值都相同。",
                    words::shortened(&name.value),
                    name.cell,
                    words::shortened(&output_name.value),
                    output_name.cell
                ),
                format!("保留产出指标，把 {} 换成项目带来的变化（增收、节约、改善的程度等）。", name.cell),
            )
            .field(format!("indicators[{row}].level3"))
            .declared(words::shortened(&name.value))
            .basis(&context.standard.clauses.targets)
            .related([output_name.cell].into_iter().chain(values)),
        );
    }
}

/// Target and actual in one spelling; `None` unless both are counted things.
fn key(context: &RuleContext, row: usize, indicator: &Indicator) -> Option<String> {
    figures(context, row)?;
    let (target, actual) = (indicator.target.as_ref()?, indicator.actual.as_ref()?);
    Some(format!("{}\n{}", normalise(&target.value), normalise(&actual.value)))
}

/// The numbers of target and actual, which are the same wherever the two are spelled the same; `None` unless both are
/// counted things: rates agree by chance.
fn figures(context: &RuleContext, row: usize) -> Option<[Decimal; 2]> {
    let assessment = context.assessment(row)?;
    let is_counted = !matches!(
        signs::dimension(assessment)?,
        Dimension::None | Dimension::Ratio | Dimension::Points
    );
    let (target, actual) = (assessment.target.quantity()?, assessment.actual.quantity()?);
    is_counted.then_some([target.value, actual.value])
}

/// Returns whether one name is the other, but for what stands around the thing counted. The same name is G10's.
fn is_same(output: &Indicator, benefit: &Indicator) -> bool {
    let (one, other) = (
        signs::tight(output.level3.as_ref()),
        signs::tight(benefit.level3.as_ref()),
    );
    if one == other {
        return false;
    }
    let (one, other) = (core(&one), core(&other));
    let shorter = one.chars().count().min(other.chars().count());
    shorter >= 2 && (one.contains(other) || other.contains(one))
}

fn core(name: &str) -> &str {
    let name = BEFORE.iter().find_map(|word| name.strip_prefix(word)).unwrap_or(name);
    AFTER.iter().find_map(|word| name.strip_suffix(word)).unwrap_or(name)
}
