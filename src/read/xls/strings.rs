//! Texts of the format: one byte a character in an encoding (BIFF5), or one or two bytes of UTF-16 (BIFF8), which may
//! change in the middle where a record goes on in the next.

use encoding_rs::Encoding;

use crate::read::kit::code_page::decoded;
use crate::read::kit::cursor::Cursor;
use crate::read::kit::line_ends::with_line_ends;
use crate::read::kit::symbol_font::SymbolFont;
use crate::read::kit::symbol_text::{Run, RunFont, with_runs};

/// How texts of a file are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Texts {
    /// Excel 5 and 95: bytes of this encoding.
    Bytes(&'static Encoding),
    /// Excel 97 and later: UTF-16, whatever code page the file names.
    Wide,
}

/// The fonts of a workbook, as far as they draw signs.
#[derive(Debug, Default)]
pub(super) struct FontTable(pub(super) Vec<Option<SymbolFont>>);

impl FontTable {
    /// Returns the font with an index. There is none with the index 4, and those behind it count on.
    pub(super) fn get(&self, index: u16) -> Option<SymbolFont> {
        let position = match index {
            0..=3 => index,
            _ => index.checked_sub(1).filter(|position| *position > 3)?,
        };
        self.0.get(usize::from(position)).copied().flatten()
    }

    fn run(&self, index: u16) -> RunFont {
        self.get(index).into()
    }
}

/// A cursor over a record and the records that continue it.
pub(super) struct Segments<'a> {
    current: Cursor<'a>,
    following: std::vec::IntoIter<&'a [u8]>,
}

impl<'a> Segments<'a> {
    pub(super) fn new(first: &'a [u8], following: Vec<&'a [u8]>) -> Self {
        Self {
            current: Cursor::new(first),
            following: following.into_iter(),
        }
    }

    /// Moves on to the next segment that holds something; `None` when all are read.
    fn advance(&mut self) -> Option<()> {
        while self.current.is_empty() {
            self.current = Cursor::new(self.following.next()?);
        }
        Some(())
    }

    /// Returns whether nothing is left to read.
    pub(super) fn is_at_end(&mut self) -> bool {
        self.advance().is_none()
    }

    pub(super) fn u8(&mut self) -> Option<u8> {
        self.advance()?;
        self.current.u8()
    }

    pub(super) fn u16(&mut self) -> Option<u16> {
        Some(u16::from_le_bytes([self.u8()?, self.u8()?]))
    }

    pub(super) fn u32(&mut self) -> Option<u32> {
        Some(u32::from(self.u16()?) | (u32::from(self.u16()?) << 16))
    }

    pub(super) fn skip(&mut self, mut count: usize) -> Option<()> {
        while count > 0 {
            self.advance()?;
            let step = count.min(self.current.rest().len());
            self.current.skip(step)?;
            count -= step;
        }
        Some(())
    }

    /// `count` characters in UTF-16 of one or two bytes; each further segment says its own width first.
    pub(super) fn characters(&mut self, count: usize, is_wide: bool) -> Option<String> {
        self.stored_characters(count, is_wide).map(with_line_ends)
    }

    fn stored_characters(&mut self, count: usize, mut is_wide: bool) -> Option<String> {
        let mut units: Vec<u16> = Vec::new();
        let mut left = count;
        while left > 0 {
            if self.current.is_empty() {
                self.advance()?;
                is_wide = self.current.u8()? & 1 != 0;
                continue;
            }
            let width = if is_wide { 2 } else { 1 };
            let here = left.min(self.current.rest().len() / width);
            if here == 0 {
                return None;
            }
            let bytes = self.current.take(here * width)?;
            units.extend(bytes.chunks_exact(width).map(|unit| match *unit {
                [low, high] => u16::from_le_bytes([low, high]),
                [byte] => byte.into(),
                _ => 0,
            }));
            left -= here;
        }
        let characters = char::decode_utf16(units).map(|character| character.unwrap_or(char::REPLACEMENT_CHARACTER));
        Some(characters.collect())
    }

    /// Returns a text with its flags, the fonts of its runs, and phonetic guides, which are left out.
    pub(super) fn rich_text(&mut self, fonts: &FontTable) -> Option<(String, Vec<Run>)> {
        let count = usize::from(self.u16()?);
        let flags = self.u8()?;
        let runs = if flags & 0x08 != 0 { self.u16()? } else { 0 };
        let guides = if flags & 0x04 != 0 { self.u32()? } else { 0 };
        let stored = self.stored_characters(count, flags & 0x01 != 0)?;
        let mut starts = Vec::new();
        for _ in 0..runs {
            starts.push((usize::from(self.u16()?), fonts.run(self.u16()?)));
        }
        self.skip(usize::try_from(guides).ok()?)?;
        Some(with_runs(&stored, &starts, char::len_utf16))
    }
}

impl Texts {
    /// Returns a text whose length is one byte (`is_short`) or two.
    pub(super) fn read(self, cursor: &mut Cursor, is_short: bool) -> Option<String> {
        let count = if is_short { cursor.u8()?.into() } else { cursor.u16()? };
        self.characters(cursor, usize::from(count))
    }

    /// Returns the text of a cell with the fonts of its runs behind it.
    pub(super) fn with_runs(self, cursor: &mut Cursor, fonts: &FontTable) -> Option<(String, Vec<Run>)> {
        let count = usize::from(cursor.u16()?);
        let mut has_single_bytes = false;
        let (stored, is_wide) = match self {
            Self::Bytes(encoding) => {
                let (text, of_bytes) = decoded(cursor.take(count)?, encoding);
                has_single_bytes = of_bytes;
                (text, false)
            }
            Self::Wide => {
                let is_wide = cursor.u8()? & 1 != 0;
                let bytes = cursor.take(if is_wide { count * 2 } else { count })?;
                (
                    Segments::new(bytes, Vec::new()).stored_characters(count, is_wide)?,
                    true,
                )
            }
        };
        // Runs that are cut short lose only looks.
        let mut starts = Vec::new();
        let runs = if is_wide {
            cursor.u16()
        } else {
            cursor.u8().map(u16::from)
        };
        for _ in 0..runs.unwrap_or(0) {
            let (start, font) = if is_wide {
                (cursor.u16(), cursor.u16())
            } else {
                (cursor.u8().map(u16::from), cursor.u8().map(u16::from))
            };
            let (Some(start), Some(font)) = (start, font) else {
                break;
            };
            starts.push((usize::from(start), fonts.run(font)));
        }
        Some(with_runs(&stored, &starts, |character| match self {
            Self::Bytes(_) if has_single_bytes || character.is_ascii() => 1,
            Self::Bytes(_) => 2,
            Self::Wide => character.len_utf16(),
        }))
    }

    /// `count` characters that have their width before them, if the format has it.
    pub(super) fn characters(self, cursor: &mut Cursor, count: usize) -> Option<String> {
        match self {
            Self::Bytes(encoding) => Some(with_line_ends(decoded(cursor.take(count)?, encoding).0)),
            Self::Wide => {
                let is_wide = cursor.u8()? & 1 != 0;
                let bytes = cursor.take(if is_wide { count * 2 } else { count })?;
                Segments::new(bytes, Vec::new()).characters(count, is_wide)
            }
        }
    }
}
