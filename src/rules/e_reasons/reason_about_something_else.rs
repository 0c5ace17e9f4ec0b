//! E08: a reason that has nothing in common with its indicator, for a person to look at.

use std::cell::LazyCell;
use std::collections::BTreeSet;

use crate::model::{Field, Indicator};
use crate::rules::kit::folded_fields::heading_and_goals;
use crate::rules::kit::texts::{Word, words};
use crate::rules::kit::{reasons, words};
use crate::rules::{Finding, Findings, RuleContext};

rule! { "E08", "reason-about-something-else", "偏差原因像是在说别的事", Info, Review }

/// Shorter reasons say too little to tell what they are about.
const FEWEST: usize = 8;

/// What may be the cause of anything.
const GENERAL: [Word; 125] = words![
    "资金",
    "经费",
    "预算",
    "财政",
    "拨付",
    "支付",
    "付款",
    "结算",
    "进度",
    "疫情",
    "天气",
    "气候",
    "雨",
    "旱",
    "涝",
    "雪",
    "冻",
    "病虫",
    "地震",
    "管护",
    "暴雨",
    "洪",
    "高温",
    "台风",
    "灾害",
    "政策",
    "规定",
    "要求",
    "计划",
    "方案",
    "人员",
    "人手",
    "力量",
    "编制",
    "管理",
    "制度",
    "学习",
    "培训",
    "宣传",
    "意识",
    "重视",
    "认识",
    "经验",
    "能力",
    "测算",
    "预计",
    "预估",
    "预期",
    "预测",
    "估计",
    "设定",
    "设置",
    "设计",
    "编报",
    "指标",
    "目标",
    "绩效",
    "年初",
    "年底",
    "年末",
    "年中",
    "年度",
    "跨年",
    "时间",
    "工期",
    "周期",
    "施工",
    "合同",
    "协议",
    "招标",
    "招投标",
    "采购",
    "审批",
    "审核",
    "手续",
    "流程",
    "程序",
    "项目",
    "工程",
    "工作",
    "业务",
    "任务",
    "实施",
    "推进",
    "开展",
    "完成",
    "延期",
    "延迟",
    "推迟",
    "滞后",
    "调整",
    "变更",
    "变化",
    "变动",
    "取消",
    "减少",
    "增加",
    "下降",
    "不足",
    "不够",
    "有限",
    "限制",
    "制约",
    "影响",
    "客观",
    "需求",
    "市场",
    "价格",
    "申请",
    "申报",
    "上级",
    "部门",
    "单位",
    "群众",
    "问卷",
    "调查",
    "统计",
    "口径",
    "资料",
    "验收",
    "改革",
    "沟通",
    "协调",
    "征地",
    "规划",
];

/// Characters too common to show that two texts are about one thing.
const COMMON: &str =
    "的一二三四五六七八九十个不是等了和年度为有在未分数量率因原措施加强明改进以上下中大小本全各及与对将于到月日已还更";

fn check(context: &RuleContext, findings: &mut Findings) {
    let of_heading = LazyCell::new(|| {
        let heading = joined(heading_and_goals(context.evaluation()));
        (characters(&heading), figures(&heading))
    });
    for (row, reason) in reasons::of_deductions(context, findings) {
        let text = context.folded(reason);
        if text.chars().filter(|c| words::is_han(*c)).count() < FEWEST
            || reasons::is_phrase(&text)
            || text.has_any(&GENERAL)
        {
            continue;
        }
        let Some(indicator) = context.evaluation().indicators.get(row) else {
            continue;
        };
        let about = about(indicator);
        let own = characters(&text);
        let (heading_characters, heading_figures) = &*of_heading;
        let numbers = figures(&text);
        let is_related = [(&own, heading_characters), (&own, &characters(&about))]
            .iter()
            .any(|(one, other)| !one.is_disjoint(other))
            || !numbers.is_disjoint(heading_figures)
            || !numbers.is_disjoint(&figures(&about));
        if is_related {
            continue;
        }
        findings.report(
            Finding::new(
                reason.cell,
                format!(
                    "偏差原因应当说明本项指标为什么没有完成；{}的原因（{}）“{}”与指标名称、目标值、完成值没有一处相关，是不是填错了行，须由人判断。",
                    context.name(row),
                    reason.cell,
                    words::shortened(&reason.text)
                ),
                format!("核对 {} 说的是不是这项指标。", reason.cell),
            )
            .field(format!("indicators[{row}].reason"))
            .declared(words::shortened(&reason.text))
            .basis(&context.standard.clauses.reasons),
        );
    }
}

/// Returns what a row is about.
fn about(indicator: &Indicator) -> String {
    let row = [
        &indicator.level1,
        &indicator.level2,
        &indicator.level3,
        &indicator.target,
        &indicator.actual,
        &indicator.measure_unit,
    ];
    let extra = indicator.extra.iter().map(|extra| &extra.value);
    joined(row.into_iter().flatten().chain(extra))
}

fn joined<'a>(fields: impl Iterator<Item = &'a Field<String>>) -> String {
    fields
        .map(|field| words::tight(&field.value))
        .collect::<Vec<_>>()
        .join("\n")
}

fn characters(text: &str) -> BTreeSet<char> {
    text.chars()
        .filter(|c| words::is_han(*c) && !COMMON.contains(*c))
        .collect()
}

/// Returns the numbers in a text.
fn figures(text: &str) -> BTreeSet<String> {
    text.split(|c: char| !c.is_ascii_digit())
        .filter(|number| !number.is_empty())
        .map(str::to_owned)
        .collect()
}
