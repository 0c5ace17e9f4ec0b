//! References to cells and areas in the three binary forms.

use super::Dialect;
use crate::grid::{CellAddress, column_letters};
use crate::read::kit::cursor::Cursor;

/// What a reference is read against.
#[derive(Debug, Clone, Copy)]
pub(super) struct Base {
    /// The cell that offsets of shared formulas count from.
    pub cell: CellAddress,
    pub dialect: Dialect,
}

/// Bytes of a reference.
pub(super) const fn size(dialect: Dialect) -> usize {
    match dialect {
        Dialect::Biff5(_) => 3,
        Dialect::Biff8 => 4,
        Dialect::Biff12 => 6,
    }
}

/// Bytes of an area.
pub(super) const fn area_size(dialect: Dialect) -> usize {
    2 * size(dialect)
}

/// A row or column and whether it moves with the formula.
#[derive(Clone, Copy)]
struct Part {
    position: u32,
    is_relative: bool,
}

impl Part {
    /// Turns an offset into the position it means here; the sheet wraps around.
    fn resolve(self, is_offset: bool, base: u32, count: u32) -> Self {
        if !is_offset || !self.is_relative {
            return self;
        }
        Self {
            position: base.wrapping_add(self.position) % count,
            ..self
        }
    }

    const fn mark(self) -> &'static str {
        if self.is_relative { "" } else { "$" }
    }
}

/// Returns a single cell, e.g. `$B3`.
pub(super) fn reference(cursor: &mut Cursor, base: Base, is_offset: bool) -> Option<String> {
    let (row, column) = match base.dialect {
        Dialect::Biff5(_) => {
            let row = cursor.u16()?;
            biff5(row, cursor.u8()?, row)
        }
        Dialect::Biff8 => {
            let row = cursor.u16()?;
            wide(row.into(), cursor.u16()?)
        }
        Dialect::Biff12 => {
            let row = cursor.u32()?;
            wide(row, cursor.u16()?)
        }
    };
    let (row, column) = resolved(row, column, base, is_offset);
    Some(cell_text(row, column))
}

/// Returns an area, e.g. `A1:$B3`, `A:C` or `1:3`.
pub(super) fn area(cursor: &mut Cursor, base: Base, is_offset: bool) -> Option<String> {
    let corners = match base.dialect {
        Dialect::Biff5(_) => {
            let rows = (cursor.u16()?, cursor.u16()?);
            [biff5(rows.0, cursor.u8()?, rows.0), biff5(rows.1, cursor.u8()?, rows.1)]
        }
        Dialect::Biff8 => {
            let rows = (cursor.u16()?, cursor.u16()?);
            [wide(rows.0.into(), cursor.u16()?), wide(rows.1.into(), cursor.u16()?)]
        }
        Dialect::Biff12 => {
            let rows = (cursor.u32()?, cursor.u32()?);
            [wide(rows.0, cursor.u16()?), wide(rows.1, cursor.u16()?)]
        }
    };
    let [first, last] = corners.map(|(row, column)| resolved(row, column, base, is_offset));
    let (rows, columns) = extent(base.dialect);
    if first.0.position == 0 && last.0.position == rows - 1 {
        return Some(format!("{}:{}", column_text(first.1), column_text(last.1)));
    }
    if first.1.position == 0 && last.1.position == columns - 1 {
        return Some(format!("{}:{}", row_text(first.0), row_text(last.0)));
    }
    Some(format!("{}:{}", cell_text(first.0, first.1), cell_text(last.0, last.1)))
}

/// Returns rows and columns of a sheet.
const fn extent(dialect: Dialect) -> (u32, u32) {
    match dialect {
        Dialect::Biff5(_) => (0x4000, 0x100),
        Dialect::Biff8 => (0x1_0000, 0x100),
        Dialect::Biff12 => (0x10_0000, 0x4000),
    }
}

fn biff5(row: u16, column: u8, flags: u16) -> (Part, Part) {
    (
        Part {
            position: (row & 0x3FFF).into(),
            is_relative: flags & 0x8000 != 0,
        },
        Part {
            position: column.into(),
            is_relative: flags & 0x4000 != 0,
        },
    )
}

fn wide(row: u32, column: u16) -> (Part, Part) {
    (
        Part {
            position: row,
            is_relative: column & 0x8000 != 0,
        },
        Part {
            position: (column & 0x3FFF).into(),
            is_relative: column & 0x4000 != 0,
        },
    )
}

fn resolved(row: Part, column: Part, base: Base, is_offset: bool) -> (Part, Part) {
    let (rows, columns) = extent(base.dialect);
    (
        row.resolve(is_offset, base.cell.row, rows),
        column.resolve(is_offset, base.cell.column, columns),
    )
}

fn cell_text(row: Part, column: Part) -> String {
    format!("{}{}", column_text(column), row_text(row))
}

fn column_text(column: Part) -> String {
    format!("{}{}", column.mark(), column_letters(column.position))
}

fn row_text(row: Part) -> String {
    format!("{}{}", row.mark(), u64::from(row.position) + 1)
}
