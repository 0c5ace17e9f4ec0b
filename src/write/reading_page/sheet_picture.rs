//! A checked file's sheets as pieces of a page of the caller's: each drawn, with marks of findings and of the reading.

use super::finding_marks::FindingMarks;
use super::role::Role;
use super::{Shown, account, picture};
use crate::check::CheckedFile;
use crate::grid::Visibility;
use crate::standard::Standard;

/// One sheet, drawn. Both texts are whole HTML elements in which all that came from the file is escaped; they hold no
/// script, no style and nothing to be fetched.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct SheetPicture {
    /// The sheet's name.
    pub sheet: String,
    /// Whether the sheet is hidden.
    pub is_hidden: bool,
    /// The sheet as a table. A cell that findings speak of has the classes `found` and `found-error`,
    /// `found-warning`, `found-info` or `related`, its address in `data-cell` and its findings in `data-findings`:
    /// table and number, each from 0, as `0-3 0-5`. A cell's role has a class of its own; marks of the reading are
    /// `i` and `small` elements.
    pub picture: String,
    /// How the sheet's tables were read.
    pub account: String,
    /// The tables that stand on the sheet, by their numbers in the report, from 0.
    pub tables: Vec<usize>,
}

/// Returns a file's sheets, drawn, in tab order; none where the file holds no cells.
///
/// ```
/// use hebiao::{check_bytes, standard::Standard, write::sheet_pictures};
///
/// let bytes = std::fs::read("samples/部门评价表-信丰.xlsx")?;
/// let checked = check_bytes("部门评价表-信丰.xlsx", &bytes, Standard::ministry());
/// let sheets = sheet_pictures(&checked, Standard::ministry());
/// assert!(sheets[0].picture.contains("found-error"));
/// # Ok::<(), std::io::Error>(())
/// ```
pub fn sheet_pictures(checked: &CheckedFile, standard: &Standard) -> Vec<SheetPicture> {
    let sheets = checked.workbook.iter().flat_map(|workbook| &workbook.sheets);
    sheets
        .map(|sheet| {
            let shown = |(number, reading)| Some((number, Shown::on_sheet(reading, &sheet.name, standard)?));
            let (tables, shown): (Vec<usize>, Vec<Shown<'_>>) =
                checked.tables.iter().enumerate().filter_map(shown).unzip();
            let marks = FindingMarks::of_sheet(&sheet.name, &checked.report.tables);
            let accounts = shown.iter().map(|table| match table.part {
                0 => account::table(table),
                _ => account::further_part(table),
            });
            let skipped = checked.report.skipped_sheets.iter();
            let skipped = skipped.filter(|skipped| skipped.sheet == sheet.name);
            let mut account: String = accounts.collect();
            account.push_str(&account::list(
                "没有审核的部分",
                skipped.map(|skipped| skipped.reason.clone()),
            ));
            SheetPicture {
                sheet: sheet.name.clone(),
                is_hidden: sheet.visibility != Visibility::Visible,
                picture: picture::draw(sheet, &shown, &marks, true),
                account,
                tables,
            }
        })
        .collect()
}

/// Returns the marks of a reading, in order: class, sign and words.
pub fn reading_legend() -> impl Iterator<Item = (&'static str, &'static str, &'static str)> {
    Role::ALL.iter().map(|role| (role.class(), role.mark(), role.title()))
}
