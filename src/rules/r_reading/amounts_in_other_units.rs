//! R08: amounts of one fund block in several units of money.

use rust_decimal::Decimal;

use crate::grid::CellAddress;
use crate::model::{CellFact, CellFactAt, FieldRef, FundField, MoneyUnit};
use crate::rules::kit::words;
use crate::rules::{Finding, Findings, RuleContext};
use crate::text::plain;

rule! { "R08", "amounts-in-other-units", "同一张表的金额单位不一致", Warning, Reading }

fn check(context: &RuleContext, findings: &mut Findings) {
    let Some(unit) = context.evaluation().money_unit else {
        return;
    };
    let facts: Vec<(&CellFactAt, MoneyUnit)> = context
        .table
        .facts
        .iter()
        .filter_map(|fact| match fact.fact {
            CellFact::AmountInOwnUnit { unit } => Some((fact, unit)),
            _ => None,
        })
        .collect();
    let Some(&(first, own)) = facts.first() else { return };
    let Some(converted) = amount_at(context, first.cell) else {
        return;
    };
    let mut units: Vec<MoneyUnit> = Vec::new();
    for (_, own) in &facts {
        if !units.contains(own) {
            units.push(*own);
        }
    }
    let written: Vec<String> = units
        .iter()
        .map(|own| {
            let of_unit = facts.iter().filter(|(_, unit)| unit == own);
            let cells: Vec<CellAddress> = of_unit.map(|(fact, _)| fact.cell).collect();
            format!("{} 是{}", words::cells(&cells), own.title())
        })
        .collect();
    let (unit, converted) = (unit.title(), plain(converted));
    findings.report(
        Finding::new(
            first.cell,
            format!(
                "同一张表的金额应当用一个单位；本表的单位是{unit}，{}（如 {} 的“{}”）。本次核对已按各自的单位折算，{} 折合 {converted} {unit}。",
                written.join("，"),
                first.cell,
                words::shortened(&first.text),
                first.cell,
            ),
            format!(
                "统一为一个单位：以{unit}为单位的，{} 填 {converted}；以{}为单位的，把表里写的单位改过来。",
                first.cell,
                own.title()
            ),
        )
        .declared(words::shortened(&first.text))
        .field(first.field.clone().unwrap_or_default())
        .related(facts.iter().skip(1).map(|(fact, _)| fact.cell)),
    );
}

fn amount_at(context: &RuleContext, cell: CellAddress) -> Option<Decimal> {
    let amounts = context
        .funds()
        .flat_map(|(_, fund)| FundField::ALL.into_iter().filter_map(|field| field.get(fund)));
    let mut numbers = amounts.filter_map(FieldRef::number);
    numbers.find(|field| field.cell == cell).map(|field| field.value)
}
