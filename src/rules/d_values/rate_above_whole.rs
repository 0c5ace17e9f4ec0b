//! D06: a rate that cannot exceed the whole does.

use rust_decimal::Decimal;

use crate::model::measure::{ColumnUnit, Dimension, Measure};
use crate::rules::kit::texts::{Word, words};
use crate::rules::kit::words;
use crate::rules::{Finding, Findings, RuleContext};

rule! { "D06", "rate-above-whole", "合格率、满意度等超过 100%", Warning, MissingValues }

/// Shares of a whole; a 完成率 or 增长率 may well exceed it.
const SHARES: [Word; 12] = words![
    "合格率",
    "满意度",
    "满意率",
    "覆盖率",
    "及格率",
    "知晓率",
    "知晓度",
    "优良率",
    "达标率",
    "准确率",
    "及时率",
    "普及率",
];

/// Words of a change against an earlier value.
const CHANGES: [Word; 7] = words!["增长", "增幅", "提高", "提升", "同比", "较上年", "倍"];

fn check(context: &RuleContext, findings: &mut Findings) {
    for (row, indicator) in context.indicators() {
        let (Some(_), Some(assessment)) = (&indicator.level3, context.assessment(row)) else {
            continue;
        };
        let name = &context.texts(row).level3;
        if !name.has_any(&SHARES) || name.has_any(&CHANGES) {
            continue;
        }
        let column = assessment.column_unit.as_ref();
        let over = |field, measure| exceeds_whole(measure, column).then_some(field).flatten();
        let target = over(indicator.target.as_ref(), &assessment.target);
        let actual = over(indicator.actual.as_ref(), &assessment.actual);
        let Some(field) = target.or(actual).filter(|field| !findings.is_condemned(field.cell)) else {
            continue;
        };
        let (which, path) = if target.is_some() {
            ("指标值", "target")
        } else {
            ("完成值", "actual")
        };
        let others: Vec<_> = actual.iter().map(|field| field.cell).collect();
        findings.condemn(field.cell);
        findings.report(
            Finding::new(
                field.cell,
                format!(
                    "占总体的比率不会超过 100%；{}的{which}（{}）是“{}”。",
                    context.name(row),
                    field.cell,
                    words::shortened(&field.text)
                ),
                format!("核对 {} 的数值和单位；是增长幅度的，在指标名称中写明。", field.cell),
            )
            .field(format!("indicators[{row}].{path}"))
            .declared(words::shortened(&field.text))
            .basis(&context.standard.clauses.targets)
            .related(others),
        );
    }
}

fn exceeds_whole(measure: &Measure, column: Option<&ColumnUnit>) -> bool {
    let Some(quantity) = measure.quantity() else {
        return false;
    };
    let quantity = column.map_or_else(|| quantity.clone(), |column| quantity.with_column_unit(column));
    quantity.unit.dimension() == Dimension::Ratio && quantity.base().is_some_and(|ratio| ratio > Decimal::ONE)
}
