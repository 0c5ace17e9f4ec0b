//! The reader of ods (and of its flat form, one XML file): one pass over the content.
//!
//! What a person sees in a cell stands in the file itself, so number formats only serve cells without such a text.
//! A table that breaks off is lost as a whole, with those behind it; those before it are kept.

mod cell;
mod content;
mod formula;
mod length;
mod number_style;
mod paragraph;
mod shapes;
mod styles;
mod table;

use std::io::Cursor;

use quick_xml::events::BytesStart;

use super::kit::budget::Budget;
use super::kit::encoding::bad_text_note;
use super::kit::package::{Package, PartError};
use super::kit::xml::{Node, Xml, attributes};
use super::{Limits, ReadError};
use crate::grid::{FileFormat, ReadingLoss, Workbook};
#[cfg(feature = "confirm")]
pub(super) use cell::duration;
use content::Document;

/// Reads an ods workbook.
pub(super) fn read_ods(mut package: Package, limits: &Limits) -> Result<Workbook, ReadError> {
    if is_encrypted(&mut package)? {
        return Err(ReadError::password_protected());
    }
    let mut document = Document::new(Budget::new(limits));
    let styles = package
        .xml("styles.xml")
        .and_then(|mut xml| document.read_styles(&mut xml));
    // Only cells without a text of their own need styles, so that other faults are let pass.
    if let Err(PartError::Limit(error)) = styles {
        return Err(error);
    }
    let mut xml = package
        .xml("content.xml")
        .map_err(|fault| fault.into_refusal("表格内容"))?;
    finish(document, &mut xml)
}

/// Reads a flat ods workbook (fods).
pub(super) fn read_flat_ods(bytes: &[u8], limits: &Limits) -> Result<Workbook, ReadError> {
    let mut xml =
        Xml::new(Box::new(Cursor::new(bytes)), limits.xml_depth).map_err(|fault| fault.into_refusal("表格内容"))?;
    finish(Document::new(Budget::new(limits)), &mut xml)
}

fn finish(mut document: Document, xml: &mut Xml) -> Result<Workbook, ReadError> {
    let (sheets, mut losses) = match document.read(xml) {
        Err(PartError::Limit(error)) => return Err(error),
        Err(_) => document.into_sheets(true),
        Ok(()) => document.into_sheets(false),
    }?;
    if xml.has_bad_text() {
        let message = bad_text_note();
        losses.push(ReadingLoss { cell: None, message });
    }
    Ok(Workbook {
        format: FileFormat::Ods,
        sheets,
        losses,
        text: Vec::new(),
    })
}

/// The list of parts says which of them are encrypted.
fn is_encrypted(package: &mut Package) -> Result<bool, ReadError> {
    let mut xml = match package.xml("META-INF/manifest.xml") {
        Ok(xml) => xml,
        Err(PartError::Limit(error)) => return Err(error),
        Err(_) => return Ok(false),
    };
    loop {
        match xml.next() {
            Ok(Node::Start(start)) if start.local_name().as_ref() == "encryption-data" => return Ok(true),
            Ok(Node::Eof) | Err(_) => return Ok(false),
            Ok(_) => {}
        }
    }
}

/// Returns an attribute by its local name, whatever its prefix.
fn local_attribute<'a>(start: &'a BytesStart, name: &str) -> Option<std::borrow::Cow<'a, str>> {
    attributes(start)
        .find(|(key, _)| key.rsplit_once(':').map_or(*key, |(_, local)| local) == name)
        .map(|(_, value)| value)
}

/// Returns how often a row, column or cell is repeated; at least once.
fn repeated(start: &BytesStart, name: &str) -> u32 {
    local_attribute(start, name)
        .and_then(|count| count.trim().parse().ok())
        .unwrap_or(1)
        .max(1)
}
