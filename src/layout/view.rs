//! A sheet as its filled rows, each a list of slots: the filled cell of a merged region stands for the whole region.
//!
//! Built in one pass; memory follows filled cells and the merged regions that reach filled rows.

use std::ops::Range;

use super::vocabulary::{Meanings, RowWord, Vocabulary};
use crate::grid::{Cell, CellRange, CellValue, OpenRegions, Sheet};
use crate::text::keys::{gives_no_value, push_match_key};
use crate::text::trimmed;

/// A filled cell as it appears in one row.
#[derive(Debug, Clone, Copy)]
pub(super) struct Slot {
    /// Index into `Sheet::cells`.
    pub cell: usize,
    /// The cell's merged region, or itself.
    pub range: CellRange,
    /// The cell stands in an earlier row and its region reaches down to this one.
    pub carried: bool,
}

/// One row with at least one filled cell of its own.
#[derive(Debug, Clone, Copy)]
pub(super) struct RowView<'a> {
    /// Zero-based row.
    pub row: u32,
    /// Slots from left to right.
    pub slots: &'a [Slot],
}

impl<'a> RowView<'a> {
    /// Slots whose cell stands in this very row.
    pub(super) fn own(&self) -> impl DoubleEndedIterator<Item = &'a Slot> + Clone + use<'a> {
        self.slots.iter().filter(|slot| !slot.carried)
    }
}

/// A sheet prepared for recognition.
pub(super) struct SheetView<'a> {
    pub sheet: &'a Sheet,
    pub rows: Vec<RowView<'a>>,
    covered: &'a [(usize, CellRange)],
    labels: Labels,
}

/// The slots of a sheet, row by row.
#[derive(Default)]
pub(super) struct SheetSlots {
    slots: Vec<Slot>,
    /// Each row with filled cells of its own, and one past its last slot.
    rows: Vec<(u32, usize)>,
    /// Filled cells that lie under a merged region of another cell.
    covered: Vec<(usize, CellRange)>,
}

/// What each cell says as a label, found once.
#[derive(Default)]
struct Labels {
    /// The comparable texts of all cells, one behind the other.
    keys: String,
    /// For each cell, where its key ends and what it means.
    cells: Vec<(usize, Meanings)>,
}

impl Labels {
    fn new(cells: &[Cell], vocabulary: &Vocabulary) -> Self {
        let mut labels = Self {
            keys: String::with_capacity(cells.len().saturating_mul(16)),
            cells: Vec::with_capacity(cells.len()),
        };
        // The last cell of each of the first columns: a column often says the same in every row.
        let mut above: [Option<usize>; 32] = [None; 32];
        for (index, cell) in cells.iter().enumerate() {
            let start = labels.keys.len();
            push_match_key(shown_text(cell), &mut labels.keys);
            let key = labels.keys.get(start..).unwrap_or_default();
            let place = usize::try_from(cell.address.column)
                .ok()
                .and_then(|column| above.get_mut(column));
            let known = place.and_then(|place| place.replace(index));
            let same = known
                .filter(|known| labels.key(*known) == key)
                .and_then(|known| labels.cells.get(known));
            let meanings = match same {
                Some((_, meanings)) => *meanings,
                None => vocabulary.meanings(key),
            };
            labels.cells.push((labels.keys.len(), meanings));
        }
        labels
    }

    fn key(&self, cell: usize) -> &str {
        let end_of = |cell: usize| self.cells.get(cell).map(|(end, _)| *end);
        let start = cell.checked_sub(1).and_then(end_of).unwrap_or_default();
        let end = end_of(cell).unwrap_or(start);
        self.keys.get(start..end).unwrap_or_default()
    }
}

/// Carried slots kept beyond what the filled cells account for; more than this only a hostile file has.
const CARRIED_ALLOWANCE: usize = 200_000;

impl SheetSlots {
    pub(super) fn new(sheet: &Sheet) -> Self {
        let cells = sheet.cells();
        // Rows of a usual table; more grow as they are read.
        const ROWS: usize = 64;
        let mut found = Self {
            slots: Vec::with_capacity(cells.len()),
            rows: Vec::with_capacity(ROWS.min(cells.len())),
            ..Self::default()
        };
        let merges = sheet.merges();
        let mut next_merge = 0;
        // Each region with the filled cell of its corner.
        let mut open: OpenRegions<Option<usize>> = OpenRegions::default();
        let mut carried_left = cells.len().saturating_mul(4).saturating_add(CARRIED_ALLOWANCE);
        let mut start = 0;
        while let Some(first) = cells.get(start) {
            let row = first.address.row;
            let length = cells
                .get(start..)
                .unwrap_or_default()
                .partition_point(|cell| cell.address.row == row);
            let end = start + length;
            while let Some(region) = merges.get(next_merge).filter(|region| region.first.row <= row) {
                next_merge += 1;
                if region.last.row >= row {
                    let corner = cells.binary_search_by_key(&region.first, |cell| cell.address).ok();
                    let corner = corner.filter(|index| cells.get(*index).is_some_and(is_filled));
                    open.open(*region, corner);
                }
            }
            open.advance(row);

            let first_slot = found.slots.len();
            for (index, cell) in (start..end).zip(cells.get(start..end).unwrap_or_default()) {
                if !is_filled(cell) {
                    continue;
                }
                let region = open.at(cell.address.column);
                match region {
                    Some(region) if region.first != cell.address => found.covered.push((index, region)),
                    region => {
                        let range = region.unwrap_or(CellRange::single(cell.address));
                        found.slots.push(Slot {
                            cell: index,
                            range,
                            carried: false,
                        });
                    }
                }
            }
            if found.slots.len() > first_slot {
                for (region, corner) in open.iter().take(carried_left) {
                    carried_left -= 1;
                    if let Some(cell) = *corner
                        && region.first.row < row
                    {
                        found.slots.push(Slot {
                            cell,
                            range: *region,
                            carried: true,
                        });
                    }
                }
                let slots = found.slots.get_mut(first_slot..).unwrap_or_default();
                // Cells come from left to right; what reaches down from above was put behind them.
                if slots.last().is_some_and(|slot| slot.carried) {
                    slots.sort_by_key(|slot| slot.range.first.column);
                }
                found.rows.push((row, found.slots.len()));
            }
            start = end;
        }
        found
    }
}

impl<'a> SheetView<'a> {
    pub(super) fn new(sheet: &'a Sheet, slots: &'a SheetSlots, vocabulary: &Vocabulary) -> Self {
        let mut start = 0;
        let mut rows = Vec::with_capacity(slots.rows.len());
        for (row, end) in &slots.rows {
            rows.push(RowView {
                row: *row,
                slots: slots.slots.get(start..*end).unwrap_or_default(),
            });
            start = *end;
        }
        Self {
            sheet,
            rows,
            covered: &slots.covered,
            labels: Labels::new(sheet.cells(), vocabulary),
        }
    }

    /// Returns the row below another, past one that says nothing but a block's name.
    pub(super) fn row_below(&self, row: &RowView<'_>) -> Option<&RowView<'a>> {
        let next = self.rows.partition_point(|other| other.row <= row.row);
        let mut below = self.rows.get(next..)?.iter().take(2);
        below.find(|row| !self.is_block_name(row))
    }

    fn is_block_name(&self, row: &RowView<'_>) -> bool {
        let mut own = row.own();
        own.next().is_some_and(|slot| self.is(slot, RowWord::Block)) && own.next().is_none()
    }

    /// Returns the cell behind a slot.
    pub(super) fn cell(&self, slot: &Slot) -> Option<&'a Cell> {
        self.sheet.cells().get(slot.cell)
    }

    /// Returns what a person sees in the slot, trimmed.
    pub(super) fn text(&self, slot: &Slot) -> &'a str {
        self.cell(slot).map_or("", |cell| trimmed(shown_text(cell)))
    }

    /// Filled cells under a merged region of another cell, from an index in the sheet's list on.
    pub(super) fn covered_from(&self, first: usize) -> &[(usize, CellRange)] {
        let start = self.covered.partition_point(|(index, _)| *index < first);
        self.covered.get(start..).unwrap_or_default()
    }

    /// Returns the cells from one view row up to another, as indices into the sheet's list: whole rows, with what
    /// stands above the first and below the last.
    pub(super) fn cell_span(&self, first: usize, end: usize) -> Range<usize> {
        let cells = self.sheet.cells();
        let row_at = |index: usize| self.rows.get(index).map(|row| row.row);
        let from = if first == 0 {
            0
        } else {
            row_at(first).unwrap_or_default()
        };
        let first = cells.partition_point(|cell| cell.address.row < from);
        let end = match row_at(end) {
            Some(next) => cells.partition_point(|cell| cell.address.row < next),
            None => cells.len(),
        };
        first..end
    }

    /// Returns the cells from one view row up to another.
    pub(super) fn cells_of(&self, first: usize, end: usize) -> &'a [Cell] {
        self.sheet.cells().get(self.cell_span(first, end)).unwrap_or_default()
    }

    /// Returns the text of the sheet's first filled cell.
    pub(super) fn first_text(&self) -> &'a str {
        self.sheet
            .cells()
            .iter()
            .find(|cell| is_filled(cell))
            .map_or("", |cell| trimmed(shown_text(cell)))
    }

    /// Returns the slot's text in comparable form.
    pub(super) fn key(&self, slot: &Slot) -> &str {
        self.labels.key(slot.cell)
    }

    /// Returns what the slot's text means as a header or label.
    pub(super) fn meanings(&self, slot: &Slot) -> Meanings {
        self.labels
            .cells
            .get(slot.cell)
            .map_or_else(Meanings::default, |(_, meanings)| *meanings)
    }

    /// Returns whether the slot's text is a row label of this meaning.
    pub(super) fn is(&self, slot: &Slot, word: RowWord) -> bool {
        self.meanings(slot).is(word)
    }

    /// Returns whether the slot only holds the place of a value that was never filled in.
    pub(super) fn is_placeholder(&self, slot: &Slot) -> bool {
        gives_no_value(self.key(slot))
    }
}

/// Returns what a person sees; where a number format hides the value, the value itself.
pub(super) fn shown_text(cell: &Cell) -> &str {
    match (&cell.shown_otherwise, &cell.value) {
        (Some(shown), CellValue::Text(text)) if trimmed(shown).is_empty() => text,
        _ => cell.shown(),
    }
}

/// Returns whether a cell counts as filled: it shows something or computes something.
pub(super) fn is_filled(cell: &Cell) -> bool {
    !cell.is_blank() || (cell.formula.is_some() && cell.value == CellValue::Blank)
}
