//! D17: an indicator under 数量 whose target is no quantity.

use super::output_kinds::{self, OutputKind};
use super::{Finding, Findings, Rule, RuleContext, Stage, hedged_target, words};
use crate::model::Severity;

/// D17.
pub const RULE: Rule = Rule {
    code: "D17",
    slug: "quantity-in-words",
    title: "数量指标没有数量",
    severity: Severity::Info,
    stage: Stage::MissingValues,
    page: include_str!("quantity-in-words.md"),
    check,
};

fn check(context: &RuleContext, findings: &mut Findings) {
    for (row, indicator) in context.indicators() {
        let (Some(target), Some(level2), Some(assessment)) =
            (&indicator.target, &indicator.level2, context.assessment(row))
        else {
            continue;
        };
        if context.texts(row).output_kind != Some(OutputKind::Quantity)
            || !output_kinds::is_described(assessment)
            || words::given(Some(target)).is_none()
            || hedged_target::is_hedged(&target.value)
            || output_kinds::has_figures_beside(indicator)
            || findings.is_condemned(target.cell)
        {
            continue;
        }
        findings.report(
            Finding::new(
                target.cell,
                format!(
                    "数量指标应写明数量；{}列在“{}”（{}）下，指标值（{}）写的是“{}”，没有数。",
                    context.name(row),
                    words::shortened(&level2.value),
                    level2.cell,
                    target.cell,
                    words::shortened(&target.text)
                ),
                format!(
                    "在 {} 写明要完成的数量和单位；不按数量考核的，移到质量或效益指标下。",
                    target.cell
                ),
            )
            .field(format!("indicators[{row}].target"))
            .declared(words::shortened(&target.text))
            .basis(&context.standard.clauses.targets)
            .related([level2.cell]),
        );
    }
}
