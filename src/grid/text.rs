//! What stands in a document beside its tables.

use serde::{Deserialize, Serialize};

/// A block of a document's own text, in the document's order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub enum TextBlock {
    /// A paragraph outside tables as a person sees it; empty ones are kept, so that paragraphs can be counted.
    Paragraph(String),
    /// The same with a number that the document does not hold as text: `一、`.
    Numbered {
        /// The number as it is shown.
        number: String,
        /// The text behind it.
        text: String,
    },
    /// A table; its index among the sheets, `None` where it was not read.
    Table(Option<usize>),
}
