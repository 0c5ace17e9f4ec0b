//! One list as one sheet, or as several where it has more rows than a sheet: header, filter, frozen header, page.

use std::collections::BTreeMap;

use rust_xlsxwriter::{Format, FormatAlign, FormatUnderline, Workbook, Worksheet};

use super::cells::{Column, ColumnKind, Value};
use super::links::Links;
use crate::model::Severity;
use crate::write::WriteError;
use crate::write::kit::number_format::to_f64;
use crate::write::kit::styles::{LINK_COLOR, SMALLEST_ROW};
use crate::write::kit::text_width::{column_width, fit};
use crate::write::kit::{cell_text, page, styles};

const HEADER_HEIGHT: f64 = 36.0;
/// Rows of a streamed list that get a height of their own. The library keeps each in memory, some 500 bytes; programs
/// fit further rows to their texts when they open the workbook.
const FITTED_ROWS: u32 = 3_000;
/// Rows of a streamed list whose texts are wrapped: fitting more would hold up the opening. Further rows have one line,
/// in which a text shows its beginning.
const WRAPPED_ROWS: u32 = 20_000;
/// Rows of a sheet, the header among them.
pub const MOST_ROWS: u32 = 1_048_576;
/// Digits that a spreadsheet's number keeps.
const SIGNIFICANT_DIGITS: usize = 15;

/// Where a path leads; `None` where no link can.
pub type Link<'a> = &'a dyn Fn(&str) -> Option<String>;

/// A list that is being written.
pub struct ListWriter<'a> {
    workbook: &'a mut Workbook,
    name: &'static str,
    columns: &'a [Column],
    /// Whether rows come in any number and are laid out as they come.
    streamed: bool,
    /// Whether rows wait on disk.
    on_disk: bool,
    most_rows: u32,
    /// Columns that a person reads on a page, and columns that stay in sight.
    printed: usize,
    frozen: u16,
    sheet: usize,
    sheets: usize,
    next_row: u32,
    links: &'a mut Links,
    unlinked: usize,
    looks: ColumnFormats,
}

/// How a list is laid out.
#[derive(Debug, Clone, Copy)]
pub struct Form {
    /// Whether rows come in any number and are laid out as they come.
    pub streamed: bool,
    /// Whether they wait on disk, so that a long list costs no memory.
    pub on_disk: bool,
    /// Columns that a person reads on a page.
    pub printed: usize,
    /// Columns that stay in sight.
    pub frozen: u16,
}

/// What became of a list.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Written {
    /// Sheets that it took.
    pub sheets: usize,
    /// Paths that got no link because a sheet can hold no more.
    pub unlinked: usize,
}

impl<'a> ListWriter<'a> {
    /// Returns a list with its first sheet.
    pub fn new(
        workbook: &'a mut Workbook,
        links: &'a mut Links,
        name: &'static str,
        columns: &'a [Column],
        form: Form,
        most_rows: u32,
    ) -> Result<Self, WriteError> {
        let mut writer = Self {
            workbook,
            name,
            columns,
            streamed: form.streamed,
            on_disk: form.streamed && form.on_disk,
            most_rows,
            printed: form.printed.min(columns.len()),
            frozen: form.frozen,
            sheet: 0,
            sheets: 0,
            next_row: 0,
            links,
            unlinked: 0,
            looks: ColumnFormats::default(),
        };
        writer.begin_sheet()?;
        Ok(writer)
    }

    fn begin_sheet(&mut self) -> Result<(), WriteError> {
        self.sheets += 1;
        let name = if self.sheets == 1 {
            self.name.to_owned()
        } else {
            format!("{}（{}）", self.name, self.sheets)
        };
        let header = self.looks.header();
        self.sheet = self.workbook.worksheets().len();
        let sheet = add_sheet(self.workbook, self.on_disk)?;
        sheet.set_name(name)?;
        styles::set_page(sheet, self.name);
        sheet.set_freeze_panes(1, self.frozen)?;
        sheet.set_repeat_rows(0, 0)?;
        sheet.set_row_height(0, HEADER_HEIGHT)?;
        for (at, (title, width, _)) in (0_u16..).zip(self.columns) {
            sheet.set_column_width(at, column_width(*width, styles::BODY_SIZE))?;
            // A unit or qualifier goes on a line of its own rather than be broken anywhere.
            sheet.write_string_with_format(0, at, title.replace('（', "\n（"), &header)?;
        }
        self.next_row = 1;
        Ok(())
    }

    /// Writes a row; on a full sheet it goes to the next.
    pub fn row(&mut self, values: Vec<Value>, link: Link<'_>) -> Result<(), WriteError> {
        if self.next_row >= self.most_rows {
            self.end_sheet()?;
            self.begin_sheet()?;
        }
        let row = self.next_row;
        self.next_row += 1;
        self.looks.wraps = !self.streamed || row <= WRAPPED_ROWS;
        let sheet = self.workbook.worksheet_from_index(self.sheet)?;
        let mut height = SMALLEST_ROW;
        let mut cells = Vec::new();
        for (value, (_, width, look)) in values.into_iter().zip(self.columns) {
            let value = match value {
                Value::Text(text) => Value::Text(cell_text::for_cell(&text, None)),
                Value::Path(path) => Value::Path(cell_text::for_cell(&path, None)),
                other => other,
            };
            let size = match &value {
                Value::Text(text) | Value::Path(text) if self.looks.wraps => {
                    let (size, needed) = fit(text, column_width(*width, styles::BODY_SIZE), styles::BODY_SIZE);
                    height = height.max(needed);
                    size
                }
                _ => styles::BODY_SIZE,
            };
            cells.push((value, *look, size));
        }
        if !self.streamed || row <= FITTED_ROWS {
            sheet.set_row_height(row, height)?;
        }
        for (at, (value, look, size)) in (0_u16..).zip(cells) {
            if let Value::Path(path) = &value
                && let Some(target) = link(path)
            {
                if self.links.add(self.sheet, (row, at), &target)? {
                    sheet.write_string_with_format(row, at, path, &self.looks.link(size))?;
                    continue;
                }
                self.unlinked += 1;
            }
            write_cell(sheet, &mut self.looks, (row, at), &value, look, size)?;
        }
        Ok(())
    }

    /// Returns a sentence across the list, for a list without rows.
    pub fn sentence(&mut self, text: &str) -> Result<(), WriteError> {
        let row = self.next_row;
        self.next_row += 1;
        let look = self.looks.of(ColumnKind::Text, styles::BODY_SIZE);
        let sheet = self.workbook.worksheet_from_index(self.sheet)?;
        sheet.set_row_height(row, SMALLEST_ROW)?;
        let last = u16::try_from(self.printed).unwrap_or(u16::MAX).saturating_sub(1);
        if self.streamed {
            sheet.write_string_with_format(row, 0, text, &look)?;
        } else {
            sheet.merge_range(row, 0, row, last, text, &look)?;
        }
        Ok(())
    }

    fn end_sheet(&mut self) -> Result<(), WriteError> {
        let last_row = self.next_row.saturating_sub(1);
        let last = u16::try_from(self.columns.len()).unwrap_or(u16::MAX).saturating_sub(1);
        let sheet = self.workbook.worksheet_from_index(self.sheet)?;
        sheet.autofilter(0, 0, last_row, last)?;
        let printed = u16::try_from(self.printed).unwrap_or(u16::MAX).saturating_sub(1);
        sheet.set_print_area(0, 0, last_row, printed)?;
        let widths: Vec<f64> = self
            .columns
            .iter()
            .take(self.printed)
            .map(|(_, width, _)| column_width(*width, styles::BODY_SIZE))
            .collect();
        page::set_columns(sheet, &widths, usize::from(self.frozen))?;
        Ok(())
    }

    /// Ends the list.
    pub fn finish(mut self) -> Result<Written, WriteError> {
        self.end_sheet()?;
        Ok(Written {
            sheets: self.sheets,
            unlinked: self.unlinked,
        })
    }
}

/// Writes one cell, a path as its text.
pub fn write_cell(
    sheet: &mut Worksheet,
    looks: &mut ColumnFormats,
    (row, at): (u32, u16),
    value: &Value,
    look: ColumnKind,
    size: f64,
) -> Result<(), WriteError> {
    match value {
        Value::None => {
            sheet.write_blank(row, at, &looks.of(look, size))?;
        }
        Value::Text(text) | Value::Path(text) => {
            sheet.write_string_with_format(row, at, text, &looks.of(look, size))?;
        }
        Value::Level(severity) => {
            sheet.write_string_with_format(row, at, severity.title(), &looks.level(*severity))?;
        }
        Value::Number(number) => {
            let digits = number.normalize().mantissa().unsigned_abs().to_string().len();
            // A whole number keeps no bare point behind it.
            let look = if look == ColumnKind::Score && number.normalize().scale() == 0 {
                ColumnKind::Count
            } else {
                look
            };
            if digits > SIGNIFICANT_DIGITS && number.normalize().scale() == 0 {
                sheet.write_string_with_format(row, at, number.to_string(), &looks.of(look, size))?;
            } else {
                sheet.write_number_with_format(row, at, to_f64(*number), &looks.of(look, size))?;
            }
        }
    }
    Ok(())
}

/// Formats, each made once.
#[derive(Debug)]
pub struct ColumnFormats {
    made: BTreeMap<(u8, Option<ColumnKind>, u64, bool), Format>,
    /// Whether texts are wrapped.
    wraps: bool,
}

impl Default for ColumnFormats {
    fn default() -> Self {
        Self {
            made: BTreeMap::new(),
            wraps: true,
        }
    }
}

impl ColumnFormats {
    /// Returns a header cell.
    pub fn header(&mut self) -> Format {
        self.made(0, None, styles::BODY_SIZE, || {
            styles::bordered(styles::body(styles::BODY_SIZE))
                .set_bold()
                .set_align(FormatAlign::Center)
                .set_background_color(styles::HEADER_FILL)
        })
    }

    /// Returns a cell of a column.
    pub fn of(&mut self, look: ColumnKind, size: f64) -> Format {
        self.made(1, Some(look), size, || {
            let format = styles::bordered(styles::body(size)).set_num_format(look.number_format());
            match look {
                ColumnKind::Text => format.set_align(FormatAlign::Left),
                ColumnKind::Money => format.set_align(FormatAlign::Right),
                _ => format.set_align(FormatAlign::Center),
            }
        })
    }

    /// Returns a cell of a sum line.
    pub fn sum(&mut self, look: ColumnKind) -> Format {
        let usual = self.of(look, styles::BODY_SIZE);
        self.made(2, Some(look), styles::BODY_SIZE, || usual.set_bold())
    }

    fn link(&mut self, size: f64) -> Format {
        self.made(3, None, size, || {
            styles::bordered(styles::body(size))
                .set_align(FormatAlign::Left)
                .set_font_color(LINK_COLOR)
                .set_underline(FormatUnderline::Single)
        })
    }

    fn level(&mut self, severity: Severity) -> Format {
        let kind = match severity {
            Severity::Info => 4,
            Severity::Warning => 5,
            Severity::Error => 6,
        };
        self.made(kind, None, styles::BODY_SIZE, || {
            styles::bordered(styles::body(styles::BODY_SIZE))
                .set_align(FormatAlign::Center)
                .set_background_color(styles::severity_fill(severity))
        })
    }

    fn made(&mut self, kind: u8, look: Option<ColumnKind>, size: f64, make: impl FnOnce() -> Format) -> Format {
        let wraps = self.wraps;
        let wrapped = || if wraps { make() } else { make().unset_text_wrap() };
        self.made
            .entry((kind, look, size.to_bits(), wraps))
            .or_insert_with(wrapped)
            .clone()
    }
}

/// Adds a sheet whose rows, if `on_disk`, wait on disk.
#[cfg(feature = "batch")]
fn add_sheet(workbook: &mut Workbook, on_disk: bool) -> Result<&mut Worksheet, WriteError> {
    Ok(if on_disk {
        workbook.add_worksheet_with_constant_memory()?
    } else {
        workbook.add_worksheet()
    })
}

/// Adds a sheet; without files its rows stay in memory.
#[cfg(not(feature = "batch"))]
#[allow(clippy::unnecessary_wraps)]
fn add_sheet(workbook: &mut Workbook, _: bool) -> Result<&mut Worksheet, WriteError> {
    Ok(workbook.add_worksheet())
}
