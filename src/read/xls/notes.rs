//! Notes: an object with a number, its text, and far below the cell that it belongs to.

use std::collections::BTreeMap;

use super::records::Records;
use super::strings::{Segments, Texts};
use crate::grid::CellAddress;
use crate::read::kit::budget::Budget;
use crate::read::kit::cell_builder::{cut, unread_boxes};
use crate::read::kit::code_page::decoded;
use crate::read::kit::cursor::Cursor;
use crate::read::kit::line_ends::with_line_ends;
use crate::read::kit::losses::Losses;

/// The type of object that a note is.
const NOTE_OBJECT: u16 = 0x19;
/// The types of object that say yes or no: check boxes and option buttons.
const BOX_OBJECTS: [u16; 2] = [0x0B, 0x0C];
/// The block of an object record that says what it is.
const COMMON_BLOCK: u16 = 0x15;

/// The row of a record that continues the note before it, in Excel 5.
const GOES_ON: u16 = 0xFFFF;

/// Notes as their records go by.
#[derive(Default)]
pub(super) struct Notes {
    /// The object whose text comes next.
    object: Option<u16>,
    texts: BTreeMap<u16, String>,
    boxes: usize,
    found: Vec<(CellAddress, String)>,
    /// A note of Excel 5 whose bytes go on in the next record: its cell, how many there will be, and those so far.
    unfinished: Option<(CellAddress, usize, Vec<u8>)>,
}

impl Notes {
    /// OBJ: remembers which note's text comes next.
    pub(super) fn object(&mut self, mut cursor: Cursor) -> Option<()> {
        self.object = None;
        let block = cursor.u16()?;
        cursor.skip(2)?;
        let kind = cursor.u16()?;
        let number = cursor.u16()?;
        self.object = (block == COMMON_BLOCK && kind == NOTE_OBJECT).then_some(number);
        self.boxes += usize::from(block == COMMON_BLOCK && BOX_OBJECTS.contains(&kind));
        Some(())
    }

    /// TXO: the text stands in the CONTINUE record behind it.
    pub(super) fn object_text(&mut self, mut cursor: Cursor, records: &mut Records, limit: usize) -> Option<()> {
        let object = self.object.take()?;
        cursor.skip(10)?;
        let count = usize::from(cursor.u16()?);
        let mut parts = records.continues().into_iter();
        let (width, first) = parts.next()?.split_first()?;
        let mut segments = Segments::new(first, parts.collect());
        let mut text = segments.characters(count, width & 1 != 0)?;
        cut(&mut text, limit);
        self.texts.insert(object, text);
        Some(())
    }

    /// NOTE: the cell, and in Excel 5 and 95 the text itself.
    pub(super) fn note(
        &mut self,
        mut cursor: Cursor,
        texts: Texts,
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
                (cell, self.texts.remove(&cursor.u16()?)?)
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
    pub(super) fn finish(mut self, losses: &mut Losses) -> Vec<(CellAddress, String)> {
        if self.boxes > 0 {
            losses.add(None, || unread_boxes(self.boxes));
        }
        self.found.sort();
        self.found
    }
}
