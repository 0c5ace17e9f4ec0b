//! Bytes written once and read back in any order. Small runs stay in memory, long ones in a temporary file.

use std::io::{self, Read, Seek, SeekFrom, Write};
use std::sync::{Mutex, MutexGuard, PoisonError};

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::scratch::{Scratch, scratch};

/// Bytes kept in memory before the file is made.
const IN_MEMORY: usize = 64 * 1024;
/// Bytes that wait to be written at once, and bytes read at once by who reads record after record.
const AT_ONCE: usize = 32 * 1024;

/// Where a record lies.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, serde::Deserialize)]
pub struct Place {
    /// Its first byte.
    pub offset: u64,
    /// Its bytes.
    pub length: u32,
}

/// A store of records.
#[derive(Debug)]
pub struct Store {
    file: Mutex<Scratch>,
    /// Bytes in the file.
    written: u64,
    /// Bytes behind them, which wait to be written.
    tail: Vec<u8>,
}

impl Default for Store {
    fn default() -> Self {
        Self {
            file: Mutex::new(scratch(IN_MEMORY)),
            written: 0,
            tail: Vec::new(),
        }
    }
}

impl Store {
    /// Returns where the next record will begin.
    pub const fn end(&self) -> u64 {
        self.written + self.tail.len() as u64
    }

    /// Writes a record behind the others.
    ///
    /// # Errors
    /// When the temporary file cannot be written, or the record is longer than 4 GiB.
    pub fn write(&mut self, bytes: &[u8]) -> io::Result<Place> {
        if self.tail.len() + bytes.len() > AT_ONCE {
            self.write_tail()?;
        }
        let place = Place {
            offset: self.end(),
            length: u32::try_from(bytes.len()).map_err(|_| io::ErrorKind::FileTooLarge)?,
        };
        self.tail.extend(bytes);
        Ok(place)
    }

    fn write_tail(&mut self) -> io::Result<()> {
        let mut file = self.lock();
        file.seek(SeekFrom::Start(self.written))?;
        file.write_all(&self.tail)?;
        drop(file);
        self.written = self.end();
        self.tail.clear();
        Ok(())
    }

    /// Reads a record's bytes back.
    ///
    /// # Errors
    /// When the temporary file cannot be read.
    pub fn bytes(&self, place: Place) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        self.read_into(place.offset, u64::from(place.length), &mut bytes)?;
        Ok(bytes)
    }

    /// Reads a record back.
    ///
    /// # Errors
    /// When the temporary file cannot be read.
    pub fn read<T: Stored>(&self, place: Place) -> io::Result<T> {
        T::from_record(&self.bytes(place)?)
    }

    /// Returns a reader of records that mostly follow one another.
    pub const fn reader(&self) -> StoreReader<'_> {
        StoreReader {
            store: self,
            from: 0,
            bytes: Vec::new(),
            last_end: 0,
        }
    }

    /// Reads so many bytes in place of what a buffer held.
    fn read_into(&self, offset: u64, length: u64, bytes: &mut Vec<u8>) -> io::Result<()> {
        let in_file = self.written.saturating_sub(offset).min(length);
        bytes.clear();
        bytes.resize(usize::try_from(in_file).map_err(|_| io::ErrorKind::OutOfMemory)?, 0);
        if in_file > 0 {
            let mut file = self.lock();
            file.seek(SeekFrom::Start(offset))?;
            file.read_exact(bytes)?;
        }
        let in_tail =
            |at: u64| usize::try_from(at.saturating_sub(self.written)).map_err(|_| io::ErrorKind::OutOfMemory);
        let tail = self.tail.get(in_tail(offset)?..in_tail(offset + length)?);
        bytes.extend(tail.ok_or(io::ErrorKind::UnexpectedEof)?);
        Ok(())
    }

    fn lock(&self) -> MutexGuard<'_, Scratch> {
        // A panic elsewhere leaves the file as it was: every use seeks first.
        self.file.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Reads records that mostly follow one another, many at once.
#[derive(Debug)]
pub struct StoreReader<'a> {
    store: &'a Store,
    /// Bytes at hand, and where they begin.
    bytes: Vec<u8>,
    from: u64,
    /// Where the last record ended.
    last_end: u64,
}

impl StoreReader<'_> {
    /// Reads a record back.
    ///
    /// # Errors
    /// When the temporary file cannot be read.
    pub fn read<T: Stored>(&mut self, place: Place) -> io::Result<T> {
        T::from_record(self.bytes(place)?)
    }

    /// Reads a record's bytes back.
    ///
    /// # Errors
    /// When the temporary file cannot be read.
    pub fn bytes(&mut self, place: Place) -> io::Result<&[u8]> {
        let end = place.offset + u64::from(place.length);
        if place.offset < self.from || end > self.from + self.bytes.len() as u64 {
            // Of what lies elsewhere nothing else may be wanted.
            let follows = place.offset >= self.last_end && place.offset - self.last_end < AT_ONCE as u64;
            let ahead = if follows { AT_ONCE as u64 } else { 0 };
            let length = ahead.min(self.store.end().saturating_sub(place.offset));
            self.store
                .read_into(place.offset, length.max(u64::from(place.length)), &mut self.bytes)?;
            self.from = place.offset;
        }
        self.last_end = end;
        let at = |offset: u64| usize::try_from(offset - self.from).map_err(|_| io::ErrorKind::OutOfMemory);
        let record = self.bytes.get(at(place.offset)?..at(end)?);
        Ok(record.ok_or(io::ErrorKind::UnexpectedEof)?)
    }
}

/// What can wait on disk. Each type has functions of its own for it, which are compiled once, with the library, and not
/// again wherever records are read.
pub trait Stored: Sized {
    /// Returns the record as bytes.
    ///
    /// # Errors
    /// When a value has no such form.
    fn to_record(&self) -> io::Result<Vec<u8>>;

    /// Returns the record that bytes of [`Stored::to_record`] stand for.
    ///
    /// # Errors
    /// When they stand for none.
    fn from_record(bytes: &[u8]) -> io::Result<Self>;
}

/// Lets values of these types wait on disk.
macro_rules! stored {
    ($($kind:ty),+ $(,)?) => {
        $(impl $crate::disk::Stored for $kind {
            fn to_record(&self) -> std::io::Result<Vec<u8>> {
                $crate::disk::record(self)
            }

            fn from_record(bytes: &[u8]) -> std::io::Result<Self> {
                $crate::disk::of_record(bytes)
            }
        })+
    };
}
pub(crate) use stored;

/// Returns a record as bytes, in a form without names; decimals have to be given as bytes ([`super::exact`]).
///
/// # Errors
/// When a value has no such form.
pub fn record(value: &impl Serialize) -> io::Result<Vec<u8>> {
    /// Most records are no longer.
    const USUAL: usize = 1_024;
    let mut bytes = postcard::to_extend(value, Vec::with_capacity(USUAL)).map_err(io::Error::other)?;
    bytes.shrink_to_fit();
    Ok(bytes)
}

/// Returns what the bytes of a [`record`] stand for.
///
/// # Errors
/// When they stand for nothing of this kind.
pub fn of_record<T: DeserializeOwned>(bytes: &[u8]) -> io::Result<T> {
    postcard::from_bytes(bytes).map_err(io::Error::other)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn record(number: usize) -> Vec<u8> {
        format!("{number:06}").repeat(number % 700).into_bytes()
    }

    #[test]
    fn records_are_read_back_whether_they_were_written_or_wait() {
        const RECORDS: usize = 3_000;
        let mut store = Store::default();
        let mut places = Vec::new();
        for number in 0..RECORDS {
            places.push(store.write(&record(number)).unwrap());
            // Reading between writes moves nothing.
            let before = number / 2;
            assert_eq!(store.bytes(*places.get(before).unwrap()).unwrap(), record(before));
        }
        assert!(store.written > 4 * IN_MEMORY as u64 && !store.tail.is_empty());
        assert_eq!(
            store.end(),
            (0..RECORDS).map(|number| record(number).len() as u64).sum::<u64>()
        );
        let orders = [
            (0..RECORDS).collect::<Vec<_>>(),
            (0..RECORDS).rev().collect(),
            (0..RECORDS).step_by(3).collect(),
            (0..RECORDS).map(|number| number * 1_009 % RECORDS).collect(),
        ];
        for order in orders {
            let mut reader = store.reader();
            for number in order {
                assert_eq!(reader.bytes(*places.get(number).unwrap()).unwrap(), record(number));
            }
        }
    }

    #[test]
    fn what_was_never_written_is_not_read() {
        let mut store = Store::default();
        store.write(b"abc").unwrap();
        let beyond = Place { offset: 1, length: 3 };
        assert!(store.bytes(beyond).is_err() && store.reader().bytes(beyond).is_err());
    }
}
