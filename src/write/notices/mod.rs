//! 修改通知: for each unit a letter to be printed, stamped and sent, as a docx that people may edit first. Which tables
//! are a unit's is told by [`NoticeGroups`], one report at a time; [`notice`] writes one unit's letter.
//!
//! Nothing that a person decides is filled in: dates, names and stamps are left blank. It knows no rules and no disk.

use std::io::{Cursor, Seek, Write};

mod addressee;
mod annex;
mod contents;
mod groups;
mod ledger;
mod letter;
mod table;
mod word;

use super::WriteError;
pub use addressee::UNNAMED_UNIT;
pub use contents::{NoticeContents, NoticeSender};
pub use groups::{NOTICE_SUFFIX, NoticeGroups, NoticeUnit, NoticeUnits};
pub use ledger::{LEDGER_FILE, NoticeLedger};
pub use table::{NoticeFinding, NoticeTable};
use word::{Align, Body, Page, ParagraphStyle, Typeface};

/// Sizes of Chinese typesetting in half points: 二号, 三号, 四号, 小四, 五号, 小五.
const SIZE_2: u32 = 44;
const SIZE_3: u32 = 32;
const SIZE_4: u32 = 28;
const SIZE_4_SMALL: u32 = 24;
const SIZE_5: u32 = 21;
const SIZE_5_SMALL: u32 = 18;

/// Returns a unit's letter: its tables with their totals and grades, what to do, and a list of its errors and
/// warnings, of its files that could not be read and of what was found between tables, with room for its
/// explanations. The same contents give the same bytes.
///
/// ```
/// # use hebiao::{check_bytes, standard::Standard};
/// use hebiao::write::{NoticeContents, NoticeGroups, notice};
///
/// # let bytes = std::fs::read("samples/部门评价表-信丰.xlsx")?;
/// # let report = check_bytes("部门评价表-信丰.xlsx", &bytes, Standard::ministry()).report;
/// let mut groups = NoticeGroups::default();
/// groups.add(0, &report);
/// for unit in groups.into_units()?.units {
///     let mut contents = NoticeContents::default();
///     for table in unit.tables_of(&report) {
///         contents.add_table(&table)?;
///     }
///     let docx = notice(&unit.name, &contents)?;
///     assert!(docx.starts_with(b"PK"));
/// }
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// When there is nothing to write about.
pub fn notice(unit: &str, contents: &NoticeContents) -> Result<Vec<u8>, WriteError> {
    let mut docx = Cursor::new(Vec::new());
    write_notice(unit, contents, &mut docx)?;
    Ok(docx.into_inner())
}

/// As [`notice`], into a file.
///
/// # Errors
/// When there is nothing to write about, or the output takes no more.
pub fn write_notice(unit: &str, contents: &NoticeContents, output: impl Write + Seek) -> Result<(), WriteError> {
    if contents.is_empty() {
        return Err(WriteError::NoTable);
    }
    let mut body = Body::default();
    letter::letter(&mut body, unit, contents).map_err(WriteError::internal)?;
    body.end_pages(Page::Upright);
    annex::annex(&mut body, unit, contents).map_err(WriteError::internal)?;
    body.write_docx(Page::Sideways, &format!("绩效评价表修改通知：{unit}"), output)
}

const fn look(typeface: Typeface, half_points: u32, align: Align) -> ParagraphStyle {
    ParagraphStyle {
        typeface,
        half_points,
        bold: false,
        align,
        indented: false,
        with_next: false,
    }
}

/// Widths of columns of which the one without a width takes what is left of the page.
fn columns(page: u32, columns: impl Into<Vec<(&'static str, u32)>>) -> Vec<(&'static str, u32)> {
    let mut columns = columns.into();
    let taken: u32 = columns.iter().map(|(_, width)| width).sum();
    for (_, width) in columns.iter_mut().filter(|(_, width)| *width == 0) {
        *width = page.saturating_sub(taken);
    }
    columns
}
