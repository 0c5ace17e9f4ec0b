//! One list as one sheet, or as several where it has more rows than a sheet: header, filter, frozen header, page.
//!
//! Texts stand in the cells themselves and rows are deflated piece by piece, so that pieces can be made side by side,
//! none waits in memory, and neither changes a byte.

use std::collections::BTreeMap;
use std::io;
use std::ops::Range;

use super::cells::{Column, ColumnKind};
use super::list_plan::{Form, HEADER_HEIGHT, ListPiece, ListPlan, PieceMaker, RowTaker};
use super::looks;
use crate::grid::{CellAddress, CellRange};
use crate::write::WriteError;
use crate::write::kit::book::{Book, Rows, SheetContent};
use crate::write::kit::deflate::{DeflatedPart, Deflater};
use crate::write::kit::page;
use crate::write::kit::sheet_links::{CellLink, SheetLinks};
use crate::write::kit::sheet_xml::SheetXml;
use crate::write::kit::styles::{BODY_SIZE, SMALLEST_ROW};

/// Rows of a sheet, the header among them.
pub const MOST_ROWS: u32 = 1_048_576;
/// Rows that are deflated at once, whoever makes them.
pub const ROWS_A_PIECE: usize = 1_000;
const TIP: &str = "打开这个文件";

/// Where a path leads; `None` where no link can.
pub type Link<'a> = &'a dyn Fn(&str) -> Option<String>;

/// What became of a list.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Written {
    /// Sheets that it took.
    pub sheets: usize,
    /// Paths that got no link because a sheet can hold no more.
    pub unlinked: usize,
    /// Rows that it has.
    pub rows: usize,
}

/// A list that is being written.
pub struct ListWriter<'a> {
    book: &'a mut Book,
    name: &'static str,
    plan: ListPlan<'a>,
    /// What goes into each of the list's sheets.
    sheets: BTreeMap<usize, Sheet>,
    rows: usize,
    unlinked: usize,
    /// Heights of the header and the rows, where pages are planned.
    heights: Vec<f64>,
}

#[derive(Default)]
struct Sheet {
    rows: DeflatedPart,
    links: SheetLinks,
}

impl<'a> ListWriter<'a> {
    /// Returns a list without rows.
    ///
    /// # Errors
    /// When the library refuses a name.
    pub fn new(
        book: &'a mut Book,
        name: &'static str,
        columns: &'a [Column],
        form: Form,
        most_rows: u32,
    ) -> Result<Self, WriteError> {
        let plan = ListPlan::new(book, columns, form, most_rows);
        Ok(Self {
            book,
            name,
            plan,
            sheets: BTreeMap::new(),
            rows: 0,
            unlinked: 0,
            heights: vec![HEADER_HEIGHT],
        })
    }

    /// Puts pieces that others make behind the rows, each as it comes.
    ///
    /// # Errors
    /// The first error of those who make them.
    pub fn pieces(
        &mut self,
        rows: usize,
        make: impl FnOnce(&ListPlan<'a>, &mut dyn FnMut(ListPiece) -> Result<(), WriteError>) -> Result<(), WriteError>,
    ) -> Result<(), WriteError> {
        let Self { plan, sheets, .. } = self;
        make(plan, &mut |piece| put(sheets, piece).map_err(WriteError::internal))?;
        self.rows += rows;
        Ok(())
    }

    /// Writes rows behind the others.
    ///
    /// # Errors
    /// The first error of a row, or when a link cannot be kept.
    pub fn rows(
        &mut self,
        link: Link<'_>,
        fill: impl FnOnce(&mut RowTaker<'_>) -> Result<(), WriteError>,
    ) -> Result<(), WriteError> {
        let Self {
            plan,
            sheets,
            rows,
            unlinked,
            heights,
            ..
        } = self;
        let mut maker = PieceMaker::new(plan, *rows);
        let mut in_piece = 0;
        fill(&mut |values| {
            maker.row(plan, values, &mut |sheet, cell, path| {
                let Some(target) = link(path) else { return Ok(false) };
                let link = CellLink { target, tip: Some(TIP) };
                let links = &mut sheets.entry(sheet).or_default().links;
                let is_link = links.add(cell, &link, path).map_err(WriteError::internal)?;
                *unlinked += usize::from(!is_link);
                Ok(is_link)
            })?;
            *rows += 1;
            in_piece += 1;
            if in_piece == ROWS_A_PIECE {
                in_piece = 0;
                put(sheets, maker.end()?).map_err(WriteError::internal)?;
            }
            Ok(())
        })?;
        if in_piece > 0 {
            put(sheets, maker.end()?).map_err(WriteError::internal)?;
        }
        heights.append(&mut maker.heights);
        Ok(())
    }

    /// Ends the list; `none` is the sentence across it where it has no rows.
    ///
    /// # Errors
    /// When the library refuses a name or place.
    pub fn finish(mut self, none: &str) -> Result<Written, WriteError> {
        let columns = self.plan.columns.len();
        let mut merges = Vec::new();
        let mut rows = self.rows;
        if rows == 0 {
            rows = 1;
            merges.extend(self.sentence(none)?);
        }
        let (sheets, unlinked) = (std::mem::take(&mut self.sheets), self.unlinked);
        let written = Written {
            sheets: sheets.len(),
            unlinked,
            rows,
        };
        for (number, Sheet { rows: part, links }) in sheets {
            let position = self.frame(number, rows)?;
            let in_sheet = rows.min(self.plan.rows_a_sheet);
            rows -= in_sheet;
            let last = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
            let extent = CellRange::new(
                CellAddress::new(0, 0),
                CellAddress::new(last(in_sheet), last(columns).saturating_sub(1)),
            );
            let content = SheetContent {
                rows: Rows::Deflated(part),
                extent: Some(extent),
                merges: std::mem::take(&mut merges),
                links,
            };
            self.book.fill(position, content);
        }
        Ok(written)
    }

    /// Writes the header and a sentence, for a list without rows; the region that it takes.
    fn sentence(&mut self, text: &str) -> Result<Option<CellRange>, WriteError> {
        let look = self.book.look(&looks::of_column(ColumnKind::Text, BODY_SIZE));
        let plan = &self.plan;
        let last = u16::try_from(plan.form.printed).unwrap_or(u16::MAX).saturating_sub(1);
        let mut xml = SheetXml::default();
        plan.header(&mut xml);
        xml.begin_row(1, Some(SMALLEST_ROW));
        xml.inline(0, look, text);
        let is_across = !plan.form.streamed && last > 0;
        for column in (1..=last).filter(|_| is_across) {
            xml.blank(column, look);
        }
        xml.end_row();
        let piece = Deflater::default().piece(&xml.text).map_err(WriteError::internal)?;
        put(&mut self.sheets, ListPiece(vec![(0, piece)])).map_err(WriteError::internal)?;
        let range = CellRange::new(CellAddress::new(1, 0), CellAddress::new(1, u32::from(last)));
        Ok(is_across.then_some(range))
    }

    /// Adds the frame of the list's sheet with this number, which `rows` are left for; its position in the book.
    fn frame(&mut self, number: usize, rows: usize) -> Result<usize, WriteError> {
        let plan = &self.plan;
        let name = match number {
            0 => self.name.to_owned(),
            _ => format!("{}（{}）", self.name, number + 1),
        };
        let position = self.book.add_sheet(&name)?;
        let setup = self.book.setup(position)?;
        setup.footer = Some(self.name.to_owned());
        setup.frozen = (1, plan.form.frozen);
        setup.repeated_rows = Some((0, 0));
        setup.widths = (0_u16..).zip(plan.widths.iter().map(|(width, _)| *width)).collect();
        let last_row = u32::try_from(rows.min(plan.rows_a_sheet)).unwrap_or(u32::MAX);
        let up_to = |columns: usize, last_row: u32| {
            let last = u32::try_from(columns).unwrap_or(u32::MAX).saturating_sub(1);
            Some(CellRange::new(CellAddress::new(0, 0), CellAddress::new(last_row, last)))
        };
        setup.filter = up_to(plan.columns.len(), last_row);
        setup.print_area = up_to(plan.form.printed, last_row);
        page::print_first_rows(setup, rows, &[]);
        let printed: Vec<f64> = plan
            .widths
            .iter()
            .take(plan.form.printed)
            .map(|(width, _)| *width)
            .collect();
        page::set_grouped_columns(setup, &printed, usize::from(plan.form.frozen), &groups(plan.columns));
        if plan.form.plans_pages() && rows <= page::MOST_PRINTED_ROWS {
            let last = self.heights.len().saturating_sub(1);
            let together = plan.form.together;
            let groups = (1..=last).step_by(together);
            let groups = groups.map(|start| start..=last.min(start + together - 1));
            // No page has the sum alone.
            let sum = last.saturating_sub(2 * together).saturating_add(1)..=last;
            let whole: Vec<_> = groups.chain([sum]).collect();
            let scale = page::scale_of(setup, &printed);
            setup.row_breaks = page::row_breaks(&self.heights, 0, &whole, scale);
        }
        Ok(position)
    }
}

/// Returns the columns that say one thing in several ways: 优（个数）, 优（占比）, 优（万元）.
fn groups(columns: &[Column]) -> Vec<Range<usize>> {
    let subject = |(title, ..): &Column| title.split_once('（').map(|(subject, _)| subject);
    let of_subject = columns.chunk_by(|one, next| subject(one).is_some() && subject(one) == subject(next));
    let mut end = 0;
    let ranges = of_subject.map(|group| {
        end += group.len();
        end - group.len()..end
    });
    ranges.filter(|range| range.len() > 1).collect()
}

fn put(sheets: &mut BTreeMap<usize, Sheet>, piece: ListPiece) -> io::Result<()> {
    for (sheet, piece) in piece.0 {
        sheets.entry(sheet).or_default().rows.push(&piece)?;
    }
    Ok(())
}
