//! R04: filled cells that no field took.

use crate::model::{CellFact, Severity};
use crate::rules::kit::words;
use crate::rules::{Finding, Findings, RuleContext};

rule! { "R04", "unread-content", "有内容没有读入", Info, Reading }

fn check(context: &RuleContext, findings: &mut Findings) {
    let unread: Vec<_> = context
        .table
        .coverage
        .unread
        .iter()
        .filter(|unread| !findings.is_condemned(unread.cell))
        // R05 names these.
        .filter(|unread| {
            let fact = context.fact(unread.cell).map(|fact| &fact.fact);
            !matches!(fact, Some(CellFact::HiddenFigure { .. }))
        })
        .collect();
    let Some(first) = unread.first() else { return };
    let count = unread.len();
    let text = words::shortened(&first.text);
    let fact = if count == 1 {
        format!("{} 的“{text}”不属于任何栏目，没有参与核对。", first.cell)
    } else {
        format!(
            "有 {count} 个单元格不属于任何栏目，没有参与核对，第一个是 {} 的“{text}”。",
            first.cell
        )
    };
    let mut finding = if holds_indicators(context, count) {
        Finding::new(
            first.cell,
            format!("有内容的单元格都应看得出属于哪个栏目；{fact}一项指标也没有读到，等于没有核对。"),
            "请看指标表头：三级指标、指标值、完成值、分值、得分各是一栏，下面一行写一项指标；改好表头再核对。",
        )
        .severity(Severity::Warning)
    } else {
        Finding::new(
            first.cell,
            format!("有内容的单元格都应看得出属于哪个栏目；{fact}"),
            "请逐个看一眼：是栏目内容的，移到对应的栏目下；与本表无关的，不必理会。",
        )
    };
    finding = finding.declared(text);
    findings.report(finding.related(unread.iter().skip(1).map(|unread| unread.cell)));
}

/// Returns whether the indicators may be in what was not read: none was read, and there is room for some.
fn holds_indicators(context: &RuleContext, unread: usize) -> bool {
    /// Cells of two indicators.
    const LEAST: usize = 8;
    context.evaluation().indicators.is_empty() && unread >= LEAST
}
