//! D09: the sign asks for more of what nobody wants, or for less of what is good.

use crate::rules::kit::texts::{Word, words};
use crate::rules::kit::{signs, words};
use crate::rules::{Finding, Findings, RuleContext};

rule! { "D09", "sign-against-name", "指标值的符号与指标名称相反", Warning, MissingValues }

/// Less of these is better.
const BAD: [Word; 16] = words![
    "投诉率",
    "投诉次数",
    "投诉数量",
    "事故率",
    "事故发生率",
    "事故起数",
    "死亡率",
    "差错率",
    "误差率",
    "发病率",
    "流失率",
    "破损率",
    "辍学率",
    "违规率",
    "逾期率",
    "超支率",
];

/// More of these is better.
const GOOD: [Word; 10] = words![
    "合格率",
    "满意度",
    "满意率",
    "覆盖率",
    "达标率",
    "优良率",
    "准确率",
    "及时率",
    "知晓率",
    "完成率",
];

/// Words that turn a name around: 投诉率下降, 不合格率, 未完成率.
const TURNS: [Word; 16] = words![
    "下降", "降低", "减少", "控制", "处理", "处置", "办结", "整改", "查处", "防控", "降幅", "回复", "不", "未", "非",
    "无",
];

fn check(context: &RuleContext, findings: &mut Findings) {
    for (row, indicator) in context.indicators() {
        let (Some(target), Some(assessment)) = (&indicator.target, context.assessment(row)) else {
            continue;
        };
        let Some(sign) = signs::sign(assessment) else { continue };
        let name = &context.texts(row).level3;
        let (is_bad, is_good) = (name.has_any(&BAD), name.has_any(&GOOD));
        if is_bad == is_good {
            continue;
        }
        if !assessment.target.is_quantitative() || name.has_any(&TURNS) || findings.is_condemned(target.cell) {
            continue;
        }
        let (wanted, right) = match (is_bad, is_good) {
            (true, false) if signs::asks_for_more(sign) => ("越少越好", "≤"),
            (false, true) if signs::asks_for_less(sign) => ("越多越好", "≥"),
            _ => continue,
        };
        findings.condemn(target.cell);
        findings.report(
            Finding::new(
                target.cell,
                format!(
                    "指标值的符号应与指标的方向一致；{}{wanted}，指标值（{}）“{}”用的却是“{}”。",
                    context.name(row),
                    target.cell,
                    words::shortened(&target.text),
                    sign.sign()
                ),
                format!("核对 {}，如系写反改为“{right}”。", target.cell),
            )
            .field(format!("indicators[{row}].target"))
            .declared(words::shortened(&target.text))
            .basis(&context.standard.clauses.targets)
            .related(indicator.operator.as_ref().map(|operator| operator.cell)),
        );
    }
}
