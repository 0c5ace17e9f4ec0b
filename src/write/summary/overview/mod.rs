//! 总览: what a bureau sends up on one page, with charts.

mod blocks;
mod facts;
mod page;

use rust_xlsxwriter::Workbook;

use crate::summary::Summary;
use crate::write::WriteError;
use page::Page;

/// The sheet's name.
pub const SHEET: &str = "总览";

/// Notes that only writing the other sheets could tell.
pub struct Notes {
    /// Sentences about what was left out.
    pub lines: Vec<String>,
}

/// Fills the sheet, which is the workbook's first.
pub fn write(workbook: &mut Workbook, summary: &Summary, notes: &Notes) -> Result<(), WriteError> {
    let mut page = Page::begin(workbook.worksheet_from_index(0)?)?;
    facts::facts(&mut page, summary)?;
    facts::kinds(&mut page, summary)?;
    facts::notes(&mut page, summary, notes)?;
    blocks::grades(&mut page, summary)?;
    blocks::problems(&mut page, summary)?;
    blocks::departments(&mut page, summary)?;
    page.end()
}
