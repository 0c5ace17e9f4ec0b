//! `tables`: every evaluation table.

use super::column::{Column, Kind, Value};
use super::rows::{TableColumn, TableRow};
use crate::model::Severity;

pub(super) static COLUMNS: [TableColumn; 39] = [
    Column {
        name: "file",
        kind: Kind::Key,
        meaning: "文件路径，与核对结果中的写法相同；各表之间的连接键",
        value: |row| Value::key(&row.report.file),
    },
    Column {
        name: "sheet",
        kind: Kind::Key,
        meaning: "工作表名称",
        value: |row| Value::key(&row.table.sheet),
    },
    Column {
        name: "table_index",
        kind: Kind::KeyNumber,
        meaning: "文件中的第几张评价表，从 1 起；各表之间的连接键",
        value: |row| Value::Number(row.index),
    },
    Column {
        name: "range",
        kind: Kind::Key,
        meaning: "评价表所在的区域，如 A1:H35",
        value: |row| Value::owned(row.table.range.to_string()),
    },
    Column {
        name: "sha256",
        kind: Kind::Text,
        meaning: "文件内容的 SHA-256",
        value: |row| Value::text(row.report.sha256.as_deref()),
    },
    Column {
        name: "kind",
        kind: Kind::Key,
        meaning: "评价类型：project_self_evaluation 项目支出自评，department_evaluation 部门（财政）评价，overall_self_evaluation 部门整体支出自评，transfer_self_evaluation 转移支付自评，other 其他",
        value: |row| Value::name(Some(row.table.kind)),
    },
    Column {
        name: "title",
        kind: Kind::Text,
        meaning: "标题",
        value: |row| Value::field(row.table.evaluation.title.as_ref()),
    },
    Column {
        name: "year",
        kind: Kind::Number,
        meaning: "年度",
        value: |row| {
            row.table
                .evaluation
                .year
                .as_ref()
                .map_or(Value::Null, |year| Value::SignedNumber(year.value))
        },
    },
    Column {
        name: "project_name",
        kind: Kind::Text,
        meaning: "项目名称",
        value: |row| Value::field(row.table.evaluation.project_name.as_ref()),
    },
    Column {
        name: "department",
        kind: Kind::Text,
        meaning: "主管部门",
        value: |row| Value::field(row.table.evaluation.department.as_ref()),
    },
    Column {
        name: "implementing_unit",
        kind: Kind::Text,
        meaning: "实施单位",
        value: |row| Value::field(row.table.evaluation.implementing_unit.as_ref()),
    },
    Column {
        name: "money_unit",
        kind: Kind::Text,
        meaning: "表中金额的单位：万元、元、千元、百万元、亿元、分；没有写明的为空",
        value: |row| Value::name(row.table.evaluation.money_unit),
    },
    Column {
        name: "initial_budget",
        kind: Kind::Amount,
        meaning: "年度资金总额的年初预算数，万元；没有写明金额单位的为空",
        value: |row| {
            Value::in_wan(
                row.table
                    .evaluation
                    .total_fund()
                    .and_then(|fund| fund.initial_budget.as_ref()),
                row.table.evaluation.money_unit,
            )
        },
    },
    Column {
        name: "annual_budget",
        kind: Kind::Amount,
        meaning: "年度资金总额的全年预算数，万元；没有写明金额单位的为空",
        value: |row| {
            Value::in_wan(
                row.table
                    .evaluation
                    .total_fund()
                    .and_then(|fund| fund.annual_budget.as_ref()),
                row.table.evaluation.money_unit,
            )
        },
    },
    Column {
        name: "executed",
        kind: Kind::Amount,
        meaning: "年度资金总额的全年执行数，万元；没有写明金额单位的为空",
        value: |row| {
            Value::in_wan(
                row.table
                    .evaluation
                    .total_fund()
                    .and_then(|fund| fund.executed.as_ref()),
                row.table.evaluation.money_unit,
            )
        },
    },
    Column {
        name: "initial_budget_as_written",
        kind: Kind::RawAmount,
        meaning: "年度资金总额的年初预算数，按表中的单位",
        value: |row| {
            Value::figure(
                row.table
                    .evaluation
                    .total_fund()
                    .and_then(|fund| fund.initial_budget.as_ref()),
            )
        },
    },
    Column {
        name: "annual_budget_as_written",
        kind: Kind::RawAmount,
        meaning: "年度资金总额的全年预算数，按表中的单位",
        value: |row| {
            Value::figure(
                row.table
                    .evaluation
                    .total_fund()
                    .and_then(|fund| fund.annual_budget.as_ref()),
            )
        },
    },
    Column {
        name: "executed_as_written",
        kind: Kind::RawAmount,
        meaning: "年度资金总额的全年执行数，按表中的单位",
        value: |row| {
            Value::figure(
                row.table
                    .evaluation
                    .total_fund()
                    .and_then(|fund| fund.executed.as_ref()),
            )
        },
    },
    Column {
        name: "execution_rate",
        kind: Kind::Points,
        meaning: "申报的执行率，比值（1 即 100%）",
        value: |row| {
            Value::figure(
                row.table
                    .evaluation
                    .total_fund()
                    .and_then(|fund| fund.execution_rate.as_ref()),
            )
        },
    },
    Column {
        name: "total_weight",
        kind: Kind::Points,
        meaning: "申报的总分分值，分",
        value: |row| {
            Value::figure(
                row.table
                    .evaluation
                    .total
                    .as_ref()
                    .and_then(|total| total.weight.as_ref()),
            )
        },
    },
    Column {
        name: "declared_total",
        kind: Kind::Points,
        meaning: "申报的总分，分；表中没有填写的为空",
        value: |row| Value::decimal(row.table.rescoring.declared_total),
    },
    Column {
        name: "sum_of_scores",
        kind: Kind::Points,
        meaning: "申报的各项得分之和，分（按评分标准计入的各项）",
        value: |row| Value::decimal(row.table.rescoring.sum_of_scores),
    },
    Column {
        name: "rescored_total",
        kind: Kind::Points,
        meaning: "复算总分，分",
        value: |row| Value::decimal(row.table.rescoring.rescored_total),
    },
    Column {
        name: "declared_grade",
        kind: Kind::Text,
        meaning: "申报的等次：excellent 优，good 良，fair 中，poor 差；没有填写的为空",
        value: |row| Value::name(row.table.rescoring.declared_grade),
    },
    Column {
        name: "rescored_grade",
        kind: Kind::Text,
        meaning: "复算总分的等次；需人工判断的得分能改变等次的为空",
        value: |row| Value::name(row.table.rescoring.rescored_grade),
    },
    Column {
        name: "undecided",
        kind: Kind::KeyNumber,
        meaning: "复算总分里按申报计的项数：规则定不了、需人工判断的得分",
        value: |row| Value::Number(row.table.rescoring.undecided),
    },
    Column {
        name: "standard",
        kind: Kind::Key,
        meaning: "所用的评分标准",
        value: |row| Value::key(&row.table.rescoring.standard),
    },
    Column {
        name: "execution_score",
        kind: Kind::Key,
        meaning: "预算执行率的分值：inside 在 100 分以内，outside 在 100 分以外，absent 没有",
        value: |row| Value::name(Some(row.table.rescoring.execution_score)),
    },
    Column {
        name: "indicators",
        kind: Kind::KeyNumber,
        meaning: "指标行数",
        value: |row| Value::Number(row.table.evaluation.indicators.len()),
    },
    Column {
        name: "errors",
        kind: Kind::KeyNumber,
        meaning: "错误项数",
        value: |row| count(row, Severity::Error),
    },
    Column {
        name: "warnings",
        kind: Kind::KeyNumber,
        meaning: "预警项数",
        value: |row| count(row, Severity::Warning),
    },
    Column {
        name: "infos",
        kind: Kind::KeyNumber,
        meaning: "提示项数",
        value: |row| count(row, Severity::Info),
    },
    Column {
        name: "explained",
        kind: Kind::KeyNumber,
        meaning: "差异中单位已经说明的项数",
        value: |row| {
            Value::Number(
                row.table
                    .discrepancies
                    .iter()
                    .filter(|finding| finding.is_explained())
                    .count(),
            )
        },
    },
    Column {
        name: "for_review",
        kind: Kind::KeyNumber,
        meaning: "需人工判断的事项数",
        value: |row| Value::Number(row.table.for_review.len()),
    },
    Column {
        name: "set_aside",
        kind: Kind::KeyNumber,
        meaning: "按设置或上次结果不再列出的差异项数",
        value: |row| Value::Number(row.table.set_aside.len()),
    },
    Column {
        name: "checks_not_run",
        kind: Kind::KeyNumber,
        meaning: "因所依据的数据已有差异而没有进行的核对项数",
        value: |row| Value::Number(row.table.checks_not_run),
    },
    Column {
        name: "filled_cells",
        kind: Kind::KeyNumber,
        meaning: "有内容的单元格数",
        value: |row| Value::Number(row.table.coverage.filled),
    },
    Column {
        name: "bound_cells",
        kind: Kind::KeyNumber,
        meaning: "读作数据的单元格数",
        value: |row| Value::Number(row.table.coverage.bound),
    },
    Column {
        name: "unread_cells",
        kind: Kind::KeyNumber,
        meaning: "没有读懂的单元格数",
        value: |row| Value::Number(row.table.coverage.unread.len()),
    },
];

fn count<'a>(row: &TableRow<'a>, severity: Severity) -> Value<'a> {
    let of_level = row
        .table
        .discrepancies
        .iter()
        .filter(|finding| finding.severity == severity);
    Value::Number(of_level.count())
}
