//! Sorting beyond memory: records are sorted in small runs, the runs wait in a temporary file and are merged as they are
//! asked for.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::collections::binary_heap::PeekMut;
use std::io;

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::merged::Merged;
use super::records::{Reader, Writer};
use super::store::Store;

/// Bytes of records in memory before they become a run.
const IN_MEMORY: usize = 128 * 1024;
/// Runs that are merged at once, each with a piece of it in memory.
const MOST_RUNS: usize = 64;

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

/// The records, which come in order.
#[derive(Debug)]
pub struct Sorted<T> {
    /// All of them where they are few, in order.
    few: Vec<T>,
    store: Store,
    runs: Vec<(u64, u64)>,
}

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
            let merged = in_one::<T>(&self.store, &self.runs)?;
            self.runs = vec![(0, merged.end())];
            self.store = merged;
        }
        Ok(())
    }

    /// Returns the records, to be gone through in order, best once: each time the runs are merged.
    ///
    /// # Errors
    /// When the temporary file cannot be written or read back.
    pub fn finish(mut self) -> io::Result<Sorted<T>> {
        if self.runs.is_empty() {
            self.buffer.sort_unstable();
        } else {
            if !self.buffer.is_empty() {
                self.end_run()?;
            }
            self.buffer = Vec::new();
        }
        Ok(Sorted {
            few: self.buffer,
            store: self.store,
            runs: self.runs,
        })
    }

    /// Returns the records merged, so that one can go back to where some of them begin.
    ///
    /// # Errors
    /// When the temporary file cannot be written or read back.
    pub fn finish_merged(self) -> io::Result<Merged<T>> {
        let Sorted { few, store, runs } = self.finish()?;
        Ok(match runs.len() {
            0 => Merged::Few(few),
            1 => Merged::Many(store),
            _ => Merged::Many(in_one::<T>(&store, &runs)?),
        })
    }
}

impl<T: Record + Clone> Sorted<T> {
    /// Returns all of them in order.
    pub fn iter(&self) -> impl Iterator<Item = io::Result<T>> {
        let mut merging = Merging::new(&self.store, &self.runs);
        let merged = std::iter::from_fn(move || merging.next().transpose());
        self.few.iter().cloned().map(Ok).chain(merged)
    }
}

/// Returns runs as one, in a store of its own.
fn in_one<T: Record>(store: &Store, runs: &[(u64, u64)]) -> io::Result<Store> {
    let mut merged = Store::default();
    let mut writer = Writer::default();
    let mut merging = Merging::<T>::new(store, runs);
    while let Some(record) = merging.next()? {
        writer.push(&mut merged, &record)?;
    }
    writer.flush(&mut merged)?;
    Ok(merged)
}

/// Runs that are being merged.
struct Merging<'a, T> {
    /// Those of which nothing has been read.
    new: Vec<Reader<'a>>,
    runs: Vec<Reader<'a>>,
    /// The next record of each run, and its number.
    heads: BinaryHeap<Reverse<(T, usize)>>,
}

impl<'a, T: Record> Merging<'a, T> {
    fn new(store: &'a Store, runs: &[(u64, u64)]) -> Self {
        let readers = runs.iter().map(|(start, end)| Reader::new(store, *start, *end));
        Self {
            new: readers.collect(),
            runs: Vec::new(),
            heads: BinaryHeap::with_capacity(runs.len()),
        }
    }

    fn next(&mut self) -> io::Result<Option<T>> {
        while let Some(mut run) = self.new.pop() {
            let head = run.next::<T>()?;
            self.heads.extend(head.map(|head| Reverse((head, self.runs.len()))));
            self.runs.push(run);
        }
        let Some(mut least) = self.heads.peek_mut() else {
            return Ok(None);
        };
        let Reverse((record, number)) = &mut *least;
        let following = match self.runs.get_mut(*number) {
            Some(run) => run.next::<T>()?,
            None => None,
        };
        Ok(Some(match following {
            Some(following) => std::mem::replace(record, following),
            None => PeekMut::pop(least).0.0,
        }))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::disk::Position;

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

    fn sorter_of(count: u64) -> Sorter<Named> {
        let mut sorter = Sorter::default();
        for index in 0..count {
            sorter.push(named(index)).unwrap();
        }
        sorter
    }

    #[test]
    fn records_come_in_order_however_many_there_are() {
        // The last takes more runs than are merged at once.
        for count in [0, 1, 100, 20_000, 400_000] {
            let sorter = sorter_of(count);
            let again = sorter_of(count);
            let sorted = sorter.finish().unwrap();
            let mut expected: Vec<Named> = (0..count).map(named).collect();
            expected.sort_unstable();
            for _ in 0..2 {
                assert!(
                    sorted.iter().map(Result::unwrap).eq(expected.iter().cloned()),
                    "{count}"
                );
            }
            let merged = again.finish_merged().unwrap();
            let found: Vec<(Position, Named)> = merged.iter().map(Result::unwrap).collect();
            assert!(found.iter().map(|(_, record)| record).eq(&expected), "{count}");
            if let Some((at, record)) = found.get(found.len() / 2) {
                assert_eq!(&merged.from(*at).next().unwrap().unwrap().1, record);
            }
        }
    }
}
