//! 等次分布表: departments by grade, as declared and after rescoring one below the other.

use rust_decimal::Decimal;

use super::cells::{Column, ColumnKind, Value};
use super::departments::department_name;
use crate::summary::{GroupRow, Scoring, Summary};

/// The columns.
pub const COLUMNS: [Column; 21] = [
    ("主管部门", 22, ColumnKind::Text),
    ("口径", 8, ColumnKind::Word),
    ("表数", 6, ColumnKind::Count),
    ("全年预算数（万元）", 13, ColumnKind::Money),
    ("优（个数）", 7, ColumnKind::Count),
    ("优（占比）", 8, ColumnKind::Rate),
    ("优（万元）", 12, ColumnKind::Money),
    ("良（个数）", 7, ColumnKind::Count),
    ("良（占比）", 8, ColumnKind::Rate),
    ("良（万元）", 12, ColumnKind::Money),
    ("中（个数）", 7, ColumnKind::Count),
    ("中（占比）", 8, ColumnKind::Rate),
    ("中（万元）", 12, ColumnKind::Money),
    ("差（个数）", 7, ColumnKind::Count),
    ("差（占比）", 8, ColumnKind::Rate),
    ("差（万元）", 12, ColumnKind::Money),
    ("无等次或待定（个数）", 13, ColumnKind::Count),
    ("无等次或待定（占比）", 13, ColumnKind::Rate),
    ("无等次或待定（万元）", 13, ColumnKind::Money),
    ("平均分", 8, ColumnKind::Mean),
    ("加权平均分（按资金）", 10, ColumnKind::Mean),
];

/// What stands for no grade.
pub const NO_GRADE: &str = "无等次";

/// Rows of a department, as declared and after rescoring.
pub const ROWS: usize = 2;

/// Returns the rows: two for each department, two for everything.
pub fn rows(summary: &Summary) -> Vec<Vec<Value<'_>>> {
    let mut rows = Vec::new();
    for group in &summary.departments {
        both(&mut rows, department_name(group), group);
    }
    both(&mut rows, "合计", &summary.overview.all);
    rows
}

fn both<'a>(rows: &mut Vec<Vec<Value<'a>>>, name: &'a str, group: &GroupRow) {
    rows.push(row(name, "自评", group, &group.declared));
    rows.push(row(name, "复算", group, &group.rescored));
}

fn row<'a>(name: &'a str, way: &'a str, group: &GroupRow, scoring: &Scoring) -> Vec<Value<'a>> {
    let mut values = vec![
        Value::words(name),
        Value::words(way),
        Value::count(group.tables),
        budget(group, group.amounts.annual_budget),
    ];
    for share in &scoring.grades {
        values.extend([
            Value::count(share.tables),
            share.share.into(),
            budget(group, share.amount),
        ]);
    }
    values.extend([scoring.mean.into(), scoring.weighted_mean.into()]);
    values
}

/// Returns a sum of 全年预算数 of some of a group's tables: what nobody stated is no zero.
pub fn budget(group: &GroupRow, sum: Decimal) -> Value<'static> {
    let [_, stated, _] = group.amounts.stated_sums();
    stated.map_or_else(|| Value::words("—"), |_| Value::Number(sum))
}
