//! The grid: what any spreadsheet is to the rest of the program.
//!
//! Holds workbook, sheet and cell: position, stored value, shown text, formula, number format, merged and
//! hidden. It knows nothing of evaluations, files or formats.

mod address;
mod cell;
mod confirmation;
mod regions;
mod sheet;
mod text;
mod workbook;

pub use address::{AddressError, CellAddress, CellRange, MAX_COLUMNS, MAX_PARTS, MAX_ROWS, column_letters};
pub use cell::{Cell, CellValue};
pub use confirmation::{CellDifference, Confirmation};
pub(crate) use regions::OpenRegions;
pub use sheet::{FORM_MARK_NAME, ReadingLoss, Sheet, Visibility};
pub use text::TextBlock;
pub use workbook::{FileFormat, Workbook};
