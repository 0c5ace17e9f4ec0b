//! Numbers in figures, which no heap is asked for.

/// More than the figures of any `u64`, the most places of a decimal, a point and a zero before it.
const MOST: usize = 52;

/// A number without a sign, in figures.
pub(crate) struct Figures {
    bytes: [u8; MOST],
    from: usize,
}

impl Figures {
    /// Returns these digits with so many of them behind the point: `25` with 3 places is `0.025`.
    pub(crate) fn of(mut digits: u64, places: usize) -> Self {
        let mut figures = Self {
            bytes: [b'0'; MOST],
            from: MOST,
        };
        let mut count = 0;
        while digits > 0 || count <= places {
            if count == places && count > 0 {
                figures.put(b'.');
            }
            figures.put(b'0' + (digits % 10) as u8);
            digits /= 10;
            count += 1;
        }
        figures
    }

    fn put(&mut self, byte: u8) {
        self.from = self.from.saturating_sub(1);
        if let Some(place) = self.bytes.get_mut(self.from) {
            *place = byte;
        }
    }

    /// Returns the figures as bytes, which are ASCII.
    pub(crate) fn bytes(&self) -> &[u8] {
        self.bytes.get(self.from..).unwrap_or_default()
    }
}
