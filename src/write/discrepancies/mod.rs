//! 差异清单: one row a finding, the worst first, made to be filtered, printed, filled in and read back. One file a
//! format; what stands in a row is decided once.

mod columns;
mod csv;
mod format;
mod guard;
mod html;
mod list;
pub(in crate::write) mod markdown;
mod widths;
mod xlsx;

pub(crate) use columns::Column;
pub use csv::TextEncoding;
pub use format::ListFormat;
pub(crate) use guard::guarded;
pub use list::{DiscrepancyList, ListedDiscrepancy, Status};
pub(in crate::write) use list::{FOR_REVIEW, FOR_REVIEW_HEADING};
pub(crate) use list::{severity_meaning, source_mark};
pub(in crate::write) use widths::Widths;
pub use xlsx::discrepancy_list;
pub(in crate::write) use xlsx::{LEGEND, ListPart, list_workbook};
