//! 未报名单 and 覆盖情况.

use std::collections::BTreeMap;

use super::cells::{Column, ColumnKind, Value};
use crate::summary::{CoverageRow, RosterOutcome, RosterStanding, UnsureMatch};

/// 未报名单.
pub const MISSING: [Column; 9] = [
    ("序号", 6, ColumnKind::Count),
    ("状态", 8, ColumnKind::Word),
    ("主管部门", 20, ColumnKind::Text),
    ("预算单位", 20, ColumnKind::Text),
    ("项目名称", 30, ColumnKind::Text),
    ("名单金额（万元）", 13, ColumnKind::Money),
    ("名单行号", 7, ColumnKind::Count),
    ("可能对应的表", 40, ColumnKind::Text),
    ("文件", 34, ColumnKind::Text),
];

/// Those that a person reads on a page.
pub const MISSING_PRINTED: usize = 8;

/// Lines without a table, and lines for a person to confirm.
pub fn missing(roster: &RosterOutcome) -> impl Iterator<Item = Vec<Value<'_>>> {
    let pairs: BTreeMap<u32, &UnsureMatch> = roster.unsure.iter().map(|pair| (pair.line, pair)).collect();
    let open = roster
        .rows
        .iter()
        .filter(|row| row.standing != RosterStanding::Received);
    (1..).zip(open).map(move |(number, row)| {
        let pair = pairs.get(&row.line);
        let maybe = pair.map(|pair| {
            format!(
                "{}（{}，相似度 {}），请确认",
                pair.received,
                pair.why,
                crate::text::plain(pair.likeness)
            )
        });
        let maybe = maybe.or_else(|| {
            row.not_filled_in
                .then(|| "交来的表没有填写，按未报计，请退回填写".to_owned())
        });
        vec![
            Value::count(number),
            Value::words(row.standing.title()),
            Value::text(row.department.as_deref()),
            Value::text(row.unit.as_deref()),
            Value::text(row.project.as_deref()),
            row.amount.into(),
            Value::Number(row.line.into()),
            maybe.map_or(Value::None, Value::words),
            row.file.as_deref().map_or(Value::None, Value::path),
        ]
    })
}

/// 覆盖情况.
pub const COVERAGE: [Column; 9] = [
    ("主管部门", 24, ColumnKind::Text),
    ("应报项数", 8, ColumnKind::Count),
    ("已报", 8, ColumnKind::Count),
    ("待确认", 8, ColumnKind::Count),
    ("未报", 8, ColumnKind::Count),
    ("覆盖率（个数）", 10, ColumnKind::Rate),
    ("应报金额（万元）", 14, ColumnKind::Money),
    ("已报金额（万元）", 14, ColumnKind::Money),
    ("覆盖率（资金）", 10, ColumnKind::Rate),
];

/// Returns a row of 覆盖情况.
pub fn coverage(row: &CoverageRow) -> Vec<Value<'_>> {
    let name = match (&row.department, row.total) {
        (_, true) => "合计",
        (Some(name), false) => name,
        (None, false) => super::departments::NO_DEPARTMENT,
    };
    vec![
        Value::words(name),
        Value::count(row.due),
        Value::count(row.received),
        Value::count(row.unsure),
        Value::count(row.missing),
        row.count_rate.into(),
        Value::Number(row.due_amount),
        Value::Number(row.received_amount),
        row.amount_rate.into(),
    ]
}
