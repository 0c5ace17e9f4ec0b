//! D03: target and actual count different things.

use crate::rules::kit::words;
use crate::rules::{Finding, Findings, RuleContext};

rule! { "D03", "measure-unit-mismatch", "指标值与完成值计量单位不同", Warning, MissingValues }

fn check(context: &RuleContext, findings: &mut Findings) {
    for (row, indicator) in context.indicators() {
        let (Some(target), Some(actual)) = (&indicator.target, &indicator.actual) else {
            continue;
        };
        if !context
            .assessment(row)
            .is_some_and(|assessment| assessment.units_differ)
            || findings.any_condemned([target.cell, actual.cell].map(Some))
        {
            continue;
        }
        let (wanted, given) = (words::shortened(&target.text), words::shortened(&actual.text));
        findings.report(
            Finding::new(
                actual.cell,
                format!(
                    "完成值的计量单位应与指标值相同；{}指标值（{}）是“{wanted}”，完成值（{}）是“{given}”，两个单位不能换算，得分须人工核定。",
                    context.name(row),
                    target.cell,
                    actual.cell
                ),
                format!("按指标值的单位重新填写 {}。", actual.cell),
            )
            .field(format!("indicators[{row}].actual"))
            .declared(given)
            .basis(&context.standard.clauses.targets)
            .related([target.cell]),
        );
    }
}
