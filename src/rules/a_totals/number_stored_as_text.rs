//! A14: a bare number kept as text, which SUM leaves out.

use crate::model::CellFact;
use crate::rules::kit::words;
use crate::rules::{Finding, Findings, RuleContext};

rule! { "A14", "number-stored-as-text", "数字以文本形式存储", Info, Reading }

fn check(context: &RuleContext, findings: &mut Findings) {
    if !context.format.has_number_cells() {
        return;
    }
    for fact in context
        .table
        .facts
        .iter()
        .filter(|fact| fact.fact == CellFact::NumberAsText)
    {
        let text = words::shortened(&fact.text);
        let mut finding = Finding::new(
            fact.cell,
            format!(
                "数字应存为数值；{} 的“{text}”存成了文本，求和公式会把它漏掉。本次核对已按数值读取。",
                fact.cell
            ),
            format!("选中 {}，用“转换为数字”改为数值格式。", fact.cell),
        )
        .declared(text)
        .in_series("选中这些单元格（批注和涂色的都是），用“转换为数字”改为数值格式。");
        if let Some(field) = &fact.field {
            finding = finding.field(field.clone());
        }
        findings.report(finding);
    }
}
