//! D04: figures that nobody has given a unit: neither beside them, nor in the unit column, nor in the name.

use std::cell::LazyCell;

use rust_decimal::Decimal;

use crate::model::measure::{Factor, Measure};
use crate::model::{Field, IndicatorColumn};
use crate::rescore::Assessment;
use crate::rules::kit::rates;
use crate::rules::kit::texts::{RowTexts, Tight, Word, words};
use crate::rules::kit::words;
use crate::rules::{Finding, Findings, RuleContext};

rule! { "D04", "unit-not-written", "指标值没有写单位", Info, NamedSlips }

/// Names of what has no unit, or names its unit another way.
const WITHOUT_UNIT: [Word; 18] = words![
    "指数", "系数", "得分", "评分", "分数", "分值", "比值", "倍数", "排名", "名次", "等级", "级别", "星级", "年份",
    "年度", "时间", "日期", "编号",
];

/// Before 数 in a name these are units: 人数, 户数, 场次数.
const COUNTED: &str = "人户次个场期批天月家件条台套座项亩名位份篇所处村只头辆起例册幅间栋盏株棵页字";

/// Units that stand in a name by themselves: 观众人次.
const IN_NAMES: [Word; 11] = words![
    "人口", "人次", "场次", "批次", "班次", "户次", "件次", "车次", "课时", "学时", "人天",
];

fn check(context: &RuleContext, findings: &mut Findings) {
    let header = context.table.places.indicator_headers.get(&IndicatorColumn::Target);
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
    let Some(&(row, target, actual)) = bare.first() else {
        return;
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
                "指标值和完成值应写明计量单位；{}的指标值（{}）“{}”、完成值（{}）“{}”都没有单位，名称里也看不出。{others}",
                context.name(row),
                target.cell,
                words::shortened(&target.text),
                actual.cell,
                words::shortened(&actual.text)
            ),
            format!("在 {} 写上单位（如“个”“人次”“%”“万元”），完成值用同样的单位。", words::cells(&cells)),
        )
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
        && !names_unit(name)
}

/// The figure of a value that is a number without a unit.
fn bare_figure(measure: &Measure) -> Option<Decimal> {
    let quantity = measure.quantity().filter(|quantity| quantity.unit.is_none())?;
    quantity.scaled()
}

/// Whether the name says what is counted in, or what has no unit.
fn names_unit(name: &Tight<'_>) -> bool {
    let counted = name
        .chars()
        .zip(name.chars().skip(1))
        .any(|(unit, next)| next == '数' && COUNTED.contains(unit));
    let in_bracket = name
        .split_once(['（', '('])
        .and_then(|(_, rest)| rest.split(['）', ')']).next())
        .is_some_and(|unit| !unit.is_empty() && unit.chars().count() <= 6);
    counted
        || in_bracket
        || name.has_any(&IN_NAMES)
        || name.has_any(&WITHOUT_UNIT)
        || name.ends_with('比')
        || name.to_lowercase().contains("ph")
}
