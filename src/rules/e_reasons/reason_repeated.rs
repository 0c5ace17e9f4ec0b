//! E07: three indicators and more lost points for the same reason, word for word.

use std::collections::BTreeMap;

use crate::grid::CellAddress;
use crate::rules::kit::texts::FoldedText;
use crate::rules::kit::{reasons, words};
use crate::rules::{Finding, Findings, RuleContext};

rule! { "E07", "reason-repeated", "多项指标偏差原因雷同", Info, Reasons }

/// Fewer may well have one cause.
const FEWEST: usize = 3;

fn check(context: &RuleContext, findings: &mut Findings) {
    let mut by_text: BTreeMap<FoldedText<'_>, Vec<CellAddress>> = BTreeMap::new();
    for (_, reason) in reasons::of_deductions(context, findings) {
        let text = context.folded(reason);
        if reasons::is_phrase(&text) {
            continue;
        }
        let cells = by_text.entry(text).or_default();
        // A reason merged over its rows is written once; its rows follow each other.
        if cells.last() != Some(&reason.cell) {
            cells.push(reason.cell);
        }
    }
    for (text, cells) in &by_text {
        let Some(first) = cells.first().filter(|_| cells.len() >= FEWEST) else {
            continue;
        };
        findings.report(
            Finding::new(
                *first,
                format!(
                    "各项指标的偏差原因应分别分析；{} 都写“{}”，一字不差。",
                    words::cells(cells),
                    words::shortened(text)
                ),
                "按各项指标的实际情况分别写明原因和措施。",
            )
            .declared(words::shortened(text))
            .basis(&context.standard.clauses.reasons)
            .related(cells.iter().copied()),
        );
    }
}
