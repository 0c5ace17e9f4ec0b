//! Where everything of a table stands in its normalized sheet. It knows no content and no look.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use super::columns::Column;
use crate::grid::CellAddress;
use crate::model::FieldPath;

/// The places of one sheet.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Places {
    /// Field path to cell.
    pub by_field: FxHashMap<FieldPath, CellAddress>,
    /// Source cell to cell.
    pub by_cell: FxHashMap<CellAddress, CellAddress>,
    /// Source row to row.
    pub by_row: BTreeMap<u32, u32>,
    /// Rows with a 差异标记 cell: its index among the planned cells.
    pub marks: BTreeMap<u32, usize>,
}

impl Places {
    /// Remembers the place of a field and of the source cell that it came from; the first place of either stays.
    pub fn bind(&mut self, path: FieldPath, source: Option<CellAddress>, place: CellAddress) {
        self.by_field.entry(path).or_insert(place);
        if let Some(source) = source {
            self.by_cell.entry(source).or_insert(place);
            self.by_row.entry(source.row).or_insert(place.row);
        }
    }

    /// Returns the place of a finding: its field, else its source cell, else the row that its source row became.
    /// `None` where nothing of the form came from there.
    pub fn locate(&self, field: Option<&str>, source: CellAddress) -> Option<CellAddress> {
        let known = |path: &str| self.by_field.get(&FieldPath::of_field_or_row(path)?);
        let by_field = field.and_then(|path| {
            let parent = path.rsplit_once('.').map(|(parent, _)| parent);
            known(path).or_else(|| known(parent?))
        });
        by_field.or_else(|| self.by_cell.get(&source)).copied().or_else(|| {
            let row = *self.by_row.get(&source.row)?;
            let column = if self.marks.contains_key(&row) {
                Column::Mark
            } else {
                Column::Block
            };
            Some(CellAddress::new(row, column.index()))
        })
    }
}
