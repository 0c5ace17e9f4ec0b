//! Writers: one output a file, from a report alone to bytes; only the page of a reading also needs the cells and how
//! they were read. They know no rules; only [`safe_output`] touches a disk.

mod annotated;
mod cell_text;
mod discrepancy_list;
mod error;
mod link;
mod normalized;
mod number_format;
mod number_shape;
mod reading_page;
pub mod safe_output;
mod styles;
mod text_width;

pub use annotated::{annotated_copy, annotated_extension};
pub use discrepancy_list::discrepancy_list;
pub use error::WriteError;
pub use normalized::{NormalizedLayout, TableLayout, normalized_workbook};
pub use reading_page::ReadingPage;
