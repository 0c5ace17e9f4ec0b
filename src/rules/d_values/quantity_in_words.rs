//! D17: an indicator under 数量 whose target is no quantity.

use crate::rules::kit::output_kinds::{self, OutputKind};
use crate::rules::kit::targets;
use crate::rules::kit::words;
use crate::rules::{Finding, Findings, RuleContext};

rule! { "D17", "quantity-in-words", "数量指标没有数量", Info, MissingValues }

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
            || targets::is_hedged(&target.value, &context.texts(row).target)
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
