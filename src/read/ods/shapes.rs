//! Text boxes and shapes with a text over a table, those in a cell and those over the table as a whole.

use quick_xml::events::BytesStart;

use super::length::points;
use super::local_attribute;
use super::paragraph::{self, Parts};
use crate::grid::CellAddress;
use crate::read::kit::package::PartError;
use crate::read::kit::text_boxes::geometry::{Anchor, Measure, PIXELS_PER_POINT};
use crate::read::kit::text_boxes::{TextBox, keep};
use crate::read::kit::xml::{Node, Xml};

/// Elements of shapes that may hold a text, and of groups of them.
const SHAPES: [&str; 13] = [
    "frame",
    "custom-shape",
    "rect",
    "ellipse",
    "circle",
    "polygon",
    "regular-polygon",
    "path",
    "polyline",
    "line",
    "connector",
    "caption",
    "g",
];

/// Returns whether an element begins a shape.
pub(super) fn is_shape(element: &str) -> bool {
    SHAPES.contains(&element)
}

/// Reads the shapes over a table as a whole, from the list that has just begun.
pub(super) fn read_list(xml: &mut Xml, boxes: &mut Vec<TextBox>) -> Result<(), PartError> {
    let inside = xml.depth();
    loop {
        let depth = xml.depth();
        match xml.next()? {
            Node::Start(start) if is_shape(start.local_name().as_ref()) => {
                read(&start.to_owned(), xml, None, boxes)?;
            }
            // A link around a shape.
            Node::Start(start) if start.local_name().as_ref() == "a" => {}
            Node::Start(_) => xml.skip()?,
            Node::End(_) if depth == inside => return Ok(()),
            Node::Eof => return Err(PartError::Broken),
            _ => {}
        }
    }
}

/// Reads the shape that has just begun, up to its end; it belongs to a cell, or lies over the table.
pub(super) fn read(
    start: &BytesStart,
    xml: &mut Xml,
    cell: Option<CellAddress>,
    boxes: &mut Vec<TextBox>,
) -> Result<(), PartError> {
    let inside = xml.depth();
    let is_group = start.local_name().as_ref() == "g";
    let is_seen = local_attribute(start, "display").is_none_or(|display| matches!(&*display, "always" | "screen"));
    let mut texts = vec![String::new()];
    let mut takes_text = start.local_name().as_ref() != "frame";
    loop {
        let depth = xml.depth();
        match xml.next()? {
            Node::Start(start) => match start.local_name().as_ref() {
                "p" | "h" if takes_text => {
                    let Some(text) = texts.last_mut() else {
                        return xml.skip();
                    };
                    if !text.is_empty() {
                        text.push('\n');
                    }
                    paragraph::read(xml, text, &mut Parts::new())?;
                }
                // A frame is around anything; pictures, charts and tables in it have texts of their own kind.
                "text-box" => takes_text = true,
                "image" | "object" | "annotation" | "table" => xml.skip()?,
                element if is_shape(element) => {
                    takes_text = element != "frame";
                    texts.push(String::new());
                }
                _ => {}
            },
            Node::End(_) if depth == inside => break,
            Node::Eof => return Err(PartError::Broken),
            _ => {}
        }
    }
    texts.retain(|text| is_seen && !text.trim().is_empty());
    // Of several shapes in one, or in a group, none has a place of its own.
    let has_place = !is_group && texts.len() == 1;
    let anchor = if has_place { anchor(start, cell) } else { None };
    for text in &texts {
        keep(boxes, text, anchor);
    }
    Ok(())
}

/// Returns the corners of a shape; `None` where they are not given, or the shape is turned.
fn anchor(start: &BytesStart, cell: Option<CellAddress>) -> Option<Anchor> {
    if local_attribute(start, "transform").is_some() {
        return None;
    }
    let length = |name| points(&local_attribute(start, name)?);
    let pixels = |points: f64| points * PIXELS_PER_POINT;
    let (left, top) = (length("x")?, length("y")?);
    let from = cell.unwrap_or(CellAddress::new(0, 0));
    let end = local_attribute(start, "end-cell-address").and_then(|cell| last_cell(&cell));
    if let (Some(_), Some(last), Some(right), Some(bottom)) = (cell, end, length("end-x"), length("end-y")) {
        let (from, last) = ((from, [left, top]), (last, [right, bottom]));
        return Anchor::between(
            (from.0, from.1.map(pixels)),
            (last.0, last.1.map(pixels)),
            Measure::Pixels,
        );
    }
    let (right, bottom) = (left + length("width")?, top + length("height")?);
    Anchor::between(
        (from, [left, top].map(pixels)),
        (from, [right, bottom].map(pixels)),
        Measure::PixelsOnward,
    )
}

/// Returns the cell of an address with its table: `'表 1'.$C$5`.
fn last_cell(address: &str) -> Option<CellAddress> {
    let (_, cell) = address.rsplit_once('.').unwrap_or(("", address));
    cell.replace('$', "").parse().ok()
}
