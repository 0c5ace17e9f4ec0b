//! D09: the sign asks for more of what nobody wants, or for less of what is good.

use crate::model::Severity;
use crate::model::measure::Dimension;
use crate::rescore::Assessment;
use crate::rules::kit::output_kinds::OutputKind;
use crate::rules::kit::texts::{FoldedText, RowTexts, Word, words};
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

/// What a project sets out to do, in a name that ends with how often or for how many.
const DONE: [Word; 25] = words![
    "培训", "举办", "开展", "建设", "新建", "改建", "扩建", "修建", "改造", "修缮", "养护", "种植", "造林", "服务",
    "受益", "资助", "救助", "慰问", "走访", "宣传", "发放", "完成", "检测", "抽检", "普查",
];

/// How much of it. What is built may rightly be kept to an area.
const COUNTS: [Word; 16] = words![
    "人数", "人次", "期数", "场次", "次数", "数量", "户数", "家数", "个数", "里程", "份数", "套数", "台数", "座数",
    "株数", "长度",
];

/// What is rightly kept within bounds, though it is counted: staff, meetings, faults, time and use.
const BOUNDED: [Word; 42] = words![
    "事故",
    "投诉",
    "违规",
    "违纪",
    "违法",
    "超",
    "控制",
    "上限",
    "限",
    "编外",
    "在编",
    "在职",
    "人员编制",
    "临聘",
    "聘用",
    "聘请",
    "会议",
    "车辆",
    "公务",
    "接待",
    "出国",
    "出境",
    "用车",
    "故障",
    "差错",
    "失误",
    "逾期",
    "滞后",
    "死亡",
    "伤亡",
    "受伤",
    "案件",
    "病例",
    "发病",
    "信访",
    "上访",
    "返工",
    "停",
    "缺",
    "耗",
    "排放",
    "费",
];

fn check(context: &RuleContext, findings: &mut Findings) {
    against_direction(context, findings);
    limited_outputs(context, findings);
}

/// A count of things to be done with a limit: whoever does less has done enough.
fn limited_outputs(context: &RuleContext, findings: &mut Findings) {
    for (row, indicator, texts) in context.rows() {
        let (Some(target), Some(assessment)) = (&indicator.target, context.assessment(row)) else {
            continue;
        };
        let Some(sign) = signs::sign(assessment).filter(|sign| signs::asks_for_less(*sign)) else {
            continue;
        };
        if !is_to_be_done(texts, assessment) || findings.is_condemned(target.cell) {
            continue;
        }
        findings.condemn(target.cell);
        findings.report(
            Finding::new(
                target.cell,
                format!(
                    "数量指标是要完成的量，一般写“≥”或“＝”；{}的指标值（{}）“{}”用的是“{}”，少做甚至不做也算完成。",
                    context.name(row),
                    target.cell,
                    words::shortened(&target.text),
                    sign.sign()
                ),
                format!(
                    "核对 {}：是要完成的量的改为“≥”；确实是不得突破的限额的，不必改。",
                    target.cell
                ),
            )
            .severity(Severity::Info)
            .field(format!("indicators[{row}].target"))
            .declared(words::shortened(&target.text))
            .basis(&context.standard.clauses.targets)
            .related(indicator.operator.as_ref().map(|operator| operator.cell)),
        );
    }
}

/// Returns whether the row counts, among the quantities, something that the project is to do.
fn is_to_be_done(texts: &RowTexts<'_>, assessment: &Assessment) -> bool {
    let name: &FoldedText<'_> = &texts.level3;
    let is_count = signs::dimension(assessment)
        .is_some_and(|what| matches!(what, Dimension::None | Dimension::Count | Dimension::Length));
    texts.output_kind == Some(OutputKind::Quantity)
        && is_count
        && name.has_any(&DONE)
        && name.has_any(&COUNTS)
        && !name.has_any(&BOUNDED)
        && !name.has_any(&TURNS)
}

/// A sign that is against the only direction that the name can have.
fn against_direction(context: &RuleContext, findings: &mut Findings) {
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
