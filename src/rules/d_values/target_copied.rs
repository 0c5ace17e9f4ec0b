//! D16: every completed value of a table is its target, copied word for word, signs and all.

use crate::rules::kit::{targets, words};
use crate::rules::{Finding, Findings, RuleContext};

rule! { "D16", "target-copied", "完成值逐项照抄指标值", Info, MissingValues }

fn check(context: &RuleContext, findings: &mut Findings) {
    let Some(rows) = targets::copied_rows(context) else {
        return;
    };
    let Some((row, actual)) = rows
        .iter()
        .copied()
        .find(|(_, actual)| !findings.is_explained(actual.cell))
    else {
        return;
    };
    let mut cells: Vec<_> = rows.iter().map(|(_, actual)| actual.cell).collect();
    cells.sort();
    findings.report(
        Finding::new(
            actual.cell,
            format!(
                "完成值应填实际结果；本表 {} 项指标的完成值（{}）与指标值一字不差，如{}都是“{}”，分不清是完成情况还是照抄目标。",
                rows.len(),
                words::span(&cells),
                context.name(row),
                words::shortened(&actual.text)
            ),
            "逐项改填实际完成的数量、比率和日期；确实正好达到的保留不变。",
        )
        .field(format!("indicators[{row}].actual"))
        .declared(words::shortened(&actual.text))
        .basis(&context.standard.clauses.targets)
        .related(cells.iter().copied()),
    );
}
