//! The record stream of a binary part: type and length in seven bits a byte, then the bytes.

use std::io::{BufRead, Read as _};

use crate::read::ReadError;
use crate::read::kit::package::{PartError, fault_of_io};
use crate::read::limits::PIECE_BYTES;

/// Record types that the reader asks for ([MS-XLSB] 2.3).
pub(super) mod kind {
    pub(in crate::read::xlsb) const ROW: u16 = 0x0000;
    pub(in crate::read::xlsb) const CELL_BLANK: u16 = 0x0001;
    pub(in crate::read::xlsb) const CELL_RK: u16 = 0x0002;
    pub(in crate::read::xlsb) const CELL_ERROR: u16 = 0x0003;
    pub(in crate::read::xlsb) const CELL_BOOLEAN: u16 = 0x0004;
    pub(in crate::read::xlsb) const CELL_NUMBER: u16 = 0x0005;
    pub(in crate::read::xlsb) const CELL_TEXT: u16 = 0x0006;
    pub(in crate::read::xlsb) const CELL_SHARED_TEXT: u16 = 0x0007;
    pub(in crate::read::xlsb) const FORMULA_TEXT: u16 = 0x0008;
    pub(in crate::read::xlsb) const FORMULA_ERROR: u16 = 0x000B;
    pub(in crate::read::xlsb) const SHORT_BLANK: u16 = 0x000C;
    pub(in crate::read::xlsb) const SHORT_SHARED_TEXT: u16 = 0x0012;
    pub(in crate::read::xlsb) const SHARED_TEXT: u16 = 0x0013;
    pub(in crate::read::xlsb) const NAME: u16 = 0x0027;
    pub(in crate::read::xlsb) const FONT: u16 = 0x002B;
    pub(in crate::read::xlsb) const FORMAT: u16 = 0x002C;
    pub(in crate::read::xlsb) const STYLE: u16 = 0x002F;
    pub(in crate::read::xlsb) const COLUMN: u16 = 0x003C;
    pub(in crate::read::xlsb) const CELL_RICH_TEXT: u16 = 0x003E;
    pub(in crate::read::xlsb) const END_SHEET: u16 = 0x0082;
    pub(in crate::read::xlsb) const END_BOOK: u16 = 0x0084;
    pub(in crate::read::xlsb) const END_SHEET_DATA: u16 = 0x0092;
    pub(in crate::read::xlsb) const WORKBOOK_PROPERTIES: u16 = 0x0099;
    pub(in crate::read::xlsb) const SHEET: u16 = 0x009C;
    pub(in crate::read::xlsb) const MERGE: u16 = 0x00B0;
    pub(in crate::read::xlsb) const BOOK_OUTSIDE: u16 = 0x0163;
    pub(in crate::read::xlsb) const BOOK_SELF: u16 = 0x0165;
    pub(in crate::read::xlsb) const BOOK_SAME: u16 = 0x0166;
    pub(in crate::read::xlsb) const REFERENCES: u16 = 0x016A;
    pub(in crate::read::xlsb) const ARRAY_FORMULA: u16 = 0x01AA;
    pub(in crate::read::xlsb) const SHARED_FORMULA: u16 = 0x01AB;
    pub(in crate::read::xlsb) const SHEET_FORMAT: u16 = 0x01E5;
    pub(in crate::read::xlsb) const BEGIN_STYLES: u16 = 0x0269;
    pub(in crate::read::xlsb) const END_STYLES: u16 = 0x026A;
    pub(in crate::read::xlsb) const BEGIN_COMMENT: u16 = 0x027B;
    pub(in crate::read::xlsb) const COMMENT_TEXT: u16 = 0x027D;
    pub(in crate::read::xlsb) const BOOK_ADDIN: u16 = 0x029B;
}

/// A walk through a part. The bytes of one record are held at a time.
pub(super) struct Records<R> {
    part: R,
    data: Vec<u8>,
}

impl<R: BufRead> Records<R> {
    pub(super) const fn new(part: R) -> Self {
        Self { part, data: Vec::new() }
    }

    /// Returns the next record's type and bytes; `None` at the end of the part. One that is cut off is a broken part.
    pub(super) fn next(&mut self) -> Result<Option<(u16, &[u8])>, PartError> {
        let Some(first) = self.byte()? else {
            return Ok(None);
        };
        let mut kind = u16::from(first);
        if first & 0x80 != 0 {
            let second = self.byte()?.ok_or(PartError::Broken)?;
            kind = u16::from(first & 0x7F) | (u16::from(second & 0x7F) << 7);
        }
        let mut length = 0_u64;
        for position in 0..4 {
            let byte = self.byte()?.ok_or(PartError::Broken)?;
            length |= u64::from(byte & 0x7F) << (7 * position);
            if byte & 0x80 == 0 {
                break;
            }
        }
        self.data.clear();
        // Grows with what is there, not with what the length says.
        let read = (&mut self.part)
            .take(length.min(PIECE_BYTES + 1))
            .read_to_end(&mut self.data)
            .map_err(|error| fault_of_io(&error))?;
        let read = u64::try_from(read).unwrap_or(u64::MAX);
        if read > PIECE_BYTES {
            let limit = ReadError::more_bytes_than("一段内容的大小", PIECE_BYTES);
            return Err(PartError::Limit(limit));
        }
        if read != length {
            return Err(PartError::Broken);
        }
        Ok(Some((kind, &self.data)))
    }

    fn byte(&mut self) -> Result<Option<u8>, PartError> {
        let first = self
            .part
            .fill_buf()
            .map_err(|error| fault_of_io(&error))?
            .first()
            .copied();
        if first.is_some() {
            self.part.consume(1);
        }
        Ok(first)
    }
}
