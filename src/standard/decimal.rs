//! Decimals in TOML: `"0.8"`, `0.8` or `1`, read exactly as typed.

use std::fmt;

use rust_decimal::Decimal;
use serde::de::{Deserializer, Error, Visitor};

struct Exact;

impl Visitor<'_> for Exact {
    type Value = Decimal;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a decimal number")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Decimal, E> {
        Decimal::from_str_exact(text.trim()).map_err(|_| E::custom("not a decimal number"))
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<Decimal, E> {
        Ok(Decimal::from(number))
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Decimal, E> {
        Ok(Decimal::from(number))
    }

    // The TOML reader offers floats only as f64. Its shortest text that reads back to the same f64 is what was typed,
    // as long as no more than 15 digits were.
    fn visit_f64<E: Error>(self, number: f64) -> Result<Decimal, E> {
        self.visit_str(&number.to_string())
    }
}

/// Reads one decimal.
pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Decimal, D::Error> {
    deserializer.deserialize_any(Exact)
}

/// Two decimals in an array.
pub(super) mod pair {
    use rust_decimal::Decimal;
    use serde::Deserialize;
    use serde::de::Deserializer;

    #[derive(Deserialize)]
    struct One(#[serde(with = "super")] Decimal);

    /// Reads `[low, high]`.
    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<(Decimal, Decimal), D::Error> {
        <(One, One)>::deserialize(deserializer).map(|(low, high)| (low.0, high.0))
    }
}

/// A decimal that may be left out.
pub mod optional {
    use rust_decimal::Decimal;
    use serde::de::Deserializer;

    /// Reads the decimal of a key that is there.
    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Decimal>, D::Error> {
        super::deserialize(deserializer).map(Some)
    }
}
