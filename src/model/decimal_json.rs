//! Decimals in JSON: their digits as they are, whole numbers by a shorter way to the same digits.

use rust_decimal::Decimal;
use serde::{Serialize, Serializer};

pub(super) fn serialize<S: Serializer>(number: &Decimal, serializer: S) -> Result<S::Ok, S::Error> {
    match i64::try_from(number.mantissa()) {
        Ok(whole) if number.scale() == 0 && whole != 0 && serializer.is_human_readable() => {
            serializer.serialize_i64(whole)
        }
        _ => Serialize::serialize(number, serializer),
    }
}

/// The same of one that may be missing.
pub(super) mod option {
    use super::{Decimal, Serialize, Serializer};

    struct Written<'a>(&'a Decimal);

    impl Serialize for Written<'_> {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            super::serialize(self.0, serializer)
        }
    }

    // The derive hands over a reference to the field.
    #[allow(clippy::ref_option)]
    pub(in crate::model) fn serialize<S: Serializer>(
        number: &Option<Decimal>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        number.as_ref().map(Written).serialize(serializer)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn both_ways_write_the_same() {
        for text in [
            "0",
            "7",
            "-7",
            "100",
            "2.50",
            "0.1",
            "9223372036854775807",
            "9223372036854775808",
            "-0.0",
        ] {
            let number: Decimal = text.parse().unwrap();
            let mut short = Vec::new();
            serialize(&number, &mut serde_json::Serializer::new(&mut short)).unwrap();
            assert_eq!(short, serde_json::to_vec(&number).unwrap(), "{text}");
            let value = serialize(&number, serde_json::value::Serializer).unwrap();
            assert_eq!(value, serde_json::to_value(number).unwrap());
        }
    }
}
