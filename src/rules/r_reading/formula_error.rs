//! R01: a cell shows an error value.

use crate::model::{CellFact, CellFactAt};
use crate::rules::{Finding, Findings, RuleContext};

rule! { "R01", "formula-error", "单元格是错误值", Error, Reading }

fn check(context: &RuleContext, findings: &mut Findings) {
    let errors: Vec<(&CellFactAt, &str)> = context
        .table
        .facts
        .iter()
        .filter_map(|fact| match &fact.fact {
            CellFact::ErrorValue(code) => Some((fact, code.as_str())),
            _ => None,
        })
        .collect();
    // An error spreads into every figure that is computed from it; only its source is a finding.
    let (sources, consequences): (Vec<_>, Vec<_>) = errors.iter().partition(|&&(fact, code)| {
        let field = fact.field.as_deref().unwrap_or_default();
        !errors.iter().take(MOST_COMPARED).any(|&(other, other_code)| {
            other_code == code && spreads(other.field.as_deref().unwrap_or_default(), field)
        })
    });
    for (index, (fact, code)) in sources.iter().enumerate() {
        findings.condemn(fact.cell);
        let is_first = sources.iter().take(index).all(|(_, other)| other != code);
        let followers = consequences
            .iter()
            .filter(|(_, other)| is_first && other == code)
            .map(|(follower, _)| follower.cell);
        let mut finding = Finding::new(
            fact.cell,
            format!(
                "参与核对的单元格应是数值或文字；{} 显示为错误值 {code}，读不出填报的内容，与它有关的合计也无法核对。",
                fact.cell
            ),
            format!("{}请改正 {} 的公式，或直接填入数值。", reason(code), fact.cell),
        )
        .declared(*code)
        .related(followers);
        if let Some(field) = &fact.field {
            finding = finding.field(field.clone());
        }
        findings.report(finding);
    }
    for (fact, _) in consequences {
        findings.condemn(fact.cell);
    }
}

/// Comparing each error with every other must stay cheap on a sheet full of errors.
const MOST_COMPARED: usize = 256;

/// Returns whether an error in field `from` makes field `to` an error as well.
fn spreads(from: &str, to: &str) -> bool {
    if from.is_empty() || to.is_empty() || from == to {
        return false;
    }
    let column = |field: &str| {
        field
            .rsplit_once('.')
            .map(|(_, column)| column.to_owned())
            .unwrap_or_default()
    };
    let row = |field: &str| field.split_once('.').map(|(row, _)| row.to_owned()).unwrap_or_default();
    let is_part = from.starts_with("indicators[") || from.starts_with("funds[");
    if to.starts_with("total.") || to.starts_with("subtotals[") {
        return is_part && column(from) == column(to);
    }
    if to.starts_with("funds[") {
        let rank = |field: &str| match column(field).as_str() {
            "initial_budget" | "annual_budget" | "executed" => 0,
            "execution_rate" => 1,
            _ => 2,
        };
        return row(from) == row(to) && rank(from) < rank(to);
    }
    to == "grade" && (is_part || from.starts_with("total.")) && column(from) == "score"
}

fn reason(code: &str) -> &'static str {
    match code {
        "#REF!" => "#REF! 表示公式引用的单元格已被删除。",
        "#DIV/0!" => "#DIV/0! 表示公式除以零或除以空单元格。",
        "#VALUE!" => "#VALUE! 表示公式把文字当数字计算。",
        "#NAME?" => "#NAME? 表示公式里有认不出的名称。",
        "#N/A" => "#N/A 表示公式没有查到对应的内容。",
        "#NUM!" => "#NUM! 表示计算结果不是有效数字。",
        "#NULL!" => "#NULL! 表示公式里的区域写法有误。",
        _ => "",
    }
}
