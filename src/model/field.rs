//! A value that never travels without the cell it was read from.

use std::any::Any;

use rust_decimal::Decimal;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize, Serializer};

use super::decimal_json;
use crate::grid::CellAddress;

/// A value read from a table, with what a person sees in its cell.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "Field_{T}")]
#[serde(bound(serialize = "T: Serialize + 'static"))]
pub struct Field<T> {
    /// The value as understood.
    #[serde(serialize_with = "written")]
    #[schemars(with = "T")]
    pub value: T,
    /// The text as a person sees it in the cell.
    pub text: String,
    /// The cell, as seen in the source file.
    pub cell: CellAddress,
}

impl<T> Field<T> {
    /// Returns a field from its three parts.
    pub fn new(value: T, text: impl Into<String>, cell: CellAddress) -> Self {
        Self {
            value,
            text: text.into(),
            cell,
        }
    }

    /// Returns the same place with another value.
    pub fn with<U>(&self, value: U) -> Field<U> {
        Field {
            value,
            text: self.text.clone(),
            cell: self.cell,
        }
    }
}

/// Writes a value; a decimal by the short way that whole numbers have.
fn written<T: Serialize + 'static, S: Serializer>(value: &T, serializer: S) -> Result<S::Ok, S::Error> {
    match (value as &dyn Any).downcast_ref::<Decimal>() {
        Some(number) => decimal_json::serialize(number, serializer),
        None => value.serialize(serializer),
    }
}
