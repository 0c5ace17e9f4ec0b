//! Decimals on disk: as their parts where a record has no names, as ever where it has.

use rust_decimal::Decimal;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A decimal that goes to disk as sign and scale, then its digits as one number, of which a record takes few bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(from = "Parts", into = "Parts")]
pub struct Exact(pub Decimal);

type Parts = (u8, u128);

/// Beside the scale, which is less.
const NEGATIVE: u8 = 0x80;

impl From<Parts> for Exact {
    #[allow(clippy::cast_possible_truncation)]
    fn from((sign_and_scale, digits): Parts) -> Self {
        let [low, middle, high] = [digits as u32, (digits >> 32) as u32, (digits >> 64) as u32];
        let is_negative = sign_and_scale & NEGATIVE != 0;
        let scale = u32::from(sign_and_scale & !NEGATIVE);
        Self(Decimal::from_parts(low, middle, high, is_negative, scale))
    }
}

impl From<Exact> for Parts {
    #[allow(clippy::cast_possible_truncation)]
    fn from(Exact(value): Exact) -> Self {
        // Zero may have a sign, too.
        let sign = if value.is_sign_negative() { NEGATIVE } else { 0 };
        (sign | value.scale() as u8, value.mantissa().unsigned_abs())
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

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::disk::record;

    #[test]
    fn a_decimal_comes_back_with_all_its_digits_its_scale_and_its_sign() {
        let negative_zero = Decimal::from_parts(0, 0, 0, true, 2);
        let others = ["0", "2", "10.50", "-0.0000001", "0.0000000000000000000000000001"];
        let others = others.map(|number| number.parse::<Decimal>().unwrap());
        for number in [Decimal::MAX, Decimal::MIN, negative_zero].into_iter().chain(others) {
            let bytes = record(&Exact(number)).unwrap();
            let Exact(back) = postcard::from_bytes(&bytes).unwrap();
            assert_eq!(back.serialize(), number.serialize(), "{number}");
        }
        assert_eq!(record(&Exact("2.50".parse().unwrap())).unwrap().len(), 3);
    }
}
