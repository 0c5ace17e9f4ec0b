//! The tabs of a workbook: their sheets one after the other, and names that tell sheets apart.
//!
//! Spreadsheets hold names to be different without regard to case; a file made by another program may not care. A
//! finding in "表1" must mean one sheet, so that a repeated name gets a number and that is said.

use std::collections::{BTreeMap, BTreeSet};

use super::losses::Losses;
use super::package::PartError;
use crate::grid::{ReadingLoss, Sheet, Visibility, Workbook};
use crate::read::ReadError;

/// What a sheet without a name is called.
const NAMELESS: &str = "未命名工作表";

/// Gives each sheet a name of its own: the first of a name keeps it, the others get a number behind it.
pub(crate) fn tell_apart(workbook: &mut Workbook) {
    let mut taken: BTreeSet<String> = workbook.sheets.iter().map(|sheet| sheet.name.to_lowercase()).collect();
    let mut seen: BTreeMap<String, u32> = BTreeMap::new();
    for sheet in &mut workbook.sheets {
        let is_nameless = sheet.name.trim().is_empty();
        let base = if is_nameless { NAMELESS } else { sheet.name.as_str() };
        let count = seen.entry(base.to_lowercase()).or_default();
        *count += 1;
        if *count == 1 {
            if is_nameless {
                sheet.name = NAMELESS.to_owned();
            }
            continue;
        }
        let name = loop {
            let name = format!("{base}（{count}）");
            if taken.insert(name.to_lowercase()) {
                break name;
            }
            *count += 1;
        };
        let message = if is_nameless {
            format!("有一个工作表没有名称，称它为“{name}”")
        } else {
            format!("工作表“{base}”与前面的工作表同名（不分大小写），称它为“{name}”")
        };
        workbook.losses.push(ReadingLoss { cell: None, message });
        sheet.name = name;
    }
}

/// A tab as the workbook lists it.
pub(in crate::read) struct Tab<P> {
    pub name: String,
    pub visibility: Visibility,
    /// The Chinese name of what a tab without cells is.
    pub other_kind: Option<&'static str>,
    /// Where its sheet is found.
    pub place: P,
}

/// Reads the sheets of the tabs in their order. A lost sheet becomes an empty one and is said; only when no sheet can
/// be read, or a limit is met, is the file refused.
pub(in crate::read) fn read_sheets<P>(
    tabs: &[Tab<P>],
    losses: &mut Losses,
    mut read: impl FnMut(&Tab<P>) -> Result<Sheet, PartError>,
) -> Result<Vec<Sheet>, ReadError> {
    let mut sheets = Vec::new();
    let mut has_read_one = false;
    for tab in tabs {
        let name = &tab.name;
        if let Some(title) = tab.other_kind {
            losses.add(None, || format!("“{name}”是{title}，没有可读的单元格，已跳过"));
            continue;
        }
        let mut sheet = match read(tab) {
            Ok(sheet) => {
                has_read_one = true;
                sheet
            }
            Err(PartError::Limit(error)) => return Err(error),
            Err(error) => {
                let why = if error == PartError::Missing {
                    "文件里缺少它的内容"
                } else {
                    "它的内容已损坏"
                };
                losses.add(None, || format!("工作表“{name}”没有读到：{why}"));
                Sheet::new(name.clone(), Vec::new(), Vec::new())
            }
        };
        sheet.visibility = tab.visibility;
        sheets.push(sheet);
    }
    if !has_read_one {
        return Err(ReadError::damaged(if sheets.is_empty() {
            "工作簿里没有工作表"
        } else {
            "所有工作表的内容都读不出来"
        }));
    }
    Ok(sheets)
}
