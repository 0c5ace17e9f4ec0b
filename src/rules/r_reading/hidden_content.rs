//! R05: figures that nobody sees without unhiding them.

use crate::grid::CellAddress;
use crate::model::{CellFact, Severity};
use crate::rules::kit::words;
use crate::rules::{Finding, Findings, RuleContext};

rule! { "R05", "hidden-content", "隐藏的行列或工作表中有数据", Warning, Reading }

fn check(context: &RuleContext, findings: &mut Findings) {
    let mut cells: Vec<CellAddress> = Vec::new();
    let mut scored: Vec<CellAddress> = Vec::new();
    let mut text = None;
    for fact in &context.table.facts {
        let CellFact::HiddenFigure { scored: counts } = fact.fact else {
            continue;
        };
        text.get_or_insert_with(|| words::shortened(&fact.text));
        cells.push(fact.cell);
        if counts {
            scored.push(fact.cell);
        }
    }
    let Some(&first) = cells.first() else { return };
    let severity = if scored.is_empty() {
        Severity::Info
    } else {
        Severity::Warning
    };
    let weight = if scored.is_empty() {
        "都不参与计分和金额核对".to_owned()
    } else {
        format!("其中 {} 个参与计分或金额核对", scored.len())
    };
    findings.report(
        Finding::new(
            first,
            format!(
                "参与核对的数据应当看得见；{} 在隐藏的行、列或工作表中，隐藏的数据共 {} 个，{weight}。",
                words::cells(&cells),
                cells.len()
            ),
            "取消隐藏后核对这些数据；不需要的请删除，不要用隐藏代替删除。",
        )
        .severity(severity)
        .declared(text.unwrap_or_default())
        .related(cells.iter().skip(1).copied()),
    );
}
