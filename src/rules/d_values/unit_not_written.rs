//! D04: figures that nobody has given a unit: neither beside them, nor in the unit column, nor in the name.

use std::cell::LazyCell;

use rust_decimal::Decimal;

use crate::model::measure::{Factor, Measure, names_unit};
use crate::model::{Field, IndicatorField, Severity};
use crate::rescore::Assessment;
use crate::rules::kit::rates;
use crate::rules::kit::texts::RowTexts;
use crate::rules::kit::words;
use crate::rules::{Finding, Findings, RuleContext};

rule! { "D04", "unit-not-written", "指标值没有写单位", Info, NamedSlips }

fn check(context: &RuleContext, findings: &mut Findings) {
    let header = context.table.places.indicator_headers.get(&IndicatorField::Target);
    let is_unit_in_header = context.table.columns.iter().any(|column| {
        Some(&column.cell) == header
            && ["%", "％", "单位", "万", "元"]
                .iter()
                .any(|unit| column.header.contains(unit))
    });
    if is_unit_in_header {
        return;
    }
    // Rates without their % beside others that have it are H12's.
    let has_percent = LazyCell::new(|| {
        context.rows().any(|(_, _, texts)| {
            rates::is_rate(&texts.level3) && (texts.target.contains('%') || texts.actual.contains('%'))
        })
    });
    let bare: Vec<(usize, &Field<String>, &Field<String>)> = context
        .rows()
        .filter_map(|(row, indicator, texts)| {
            let (target, actual) = (indicator.target.as_ref()?, indicator.actual.as_ref()?);
            let assessment = context.assessment(row)?;
            if !lacks_unit(texts, assessment) {
                return None;
            }
            let in_doubt = [target.cell, actual.cell]
                .iter()
                .any(|cell| findings.is_explained(*cell));
            let is_notation = rates::is_rate(&texts.level3) && *has_percent;
            (!in_doubt && !is_notation).then_some((row, target, actual))
        })
        .collect();
    // Two figures far apart may be of two things; such a row comes first.
    let is_needed = |row: usize| context.assessment(row).is_some_and(|assessment| assessment.needs_unit);
    let needed = bare.iter().find(|(row, ..)| is_needed(*row));
    let Some(&(row, target, actual)) = needed.or(bare.first()) else {
        return;
    };
    let doubt = if needed.is_some() {
        "两个数相差太多，是不是同一个量、够不够目标无从判断，得分须在写明单位后核定。"
    } else {
        ""
    };
    let cells: Vec<_> = bare.iter().map(|(_, target, _)| target.cell).collect();
    let others = if bare.len() > 1 {
        format!("没有单位的指标值共 {} 处：{}。", bare.len(), words::cells(&cells))
    } else {
        String::new()
    };
    findings.report(
        Finding::new(
            target.cell,
            format!(
                "指标值和完成值应写明计量单位；{}的指标值（{}）“{}”、完成值（{}）“{}”都没有单位，名称里也看不出。{doubt}{others}",
                context.name(row),
                target.cell,
                words::shortened(&target.text),
                actual.cell,
                words::shortened(&actual.text)
            ),
            format!("在 {} 写上单位（如“个”“人次”“%”“万元”），完成值用同样的单位。", words::cells(&cells)),
        )
        .severity(if needed.is_some() { Severity::Warning } else { Severity::Info })
        .field(format!("indicators[{row}].target"))
        .declared(words::shortened(&target.text))
        .basis(&context.standard.clauses.targets)
        .related(cells.iter().copied().chain([actual.cell])),
    );
}

fn lacks_unit(texts: &RowTexts<'_>, assessment: &Assessment) -> bool {
    let (Some(target), Some(actual)) = (bare_figure(&assessment.target), bare_figure(&assessment.actual)) else {
        return false;
    };
    if assessment.column_unit.is_some() {
        return false;
    }
    // 208万 beside a cost is H11's.
    let is_money = assessment.target.quantity().is_some_and(|it| it.factor != Factor::ONE) && texts.is_cost;
    let name = &texts.level3;
    !is_money
        // Zero is the same in every unit, and 0.95 may be a ratio.
        && (target > Decimal::ONE || actual > Decimal::ONE)
        && !target.is_zero()
        && !name.is_empty()
        && !names_unit(name.as_str())
}

/// Returns the figure of a value that is a number without a unit.
fn bare_figure(measure: &Measure) -> Option<Decimal> {
    let quantity = measure.quantity().filter(|quantity| quantity.unit.is_none())?;
    quantity.scaled()
}
