//! One column of a group, encoded in memory as its values come: its pages take a small part of the room that the values
//! would, so that a group can have many rows.

use std::io::Write as _;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use bytes::Bytes;
use parquet::column::page::{CompressedPage, PageWriteSpec, PageWriter};
use parquet::column::writer::{ColumnCloseResult, ColumnWriter, get_column_writer};
use parquet::data_type::{ByteArray, FixedLenByteArray};
use parquet::errors::Result;
use parquet::file::properties::WriterPropertiesPtr;
use parquet::file::writer::{SerializedPageWriter, TrackedWrite};
use parquet::schema::types::ColumnDescPtr;
use rust_decimal::{Decimal, RoundingStrategy};

use super::column::{Kind, Value};

/// A column of the group at hand.
pub(super) struct HeldColumn {
    kind: Kind,
    /// 1 for each row with a value that is not encoded yet, 0 for each without.
    levels: Vec<i16>,
    values: Values,
    encoder: ColumnWriter<'static>,
    pages: Pages,
}

enum Values {
    Texts(Vec<ByteArray>),
    Numbers(Vec<i32>),
    Long(Vec<i64>),
    Fixed(Vec<FixedLenByteArray>),
}

/// Pages of a column that are done.
#[derive(Clone)]
struct Pages(Arc<Mutex<TrackedWrite<Vec<u8>>>>);

impl HeldColumn {
    /// Returns a column without rows.
    pub(super) fn new(kind: Kind, place: ColumnDescPtr, properties: WriterPropertiesPtr) -> Self {
        let pages = Pages(Arc::new(Mutex::new(TrackedWrite::new(Vec::new()))));
        Self {
            kind,
            levels: Vec::new(),
            values: Values::new(kind),
            encoder: get_column_writer(place, properties, Box::new(pages.clone())),
            pages,
        }
    }

    /// Takes a value; gives about the bytes that it holds.
    pub(super) fn push(&mut self, value: Value<'_>) -> usize {
        let mut held = size_of::<i16>();
        let is_there = match (&mut self.values, value) {
            (Values::Texts(texts), Value::Text(text)) => {
                held += text.len() + size_of::<ByteArray>();
                texts.push(ByteArray::from(text.into_owned().into_bytes()));
                true
            }
            (Values::Numbers(numbers), Value::Number(number)) => {
                held += size_of::<i32>();
                numbers.push(i32::try_from(number).unwrap_or(i32::MAX));
                true
            }
            (Values::Numbers(numbers), Value::SignedNumber(number)) => {
                held += size_of::<i32>();
                numbers.push(number);
                true
            }
            (Values::Long(units), Value::Decimal(value)) => {
                held += size_of::<i64>();
                let unit = units_of(value, self.kind).and_then(|unit| i64::try_from(unit).ok());
                unit.map(|unit| units.push(unit)).is_some()
            }
            (Values::Fixed(fixed), Value::Decimal(value)) => {
                held += size_of::<FixedLenByteArray>() + size_of::<i128>();
                let bytes = units_of(value, self.kind).and_then(|unit| {
                    let all = unit.to_be_bytes();
                    let start = all.len().checked_sub(self.kind.bytes()?)?;
                    Some(all.get(start..)?.to_vec())
                });
                bytes.map(|bytes| fixed.push(FixedLenByteArray::from(bytes))).is_some()
            }
            _ => false,
        };
        self.levels.push(i16::from(is_there));
        held
    }

    /// Encodes the values at hand.
    pub(super) fn encode(&mut self) -> Result<()> {
        let levels = (!self.kind.is_required()).then_some(self.levels.as_slice());
        let written = match (&mut self.values, &mut self.encoder) {
            (Values::Texts(values), ColumnWriter::ByteArrayColumnWriter(encoder)) => {
                encoder.write_batch(values, levels, None)
            }
            (Values::Numbers(values), ColumnWriter::Int32ColumnWriter(encoder)) => {
                encoder.write_batch(values, levels, None)
            }
            (Values::Long(values), ColumnWriter::Int64ColumnWriter(encoder)) => {
                encoder.write_batch(values, levels, None)
            }
            (Values::Fixed(values), ColumnWriter::FixedLenByteArrayColumnWriter(encoder)) => {
                encoder.write_batch(values, levels, None)
            }
            _ => Err(parquet::errors::ParquetError::General(
                "a column's values are of another kind than the column".to_owned(),
            )),
        };
        self.levels.clear();
        self.values.clear();
        written.map(|_| ())
    }

    /// Returns the bytes of the pages that are done.
    pub(super) fn held(&self) -> usize {
        self.pages.lock().bytes_written()
    }

    /// Returns the column's bytes, and what the file has to say of them.
    pub(super) fn close(mut self) -> Result<(Bytes, ColumnCloseResult)> {
        self.encode()?;
        let close = self.encoder.close()?;
        let mut pages = self.pages.lock();
        pages.flush()?;
        let bytes = std::mem::take(pages.inner_mut());
        Ok((bytes.into(), close))
    }
}

impl Values {
    const fn new(kind: Kind) -> Self {
        match (kind, kind.bytes()) {
            (_, Some(_)) => Self::Fixed(Vec::new()),
            (Kind::Points, None) => Self::Long(Vec::new()),
            (Kind::KeyNumber | Kind::Number, None) => Self::Numbers(Vec::new()),
            _ => Self::Texts(Vec::new()),
        }
    }

    fn clear(&mut self) {
        match self {
            Self::Texts(values) => values.clear(),
            Self::Numbers(values) => values.clear(),
            Self::Long(values) => values.clear(),
            Self::Fixed(values) => values.clear(),
        }
    }
}

impl Pages {
    fn lock(&self) -> MutexGuard<'_, TrackedWrite<Vec<u8>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl PageWriter for Pages {
    fn write_page(&mut self, page: CompressedPage) -> Result<PageWriteSpec> {
        SerializedPageWriter::new(&mut self.lock()).write_page(page)
    }

    fn close(&mut self) -> Result<()> {
        Ok(self.lock().flush()?)
    }
}

/// Returns the value in units of the column's last place, halves away from zero; `None` for one of too many digits.
fn units_of(value: Decimal, kind: Kind) -> Option<i128> {
    let (precision, scale) = kind.digits()?;
    let rounded = value.round_dp_with_strategy(scale, RoundingStrategy::MidpointAwayFromZero);
    let missing = scale.checked_sub(rounded.scale())?;
    let units = rounded.mantissa().checked_mul(10_i128.checked_pow(missing)?)?;
    (units.checked_abs()? < 10_i128.checked_pow(precision)?).then_some(units)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_decimal_keeps_its_places_as_far_as_the_column_has_them() {
        for (value, kind, units) in [
            ("94.5", Kind::Points, Some(945_000_000_000)),
            ("-0.00000000005", Kind::Points, Some(-1)),
            ("99999999.9999999999", Kind::Points, Some(999_999_999_999_999_999)),
            ("100000000", Kind::Points, None),
            ("0.00000001", Kind::Amount, Some(1)),
            ("999999999999", Kind::Amount, Some(99_999_999_999_900_000_000)),
            ("1000000000000", Kind::Amount, None),
            ("1000000000000", Kind::RawAmount, Some(100_000_000_000_000_000_000)),
            ("79228162514264337593543950335", Kind::RawAmount, None),
        ] {
            assert_eq!(units_of(value.parse().unwrap(), kind), units, "{value} {kind:?}");
        }
    }

    #[test]
    fn a_column_of_bytes_has_room_for_all_its_digits() {
        for kind in [Kind::Amount, Kind::RawAmount] {
            let (precision, _) = kind.digits().unwrap();
            let bits = u32::try_from(kind.bytes().unwrap() * 8 - 1).unwrap();
            assert!(10_i128.pow(precision) <= 1_i128 << bits, "{kind:?}");
        }
    }
}
