//! 总览: what a bureau sends up on one page, with charts.

mod blocks;
mod facts;
mod page;

use rust_xlsxwriter::Workbook;

use crate::summary::Summary;
use crate::write::WriteError;
use page::{POINTS_ON_PAGE, Page};

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
    // A block with its chart is never cut: what does not fit below the last one begins a page.
    let mut breaks = Vec::new();
    let mut top = 0;
    for block in [blocks::grades, blocks::problems, blocks::departments] {
        let (row, points) = (page.row(), page.points());
        block(&mut page, summary)?;
        if page.points() - top > POINTS_ON_PAGE && points > top {
            breaks.push(row);
            top = points;
        }
    }
    page.end(&breaks)
}
