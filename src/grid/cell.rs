//! One filled cell with every fact that a later stage may ask for.

use std::sync::Arc;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::CellAddress;

/// What a cell stores.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum CellValue {
    /// No value: the cell is only listed because it has a formula without a cached value.
    Blank,
    /// A number, or a date as its serial (days). 15 significant digits, normalized.
    Number(#[serde(with = "exact")] Decimal),
    /// A text, as stored (rich runs joined, phonetic guides left out).
    Text(String),
    /// TRUE or FALSE.
    Boolean(bool),
    /// An error value with its code as shown, e.g. `#REF!`.
    Error(String),
}

/// One cell that holds a value or a formula. Cells with only a style are not kept.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Cell {
    /// Where it stands.
    pub address: CellAddress,
    /// What it stores. An empty cell under check boxes has their text.
    pub value: CellValue,
    /// What a person sees in it where that is another text than it stores: see [`Self::shown`].
    pub shown_otherwise: Option<String>,
    /// The renderer did not know the number format for certain; what is shown is then the plain value.
    pub shown_unsure: bool,
    /// The formula without its leading `=`, if any.
    pub formula: Option<String>,
    /// The number format's code, `None` for General.
    #[serde(with = "shared_text")]
    pub number_format: Option<Arc<str>>,
}

impl CellValue {
    /// Returns what a person sees of a cell with this value, as [`Cell::shown_otherwise`] keeps it: nothing where it is
    /// the very text.
    pub fn shown_as(&self, shown: String) -> Option<String> {
        (self.as_text() != shown).then_some(shown)
    }

    /// Returns the text or the code of an error, which are seen as they are where no format has a say; else nothing.
    fn as_text(&self) -> &str {
        match self {
            Self::Text(text) | Self::Error(text) => text,
            _ => "",
        }
    }
}

impl Cell {
    /// Returns what a person sees in it: the value through its number format, letters of sign fonts as the marks that
    /// they draw (a stored `R` in Wingdings 2 is ☑), followed by the check boxes that stand on the cell (`优☑`). Not
    /// trimmed.
    pub fn shown(&self) -> &str {
        self.shown_otherwise.as_deref().unwrap_or_else(|| self.value.as_text())
    }

    /// Returns whether nothing can be seen in it: no value, an empty text, or only white space.
    pub fn is_blank(&self) -> bool {
        match &self.value {
            CellValue::Blank => true,
            CellValue::Text(text) => text
                .chars()
                .all(|c| c.is_whitespace() || c == '\u{200b}' || c == '\u{feff}'),
            _ => false,
        }
    }

    /// Returns the stored number, if the cell stores one (a text that looks like a number is none).
    pub fn number(&self) -> Option<Decimal> {
        match self.value {
            CellValue::Number(number) => Some(number),
            _ => None,
        }
    }
}

/// A decimal as its digits and places.
mod exact {
    use rust_decimal::Decimal;
    use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

    pub(super) fn serialize<S: Serializer>(number: &Decimal, serializer: S) -> Result<S::Ok, S::Error> {
        (number.mantissa(), number.scale()).serialize(serializer)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Decimal, D::Error> {
        let (digits, places) = Deserialize::deserialize(deserializer)?;
        Decimal::try_from_i128_with_scale(digits, places).map_err(de::Error::custom)
    }
}

/// A text that may be shared, as a text.
mod shared_text {
    use std::sync::Arc;

    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    // The derive hands over a reference to the field.
    #[allow(clippy::ref_option)]
    pub(super) fn serialize<S: Serializer>(text: &Option<Arc<str>>, serializer: S) -> Result<S::Ok, S::Error> {
        text.as_deref().serialize(serializer)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Arc<str>>, D::Error> {
        Ok(Option::<String>::deserialize(deserializer)?.map(Arc::from))
    }
}
