//! Decimals on disk: as their bytes where a record has no names, as ever where it has.

use rust_decimal::Decimal;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A decimal that goes to disk as its bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(from = "[u8; 16]", into = "[u8; 16]")]
pub struct Exact(pub Decimal);

impl From<[u8; 16]> for Exact {
    fn from(bytes: [u8; 16]) -> Self {
        Self(Decimal::deserialize(bytes))
    }
}

impl From<Exact> for [u8; 16] {
    fn from(exact: Exact) -> Self {
        exact.0.serialize()
    }
}

impl From<Decimal> for Exact {
    fn from(value: Decimal) -> Self {
        Self(value)
    }
}

/// Writes a decimal of a record: for `#[serde(with)]`.
///
/// # Errors
/// Those of the serializer.
pub fn serialize<S: Serializer>(value: &Option<Decimal>, serializer: S) -> Result<S::Ok, S::Error> {
    if serializer.is_human_readable() {
        value.serialize(serializer)
    } else {
        value.map(Exact).serialize(serializer)
    }
}

/// Reads a decimal of a record: for `#[serde(with)]`.
///
/// # Errors
/// Those of the deserializer.
pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Decimal>, D::Error> {
    if deserializer.is_human_readable() {
        Option::deserialize(deserializer)
    } else {
        let exact: Option<Exact> = Option::deserialize(deserializer)?;
        Ok(exact.map(|Exact(value)| value))
    }
}
