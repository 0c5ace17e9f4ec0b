//! Sorting beyond memory: records are sorted in small runs, the runs wait in a temporary file and are merged.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::collections::binary_heap::PeekMut;
use std::io;

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::store::{Place, Store};

/// Bytes of records in memory before they become a run.
const IN_MEMORY: usize = 128 * 1024;
/// Runs that are merged at once, each with a piece of it in memory.
const MOST_RUNS: usize = 64;
/// Bytes read at once.
const PIECE: usize = 16 * 1024;

/// What can be sorted: its order is total, so that the order in which records came decides nothing.
///
/// On disk records are in a form without names; decimals have to be given as bytes.
pub trait Record: Ord + Serialize + DeserializeOwned {
    /// Bytes that it holds outside itself.
    fn heap_bytes(&self) -> usize {
        0
    }
}

/// Collects records of any number.
#[derive(Debug)]
pub struct Sorter<T> {
    buffer: Vec<T>,
    held: usize,
    store: Store,
    /// First byte and end of each run.
    runs: Vec<(u64, u64)>,
}

/// The records in order.
#[derive(Debug)]
pub struct Sorted<T> {
    records: Records<T>,
}

#[derive(Debug)]
enum Records<T> {
    Few(Vec<T>),
    Many(Store),
}

/// Where a record begins.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position(u64);

impl<T> Default for Sorter<T> {
    fn default() -> Self {
        Self {
            buffer: Vec::new(),
            held: 0,
            store: Store::default(),
            runs: Vec::new(),
        }
    }
}

impl<T: Record> Sorter<T> {
    /// Takes a record in.
    ///
    /// # Errors
    /// When the temporary file cannot be written.
    pub fn push(&mut self, record: T) -> io::Result<()> {
        self.held += size_of::<T>() + record.heap_bytes();
        self.buffer.push(record);
        if self.held >= IN_MEMORY {
            self.end_run()?;
        }
        Ok(())
    }

    fn end_run(&mut self) -> io::Result<()> {
        self.buffer.sort_unstable();
        let start = self.store.end();
        let mut writer = Writer::default();
        for record in self.buffer.drain(..) {
            writer.push(&mut self.store, &record)?;
        }
        writer.flush(&mut self.store)?;
        self.held = 0;
        self.runs.push((start, self.store.end()));
        if self.runs.len() >= MOST_RUNS {
            let merged = self.merged()?;
            self.runs = vec![(0, merged.end())];
            self.store = merged;
        }
        Ok(())
    }

    /// Returns the runs as one, in a store of its own.
    fn merged(&self) -> io::Result<Store> {
        let mut merged = Store::default();
        let mut writer = Writer::default();
        let mut runs: Vec<Reader<'_>> = self
            .runs
            .iter()
            .map(|(start, end)| Reader::new(&self.store, *start, *end))
            .collect();
        let mut next = BinaryHeap::with_capacity(runs.len());
        for (number, run) in runs.iter_mut().enumerate() {
            next.extend(run.next::<T>()?.map(|record| Reverse((record, number))));
        }
        while let Some(mut least) = next.peek_mut() {
            let Reverse((record, number)) = &mut *least;
            writer.push(&mut merged, record)?;
            let following = match runs.get_mut(*number) {
                Some(run) => run.next::<T>()?,
                None => None,
            };
            match following {
                Some(following) => *record = following,
                None => {
                    PeekMut::pop(least);
                }
            }
        }
        writer.flush(&mut merged)?;
        Ok(merged)
    }

    /// Returns the records in order.
    ///
    /// # Errors
    /// When the temporary file cannot be written or read back.
    pub fn finish(mut self) -> io::Result<Sorted<T>> {
        let records = if self.runs.is_empty() {
            self.buffer.sort_unstable();
            Records::Few(std::mem::take(&mut self.buffer))
        } else {
            if !self.buffer.is_empty() {
                self.end_run()?;
            }
            self.buffer = Vec::new();
            Records::Many(if self.runs.len() > 1 {
                self.merged()?
            } else {
                self.store
            })
        };
        Ok(Sorted { records })
    }
}

impl<T: Record + Clone> Sorted<T> {
    /// Returns all of them in order, each with where it begins.
    pub fn iter(&self) -> impl Iterator<Item = io::Result<(Position, T)>> {
        self.from(Position::default())
    }

    /// Returns those from a position on.
    pub fn from(&self, position: Position) -> impl Iterator<Item = io::Result<(Position, T)>> {
        let (mut few, mut many) = (position, None);
        if let Records::Many(store) = &self.records {
            many = Some(Reader::new(store, position.0, store.end()));
        }
        std::iter::from_fn(move || match (&self.records, &mut many) {
            (Records::Few(records), _) => {
                let at = few;
                few.0 += 1;
                let record = records.get(usize::try_from(at.0).ok()?)?;
                Some(Ok((at, record.clone())))
            }
            (Records::Many(_), Some(reader)) => {
                let at = Position(reader.position());
                reader.next::<T>().map(|record| Some((at, record?))).transpose()
            }
            (Records::Many(_), None) => None,
        })
    }
}

/// Writes records with their lengths before them, many at once.
#[derive(Default)]
struct Writer {
    bytes: Vec<u8>,
}

impl Writer {
    fn push(&mut self, store: &mut Store, record: &impl Serialize) -> io::Result<()> {
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

    fn flush(&mut self, store: &mut Store) -> io::Result<()> {
        store.write(&self.bytes)?;
        self.bytes.clear();
        Ok(())
    }
}

/// Reads records back, a piece at a time.
struct Reader<'a> {
    store: &'a Store,
    piece: Vec<u8>,
    /// How much of the piece has been given out.
    given: usize,
    /// Where the piece ends in the store, and where the records do.
    read: u64,
    end: u64,
}

impl<'a> Reader<'a> {
    const fn new(store: &'a Store, start: u64, end: u64) -> Self {
        Self {
            store,
            piece: Vec::new(),
            given: 0,
            read: start,
            end,
        }
    }

    const fn position(&self) -> u64 {
        self.read - (self.piece.len() - self.given) as u64
    }

    fn next<T: DeserializeOwned>(&mut self) -> io::Result<Option<T>> {
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
            let missing = (length - self.piece.len()).max(PIECE) as u64;
            let place = Place {
                offset: self.read,
                length: u32::try_from(missing.min(self.end - self.read)).map_err(|_| io::ErrorKind::FileTooLarge)?,
            };
            self.piece.extend(self.store.bytes(place)?);
            self.read += u64::from(place.length);
        }
        let taken = self.piece.get(self.given..self.given + length);
        self.given += length;
        taken.ok_or_else(|| io::ErrorKind::UnexpectedEof.into())
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, serde::Deserialize)]
    struct Named(u64, String);

    impl Record for Named {
        fn heap_bytes(&self) -> usize {
            self.1.capacity()
        }
    }

    /// Numbers without order.
    fn named(index: u64) -> Named {
        let mixed = index.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 40;
        Named(mixed % 1000, format!("第{mixed}号"))
    }

    #[test]
    fn records_come_in_order_however_many_there_are() {
        // The last takes more runs than are merged at once.
        for count in [0, 1, 100, 20_000, 400_000] {
            let mut sorter = Sorter::default();
            for index in 0..count {
                sorter.push(named(index)).unwrap();
            }
            let sorted = sorter.finish().unwrap();
            let mut expected: Vec<Named> = (0..count).map(named).collect();
            expected.sort_unstable();
            let found: Vec<(Position, Named)> = sorted.iter().map(Result::unwrap).collect();
            assert_eq!(sorted.iter().count(), expected.len());
            assert!(found.iter().map(|(_, record)| record).eq(&expected), "{count}");
            if let Some((at, record)) = found.get(found.len() / 2) {
                assert_eq!(&sorted.from(*at).next().unwrap().unwrap().1, record);
            }
        }
    }
}
