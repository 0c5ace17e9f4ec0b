//! E06: a deduction explained by a phrase.

use crate::rules::kit::{reasons, words};
use crate::rules::{Finding, Findings, RuleContext};
use crate::text::plain;

rule! { "E06", "reason-says-nothing", "偏差原因只有套话", Info, Reasons }

fn check(context: &RuleContext, findings: &mut Findings) {
    for (row, reason) in reasons::of_deductions(context, findings) {
        let text = context.folded(reason);
        if !reasons::is_phrase(&text) {
            continue;
        }
        // 同上 under a reason that says something refers to it.
        let refers = text.contains("同上")
            && row.checked_sub(1).is_some_and(|above| {
                let above = context.evaluation().indicators.get(above);
                above.and_then(|above| above.reason.as_ref()).is_some_and(|above| {
                    !words::is_empty_reason(&above.value) && !reasons::is_phrase(&context.folded(above))
                })
            });
        if refers {
            continue;
        }
        let lost = context.evaluation().indicators.get(row).and_then(reasons::lost);
        findings.report(
            Finding::new(
                reason.cell,
                format!(
                    "偏差原因应写清为什么没有完成；{}扣 {} 分，{} 只写了“{}”。",
                    context.name(row),
                    plain(lost.unwrap_or_default()),
                    reason.cell,
                    words::shortened(&reason.text)
                ),
                format!("在 {} 写明具体原因和改进措施。", reason.cell),
            )
            .field(format!("indicators[{row}].reason"))
            .declared(words::shortened(&reason.text))
            .basis(&context.standard.clauses.reasons),
        );
    }
}
