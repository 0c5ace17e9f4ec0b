//! The entries of lists and objects.

use serde::ser::{self, Error as _, Serialize};
use serde_json::{Error, Result};

use super::{FIGURES, Writer};

/// A list or an object whose entries follow.
pub(super) struct Compound<'a> {
    pub(super) writer: &'a mut Writer,
    pub(super) is_first: bool,
    pub(super) close: &'static str,
}

impl Compound<'_> {
    fn separate(&mut self) {
        if !std::mem::take(&mut self.is_first) {
            self.writer.text.push(',');
        }
    }

    fn put_entry<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<()> {
        self.separate();
        value.serialize(&mut *self.writer)
    }

    fn put_field<T: Serialize + ?Sized>(&mut self, key: &'static str, value: &T) -> Result<()> {
        if key == FIGURES {
            return self.put_figures(value);
        }
        self.separate();
        self.writer.put_name(key);
        value.serialize(&mut *self.writer)
    }

    /// Writes a number whose figures are handed over as a text.
    fn put_figures<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<()> {
        let start = self.writer.text.len();
        value.serialize(&mut *self.writer)?;
        let written = self.writer.text.split_off(start);
        self.writer.text.push_str(written.trim_matches('"'));
        Ok(())
    }

    /// Writes a key of a map: a text, or a plain value as one.
    fn put_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<()> {
        self.separate();
        let start = self.writer.text.len();
        key.serialize(&mut *self.writer)?;
        let written = self.writer.text.get(start..).unwrap_or_default();
        if written.starts_with(['{', '[', 'n']) {
            return Err(Error::custom("key must be a string"));
        }
        if !written.starts_with('"') {
            self.writer.text.insert(start, '"');
            self.writer.text.push('"');
        }
        Ok(())
    }

    fn close(self) -> Result<()> {
        self.writer.text.push_str(self.close);
        Ok(())
    }
}

/// Implements the ways of handing over entries that differ by name alone.
macro_rules! entries {
    ($($way:ident $entry:ident)*) => {$(
        impl ser::$way for Compound<'_> {
            type Ok = ();
            type Error = Error;

            fn $entry<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<()> {
                self.put_entry(value)
            }

            fn end(self) -> Result<()> {
                self.close()
            }
        }
    )*};
}

entries! {
    SerializeSeq serialize_element
    SerializeTuple serialize_element
    SerializeTupleStruct serialize_field
    SerializeTupleVariant serialize_field
}

/// Implements the ways of handing over fields that differ by name alone.
macro_rules! fields {
    ($($way:ident)*) => {$(
        impl ser::$way for Compound<'_> {
            type Ok = ();
            type Error = Error;

            fn serialize_field<T: Serialize + ?Sized>(&mut self, key: &'static str, value: &T) -> Result<()> {
                self.put_field(key, value)
            }

            fn end(self) -> Result<()> {
                self.close()
            }
        }
    )*};
}

fields! { SerializeStruct SerializeStructVariant }

impl ser::SerializeMap for Compound<'_> {
    type Ok = ();
    type Error = Error;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<()> {
        self.put_key(key)
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<()> {
        self.writer.text.push(':');
        value.serialize(&mut *self.writer)
    }

    fn end(self) -> Result<()> {
        self.close()
    }
}
