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
use super::kit::package::{Package, PartError};
use super::kit::symbol_font::SymbolFont;
use super::kit::tabs::{Tab, read_sheets};
use super::kit::text_boxes::drawing;
use super::number_format::Epoch;
use super::{Limits, ReadError};
use crate::grid::{FileFormat, Sheet, Workbook};
use tables::Strings;

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
    let refusal = |fault: PartError| fault.into_refusal("工作簿目录");
    let plan = workbook::read_parts(&mut package, limits, &mut losses).map_err(refusal)?;
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
    let sheets = read_sheets(&plan.tabs, &mut losses, |tab| {
        read_sheet(&mut package, tab, &book, &mut budget)
    })?;
    Ok(Workbook {
        format: FileFormat::Xlsb,
        sheets,
        losses: losses.into_list(),
        text: Vec::new(),
    })
}

fn read_sheet(
    package: &mut Package,
    tab: &Tab<Option<String>>,
    book: &Book,
    budget: &mut Budget,
) -> Result<Sheet, PartError> {
    let part = tab.place.as_deref().ok_or(PartError::Missing)?;
    let mut sheet = sheet::read(package.part(part)?, book, budget)?;
    let relationships = notes::relationships(package, part, &mut sheet.losses)?;
    sheet.notes = notes::read(package, &relationships, budget, &mut sheet.losses)?;
    sheet.text_boxes = drawing::read_all(package, &relationships, &mut sheet.losses)?;
    Ok(sheet.into_sheet_under_boxes(tab.name.clone(), budget)?)
}
