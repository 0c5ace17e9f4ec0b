//! A summary as files: a workbook to send up, one table as separated values, one JSON document, one line a table.
//!
//! Long lists are written as they are read back, so that memory does not grow with them.

mod cells;
mod columns;
mod csv;
mod departments;
mod grades;
mod groups;
mod json;
mod list_plan;
mod list_writer;
mod looks;
mod overview;
mod rosters;
mod workbook;

pub use csv::summary_csv;
pub use json::{summary_json, summary_ndjson};
pub use workbook::{PieceMakers, SummaryLink, SummaryPiece, summary_workbook, summary_workbook_with};
