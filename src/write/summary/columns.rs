//! The lists of a summary: their columns and what stands in a row, once for every format.

use super::cells::{Column, ColumnKind, Value};
use crate::model::{GRADE_IS_OPEN, Quote};
use crate::summary::{CrossFinding, DiscrepancyRow, FailedFile, StoredIndicator, TableRow};
use crate::text::own_markers::{SUMMARY_INDICATORS, SUMMARY_INDICATORS_FIRST_HEADER};
use crate::text::plain;

/// Names of the sheets that a later run reads back.
pub const TABLE_SHEET: &str = "项目汇总";
pub const INDICATOR_SHEET: &str = SUMMARY_INDICATORS;

/// 项目汇总.
pub const TABLES: [Column; 29] = [
    ("序号", 5, ColumnKind::Count),
    ("主管部门", 16, ColumnKind::Text),
    ("预算单位", 16, ColumnKind::Text),
    ("项目名称", 22, ColumnKind::Text),
    ("评价类型", 18, ColumnKind::Word),
    ("年度", 6, ColumnKind::Count),
    ("年初预算数（万元）", 12, ColumnKind::Money),
    ("全年预算数（万元）", 12, ColumnKind::Money),
    ("全年执行数（万元）", 12, ColumnKind::Money),
    ("执行率", 9, ColumnKind::Rate),
    ("自评得分", 8, ColumnKind::Score),
    ("自评等次", 5, ColumnKind::Word),
    ("复算得分", 8, ColumnKind::Score),
    ("复算等次", 5, ColumnKind::Word),
    ("未完成指标数", 7, ColumnKind::Count),
    ("错误", 5, ColumnKind::Count),
    ("预警", 5, ColumnKind::Count),
    ("提示", 5, ColumnKind::Count),
    ("备注", 24, ColumnKind::Text),
    ("自评减复算", 8, ColumnKind::Score),
    ("复核得分", 8, ColumnKind::Score),
    ("指标数", 6, ColumnKind::Count),
    ("需人工判断", 6, ColumnKind::Count),
    ("已说明", 6, ColumnKind::Count),
    ("未读单元格", 6, ColumnKind::Count),
    ("文件", 60, ColumnKind::Text),
    ("工作表", 14, ColumnKind::Text),
    ("区域", 10, ColumnKind::Word),
    ("评分标准", 16, ColumnKind::Word),
];
/// Those that a person reads on a page.
pub const TABLES_PRINTED: usize = 19;

/// Returns a row of 项目汇总.
pub fn table(number: usize, row: &TableRow) -> Vec<Value<'_>> {
    let difference = row
        .declared_score
        .zip(row.rescored_score)
        .and_then(|(declared, rescored)| declared.checked_sub(rescored));
    vec![
        Value::count(number),
        Value::text(row.department.as_deref()),
        Value::text(row.unit.as_deref()),
        Value::text(row.project.as_deref()),
        Value::words(row.kind.title()),
        row.year.map(rust_decimal::Decimal::from).into(),
        row.initial_budget.into(),
        row.annual_budget.into(),
        row.executed.into(),
        row.execution_rate.into(),
        row.declared_score.into(),
        Value::text(row.declared_grade.map(crate::model::Grade::title)),
        row.rescored_score.into(),
        Value::text(match row.rescored_grade {
            None if row.is_grade_open() => Some(GRADE_IS_OPEN),
            grade => grade.map(crate::model::Grade::title),
        }),
        Value::count(row.unmet),
        Value::count(row.errors),
        Value::count(row.warnings),
        Value::count(row.infos),
        remarks(row),
        difference.into(),
        row.review_score.into(),
        Value::count(row.indicators),
        Value::count(row.manual),
        Value::count(row.explained),
        Value::count(row.unread),
        Value::path(&row.file),
        Value::words(&row.sheet),
        Value::words(row.range.to_string()),
        Value::words(&row.standard),
    ]
}

/// Returns what a person should know about a row's figures.
fn remarks(row: &TableRow) -> Value<'static> {
    let mut parts = Vec::new();
    if let Some(gap) = row.amount_gap {
        let written = row.amounts_as_written.as_deref();
        parts.push(written.map_or_else(
            || gap.title().to_owned(),
            |written| format!("{}（原表：{written}）", gap.title()),
        ));
    }
    if row.score_is_sum {
        parts.push("没有填总分，自评得分为各项得分之和".to_owned());
    }
    if row.grade_from_score {
        parts.push("没有填等次，自评等次按自评得分划分".to_owned());
    }
    if row.declared_score.is_none() {
        parts.push("没有得分".to_owned());
    } else if row.rescored_score.is_none() {
        parts.push("没有分值，不能复算".to_owned());
    }
    if row.rescored_score.is_some() && row.undecided > 0 {
        parts.push(format!("复算得分中 {} 项按申报计", row.undecided));
    }
    if row.set_aside > 0 {
        parts.push(format!("另有 {} 项问题按设置或基线不列", row.set_aside));
    }
    if parts.is_empty() {
        Value::None
    } else {
        Value::words(parts.join("；"))
    }
}

/// 差异清单.
pub const DISCREPANCIES: [Column; 20] = [
    ("序号", 7, ColumnKind::Count),
    ("表序号", 6, ColumnKind::Count),
    ("主管部门", 12, ColumnKind::Text),
    ("预算单位", 12, ColumnKind::Text),
    ("项目名称", 16, ColumnKind::Text),
    ("级别", 6, ColumnKind::Word),
    ("编号", 6, ColumnKind::Word),
    ("规则", 14, ColumnKind::Text),
    ("单元格", 8, ColumnKind::Word),
    ("字段", 14, ColumnKind::Text),
    ("申报值", 12, ColumnKind::Word),
    ("复算值", 12, ColumnKind::Word),
    ("差额", 10, ColumnKind::Word),
    ("说明", 40, ColumnKind::Text),
    ("报告原文", 20, ColumnKind::Text),
    ("修改建议", 24, ColumnKind::Text),
    ("依据", 26, ColumnKind::Text),
    ("单位说明", 16, ColumnKind::Text),
    ("文件", 26, ColumnKind::Text),
    ("工作表", 12, ColumnKind::Text),
];

/// Those that a person reads on a page; 依据 would take a page across of its own, and stands in each unit's letter.
pub const DISCREPANCIES_PRINTED: usize = 16;

/// Returns a row of 差异清单.
pub fn discrepancy<'a>(
    number: usize,
    table_number: usize,
    row: &'a TableRow,
    finding: &'a DiscrepancyRow,
) -> Vec<Value<'a>> {
    let text = Value::words;
    vec![
        Value::count(number),
        Value::count(table_number),
        Value::text(row.department.as_deref()),
        Value::text(row.unit.as_deref()),
        Value::text(row.project.as_deref()),
        Value::Level(finding.severity),
        text(&finding.code),
        text(&finding.title),
        Value::words(finding.cell.to_string()),
        Value::text(finding.field.as_deref()),
        Value::number_like(finding.texts.declared.as_deref()),
        Value::number_like(finding.texts.expected.as_deref()),
        Value::number_like(finding.texts.difference.as_deref()),
        Value::words(Quote::taken_from(finding.quote.as_ref(), &finding.texts.message)),
        finding
            .quote
            .as_ref()
            .map(Quote::in_a_cell)
            .map_or(Value::None, Value::words),
        text(&finding.texts.suggestion),
        text(&finding.texts.basis),
        Value::text(finding.explanation.as_deref()),
        text(&row.file),
        text(&row.sheet),
    ]
}

/// 指标明细.
pub const INDICATORS: [Column; 21] = [
    (SUMMARY_INDICATORS_FIRST_HEADER, 6, ColumnKind::Count),
    ("主管部门", 12, ColumnKind::Text),
    ("预算单位", 12, ColumnKind::Text),
    ("项目名称", 16, ColumnKind::Text),
    ("年度", 6, ColumnKind::Count),
    ("一级指标", 10, ColumnKind::Word),
    ("二级指标", 12, ColumnKind::Word),
    ("三级指标", 22, ColumnKind::Text),
    ("指标性质", 8, ColumnKind::Word),
    ("年度指标值", 18, ColumnKind::Text),
    ("计量单位", 8, ColumnKind::Word),
    ("实际完成值", 16, ColumnKind::Text),
    ("分值", 7, ColumnKind::Score),
    ("自评得分", 7, ColumnKind::Score),
    ("复算得分", 7, ColumnKind::Score),
    ("复核得分", 7, ColumnKind::Score),
    ("复算过程", 24, ColumnKind::Text),
    ("偏差原因分析及改进措施", 26, ColumnKind::Text),
    ("单元格", 8, ColumnKind::Word),
    ("文件", 26, ColumnKind::Text),
    ("工作表", 12, ColumnKind::Text),
];

/// Those that a person reads on a page.
pub const INDICATORS_PRINTED: usize = 18;

/// Returns a row of 指标明细.
pub fn indicator<'a>(table_number: usize, row: &'a TableRow, indicator: &StoredIndicator<'a>) -> Vec<Value<'a>> {
    vec![
        Value::count(table_number),
        Value::text(row.department.as_deref()),
        Value::text(row.unit.as_deref()),
        Value::text(row.project.as_deref()),
        row.year.map(rust_decimal::Decimal::from).into(),
        Value::text(indicator.level1),
        Value::text(indicator.level2),
        Value::text(indicator.level3),
        Value::text(indicator.operator),
        Value::text(indicator.target),
        Value::text(indicator.measure_unit),
        Value::text(indicator.actual),
        indicator.weight.into(),
        indicator.score.into(),
        indicator.rescored.into(),
        indicator.review_score.into(),
        Value::text(indicator.trace),
        Value::text(indicator.reason),
        indicator
            .cell
            .map_or(Value::None, |cell| Value::words(cell.to_string())),
        Value::words(&row.file),
        Value::words(&row.sheet),
    ]
}

/// 未能读取.
pub const FAILED: [Column; 5] = [
    ("序号", 6, ColumnKind::Count),
    ("文件", 36, ColumnKind::Text),
    ("情况", 12, ColumnKind::Word),
    ("原因", 54, ColumnKind::Text),
    ("怎么办", 40, ColumnKind::Text),
];

/// Returns a row of 未能读取.
pub fn failed(number: usize, file: &FailedFile) -> Vec<Value<'_>> {
    let state = if file.unrecognized {
        "没有评价表"
    } else {
        "读不了"
    };
    vec![
        Value::count(number),
        Value::path(&file.file),
        Value::words(state),
        Value::words(&file.reason),
        Value::words(&file.advice),
    ]
}

/// 疑似重复, 跨单位核查 and 跨年核查.
pub const CROSS: [Column; 13] = [
    ("序号", 5, ColumnKind::Count),
    ("级别", 5, ColumnKind::Word),
    ("编号", 5, ColumnKind::Word),
    ("规则", 12, ColumnKind::Text),
    ("主管部门", 11, ColumnKind::Text),
    ("预算单位", 11, ColumnKind::Text),
    ("项目名称", 16, ColumnKind::Text),
    ("说明", 38, ColumnKind::Text),
    ("相同或相差多少", 14, ColumnKind::Text),
    ("怎么办", 22, ColumnKind::Text),
    ("单元格", 8, ColumnKind::Word),
    ("文件", 26, ColumnKind::Text),
    ("有关文件", 34, ColumnKind::Text),
];

/// Those that a person reads on a page.
pub const CROSS_PRINTED: usize = 10;

/// Returns a row of one of them.
pub fn cross(number: usize, finding: &CrossFinding) -> Vec<Value<'_>> {
    let text = Value::words;
    let place = match (&finding.sheet, finding.cell) {
        (Some(sheet), Some(cell)) => Value::words(format!("{sheet}!{cell}")),
        _ => Value::None,
    };
    vec![
        Value::count(number),
        Value::Level(finding.severity),
        text(&finding.code),
        text(&finding.title),
        Value::text(finding.department.as_deref()),
        Value::text(finding.unit.as_deref()),
        Value::text(finding.project.as_deref()),
        text(&finding.message),
        Value::text(finding.measure.as_deref()),
        text(&finding.suggestion),
        place,
        finding.file.as_deref().map_or(Value::None, Value::path),
        Value::words(finding.related.join("\n")),
    ]
}

/// Returns a percentage in a sentence.
pub fn percent(rate: rust_decimal::Decimal) -> String {
    let percent = rate.checked_mul(rust_decimal::Decimal::ONE_HUNDRED).unwrap_or(rate);
    format!("{}%", plain(percent.round_dp(2)))
}
