//! Where on the grid a control or a text box is seen: from its anchor and the sizes of rows and columns, in pixels.
//!
//! A box is drawn at the left edge of its control, half way down. Sizes in a file are not exact: a column's width is
//! in characters of a font that is not known here. So a place only counts as decided when every guess of the font and
//! every part of the drawn box lead to it.

use std::collections::BTreeMap;

use crate::grid::{CellAddress, MAX_COLUMNS, MAX_ROWS};

/// Pixels in a point.
pub(in crate::read) const PIXELS_PER_POINT: f64 = 96.0 / 72.0;
/// Widths of a digit in the usual body fonts.
const DIGIT_WIDTHS: [f64; 2] = [7.0, 8.0];
/// Where the drawn box begins and ends, from the left edge of its control.
const BOX_LEFT: f64 = 3.0;
const BOX_RIGHT: f64 = 13.0;
/// How far the drawn box reaches above and below the middle of its control, less the pixel or two that people are off.
const BOX_HALF_HEIGHT: f64 = 3.0;
/// A box that covers more rows or columns than this is a drawing.
const FARTHEST: u32 = 200;

/// What the places of corners are measured in, from the edge of a corner's cell.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in crate::read) enum Measure {
    /// A place beyond a cell's edge is on its edge.
    Pixels,
    /// A place may lie in a cell further on.
    PixelsOnward,
    /// Parts of the cell's own size.
    OfCell,
}

impl Measure {
    fn pixels(self, place: f64, size: f64) -> f64 {
        match self {
            Self::Pixels => place.min(size),
            Self::PixelsOnward => place,
            Self::OfCell => place.min(1.0) * size,
        }
    }
}

/// The corners of a control or a box.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in crate::read) struct Anchor {
    /// The cell of its upper left corner.
    pub from: CellAddress,
    measure: Measure,
    left: f64,
    top: f64,
    last_column: u32,
    right: f64,
    last_row: u32,
    bottom: f64,
}

impl Anchor {
    /// From the eight numbers of a VML drawing, with offsets in pixels.
    pub(in crate::read) fn of_vml(text: &str) -> Option<Self> {
        let mut numbers = [None; 8];
        let mut parts = text.split(',');
        for number in &mut numbers {
            *number = parts.next()?.trim().parse().ok();
        }
        Self::of(numbers, 1.0)
    }

    /// Returns what sorts controls as a person reads them.
    pub(in crate::read) fn reading_order(&self) -> (CellAddress, f64, f64) {
        (self.from, self.left, self.top)
    }

    /// From the eight numbers `column, place in it, row, place in it` of both corners, places in parts of a pixel.
    pub(in crate::read) fn of(numbers: [Option<i64>; 8], pixels: f64) -> Option<Self> {
        let [column, left, row, top, last_column, right, last_row, bottom] = numbers;
        let position = |number: Option<i64>| u32::try_from(number?).ok();
        let offset = |number: Option<i64>| {
            let number = i32::try_from(number?).ok()?;
            Some(f64::from(number) * pixels)
        };
        Self::between(
            (
                CellAddress::new(position(row)?, position(column)?),
                [offset(left)?, offset(top)?],
            ),
            (
                CellAddress::new(position(last_row)?, position(last_column)?),
                [offset(right)?, offset(bottom)?],
            ),
            Measure::Pixels,
        )
    }

    /// Between two corners: each a cell, with how far right and down of its edges; `None` outside a sheet.
    pub(in crate::read) fn between(
        (from, [left, top]): (CellAddress, [f64; 2]),
        (last, [right, bottom]): (CellAddress, [f64; 2]),
        measure: Measure,
    ) -> Option<Self> {
        let is_inside = |cell: CellAddress| cell.row < MAX_ROWS && cell.column < MAX_COLUMNS;
        let is_number = [left, top, right, bottom].iter().all(|place| place.is_finite());
        (is_inside(from) && is_inside(last) && is_number).then(|| Self {
            from,
            measure,
            left: left.max(0.0),
            top: top.max(0.0),
            last_column: last.column,
            right: right.max(0.0),
            last_row: last.row,
            bottom: bottom.max(0.0),
        })
    }
}

/// Sizes of rows and columns as far as the sheet gives them.
#[derive(Debug, Default)]
pub(in crate::read) struct Geometry {
    /// In characters.
    pub default_width: Option<f64>,
    /// In points.
    pub default_height: Option<f64>,
    /// Whether widths are in points too.
    pub has_true_widths: bool,
    /// First column to last column and width in characters.
    columns: BTreeMap<u32, (u32, f64)>,
    /// First row to last row and height in points.
    rows: BTreeMap<u32, (u32, f64)>,
    hidden_columns: Vec<(u32, u32)>,
    hidden_rows: Vec<(u32, u32)>,
}

impl Geometry {
    /// Notes the width of columns.
    pub(in crate::read) fn add_columns(&mut self, first: u32, last: u32, width: f64) {
        if first <= last && last < MAX_COLUMNS {
            self.columns.insert(first, (last, width));
        }
    }

    /// Notes the height of rows; many rows of one height one after another cost no more than one.
    pub(in crate::read) fn add_rows(&mut self, first: u32, last: u32, height: f64) {
        if first > last || last >= MAX_ROWS {
            return;
        }
        if let Some(mut latest) = self.rows.last_entry()
            && latest.get().0.checked_add(1) == Some(first)
            && latest.get().1.to_bits() == height.to_bits()
        {
            latest.get_mut().0 = last;
            return;
        }
        self.rows.insert(first, (last, height));
    }

    /// Takes rows for hidden, whatever their height; intervals are in order and apart from each other.
    pub(in crate::read) fn hide_rows(&mut self, rows: &[(u32, u32)]) {
        self.hidden_rows = rows.to_vec();
    }

    /// Does the same for columns.
    pub(in crate::read) fn hide_columns(&mut self, columns: &[(u32, u32)]) {
        self.hidden_columns = columns.to_vec();
    }

    /// Returns all cells that the drawn box may be seen in; none when that cannot be told.
    pub(in crate::read) fn cells_of(&self, anchor: &Anchor) -> Vec<CellAddress> {
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
    pub(in crate::read) fn cells_under(&self, anchor: &Anchor) -> Vec<CellAddress> {
        let mut cells = Vec::new();
        for digit in DIGIT_WIDTHS {
            let columns = span(
                (anchor.from.column, anchor.left),
                (anchor.last_column, anchor.right),
                anchor.measure,
                MAX_COLUMNS,
                |column| self.width(column, digit),
            );
            let rows = span(
                (anchor.from.row, anchor.top),
                (anchor.last_row, anchor.bottom),
                anchor.measure,
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
        if is_among(&self.hidden_columns, column) {
            return 0.0;
        }
        let unit = if self.has_true_widths { PIXELS_PER_POINT } else { digit };
        // Without a width, a column holds eight digits and is a multiple of eight pixels wide.
        let usual = || self.default_width.map_or(digit.mul_add(8.0, 8.0), |width| width * unit);
        sized(&self.columns, column).map_or_else(usual, |width| width * unit)
    }

    fn height(&self, row: u32) -> f64 {
        const USUAL_HEIGHT: f64 = 15.0;
        if is_among(&self.hidden_rows, row) {
            return 0.0;
        }
        let points = sized(&self.rows, row).or(self.default_height);
        points.unwrap_or(USUAL_HEIGHT) * PIXELS_PER_POINT
    }

    fn column_of(&self, anchor: &Anchor, right: f64, digit: f64) -> Option<u32> {
        let first = anchor.from.column;
        let offset = anchor.measure.pixels(anchor.left, self.width(first, digit)) + right;
        walk(first, offset, MAX_COLUMNS, |column| self.width(column, digit))
    }

    fn row_of(&self, anchor: &Anchor, half: f64) -> Option<u32> {
        let first = anchor.from.row;
        if anchor.last_row < first || anchor.last_row - first > FARTHEST {
            return None;
        }
        let top = anchor.measure.pixels(anchor.top, self.height(first));
        let above: f64 = (first..anchor.last_row).map(|row| self.height(row)).sum();
        let bottom = above + anchor.measure.pixels(anchor.bottom, self.height(anchor.last_row));
        let middle = f64::midpoint(top, bottom) + half;
        walk(first, middle.max(0.0), MAX_ROWS, |row| self.height(row))
    }
}

/// Returns whether a row or column lies in one of these intervals, which are in order.
fn is_among(intervals: &[(u32, u32)], position: u32) -> bool {
    let before = intervals.partition_point(|(_, last)| *last < position);
    intervals.get(before).is_some_and(|(first, _)| *first <= position)
}

/// Returns the size of a row or column, where it is given.
fn sized(sizes: &BTreeMap<u32, (u32, f64)>, position: u32) -> Option<f64> {
    let (_, (last, size)) = sizes.range(..=position).next_back()?;
    (position <= *last).then_some(*size)
}

/// Returns the rows or columns in which the inner half of a span begins and ends.
fn span(
    (first, start): (u32, f64),
    (last, end): (u32, f64),
    measure: Measure,
    limit: u32,
    size: impl Fn(u32) -> f64,
) -> Option<[u32; 2]> {
    if last < first || last - first > FARTHEST {
        return None;
    }
    let start = measure.pixels(start, size(first));
    let above: f64 = (first..last).map(&size).sum();
    let end = above + measure.pixels(end, size(last));
    if end < start {
        return None;
    }
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
