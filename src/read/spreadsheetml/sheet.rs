//! One `<Worksheet>`: columns, rows and cells in their order, with positions only where something is left out.

use quick_xml::events::BytesStart;

use super::super::number_format::{Epoch, Shown};
use super::r1c1::to_a1;
use super::styles::{StyleFormat, Styles};
use super::{attribute, is_on, number};
use crate::grid::{CellAddress, CellRange, CellValue, MAX_COLUMNS, MAX_ROWS, Visibility};
use crate::read::kit::budget::Budget;
use crate::read::kit::decimal::parse_number;
use crate::read::kit::iso_date::serial as serial_of_iso_date;
use crate::read::kit::package::PartError;
use crate::read::kit::sheet_builder::{CellContent, SheetBuilder};
use crate::read::kit::xml::{Node, Xml};

/// Reads the `<Worksheet>` that has just begun.
pub(super) fn read(
    xml: &mut Xml,
    styles: &Styles,
    epoch: Epoch,
    budget: &mut Budget,
) -> Result<SheetBuilder, PartError> {
    let inside = xml.depth();
    let mut reader = SheetReader {
        draft: SheetBuilder::default(),
        styles,
        epoch,
        row: 0,
        row_span: 0,
        column: 0,
        next_column: 0,
        row_style: None,
        notes_left_out: false,
    };
    loop {
        let depth = xml.depth();
        match xml.next()? {
            Node::Start(start) => match start.local_name().as_ref() {
                "Table" if depth == inside => {}
                "Column" if depth == inside + 1 => {
                    reader.column(&start);
                    xml.skip()?;
                }
                "Row" if depth == inside + 1 => {
                    reader.begin_row(&start);
                }
                "Cell" if depth == inside + 2 => reader.cell(&start.into_owned(), xml, budget)?,
                "WorksheetOptions" if depth == inside => {}
                "Visible" if depth == inside + 1 => {
                    let mut text = String::new();
                    xml.text_into(&mut text)?;
                    reader.draft.visibility = match text.trim() {
                        "SheetHidden" => Visibility::Hidden,
                        "SheetVeryHidden" => Visibility::VeryHidden,
                        _ => Visibility::Visible,
                    };
                }
                _ => xml.skip()?,
            },
            Node::End(end) if depth == inside + 2 && end.local_name().as_ref() == "Row" => {
                reader.row = reader.row.saturating_add(1).saturating_add(reader.row_span);
            }
            Node::End(_) if depth == inside => break,
            Node::Eof => return Err(PartError::Broken),
            _ => {}
        }
    }
    if reader.notes_left_out {
        let limit = budget.limits.notes;
        reader
            .draft
            .losses
            .add(None, || format!("批注超过 {limit} 条，其余的没有读到"));
    }
    Ok(reader.draft)
}

struct SheetReader<'s> {
    draft: SheetBuilder,
    styles: &'s Styles,
    epoch: Epoch,
    row: u32,
    /// Further rows that the current one stands for.
    row_span: u32,
    column: u32,
    next_column: u32,
    row_style: Option<String>,
    notes_left_out: bool,
}

impl SheetReader<'_> {
    fn column(&mut self, start: &BytesStart) {
        let first = position(start).unwrap_or(self.next_column);
        let last = first
            .saturating_add(number(start, "Span").unwrap_or(0))
            .min(MAX_COLUMNS - 1);
        if (is_on(start, "Hidden") || has_no_size(start, "Width")) && first <= last {
            self.draft.hidden_columns.push((first, last));
        }
        self.next_column = last.saturating_add(1);
    }

    fn begin_row(&mut self, start: &BytesStart) {
        self.row = position(start).unwrap_or(self.row);
        self.column = 0;
        self.row_style = attribute(start, "StyleID");
        self.row_span = number(start, "Span").unwrap_or(0).min(MAX_ROWS);
        let last = self.row.saturating_add(self.row_span).min(MAX_ROWS - 1);
        if (is_on(start, "Hidden") || has_no_size(start, "Height")) && self.row <= last {
            match self.draft.hidden_rows.last_mut() {
                Some((_, end)) if end.saturating_add(1) == self.row => *end = last,
                _ => self.draft.hidden_rows.push((self.row, last)),
            }
        }
    }

    fn cell(&mut self, start: &BytesStart, xml: &mut Xml, budget: &mut Budget) -> Result<(), PartError> {
        let address = CellAddress::new(self.row, position(start).unwrap_or(self.column));
        let across = number(start, "MergeAcross").unwrap_or(0);
        let down = number(start, "MergeDown").unwrap_or(0);
        let last = CellAddress::new(address.row.saturating_add(down), address.column.saturating_add(across));
        self.column = last.column.saturating_add(1);
        let style = attribute(start, "StyleID").or_else(|| self.row_style.clone());
        let formula = attribute(start, "Formula").map(|formula| to_a1(formula.trim_start_matches('='), address));
        let read = read_content(xml)?;
        if across > 0 || down > 0 {
            self.draft.merge(CellRange::new(address, last), budget)?;
        }
        if let Some(note) = read.note.filter(|note| !note.trim().is_empty()) {
            if budget.take_note(0) {
                budget.take_text(note.len())?;
                self.draft.notes.push((address, note));
            } else {
                self.notes_left_out = true;
            }
        }
        let format = style.and_then(|style| self.styles.format(&style));
        let formula = formula.filter(|formula| !formula.is_empty());
        if let Some(content) = self.content(address, read.data, formula, format) {
            self.draft.put(address, content, budget)?;
        }
        Ok(())
    }

    fn content(
        &mut self,
        address: CellAddress,
        data: Option<(String, String)>,
        formula: Option<String>,
        format: Option<&StyleFormat>,
    ) -> Option<CellContent> {
        let value = match data {
            None => None,
            Some((kind, text)) => match kind.as_str() {
                "String" => (!text.is_empty() || formula.is_some()).then_some(CellValue::Text(text)),
                _ if text.trim().is_empty() => None,
                "Number" => Some(self.typed(address, &text, parse_number(text.trim()).map(CellValue::Number))),
                "DateTime" => {
                    let serial = serial_of_iso_date(text.trim(), self.epoch).map(CellValue::Number);
                    Some(self.typed(address, &text, serial))
                }
                "Boolean" => {
                    let value = match text.trim() {
                        "1" | "true" => Some(CellValue::Boolean(true)),
                        "0" | "false" => Some(CellValue::Boolean(false)),
                        _ => None,
                    };
                    Some(self.typed(address, &text, value))
                }
                "Error" => Some(CellValue::Error(text.trim().to_owned())),
                _ => Some(CellValue::Text(text)),
            },
        };
        let value = match value {
            Some(value) => value,
            None if formula.is_some() => CellValue::Blank,
            None => return None,
        };
        let shown = match (&value, format) {
            (CellValue::Number(number), Some(format)) => format.format.number(*number, self.epoch),
            (CellValue::Number(number), None) => {
                super::super::number_format::NumberFormat::general().number(*number, self.epoch)
            }
            (CellValue::Text(text), Some(format)) => format.format.text(text),
            (CellValue::Text(text), None) => Shown::sure(text.clone()),
            (CellValue::Boolean(true), _) => Shown::sure("TRUE".to_owned()),
            (CellValue::Boolean(false), _) => Shown::sure("FALSE".to_owned()),
            (CellValue::Error(code), _) => Shown::sure(code.clone()),
            (CellValue::Blank, _) => Shown::sure(String::new()),
        };
        Some(CellContent {
            shown_otherwise: value.shown_as(shown.text),
            value,
            shown_unsure: shown.unsure,
            formula,
            number_format: format.and_then(|format| format.code.clone()),
        })
    }

    /// Returns the value of its stated type, else the text as found, which is said so.
    fn typed(&mut self, address: CellAddress, text: &str, value: Option<CellValue>) -> CellValue {
        value.unwrap_or_else(|| {
            let head: String = text.chars().take(20).collect();
            self.draft.losses.add(Some(address), || {
                format!("单元格的内容“{head}”不是它所标明的类型（数值、日期或是否），或数值过大，已当作文字读取")
            });
            CellValue::Text(text.to_owned())
        })
    }
}

/// Returns a one-based `Index` as a zero-based position, kept inside what can be counted.
fn position(start: &BytesStart) -> Option<u32> {
    number(start, "Index")?.checked_sub(1)
}

fn has_no_size(start: &BytesStart, name: &str) -> bool {
    attribute(start, name).and_then(|size| size.trim().parse().ok()) == Some(0.0)
}

/// What a `<Cell>` holds: type and text of its data, and its comment.
#[derive(Default)]
struct CellParts {
    data: Option<(String, String)>,
    note: Option<String>,
}

fn read_content(xml: &mut Xml) -> Result<CellParts, PartError> {
    let inside = xml.depth();
    let mut parts = CellParts::default();
    loop {
        let depth = xml.depth();
        match xml.next()? {
            Node::Start(start) => match start.local_name().as_ref() {
                "Data" => {
                    let kind = attribute(&start, "Type").unwrap_or_else(|| "String".to_owned());
                    parts.data = Some((kind, all_text(xml)?));
                }
                "Comment" => parts.note = Some(all_text(xml)?),
                _ => xml.skip()?,
            },
            Node::End(_) if depth == inside => return Ok(parts),
            Node::Eof => return Err(PartError::Broken),
            _ => {}
        }
    }
}

/// Returns all characters inside the element that has just begun, whatever marks them up.
fn all_text(xml: &mut Xml) -> Result<String, PartError> {
    let inside = xml.depth();
    let mut text = String::new();
    loop {
        let depth = xml.depth();
        match xml.next()? {
            Node::Text(piece) => text.push_str(&piece),
            Node::End(_) if depth == inside => return Ok(text.replace("\r\n", "\n").replace('\r', "\n")),
            Node::Eof => return Err(PartError::Broken),
            _ => {}
        }
    }
}
