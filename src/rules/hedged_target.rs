//! D14: a target that promises less than the whole, so that anything meets it.

use super::texts::{Tight, Word, words};
use super::{Finding, Findings, Rule, RuleContext, Stage, words};
use crate::model::Severity;
use crate::model::measure::{Measure, MeasureKind};

/// D14.
pub const RULE: Rule = Rule {
    code: "D14",
    slug: "hedged-target",
    title: "指标值用语含糊",
    severity: Severity::Info,
    stage: Stage::MissingValues,
    page: include_str!("hedged-target.md"),
    check,
};

/// Words that leave open how much is meant.
const HEDGES: [Word; 14] = words![
    "基本达成",
    "基本完成",
    "基本实现",
    "基本达到",
    "基本落实",
    "基本到位",
    "较好",
    "有一定",
    "一定程度",
    "一定的",
    "一定提升",
    "一定改善",
    "一定效果",
    "一定作用",
];

fn check(context: &RuleContext, findings: &mut Findings) {
    for (row, indicator) in context.indicators() {
        let Some(target) = &indicator.target else { continue };
        let Some(text) = words::given(Some(target)) else {
            continue;
        };
        if !is_hedged(text) || findings.is_condemned(target.cell) {
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
            .basis(&context.standard.clauses.targets),
        );
    }
}

/// Whether the target leaves open how much is meant.
pub(super) fn is_hedged(text: &str) -> bool {
    says_hedge(&words::tight(text)) && {
        let measure = Measure::parse(text);
        !measure.has_figures() && !matches!(measure.kind, MeasureKind::Scale { .. })
    }
}

fn says_hedge(text: &Tight<'_>) -> bool {
    if matches!(text.as_str(), "一定" | "基本") {
        return true;
    }
    // A printed scale (较好、一般、较差) names its steps; it does not hedge.
    text.has_any(&HEDGES) && !(text.contains("较差") || text.contains("一般"))
}
