//! D15: a target in words where the name itself tells what could be counted.

use crate::model::measure::MeasureKind;
use crate::rules::kit::targets;
use crate::rules::kit::texts::{Word, words};
use crate::rules::kit::{output_kinds, words};
use crate::rules::{Finding, Findings, RuleContext};

rule! { "D15", "countable-target-in-words", "能量化的指标只写了文字", Info, MissingValues }

/// What is a figure by its name.
const COUNTABLE: [Word; 27] = words![
    "满意度",
    "满意率",
    "收入",
    "增收",
    "产值",
    "税收",
    "利润",
    "营业额",
    "销售额",
    "零售额",
    "投资额",
    "产量",
    "人数",
    "人次",
    "户数",
    "数量",
    "个数",
    "次数",
    "件数",
    "面积",
    "里程",
    "就业岗位",
    "覆盖率",
    "合格率",
    "完成率",
    "及时率",
    "使用率",
];

/// A target that names what it is measured against says more than a direction.
const MEASURED: [Word; 6] = words!["上年", "去年", "同比", "往年", "较", "计划"];

/// Words of a direction without a distance.
const DIRECTIONS: [Word; 22] = words![
    "提升", "提高", "增加", "增长", "增强", "加强", "改善", "优化", "促进", "推动", "带动", "扩大", "降低", "减少",
    "下降", "显著", "明显", "持续", "不断", "有效", "长期", "良好",
];

fn check(context: &RuleContext, findings: &mut Findings) {
    for (row, indicator, texts) in context.rows() {
        let (Some(target), Some(name), Some(assessment)) =
            (&indicator.target, &indicator.level3, context.assessment(row))
        else {
            continue;
        };
        let is_words = match &assessment.target.kind {
            MeasureKind::Text(_) => output_kinds::is_described(assessment),
            MeasureKind::Rank(_) => true,
            _ => false,
        };
        if !is_words {
            continue;
        }
        let Some(countable) = texts.level3.first_of(&COUNTABLE) else {
            continue;
        };
        let text = &texts.target;
        if !text.has_any(&DIRECTIONS)
            || text.has_any(&MEASURED)
            // A target under 数量 is D17's, a hedged one D14's.
            || texts.output_kind == Some(output_kinds::OutputKind::Quantity)
            || targets::is_hedged(&target.value, text)
            || output_kinds::has_figures_beside(indicator)
            || findings.is_condemned(target.cell)
        {
            continue;
        }
        findings.report(
            Finding::new(
                target.cell,
                format!(
                    "能用数表示的指标应写出数；{}考核的“{countable}”可以统计，指标值（{}）只写“{}”，提高多少算完成没有标准。",
                    context.name(row),
                    target.cell,
                    words::shortened(&target.text)
                ),
                format!("在 {} 写明达到的数或变化的幅度，如“≥5%”“不低于上年”。", target.cell),
            )
            .field(format!("indicators[{row}].target"))
            .declared(words::shortened(&target.text))
            .basis(&context.standard.clauses.targets)
            .related([name.cell]),
        );
    }
}
