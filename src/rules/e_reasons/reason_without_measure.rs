//! E03: the form asks for reason and measure, and one of them is missing.

use crate::model::IndicatorField;
use crate::rules::kit::texts::{Word, words};
use crate::rules::kit::{reasons, words};
use crate::rules::{Finding, Findings, RuleContext};

rule! { "E03", "reason-without-measure", "偏差原因与改进措施缺一项", Info, Reasons }

/// Any of these may be meant as a measure.
const MEASURES: [Word; 40] = words![
    "措施",
    "改进",
    "加强",
    "完善",
    "加快",
    "加大",
    "提高",
    "提升",
    "优化",
    "督促",
    "推进",
    "争取",
    "继续",
    "今后",
    "下一步",
    "将",
    "明年",
    "下年",
    "次年",
    "整改",
    "改善",
    "规范",
    "健全",
    "建立",
    "做好",
    "强化",
    "落实",
    "严格",
    "积极",
    "尽快",
    "安排",
    "计划",
    "协调",
    "补齐",
    "避免",
    "确保",
    "进一步",
    "合理",
    "调整",
    "年底前",
];

fn check(context: &RuleContext, findings: &mut Findings) {
    let Some(header) = context.table.places.indicator_headers.get(&IndicatorField::Reason) else {
        return;
    };
    let asks_for_both = context
        .table
        .columns
        .iter()
        .any(|column| column.cell == *header && column.header.contains("原因") && column.header.contains("措施"));
    if !asks_for_both {
        return;
    }
    for (row, reason) in reasons::of_deductions(context, findings) {
        let text = context.folded(reason);
        // What is unspent is explained beside the fund block.
        if context.name(row).contains("执行率") || reasons::is_phrase(&text) {
            continue;
        }
        // Only a text that labels its halves shows which one it leaves out.
        let labels_cause = text.contains("原因:");
        let starts_with_measure = ["措施:", "改进措施:", "整改措施:"]
            .iter()
            .any(|label| text.starts_with(label));
        let missing = if labels_cause && !text.has_any(&MEASURES) {
            "改进措施"
        } else if starts_with_measure && !text.contains("原因") {
            "偏差原因"
        } else {
            continue;
        };
        findings.report(
            Finding::new(
                reason.cell,
                format!(
                    "本栏（{header}）要求写偏差原因和改进措施；{}扣了分，{} 写的是“{}”，看不到{missing}。",
                    context.name(row),
                    reason.cell,
                    words::shortened(&reason.text)
                ),
                format!("在 {} 补写{missing}。", reason.cell),
            )
            .field(format!("indicators[{row}].reason"))
            .declared(words::shortened(&reason.text))
            .basis(&context.standard.clauses.reasons),
        );
    }
}
