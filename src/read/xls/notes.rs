//! Notes: an object with a number and a text, and far below the cell that it belongs to.

use super::objects::Objects;
use super::strings::Texts;
use crate::grid::CellAddress;
use crate::read::kit::budget::Budget;
use crate::read::kit::cell_builder::cut;
use crate::read::kit::code_page::decoded;
use crate::read::kit::cursor::Cursor;
use crate::read::kit::line_ends::with_line_ends;
use crate::read::kit::losses::Losses;

/// The row of a record that continues the note before it, in Excel 5.
const GOES_ON: u16 = 0xFFFF;

/// Notes as their records go by.
#[derive(Default)]
pub(super) struct Notes {
    found: Vec<(CellAddress, String)>,
    /// A note of Excel 5 whose bytes go on in the next record: its cell, how many there will be, and those so far.
    unfinished: Option<(CellAddress, usize, Vec<u8>)>,
}

impl Notes {
    /// NOTE: the cell, and in Excel 5 and 95 the text itself.
    pub(super) fn note(
        &mut self,
        mut cursor: Cursor,
        texts: Texts,
        objects: &mut Objects,
        budget: &mut Budget,
        losses: &mut Losses,
    ) -> Option<()> {
        let row = cursor.u16()?;
        let cell = CellAddress::new(row.into(), cursor.u16()?.into());
        let (cell, mut text) = match texts {
            Texts::Bytes(encoding) => {
                let (cell, bytes) = self.pieces(row, cell, cursor)?;
                let text = with_line_ends(decoded(&bytes, encoding).0);
                (cell, text)
            }
            Texts::Wide => {
                cursor.skip(2)?;
                (cell, objects.take_note(cursor.u16()?)?)
            }
        };
        cut(&mut text, budget.limits.text_length);
        if budget.take_note(text.len()) {
            self.found.push((cell, text));
        } else {
            losses.add(Some(cell), || "批注过多，这一条没有读".to_owned());
        }
        Some(())
    }

    /// Puts the bytes of a note together; `None` until all are there.
    fn pieces(&mut self, row: u16, cell: CellAddress, mut cursor: Cursor) -> Option<(CellAddress, Vec<u8>)> {
        let count = usize::from(cursor.u16()?);
        let (cell, wanted, mut bytes) = if row == GOES_ON {
            self.unfinished.take()?
        } else {
            (cell, count, Vec::new())
        };
        let here = cursor.rest().len().min(count).min(wanted.saturating_sub(bytes.len()));
        bytes.extend(cursor.take(here)?);
        if bytes.len() < wanted {
            self.unfinished = Some((cell, wanted, bytes));
            return None;
        }
        Some((cell, bytes))
    }

    /// Returns the notes by cell.
    pub(super) fn finish(mut self) -> Vec<(CellAddress, String)> {
        self.found.sort();
        self.found
    }
}
