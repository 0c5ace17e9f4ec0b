//! Names of sheets, made fit to tell sheets apart.
//!
//! Spreadsheets hold names to be different without regard to case; a file made by another program may not care. A
//! finding in "表1" must mean one sheet, so that a repeated name gets a number and that is said.

use std::collections::{BTreeMap, BTreeSet};

use crate::grid::{ReadingLoss, Workbook};

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
