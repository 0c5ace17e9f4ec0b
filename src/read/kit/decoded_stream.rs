//! A part's bytes as UTF-8, whatever their encoding, with no piece of it longer than it may be.
//!
//! Bytes that are no text become `�`, so that one of them does not lose the part.

use std::io::{self, BufRead, Read};

use encoding_rs::{CoderResult, Decoder, Encoding};

use crate::read::ReadError;
use crate::read::limits::PIECE_BYTES;

/// Text that is decoded as it is asked for.
pub(in crate::read) struct DecodedStream<R> {
    inner: R,
    decoder: Decoder,
    buffer: Vec<u8>,
    /// The part of the buffer that is still to be given.
    ready: std::ops::Range<usize>,
    is_done: bool,
    has_replaced: bool,
    piece: u64,
}

impl<R: BufRead> DecodedStream<R> {
    pub(in crate::read) fn new(inner: R, encoding: &'static Encoding) -> Self {
        Self {
            inner,
            decoder: encoding.new_decoder_with_bom_removal(),
            buffer: vec![0; 32 * 1024],
            ready: 0..0,
            is_done: false,
            has_replaced: false,
            piece: 0,
        }
    }

    /// Says that what comes next is another piece.
    pub(in crate::read) const fn begin_piece(&mut self) {
        self.piece = 0;
    }

    /// Returns whether bytes were met that are no text in the encoding.
    pub(in crate::read) const fn has_replaced(&self) -> bool {
        self.has_replaced
    }
}

impl<R: BufRead> BufRead for DecodedStream<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.piece > PIECE_BYTES {
            let limit = ReadError::more_bytes_than("一段内容的大小", PIECE_BYTES);
            return Err(io::Error::other(limit));
        }
        while self.ready.is_empty() && !self.is_done {
            let input = self.inner.fill_buf()?;
            let is_last = input.is_empty();
            let (result, read, written, replaced) = self.decoder.decode_to_utf8(input, &mut self.buffer, is_last);
            self.inner.consume(read);
            self.ready = 0..written;
            self.has_replaced |= replaced;
            self.is_done = is_last && result == CoderResult::InputEmpty;
        }
        Ok(self.buffer.get(self.ready.clone()).unwrap_or_default())
    }

    fn consume(&mut self, count: usize) {
        self.ready.start = self.ready.start.saturating_add(count).min(self.ready.end);
        self.piece = self.piece.saturating_add(u64::try_from(count).unwrap_or(u64::MAX));
    }
}

impl<R: BufRead> Read for DecodedStream<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let count = self.fill_buf()?.read(out)?;
        self.consume(count);
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use encoding_rs::{GB18030, UTF_8, UTF_16LE};

    use super::*;

    fn text(bytes: &[u8], encoding: &'static Encoding) -> (String, bool) {
        // One byte at a time, so that characters are met in halves.
        let mut decoded = DecodedStream::new(io::BufReader::with_capacity(1, bytes), encoding);
        let mut text = String::new();
        decoded.read_to_string(&mut text).unwrap();
        (text, decoded.has_replaced())
    }

    #[test]
    fn any_encoding_becomes_utf8() {
        assert_eq!(text("\u{feff}绩效a".as_bytes(), UTF_8), ("绩效a".to_owned(), false));
        assert_eq!(text(&GB18030.encode("绩效a").0, GB18030), ("绩效a".to_owned(), false));
        assert_eq!(text(b"\xFF\xFEa\0\xE9\x7E", UTF_16LE), ("a绩".to_owned(), false));
        assert_eq!(text(b"a\xFFb\xE7", UTF_8), ("a�b�".to_owned(), true));
        assert_eq!(text(b"", UTF_8), (String::new(), false));
    }

    #[test]
    fn a_piece_without_end_is_stopped() {
        let endless = io::BufReader::new(io::repeat(b'a'));
        let mut decoded = DecodedStream::new(endless, UTF_8);
        let error = io::copy(&mut decoded, &mut io::sink()).unwrap_err();
        assert!(error.to_string().contains("一段内容"), "{error}");
        decoded.begin_piece();
        assert!(decoded.fill_buf().is_ok());
    }
}
