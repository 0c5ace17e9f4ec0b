//! Records in a row in a store, each with its length before it.

use std::io;

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::store::{Place, Store};

/// Bytes written at once.
const PIECE: usize = 16 * 1024;
/// Bytes read at once: fewer, since many runs are read side by side.
const READ: usize = 8 * 1024;

/// Writes records with their lengths before them, many at once.
#[derive(Default)]
pub(super) struct Writer {
    bytes: Vec<u8>,
}

impl Writer {
    pub fn push(&mut self, store: &mut Store, record: &impl Serialize) -> io::Result<()> {
        const LENGTH: usize = size_of::<u32>();
        let start = self.bytes.len();
        let mut bytes = std::mem::take(&mut self.bytes);
        bytes.extend([0; LENGTH]);
        self.bytes = postcard::to_extend(record, bytes).map_err(io::Error::other)?;
        let length = self.bytes.len() - start - LENGTH;
        let length = u32::try_from(length).map_err(|_| io::ErrorKind::FileTooLarge)?;
        if let Some(place) = self.bytes.get_mut(start..start + LENGTH) {
            place.copy_from_slice(&length.to_le_bytes());
        }
        if self.bytes.len() >= PIECE {
            self.flush(store)?;
        }
        Ok(())
    }

    pub fn flush(&mut self, store: &mut Store) -> io::Result<()> {
        store.write(&self.bytes)?;
        self.bytes.clear();
        Ok(())
    }
}

/// Reads records back, a piece at a time.
#[derive(Debug)]
pub(super) struct Reader<'a> {
    store: &'a Store,
    piece: Vec<u8>,
    /// How much of the piece has been given out.
    given: usize,
    /// Where the piece ends in the store, and where the records do.
    read: u64,
    end: u64,
}

impl<'a> Reader<'a> {
    pub const fn new(store: &'a Store, start: u64, end: u64) -> Self {
        Self {
            store,
            piece: Vec::new(),
            given: 0,
            read: start,
            end,
        }
    }

    pub const fn position(&self) -> u64 {
        self.read - (self.piece.len() - self.given) as u64
    }

    pub fn next<T: DeserializeOwned>(&mut self) -> io::Result<Option<T>> {
        if self.position() >= self.end {
            return Ok(None);
        }
        let length = self.take(size_of::<u32>())?;
        let length: [u8; 4] = length.try_into().map_err(|_| io::ErrorKind::UnexpectedEof)?;
        let length = usize::try_from(u32::from_le_bytes(length)).map_err(|_| io::ErrorKind::OutOfMemory)?;
        postcard::from_bytes(self.take(length)?)
            .map(Some)
            .map_err(io::Error::other)
    }

    fn take(&mut self, length: usize) -> io::Result<&[u8]> {
        if self.piece.len() - self.given < length {
            self.piece.drain(..self.given);
            self.given = 0;
            let missing = (length - self.piece.len()).max(READ) as u64;
            let place = Place {
                offset: self.read,
                length: u32::try_from(missing.min(self.end - self.read)).map_err(|_| io::ErrorKind::FileTooLarge)?,
            };
            let bytes = self.store.bytes(place)?;
            self.piece.reserve_exact(bytes.len());
            self.piece.extend(bytes);
            self.read += u64::from(place.length);
        }
        let taken = self.piece.get(self.given..self.given + length);
        self.given += length;
        taken.ok_or_else(|| io::ErrorKind::UnexpectedEof.into())
    }
}
