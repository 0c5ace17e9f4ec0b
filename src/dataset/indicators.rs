//! `indicators`: every indicator row, declared and rescored.

use super::column::{Column, Kind, Value};
use super::rows::{PartColumn, part_keys, rescored_columns};
use crate::model::Indicator;

pub(super) static KEYS: [PartColumn<Indicator>; 4] = part_keys();
pub(super) static COLUMNS: [PartColumn<Indicator>; 17] = [
    Column {
        name: "level1",
        kind: Kind::Text,
        meaning: "一级指标，不含括号里的分值",
        value: |row| Value::field(row.part.level1.as_ref()),
    },
    Column {
        name: "level1_weight",
        kind: Kind::Points,
        meaning: "一级指标后注明的分值，分",
        value: |row| Value::figure(row.part.level1_weight.as_ref()),
    },
    Column {
        name: "level2",
        kind: Kind::Text,
        meaning: "二级指标，不含括号里的分值",
        value: |row| Value::field(row.part.level2.as_ref()),
    },
    Column {
        name: "level2_weight",
        kind: Kind::Points,
        meaning: "二级指标后注明的分值，分",
        value: |row| Value::figure(row.part.level2_weight.as_ref()),
    },
    Column {
        name: "level3",
        kind: Kind::Text,
        meaning: "三级指标",
        value: |row| Value::field(row.part.level3.as_ref()),
    },
    Column {
        name: "level3_cell",
        kind: Kind::Text,
        meaning: "三级指标的单元格",
        value: |row| Value::cell(row.part.level3.as_ref()),
    },
    Column {
        name: "operator",
        kind: Kind::Text,
        meaning: "指标性质或计算符号（单列一栏的）",
        value: |row| Value::field(row.part.operator.as_ref()),
    },
    Column {
        name: "target",
        kind: Kind::Text,
        meaning: "年度指标值，单元格里看到的样子",
        value: |row| Value::field(row.part.target.as_ref()),
    },
    Column {
        name: "target_cell",
        kind: Kind::Text,
        meaning: "年度指标值的单元格",
        value: |row| Value::cell(row.part.target.as_ref()),
    },
    Column {
        name: "measure_unit",
        kind: Kind::Text,
        meaning: "计量单位（单列一栏的）",
        value: |row| Value::field(row.part.measure_unit.as_ref()),
    },
    Column {
        name: "actual",
        kind: Kind::Text,
        meaning: "实际完成值，单元格里看到的样子",
        value: |row| Value::field(row.part.actual.as_ref()),
    },
    Column {
        name: "actual_cell",
        kind: Kind::Text,
        meaning: "实际完成值的单元格",
        value: |row| Value::cell(row.part.actual.as_ref()),
    },
    Column {
        name: "weight",
        kind: Kind::Points,
        meaning: "分值，分",
        value: |row| Value::figure(row.part.weight.as_ref()),
    },
    Column {
        name: "score",
        kind: Kind::Points,
        meaning: "申报的得分，分",
        value: |row| Value::figure(row.part.score.as_ref()),
    },
    Column {
        name: "score_cell",
        kind: Kind::Text,
        meaning: "得分的单元格；没有填写得分而应有的，为应填的单元格",
        value: |row| {
            Value::address(
                row.part
                    .score
                    .as_ref()
                    .map(|score| score.cell)
                    .or(row.item.map(|item| item.cell)),
            )
        },
    },
    Column {
        name: "review_score",
        kind: Kind::Points,
        meaning: "表中填写的复核得分，分",
        value: |row| Value::figure(row.part.review_score.as_ref()),
    },
    Column {
        name: "reason",
        kind: Kind::Text,
        meaning: "偏差原因分析及改进措施",
        value: |row| Value::field(row.part.reason.as_ref()),
    },
];
pub(super) static RESCORED: [PartColumn<Indicator>; 6] = rescored_columns();
