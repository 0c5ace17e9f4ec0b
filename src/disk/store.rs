//! Bytes written once and read back in any order. Small runs stay in memory, long ones in a temporary file.

use std::io::{self, Read, Seek, SeekFrom, Write};
use std::sync::{Mutex, MutexGuard, PoisonError};

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::scratch::{Scratch, scratch};

/// Bytes kept in memory before the file is made.
const IN_MEMORY: usize = 64 * 1024;

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
    end: u64,
}

impl Default for Store {
    fn default() -> Self {
        Self {
            file: Mutex::new(scratch(IN_MEMORY)),
            end: 0,
        }
    }
}

impl Store {
    /// Returns where the next record will begin.
    pub const fn end(&self) -> u64 {
        self.end
    }

    /// Writes a record behind the others.
    ///
    /// # Errors
    /// When the temporary file cannot be written, or the record is longer than 4 GiB.
    pub fn write(&mut self, bytes: &[u8]) -> io::Result<Place> {
        let place = Place {
            offset: self.end,
            length: u32::try_from(bytes.len()).map_err(|_| io::ErrorKind::FileTooLarge)?,
        };
        let mut file = self.lock();
        file.seek(SeekFrom::Start(place.offset))?;
        file.write_all(bytes)?;
        drop(file);
        self.end += u64::from(place.length);
        Ok(place)
    }

    /// Reads a record's bytes back.
    ///
    /// # Errors
    /// When the temporary file cannot be read.
    pub fn bytes(&self, place: Place) -> io::Result<Vec<u8>> {
        let mut bytes = vec![0; usize::try_from(place.length).map_err(|_| io::ErrorKind::OutOfMemory)?];
        let mut file = self.lock();
        file.seek(SeekFrom::Start(place.offset))?;
        file.read_exact(&mut bytes)?;
        Ok(bytes)
    }

    /// Reads a record back that [`record`] made.
    ///
    /// # Errors
    /// When the temporary file cannot be read.
    pub fn read<T: DeserializeOwned>(&self, place: Place) -> io::Result<T> {
        postcard::from_bytes(&self.bytes(place)?).map_err(io::Error::other)
    }

    fn lock(&self) -> MutexGuard<'_, Scratch> {
        // A panic elsewhere leaves the file as it was: every use seeks first.
        self.file.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Returns a record as bytes, in a form without names; decimals have to be given as bytes ([`super::exact`]).
///
/// # Errors
/// When a value has no such form.
pub fn record(value: &impl Serialize) -> io::Result<Vec<u8>> {
    postcard::to_stdvec(value).map_err(io::Error::other)
}
