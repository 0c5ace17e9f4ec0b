//! Bits of a stream.

/// Bytes that are handed over at once.
const BUFFER: usize = 256;

/// Bits, the first in the lowest place of a byte.
pub struct BitWriter {
    bytes: Vec<u8>,
    buffer: [u8; BUFFER],
    /// Bytes in the buffer.
    filled: usize,
    waiting: u64,
    count: u32,
}

impl BitWriter {
    /// Returns a writer with room for so many bytes.
    pub fn new(capacity: usize) -> Self {
        Self {
            bytes: Vec::with_capacity(capacity),
            buffer: [0; BUFFER],
            filled: 0,
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
            let whole = (self.waiting as u32).to_le_bytes();
            let free = self.buffer.get_mut(self.filled..);
            if let Some(place) = free.and_then(|free| free.first_chunk_mut()) {
                *place = whole;
            }
            self.filled += whole.len();
            if self.filled == BUFFER {
                self.hand_over();
            }
            self.waiting >>= 32;
            self.count -= 32;
        }
    }

    fn hand_over(&mut self) {
        self.bytes
            .extend_from_slice(self.buffer.get(..self.filled).unwrap_or_default());
        self.filled = 0;
    }

    /// Fills up a byte, and writes whole ones behind it.
    pub fn put_whole(&mut self, bytes: &[u8]) {
        self.hand_over();
        while self.count > 0 {
            self.bytes.push((self.waiting & 0xFF) as u8);
            self.waiting >>= 8;
            self.count = self.count.saturating_sub(8);
        }
        self.bytes.extend_from_slice(bytes);
    }

    /// Fills up the last byte, and returns all.
    pub fn finish(mut self) -> Vec<u8> {
        self.put_whole(&[]);
        self.bytes
    }
}
