//! The reader of xlsb: the parts of an xlsx, with records instead of XML.
//!
//! No count in the file is trusted. A broken cell loses itself, a broken sheet loses itself; only a broken workbook
//! part, or no readable sheet at all, loses the file.

mod formulas;
mod notes;
mod records;
mod sheet;
mod tables;
mod text;
mod workbook;

use super::formula_tokens::Names;
use super::kit::budget::Budget;
use super::kit::cell_format::CellFormats;
use super::kit::losses::Losses;
use super::kit::package::{Fault, Package};
use super::kit::symbol_font::SymbolFont;
use super::number_format::Epoch;
use super::{Limits, ReadError};
use crate::grid::{FileFormat, Sheet, Workbook};
use tables::Strings;
use workbook::SheetEntry;

/// What every sheet of a workbook is read with.
struct Book {
    strings: Strings,
    formats: CellFormats,
    fonts: Vec<Option<SymbolFont>>,
    names: Names,
    epoch: Epoch,
}

/// Reads an xlsb workbook.
pub(super) fn read_xlsb(mut package: Package, limits: &Limits) -> Result<Workbook, ReadError> {
    let mut losses = Losses::default();
    let refusal = |fault: Fault| fault.into_refusal("工作簿目录");
    let plan = workbook::read_plan(&mut package, limits, &mut losses).map_err(refusal)?;
    let (formats, fonts) = tables::formats(&mut package, plan.styles.as_deref(), &mut losses).map_err(refusal)?;
    let strings = plan.shared_strings.as_deref();
    let book = Book {
        strings: tables::shared_strings(&mut package, strings, &fonts, limits, &mut losses).map_err(refusal)?,
        formats,
        fonts,
        names: plan.names,
        epoch: plan.epoch,
    };
    let mut budget = Budget::new(limits);
    let mut sheets = Vec::new();
    let mut read_sheets = 0;
    for entry in plan.sheets {
        if let Some(title) = entry.other_kind {
            losses.add(None, || format!("“{}”是{title}，没有可读的单元格，已跳过", entry.name));
            continue;
        }
        match read_sheet(&mut package, &entry, &book, &mut budget) {
            Ok(sheet) => {
                read_sheets += 1;
                sheets.push(sheet);
            }
            Err(Fault::Limit(error)) => return Err(error),
            Err(fault) => {
                let why = if fault == Fault::Missing {
                    "文件里缺少它的内容"
                } else {
                    "它的内容已损坏"
                };
                losses.add(None, || format!("工作表“{}”没有读到：{why}", entry.name));
                let mut lost = Sheet::new(entry.name, Vec::new(), Vec::new());
                lost.visibility = entry.visibility;
                sheets.push(lost);
            }
        }
    }
    if read_sheets == 0 {
        return Err(ReadError::damaged(if sheets.is_empty() {
            "工作簿里没有工作表"
        } else {
            "所有工作表的内容都读不出来"
        }));
    }
    Ok(Workbook {
        format: FileFormat::Xlsb,
        sheets,
        losses: losses.into_list(),
        text: Vec::new(),
    })
}

fn read_sheet(package: &mut Package, entry: &SheetEntry, book: &Book, budget: &mut Budget) -> Result<Sheet, Fault> {
    let part = entry.part.as_deref().ok_or(Fault::Missing)?;
    let mut contents = sheet::read(package.part(part)?, book, budget)?;
    let notes = notes::read(package, part, budget, &mut contents.losses)?;
    let mut sheet = Sheet::new(entry.name.clone(), contents.cells, contents.merges);
    sheet.visibility = entry.visibility;
    sheet.hidden_rows = contents.hidden_rows;
    sheet.hidden_columns = contents.hidden_columns;
    sheet.notes = notes;
    sheet.losses.extend(contents.losses.into_list());
    Ok(sheet)
}
