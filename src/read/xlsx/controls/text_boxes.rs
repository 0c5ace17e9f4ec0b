//! Text boxes and shapes with a text that float over a sheet: one that lies on a blank cell is that cell's text, any
//! other is named as not read.

use quick_xml::events::BytesStart;

use super::geometry::{Anchor, AnchorPart, Corners, Geometry};
use super::marks::corners_of;
use crate::grid::{Cell, CellAddress, CellValue, Sheet};
use crate::read::kit::cell_builder::shortened;
use crate::read::kit::losses::Losses;
use crate::read::kit::package::PartError;
use crate::read::kit::xml::{Node, Xml, attribute, is_on};

/// More boxes than this no form has.
const MOST_BOXES: usize = 1_000;
/// Longest text that is kept, in bytes.
const LONGEST_TEXT: usize = 30_000;

/// A text over the sheet.
#[derive(Debug)]
pub(super) struct TextBox {
    pub text: String,
    anchor: Option<Anchor>,
}

/// Reads the texts of a drawing. What is hidden, or shows a cell's own value, is none.
pub(super) fn read(mut xml: Xml, boxes: &mut Vec<TextBox>) -> Result<(), PartError> {
    loop {
        match xml.next()? {
            Node::Start(start) => match start.local_name().as_ref() {
                "wsDr" | "AlternateContent" | "Choice" => {}
                "twoCellAnchor" | "oneCellAnchor" | "absoluteAnchor" => anchored(&mut xml, boxes)?,
                _ => xml.skip()?,
            },
            Node::Eof => return Ok(()),
            _ => {}
        }
    }
}

/// Reads the anchor that has just begun, with the shapes in it.
fn anchored(xml: &mut Xml, boxes: &mut Vec<TextBox>) -> Result<(), PartError> {
    let inside = xml.depth();
    let mut corners = Corners::default();
    let mut texts: Vec<String> = Vec::new();
    loop {
        let depth = xml.depth();
        match xml.next()? {
            Node::Start(start) => match (
                start.local_name().as_ref(),
                AnchorPart::named(start.local_name().as_ref()),
            ) {
                (_, Some(part)) => corners.take(part, xml)?,
                ("sp", None) => texts.extend(shape(&start.to_owned(), xml)?),
                ("grpSp" | "AlternateContent" | "Choice", None) => {}
                _ => xml.skip()?,
            },
            Node::End(_) if depth == inside => break,
            Node::Eof => return Err(PartError::Broken),
            _ => {}
        }
    }
    // Of several shapes in one group none has a place of its own.
    let anchor = if texts.len() == 1 { corners.anchor() } else { None };
    let room = MOST_BOXES.saturating_sub(boxes.len());
    boxes.extend(texts.into_iter().take(room).map(|text| TextBox { text, anchor }));
    Ok(())
}

/// Returns the text of the shape that has just begun, up to its end.
fn shape(start: &BytesStart, xml: &mut Xml) -> Result<Option<String>, PartError> {
    let inside = xml.depth();
    let mut is_left_out = attribute(start, "textlink").is_some_and(|link| !link.trim().is_empty());
    let mut text = String::new();
    loop {
        let depth = xml.depth();
        match xml.next()? {
            Node::Start(start) => match start.local_name().as_ref() {
                "cNvPr" => is_left_out |= is_on(&start, "hidden"),
                "t" => {
                    let mut piece = String::new();
                    xml.text_into(&mut piece)?;
                    if text.len() + piece.len() <= LONGEST_TEXT {
                        text.push_str(&piece);
                    }
                }
                "br" => text.push('\n'),
                _ => {}
            },
            Node::End(end) if depth > inside && end.local_name().as_ref() == "p" => text.push('\n'),
            Node::End(_) if depth == inside => break,
            Node::Eof => return Err(PartError::Broken),
            _ => {}
        }
    }
    let text = text.trim();
    Ok((!is_left_out && !text.is_empty()).then(|| text.to_owned()))
}

/// Gives each box's text to the blank cell, or the merged region's corner, that it lies on.
pub(super) fn put(boxes: Vec<TextBox>, geometry: &Geometry, sheet: &mut Sheet, losses: &mut Losses) {
    let mut placed: Vec<(TextBox, Vec<CellAddress>)> = Vec::with_capacity(boxes.len());
    for text_box in boxes {
        let cells = text_box.anchor.as_ref().map(|anchor| geometry.cells_under(anchor));
        placed.push((text_box, cells.unwrap_or_default()));
    }
    let corners = corners_of(placed.iter().flat_map(|(_, cells)| cells), sheet);
    let extent = sheet.extent();
    for (text_box, cells) in placed {
        let mut seen = cells.iter().map(|cell| corners.get(cell).copied().unwrap_or(*cell));
        let on = seen
            .next()
            .filter(|corner| seen.all(|other| other == *corner))
            .filter(|corner| extent.is_some_and(|extent| extent.contains(*corner)));
        let named = shortened(&text_box.text);
        let blank = on.filter(|corner| {
            sheet
                .cell(*corner)
                .is_none_or(|cell| cell.is_blank() && cell.formula.is_none())
        });
        match (blank, on) {
            (Some(corner), _) => {
                losses.add(Some(corner), || {
                    format!("这一格是空的，上面的文本框写着“{named}”，已作为这一格的内容读取")
                });
                sheet.put(Cell {
                    address: corner,
                    value: CellValue::Text(text_box.text.clone()),
                    shown: text_box.text,
                    shown_unsure: false,
                    formula: None,
                    number_format: None,
                });
            }
            (None, Some(corner)) => losses.add(Some(corner), || {
                format!("这一格有内容，上面又有文本框“{named}”，文本框没有读取")
            }),
            (None, None) => losses.add(text_box.anchor.map(|anchor| anchor.from), || {
                format!("文本框“{named}”无法确定属于哪个单元格，没有读取")
            }),
        }
    }
}
