//! E11: a low score, and nothing under 存在问题 or 改进措施.

use crate::grid::CellAddress;
use crate::model::{LabelledLine, LineKind};
use crate::rules::kit::texts::FoldedText;
use crate::rules::kit::words;
use crate::rules::{Finding, Findings, RuleContext};
use crate::text::plain;

rule! { "E11", "problems-left-out", "得分不高却没有写存在问题和改进措施", Info, Reasons }

/// What the section is called.
const LABELS: [&str; 5] = ["问题", "改进", "整改", "目标未完成原因", "下一步工作措施"];

fn check(context: &RuleContext, findings: &mut Findings) {
    let rescoring = context.rescoring;
    let Some(total) = rescoring.declared_total.or(rescoring.sum_of_scores) else {
        return;
    };
    let Some(top) = context.standard.grades.first() else {
        return;
    };
    if !context.is_scored() || total >= top.at_least {
        return;
    }
    let empty: Vec<(CellAddress, FoldedText<'_>)> = context
        .table
        .places
        .lines
        .iter()
        .filter(|line| line.kind == LineKind::Conclusion && LABELS.iter().any(|word| line.label.contains(word)))
        .filter_map(|line| {
            let cell = empty_place(context, line)?;
            Some((cell, words::tight(&line.label)))
        })
        .collect();
    let Some((first, _)) = empty.first() else { return };
    let labels: Vec<&str> = empty.iter().map(|(_, label)| label.as_str()).collect();
    let labels = labels.join("、");
    findings.report(
        Finding::new(
            *first,
            format!(
                "得分低于 {} 分的应写明存在的问题和改进措施；总分 {}，{labels}（{first}）没有写。",
                plain(top.at_least),
                plain(total)
            ),
            format!("结合扣分的指标填写{labels}。"),
        )
        .declared(labels)
        .basis(&context.standard.clauses.reasons)
        .related(empty.iter().map(|(cell, _)| *cell)),
    );
}

/// Returns the cell of a section that says nothing: its label's where nothing stands beside it.
fn empty_place(context: &RuleContext, line: &LabelledLine) -> Option<CellAddress> {
    let Some(cell) = line.value else {
        return (!context.is_filled_below(line.cell)).then_some(line.cell);
    };
    let binding = context.binding_at(cell)?;
    (cell != line.cell && words::is_empty_reason(binding.text)).then_some(cell)
}
