//! The list as a sheet: filtered, frozen, printable on A4 landscape, each cell a link, two columns to fill in.

use std::borrow::Cow;
use std::{fmt, io};

use super::columns::Column;
use super::csv::TextEncoding;
use super::format::ListFormat;
use super::list::{DiscrepancyList, FOR_REVIEW_HEADING, ListedDiscrepancy, Status};
use super::widths::Widths;
use crate::grid::CellAddress;
use crate::report::FileReport;
use crate::text::own_markers::LIST_SHEET;
use crate::write::kit::book::Book;
use crate::write::kit::link::link_base;
use crate::write::kit::list_sheet::{CellLink, ListSheet, RowCell, RowLink};
use crate::write::kit::number_format::{CellContent, ContentRef};
use crate::write::kit::properties::Properties;
use crate::write::kit::ready_sheet::ReadySheet;
use crate::write::kit::sheet_links::SheetLinks;
use crate::write::kit::{cell_text, styles};
use crate::write::normalized::NormalizedLayout;
use crate::write::{ReportWriter, WriteError};

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

/// The list's sheet, written once for both workbooks that hold it, and the cells of its findings.
pub(in crate::write) struct ListPart {
    sheet: ReadySheet,
    /// `None` where a link would not fit.
    linked: Vec<Option<CellAddress>>,
}

impl fmt::Debug for ListPart {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ListPart").finish_non_exhaustive()
    }
}

impl ListPart {
    /// Returns the sheet of a list.
    ///
    /// # Errors
    /// When the library refuses a value.
    pub fn of(list: &DiscrepancyList) -> Result<Self, WriteError> {
        let mut book = Book::new();
        let linked = write_sheet(&mut book, list, Links::Later)?;
        let sheet = book.into_ready_sheet().map_err(WriteError::internal)?;
        let sheet = sheet.ok_or_else(|| WriteError::internal(io::Error::other("the list is no sheet of its own")))?;
        Ok(Self { sheet, linked })
    }

    /// Returns the links of its findings; `None` where one of them can have none, and the list is to be written anew.
    fn links(
        &self,
        list: &DiscrepancyList,
        link: impl Fn(&ListedDiscrepancy) -> Option<CellLink>,
    ) -> Result<Option<SheetLinks>, WriteError> {
        let mut links = SheetLinks::new();
        for (finding, cell) in list.findings.iter().zip(&self.linked) {
            let Some(cell) = cell else { continue };
            let Some(link) = link(finding) else { return Ok(None) };
            let shown = list.cell_text(finding);
            if !links.add(*cell, &link, &shown).map_err(WriteError::internal)? {
                return Ok(None);
            }
        }
        Ok(Some(links))
    }

    /// Returns a workbook that `begin` puts its other sheets into, behind them the list; `link` says where each of its
    /// findings leads.
    ///
    /// # Errors
    /// What `begin` says, or when the library refuses a value.
    pub fn book(
        &self,
        list: &DiscrepancyList,
        link: impl Fn(&ListedDiscrepancy) -> Option<CellLink>,
        begin: impl FnOnce(&mut Book) -> Result<(), WriteError>,
    ) -> Result<Book, WriteError> {
        match self.links(list, &link)? {
            Some(links) => {
                let mut book = Book::beginning_with(&self.sheet);
                begin(&mut book)?;
                book.put_ready_sheet(&self.sheet, links);
                Ok(book)
            }
            None => {
                let mut book = Book::new();
                begin(&mut book)?;
                write_sheet(&mut book, list, Links::Now(&link))?;
                Ok(book)
            }
        }
    }
}

/// Returns a report's list as a workbook, linked to a normalized one that is laid out so.
pub(in crate::write) fn list_workbook(
    report: &FileReport,
    list: &DiscrepancyList,
    part: &ListPart,
    normalized_name: &str,
    layout: &NormalizedLayout,
) -> Result<Vec<u8>, WriteError> {
    let base = link_base(normalized_name);
    let link = |row: &ListedDiscrepancy| {
        let places = layout.table(row.table)?;
        let place = places.locate(row.field.as_deref(), row.cell);
        Some(CellLink {
            target: format!("{}#'{}'!{place}", base.as_deref()?, places.sheet()),
            tip: Some("打开规范表中的对应单元格"),
        })
    };
    let mut book = part.book(list, link, |_| Ok(()))?;
    book.set_properties(Properties::of_report(report, LIST_SHEET));
    book.into_bytes()
}

/// Where each row's cell leads.
enum Links<'l> {
    Now(&'l dyn Fn(&ListedDiscrepancy) -> Option<CellLink>),
    Later,
}

/// Writes the list as a sheet of a book: page, header, widths, rows, filter, print area. Returns the cells of the
/// findings.
fn write_sheet(book: &mut Book, list: &DiscrepancyList, links: Links) -> Result<Vec<Option<CellAddress>>, WriteError> {
    let listed = list.sheet_columns();
    let widths = Widths::of(list, listed.iter().copied());
    let columns = widths.in_list();
    let mut sheet = ListSheet::bare(book, LIST_SHEET, &list.file, &columns)?;
    sheet.print_first(listed.iter().filter(|column| column.is_printed()).count());
    sheet.header()?;
    let linked_column = (0..).zip(&listed).find(|(_, column)| **column == Column::Cell);
    let linked_column = linked_column.map_or(0, |(at, _)| at);
    let mut linked = Vec::with_capacity(list.findings.len());
    for finding in &list.findings {
        let has_room = widths.holds_link(&list.cell_text(finding));
        linked.push(has_room.then(|| CellAddress::new(sheet.next_row(), linked_column)));
        let said = match links {
            Links::Now(link) => Some(link(finding)),
            Links::Later => None,
        };
        let link = said.as_ref().map_or(RowLink::Later, |link| link.as_ref().into());
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
            link: if *column == Column::Cell && has_room {
                link
            } else {
                RowLink::None
            },
            fill: match column {
                Column::Level => Some(styles::severity_fill(finding.severity)),
                Column::Status if finding.status == Status::Explained => Some(EXPLAINED),
                _ => None,
            },
        }))?;
    }
    if list.findings.is_empty() {
        sheet.instead_of_rows(NO_FINDING)?;
    }
    let review: Vec<_> = list.review_lines().into_iter().map(|line| (line, None)).collect();
    if !review.is_empty() {
        sheet.legend(FOR_REVIEW_HEADING, &review)?;
    }
    if !list.findings.is_empty() {
        sheet.legend(LEGEND, &list.legend())?;
    }
    sheet.finish()?;
    Ok(linked)
}
