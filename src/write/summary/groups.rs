//! A list's tables in groups, so that the rows of a group are made into one piece.

use std::ops::Range;

use super::list_writer::ROWS_A_PIECE;

/// Tables whose rows are made into one piece.
#[derive(Debug, Clone, Default)]
pub struct Group {
    pub tables: Range<usize>,
    /// Rows before theirs.
    pub first: usize,
}

/// The tables of a list in groups, each of so many rows as a piece has or a little more.
pub struct Groups {
    pub of: Vec<Group>,
    pub rows: usize,
}

impl Groups {
    /// Returns the groups of tables with so many rows each.
    pub fn of(rows_of_tables: impl Iterator<Item = usize>) -> Self {
        let mut groups = Self {
            of: Vec::new(),
            rows: 0,
        };
        let mut open = Group::default();
        for (table, rows) in rows_of_tables.enumerate() {
            groups.rows += rows;
            open.tables.end = table + 1;
            if groups.rows - open.first >= ROWS_A_PIECE {
                let next = Group {
                    tables: table + 1..table + 1,
                    first: groups.rows,
                };
                groups.of.push(std::mem::replace(&mut open, next));
            }
        }
        if groups.rows > open.first {
            groups.of.push(open);
        }
        groups
    }
}
