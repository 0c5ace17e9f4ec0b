//! `indicators`: every indicator row, declared and rescored.

use super::column::{Column, Kind, Value};
use super::rows::{PartColumn, declared, part_keys, rescored_columns};
use crate::model::Indicator;

pub(super) static KEYS: [PartColumn<Indicator>; 4] = part_keys();
pub(super) static COLUMNS: [PartColumn<Indicator>; 17] = [
    declared!(text level1 "一级指标，不含括号里的分值"),
    declared!(points level1_weight "一级指标后注明的分值，分"),
    declared!(text level2 "二级指标，不含括号里的分值"),
    declared!(points level2_weight "二级指标后注明的分值，分"),
    declared!(text level3 "三级指标"),
    declared!(cell level3 "三级指标的单元格"),
    declared!(text operator "指标性质或计算符号（单列一栏的）"),
    declared!(text target "年度指标值，单元格里看到的样子"),
    declared!(cell target "年度指标值的单元格"),
    declared!(text measure_unit "计量单位（单列一栏的）"),
    declared!(text actual "实际完成值，单元格里看到的样子"),
    declared!(cell actual "实际完成值的单元格"),
    declared!(points weight "分值，分"),
    declared!(points score "申报的得分，分"),
    declared!(due_cell score "得分的单元格；没有填写得分而应有的，为应填的单元格"),
    declared!(points review_score "表中填写的复核得分，分"),
    declared!(text reason "偏差原因分析及改进措施"),
];
pub(super) static RESCORED: [PartColumn<Indicator>; 6] = rescored_columns();
