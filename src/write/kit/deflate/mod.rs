//! Deflating in pieces: each ends at a whole byte, so that pieces made apart follow one another as one stream.
//!
//! Parts are small, and there are some fifteen in a workbook. The library (zlib-rs) empties 250 KB of tables for each and
//! works out codes by a heap; what stands in [`matches`], [`codes`] and [`blocks`] takes two thirds of its time at the same
//! size. Faster ones are in C, which the page cannot have, or have no licence that fits.

mod bits;
mod blocks;
mod codes;
mod head;
mod matches;
mod symbols;

use std::cell::Cell;
use std::io::{self, Read, Seek, SeekFrom, Write};

use crc32fast::Hasher;

use self::blocks::{Encoder, Ending};
use super::package::Entry;
use crate::disk::{Scratch, scratch};

/// The empty last block of a stream.
const END: [u8; 2] = [3, 0];
/// Bytes of a text that are deflated at once.
pub const PIECE: u64 = 256 * 1024;
/// Bytes of a part in memory before they wait on disk.
const IN_MEMORY: usize = 256 * 1024;
/// Tokens that a thread keeps room for.
const MOST_KEPT: usize = 256 * 1024;

/// A text, deflated.
#[derive(Debug)]
pub struct Piece {
    bytes: Vec<u8>,
    crc: Hasher,
    size: u64,
}

thread_local! {
    /// The tables of this thread that nobody uses.
    static SPARE: Cell<Option<Encoder>> = const { Cell::new(None) };
}

/// Deflates one text after another.
pub struct Deflater(Option<Encoder>);

impl Default for Deflater {
    fn default() -> Self {
        Self(SPARE.try_with(Cell::take).ok().flatten())
    }
}

impl Drop for Deflater {
    fn drop(&mut self) {
        if let Some(mut encoder) = self.0.take() {
            encoder.keep_at_most(MOST_KEPT);
            // A thread that ends keeps none.
            let _ = SPARE.try_with(|spare| spare.set(Some(encoder)));
        }
    }
}

impl Deflater {
    /// Returns a text as a piece of a stream. The same text gives the same bytes, whatever came before it.
    pub fn piece(&mut self, text: &[u8]) -> Piece {
        self.deflated(text, Ending::WholeByte)
    }

    /// Returns a text as a whole stream, and how it lies in a package.
    pub fn part(&mut self, text: &[u8]) -> (Entry, Vec<u8>) {
        let Piece { bytes, crc, size } = self.deflated(text, Ending::Last);
        let entry = Entry {
            is_deflated: true,
            crc: crc.finalize(),
            packed: bytes.len() as u64,
            size,
        };
        (entry, bytes)
    }

    fn deflated(&mut self, text: &[u8], ending: Ending) -> Piece {
        let mut crc = Hasher::new();
        crc.update(text);
        Piece {
            bytes: self.0.get_or_insert_default().deflate(text, ending),
            crc,
            size: text.len() as u64,
        }
    }
}

/// A part of a package, deflated piece after piece.
#[derive(Debug)]
pub struct DeflatedPart {
    bytes: Scratch,
    packed: u64,
    crc: Hasher,
    size: u64,
}

impl Default for DeflatedPart {
    fn default() -> Self {
        Self {
            bytes: scratch(IN_MEMORY),
            packed: 0,
            crc: Hasher::new(),
            size: 0,
        }
    }
}

impl DeflatedPart {
    /// Puts a piece behind the others.
    ///
    /// # Errors
    /// When the temporary file cannot be written.
    pub fn push(&mut self, piece: &Piece) -> io::Result<()> {
        self.bytes.write_all(&piece.bytes)?;
        self.packed += piece.bytes.len() as u64;
        self.crc.combine(&piece.crc);
        self.size += piece.size;
        Ok(())
    }

    /// Puts a long text behind the pieces, piece after piece.
    ///
    /// # Errors
    /// When the text cannot be read, or the temporary file cannot be written.
    pub fn push_text(&mut self, deflater: &mut Deflater, mut text: impl Read) -> io::Result<()> {
        loop {
            let mut some = Vec::new();
            text.by_ref().take(PIECE).read_to_end(&mut some)?;
            if some.is_empty() {
                return Ok(());
            }
            self.push(&deflater.piece(&some))?;
        }
    }

    /// Returns how this part lies in a package, with a piece before and one behind it.
    pub fn between(&self, first: &Piece, last: &Piece) -> Entry {
        let mut crc = Hasher::new();
        for part in [&first.crc, &self.crc, &last.crc] {
            crc.combine(part);
        }
        Entry {
            is_deflated: true,
            crc: crc.finalize(),
            packed: first.bytes.len() as u64 + self.packed + (last.bytes.len() + END.len()) as u64,
            size: first.size + self.size + last.size,
        }
    }

    /// Returns the stream's bytes, with a piece before and one behind it.
    ///
    /// # Errors
    /// When the temporary file cannot be read.
    pub fn stream<'a>(&'a mut self, first: &'a Piece, last: &'a Piece) -> io::Result<impl Read + 'a> {
        self.bytes.seek(SeekFrom::Start(0))?;
        let (first, last) = (first.bytes.as_slice(), last.bytes.as_slice());
        Ok(first.chain(&mut self.bytes).chain(last).chain(END.as_slice()))
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::indexing_slicing)]
mod tests {
    use super::*;

    #[test]
    fn pieces_made_apart_are_one_stream() {
        let texts: Vec<String> = (0..3)
            .map(|number| format!("<row r=\"{number}\">绩效目标</row>").repeat(5_000 * number))
            .collect();
        let pieces: Vec<Piece> = texts
            .iter()
            .map(|text| Deflater::default().piece(text.as_bytes()))
            .collect();
        let mut again = Deflater::default();
        for (text, piece) in texts.iter().zip(&pieces).rev() {
            assert_eq!(again.piece(text.as_bytes()).bytes, piece.bytes);
        }
        let [first, middle, last] = pieces.as_slice() else {
            unreachable!()
        };
        let mut part = DeflatedPart::default();
        part.push(middle).unwrap();
        let entry = part.between(first, last);
        let mut stream = Vec::new();
        part.stream(first, last).unwrap().read_to_end(&mut stream).unwrap();
        let mut text = String::new();
        flate2::read::DeflateDecoder::new(stream.as_slice())
            .read_to_string(&mut text)
            .unwrap();
        assert!(text == texts.concat());
        assert_eq!((entry.packed, entry.size), (stream.len() as u64, text.len() as u64));
        assert_eq!(entry.crc, {
            let mut crc = flate2::Crc::new();
            crc.update(text.as_bytes());
            crc.sum()
        });
    }
}
