//! The rows of the dataset's files, and the keys that they share.

use super::column::{Column, Kind, Value};
use crate::model::{Discrepancy, RescoringItem};
use crate::report::{FileReport, TableReport};

/// A row of `files`.
#[derive(Debug, Clone, Copy)]
pub(super) struct FileRow<'a> {
    pub report: &'a FileReport,
}

/// A row of `tables`.
#[derive(Debug, Clone, Copy)]
pub(super) struct TableRow<'a> {
    pub report: &'a FileReport,
    pub table: &'a TableReport,
    /// From 1, within the file.
    pub index: usize,
}

/// A row of `indicators`, `funds` or `discrepancies`.
#[derive(Debug, Clone, Copy)]
pub(super) struct PartRow<'a, T> {
    pub of: TableRow<'a>,
    pub part: &'a T,
    /// From 1, within the table.
    pub index: usize,
    /// The rescored score of this row.
    pub item: Option<&'a RescoringItem>,
}

pub(super) type FileColumn = Column<for<'a> fn(&FileRow<'a>) -> Value<'a>>;
pub(super) type TableColumn = Column<for<'a> fn(&TableRow<'a>) -> Value<'a>>;
pub(super) type PartColumn<T> = Column<for<'a> fn(&PartRow<'a, T>) -> Value<'a>>;

/// Returns the tables of a report.
pub(super) fn tables(report: &FileReport) -> impl Iterator<Item = TableRow<'_>> {
    let numbered = report.tables.iter().zip(1..);
    numbered.map(move |(table, index)| TableRow { report, table, index })
}

/// Returns the rows of one part of a table, each with its rescored score, which `item` gives for an index from 0.
pub(super) fn parts<'a, T>(
    of: TableRow<'a>,
    parts: &'a [T],
    item: impl Fn(usize) -> Option<&'a RescoringItem>,
) -> impl Iterator<Item = PartRow<'a, T>> {
    let numbered = parts.iter().enumerate();
    numbered.map(move |(at, part)| PartRow {
        of,
        part,
        index: at + 1,
        item: item(at),
    })
}

/// Returns the findings of a table.
pub(super) fn findings(of: TableRow<'_>) -> impl Iterator<Item = PartRow<'_, Discrepancy>> {
    parts(of, &of.table.discrepancies, |_| None)
}

/// Returns the keys of a part: where it stands.
pub(super) const fn part_keys<T>() -> [PartColumn<T>; 4] {
    [
        Column {
            name: "file",
            kind: Kind::Key,
            meaning: "文件路径，与核对结果中的写法相同；各表之间的连接键",
            value: |row| Value::key(&row.of.report.file),
        },
        Column {
            name: "sheet",
            kind: Kind::Key,
            meaning: "工作表名称",
            value: |row| Value::key(&row.of.table.sheet),
        },
        Column {
            name: "table_index",
            kind: Kind::KeyNumber,
            meaning: "文件中的第几张评价表，从 1 起；各表之间的连接键",
            value: |row| Value::Number(row.of.index),
        },
        Column {
            name: "row_index",
            kind: Kind::KeyNumber,
            meaning: "评价表中这一类的第几行，从 1 起；各表之间的连接键",
            value: |row| Value::Number(row.index),
        },
    ]
}

/// Returns what became of a row's score.
pub(super) const fn rescored_columns<T>() -> [PartColumn<T>; 6] {
    [
        Column {
            name: "expected_min",
            kind: Kind::Points,
            meaning: "按评分标准复算的最低分；不能由规则判定的为空",
            value: |row| Value::decimal(row.item.and_then(|item| item.expected_min)),
        },
        Column {
            name: "expected_max",
            kind: Kind::Points,
            meaning: "按评分标准复算的最高分；不能由规则判定的为空",
            value: |row| Value::decimal(row.item.and_then(|item| item.expected_max)),
        },
        Column {
            name: "rescored",
            kind: Kind::Points,
            meaning: "复算得分（由本程序按评分标准重新计算）；不能由规则判定的仍为申报得分",
            value: |row| Value::decimal(row.item.and_then(|item| item.rescored)),
        },
        Column {
            name: "method",
            kind: Kind::Text,
            meaning: "计算方法：full 完成得满分，ratio 按完成比例，inverse 反向指标，band 定性分档，execution 按执行率，boolean 是否，deadline 时限，manual 需人工判断",
            value: |row| Value::name(row.item.map(|item| item.method)),
        },
        Column {
            name: "trace",
            kind: Kind::Text,
            meaning: "计算过程；需人工判断的写明原因",
            value: |row| Value::text(row.item.map(|item| item.trace.as_str())),
        },
        Column {
            name: "rescoring_basis",
            kind: Kind::Text,
            meaning: "计算所依据的条款",
            value: |row| Value::text(row.item.map(|item| item.basis.as_str())),
        },
    ]
}

/// A column of one declared field of a row.
macro_rules! declared {
    (text $field:ident $meaning:literal) => {
        declared!(stringify!($field), Text, $meaning, |row| Value::field(
            row.part.$field.as_ref()
        ))
    };
    (points $field:ident $meaning:literal) => {
        declared!(stringify!($field), Points, $meaning, |row| Value::figure(
            row.part.$field.as_ref()
        ))
    };
    (in_wan $field:ident $meaning:literal) => {
        declared!(stringify!($field), Amount, $meaning, |row| {
            Value::in_wan(row.part.$field.as_ref(), row.of.table.evaluation.money_unit)
        })
    };
    (as_written $field:ident $meaning:literal) => {
        declared!(concat!(stringify!($field), "_as_written"), RawAmount, $meaning, |row| {
            Value::figure(row.part.$field.as_ref())
        })
    };
    (cell $field:ident $meaning:literal) => {
        declared!(concat!(stringify!($field), "_cell"), Text, $meaning, |row| {
            Value::cell(row.part.$field.as_ref())
        })
    };
    (due_cell $field:ident $meaning:literal) => {
        declared!(concat!(stringify!($field), "_cell"), Text, $meaning, |row| {
            let own = row.part.$field.as_ref().map(|field| field.cell);
            Value::address(own.or(row.item.map(|item| item.cell)))
        })
    };
    ($name:expr, $kind:ident, $meaning:literal, $value:expr) => {
        Column {
            name: $name,
            kind: Kind::$kind,
            meaning: $meaning,
            value: $value,
        }
    };
}
pub(super) use declared;
