//! D14: a target that promises less than the whole, so that anything meets it.

use crate::rules::kit::{targets, words};
use crate::rules::{Finding, Findings, RuleContext};

rule! { "D14", "hedged-target", "指标值用语含糊", Info, MissingValues }

fn check(context: &RuleContext, findings: &mut Findings) {
    for (row, indicator, texts) in context.rows() {
        let Some(target) = &indicator.target else { continue };
        let Some(text) = words::given(Some(target)) else {
            continue;
        };
        if !targets::is_hedged(text, &texts.target) || findings.is_condemned(target.cell) {
            continue;
        }
        let text = words::shortened(text);
        findings.report(
            Finding::new(
                target.cell,
                format!(
                    "指标值应当明确、可衡量；{}的指标值（{}）写的是“{text}”，达到什么程度算完成没有标准。",
                    context.name(row),
                    target.cell
                ),
                "写明数量、比例或时限；确实不能量化的，写全部达到时的状态（如“全部完成”）。",
            )
            .field(format!("indicators[{row}].target"))
            .declared(text)
            .in_series("逐项写明数量、比例或时限；确实不能量化的，写全部达到时的状态（如“全部完成”）。")
            .basis(&context.standard.clauses.targets),
        );
    }
}
