//! Lists of which one record at a time is in memory, as the list that they are.

use std::fmt;

use serde::ser::{Error, SerializeSeq};
use serde::{Serialize, Serializer};

/// A list that is serialized as its records are read back. Its length is not known before: forms that put it first
/// cannot take it.
pub struct OneByOne<F>(pub F);

impl<F, I, T, E> Serialize for OneByOne<F>
where
    F: Fn() -> I,
    I: Iterator<Item = Result<T, E>>,
    T: Serialize,
    E: fmt::Display,
{
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut sequence = serializer.serialize_seq(None)?;
        for record in (self.0)() {
            sequence.serialize_element(&record.map_err(S::Error::custom)?)?;
        }
        sequence.end()
    }
}
