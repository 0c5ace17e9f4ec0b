//! R07: numbers whose format shows another number than is stored.

use crate::model::{CellFact, CellFactAt, Severity};
use crate::rules::kit::words;
use crate::rules::{Finding, Findings, RuleContext};
use crate::text::plain;

rule! { "R07", "shown-otherwise", "显示的数与保存的数不同", Warning, Reading }

/// What a format does to a number, the graver first.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Change {
    /// The point moved and nothing says so: 2080000 is shown as 208.0.
    Scaled,
    /// The point moved and a unit stands behind it: 2080000 is shown as 208万.
    ScaledWithUnit,
    /// A % that is only a text behind the number: 100 is shown as 100%.
    LiteralPercent,
}

fn check(context: &RuleContext, findings: &mut Findings) {
    for change in [Change::Scaled, Change::ScaledWithUnit, Change::LiteralPercent] {
        let facts: Vec<(&CellFactAt, rust_decimal::Decimal)> = context
            .table
            .facts
            .iter()
            .filter_map(|fact| match fact.fact {
                CellFact::ShownOtherwise { stored } if change_of(&fact.text) == change => Some((fact, stored)),
                _ => None,
            })
            .collect();
        let Some(&(first, stored)) = facts.first() else {
            continue;
        };
        let cells: Vec<_> = facts.iter().map(|(fact, _)| fact.cell).collect();
        let (shown, stored) = (words::shortened(&first.text), plain(stored));
        let how = match change {
            Change::Scaled => "数字格式移动了小数点，公式和汇总用的仍是保存的数",
            Change::ScaledWithUnit => "数字格式移动了小数点，并加上了单位",
            Change::LiteralPercent => "百分号是数字格式加上的文字，不是百分比格式",
        };
        let count = match cells.len() {
            1 => String::new(),
            count => format!("这样的共 {count} 格（{}）。", words::cells(&cells)),
        };
        let advice = match change {
            Change::LiteralPercent => format!(
                "把 {} 改为百分比格式，重新填入（输入 {shown}）；不改也不影响本次核对。",
                first.cell
            ),
            _ => format!(
                "核对 {} 应填的数；在 {} 直接填入看到的数，并把数字格式改为“常规”。",
                first.cell, first.cell
            ),
        };
        let mut finding = Finding::new(
            first.cell,
            format!(
                "看到的数应当就是保存的数；{} 显示“{shown}”，保存的是 {stored}，{how}。{count}本次核对按看到的数读取。",
                first.cell
            ),
            advice,
        )
        .declared(shown)
        .related(cells.into_iter().skip(1));
        if change != Change::Scaled {
            finding = finding.severity(Severity::Info);
        }
        if let Some(field) = &first.field {
            finding = finding.field(field.clone());
        }
        findings.report(finding);
    }
}

fn change_of(shown: &str) -> Change {
    let last = shown.trim_end().chars().next_back();
    if matches!(last, Some('%' | '％')) {
        Change::LiteralPercent
    } else if last.is_some_and(|last| "元万亿".contains(last)) {
        Change::ScaledWithUnit
    } else {
        Change::Scaled
    }
}
