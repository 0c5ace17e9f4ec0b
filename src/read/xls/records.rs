//! The record stream: type, length, bytes; long records go on in CONTINUE records.

/// Record types that the reader asks for ([MS-XLS] 2.3.2).
pub(super) mod kind {
    pub(in crate::read::xls) const FORMULA: u16 = 0x0006;
    pub(in crate::read::xls) const EOF: u16 = 0x000A;
    pub(in crate::read::xls) const EXTERNSHEET: u16 = 0x0017;
    pub(in crate::read::xls) const NAME: u16 = 0x0018;
    pub(in crate::read::xls) const NOTE: u16 = 0x001C;
    pub(in crate::read::xls) const DATEMODE: u16 = 0x0022;
    pub(in crate::read::xls) const EXTERNNAME: u16 = 0x0023;
    pub(in crate::read::xls) const FILEPASS: u16 = 0x002F;
    pub(in crate::read::xls) const CONTINUE: u16 = 0x003C;
    pub(in crate::read::xls) const FONT: u16 = 0x0031;
    pub(in crate::read::xls) const CODEPAGE: u16 = 0x0042;
    pub(in crate::read::xls) const DEFCOLWIDTH: u16 = 0x0055;
    pub(in crate::read::xls) const OBJ: u16 = 0x005D;
    pub(in crate::read::xls) const COLINFO: u16 = 0x007D;
    pub(in crate::read::xls) const BOUNDSHEET: u16 = 0x0085;
    pub(in crate::read::xls) const MULRK: u16 = 0x00BD;
    pub(in crate::read::xls) const RSTRING: u16 = 0x00D6;
    pub(in crate::read::xls) const XF: u16 = 0x00E0;
    pub(in crate::read::xls) const MERGEDCELLS: u16 = 0x00E5;
    pub(in crate::read::xls) const MSODRAWING: u16 = 0x00EC;
    pub(in crate::read::xls) const SST: u16 = 0x00FC;
    pub(in crate::read::xls) const LABELSST: u16 = 0x00FD;
    pub(in crate::read::xls) const SUPBOOK: u16 = 0x01AE;
    pub(in crate::read::xls) const TXO: u16 = 0x01B6;
    pub(in crate::read::xls) const DIMENSIONS: u16 = 0x0200;
    pub(in crate::read::xls) const BLANK: u16 = 0x0201;
    pub(in crate::read::xls) const NUMBER: u16 = 0x0203;
    pub(in crate::read::xls) const LABEL: u16 = 0x0204;
    pub(in crate::read::xls) const BOOLERR: u16 = 0x0205;
    pub(in crate::read::xls) const STRING: u16 = 0x0207;
    pub(in crate::read::xls) const ROW: u16 = 0x0208;
    pub(in crate::read::xls) const ARRAY: u16 = 0x0221;
    pub(in crate::read::xls) const DEFAULTROWHEIGHT: u16 = 0x0225;
    pub(in crate::read::xls) const TABLE: u16 = 0x0236;
    pub(in crate::read::xls) const WINDOW2: u16 = 0x023E;
    pub(in crate::read::xls) const RK: u16 = 0x027E;
    pub(in crate::read::xls) const FORMAT: u16 = 0x041E;
    pub(in crate::read::xls) const SHRFMLA: u16 = 0x04BC;
    pub(in crate::read::xls) const BOF: u16 = 0x0809;
}

/// One record with its own bytes.
#[derive(Debug, Clone, Copy)]
pub(super) struct Record<'a> {
    pub kind: u16,
    pub data: &'a [u8],
}

impl Record<'_> {
    /// Returns whether the record is longer than its type can be: it swallowed what stands behind it.
    pub(super) fn is_too_long(&self) -> bool {
        let longest = match self.kind {
            kind::EOF => 0,
            kind::CODEPAGE | kind::DATEMODE | kind::DEFCOLWIDTH => 2,
            kind::DEFAULTROWHEIGHT => 4,
            kind::BLANK => 6,
            kind::BOOLERR => 8,
            kind::RK | kind::LABELSST => 10,
            kind::COLINFO => 12,
            kind::NUMBER | kind::DIMENSIONS => 14,
            kind::ROW | kind::BOF => 16,
            kind::XF => 20,
            _ => return false,
        };
        self.data.len() > longest
    }
}

/// A walk through the stream.
#[derive(Debug, Clone)]
pub(super) struct Records<'a> {
    rest: &'a [u8],
}

impl<'a> Records<'a> {
    /// Starts at an offset; `None` outside the stream.
    pub(super) fn at(stream: &'a [u8], offset: usize) -> Option<Self> {
        stream.get(offset..).map(|rest| Self { rest })
    }

    /// Returns the next record as it stands; `None` at the end of the stream, or where a record is cut off.
    pub(super) fn next(&mut self) -> Option<Record<'a>> {
        let (record, rest) = self.split()?;
        self.rest = rest;
        Some(record)
    }

    /// Returns the bytes of the CONTINUE records that come next, each on its own: a text changes its width between
    /// them.
    pub(super) fn continues(&mut self) -> Vec<&'a [u8]> {
        let mut parts = Vec::new();
        while let Some((record, rest)) = self.split().filter(|(record, _)| record.kind == kind::CONTINUE) {
            parts.push(record.data);
            self.rest = rest;
        }
        parts
    }

    fn split(&self) -> Option<(Record<'a>, &'a [u8])> {
        let (head, rest) = self.rest.split_at_checked(4)?;
        let [k0, k1, l0, l1] = head.try_into().ok()?;
        let length = usize::from(u16::from_le_bytes([l0, l1]));
        let (data, rest) = rest.split_at_checked(length)?;
        let kind = u16::from_le_bytes([k0, k1]);
        Some((Record { kind, data }, rest))
    }
}
