//! `discrepancies`: every finding.

use super::column::{Column, Kind, Value};
use super::rows::{PartColumn, part_keys};
use crate::model::{Discrepancy, field_title};

pub(super) static KEYS: [PartColumn<Discrepancy>; 4] = part_keys();
pub(super) static COLUMNS: [PartColumn<Discrepancy>; 18] = [
    Column {
        name: "code",
        kind: Kind::Key,
        meaning: "规则编号，如 A01",
        value: |row| Value::key(&row.part.code),
    },
    Column {
        name: "rule",
        kind: Kind::Key,
        meaning: "规则的英文名称",
        value: |row| Value::key(&row.part.rule),
    },
    Column {
        name: "title",
        kind: Kind::Key,
        meaning: "规则名称",
        value: |row| Value::key(&row.part.title),
    },
    Column {
        name: "severity",
        kind: Kind::Key,
        meaning: "级别：error 错误，warning 预警，info 提示",
        value: |row| Value::name(Some(row.part.severity)),
    },
    Column {
        name: "cell",
        kind: Kind::Key,
        meaning: "差异所在的单元格",
        value: |row| Value::owned(row.part.cell.to_string()),
    },
    Column {
        name: "related",
        kind: Kind::Text,
        meaning: "有关的其他单元格，以半角逗号分开",
        value: |row| related(row.part),
    },
    Column {
        name: "field",
        kind: Kind::Text,
        meaning: "字段路径，如 indicators[3].score（序号从 0 起）；不对应字段的为空",
        value: |row| Value::text(row.part.field.as_deref()),
    },
    Column {
        name: "field_title",
        kind: Kind::Text,
        meaning: "字段的中文名称",
        value: |row| {
            row.part.field.as_deref().map_or(Value::Null, |path| {
                Value::owned(field_title(path, &row.of.table.evaluation))
            })
        },
    },
    Column {
        name: "of_table",
        kind: Kind::Text,
        meaning: "差异所在的行在哪张表：indicators 或 funds；不在这两张表的为空",
        value: |row| row_of(row.part).map_or(Value::Null, |(table, _)| Value::key(table)),
    },
    Column {
        name: "of_row",
        kind: Kind::Number,
        meaning: "差异所在的行在那张表的 row_index",
        value: |row| row_of(row.part).map_or(Value::Null, |(_, index)| Value::Number(index)),
    },
    Column {
        name: "declared",
        kind: Kind::Text,
        meaning: "申报值",
        value: |row| Value::text(row.part.declared.as_deref()),
    },
    Column {
        name: "expected",
        kind: Kind::Text,
        meaning: "复算值",
        value: |row| Value::text(row.part.expected.as_deref()),
    },
    Column {
        name: "difference",
        kind: Kind::Text,
        meaning: "差额，不带正负号",
        value: |row| Value::text(row.part.difference.as_deref()),
    },
    Column {
        name: "message",
        kind: Kind::Key,
        meaning: "规则、事实和处理办法",
        value: |row| Value::key(&row.part.message),
    },
    Column {
        name: "basis",
        kind: Kind::Text,
        meaning: "依据的条款或来源",
        value: |row| Value::text(Some(row.part.basis.as_str())),
    },
    Column {
        name: "suggestion",
        kind: Kind::Text,
        meaning: "修改建议",
        value: |row| Value::text(Some(row.part.suggestion.as_str())),
    },
    Column {
        name: "unit_explanation",
        kind: Kind::Text,
        meaning: "单位说明",
        value: |row| Value::text(row.part.explanation.unit.as_deref()),
    },
    Column {
        name: "reviewer_opinion",
        kind: Kind::Text,
        meaning: "处理意见",
        value: |row| Value::text(row.part.explanation.reviewer.as_deref()),
    },
];

fn related(finding: &Discrepancy) -> Value<'static> {
    if finding.related.is_empty() {
        return Value::Null;
    }
    let cells: Vec<String> = finding.related.iter().map(ToString::to_string).collect();
    Value::owned(cells.join(","))
}

/// Returns the row that a field path leads to, counted from 1: `indicators[3].score` to the fourth row of
/// `indicators`.
fn row_of(finding: &Discrepancy) -> Option<(&'static str, usize)> {
    let (name, rest) = finding.field.as_deref()?.split_once('[')?;
    let (index, _) = rest.split_once(']')?;
    let table = ["indicators", "funds"].into_iter().find(|table| *table == name)?;
    Some((table, index.parse::<usize>().ok()?.checked_add(1)?))
}
