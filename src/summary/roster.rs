//! 名单: who should report what, read from a workbook or separated values whose columns are known by their headers.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::{SummaryError, roster_plausible};
use crate::check::ReadWorkbook;
use crate::grid::Sheet;
use crate::model::Grade;
use crate::read::Limits;
use crate::reference::listing::{self, Listing};
use crate::standard::Standard;
use crate::text::match_key;
use crate::text::name_order::NameOrder;

/// One line of a roster.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RosterEntry {
    /// Its row in the file, from 1.
    pub line: u32,
    /// 主管部门.
    pub department: Option<String>,
    /// 单位.
    pub unit: Option<String>,
    /// 项目名称; none in a list of units.
    pub project: Option<String>,
    /// The amount in 万元, where the list gives one in a known unit.
    pub amount: Option<Decimal>,
    /// 年度.
    pub year: Option<i32>,
    /// 自评得分, in a list of results.
    pub score: Option<Decimal>,
    /// 自评等次, in a list of results.
    pub grade: Option<Grade>,
}

/// A list of who should report.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Roster {
    /// The lines, in the file's order.
    pub entries: Vec<RosterEntry>,
    /// Whether amounts are known, and if not why, in Chinese.
    pub amount_note: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Column {
    Project,
    Unit,
    Department,
    Amount,
    Year,
    Score,
    Grade,
}

/// Headers by column, the better ones first.
const HEADERS: [(Column, &[&str]); 7] = [
    (
        Column::Project,
        &["项目名称", "预算项目名称", "项目", "资金名称", "事项名称"],
    ),
    (
        Column::Unit,
        &[
            "实施单位",
            "项目实施单位",
            "预算单位",
            "预算单位名称",
            "单位名称",
            "项目单位",
            "用款单位",
            "填报单位",
            "单位",
        ],
    ),
    (
        Column::Department,
        &[
            "主管部门",
            "主管单位",
            "业务主管部门",
            "主管部门名称",
            "预算部门",
            "部门名称",
            "部门",
        ],
    ),
    (
        Column::Amount,
        &[
            "全年预算数",
            "预算数",
            "预算金额",
            "年初预算数",
            "年初预算",
            "预算",
            "项目金额",
            "资金额",
            "资金规模",
            "项目资金",
            "金额",
            "资金",
        ],
    ),
    (Column::Year, &["年度", "预算年度", "年份"]),
    (Column::Score, &["自评得分", "自评总分", "自评分数"]),
    (Column::Grade, &["自评等次", "自评等级", "自评结论", "自评结果等级"]),
];

impl Roster {
    /// Reads a roster. `file` names it in messages.
    ///
    /// # Errors
    /// One sentence: it cannot be read, or no row names a project or a unit as header.
    pub fn read(file: &str, bytes: &[u8], read_workbook: ReadWorkbook) -> Result<Self, SummaryError> {
        let workbook = read_workbook(bytes, Some(file), &Limits::default())
            .map_err(|error| SummaryError::Unusable(format!("名单 {file}：{error}")))?;
        if let Some(why) = roster_plausible::is_table(&workbook) {
            return Err(SummaryError::Unusable(format!("名单 {file}：{why}")));
        }
        workbook
            .sheets
            .iter()
            .find_map(|sheet| {
                // A title such as 单位：万元 alone makes no header.
                let is_header = |columns: &BTreeMap<Column, u32>, row| {
                    let has = |column| columns.contains_key(&column);
                    has(Column::Project) || (has(Column::Unit) && columns.len() > 1) || is_lone_unit(sheet, row)
                };
                Some(entries(&Listing::find(sheet, &HEADERS, is_header)?))
            })
            .ok_or_else(|| {
                SummaryError::Unusable(format!(
                    "名单 {file}：没有找到表头；名单要有“项目名称”或“单位名称”一列，可以另有“主管部门”“预算数（万元）”，请加上表头"
                ))
            })
            .and_then(|roster| {
                if roster.entries.is_empty() {
                    Err(SummaryError::Unusable(format!("名单 {file}：表头下面没有内容，请补上")))
                } else if let Some(why) = roster_plausible::is_no_list(&roster.entries) {
                    Err(SummaryError::Unusable(format!("名单 {file}：{why}")))
                } else {
                    Ok(roster)
                }
            })
    }
}

impl Roster {
    /// Returns the order in which it names departments and units.
    pub(crate) fn order(&self) -> NameOrder {
        let mut order = NameOrder::default();
        for entry in &self.entries {
            for name in [&entry.department, &entry.unit].into_iter().flatten() {
                order.list(name);
            }
        }
        order
    }
}

/// Returns whether the row holds one cell, and that says 单位名称.
fn is_lone_unit(sheet: &Sheet, row: u32) -> bool {
    let mut cells = sheet.row(row).iter().filter(|cell| !cell.is_blank());
    cells
        .next()
        .is_some_and(|cell| matches!(match_key(cell.shown()).as_str(), "单位名称" | "预算单位" | "实施单位"))
        && cells.next().is_none()
}

fn entries(list: &Listing<'_, Column>) -> Roster {
    let unit = list.money_unit(Column::Amount);
    let mut unread_amounts = 0_usize;
    let mut entries = Vec::new();
    for row in list.rows() {
        let (project, unit_name) = (list.text(Column::Project, row), list.text(Column::Unit, row));
        let named = if list.has(Column::Project) {
            &project
        } else {
            &unit_name
        };
        let Some(named) = named else { continue };
        if listing::is_sum(named) {
            continue;
        }
        let raw = list.cell(Column::Amount, row).filter(|cell| !cell.is_blank());
        let amount = raw.and_then(|cell| cell.number().or_else(|| listing::number(cell.shown())));
        let amount = amount.zip(unit).and_then(|(amount, unit)| unit.in_wan(amount));
        unread_amounts += usize::from(raw.is_some() && amount.is_none());
        entries.push(RosterEntry {
            line: row + 1,
            department: list.text(Column::Department, row),
            unit: unit_name,
            project,
            amount,
            year: list.text(Column::Year, row).and_then(|text| listing::year(&text)),
            score: score(list, row),
            grade: list
                .text(Column::Grade, row)
                .and_then(|name| Standard::ministry().grade_named(&name)),
        });
    }
    Roster {
        amount_note: amount_note(list, unread_amounts),
        entries,
    }
}

fn score(list: &Listing<'_, Column>, row: u32) -> Option<Decimal> {
    let cell = list.cell(Column::Score, row)?;
    cell.number().or_else(|| listing::number(cell.shown()))
}

fn amount_note(list: &Listing<'_, Column>, unread: usize) -> Option<String> {
    if !list.has(Column::Amount) {
        Some("名单中没有金额一栏，只按个数计算覆盖率".to_owned())
    } else if list.money_unit(Column::Amount).is_none() {
        Some("名单中的金额没有注明单位，只按个数计算覆盖率；请把表头写成“预算数（万元）”".to_owned())
    } else if unread > 0 {
        Some(format!("名单中有 {unread} 行的金额不是数字，未计入金额覆盖率"))
    } else {
        None
    }
}
