//! From a cell element to a cell: value and formula, or a listed loss.

use std::collections::BTreeMap;

use super::cells::{CellElement, Kind};
use super::formula::translate;
use super::sheet::shortened;
use super::text::unescape_into;
use super::{Book, Budget};
use crate::grid::{Cell, CellAddress, CellValue};
use crate::read::kit::cell_builder::{CellBuilder, shorten_formula};
use crate::read::kit::decimal::parse_number;
use crate::read::kit::iso_date;
use crate::read::kit::losses::Losses;
use crate::read::kit::package::PartError;
use crate::read::kit::symbol_text::Run;
use crate::text::trimmed;

/// What cells of one sheet owe each other: the texts of shared formulas.
#[derive(Default)]
pub(super) struct Reading {
    anchors: BTreeMap<u32, (CellAddress, String)>,
    /// Cells whose shared formula stands further down: their addresses by group.
    waiting: Vec<(CellAddress, u32)>,
}

impl Reading {
    /// Gives cells their shared formula when its text came after them.
    pub(super) fn resolve_late(
        self,
        cells: &mut [Cell],
        budget: &mut Budget,
        losses: &mut Losses,
    ) -> Result<(), PartError> {
        if self.waiting.is_empty() {
            return Ok(());
        }
        let waiting: BTreeMap<CellAddress, u32> = self.waiting.into_iter().collect();
        for cell in cells {
            let Some(group) = waiting.get(&cell.address) else {
                continue;
            };
            match self.anchors.get(group) {
                Some((anchor, text)) => {
                    let text = translate(text, *anchor, cell.address);
                    budget.take_text(text.len())?;
                    cell.formula = Some(text);
                }
                None => losses.add(Some(cell.address), || "单元格的公式缺少正文，只读到它的结果".to_owned()),
            }
        }
        Ok(())
    }
}

/// Returns the cell, or nothing when the element holds neither value nor formula.
pub(super) fn cell_of(
    mut element: CellElement,
    address: CellAddress,
    book: &Book,
    reading: &mut Reading,
    budget: &mut Budget,
    losses: &mut Losses,
) -> Result<Option<Cell>, PartError> {
    if element.value.is_none() && element.inline.is_none() && element.formula.is_none() {
        return Ok(None);
    }
    let style = book.styles.style(element.style);
    let formula = formula_of(&element, address, budget.limits.text_length, reading, losses);
    let mut runs = Vec::new();
    let value = match value_of(&mut element, &mut runs, book, address, losses) {
        Some(value) => value,
        None if formula.is_some() => CellValue::Blank,
        None => return Ok(None),
    };
    // A date written as a text in its cell is seen as it is written, unless a format of dates shows it.
    let is_written_date =
        element.kind == Kind::Date && matches!(value, CellValue::Number(_)) && !style.format.format.is_date();
    let shown = element.value.filter(|_| is_written_date).map(str::to_owned);
    let mut builder = CellBuilder {
        epoch: book.epoch,
        budget,
        losses,
    };
    builder.cell(address, value, formula, style.look(&runs), shown)
}

/// Returns the formula's text. Empty for the moment when a shared formula's text has not come yet.
fn formula_of(
    element: &CellElement,
    address: CellAddress,
    limit: usize,
    reading: &mut Reading,
    losses: &mut Losses,
) -> Option<String> {
    let formula = element.formula?;
    let mut text = String::new();
    unescape_into(formula.trim(), &mut text);
    // Before it is shared: what many cells repeat is short.
    shorten_formula(&mut text, address, limit, losses);
    let Some(group) = element.shared_group else {
        // A data table has a formula element without text.
        return (!text.is_empty()).then_some(text);
    };
    if !text.is_empty() {
        reading.anchors.insert(group, (address, text.clone()));
        return Some(text);
    }
    if let Some((anchor, text)) = reading.anchors.get(&group) {
        return Some(translate(text, *anchor, address));
    }
    reading.waiting.push((address, group));
    Some(String::new())
}

/// Returns the stored value, and the runs of a text that name fonts; `None` when there is none, or when it was lost
/// (and listed).
fn value_of(
    element: &mut CellElement,
    runs: &mut Vec<Run>,
    book: &Book,
    address: CellAddress,
    losses: &mut Losses,
) -> Option<CellValue> {
    if let Some(rich) = element.inline.take() {
        *runs = rich.runs;
        return Some(CellValue::Text(rich.text));
    }
    let written = element.value?;
    let value = trimmed(written);
    match element.kind {
        // An empty result of a text formula is a result.
        Kind::FormulaText | Kind::InlineText => {
            let mut text = String::new();
            unescape_into(written, &mut text);
            return Some(CellValue::Text(text));
        }
        _ if value.is_empty() => return None,
        Kind::SharedText => {
            let text = value.parse().ok().and_then(|index| book.strings.get(index));
            if text.is_none() {
                losses.add(Some(address), || {
                    format!(
                        "单元格引用的文字（第 {} 号）在文件里不存在，它的内容没有读到",
                        shortened(value)
                    )
                });
            }
            return text.map(|(text, fonts)| {
                runs.extend_from_slice(fonts);
                CellValue::Text(text.to_owned())
            });
        }
        Kind::Error => {
            let mut code = String::new();
            unescape_into(value, &mut code);
            return Some(CellValue::Error(code));
        }
        Kind::Boolean => match value {
            "1" | "true" => return Some(CellValue::Boolean(true)),
            "0" | "false" => return Some(CellValue::Boolean(false)),
            _ => {}
        },
        Kind::Date => {
            if let Some(serial) = iso_date::serial(value, book.epoch) {
                return Some(CellValue::Number(serial));
            }
        }
        Kind::Number | Kind::Unknown => {
            if let Some(number) = parse_number(value) {
                return Some(CellValue::Number(number));
            }
        }
    }
    losses.add(Some(address), || {
        format!(
            "单元格的内容“{}”不是它所标明的类型（数值、日期或是否），或数值过大，已当作文字读取",
            shortened(value)
        )
    });
    let mut text = String::new();
    unescape_into(written, &mut text);
    Some(CellValue::Text(text))
}
