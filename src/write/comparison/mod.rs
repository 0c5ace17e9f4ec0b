//! A comparison as a workbook and as a page of Markdown: what became of the findings, what was changed.

mod lines;
mod markdown;
mod workbook;

pub use markdown::comparison_markdown;
pub use workbook::comparison_workbook;
