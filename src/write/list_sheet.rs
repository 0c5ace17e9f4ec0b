//! A sheet that is one list: a title, a few lines about it, a header, rows to be filtered and printed.

use std::collections::BTreeMap;

use rust_xlsxwriter::{Format, FormatAlign, FormatUnderline, Url, Worksheet};

use super::number_format::{CellContent, to_f64};
use super::text_width::{column_width, fit};
use super::{WriteError, styles};
use crate::layout::own_form::COMPANION_PREFIX;
use crate::write::styles::{HEADER_HEIGHT, LINK_COLOR, MOST_LINKS, SMALLEST_ROW};

const TITLE_SIZE: f64 = 14.0;

/// How a column's cells stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// Centred: numbers, codes, cells.
    Centred,
    /// From the left: sentences.
    Text,
}

/// A column: header, width in characters, standing.
pub type ListColumn = (&'static str, usize, Standing);

/// One cell of a row.
#[derive(Debug)]
pub struct ListCell {
    /// What it shows.
    pub content: CellContent,
    /// Where a click leads.
    pub link: Option<String>,
    /// A fill of its own.
    pub fill: Option<u32>,
}

impl From<CellContent> for ListCell {
    fn from(content: CellContent) -> Self {
        Self {
            content,
            link: None,
            fill: None,
        }
    }
}

/// A list that is being written, from top to bottom.
pub struct ListSheet<'a> {
    worksheet: &'a mut Worksheet,
    columns: &'a [ListColumn],
    next_row: u32,
    header_row: u32,
    links: usize,
    looks: BTreeMap<LookKey, Format>,
}

/// What a cell's look depends on: standing, fill, whether it is a link, font size in hundredths, number format.
type LookKey = (Standing, Option<u32>, bool, u32, Option<String>);

impl<'a> ListSheet<'a> {
    /// Begins a sheet that accompanies a normalized table: its title in the first row says so.
    ///
    /// # Errors
    /// When the library refuses a value.
    pub fn companion(
        worksheet: &'a mut Worksheet,
        title: &str,
        footer: &str,
        columns: &'a [ListColumn],
    ) -> Result<Self, WriteError> {
        styles::set_page(worksheet, footer);
        for (column, (_, width, _)) in (0u16..).zip(columns) {
            worksheet.set_column_width(column, column_width(*width, styles::BODY_SIZE))?;
        }
        let look = styles::body(TITLE_SIZE).set_bold().unset_text_wrap();
        worksheet.write_string_with_format(0, 0, format!("{COMPANION_PREFIX}{title}"), &look)?;
        worksheet.set_row_height(0, HEADER_HEIGHT)?;
        Ok(Self {
            worksheet,
            columns,
            next_row: 1,
            header_row: 0,
            links: 0,
            looks: BTreeMap::new(),
        })
    }

    /// A line of label and value over the width of the list.
    ///
    /// # Errors
    /// When the library refuses a value.
    pub fn line(&mut self, label: &str, content: &CellContent) -> Result<(), WriteError> {
        let row = self.next_row;
        self.next_row += 1;
        let last = u16::try_from(self.columns.len()).unwrap_or(u16::MAX).saturating_sub(1);
        let label_look = bordered().set_bold().set_background_color(styles::HEADER_FILL);
        let look = bordered().set_align(FormatAlign::Left);
        self.worksheet.merge_range(row, 0, row, 1, label, &label_look)?;
        self.worksheet.merge_range(row, 2, row, last, "", &look)?;
        write(self.worksheet, row, 2, content, &look)?;
        let width: f64 = self
            .columns
            .iter()
            .skip(2)
            .map(|(_, width, _)| column_width(*width, styles::BODY_SIZE))
            .sum();
        let (_, height) = fit(&content.shown(), width, styles::BODY_SIZE);
        self.worksheet.set_row_height(row, height.max(SMALLEST_ROW))?;
        Ok(())
    }

    /// The header, from which rows are filtered; it stays in view and is repeated in print.
    ///
    /// # Errors
    /// When the library refuses a value.
    pub fn header(&mut self) -> Result<(), WriteError> {
        let row = self.next_row;
        let look = bordered()
            .set_bold()
            .set_align(FormatAlign::Center)
            .set_background_color(styles::HEADER_FILL);
        for (column, (header, _, _)) in (0u16..).zip(self.columns) {
            self.worksheet.write_string_with_format(row, column, *header, &look)?;
        }
        self.worksheet.set_row_height(row, HEADER_HEIGHT)?;
        self.worksheet.set_freeze_panes(row + 1, 0)?;
        self.worksheet.set_repeat_rows(row, row)?;
        self.header_row = row;
        self.next_row = row + 1;
        Ok(())
    }

    /// A row under the header.
    ///
    /// # Errors
    /// When the library refuses a value.
    pub fn row(&mut self, cells: impl IntoIterator<Item = ListCell>) -> Result<(), WriteError> {
        let row = self.next_row;
        self.next_row += 1;
        let mut height = SMALLEST_ROW;
        for ((column, (_, width, standing)), cell) in (0u16..).zip(self.columns).zip(cells) {
            let shown = cell.content.shown();
            let (size, needed) = fit(&shown, column_width(*width, styles::BODY_SIZE), styles::BODY_SIZE);
            height = height.max(needed);
            let url = cell
                .link
                .filter(|_| self.links < MOST_LINKS)
                .and_then(|link| url(&link, &shown));
            let number_format = match &cell.content {
                CellContent::Number { format, .. } => Some(format.clone()),
                _ => None,
            };
            let key = (
                *standing,
                cell.fill,
                url.is_some(),
                (size * 100.0) as u32,
                number_format,
            );
            let look = self.looks.entry(key).or_insert_with_key(look);
            match url {
                Some(url) => {
                    self.links += 1;
                    self.worksheet.write_url_with_format(row, column, url, look)?;
                }
                None => write(self.worksheet, row, column, &cell.content, look)?,
            }
        }
        self.worksheet.set_row_height(row, height)?;
        Ok(())
    }

    /// Ends the list: filter and print area.
    ///
    /// # Errors
    /// When the library refuses a value.
    pub fn finish(self) -> Result<(), WriteError> {
        let last_row = self.next_row.saturating_sub(1).max(self.header_row);
        let last = u16::try_from(self.columns.len()).unwrap_or(u16::MAX).saturating_sub(1);
        self.worksheet
            .autofilter(self.header_row, 0, last_row.max(self.header_row + 1), last)?;
        self.worksheet.set_print_area(0, 0, last_row, last)?;
        Ok(())
    }
}

fn url(link: &str, shown: &str) -> Option<Url> {
    /// Longest link and shown text that Excel takes.
    const LONGEST: usize = 2_000;
    const LONGEST_SHOWN: usize = 255;
    let fits = link.chars().count() <= LONGEST && !shown.is_empty() && shown.encode_utf16().count() <= LONGEST_SHOWN;
    fits.then(|| Url::new(link).set_text(shown))
}

fn look((standing, fill, is_link, size, number_format): &LookKey) -> Format {
    let mut look = styles::bordered(styles::body(f64::from(*size) / 100.0)).set_align(match standing {
        Standing::Centred => FormatAlign::Center,
        Standing::Text => FormatAlign::Left,
    });
    if let Some(fill) = fill {
        look = look.set_background_color(*fill);
    }
    if *is_link {
        look = look.set_font_color(LINK_COLOR).set_underline(FormatUnderline::Single);
    }
    if let Some(number_format) = number_format {
        look = look.set_num_format(number_format);
    }
    look
}

fn bordered() -> Format {
    styles::bordered(styles::body(styles::BODY_SIZE))
}

fn write(
    worksheet: &mut Worksheet,
    row: u32,
    column: u16,
    content: &CellContent,
    look: &Format,
) -> Result<(), WriteError> {
    match content {
        CellContent::Blank => worksheet.write_blank(row, column, look)?,
        CellContent::Text(text) => worksheet.write_string_with_format(row, column, text, look)?,
        CellContent::Number { value, .. } => worksheet.write_number_with_format(row, column, to_f64(*value), look)?,
    };
    Ok(())
}
