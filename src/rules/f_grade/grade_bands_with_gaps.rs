//! F05: the stated bands of the grades leave totals out, or claim them twice.

use rust_decimal::Decimal;

use crate::rules::{Finding, Findings, RuleContext};
use crate::text::plain;

rule! { "F05", "grade-bands-with-gaps", "等次分数段不衔接", Info, Grade }

fn check(context: &RuleContext, findings: &mut Findings) {
    for line in context.stated_bands() {
        let pairs = || line.bands.iter().zip(line.bands.iter().skip(1));
        let Some((above, below)) = pairs().find(|(above, below)| !meets(below.high, above.low)) else {
            continue;
        };
        let (from, to) = (below.high.min(above.low), below.high.max(above.low));
        let fault = if below.high < above.low {
            "之间的分数没有等次"
        } else {
            "之间的分数属于两个等次"
        };
        findings.report(
            Finding::new(
                line.cell,
                format!(
                    "各等次的分数段应首尾衔接；{} 写的“{}”{}–{}、“{}”{}–{}，{} 与 {} {fault}。",
                    line.cell,
                    above.grade.title(),
                    plain(above.low),
                    plain(above.high),
                    below.grade.title(),
                    plain(below.low),
                    plain(below.high),
                    plain(from),
                    plain(to)
                ),
                format!(
                    "把 {} 的分数段改成首尾衔接的写法，如 80（含）–90 分为良、90（含）–100 分为优。",
                    line.cell
                ),
            )
            .basis(&context.standard.clauses.grades),
        );
    }
}

/// Returns whether a band ends where the next begins: at the same figure, or at the whole number before it (80–89,
/// 90–100).
fn meets(end: Decimal, start: Decimal) -> bool {
    end == start || (end.fract().is_zero() && start.fract().is_zero() && end + Decimal::ONE == start)
}
