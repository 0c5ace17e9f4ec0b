//! G17: level names that stand where they cannot: one that comes back after another, one merged over two, none at the top.

use std::collections::BTreeMap;

use crate::grid::CellAddress;
use crate::model::IndicatorField;
use crate::rules::kit::texts::{Word, words};
use crate::rules::kit::{signs, words};
use crate::rules::{Finding, Findings, RuleContext};

rule! { "G17", "level-name-comes-back", "一级、二级指标合并或排列不一致", Info, MissingValues }

/// Rows that often stand above the levels.
const ABOVE_LEVELS: [Word; 2] = words!["执行率", "预算执行"];

/// One 一级指标 from its first to its last row.
struct Run {
    row: usize,
    name: String,
    cell: CellAddress,
}

fn check(context: &RuleContext, findings: &mut Findings) {
    blank_at_the_top(context, findings);
    merged_over_two(context, findings);
    comes_back(context, findings);
}

fn blank_at_the_top(context: &RuleContext, findings: &mut Findings) {
    let Some((row, first)) = context.indicators().next() else {
        return;
    };
    let Some((_, next)) = context.indicators().find(|(_, indicator)| indicator.level1.is_some()) else {
        return;
    };
    let name = signs::tight(first.level3.as_ref());
    let Some(cell) = context.indicator_cell(row, IndicatorField::Level1) else {
        return;
    };
    let (Some(level1), true) = (&next.level1, first.level1.is_none()) else {
        return;
    };
    // Another field may stand in the place of the level.
    let is_blank = context.binding_at(cell).is_none();
    if !is_blank || first.level2.is_none() || name.has_any(&ABOVE_LEVELS) {
        return;
    }
    findings.report(
        Finding::new(
            cell,
            format!(
                "每个三级指标上面应有一级指标；第一个指标{}的一级指标（{cell}）空着，到 {} 才有“{}”。",
                context.name(row),
                level1.cell,
                words::shortened(&level1.value)
            ),
            format!("在 {cell} 补填一级指标，或把它与下面的一级指标合并。"),
        )
        .field(format!("indicators[{row}].level1"))
        .basis(&context.standard.clauses.form)
        .related([level1.cell]),
    );
}

fn merged_over_two(context: &RuleContext, findings: &mut Findings) {
    let rows = &context.evaluation().indicators;
    for (row, (above, below)) in rows.iter().zip(rows.iter().skip(1)).enumerate() {
        let (Some(level2), Some(same)) = (&above.level2, &below.level2) else {
            continue;
        };
        let (Some(one), Some(other)) = (&above.level1, &below.level1) else {
            continue;
        };
        let is_merged = level2.cell == same.cell && level2.cell != one.cell;
        if !is_merged || one.cell == other.cell || context.folded(one) == context.folded(other) {
            continue;
        }
        findings.report(
            Finding::new(
                level2.cell,
                format!(
                    "一个二级指标应只属于一个一级指标；{} “{}”合并后跨了“{}”（{}）和“{}”（{}）。",
                    level2.cell,
                    words::shortened(&level2.value),
                    words::shortened(&one.value),
                    one.cell,
                    words::shortened(&other.value),
                    other.cell
                ),
                format!("拆开 {}，让每个一级指标下各有自己的二级指标。", level2.cell),
            )
            .field(format!("indicators[{row}].level2"))
            .declared(words::shortened(&level2.text))
            .basis(&context.standard.clauses.form)
            .related([one.cell, other.cell]),
        );
    }
}

/// One name that comes back once. Several that do are a form with one block for each goal.
fn comes_back(context: &RuleContext, findings: &mut Findings) {
    let mut runs: Vec<Run> = Vec::new();
    for (row, indicator) in context.indicators() {
        let Some(level1) = &indicator.level1 else { continue };
        let name = context.folded(level1);
        if runs.last().is_none_or(|run| run.name != *name) {
            runs.push(Run {
                row,
                name: name.into_string(),
                cell: level1.cell,
            });
        }
    }
    let mut times: BTreeMap<&str, Vec<&Run>> = BTreeMap::new();
    for run in &runs {
        times.entry(&run.name).or_default().push(run);
    }
    let mut repeated = times.values().filter(|runs| runs.len() > 1);
    let (Some(places), None) = (repeated.next(), repeated.next()) else {
        return;
    };
    let [first, again] = places.as_slice() else { return };
    if findings.any_condemned([first.cell, again.cell].map(Some)) {
        return;
    }
    findings.report(
        Finding::new(
            again.cell,
            format!(
                "同一个一级指标应排在一起；“{}”在 {} 已经有了，中间隔了别的一级指标，{} 又出现一次。",
                words::shortened(&first.name),
                first.cell,
                again.cell
            ),
            format!(
                "把 {} 的指标移到 {} 下面，或改正一级指标的名称。",
                again.cell, first.cell
            ),
        )
        .field(format!("indicators[{}].level1", again.row))
        .declared(words::shortened(&again.name))
        .basis(&context.standard.clauses.form)
        .related([first.cell]),
    );
}
