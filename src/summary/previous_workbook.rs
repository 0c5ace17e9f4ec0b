//! Last year's tables from a summary workbook that this program wrote: 项目汇总 and 指标明细, by their headers.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::rows::{IndicatorRow, TableDetail, TableRow};
use super::{Previous, SummaryError};
use crate::grid::{CellAddress, CellRange, Sheet};
use crate::model::{Grade, TableKind};
use crate::read::{Limits, read_workbook};

const KINDS: [TableKind; 5] = [
    TableKind::ProjectSelfEvaluation,
    TableKind::DepartmentEvaluation,
    TableKind::OverallSelfEvaluation,
    TableKind::TransferSelfEvaluation,
    TableKind::Other,
];
const GRADES: [Grade; 4] = [Grade::Excellent, Grade::Good, Grade::Fair, Grade::Poor];

impl Previous {
    /// From a summary workbook. It holds no goals and no fund rows, so that less can be compared than with results.
    ///
    /// # Errors
    /// One sentence: it cannot be read, or is no such workbook.
    pub fn from_workbook(file: &str, bytes: &[u8]) -> Result<Self, SummaryError> {
        let workbook = read_workbook(bytes, Some(file), &limits())
            .map_err(|error| SummaryError::Unusable(format!("上年的汇总 {file}：{error}")))?;
        let sheets = |name: &str| {
            let named = move |sheet: &&Sheet| sheet.name == name || sheet.name.starts_with(&format!("{name}（"));
            workbook.sheets.iter().filter(named).collect::<Vec<_>>()
        };
        let mut tables: BTreeMap<u64, TableRow> = BTreeMap::new();
        for sheet in sheets("项目汇总") {
            let columns = Columns::of(sheet);
            for row in columns.rows() {
                if let Some(number) = columns.number(row, "序号").and_then(whole) {
                    tables.insert(number, columns.table(row));
                }
            }
        }
        let mut details: BTreeMap<u64, TableDetail> = BTreeMap::new();
        for sheet in sheets("指标明细") {
            let columns = Columns::of(sheet);
            for row in columns.rows() {
                if let Some(number) = columns.number(row, "表序号").and_then(whole) {
                    details
                        .entry(number)
                        .or_default()
                        .indicators
                        .push(columns.indicator(row));
                }
            }
        }
        if tables.is_empty() {
            return Err(SummaryError::Unusable(format!(
                "上年的汇总 {file}：没有找到“项目汇总”表；请给出 hebiao summarize 写出的工作簿，或 ndjson 结果"
            )));
        }
        Self::from_rows(tables.into_iter().map(|(number, row)| {
            let detail = details.remove(&number).unwrap_or_default();
            (row, detail)
        }))
    }
}

/// A summary has a row for each indicator of a county, far more than any table.
fn limits() -> Limits {
    const MEBIBYTE: u64 = 1024 * 1024;
    Limits {
        file_bytes: 512 * MEBIBYTE,
        unpacked_bytes: 8192 * MEBIBYTE,
        part_bytes: 4096 * MEBIBYTE,
        cells: 50_000_000,
        text_bytes: usize::try_from(4096 * MEBIBYTE).unwrap_or(usize::MAX),
        ..Limits::default()
    }
}

fn whole(number: Decimal) -> Option<u64> {
    number.try_into().ok()
}

/// A sheet whose first row names its columns.
struct Columns<'a> {
    sheet: &'a Sheet,
    named: BTreeMap<String, u32>,
}

impl<'a> Columns<'a> {
    fn of(sheet: &'a Sheet) -> Self {
        let header = sheet.row(0).iter();
        Self {
            named: header
                .map(|cell| (cell.shown().split_whitespace().collect(), cell.address.column))
                .collect(),
            sheet,
        }
    }

    fn rows(&self) -> impl Iterator<Item = u32> + use<> {
        1..=self.sheet.extent().map_or(0, |extent| extent.last.row)
    }

    fn text(&self, row: u32, header: &str) -> Option<String> {
        let cell = self.sheet.cell(CellAddress::new(row, *self.named.get(header)?))?;
        let text = cell.shown().trim();
        (!text.is_empty()).then(|| text.to_owned())
    }

    fn number(&self, row: u32, header: &str) -> Option<Decimal> {
        self.sheet
            .cell(CellAddress::new(row, *self.named.get(header)?))?
            .number()
    }

    fn table(&self, row: u32) -> TableRow {
        let grade = |header: &str| {
            let text = self.text(row, header)?;
            GRADES.into_iter().find(|grade| grade.title() == text)
        };
        let kind = self.text(row, "评价类型");
        let count = |header: &str| {
            self.number(row, header)
                .and_then(whole)
                .and_then(|count| count.try_into().ok())
        };
        let home = CellAddress::new(0, 0);
        TableRow {
            file: self.text(row, "文件").unwrap_or_default(),
            sha256: None,
            sheet: self.text(row, "工作表").unwrap_or_default(),
            range: CellRange::single(home),
            kind: KINDS
                .into_iter()
                .find(|known| kind.as_deref() == Some(known.title()))
                .unwrap_or(TableKind::Other),
            standard: self.text(row, "评分标准").unwrap_or_default(),
            not_filled_in: false,
            year: self.number(row, "年度").and_then(|year| year.try_into().ok()),
            department: self.text(row, "主管部门"),
            unit: self.text(row, "预算单位"),
            project: self.text(row, "项目名称"),
            money_unit: None,
            initial_budget: self.number(row, "年初预算数（万元）"),
            annual_budget: self.number(row, "全年预算数（万元）"),
            executed: self.number(row, "全年执行数（万元）"),
            carryover: None,
            execution_rate: self.number(row, "执行率"),
            amount_gap: None,
            amounts_as_written: None,
            declared_score: self.number(row, "自评得分"),
            score_is_sum: false,
            rescored_score: self.number(row, "复算得分"),
            // Earlier summaries say 等级.
            declared_grade: grade("自评等次").or_else(|| grade("自评等级")),
            grade_from_score: false,
            rescored_grade: grade("复算等次").or_else(|| grade("复算等级")),
            reviewed_declared: None,
            review_score: self.number(row, "复核得分"),
            indicators: count("指标数").unwrap_or_default(),
            unmet: count("未完成指标数").unwrap_or_default(),
            manual: 0,
            undecided: 0,
            grade_is_open: false,
            errors: count("错误").unwrap_or_default(),
            warnings: count("预警").unwrap_or_default(),
            infos: count("提示").unwrap_or_default(),
            explained: 0,
            set_aside: 0,
            for_review: 0,
            unread: 0,
        }
    }

    fn indicator(&self, row: u32) -> IndicatorRow {
        IndicatorRow {
            cell: self.text(row, "单元格").and_then(|cell| cell.parse().ok()),
            level1: self.text(row, "一级指标"),
            level2: self.text(row, "二级指标"),
            level3: self.text(row, "三级指标"),
            operator: self.text(row, "指标性质"),
            target: self.text(row, "年度指标值"),
            measure_unit: self.text(row, "计量单位"),
            actual: self.text(row, "实际完成值"),
            weight: self.number(row, "分值"),
            score: self.number(row, "自评得分"),
            review_score: self.number(row, "复核得分"),
            rescored: self.number(row, "复算得分"),
            trace: None,
            reason: self.text(row, "偏差原因分析及改进措施"),
        }
    }
}
