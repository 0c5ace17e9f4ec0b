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

    /// Reads a record back.
    ///
    /// # Errors
    /// When the temporary file cannot be read.
    pub fn read<T: Stored>(&self, place: Place) -> io::Result<T> {
        T::from_record(&self.bytes(place)?)
    }

    fn lock(&self) -> MutexGuard<'_, Scratch> {
        // A panic elsewhere leaves the file as it was: every use seeks first.
        self.file.lock().unwrap_or_else(PoisonError::into_inner)
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
    postcard::to_stdvec(value).map_err(io::Error::other)
}

/// Returns what the bytes of a [`record`] stand for.
///
/// # Errors
/// When they stand for nothing of this kind.
pub fn of_record<T: DeserializeOwned>(bytes: &[u8]) -> io::Result<T> {
    postcard::from_bytes(bytes).map_err(io::Error::other)
}
