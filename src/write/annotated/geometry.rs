//! Widths and heights of a sheet, as far as the frame of a note needs them: large enough to be read without dragging.

use std::collections::BTreeMap;

use super::attributes::attribute;
use super::fault::Fault;
use super::shapes::Anchor;
use super::tags::{TagKind, Tags, slice};
use crate::grid::{CellAddress, MAX_COLUMNS, MAX_ROWS};
use crate::write::kit::text_width::line_count;

const PIXELS_A_CHARACTER: f64 = 7.0;
const PIXELS_A_POINT: f64 = 96.0 / 72.0;
const DEFAULT_COLUMN: u32 = 64;
const DEFAULT_ROW: u32 = 20;
const FRAME_WIDTH: u32 = 320;
const LINE_PIXELS: u32 = 16;
const HIGHEST_FRAME: u32 = 560;
const FONT_SIZE: f64 = 9.0;
/// Columns or rows that a frame may cover; hidden ones have no size.
const MOST_COVERED: u32 = 300;

/// The sizes of columns and rows in pixels.
#[derive(Debug)]
pub struct Geometry {
    /// First column → last column and width.
    columns: BTreeMap<u32, (u32, u32)>,
    rows: BTreeMap<u32, u32>,
    column: u32,
    row: u32,
}

impl Geometry {
    /// Reads them from a sheet part.
    pub fn of(source: &str) -> Result<Self, Fault> {
        let mut geometry = Self {
            columns: BTreeMap::new(),
            rows: BTreeMap::new(),
            column: DEFAULT_COLUMN,
            row: DEFAULT_ROW,
        };
        let mut tags = Tags::new(source);
        while let Some(tag) = tags.next()? {
            if tag.kind == TagKind::Close || !(1..=2).contains(&tag.depth) {
                continue;
            }
            let text = slice(source, tag.range.clone());
            let hidden = || attribute(text, "hidden").is_some_and(|it| matches!(it.trim(), "1" | "true"));
            match (tag.depth, tag.name) {
                (1, "sheetFormatPr") => {
                    if let Some(width) = size(text, "defaultColWidth", PIXELS_A_CHARACTER) {
                        geometry.column = width;
                    }
                    if let Some(height) = size(text, "defaultRowHeight", PIXELS_A_POINT) {
                        geometry.row = height;
                    }
                }
                (2, "col") => {
                    let number = |name| attribute(text, name).and_then(|it| it.trim().parse::<u32>().ok());
                    let width = size(text, "width", PIXELS_A_CHARACTER).unwrap_or(geometry.column);
                    if let (Some(first @ 1..), Some(last @ 1..)) = (number("min"), number("max")) {
                        let width = if hidden() { 0 } else { width };
                        geometry.columns.insert(first - 1, (last - 1, width));
                    }
                }
                (2, "row") => {
                    let height = match hidden() {
                        true => Some(0),
                        false => size(text, "ht", PIXELS_A_POINT),
                    };
                    let row = attribute(text, "r").and_then(|it| it.trim().parse::<u32>().ok()?.checked_sub(1));
                    if let (Some(row), Some(height)) = (row, height) {
                        geometry.rows.insert(row, height);
                    }
                }
                _ => {}
            }
        }
        Ok(geometry)
    }

    fn width(&self, column: u32) -> u32 {
        match self.columns.range(..=column).next_back() {
            Some((_, (last, width))) if *last >= column => *width,
            _ => self.column,
        }
    }

    fn height(&self, row: u32) -> u32 {
        self.rows.get(&row).copied().unwrap_or(self.row)
    }

    /// Returns the frame for a note with this text: to the right of its cell, or to its left where the sheet ends.
    pub fn frame(&self, cell: CellAddress, text: &str) -> Anchor {
        let characters = f64::from(FRAME_WIDTH) / PIXELS_A_CHARACTER;
        let lines = u32::try_from(line_count(text, characters, FONT_SIZE)).unwrap_or(u32::MAX);
        let wanted = lines.saturating_mul(LINE_PIXELS).saturating_add(12).min(HIGHEST_FRAME);
        let left = (cell.column + 1).min(MAX_COLUMNS.saturating_sub(8));
        let top = cell.row.min(MAX_ROWS.saturating_sub(60));
        let (right, right_offset) = reach(left, 15 + FRAME_WIDTH, MAX_COLUMNS, |column| self.width(column));
        let (bottom, bottom_offset) = reach(top, 4 + wanted, MAX_ROWS, |row| self.height(row));
        [left, 15, top, 4, right, right_offset, bottom, bottom_offset]
    }
}

/// Returns the line and the offset in it that lie so many pixels behind the start of a line.
fn reach(from: u32, pixels: u32, end: u32, size: impl Fn(u32) -> u32) -> (u32, u32) {
    let mut left = pixels;
    let mut at = from;
    while at + 1 < end && at - from < MOST_COVERED {
        let size = size(at);
        if left < size {
            return (at, left);
        }
        left -= size;
        at += 1;
    }
    (at, 0)
}

fn size(tag: &str, name: &str, pixels: f64) -> Option<u32> {
    const MOST: f64 = 4_000.0;
    let value: f64 = attribute(tag, name)?.trim().parse().ok()?;
    (0.0..=MOST).contains(&value).then(|| (value * pixels).round() as u32)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_frame_is_as_wide_over_wide_columns_as_over_narrow_ones() {
        let sheet = "<worksheet><cols><col min=\"1\" max=\"3\" width=\"50\"/><col min=\"4\" max=\"4\" hidden=\"1\" width=\"9\"/></cols><sheetData><row r=\"2\" ht=\"45\"/></sheetData></worksheet>";
        let geometry = Geometry::of(sheet).unwrap();
        let [left, _, top, _, right, offset, bottom, _] = geometry.frame(CellAddress::new(1, 0), "一行");
        assert_eq!((left, right, offset), (1, 1, 335));
        assert_eq!((top, bottom), (1, 1));
        let [left, _, _, _, right, offset, _, _] = geometry.frame(CellAddress::new(1, 2), "一行");
        assert_eq!((left, right, offset), (3, 9, 15));
    }
}
