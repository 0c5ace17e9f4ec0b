//! 部门汇总: departments by kind of table, and everything by kind.

use rust_decimal::Decimal;

use super::cells::{Column, ColumnKind, Value};
use super::columns::percent;
use crate::model::TableKind;
use crate::summary::{Amounts, GroupRow, Summary};
use crate::text::keys::without_unit_code;

/// The columns.
pub const COLUMNS: [Column; 19] = [
    ("主管部门", 22, ColumnKind::Text),
    ("评价类型", 18, ColumnKind::Word),
    ("表数", 6, ColumnKind::Count),
    ("单位数", 6, ColumnKind::Count),
    ("年初预算数（万元）", 13, ColumnKind::Money),
    ("全年预算数（万元）", 13, ColumnKind::Money),
    ("全年执行数（万元）", 13, ColumnKind::Money),
    ("执行率", 9, ColumnKind::Rate),
    ("自评平均分", 8, ColumnKind::Mean),
    ("自评加权平均分", 9, ColumnKind::Mean),
    ("复算平均分", 8, ColumnKind::Mean),
    ("复算加权平均分", 9, ColumnKind::Mean),
    ("未完成指标数", 7, ColumnKind::Count),
    ("错误", 6, ColumnKind::Count),
    ("预警", 6, ColumnKind::Count),
    ("提示", 6, ColumnKind::Count),
    ("有错误的表", 7, ColumnKind::Count),
    ("金额未计入的表", 8, ColumnKind::Count),
    ("备注", 22, ColumnKind::Text),
];

/// What stands for a department that nobody named.
pub const NO_DEPARTMENT: &str = "（未填主管部门）";

/// Returns a department as the sums by department name it: tables with and without its code are one group.
pub fn department_name(group: &GroupRow) -> &str {
    group.department.as_deref().map_or(NO_DEPARTMENT, without_unit_code)
}

/// Returns a row of 部门汇总; `name` stands in its first cell.
pub fn row<'a>(name: &'a str, group: &GroupRow) -> Vec<Value<'a>> {
    // Nothing stated is not nothing spent.
    let stated = |sum: Option<Decimal>| sum.map_or_else(|| Value::words("—"), Value::Number);
    let [initial, annual, executed] = group.amounts.stated_sums().map(stated);
    vec![
        Value::words(name),
        Value::text(group.kind.map(TableKind::title)),
        Value::count(group.tables),
        Value::count(group.units),
        initial,
        annual,
        executed,
        group.amounts.execution_rate.into(),
        group.declared.mean.into(),
        group.declared.weighted_mean.into(),
        group.rescored.mean.into(),
        group.rescored.weighted_mean.into(),
        Value::count(group.unmet),
        Value::count(group.errors),
        Value::count(group.warnings),
        Value::count(group.infos),
        Value::count(group.tables_with_errors),
        Value::count(group.amounts.without_unit + group.amounts.without_total),
        rate_remark(&group.amounts).map_or(Value::None, Value::words),
    ]
}

/// Returns of which tables the rate is, where it is not that of the sums beside it.
pub fn rate_remark(amounts: &Amounts) -> Option<String> {
    let of_sums = percent(amounts.other_rate_of_sums()?);
    Some(if amounts.paired == 0 {
        "没有一张表同时填了全年预算数和全年执行数，不计算执行率".to_owned()
    } else {
        format!(
            "执行率只按全年预算数、全年执行数都填了的 {} 张表计算，不是两个合计数相除的 {of_sums}",
            amounts.paired
        )
    })
}

/// Returns the columns, without 备注 where there is none, and the rows.
pub fn list(summary: &Summary) -> (&'static [Column], Vec<Vec<Value<'_>>>) {
    let groups = summary.department_kinds.iter();
    let groups = groups.map(|group| row(department_name(group), group));
    let kinds = summary.overview.kinds.iter().map(|group| row("合计", group));
    let mut rows: Vec<Vec<Value<'_>>> = groups.chain(kinds).collect();
    let mut columns: &'static [Column] = &COLUMNS;
    let has_remarks = rows.iter().any(|row| row.last().is_some_and(|it| *it != Value::None));
    if let Some((_, without_remarks)) = columns.split_last().filter(|_| !has_remarks) {
        columns = without_remarks;
        rows.iter_mut().for_each(|row| row.truncate(columns.len()));
    }
    (columns, rows)
}
