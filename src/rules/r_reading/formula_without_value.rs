//! R02: a formula whose result was never stored.

use crate::model::CellFact;
use crate::rules::kit::words;
use crate::rules::{Finding, Findings, RuleContext};

rule! { "R02", "formula-without-value", "公式没有计算结果", Error, Reading }

fn check(context: &RuleContext, findings: &mut Findings) {
    for fact in &context.table.facts {
        let CellFact::FormulaWithoutValue(formula) = &fact.fact else {
            continue;
        };
        findings.condemn(fact.cell);
        let mut finding = Finding::new(
            fact.cell,
            format!(
                "公式应连同结果一起保存；{} 只有公式“={}”，没有保存计算结果，填报的数值无从得知。",
                fact.cell,
                words::shortened(formula)
            ),
            format!(
                "用 Excel 或 WPS 打开文件，重新计算后保存；或在 {} 直接填入数值。",
                fact.cell
            ),
        )
        .in_series("用 Excel 或 WPS 打开文件，重新计算后保存，再报送一次。");
        if let Some(field) = &fact.field {
            finding = finding.field(field.clone());
        }
        findings.report(finding);
    }
}
