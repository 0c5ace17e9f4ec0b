//! Where on the grid a control is seen: from its anchor and the sizes of rows and columns, in pixels.
//!
//! A box is drawn at the left edge of its control, half way down. Sizes in a file are not exact: a column's width is
//! in characters of a font that is not known here. So a place only counts as decided when every guess of the font and
//! every part of the drawn box lead to it.

use std::collections::BTreeMap;

use crate::grid::{CellAddress, MAX_COLUMNS, MAX_ROWS};
use crate::read::kit::package::PartError;
use crate::read::kit::xml::Xml;

/// English metric units in a pixel.
const EMU_PER_PIXEL: f64 = 9525.0;
/// Pixels in a point.
const PIXELS_PER_POINT: f64 = 96.0 / 72.0;
/// Widths of a digit in the usual body fonts.
const DIGIT_WIDTHS: [f64; 2] = [7.0, 8.0];
/// Where the drawn box begins and ends, from the left edge of its control.
const BOX_LEFT: f64 = 3.0;
const BOX_RIGHT: f64 = 13.0;
/// How far the drawn box reaches above and below the middle of its control, less the pixel or two that people are off.
const BOX_HALF_HEIGHT: f64 = 3.0;
/// A box that covers more rows or columns than this is a drawing.
const FARTHEST: u32 = 200;

/// An element of an anchor.
#[derive(Debug, Clone, Copy)]
pub(super) enum AnchorPart {
    /// A corner begins: the index of its first number.
    Corner(usize),
    /// A number, by its place in the corner.
    Number(usize),
}

impl AnchorPart {
    /// Returns what an element of this name is.
    pub(super) fn named(name: &str) -> Option<Self> {
        Some(match name {
            "from" => Self::Corner(0),
            "to" => Self::Corner(4),
            "col" => Self::Number(0),
            "colOff" => Self::Number(1),
            "row" => Self::Number(2),
            "rowOff" => Self::Number(3),
            _ => return None,
        })
    }
}

/// The corners of an anchor as its elements come: `col, colOff, row, rowOff` of both.
#[derive(Debug, Default)]
pub(super) struct Corners {
    numbers: [Option<i64>; 8],
    corner: usize,
}

impl Corners {
    /// Takes an element that has just begun; of a number, what stands in it.
    pub(super) fn take(&mut self, part: AnchorPart, xml: &mut Xml) -> Result<(), PartError> {
        match part {
            AnchorPart::Corner(first) => self.corner = first,
            AnchorPart::Number(place) => {
                let mut text = String::new();
                xml.text_into(&mut text)?;
                if let Some(number) = self.numbers.get_mut(self.corner + place) {
                    *number = text.trim().parse().ok();
                }
            }
        }
        Ok(())
    }

    /// Returns the anchor; offsets are in English metric units.
    pub(super) fn anchor(self) -> Option<Anchor> {
        Anchor::of(self.numbers, 1.0 / EMU_PER_PIXEL)
    }
}

/// The corners of a control.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Anchor {
    /// The cell of its upper left corner.
    pub from: CellAddress,
    left: f64,
    top: f64,
    last_column: u32,
    right: f64,
    last_row: u32,
    bottom: f64,
}

impl Anchor {
    /// From the eight numbers of a VML drawing, with offsets in pixels.
    pub(super) fn of_vml(text: &str) -> Option<Self> {
        let mut numbers = [None; 8];
        let mut parts = text.split(',');
        for number in &mut numbers {
            *number = parts.next()?.trim().parse().ok();
        }
        Self::of(numbers, 1.0)
    }

    /// Returns what sorts controls as a person reads them.
    pub(super) fn reading_order(&self) -> (CellAddress, f64, f64) {
        (self.from, self.left, self.top)
    }

    fn of(numbers: [Option<i64>; 8], pixels: f64) -> Option<Self> {
        let [column, left, row, top, last_column, right, last_row, bottom] = numbers;
        let position = |number: Option<i64>, limit| u32::try_from(number?).ok().filter(|position| *position < limit);
        let offset = |number: Option<i64>| {
            let number = i32::try_from(number?).ok()?;
            Some(f64::from(number).max(0.0) * pixels)
        };
        Some(Self {
            from: CellAddress::new(position(row, MAX_ROWS)?, position(column, MAX_COLUMNS)?),
            left: offset(left)?,
            top: offset(top)?,
            last_column: position(last_column, MAX_COLUMNS)?,
            right: offset(right)?,
            last_row: position(last_row, MAX_ROWS)?,
            bottom: offset(bottom)?,
        })
    }
}

/// Sizes of rows and columns as far as the sheet gives them.
#[derive(Debug, Default)]
pub(super) struct Geometry {
    /// In characters.
    pub default_width: Option<f64>,
    /// In points.
    pub default_height: Option<f64>,
    /// First column to last column and width in characters.
    columns: BTreeMap<u32, (u32, f64)>,
    /// Row to height in points.
    rows: BTreeMap<u32, f64>,
}

impl Geometry {
    /// Notes a width of one-based columns.
    pub(super) fn add_columns(&mut self, first: u32, last: u32, width: f64) {
        if let Some(first) = first.checked_sub(1)
            && first < last
            && last <= MAX_COLUMNS
        {
            self.columns.insert(first, (last - 1, width));
        }
    }

    /// Notes the height of a one-based row.
    pub(super) fn add_row(&mut self, row: u32, height: f64) {
        if let Some(row) = row.checked_sub(1)
            && row < MAX_ROWS
        {
            self.rows.insert(row, height);
        }
    }

    /// Returns all cells that the drawn box may be seen in; none when that cannot be told.
    pub(super) fn cells_of(&self, anchor: &Anchor) -> Vec<CellAddress> {
        let mut cells = Vec::new();
        for half in [-BOX_HALF_HEIGHT, BOX_HALF_HEIGHT] {
            for digit in DIGIT_WIDTHS {
                for right in [BOX_LEFT, BOX_RIGHT] {
                    let (Some(row), Some(column)) = (self.row_of(anchor, half), self.column_of(anchor, right, digit))
                    else {
                        return Vec::new();
                    };
                    cells.push(CellAddress::new(row, column));
                }
            }
        }
        cells.sort_unstable();
        cells.dedup();
        cells
    }

    /// Returns the cells that the inner half of what is drawn lies on, for every guess of the font; none when that
    /// cannot be told.
    pub(super) fn cells_under(&self, anchor: &Anchor) -> Vec<CellAddress> {
        let mut cells = Vec::new();
        for digit in DIGIT_WIDTHS {
            let columns = span(
                (anchor.from.column, anchor.left),
                (anchor.last_column, anchor.right),
                MAX_COLUMNS,
                |column| self.width(column, digit),
            );
            let rows = span(
                (anchor.from.row, anchor.top),
                (anchor.last_row, anchor.bottom),
                MAX_ROWS,
                |row| self.height(row),
            );
            let (Some(columns), Some(rows)) = (columns, rows) else {
                return Vec::new();
            };
            for row in rows {
                cells.extend(columns.map(|column| CellAddress::new(row, column)));
            }
        }
        cells.sort_unstable();
        cells.dedup();
        cells
    }

    fn width(&self, column: u32, digit: f64) -> f64 {
        // Without a width, a column holds eight digits and is a multiple of eight pixels wide.
        let usual = || {
            self.default_width
                .map_or(digit.mul_add(8.0, 8.0), |width| width * digit)
        };
        match self.columns.range(..=column).next_back() {
            Some((_, (last, width))) if column <= *last => width * digit,
            _ => usual(),
        }
    }

    fn height(&self, row: u32) -> f64 {
        const USUAL_HEIGHT: f64 = 15.0;
        let points = self.rows.get(&row).copied().or(self.default_height);
        points.unwrap_or(USUAL_HEIGHT) * PIXELS_PER_POINT
    }

    fn column_of(&self, anchor: &Anchor, right: f64, digit: f64) -> Option<u32> {
        let first = anchor.from.column;
        // A place beyond a column's edge is on its edge.
        let offset = anchor.left.min(self.width(first, digit)) + right;
        walk(first, offset, MAX_COLUMNS, |column| self.width(column, digit))
    }

    fn row_of(&self, anchor: &Anchor, half: f64) -> Option<u32> {
        let first = anchor.from.row;
        if anchor.last_row < first || anchor.last_row - first > FARTHEST {
            return None;
        }
        let top = anchor.top.min(self.height(first));
        let above: f64 = (first..anchor.last_row).map(|row| self.height(row)).sum();
        let bottom = above + anchor.bottom.min(self.height(anchor.last_row));
        let middle = f64::midpoint(top, bottom) + half;
        walk(first, middle.max(0.0), MAX_ROWS, |row| self.height(row))
    }
}

/// Returns the rows or columns in which the inner half of a span begins and ends.
fn span(
    (first, start): (u32, f64),
    (last, end): (u32, f64),
    limit: u32,
    size: impl Fn(u32) -> f64,
) -> Option<[u32; 2]> {
    if last < first || last - first > FARTHEST {
        return None;
    }
    let start = start.min(size(first));
    let above: f64 = (first..last).map(&size).sum();
    let end = above + end.min(size(last));
    let at = |part: f64| walk(first, (end - start).mul_add(part, start).max(0.0), limit, &size);
    Some([at(0.25)?, at(0.75)?])
}

/// Returns the row or column at a distance from the start of the first.
fn walk(first: u32, distance: f64, limit: u32, size: impl Fn(u32) -> f64) -> Option<u32> {
    let mut left = distance;
    for position in first..first.saturating_add(FARTHEST).min(limit) {
        let size = size(position);
        // A size that is no number decides nothing.
        if !size.is_finite() || size < 0.0 {
            return None;
        }
        if left < size {
            return Some(position);
        }
        left -= size;
    }
    None
}
