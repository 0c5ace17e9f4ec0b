//! The texts of a drawing of xlsx and xlsb.

use quick_xml::events::BytesStart;

use super::corners::{AnchorPart, Corners};
use super::{LONGEST_TEXT, TextBox, keep};
use crate::read::kit::losses::Losses;
use crate::read::kit::package::{Package, PartError};
use crate::read::kit::relationships::Relationship;
use crate::read::kit::xml::{Node, Xml, attribute, is_on};

/// A sheet has one drawing; more are not looked at.
const MOST_DRAWINGS: usize = 4;

/// Returns the texts over a sheet with these relationships; a broken drawing is said and holds none.
///
/// # Errors
/// When a limit stops the file.
pub(in crate::read) fn read_all(
    package: &mut Package,
    relationships: &[Relationship],
    losses: &mut Losses,
) -> Result<Vec<TextBox>, PartError> {
    let mut boxes = Vec::new();
    let drawings = relationships
        .iter()
        .filter(|relationship| relationship.kind == "drawing");
    for drawing in drawings.take(MOST_DRAWINGS) {
        let texts = package.xml(&drawing.target).and_then(|xml| read(xml, &mut boxes));
        match texts {
            Ok(()) => {}
            Err(PartError::Limit(error)) => return Err(PartError::Limit(error)),
            Err(_) => losses.add(None, || "图形部分已损坏，如有文本框，其中的文字没有读到".to_owned()),
        }
    }
    Ok(boxes)
}

/// Reads the texts of a drawing. What is hidden, or shows a cell's own value, is none.
fn read(mut xml: Xml, boxes: &mut Vec<TextBox>) -> Result<(), PartError> {
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
    texts.iter().for_each(|text| keep(boxes, text, anchor));
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
