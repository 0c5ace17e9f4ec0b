//! A value that never travels without the cell it was read from.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::grid::CellAddress;

/// A value read from a table, with what a person sees in its cell.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "Field_{T}")]
pub struct Field<T> {
    /// The value as understood.
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
