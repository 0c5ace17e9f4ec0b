//! `funds`: every row of the fund blocks, declared and rescored.

use super::column::{Column, Kind, Value};
use super::money::in_wan;
use super::rows::{PartColumn, part_keys, rescored_columns};
use crate::model::FundRow;

pub(super) static KEYS: [PartColumn<FundRow>; 4] = part_keys();
pub(super) static COLUMNS: [PartColumn<FundRow>; 18] = [
    Column {
        name: "source",
        kind: Kind::Key,
        meaning: "资金来源：total 年度资金总额，fiscal 当年财政拨款，central 中央，local 地方，carryover 上年结转，special_account 财政专户，unit 单位资金，other 其他；其中的项不可与 total 相加",
        value: |row| Value::name(Some(row.part.source)),
    },
    Column {
        name: "label",
        kind: Kind::Text,
        meaning: "资金名称，表中的写法",
        value: |row| Value::field(row.part.label.as_ref()),
    },
    Column {
        name: "money_unit",
        kind: Kind::Text,
        meaning: "表中金额的单位：万元、元、亿元；没有写明的为空",
        value: |row| Value::name(row.of.table.evaluation.money_unit),
    },
    Column {
        name: "initial_budget",
        kind: Kind::Amount,
        meaning: "年初预算数，万元；没有写明金额单位的为空",
        value: |row| in_wan(row.part.initial_budget.as_ref(), row.of.table.evaluation.money_unit),
    },
    Column {
        name: "annual_budget",
        kind: Kind::Amount,
        meaning: "全年预算数，万元；没有写明金额单位的为空",
        value: |row| in_wan(row.part.annual_budget.as_ref(), row.of.table.evaluation.money_unit),
    },
    Column {
        name: "executed",
        kind: Kind::Amount,
        meaning: "全年执行数，万元；没有写明金额单位的为空",
        value: |row| in_wan(row.part.executed.as_ref(), row.of.table.evaluation.money_unit),
    },
    Column {
        name: "initial_budget_as_written",
        kind: Kind::RawAmount,
        meaning: "年初预算数，按表中的单位",
        value: |row| Value::figure(row.part.initial_budget.as_ref()),
    },
    Column {
        name: "annual_budget_as_written",
        kind: Kind::RawAmount,
        meaning: "全年预算数，按表中的单位",
        value: |row| Value::figure(row.part.annual_budget.as_ref()),
    },
    Column {
        name: "executed_as_written",
        kind: Kind::RawAmount,
        meaning: "全年执行数，按表中的单位",
        value: |row| Value::figure(row.part.executed.as_ref()),
    },
    Column {
        name: "initial_budget_cell",
        kind: Kind::Text,
        meaning: "年初预算数的单元格",
        value: |row| Value::cell(row.part.initial_budget.as_ref()),
    },
    Column {
        name: "annual_budget_cell",
        kind: Kind::Text,
        meaning: "全年预算数的单元格",
        value: |row| Value::cell(row.part.annual_budget.as_ref()),
    },
    Column {
        name: "executed_cell",
        kind: Kind::Text,
        meaning: "全年执行数的单元格",
        value: |row| Value::cell(row.part.executed.as_ref()),
    },
    Column {
        name: "execution_rate",
        kind: Kind::Points,
        meaning: "申报的执行率，比值（1 即 100%）",
        value: |row| Value::figure(row.part.execution_rate.as_ref()),
    },
    Column {
        name: "execution_rate_cell",
        kind: Kind::Text,
        meaning: "执行率的单元格",
        value: |row| Value::cell(row.part.execution_rate.as_ref()),
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
        name: "reason",
        kind: Kind::Text,
        meaning: "原因",
        value: |row| Value::field(row.part.reason.as_ref()),
    },
];
pub(super) static RESCORED: [PartColumn<FundRow>; 6] = rescored_columns();
