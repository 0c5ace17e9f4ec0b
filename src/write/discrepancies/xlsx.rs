//! The list as a sheet: filtered, frozen, printable on A4 landscape, each cell a link, two columns to fill in.

use std::borrow::Cow;

use super::columns::Column;
use super::csv::TextEncoding;
use super::format::ListFormat;
use super::list::{DiscrepancyList, ListedDiscrepancy, Status};
use crate::report::FileReport;
use crate::text::own_markers::LIST_SHEET;
use crate::write::kit::book::Book;
use crate::write::kit::link::link_base;
use crate::write::kit::list_sheet::{CellLink, ListColumn, ListSheet, RowCell};
use crate::write::kit::number_format::{CellContent, ContentRef};
use crate::write::kit::properties::Properties;
use crate::write::kit::{cell_text, styles};
use crate::write::normalized::NormalizedLayout;
use crate::write::{ReportWriter, WriteError};

const TITLE: &str = LIST_SHEET;
/// The heading of what stands below the list.
pub(in crate::write) const LEGEND: &str = "读表说明（依据按规则编号列出）";
const NO_FINDING: &str = "未发现差异";
const EXPLAINED: u32 = 0x00E2_EFDA;

/// Returns the list of one file's findings, as the bytes of an xlsx file. `normalized_name` is the file name of the
/// normalized workbook that lies beside it; each finding's cell is a link into it.
///
/// Without findings a row says so. With the normalized workbook too, [`ReportWriter`] does
/// once what both need.
///
/// # Errors
/// When the report has no table.
pub fn discrepancy_list(report: &FileReport, normalized_name: &str) -> Result<Vec<u8>, WriteError> {
    ReportWriter::new(report).list(ListFormat::Xlsx, normalized_name, TextEncoding::default())
}

/// Returns a report's list as a workbook, linked to a normalized one that is laid out so.
pub(in crate::write) fn list_workbook(
    report: &FileReport,
    list: &DiscrepancyList,
    normalized_name: &str,
    layout: &NormalizedLayout,
) -> Result<Vec<u8>, WriteError> {
    let mut book = Book::new();
    book.set_properties(Properties::of_report(report, TITLE));
    let base = link_base(normalized_name);
    write_sheet(&mut book, TITLE, list, |row| {
        let places = layout.table(row.table)?;
        let place = places.locate(row.field.as_deref(), row.cell);
        Some(CellLink {
            target: format!("{}#'{}'!{place}", base.as_deref()?, places.sheet()),
            tip: Some("打开规范表中的对应单元格"),
        })
    })?;
    book.into_bytes()
}

/// Writes the list as a sheet of a book: page, header, widths, rows, filter, print area. The sheet's name is the
/// caller's, and where each row's cell leads.
pub(in crate::write) fn write_sheet(
    book: &mut Book,
    name: &str,
    list: &DiscrepancyList,
    link: impl Fn(&ListedDiscrepancy) -> Option<CellLink>,
) -> Result<(), WriteError> {
    let listed = list.sheet_columns();
    let has_quotes = listed.contains(&Column::Quote);
    let columns: Vec<ListColumn> = listed.iter().map(|column| column.in_list(has_quotes)).collect();
    let mut sheet = ListSheet::bare(book, name, &list.file, &columns)?;
    sheet.print_first(listed.iter().filter(|column| column.is_printed()).count());
    sheet.header()?;
    for finding in &list.findings {
        let link = link(finding);
        let texts = listed.iter().map(|&column| {
            let text = list.text_beside(finding, column)?;
            Some(cell_text::fitting(text, Some(finding.cell)))
        });
        let texts: Vec<Option<Cow<str>>> = texts.collect();
        let made = listed.iter().zip(&texts).map(|(&column, text)| match text {
            Some(_) => CellContent::Blank,
            None => list.made(finding, column),
        });
        let made: Vec<CellContent> = made.collect();
        let contents = texts.iter().zip(&made).map(|(text, made)| match text {
            Some(text) => ContentRef::Text(text),
            None => ContentRef::from(made),
        });
        sheet.row_of(listed.iter().zip(contents).map(|(column, content)| RowCell {
            content,
            link: link.as_ref().filter(|_| *column == Column::Cell),
            fill: match column {
                Column::Level => Some(styles::severity_fill(finding.severity)),
                Column::Status if finding.status == Status::Explained => Some(EXPLAINED),
                _ => None,
            },
        }))?;
    }
    if list.findings.is_empty() {
        sheet.instead_of_rows(NO_FINDING)?;
    } else {
        sheet.legend(LEGEND, &list.legend())?;
    }
    sheet.finish()
}
