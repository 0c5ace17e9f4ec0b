//! One Parquet file being written: rows are gathered by column and go out in groups of bounded size. It knows columns
//! and values, nothing of reports.

use std::io::Write;
use std::sync::Arc;

use parquet::basic::Compression;
use parquet::data_type::{ByteArray, ByteArrayType, FixedLenByteArray, FixedLenByteArrayType, Int32Type, Int64Type};
use parquet::errors::Result;
use parquet::file::metadata::KeyValue;
use parquet::file::properties::{EnabledStatistics, WriterProperties};
use parquet::file::writer::{SerializedColumnWriter, SerializedFileWriter};
use parquet::schema::parser::parse_message_type;
use rust_decimal::{Decimal, RoundingStrategy};

use super::SCHEMA_VERSION;
use super::column::{Kind, Value};

/// Most rows of a group, and about the most bytes of text in it: a group waits in memory.
const GROUP_ROWS: usize = 8_192;
const GROUP_BYTES: usize = 4 * 1024 * 1024;

/// A file in the making.
pub(super) struct Sink<W: Write + Send> {
    writer: SerializedFileWriter<W>,
    columns: Vec<Gathered>,
    rows: usize,
    bytes: usize,
}

/// The values of one column since the last group.
struct Gathered {
    kind: Kind,
    /// 1 for each row with a value, 0 for each without.
    levels: Vec<i16>,
    values: Values,
}

enum Values {
    Texts(Vec<ByteArray>),
    Numbers(Vec<i32>),
    Long(Vec<i64>),
    Fixed(Vec<FixedLenByteArray>),
}

impl<W: Write + Send> Sink<W> {
    /// Returns a file of these columns. The bytes depend on the rows alone: no date, and a fixed maker.
    pub(super) fn new(output: W, name: &str, columns: &[(&str, Kind)]) -> Result<Self> {
        let lines: String = columns.iter().map(|(name, kind)| kind.parquet(name)).collect();
        let schema = parse_message_type(&format!("message {name} {{ {lines} }}"))?;
        let made_by = format!("hebiao version {}", env!("CARGO_PKG_VERSION"));
        let version = KeyValue::new("hebiao.dataset".to_owned(), SCHEMA_VERSION.to_string());
        let properties = WriterProperties::builder()
            .set_created_by(made_by)
            .set_compression(Compression::SNAPPY)
            // Statistics of pages would be kept for all groups until the end of the file.
            .set_statistics_enabled(EnabledStatistics::Chunk)
            .set_offset_index_disabled(true)
            .set_key_value_metadata(Some(vec![version]))
            .build();
        Ok(Self {
            writer: SerializedFileWriter::new(output, Arc::new(schema), Arc::new(properties))?,
            columns: columns.iter().map(|(_, kind)| Gathered::new(*kind)).collect(),
            rows: 0,
            bytes: 0,
        })
    }

    /// Adds a row: one value a column.
    pub(super) fn push<'v>(&mut self, row: impl Iterator<Item = Value<'v>>) -> Result<()> {
        for (column, value) in self.columns.iter_mut().zip(row) {
            self.bytes += column.push(value);
        }
        self.rows += 1;
        if self.rows >= GROUP_ROWS || self.bytes >= GROUP_BYTES {
            self.flush()?;
        }
        Ok(())
    }

    /// Writes what is left and the end of the file.
    pub(super) fn finish(mut self) -> Result<W> {
        self.flush()?;
        self.writer.into_inner()
    }

    fn flush(&mut self) -> Result<()> {
        if self.rows == 0 {
            return Ok(());
        }
        let mut group = self.writer.next_row_group()?;
        let mut columns = self.columns.iter_mut();
        while let Some(writer) = group.next_column()? {
            if let Some(column) = columns.next() {
                column.write(writer)?;
            }
        }
        group.close()?;
        (self.rows, self.bytes) = (0, 0);
        Ok(())
    }
}

impl Gathered {
    const fn new(kind: Kind) -> Self {
        let values = match (kind, kind.bytes()) {
            (_, Some(_)) => Values::Fixed(Vec::new()),
            (Kind::Points, None) => Values::Long(Vec::new()),
            (Kind::KeyNumber | Kind::Number, None) => Values::Numbers(Vec::new()),
            _ => Values::Texts(Vec::new()),
        };
        Self {
            kind,
            levels: Vec::new(),
            values,
        }
    }

    /// Takes a value; gives about the bytes that it holds.
    fn push(&mut self, value: Value<'_>) -> usize {
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

    fn write(&mut self, mut writer: SerializedColumnWriter<'_>) -> Result<()> {
        let levels = (!self.kind.is_required()).then_some(self.levels.as_slice());
        match &self.values {
            Values::Texts(values) => writer.typed::<ByteArrayType>().write_batch(values, levels, None)?,
            Values::Numbers(values) => writer.typed::<Int32Type>().write_batch(values, levels, None)?,
            Values::Long(values) => writer.typed::<Int64Type>().write_batch(values, levels, None)?,
            Values::Fixed(values) => writer
                .typed::<FixedLenByteArrayType>()
                .write_batch(values, levels, None)?,
        };
        *self = Self::new(self.kind);
        writer.close()
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
