//! The reader of xlsx and xlsm: one pass over each part that carries cells.
//!
//! Parts are found through relationships. A broken cell loses itself, a broken sheet loses itself; only a broken
//! workbook part, or no readable sheet at all, loses the file. Macros are never looked at.

mod cells;
mod controls;
mod feature_bags;
mod formula;
mod notes;
mod plain_cells;
mod shared_strings;
mod sheet;
mod styles;
mod text;
mod value;
mod workbook;

use super::kit::budget::Budget;
use super::kit::losses::Losses;
use super::kit::package::{Package, PartError};
use super::kit::relationships::{Relationship, relationships_of};
use super::kit::tabs::{Tab, read_sheets};
use super::number_format::Epoch;
use super::{Limits, ReadError};
use crate::grid::{FileFormat, Sheet, Workbook};
use shared_strings::SharedStrings;
use styles::Styles;
use workbook::SheetPlace;

/// What every sheet of a workbook is read with.
struct Book {
    strings: SharedStrings,
    styles: Styles,
    epoch: Epoch,
}

/// Reads an xlsx workbook.
pub(super) fn read_xlsx(package: Package, limits: &Limits) -> Result<Workbook, ReadError> {
    read(package, FileFormat::Xlsx, limits)
}

/// Reads an xlsm workbook.
pub(super) fn read_xlsm(package: Package, limits: &Limits) -> Result<Workbook, ReadError> {
    read(package, FileFormat::Xlsm, limits)
}

fn read(mut package: Package, format: FileFormat, limits: &Limits) -> Result<Workbook, ReadError> {
    let plan = workbook::read_parts(&mut package, limits).map_err(|fault| fault.into_refusal("工作簿目录"))?;
    let mut losses = Losses::default();
    let mut book = Book {
        strings: or_lost(
            shared_strings::read(&mut package, plan.shared_strings.as_deref(), limits, &mut losses),
            || {
                losses.add(None, || "共用文字部分已损坏，引用其中文字的单元格没有读到".to_owned());
            },
        )?,
        styles: or_lost(styles::read(&mut package, plan.styles.as_deref()), || {
            losses.add(None, || "样式部分已损坏，数字按常规格式显示".to_owned());
        })?,
        epoch: plan.epoch,
    };
    if let Some(part) = &plan.feature_bags
        && book.styles.has_complements()
    {
        let bags = or_lost(feature_bags::read(&mut package, part), || {
            losses.add(None, || {
                "单元格复选框的说明部分已损坏，复选框按 TRUE、FALSE 显示".to_owned()
            });
        })?;
        book.styles.set_check_boxes(|complement| bags.is_check_box(complement));
    }
    let mut budget = Budget::new(limits);
    let sheets = read_sheets(&plan.tabs, &mut losses, |tab| {
        read_sheet(&mut package, tab, &book, &mut budget)
    })?;
    Ok(Workbook {
        format,
        sheets,
        losses: losses.into_list(),
        text: Vec::new(),
    })
}

/// Returns what a broken part holds is lost; a limit stops the file. Whatever needs a missing part says so itself.
fn or_lost<T: Default>(result: Result<T, PartError>, note: impl FnOnce()) -> Result<T, ReadError> {
    match result {
        Ok(value) => Ok(value),
        Err(PartError::Limit(error)) => Err(error),
        Err(PartError::Missing) => Ok(T::default()),
        Err(_) => {
            note();
            Ok(T::default())
        }
    }
}

fn read_sheet(
    package: &mut Package,
    tab: &Tab<SheetPlace>,
    book: &Book,
    budget: &mut Budget,
) -> Result<Sheet, PartError> {
    let part = tab.place.part.as_deref().ok_or(PartError::Missing)?;
    let mut builder = sheet::read(package.xml(part)?, book, budget)?;
    let relationships = relationships(package, part, &mut builder.losses)?;
    builder.notes = notes::read(package, &relationships, budget, &mut builder.losses)?;
    let count = builder.cells.len();
    let (mut sheet, mut losses) = builder.into_sheet_and_losses(tab.name.clone());
    let repeated = count - sheet.cells().len();
    if repeated > 0 {
        losses.add(None, || {
            format!("有 {repeated} 个单元格在文件里重复出现，只取了最后一次的内容")
        });
    }
    controls::apply(package, part, &relationships, &mut sheet, budget, &mut losses)?;
    sheet.form_mark.clone_from(&tab.place.form_mark);
    sheet.losses.extend(losses.into_list());
    Ok(sheet)
}

/// Returns a sheet's relationships. No figure hangs on what they lead to, so a broken list is only said.
fn relationships(package: &mut Package, part: &str, losses: &mut Losses) -> Result<Vec<Relationship>, PartError> {
    match relationships_of(package, part) {
        Err(PartError::Limit(error)) => Err(PartError::Limit(error)),
        Err(_) => {
            losses.add(None, || "批注和控件没有读到：工作表的关联目录已损坏".to_owned());
            Ok(Vec::new())
        }
        Ok(relationships) => Ok(relationships),
    }
}
