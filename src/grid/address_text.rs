//! Addresses as texts.

use super::address::CellAddress;
use crate::text::sentence::Say;

/// An address on a sheet of its own as a text: at most `FXSHRXX1048576`, which no heap is asked for.
pub(super) struct Written {
    bytes: [u8; 14],
    from: usize,
}

impl Written {
    pub(super) fn of(address: CellAddress) -> Self {
        let mut written = Self {
            bytes: [0; 14],
            from: 14,
        };
        let mut row = u64::from(address.row) + 1;
        while row > 0 {
            written.put(b'0' + (row % 10) as u8);
            row /= 10;
        }
        let mut column = u64::from(address.column) + 1;
        while column > 0 {
            written.put(b'A' + ((column - 1) % 26) as u8);
            column = (column - 1) / 26;
        }
        written
    }

    fn put(&mut self, byte: u8) {
        self.from = self.from.saturating_sub(1);
        if let Some(place) = self.bytes.get_mut(self.from) {
            *place = byte;
        }
    }

    pub(super) fn text(&self) -> &str {
        let bytes = self.bytes.get(self.from..).unwrap_or_default();
        std::str::from_utf8(bytes).unwrap_or_default()
    }
}

impl Say for CellAddress {
    fn say(&self, text: &mut String) {
        if self.part() == 0 {
            text.push_str(Written::of(*self).text());
        } else {
            text.push_str(&self.to_string());
        }
    }
}
