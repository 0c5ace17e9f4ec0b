//! G19: a cost indicator that is the template's default row, without a cost target of its own.

use crate::model::measure::Dimension;
use crate::model::{Indicator, Severity};
use crate::rules::kit::texts::{Word, words};
use crate::rules::kit::{signs, words};
use crate::rules::{Finding, Findings, RuleContext};
use crate::text::plain;

rule! { "G19", "cost-without-own-target", "成本指标没有自己的内容", Info, NamedSlips }

/// Names that only say what kind of indicator it is.
const KINDS: [&str; 10] = [
    "成本",
    "经济成本",
    "社会成本",
    "生态环境成本",
    "产出成本",
    "项目成本",
    "成本控制",
    "控制成本",
    "项目成本控制",
    "成本控制情况",
];

/// Targets that only point to the budget.
const BUDGETS: [Word; 7] = words![
    "预算内",
    "预算以内",
    "不超预算",
    "不超过预算",
    "未超预算",
    "预算范围",
    "不超支",
];

fn check(context: &RuleContext, findings: &mut Findings) {
    for (row, indicator) in context.indicators() {
        let (Some(name), Some(target)) = (&indicator.level3, &indicator.target) else {
            continue;
        };
        if !context.texts(row).is_cost
            || !RuleContext::claims_points(indicator)
            || findings.any_condemned([name.cell, target.cell].map(Some))
        {
            continue;
        }
        let text = words::tight(&target.value);
        let has_figure = text.chars().any(|c| c.is_ascii_digit());
        let points_to_budget = !has_figure && text.has_any(&BUDGETS);
        let measured = context.assessment(row).and_then(signs::dimension);
        let has_own_figure = measured.is_some_and(|dimension| dimension != Dimension::Ratio);
        let fact = if is_kind(indicator) && !has_own_figure {
            format!("只写了“{}”", words::shortened(&name.value))
        } else if points_to_budget {
            format!("的指标值（{}）只是“{}”", target.cell, words::shortened(&target.text))
        } else {
            continue;
        };
        let most = context.standard.cost.default_row_at_most;
        let over = most.and_then(|most| Some((most, indicator.score.as_ref().filter(|score| score.value > most)?)));
        let (limit, lower) = over.map_or_else(Default::default, |(most, score)| {
            (
                format!(
                    "所用标准规定这样的一行得分不超过 {} 分，{} 填的是 {}。",
                    plain(most),
                    score.cell,
                    plain(score.value)
                ),
                format!("；不改的，把 {} 降到 {} 分以内", score.cell, plain(most)),
            )
        });
        findings.report(
            Finding::new(
                name.cell,
                format!(
                    "成本指标应写明考核什么成本、控制在多少；{} {fact}，像是模板自带的一行。{limit}",
                    name.cell
                ),
                format!("在 {} 写明成本的内容，在 {} 填上数额{lower}。", name.cell, target.cell),
            )
            .severity(if over.is_some() { Severity::Error } else { RULE.severity })
            .field(format!("indicators[{row}].level3"))
            .declared(words::shortened(&name.text))
            .basis(&context.standard.clauses.targets)
            .related([target.cell].into_iter().chain(over.map(|(_, score)| score.cell))),
        );
    }
}

/// Returns whether the name repeats its kind.
fn is_kind(indicator: &Indicator) -> bool {
    let name = signs::tight(indicator.level3.as_ref());
    KINDS.contains(&name.trim_end_matches("指标"))
}
