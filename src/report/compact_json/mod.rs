//! Compact JSON as `serde_json` writes it, byte for byte, in half the steps: texts are looked through by eight bytes at
//! a time and taken over whole.

mod entries;

use std::fmt::{Display, Write as _};

use serde::ser::{self, Error as _, Serialize};
use serde_json::{Error, Result};

use entries::Compound;

/// The name by which `serde_json` and the decimals hand over the figures of a number.
const FIGURES: &str = "$serde_json::private::Number";

/// Returns a value as one line of JSON.
pub fn to_line<T: Serialize + ?Sized>(value: &T) -> Result<String> {
    let mut writer = Writer {
        text: String::with_capacity(USUAL_LENGTH),
    };
    value.serialize(&mut writer)?;
    Ok(writer.text)
}

/// Reports of one table are about as long, or twice as long.
const USUAL_LENGTH: usize = 16 * 1024;

struct Writer {
    text: String,
}

impl Writer {
    fn put_text(&mut self, text: &str) {
        self.text.reserve(text.len().saturating_add(3));
        self.text.push('"');
        if is_plain(text.as_bytes()) {
            self.text.push_str(text);
        } else {
            self.put_escaped(text);
        }
        self.text.push('"');
    }

    /// Writes the name of a field, in which nothing is to be escaped, and what follows it.
    fn put_name(&mut self, name: &'static str) {
        debug_assert!(is_plain(name.as_bytes()), "{name}");
        self.text.reserve(name.len().saturating_add(3));
        self.text.push('"');
        self.text.push_str(name);
        self.text.push_str("\":");
    }

    #[cold]
    fn put_escaped(&mut self, text: &str) {
        for c in text.chars() {
            match c {
                '"' => self.text.push_str("\\\""),
                '\\' => self.text.push_str("\\\\"),
                '\u{8}' => self.text.push_str("\\b"),
                '\t' => self.text.push_str("\\t"),
                '\n' => self.text.push_str("\\n"),
                '\u{c}' => self.text.push_str("\\f"),
                '\r' => self.text.push_str("\\r"),
                '\0'..='\x1f' => {
                    let hex = |digit: u32| char::from_digit(digit, 16).unwrap_or('0');
                    let code = u32::from(c);
                    self.text.push_str("\\u00");
                    self.text.push(hex(code >> 4));
                    self.text.push(hex(code & 0xf));
                }
                c => self.text.push(c),
            }
        }
    }

    fn put_integer(&mut self, number: impl Display) -> Result<()> {
        write!(self.text, "{number}").map_err(Error::custom)
    }

    fn open(&mut self, bracket: char, close: &'static str) -> Compound<'_> {
        self.text.push(bracket);
        Compound {
            writer: self,
            is_first: true,
            close,
        }
    }

    /// Opens the object around a variant that holds something.
    fn open_variant(&mut self, variant: &str) {
        self.text.push('{');
        self.put_text(variant);
        self.text.push(':');
    }
}

/// Returns whether nothing in a text has to be escaped: no control character, quote or backslash.
fn is_plain(bytes: &[u8]) -> bool {
    const ONES: u64 = 0x0101_0101_0101_0101;
    const HIGHS: u64 = 0x8080_8080_8080_8080;
    // The high bit of every byte that is below the limit, and perhaps of bytes above such a one.
    const fn below(word: u64, limit: u64) -> u64 {
        word.wrapping_sub(ONES * limit) & !word & HIGHS
    }
    const fn of_note(word: u64) -> u64 {
        below(word, 0x20) | below(word ^ (ONES * 0x22), 1) | below(word ^ (ONES * 0x5c), 1)
    }
    let (words, _) = bytes.as_chunks::<8>();
    let found = words
        .iter()
        .fold(0, |found, word| found | of_note(u64::from_le_bytes(*word)));
    // What is left is looked at with bytes before it, or with itself.
    let left = if let Some(last) = bytes.last_chunk::<8>() {
        of_note(u64::from_le_bytes(*last))
    } else if let (Some(first), Some(last)) = (bytes.first_chunk::<4>(), bytes.last_chunk::<4>()) {
        of_note(u64::from(u32::from_le_bytes(*first)) << 32 | u64::from(u32::from_le_bytes(*last)))
    } else {
        return !bytes.iter().any(|byte| *byte < 0x20 || matches!(byte, b'"' | b'\\'));
    };
    found | left == 0
}

impl<'a> ser::Serializer for &'a mut Writer {
    type Ok = ();
    type Error = Error;
    type SerializeSeq = Compound<'a>;
    type SerializeTuple = Compound<'a>;
    type SerializeTupleStruct = Compound<'a>;
    type SerializeTupleVariant = Compound<'a>;
    type SerializeMap = Compound<'a>;
    type SerializeStruct = Compound<'a>;
    type SerializeStructVariant = Compound<'a>;

    fn serialize_bool(self, value: bool) -> Result<()> {
        self.text.push_str(if value { "true" } else { "false" });
        Ok(())
    }

    fn serialize_i8(self, number: i8) -> Result<()> {
        self.serialize_i64(number.into())
    }

    fn serialize_i16(self, number: i16) -> Result<()> {
        self.serialize_i64(number.into())
    }

    fn serialize_i32(self, number: i32) -> Result<()> {
        self.serialize_i64(number.into())
    }

    fn serialize_i64(self, number: i64) -> Result<()> {
        self.put_integer(number)
    }

    fn serialize_i128(self, number: i128) -> Result<()> {
        self.put_integer(number)
    }

    fn serialize_u8(self, number: u8) -> Result<()> {
        self.serialize_u64(number.into())
    }

    fn serialize_u16(self, number: u16) -> Result<()> {
        self.serialize_u64(number.into())
    }

    fn serialize_u32(self, number: u32) -> Result<()> {
        self.serialize_u64(number.into())
    }

    fn serialize_u64(self, number: u64) -> Result<()> {
        self.put_integer(number)
    }

    fn serialize_u128(self, number: u128) -> Result<()> {
        self.put_integer(number)
    }

    fn serialize_f32(self, number: f32) -> Result<()> {
        self.text.push_str(&serde_json::to_string(&number)?);
        Ok(())
    }

    fn serialize_f64(self, number: f64) -> Result<()> {
        self.text.push_str(&serde_json::to_string(&number)?);
        Ok(())
    }

    fn serialize_char(self, value: char) -> Result<()> {
        self.put_text(value.encode_utf8(&mut [0; 4]));
        Ok(())
    }

    fn serialize_str(self, text: &str) -> Result<()> {
        self.put_text(text);
        Ok(())
    }

    fn serialize_bytes(self, bytes: &[u8]) -> Result<()> {
        self.collect_seq(bytes)
    }

    fn serialize_none(self) -> Result<()> {
        self.serialize_unit()
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<()> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<()> {
        self.text.push_str("null");
        Ok(())
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<()> {
        self.serialize_unit()
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Result<()> {
        self.serialize_str(variant)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _: &'static str, value: &T) -> Result<()> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<()> {
        self.open_variant(variant);
        value.serialize(&mut *self)?;
        self.text.push('}');
        Ok(())
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Compound<'a>> {
        Ok(self.open('[', "]"))
    }

    fn serialize_tuple(self, _: usize) -> Result<Compound<'a>> {
        Ok(self.open('[', "]"))
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Compound<'a>> {
        Ok(self.open('[', "]"))
    }

    fn serialize_tuple_variant(self, _: &'static str, _: u32, variant: &'static str, _: usize) -> Result<Compound<'a>> {
        self.open_variant(variant);
        Ok(self.open('[', "]}"))
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Compound<'a>> {
        Ok(self.open('{', "}"))
    }

    fn serialize_struct(self, name: &'static str, _: usize) -> Result<Compound<'a>> {
        if name == FIGURES {
            return Ok(Compound {
                writer: self,
                is_first: true,
                close: "",
            });
        }
        Ok(self.open('{', "}"))
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Compound<'a>> {
        self.open_variant(variant);
        Ok(self.open('{', "}}"))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use std::collections::BTreeMap;

    use proptest::prelude::*;
    use rust_decimal::Decimal;
    use serde::Serialize;

    use super::to_line;

    /// One of everything that a report may be made of.
    #[derive(Debug, Clone, Serialize)]
    enum Part {
        Nothing,
        One(Box<Part>),
        Two(i64, u8),
        Named {
            text: String,
            number: Decimal,
            missing: Option<bool>,
        },
        Listed(Vec<Part>),
        Mapped(BTreeMap<String, Part>),
        Counted(BTreeMap<i32, char>),
        Large(i128, f64, (), [u16; 2]),
    }

    fn parts() -> impl Strategy<Value = Part> {
        let text = "([ -~]|[\\x00-\\x1f]|[一-龥]|\\PC|[\"\\\\\x7f]){0,20}";
        let decimal = (any::<i64>(), 0_u32..20).prop_map(|(digits, places)| Decimal::new(digits, places));
        let leaf = prop_oneof![
            Just(Part::Nothing),
            (any::<i64>(), any::<u8>()).prop_map(|(one, other)| Part::Two(one, other)),
            (text, decimal, any::<Option<bool>>()).prop_map(|(text, number, missing)| Part::Named {
                text,
                number,
                missing
            }),
            prop::collection::btree_map(any::<i32>(), any::<char>(), 0..3).prop_map(Part::Counted),
            (any::<i128>(), any::<f64>(), any::<[u16; 2]>()).prop_map(|(one, other, two)| Part::Large(
                one,
                other,
                (),
                two
            )),
        ];
        leaf.prop_recursive(3, 20, 4, move |part| {
            prop_oneof![
                part.clone().prop_map(|part| Part::One(Box::new(part))),
                prop::collection::vec(part.clone(), 0..4).prop_map(Part::Listed),
                prop::collection::btree_map(text, part, 0..4).prop_map(Part::Mapped),
            ]
        })
    }

    proptest! {
        #[test]
        fn a_line_is_that_of_serde_json(part in parts()) {
            prop_assert_eq!(to_line(&part).unwrap(), serde_json::to_string(&part).unwrap());
        }
    }

    #[test]
    fn a_key_that_is_no_text_is_refused_as_by_serde_json() {
        let map = BTreeMap::from([(vec![1], 2)]);
        assert_eq!(
            to_line(&map).unwrap_err().to_string(),
            serde_json::to_string(&map).unwrap_err().to_string()
        );
    }
}
