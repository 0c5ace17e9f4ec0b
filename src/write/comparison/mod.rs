//! A comparison as a workbook and as a page of Markdown: what became of the findings, what was changed.

mod batches;
mod lines;
mod markdown;
mod workbook;

pub use lines::{batch_totals, unpaired};
pub use markdown::{batch_markdown, comparison_markdown};
pub use workbook::{batch_workbook, comparison_workbook};
