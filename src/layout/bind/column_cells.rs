//! Where the columns of one indicator stand, gathered before they become a place of the table.

use crate::grid::CellAddress;
use crate::model::{FieldMap, IndicatorField};

/// The cells of one row by column.
#[derive(Default)]
pub(super) struct ColumnCells([Option<CellAddress>; IndicatorField::ALL.len()]);

impl ColumnCells {
    /// Sets or takes away a column's cell.
    pub(super) fn put(&mut self, column: IndicatorField, cell: Option<CellAddress>) {
        if let Some(place) = self.0.get_mut(column as usize) {
            *place = cell;
        }
    }

    /// Returns the columns that have a cell, one bit each.
    pub(super) fn columns(&self) -> u16 {
        let bits = self.0.iter().rev();
        bits.fold(0, |columns, cell| columns << 1 | u16::from(cell.is_some()))
    }

    /// Returns the cells as a map; `above` is that of a row with the same columns.
    pub(super) fn into_map(self, above: Option<&FieldMap<IndicatorField>>) -> FieldMap<IndicatorField> {
        let cells = self.0.into_iter();
        let Some(above) = above else {
            let columns = IndicatorField::ALL.into_iter().zip(cells);
            return columns.filter_map(|(column, cell)| Some((column, cell?))).collect();
        };
        let mut map = above.clone();
        for (place, cell) in map.values_mut().zip(cells.flatten()) {
            *place = cell;
        }
        map
    }
}
