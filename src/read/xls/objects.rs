//! Objects over a sheet: what each is, and the texts of notes and of boxes.

use std::collections::BTreeMap;

use super::drawings::{Drawn, drawn};
use super::records::Records;
use super::strings::Segments;
use crate::read::kit::cell_builder::{cut, unread_boxes};
use crate::read::kit::cursor::Cursor;
use crate::read::kit::losses::Losses;
use crate::read::kit::text_boxes::{TextBox, keep};

/// The type of object that a note is.
const NOTE_OBJECT: u16 = 0x19;
/// The types of object that say yes or no: check boxes and option buttons.
const BOX_OBJECTS: [u16; 2] = [0x0B, 0x0C];
/// The types of object that hold a text of their own: lines and arrows, rectangles, ovals, text boxes, polygons, and
/// shapes of any other form.
const TEXT_OBJECTS: [u16; 6] = [0x01, 0x02, 0x03, 0x06, 0x09, 0x1E];
/// The block of an object record that says what it is.
const COMMON_BLOCK: u16 = 0x15;

/// The object whose text comes next.
#[derive(Debug, Default, Clone, Copy)]
enum Expected {
    #[default]
    Nothing,
    /// By its number.
    Note(u16),
    Box(Drawn),
}

/// Objects as their records go by.
#[derive(Default)]
pub(super) struct Objects {
    drawn: Drawn,
    expected: Expected,
    notes: BTreeMap<u16, String>,
    boxes: usize,
}

impl Objects {
    /// MSODRAWING: remembers what is said of the next object.
    pub(super) fn drawing(&mut self, data: &[u8]) {
        self.drawn = drawn(data);
    }

    /// OBJ: remembers whose text comes next.
    pub(super) fn object(&mut self, mut cursor: Cursor) -> Option<()> {
        let drawn = std::mem::take(&mut self.drawn);
        self.expected = Expected::Nothing;
        let block = cursor.u16()?;
        cursor.skip(2)?;
        let kind = cursor.u16()?;
        let number = cursor.u16()?;
        if block != COMMON_BLOCK {
            return Some(());
        }
        if kind == NOTE_OBJECT {
            self.expected = Expected::Note(number);
        } else if TEXT_OBJECTS.contains(&kind) {
            self.expected = Expected::Box(drawn);
        }
        self.boxes += usize::from(BOX_OBJECTS.contains(&kind));
        Some(())
    }

    /// TXO: the text stands in the CONTINUE record behind it.
    pub(super) fn text(
        &mut self,
        mut cursor: Cursor,
        records: &mut Records,
        limit: usize,
        boxes: &mut Vec<TextBox>,
    ) -> Option<()> {
        let expected = std::mem::take(&mut self.expected);
        if matches!(expected, Expected::Nothing) {
            return None;
        }
        cursor.skip(10)?;
        let count = usize::from(cursor.u16()?);
        // Behind the lengths of the text and its runs: that of a formula whose cell is shown.
        let shows_a_cell = cursor
            .skip(4)
            .and_then(|()| cursor.u16())
            .is_some_and(|length| length > 0);
        let mut parts = records.continues().into_iter();
        let (width, first) = parts.next()?.split_first()?;
        let mut segments = Segments::new(first, parts.collect());
        let mut text = segments.characters(count, width & 1 != 0)?;
        cut(&mut text, limit);
        match expected {
            Expected::Note(number) => {
                self.notes.insert(number, text);
            }
            Expected::Box(drawn) if !drawn.is_hidden && !shows_a_cell => keep(boxes, &text, drawn.anchor),
            Expected::Box(_) | Expected::Nothing => {}
        }
        Some(())
    }

    /// Takes the text of a note by its object's number.
    pub(super) fn take_note(&mut self, number: u16) -> Option<String> {
        self.notes.remove(&number)
    }

    /// Says what was not read.
    pub(super) fn finish(self, losses: &mut Losses) {
        if self.boxes > 0 {
            losses.add(None, || unread_boxes(self.boxes));
        }
    }
}
