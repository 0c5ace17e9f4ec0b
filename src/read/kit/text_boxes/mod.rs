//! Text boxes and shapes with a text that float over a sheet: one that lies on a blank cell is that cell's text, any
//! other is named as not read.

pub(in crate::read) mod corners;
pub(in crate::read) mod drawing;
pub(in crate::read) mod geometry;

use std::collections::BTreeMap;

use super::budget::Budget;
use super::cell_builder::{cut, shortened};
use super::losses::Losses;
use crate::grid::{Cell, CellAddress, CellValue, OpenRegions, Sheet};
use crate::read::ReadError;
use geometry::{Anchor, Geometry};

/// More boxes than this no form has.
const MOST_BOXES: usize = 1_000;
/// Longest text that is kept.
const LONGEST_TEXT: usize = 30_000;

/// A text over the sheet.
#[derive(Debug)]
pub(in crate::read) struct TextBox {
    pub text: String,
    /// `None` where its place cannot be told.
    pub anchor: Option<Anchor>,
}

/// Adds a box, unless it says nothing or there are too many.
pub(in crate::read) fn keep(boxes: &mut Vec<TextBox>, text: &str, anchor: Option<Anchor>) {
    let mut text = text.trim().to_owned();
    if !text.is_empty() && boxes.len() < MOST_BOXES {
        cut(&mut text, LONGEST_TEXT);
        boxes.push(TextBox { text, anchor });
    }
}

/// Gives each box's text to the blank cell, or the merged region's corner, that it lies on.
///
/// # Errors
/// When the texts are more than a workbook may hold.
pub(in crate::read) fn put(
    boxes: Vec<TextBox>,
    geometry: &Geometry,
    sheet: &mut Sheet,
    budget: &mut Budget,
    losses: &mut Losses,
) -> Result<(), ReadError> {
    let mut placed: Vec<(TextBox, Vec<CellAddress>)> = Vec::with_capacity(boxes.len());
    for text_box in boxes {
        budget.take_text(text_box.text.len())?;
        let cells = text_box.anchor.as_ref().map(|anchor| geometry.cells_under(anchor));
        placed.push((text_box, cells.unwrap_or_default()));
    }
    let corners = corners_of(placed.iter().flat_map(|(_, cells)| cells), sheet);
    let extent = sheet.extent();
    for (text_box, cells) in placed {
        let mut seen = cells.iter().map(|cell| corners.get(cell).copied().unwrap_or(*cell));
        let on = seen
            .next()
            .filter(|corner| seen.all(|other| other == *corner))
            .filter(|corner| extent.is_some_and(|extent| extent.contains(*corner)));
        let named = shortened(&text_box.text);
        let blank = on.filter(|corner| {
            sheet
                .cell(*corner)
                .is_none_or(|cell| cell.is_blank() && cell.formula.is_none())
        });
        match (blank, on) {
            (Some(corner), _) => {
                losses.add(Some(corner), || {
                    format!("这一格是空的，上面的文本框写着“{named}”，已作为这一格的内容读取")
                });
                sheet.put(Cell {
                    address: corner,
                    value: CellValue::Text(text_box.text),
                    shown_otherwise: None,
                    shown_unsure: false,
                    formula: None,
                    number_format: None,
                });
            }
            (None, Some(corner)) => losses.add(Some(corner), || {
                format!("这一格有内容，上面又有文本框“{named}”，文本框没有读取")
            }),
            (None, None) => losses.add(text_box.anchor.map(|anchor| anchor.from), || {
                format!("文本框“{named}”无法确定属于哪个单元格，没有读取")
            }),
        }
    }
    Ok(())
}

/// Returns the corner of the merged region around each cell that lies in one.
pub(in crate::read) fn corners_of<'a>(
    cells: impl Iterator<Item = &'a CellAddress>,
    sheet: &Sheet,
) -> BTreeMap<CellAddress, CellAddress> {
    let mut cells: Vec<CellAddress> = cells.copied().collect();
    cells.sort_unstable();
    cells.dedup();
    let mut merges = sheet.merges().iter().peekable();
    let mut open: OpenRegions<()> = OpenRegions::default();
    let mut corners = BTreeMap::new();
    for cell in cells {
        while let Some(region) = merges.next_if(|region| region.first.row <= cell.row) {
            open.open(*region, ());
        }
        open.advance(cell.row);
        if let Some(region) = open.at(cell.column) {
            corners.insert(cell, region.first);
        }
    }
    corners
}
