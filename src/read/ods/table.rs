//! One table: rows, columns and cells with their repetitions, merged regions, what is hidden, notes.

use std::borrow::Cow;

use quick_xml::events::BytesStart;

use super::cell::RawCell;
use super::styles::{CellLook, Line, Styles};
use super::{local_attribute, repeated, shapes};
use crate::grid::{Cell, CellAddress, CellRange, CellValue, FORM_MARK_NAME, MAX_COLUMNS, MAX_ROWS, Sheet};
use crate::read::kit::budget::Budget;
use crate::read::kit::cell_builder::{CellBuilder, unread_boxes};
use crate::read::kit::cell_format::Look;
use crate::read::kit::decimal::parse_number;
use crate::read::kit::form_mark::marked_text;
use crate::read::kit::package::PartError;
use crate::read::kit::sheet_builder::SheetBuilder;
use crate::read::kit::symbol_text::Fonts;
use crate::read::kit::xml::{Node, Xml};
use crate::read::number_format::Epoch;

/// What a table is read with.
pub(super) struct Context<'a> {
    pub styles: &'a mut Styles,
    pub budget: &'a mut Budget,
    pub epoch: Epoch,
}

/// The sizes of columns and rows whose styles give none, in points.
const USUAL_WIDTH: f64 = 64.0;
const USUAL_HEIGHT: f64 = 12.8;

/// Reads the table that has just begun, up to its end.
pub(super) fn read(xml: &mut Xml, name: String, context: Context) -> Result<Sheet, PartError> {
    let mut reader = TableReader {
        context,
        sheet: SheetBuilder::default(),
        column_styles: Vec::new(),
        next_row: 0,
        next_column: 0,
        form_mark: None,
    };
    reader.sheet.geometry.has_true_widths = true;
    reader.sheet.geometry.default_width = Some(USUAL_WIDTH);
    reader.sheet.geometry.default_height = Some(USUAL_HEIGHT);
    reader.read(xml)?;
    let mut sheet = reader.sheet.into_sheet_under_boxes(name, reader.context.budget)?;
    sheet.form_mark = reader.form_mark;
    Ok(sheet)
}

struct TableReader<'a> {
    context: Context<'a>,
    sheet: SheetBuilder,
    /// The style of cells without one, up to and including a column.
    column_styles: Vec<(u32, Option<String>)>,
    next_row: u32,
    next_column: u32,
    form_mark: Option<String>,
}

impl TableReader<'_> {
    fn read(&mut self, xml: &mut Xml) -> Result<(), PartError> {
        let inside = xml.depth();
        loop {
            let depth = xml.depth();
            match xml.next()? {
                Node::Start(start) => match start.local_name().as_ref() {
                    "table-columns"
                    | "table-header-columns"
                    | "table-column-group"
                    | "table-rows"
                    | "table-header-rows"
                    | "table-row-group" => {}
                    "table-column" => {
                        self.column(&start);
                        xml.skip()?;
                    }
                    "forms" => self.forms(xml)?,
                    "shapes" => shapes::read_list(xml, &mut self.sheet.text_boxes)?,
                    "named-expressions" => {}
                    "named-expression" => {
                        if local_attribute(&start, "name").as_deref() == Some(FORM_MARK_NAME) {
                            self.form_mark = local_attribute(&start, "expression").and_then(|text| marked_text(&text));
                        }
                        xml.skip()?;
                    }
                    "table-row" => {
                        let row = Row::begin(&start);
                        self.row(xml, &row)?;
                    }
                    _ => xml.skip()?,
                },
                Node::End(_) if depth == inside => return Ok(()),
                Node::Eof => return Err(PartError::Broken),
                _ => {}
            }
        }
    }

    /// Controls over the table.
    fn forms(&mut self, xml: &mut Xml) -> Result<(), PartError> {
        let inside = xml.depth();
        let mut boxes = 0;
        loop {
            let depth = xml.depth();
            match xml.next()? {
                Node::Start(start) => boxes += usize::from(matches!(start.local_name().as_ref(), "checkbox" | "radio")),
                Node::End(_) if depth == inside => break,
                Node::Eof => return Err(PartError::Broken),
                _ => {}
            }
        }
        if boxes > 0 {
            self.sheet.losses.add(None, || unread_boxes(boxes));
        }
        Ok(())
    }

    fn column(&mut self, start: &BytesStart) {
        if self.next_column >= MAX_COLUMNS {
            return;
        }
        let last = self
            .next_column
            .saturating_add(repeated(start, "number-columns-repeated"))
            .min(MAX_COLUMNS)
            - 1;
        if is_hidden(start) {
            self.sheet.hidden_columns.push((self.next_column, last));
        }
        let own = local_attribute(start, "style-name");
        if let Some(width) = self.context.styles.size_of(Line::Column, own.as_deref()) {
            self.sheet.geometry.add_columns(self.next_column, last, width);
        }
        let style = local_attribute(start, "default-cell-style-name").map(Cow::into_owned);
        self.column_styles.push((last, style));
        self.next_column = last + 1;
    }

    fn row(&mut self, xml: &mut Xml, row: &Row) -> Result<(), PartError> {
        if self.next_row >= MAX_ROWS {
            self.sheet
                .losses
                .add(None, || format!("行号超出表格范围（最多 {MAX_ROWS} 行），该行没有读到"));
            return xml.skip();
        }
        let first = self.next_row;
        let last = first.saturating_add(row.repeated).min(MAX_ROWS) - 1;
        self.next_row = last + 1;
        if row.is_hidden {
            self.sheet.hidden_rows.push((first, last));
        }
        if let Some(height) = row.height(self.context.styles) {
            self.sheet.geometry.add_rows(first, last, height);
        }
        let start = self.sheet.cells.len();
        let first_merge = self.sheet.merges.len();
        self.cells_of_row(xml, first, row)?;
        if last == first {
            return Ok(());
        }
        let template: Vec<Cell> = self.sheet.cells.get(start..).unwrap_or_default().to_vec();
        if template.is_empty() {
            return Ok(());
        }
        // A region over several rows cannot be repeated with its row: it would overlap itself.
        let regions = self.sheet.merges.get(first_merge..).unwrap_or_default();
        let regions: Vec<CellRange> = regions.iter().filter(|range| range.height() == 1).copied().collect();
        for repeat in first + 1..=last {
            for cell in &template {
                let mut cell = cell.clone();
                cell.address.row = repeat;
                self.sheet.keep(cell, self.context.budget)?;
            }
            for region in &regions {
                self.context.budget.take_merge()?;
                let first = CellAddress::new(repeat, region.first.column);
                let last = CellAddress::new(repeat, region.last.column);
                self.sheet.merges.push(CellRange::new(first, last));
            }
        }
        Ok(())
    }

    fn cells_of_row(&mut self, xml: &mut Xml, row: u32, facts: &Row) -> Result<(), PartError> {
        let inside = xml.depth();
        let mut column = 0_u32;
        loop {
            let depth = xml.depth();
            match xml.next()? {
                Node::Start(start) => match start.local_name().as_ref() {
                    "table-cell" | "covered-table-cell" => {
                        let raw = RawCell::begin(&start);
                        let address = CellAddress::new(row, column);
                        let raw = RawCell::read(xml, raw, address, &mut self.sheet.text_boxes)?;
                        let next = column.saturating_add(raw.repeated);
                        self.cell(raw, address, facts)?;
                        column = next;
                    }
                    _ => xml.skip()?,
                },
                Node::End(_) if depth == inside => return Ok(()),
                Node::Eof => return Err(PartError::Broken),
                _ => {}
            }
        }
    }

    fn cell(&mut self, mut raw: RawCell, address: CellAddress, row: &Row) -> Result<(), PartError> {
        if address.column >= MAX_COLUMNS {
            if raw.shown.is_some() || raw.formula.is_some() || raw.value(self.context.epoch) != Ok(CellValue::Blank) {
                let message = || format!("第 {} 行有一个位置无效的单元格，没有读到", address.row + 1);
                self.sheet.losses.add(None, message);
            }
            return Ok(());
        }
        self.merge(&raw, address)?;
        if let Some(note) = raw.note.take().filter(|note| !note.is_empty()) {
            if self.context.budget.take_note(note.len()) {
                self.sheet.notes.push((address, note));
            } else {
                self.sheet
                    .losses
                    .add(Some(address), || "批注过多，这一条没有读".to_owned());
            }
        }
        let value = match raw.value(self.context.epoch) {
            Ok(value) => value,
            Err(text) => {
                self.sheet.losses.add(Some(address), || {
                    "单元格的内容不是它所标明的类型（数值、日期或时间），或数值过大，已当作文字读取".to_owned()
                });
                CellValue::Text(text)
            }
        };
        if value == CellValue::Blank && raw.formula.is_none() {
            return Ok(());
        }
        let style = raw.style.take().or_else(|| row.style.clone());
        let style = style.or_else(|| self.column_style(address.column));
        let CellLook { format, font } = self.context.styles.look(style.as_deref());
        let runs = self.context.styles.runs(&raw.parts);
        let mut builder = CellBuilder {
            epoch: self.context.epoch,
            budget: self.context.budget,
            losses: &mut self.sheet.losses,
        };
        // The text of a number without a format has as many digits as the column was wide when it was saved.
        let is_plain = match (&value, &raw.shown) {
            (CellValue::Number(number), Some(shown)) => format.code.is_none() && parse_number(shown) == Some(*number),
            _ => false,
        };
        let shown = raw.shown.take().filter(|_| !is_plain);
        let look = Look {
            format: &format,
            fonts: Fonts {
                of_cell: font,
                runs: &runs,
            },
            is_check_box: false,
        };
        let Some(cell) = builder.cell(address, value, raw.formula.take(), look, shown)? else {
            return Ok(());
        };
        let last = address.column.saturating_add(raw.repeated).min(MAX_COLUMNS);
        for column in address.column + 1..last {
            let mut cell = cell.clone();
            cell.address.column = column;
            self.sheet.keep(cell, self.context.budget)?;
        }
        self.sheet.cells.push(cell);
        Ok(())
    }

    fn merge(&mut self, raw: &RawCell, first: CellAddress) -> Result<(), PartError> {
        let (rows, columns) = raw.spans;
        if rows > 1 || columns > 1 {
            self.context.budget.take_merge()?;
            let last = CellAddress::new(
                first.row.saturating_add(rows).min(MAX_ROWS) - 1,
                first.column.saturating_add(columns).min(MAX_COLUMNS) - 1,
            );
            self.sheet.merges.push(CellRange::new(first, last));
        }
        Ok(())
    }

    fn column_style(&self, column: u32) -> Option<String> {
        let index = self.column_styles.partition_point(|(last, _)| *last < column);
        self.column_styles.get(index)?.1.clone()
    }
}

/// A row's attributes.
struct Row {
    repeated: u32,
    is_hidden: bool,
    /// The row's own style.
    own: Option<String>,
    /// The style of its cells.
    style: Option<String>,
}

impl Row {
    fn begin(start: &BytesStart) -> Self {
        Self {
            repeated: repeated(start, "number-rows-repeated"),
            is_hidden: is_hidden(start),
            own: local_attribute(start, "style-name").map(Cow::into_owned),
            style: local_attribute(start, "default-cell-style-name").map(Cow::into_owned),
        }
    }

    fn height(&self, styles: &Styles) -> Option<f64> {
        styles.size_of(Line::Row, self.own.as_deref())
    }
}

/// Hidden by hand, or left out by a filter.
fn is_hidden(start: &BytesStart) -> bool {
    local_attribute(start, "visibility").is_some_and(|visibility| matches!(visibility.as_ref(), "collapse" | "filter"))
}
