//! The grid: what any spreadsheet is to the rest of the program.
//!
//! Holds workbook, sheet and cell: position, stored value, shown text, formula, number format, merged and
//! hidden. It knows nothing of evaluations, files or formats.

mod address;
mod address_text;
mod cell;
mod confirmation;
mod regions;
mod sheet;
mod workbook;

pub(crate) use address::MAX_PARTS;
pub use address::{AddressError, CellAddress, CellRange, MAX_COLUMNS, MAX_ROWS, column_letters};
pub use cell::{Cell, CellValue};
pub use confirmation::{CellDifference, Confirmation};
pub(crate) use regions::OpenRegions;
pub(crate) use sheet::FORM_MARK_NAME;
pub use sheet::{ReadingLoss, Sheet, Visibility};
pub use workbook::{FileFormat, TextBlock, Workbook};
