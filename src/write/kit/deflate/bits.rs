//! Bits of a stream.

/// Bits, the first in the lowest place of a byte.
pub struct BitWriter {
    /// The whole bytes so far.
    pub bytes: Vec<u8>,
    waiting: u64,
    count: u32,
}

impl BitWriter {
    pub fn new(capacity: usize) -> Self {
        Self {
            bytes: Vec::with_capacity(capacity),
            waiting: 0,
            count: 0,
        }
    }

    /// Writes up to 32 bits.
    #[inline]
    pub fn put(&mut self, bits: u64, count: u32) {
        self.waiting |= bits << self.count;
        self.count += count;
        if self.count >= 32 {
            self.bytes.extend_from_slice(&(self.waiting as u32).to_le_bytes());
            self.waiting >>= 32;
            self.count -= 32;
        }
    }

    /// Fills up a byte.
    pub fn end(&mut self) {
        while self.count > 0 {
            self.bytes.push((self.waiting & 0xFF) as u8);
            self.waiting >>= 8;
            self.count = self.count.saturating_sub(8);
        }
    }
}
