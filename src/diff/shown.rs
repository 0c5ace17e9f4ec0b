//! A field as it is compared and shown, whatever its type.

use rust_decimal::Decimal;

use crate::grid::CellAddress;
use crate::model::{Field, FieldRef, Grade};
use crate::text::{match_key, plain};

/// A field's value to compare by, its text to show, its cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Shown {
    /// Equal for equal values.
    pub key: String,
    /// What a person saw.
    pub text: String,
    /// Where.
    pub cell: CellAddress,
}

impl Shown {
    /// Returns a field of whatever type.
    pub(super) fn field(field: FieldRef<'_>) -> Option<Self> {
        match field {
            FieldRef::Text(text) => Self::text(Some(text)),
            FieldRef::Number(number) => Self::number(Some(number)),
            FieldRef::Year(year) => Self::year(Some(year)),
            FieldRef::Grade(grade) => Self::grade(Some(grade)),
        }
    }

    /// Returns a text; `None` where nothing can be seen.
    pub(super) fn text(field: Option<&Field<String>>) -> Option<Self> {
        let field = field?;
        let key = match_key(&field.value);
        (!key.is_empty()).then(|| Self {
            key,
            text: field.value.trim().to_owned(),
            cell: field.cell,
        })
    }

    /// Returns a number as its cell shows it.
    pub(super) fn number(field: Option<&Field<Decimal>>) -> Option<Self> {
        field.map(|field| Self {
            key: plain(field.value),
            text: field.text.trim().to_owned(),
            cell: field.cell,
        })
    }

    /// Returns a number that shares its cell with a name.
    pub(super) fn points(field: Option<&Field<Decimal>>) -> Option<Self> {
        field.map(|field| Self {
            key: plain(field.value),
            text: plain(field.value),
            cell: field.cell,
        })
    }

    /// Returns a year.
    pub(super) fn year(field: Option<&Field<i32>>) -> Option<Self> {
        field.map(|field| Self {
            key: field.value.to_string(),
            text: field.value.to_string(),
            cell: field.cell,
        })
    }

    /// Returns a grade by its name.
    pub(super) fn grade(field: Option<&Field<Grade>>) -> Option<Self> {
        field.map(|field| Self {
            key: field.value.title().to_owned(),
            text: field.value.title().to_owned(),
            cell: field.cell,
        })
    }
}
