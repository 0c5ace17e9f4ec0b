//! `funds`: every row of the fund blocks, declared and rescored.

use super::column::{Column, Kind, Value};
use super::rows::{PartColumn, declared, part_keys, rescored_columns};
use crate::model::FundRow;

pub(super) static KEYS: [PartColumn<FundRow>; 4] = part_keys();
pub(super) static COLUMNS: [PartColumn<FundRow>; 18] = [
    Column {
        name: "source",
        kind: Kind::Key,
        meaning: "资金来源：total 年度资金总额，fiscal 当年财政拨款，central 中央，local 地方，carryover 上年结转，special_account 财政专户，unit 单位资金，other 其他；其中的项不可与 total 相加",
        value: |row| Value::name(Some(row.part.source)),
    },
    declared!(text label "资金名称，表中的写法"),
    Column {
        name: "money_unit",
        kind: Kind::Text,
        meaning: "表中金额的单位：万元、元、千元、百万元、亿元、分；没有写明的为空",
        value: |row| Value::name(row.of.table.evaluation.money_unit),
    },
    declared!(in_wan initial_budget "年初预算数，万元；没有写明金额单位的为空"),
    declared!(in_wan annual_budget "全年预算数，万元；没有写明金额单位的为空"),
    declared!(in_wan executed "全年执行数，万元；没有写明金额单位的为空"),
    declared!(as_written initial_budget "年初预算数，按表中的单位"),
    declared!(as_written annual_budget "全年预算数，按表中的单位"),
    declared!(as_written executed "全年执行数，按表中的单位"),
    declared!(cell initial_budget "年初预算数的单元格"),
    declared!(cell annual_budget "全年预算数的单元格"),
    declared!(cell executed "全年执行数的单元格"),
    declared!(points execution_rate "申报的执行率，比值（1 即 100%）"),
    declared!(cell execution_rate "执行率的单元格"),
    declared!(points weight "分值，分"),
    declared!(points score "申报的得分，分"),
    declared!(due_cell score "得分的单元格；没有填写得分而应有的，为应填的单元格"),
    declared!(text reason "原因"),
];
pub(super) static RESCORED: [PartColumn<FundRow>; 6] = rescored_columns();
