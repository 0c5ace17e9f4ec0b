//! A list whose records wait on disk; in memory is where each one begins, eight bytes.

use std::io;
use std::marker::PhantomData;
use std::ops::Range;

use super::store::{Place, Store, StoreReader, Stored};

/// A list on disk. Records come back as they were put, by position or in order, one in memory at a time.
#[derive(Debug)]
pub struct DiskVec<T> {
    store: Store,
    starts: Vec<u64>,
    holds: PhantomData<fn() -> T>,
}

impl<T> Default for DiskVec<T> {
    fn default() -> Self {
        Self {
            store: Store::default(),
            starts: Vec::new(),
            holds: PhantomData,
        }
    }
}

impl<T> DiskVec<T> {
    /// Returns how many records there are.
    pub const fn len(&self) -> usize {
        self.starts.len()
    }

    /// Returns whether there is none.
    pub const fn is_empty(&self) -> bool {
        self.starts.is_empty()
    }
}

impl<T: Stored> DiskVec<T> {
    /// Makes room for where so many records more begin, and no more than that.
    pub(crate) fn reserve(&mut self, records: usize) {
        self.starts.reserve_exact(records);
    }

    /// Puts a record behind the others.
    ///
    /// # Errors
    /// When the temporary file cannot be written.
    pub(crate) fn push(&mut self, value: &T) -> io::Result<()> {
        let place = self.store.write(&value.to_record()?)?;
        self.starts.push(place.offset);
        Ok(())
    }

    /// Returns the record at a position; `None` for no such position.
    ///
    /// # Errors
    /// When the temporary file cannot be read.
    pub fn get(&self, position: usize) -> io::Result<Option<T>> {
        match self.place(position)? {
            Some(place) => self.store.read(place).map(Some),
            None => Ok(None),
        }
    }

    fn place(&self, position: usize) -> io::Result<Option<Place>> {
        let Some(offset) = self.starts.get(position).copied() else {
            return Ok(None);
        };
        let end = self.starts.get(position + 1).copied().unwrap_or(self.store.end());
        let length = u32::try_from(end.saturating_sub(offset)).map_err(|_| io::ErrorKind::FileTooLarge)?;
        Ok(Some(Place { offset, length }))
    }

    /// Returns all records in order.
    pub fn iter(&self) -> impl Iterator<Item = io::Result<T>> {
        self.range(0..self.len())
    }

    /// Returns the records at these positions, in order.
    pub(crate) fn range(&self, positions: Range<usize>) -> impl Iterator<Item = io::Result<T>> {
        let mut reader = self.reader();
        positions.filter_map(move |position| reader.get(position).transpose())
    }

    /// Returns a reader of records that mostly follow one another.
    pub(crate) const fn reader(&self) -> DiskReader<'_, T> {
        DiskReader {
            list: self,
            reader: self.store.reader(),
        }
    }

    /// Returns all records at once, for lists that are known to be short.
    ///
    /// # Errors
    /// When the temporary file cannot be read.
    pub fn to_vec(&self) -> io::Result<Vec<T>> {
        self.iter().collect()
    }
}

/// Reads records of a list that mostly follow one another, many at once.
#[derive(Debug)]
pub(crate) struct DiskReader<'a, T> {
    list: &'a DiskVec<T>,
    reader: StoreReader<'a>,
}

impl<T: Stored> DiskReader<'_, T> {
    /// Returns the record at a position; `None` for no such position.
    ///
    /// # Errors
    /// When the temporary file cannot be read.
    pub fn get(&mut self, position: usize) -> io::Result<Option<T>> {
        let place = self.list.place(position)?;
        place.map(|place| self.reader.read(place)).transpose()
    }
}
