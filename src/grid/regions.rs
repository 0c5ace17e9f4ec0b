//! Merged regions that reach the row at hand, for a walk from top to bottom.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};

use super::CellRange;

/// Regions without overlaps that reach the current row, by first column, each with what its finder attached.
///
/// Every operation costs the logarithm of the open regions, so that a walk is linear in regions and rows.
#[derive(Debug, Clone)]
pub(crate) struct OpenRegions<T> {
    by_column: BTreeMap<u32, (CellRange, T)>,
    closing: BinaryHeap<Reverse<(u32, u32)>>,
}

impl<T> Default for OpenRegions<T> {
    fn default() -> Self {
        Self {
            by_column: BTreeMap::new(),
            closing: BinaryHeap::new(),
        }
    }
}

impl<T> OpenRegions<T> {
    /// Closes the regions that end above `row`. Rows must come in ascending order.
    pub(crate) fn advance(&mut self, row: u32) {
        while let Some(Reverse((last_row, column))) = self.closing.peek().copied() {
            if last_row >= row {
                break;
            }
            self.closing.pop();
            self.by_column.remove(&column);
        }
    }

    /// Opens a region unless it overlaps an open one; says whether it was opened.
    pub(crate) fn open(&mut self, region: CellRange, attached: T) -> bool {
        self.advance(region.first.row);
        let left_neighbour = self.by_column.range(..=region.last.column).next_back();
        if left_neighbour.is_some_and(|(_, (open, _))| open.last.column >= region.first.column) {
            return false;
        }
        self.by_column.insert(region.first.column, (region, attached));
        self.closing.push(Reverse((region.last.row, region.first.column)));
        true
    }

    /// Returns the open region that holds a column.
    pub(crate) fn at(&self, column: u32) -> Option<CellRange> {
        let (_, (region, _)) = self.by_column.range(..=column).next_back()?;
        (region.last.column >= column).then_some(*region)
    }

    /// Returns the open regions from left to right.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &(CellRange, T)> {
        self.by_column.values()
    }
}
