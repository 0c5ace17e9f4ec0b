//! One cell element: its attributes, its paragraphs and its note, and what they mean.

use std::borrow::Cow;

use quick_xml::events::BytesStart;
use rust_decimal::Decimal;

use super::paragraph::{self, Parts};
use super::{formula, local_attribute, repeated, shapes};
use crate::grid::{CellAddress, CellValue};
use crate::read::kit::decimal::{parse_number, significant};
use crate::read::kit::iso_date;
use crate::read::kit::package::PartError;
use crate::read::kit::text_boxes::TextBox;
use crate::read::kit::xml::{Node, Xml, attributes};
use crate::read::number_format::Epoch;

/// A cell element, before it has a position.
#[derive(Default)]
pub(super) struct RawCell {
    pub repeated: u32,
    /// Rows and columns of its merged region.
    pub spans: (u32, u32),
    pub style: Option<String>,
    pub formula: Option<String>,
    pub note: Option<String>,
    /// What is seen, where the file says so.
    pub shown: Option<String>,
    /// The parts of what is seen that have styles of their own.
    pub parts: Parts,
    kind: Option<String>,
    is_error: bool,
    stored: Option<String>,
}

impl RawCell {
    /// Reads the element that has just begun, up to its end.
    /// Shapes over the cell go to the boxes of its table.
    pub(super) fn read(
        xml: &mut Xml,
        mut raw: Self,
        address: CellAddress,
        boxes: &mut Vec<TextBox>,
    ) -> Result<Self, PartError> {
        let inside = xml.depth();
        loop {
            let depth = xml.depth();
            match xml.next()? {
                Node::Start(start) => match start.local_name().as_ref() {
                    "p" | "h" => add_paragraph(xml, &mut raw.shown, &mut raw.parts)?,
                    "annotation" => raw.note = Some(note(xml)?),
                    element if shapes::is_shape(element) => {
                        shapes::read(&start.to_owned(), xml, Some(address), boxes)?;
                    }
                    // A link around a shape.
                    "a" => {}
                    // Tables inside the cell.
                    _ => xml.skip()?,
                },
                Node::End(_) if depth == inside => return Ok(raw),
                Node::Eof => return Err(PartError::Broken),
                _ => {}
            }
        }
    }

    /// Returns the element's attributes.
    pub(super) fn begin(start: &BytesStart) -> Self {
        let text = |name| local_attribute(start, name).map(Cow::into_owned);
        let kind = attributes(start)
            .find(|(key, _)| key.ends_with("value-type") && !key.starts_with("calcext"))
            .map(|(_, value)| value.into_owned());
        let stored = match kind.as_deref() {
            Some("date") => text("date-value"),
            Some("time") => text("time-value"),
            Some("boolean") => text("boolean-value"),
            Some("string") => text("string-value"),
            _ => text("value"),
        };
        Self {
            repeated: repeated(start, "number-columns-repeated"),
            spans: (
                repeated(start, "number-rows-spanned"),
                repeated(start, "number-columns-spanned"),
            ),
            style: text("style-name"),
            formula: text("formula").map(|stored| formula::text(&stored)),
            is_error: attributes(start).any(|(key, value)| key == "calcext:value-type" && value == "error"),
            kind,
            stored,
            ..Self::default()
        }
    }

    /// Returns the stored value; `Err` with its text when it is not of the kind that the cell says.
    pub(super) fn value(&self, epoch: Epoch) -> Result<CellValue, String> {
        let shown = self.shown.as_deref().unwrap_or_default();
        let stored = self.stored.as_deref();
        let number = match self.kind.as_deref() {
            Some("float" | "percentage" | "currency") => stored.map(|text| parse_number(text.trim())),
            Some("date") => stored.map(|text| iso_date::serial(text, epoch)),
            Some("time") => stored.map(duration),
            Some("boolean") => {
                return Ok(CellValue::Boolean(
                    stored.is_some_and(|text| matches!(text.trim(), "true" | "1")),
                ));
            }
            Some("string") => {
                let text = stored.filter(|text| !text.is_empty()).unwrap_or(shown);
                return Ok(if self.is_error || (self.formula.is_some() && is_error_text(text)) {
                    CellValue::Error(if text.is_empty() { shown } else { text }.to_owned())
                } else {
                    CellValue::Text(text.to_owned())
                });
            }
            _ => None,
        };
        match number {
            Some(Some(number)) => Ok(CellValue::Number(number)),
            Some(None) => Err(stored.unwrap_or_default().to_owned()),
            // A formula that was calculated has a text, be it empty.
            None if shown.is_empty() && self.formula.is_some() && self.shown.is_some() => {
                Ok(CellValue::Text(String::new()))
            }
            None if shown.is_empty() => Ok(CellValue::Blank),
            None if self.is_error || is_error_text(shown) => Ok(CellValue::Error(shown.to_owned())),
            None => Ok(CellValue::Text(shown.to_owned())),
        }
    }
}

/// Results of formulas that are errors; older files store them as texts.
fn is_error_text(text: &str) -> bool {
    matches!(
        text,
        "#NULL!" | "#DIV/0!" | "#VALUE!" | "#REF!" | "#NAME?" | "#NUM!" | "#N/A"
    ) || text
        .strip_prefix("Err:")
        .is_some_and(|code| code.len() == 3 && code.bytes().all(|byte| byte.is_ascii_digit()))
}

/// Further paragraphs are further lines.
fn add_paragraph(xml: &mut Xml, text: &mut Option<String>, parts: &mut Parts) -> Result<(), PartError> {
    let text = match text {
        Some(text) => {
            text.push('\n');
            text
        }
        None => text.insert(String::new()),
    };
    paragraph::read(xml, text, parts)
}

fn note(xml: &mut Xml) -> Result<String, PartError> {
    let inside = xml.depth();
    let mut text = None;
    loop {
        let depth = xml.depth();
        match xml.next()? {
            Node::Start(start) => match start.local_name().as_ref() {
                "p" => add_paragraph(xml, &mut text, &mut Parts::new())?,
                "list" | "list-item" => {}
                _ => xml.skip()?,
            },
            Node::End(_) if depth == inside => return Ok(text.unwrap_or_default()),
            Node::Eof => return Err(PartError::Broken),
            _ => {}
        }
    }
}

/// `PT08H30M15.5S` in days.
pub(in crate::read) fn duration(text: &str) -> Option<Decimal> {
    let (is_negative, text) = match text.trim().strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.trim()),
    };
    let mut rest = text.strip_prefix("PT")?;
    let mut seconds = Decimal::ZERO;
    for (unit, length) in [('H', 3600), ('M', 60), ('S', 1)] {
        if let Some((count, after)) = rest.split_once(unit) {
            let count = parse_number(&count.replace(',', "."))?;
            seconds = seconds.checked_add(count.checked_mul(Decimal::from(length))?)?;
            rest = after;
        }
    }
    if !rest.is_empty() {
        return None;
    }
    let days = significant(seconds.checked_div(Decimal::from(86_400))?);
    Some(if is_negative { -days } else { days })
}
