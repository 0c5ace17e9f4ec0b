//! The reader of XML tables of 2003 (SpreadsheetML): one XML document with styles and sheets.
//!
//! A sheet that breaks off inside its rows is lost as a whole, sheets before it are kept.

mod r1c1;
mod sheet;
mod styles;

use std::io::Cursor;

use super::kit::budget::Budget;
use super::kit::encoding::{damage_note, decode};
use super::kit::losses::Losses;
use super::kit::package::PartError;
use super::kit::xml::{Node, Xml, attributes};
use super::number_format::Epoch;
use super::{Limits, ReadError};
use crate::grid::{FileFormat, Sheet, Workbook};
use quick_xml::events::BytesStart;
use styles::Styles;

/// Reads a workbook.
pub(super) fn read(bytes: &[u8], limits: &Limits) -> Result<Workbook, ReadError> {
    let Some(decoded) = decode(bytes, None) else {
        return Err(ReadError::damaged("文字编码认不出来"));
    };
    let mut losses = Losses::default();
    if decoded.damaged > 0 {
        losses.add(None, || damage_note(decoded.damaged));
    }
    // The text is decoded already, whatever encoding it names: a byte order mark says so.
    let text = format!("\u{feff}{}", decoded.text);
    let mut budget = Budget::new(limits);
    let mut book = Book::default();
    let result = Xml::new(Box::new(Cursor::new(text)), limits.xml_depth)
        .and_then(|mut xml| book.read(&mut xml, &mut budget, &mut losses));
    match result {
        Err(PartError::Broken) if !book.sheets.is_empty() => {
            losses.add(None, || "文件后半部分已损坏，损坏处以后的工作表没有读到".to_owned());
        }
        other => other.map_err(|fault| fault.into_refusal("工作表内容"))?,
    }
    if book.sheets.is_empty() {
        return Err(ReadError::damaged("工作簿里没有工作表"));
    }
    Ok(Workbook {
        format: FileFormat::SpreadsheetMl,
        sheets: book.sheets,
        losses: losses.into_list(),
        text: Vec::new(),
    })
}

#[derive(Default)]
struct Book {
    styles: Styles,
    epoch: Epoch,
    sheets: Vec<Sheet>,
}

impl Book {
    fn read(&mut self, xml: &mut Xml, budget: &mut Budget, losses: &mut Losses) -> Result<(), PartError> {
        loop {
            let depth = xml.depth();
            match xml.next()? {
                Node::Start(start) => match start.local_name().as_ref() {
                    "Workbook" if depth == 0 => {}
                    "Styles" if depth == 1 => self.styles = Styles::read(xml)?,
                    "ExcelWorkbook" if depth == 1 => {}
                    "Date1904" if depth == 2 => {
                        self.epoch = Epoch::Year1904;
                        xml.skip()?;
                    }
                    "Worksheet" if depth == 1 => {
                        let name = attribute(&start, "Name").unwrap_or_default();
                        budget.take_sheet()?;
                        let read = sheet::read(xml, &self.styles, self.epoch, budget);
                        let shown_name = if name.is_empty() {
                            format!("表{}", self.sheets.len() + 1)
                        } else {
                            name
                        };
                        match read {
                            Ok(draft) => self.sheets.push(draft.into_sheet(shown_name)),
                            Err(PartError::Broken) => {
                                losses.add(None, || format!("工作表“{shown_name}”没有读到：它的内容已损坏"));
                                return Err(PartError::Broken);
                            }
                            Err(fault) => return Err(fault),
                        }
                    }
                    _ => xml.skip()?,
                },
                Node::Eof => return Ok(()),
                _ => {}
            }
        }
    }
}

/// Returns the value of an attribute, whatever its prefix.
fn attribute(start: &BytesStart, name: &str) -> Option<String> {
    attributes(start)
        .find(|(key, _)| key.rsplit(':').next() == Some(name))
        .map(|(_, value)| value.into_owned())
}

/// A position or count of an attribute.
fn number(start: &BytesStart, name: &str) -> Option<u32> {
    attribute(start, name)?.trim().parse().ok()
}

fn is_on(start: &BytesStart, name: &str) -> bool {
    attribute(start, name).is_some_and(|value| matches!(value.trim(), "1" | "true"))
}
