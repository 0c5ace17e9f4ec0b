//! Deflating in pieces: each ends at a whole byte, so that pieces made apart follow one another as one stream.

use std::cell::Cell;
use std::io::{self, Read, Seek, SeekFrom, Write};

use crc32fast::Hasher;
use flate2::{Compress, Compression, FlushCompress};

use super::package::Entry;
use crate::disk::{Scratch, scratch};

/// Level of most texts: those above it take a third to a half as long again for a sixteenth of the
/// size.
const LEVEL: u32 = 2;
/// The empty last block of a stream.
const END: [u8; 2] = [3, 0];
/// Bytes of a text that are deflated at once.
pub const PIECE: u64 = 256 * 1024;
/// Bytes of a part in memory before they wait on disk.
const IN_MEMORY: usize = 256 * 1024;

/// A text, deflated.
#[derive(Debug)]
pub struct Piece {
    bytes: Vec<u8>,
    crc: Hasher,
    size: u64,
}

/// Texts up to this length are deflated at the lowest level: working out a code of their own takes longer than the rest.
const SHORT: usize = 4_096;
const SHORT_LEVEL: u32 = 1;

/// Level of parts that are made once for many workbooks.
const KEPT_LEVEL: u32 = 6;

/// A text is looked up in this many bits' worth of what stands before it: half of what is usual takes a thirtieth less
/// time and gives the same size.
const WINDOW_BITS: u8 = 14;

/// How much is done for a small part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effort {
    /// That for what people open.
    Usual,
    /// For what few ever open: a third less time, and a quarter more bytes.
    Least,
}

/// States of the library: one for the lowest level, one for the usual one. They are large, and making one costs as much as
/// deflating a small part.
type States = [Option<Compress>; 2];

thread_local! {
    /// The states of this thread that nobody uses.
    static SPARE: Cell<States> = const { Cell::new([None, None]) };
}

/// Deflates one text after another.
pub struct Deflater(States);

impl Default for Deflater {
    fn default() -> Self {
        Self(SPARE.try_with(Cell::take).unwrap_or_default())
    }
}

impl Drop for Deflater {
    fn drop(&mut self) {
        // A thread that ends keeps none.
        let _ = SPARE.try_with(|spare| spare.set(std::mem::take(&mut self.0)));
    }
}

impl Deflater {
    /// Returns a text as a piece of a stream. The same text gives the same bytes, whatever came before it.
    ///
    /// # Errors
    /// When the library refuses the text.
    pub fn piece(&mut self, text: &[u8]) -> io::Result<Piece> {
        self.deflated(text, Effort::Usual, FlushCompress::Sync)
    }

    /// Returns a text as a whole stream, and how it lies in a package.
    ///
    /// # Errors
    /// When the library refuses the text.
    pub fn part(&mut self, text: &[u8], effort: Effort) -> io::Result<(Entry, Vec<u8>)> {
        Ok(self.deflated(text, effort, FlushCompress::Finish)?.into_part())
    }

    fn deflated(&mut self, text: &[u8], effort: Effort, end: FlushCompress) -> io::Result<Piece> {
        let [short, usual] = &mut self.0;
        let state = if text.len() <= SHORT || effort == Effort::Least {
            state_of(short, SHORT_LEVEL)
        } else {
            state_of(usual, LEVEL)
        };
        deflated(state, text, end)
    }
}

/// As [`Deflater::part`], for a part that is made once for many workbooks and may take its time.
///
/// # Errors
/// When the library refuses the text.
pub fn kept_part(text: &[u8]) -> io::Result<(Entry, Vec<u8>)> {
    let mut state = Compress::new(Compression::new(KEPT_LEVEL), false);
    Ok(deflated(&mut state, text, FlushCompress::Finish)?.into_part())
}

/// Returns pieces as a whole stream, and how it lies in a package.
pub fn joined(pieces: &[&Piece]) -> (Entry, Vec<u8>) {
    let mut bytes = Vec::with_capacity(pieces.iter().map(|piece| piece.bytes.len()).sum::<usize>() + END.len());
    let mut crc = Hasher::new();
    let mut size = 0;
    for piece in pieces {
        bytes.extend_from_slice(&piece.bytes);
        crc.combine(&piece.crc);
        size += piece.size;
    }
    bytes.extend_from_slice(&END);
    Piece { bytes, crc, size }.into_part()
}

fn state_of(state: &mut Option<Compress>, level: u32) -> &mut Compress {
    let made = || Compress::new_with_window_bits(Compression::new(level), false, WINDOW_BITS);
    let state = state.get_or_insert_with(made);
    state.reset();
    state
}

fn deflated(state: &mut Compress, text: &[u8], end: FlushCompress) -> io::Result<Piece> {
    let mut crc = Hasher::new();
    crc.update(text);
    let mut bytes = Vec::with_capacity(text.len() / 4 + 256);
    loop {
        let done = usize::try_from(state.total_in()).unwrap_or(text.len());
        let rest = text.get(done..).unwrap_or_default();
        state.compress_vec(rest, &mut bytes, end).map_err(io::Error::other)?;
        if state.total_in() == text.len() as u64 && bytes.len() < bytes.capacity() {
            break;
        }
        bytes.reserve(bytes.capacity().max(256));
    }
    let size = text.len() as u64;
    Ok(Piece { bytes, crc, size })
}

impl Piece {
    fn into_part(self) -> (Entry, Vec<u8>) {
        let Self { bytes, crc, size } = self;
        let entry = Entry {
            is_deflated: true,
            crc: crc.finalize(),
            packed: bytes.len() as u64,
            size,
        };
        (entry, bytes)
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
            self.push(&deflater.piece(&some)?)?;
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
            .map(|text| Deflater::default().piece(text.as_bytes()).unwrap())
            .collect();
        let mut again = Deflater::default();
        for (text, piece) in texts.iter().zip(&pieces).rev() {
            assert_eq!(again.piece(text.as_bytes()).unwrap().bytes, piece.bytes);
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
