//! Sorted records of which some are gone through again.

use std::io;

use super::records::Reader;
use super::sort::Record;
use super::store::Store;

/// Sorted records, merged.
#[derive(Debug)]
pub enum Merged<T> {
    /// In memory.
    Few(Vec<T>),
    /// In a store, one behind the other.
    Many(Store),
}

/// Where a record begins.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position(u64);

impl<T: Record + Clone> Merged<T> {
    /// Returns all of them in order, each with where it begins.
    pub fn iter(&self) -> impl Iterator<Item = io::Result<(Position, T)>> {
        self.from(Position::default())
    }

    /// Returns those from a position on.
    pub fn from(&self, position: Position) -> impl Iterator<Item = io::Result<(Position, T)>> {
        let (mut few, mut many) = (position, None);
        if let Self::Many(store) = &self {
            many = Some(Reader::new(store, position.0, store.end()));
        }
        std::iter::from_fn(move || match (&self, &mut many) {
            (Self::Few(records), _) => {
                let at = few;
                few.0 += 1;
                let record = records.get(usize::try_from(at.0).ok()?)?;
                Some(Ok((at, record.clone())))
            }
            (Self::Many(_), Some(reader)) => {
                let at = Position(reader.position());
                reader.next::<T>().map(|record| Some((at, record?))).transpose()
            }
            (Self::Many(_), None) => None,
        })
    }
}
