//! Level cells left blank, to which the name above was carried down: said once for each column.

use std::collections::BTreeMap;

use crate::grid::CellAddress;
use crate::model::{IndicatorField, ReadingGuess};

/// Rows of each level column that took the name above.
#[derive(Debug, Default)]
pub(super) struct FilledDown {
    columns: BTreeMap<IndicatorField, (CellAddress, u32)>,
}

impl FilledDown {
    /// Notes one blank level cell.
    pub(super) fn note(&mut self, level: IndicatorField, blank: CellAddress) {
        self.columns.entry(level).or_insert((blank, 0)).1 += 1;
    }

    /// Returns one guess for each column, at its first blank cell.
    pub(super) fn guesses(&self) -> impl Iterator<Item = ReadingGuess> {
        self.columns.iter().map(|(level, (cell, rows))| ReadingGuess {
            cell: *cell,
            message: format!("“{}”一栏有 {rows} 行空着，按上面一行的名称读取", level.title()),
        })
    }
}
