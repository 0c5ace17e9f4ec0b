//! What a column of the dataset is: its name, type and meaning, and where its value comes from.

use std::borrow::Cow;

use rust_decimal::Decimal;

use crate::grid::CellAddress;
use crate::model::{Field, MoneyUnit};

/// The type of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A text that is always there.
    Key,
    /// A text.
    Text,
    /// A whole number that is always there.
    KeyNumber,
    /// A whole number.
    Number,
    /// Points or a ratio.
    Points,
    /// An amount of money in 万元.
    Amount,
    /// An amount of money as written, in whatever unit.
    RawAmount,
}

impl Kind {
    /// Digits in all and behind the point of a decimal.
    ///
    /// Chosen so that the product of an amount and a score still has at most 38 digits, beyond which the usual engines
    /// refuse to compute.
    pub(super) const fn digits(self) -> Option<(u32, u32)> {
        match self {
            Self::Points => Some((18, 10)),
            Self::Amount => Some((20, 8)),
            Self::RawAmount => Some((24, 8)),
            Self::Key | Self::Text | Self::KeyNumber | Self::Number => None,
        }
    }

    /// Bytes of a decimal that is stored as bytes of a fixed number; of one that is stored as a 64-bit number, none.
    pub(super) const fn bytes(self) -> Option<usize> {
        match self {
            Self::Amount => Some(9),
            Self::RawAmount => Some(11),
            _ => None,
        }
    }

    /// Returns whether every row has a value.
    pub(super) const fn is_required(self) -> bool {
        matches!(self, Self::Key | Self::KeyNumber)
    }

    /// Returns the type as people write it in SQL.
    pub(super) fn sql(self) -> String {
        match (self, self.digits()) {
            (_, Some((precision, scale))) => format!("DECIMAL({precision},{scale})"),
            (Self::KeyNumber | Self::Number, None) => "INT".to_owned(),
            (_, None) => "STRING".to_owned(),
        }
    }

    /// Returns the column in the language of Parquet schemas.
    pub(super) fn parquet(self, name: &str) -> String {
        let repetition = if self.is_required() { "REQUIRED" } else { "OPTIONAL" };
        let (physical, logical) = match (self.digits(), self.bytes()) {
            (Some((precision, scale)), Some(bytes)) => (
                format!("FIXED_LEN_BYTE_ARRAY({bytes})"),
                format!(" (DECIMAL({precision},{scale}))"),
            ),
            (Some((precision, scale)), None) => ("INT64".to_owned(), format!(" (DECIMAL({precision},{scale}))")),
            _ if matches!(self, Self::KeyNumber | Self::Number) => ("INT32".to_owned(), String::new()),
            _ => ("BYTE_ARRAY".to_owned(), " (STRING)".to_owned()),
        };
        format!("{repetition} {physical} {name}{logical};")
    }
}

/// A column; `F` is the function from a row to its value.
#[derive(Debug, Clone, Copy)]
pub(super) struct Column<F> {
    pub name: &'static str,
    pub kind: Kind,
    /// In Chinese: the header of the form, the unit, what is `null`.
    pub meaning: &'static str,
    pub value: F,
}

/// A value on its way into a column.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Value<'a> {
    Null,
    Text(Cow<'a, str>),
    Number(usize),
    SignedNumber(i32),
    Decimal(Decimal),
}

impl<'a> Value<'a> {
    /// Returns a text; an empty one is none.
    pub(super) fn text(text: Option<&'a str>) -> Self {
        match text {
            Some(text) if !text.trim().is_empty() => Self::Text(Cow::Borrowed(text)),
            _ => Self::Null,
        }
    }

    /// Returns a text that is there even when it is empty: a key.
    pub(super) fn key(text: &'a str) -> Self {
        Self::Text(Cow::Borrowed(text))
    }

    pub(super) fn owned(text: String) -> Self {
        Self::Text(Cow::Owned(text))
    }

    /// Returns the value of a text field.
    pub(super) fn field(field: Option<&'a Field<String>>) -> Self {
        Self::text(field.map(|field| field.value.as_str()))
    }

    /// Returns the value of a figure.
    pub(super) fn figure(field: Option<&Field<Decimal>>) -> Self {
        Self::decimal(field.map(|field| field.value))
    }

    /// Returns an amount in 万元; `Null` where the table names no unit, so that nobody adds up yuan and 万元.
    pub(super) fn in_wan(field: Option<&Field<Decimal>>, unit: Option<MoneyUnit>) -> Self {
        Self::decimal(field.zip(unit).and_then(|(field, unit)| unit.in_wan(field.value)))
    }

    pub(super) fn decimal(value: Option<Decimal>) -> Self {
        value.map_or(Self::Null, Self::Decimal)
    }

    /// Returns the cell of a field.
    pub(super) fn cell<T>(field: Option<&Field<T>>) -> Self {
        Self::address(field.map(|field| field.cell))
    }

    pub(super) fn address(cell: Option<CellAddress>) -> Self {
        cell.map_or(Self::Null, |cell| Self::owned(cell.to_string()))
    }

    /// Returns the name that the JSON form has for a value of a closed list.
    pub(super) fn name(value: Option<impl serde::Serialize>) -> Self {
        match value.map(serde_json::to_value) {
            Some(Ok(serde_json::Value::String(name))) => Self::owned(name),
            _ => Self::Null,
        }
    }
}
