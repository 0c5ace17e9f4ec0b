//! Details on their way: written once, read back in another order. Small runs stay in memory, long ones in a
//! temporary file that the system removes.

use std::io::{Read, Seek, SeekFrom, Write};
use std::sync::{Mutex, MutexGuard, PoisonError};

use serde::Serialize;
use serde::de::DeserializeOwned;
use tempfile::SpooledTempFile;

use super::SummaryError;

/// Bytes kept in memory before the file is made.
const IN_MEMORY: usize = 4 * 1024 * 1024;

/// Where a record lies.
#[derive(Debug, Clone, Copy)]
pub struct Place {
    offset: u64,
    length: usize,
}

/// A store of records.
#[derive(Debug)]
pub struct Spill {
    file: Mutex<SpooledTempFile>,
    end: u64,
}

impl Spill {
    /// An empty one.
    pub fn new() -> Self {
        Self {
            file: Mutex::new(SpooledTempFile::new(IN_MEMORY)),
            end: 0,
        }
    }

    /// Writes a record behind the others.
    pub fn write(&mut self, bytes: &[u8]) -> Result<Place, SummaryError> {
        let place = Place {
            offset: self.end,
            length: bytes.len(),
        };
        let mut file = self.lock();
        file.seek(SeekFrom::Start(place.offset))?;
        file.write_all(bytes)?;
        drop(file);
        self.end += bytes.len() as u64;
        Ok(place)
    }

    /// Reads a record back.
    pub fn read<T: DeserializeOwned>(&self, place: Place) -> Result<T, SummaryError> {
        let mut bytes = vec![0; place.length];
        let mut file = self.lock();
        file.seek(SeekFrom::Start(place.offset))?;
        file.read_exact(&mut bytes)?;
        drop(file);
        serde_json::from_slice(&bytes).map_err(|error| SummaryError::Temporary(error.into()))
    }

    fn lock(&self) -> MutexGuard<'_, SpooledTempFile> {
        // A panic elsewhere leaves the file as it was: every use seeks first.
        self.file.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A record as bytes. Decimals keep their exact digits in this form.
pub fn record(value: &impl Serialize) -> Result<Vec<u8>, SummaryError> {
    serde_json::to_vec(value).map_err(|error| SummaryError::Temporary(error.into()))
}
