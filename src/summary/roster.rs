//! 名单: who should report what, read from a workbook or separated values whose columns are known by their headers.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::SummaryError;
use super::names::name_key;
use crate::check::ReadWorkbook;
use crate::grid::{CellAddress, Sheet};
use crate::model::MoneyUnit;
use crate::read::Limits;
use crate::text::match_key;

/// Rows in which the header is looked for.
const HEADER_ROWS: u32 = 30;

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
}

/// Headers by column, the better ones first.
const HEADERS: [(Column, &[&str]); 5] = [
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
];

impl Roster {
    /// Reads a roster. `file` names it in messages.
    ///
    /// # Errors
    /// One sentence: it cannot be read, or no row names a project or a unit as header.
    pub fn read(file: &str, bytes: &[u8], read_workbook: ReadWorkbook) -> Result<Self, SummaryError> {
        let workbook = read_workbook(bytes, Some(file), &Limits::default())
            .map_err(|error| SummaryError::Unusable(format!("名单 {file}：{error}")))?;
        workbook
            .sheets
            .iter()
            .find_map(|sheet| {
                let header = header(sheet)?;
                Some(entries(sheet, &header))
            })
            .ok_or_else(|| {
                SummaryError::Unusable(format!(
                    "名单 {file}：没有找到表头；名单要有“项目名称”或“单位名称”一列，可以另有“主管部门”“预算数（万元）”，请加上表头"
                ))
            })
            .and_then(|roster| {
                if roster.entries.is_empty() {
                    Err(SummaryError::Unusable(format!("名单 {file}：表头下面没有内容，请补上")))
                } else {
                    Ok(roster)
                }
            })
    }
}

struct Header {
    row: u32,
    columns: BTreeMap<Column, u32>,
    money_unit: Option<MoneyUnit>,
}

fn header(sheet: &Sheet) -> Option<Header> {
    let last = sheet.extent()?.last.row.min(HEADER_ROWS);
    let mut stated = None;
    for row in 0..=last {
        let mut columns: BTreeMap<Column, (usize, u32)> = BTreeMap::new();
        let mut amount_text = String::new();
        for cell in sheet.row(row) {
            let text = match_key(&cell.shown);
            let plain = text.split('(').next().unwrap_or_default();
            for (column, headers) in HEADERS {
                let Some(rank) = headers.iter().position(|header| *header == plain) else {
                    continue;
                };
                let better = columns.get(&column).is_none_or(|(known, _)| rank < *known);
                if better {
                    columns.insert(column, (rank, cell.address.column));
                    if column == Column::Amount {
                        amount_text.clone_from(&text);
                    }
                }
            }
            stated = stated.or_else(|| unit_stated(&text));
        }
        let has = |column| columns.contains_key(&column);
        // A title such as 单位：万元 alone makes no header.
        if has(Column::Project) || (has(Column::Unit) && columns.len() > 1) || is_lone_unit(sheet, row) {
            return Some(Header {
                row,
                columns: columns.into_iter().map(|(column, (_, at))| (column, at)).collect(),
                money_unit: money_unit(&amount_text).or(stated),
            });
        }
    }
    None
}

/// Returns whether the row holds one cell, and that says 单位名称.
fn is_lone_unit(sheet: &Sheet, row: u32) -> bool {
    let mut cells = sheet.row(row).iter().filter(|cell| !cell.is_blank());
    cells
        .next()
        .is_some_and(|cell| matches!(match_key(&cell.shown).as_str(), "单位名称" | "预算单位" | "实施单位"))
        && cells.next().is_none()
}

/// Returns the unit in a line such as 单位：万元.
fn unit_stated(text: &str) -> Option<MoneyUnit> {
    let (_, rest) = text.split_once("单位:")?;
    money_unit(rest)
}

fn money_unit(text: &str) -> Option<MoneyUnit> {
    // The longer word first: 百万元 has 万元 in it.
    [
        ("亿元", MoneyUnit::HundredMillionYuan),
        ("百万元", MoneyUnit::MillionYuan),
        ("万元", MoneyUnit::TenThousandYuan),
        ("千元", MoneyUnit::ThousandYuan),
        ("元", MoneyUnit::Yuan),
    ]
    .into_iter()
    .find_map(|(word, unit)| text.contains(word).then_some(unit))
}

fn entries(sheet: &Sheet, header: &Header) -> Roster {
    let last = sheet.extent().map_or(0, |extent| extent.last.row);
    let merges = |column: u32| -> BTreeMap<u32, u32> {
        let tall = sheet
            .merges()
            .iter()
            .filter(|merge| (merge.first.column..=merge.last.column).contains(&column) && merge.first.row > header.row);
        tall.map(|merge| (merge.first.row, merge.last.row)).collect()
    };
    let columns: BTreeMap<Column, (u32, BTreeMap<u32, u32>)> = header
        .columns
        .iter()
        .map(|(column, at)| (*column, (*at, merges(*at))))
        .collect();
    // A merged name stands for every row beside it.
    let cell = |column: Column, row: u32| {
        let (at, merges) = columns.get(&column)?;
        let top = merges.range(..=row).next_back().filter(|(_, last)| row <= **last);
        let row = top.map_or(row, |(top, _)| *top);
        sheet.cell(CellAddress::new(row, *at))
    };
    let text = |column: Column, row: u32| {
        let text: Vec<&str> = cell(column, row)?.shown.split_whitespace().collect();
        let text = text.join(" ");
        (!text.is_empty()).then_some(text)
    };
    let mut unread_amounts = 0_usize;
    let mut entries = Vec::new();
    for row in header.row + 1..=last {
        if sheet.row(row).is_empty() {
            continue;
        }
        let (project, unit) = (text(Column::Project, row), text(Column::Unit, row));
        let named = if columns.contains_key(&Column::Project) {
            &project
        } else {
            &unit
        };
        let Some(named) = named else { continue };
        if is_sum(named) {
            continue;
        }
        let raw = cell(Column::Amount, row).filter(|cell| !cell.is_blank());
        let amount = raw.and_then(|cell| cell.number().or_else(|| number(&cell.shown)));
        let amount = amount
            .zip(header.money_unit)
            .and_then(|(amount, unit)| unit.in_wan(amount));
        unread_amounts += usize::from(raw.is_some() && amount.is_none());
        entries.push(RosterEntry {
            line: row + 1,
            department: text(Column::Department, row),
            unit,
            project,
            amount,
            year: text(Column::Year, row).and_then(|text| year(&text)),
        });
    }
    Roster {
        amount_note: amount_note(header, unread_amounts),
        entries,
    }
}

fn amount_note(header: &Header, unread: usize) -> Option<String> {
    if !header.columns.contains_key(&Column::Amount) {
        Some("名单中没有金额一栏，只按个数计算覆盖率".to_owned())
    } else if header.money_unit.is_none() {
        Some("名单中的金额没有注明单位，只按个数计算覆盖率；请把表头写成“预算数（万元）”".to_owned())
    } else if unread > 0 {
        Some(format!("名单中有 {unread} 行的金额不是数字，未计入金额覆盖率"))
    } else {
        None
    }
}

fn is_sum(name: &str) -> bool {
    matches!(name_key(name).as_str(), "合计" | "总计" | "小计" | "共计")
}

fn number(text: &str) -> Option<Decimal> {
    let digits: String = match_key(text).chars().filter(|c| *c != ',').collect();
    digits.parse().ok()
}

fn year(text: &str) -> Option<i32> {
    let digits: String = match_key(text).chars().take_while(char::is_ascii_digit).collect();
    digits.parse().ok().filter(|year| (1990..2100).contains(year))
}
