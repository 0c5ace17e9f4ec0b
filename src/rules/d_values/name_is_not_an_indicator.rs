//! D13: a date or a bare number stands where the 三级指标 has its name.

use crate::model::measure::{Dimension, Measure, MeasureKind};
use crate::rules::kit::words;
use crate::rules::{Finding, Findings, RuleContext};

rule! { "D13", "name-is-not-an-indicator", "三级指标填了日期或数字", Warning, MissingValues }

fn check(context: &RuleContext, findings: &mut Findings) {
    for (row, indicator, texts) in context.rows() {
        let Some(name) = indicator
            .level3
            .as_ref()
            .filter(|_| Measure::may_be_dated_or_counted(&texts.level3) && !is_surely_a_name(&texts.level3))
        else {
            continue;
        };
        // A name merged over several rows is one cell and one finding.
        if findings.is_condemned(name.cell) {
            continue;
        }
        let what = match Measure::parse(&name.value).kind {
            MeasureKind::Date(_) => "日期",
            MeasureKind::Quantity(quantity)
                if !has_a_name(&texts.level3)
                    && (quantity.unit.is_none()
                        || matches!(quantity.unit.dimension(), Dimension::Ratio | Dimension::Money)) =>
            {
                "数值"
            }
            _ => continue,
        };
        findings.condemn(name.cell);
        findings.report(
            Finding::new(
                name.cell,
                format!(
                    "三级指标应写指标名称；{} 写的是{what}“{}”，看不出考核什么。",
                    name.cell,
                    words::shortened(&name.text)
                ),
                format!(
                    "在 {} 写明指标名称（如“项目完成时间”），把“{}”移到年度指标值。",
                    name.cell,
                    words::shortened(&name.text)
                ),
            )
            .field(format!("indicators[{row}].level3"))
            .declared(words::shortened(&name.text))
            .basis(&context.standard.clauses.targets),
        );
    }
}

/// Returns whether a name with a figure in it is surely none of the two, so that it need not be understood: it has
/// none of the characters that a date is parted by, and beside its last figure stands more than a sign in words and a
/// unit of money (第1段养护任务完成量).
fn is_surely_a_name(text: &str) -> bool {
    const MORE_THAN_A_SIGN: usize = 9;
    let may_part = |c: char| matches!(c, '年' | '月' | '季' | '元' | '块' | '角');
    let parts_nothing = |c: char| c.is_ascii_alphanumeric() || (words::is_han(c) && !may_part(c));
    let mut behind_figures = 0;
    for c in text.chars() {
        if !parts_nothing(c) {
            return false;
        }
        behind_figures = if Measure::is_of_a_figure(c) {
            0
        } else {
            behind_figures + 1
        };
    }
    behind_figures >= MORE_THAN_A_SIGN || has_a_name(text)
}

/// Words before a figure that say how it is meant and name nothing.
const BEFORE_A_FIGURE: [&str; 16] = [
    "大于等于",
    "小于等于",
    "不低于",
    "不少于",
    "不高于",
    "不超过",
    "不大于",
    "不小于",
    "大于",
    "小于",
    "等于",
    "达到",
    "超过",
    "至少",
    "完成",
    "控制在",
];

/// Returns whether a name stands before the figure, which is then its target (项目完成率100%).
fn has_a_name(text: &str) -> bool {
    let mut before = text
        .split(|c: char| c.is_ascii_digit() || matches!(c, '≥' | '≤' | '>' | '<' | '='))
        .next()
        .unwrap_or_default();
    let is_name = |before: &str| before.chars().filter(|c| words::is_han(*c)).nth(1).is_some();
    if !is_name(before) {
        return false;
    }
    for word in BEFORE_A_FIGURE {
        before = before.strip_suffix(word).unwrap_or(before);
    }
    is_name(before)
}
