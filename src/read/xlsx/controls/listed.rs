//! A second pass over a sheet that has controls: their anchors, and the sizes of rows and columns.

use quick_xml::events::BytesStart;

use super::MOST_CONTROLS;
use crate::read::kit::package::PartError;
use crate::read::kit::text_boxes::corners::{AnchorPart, Corners};
use crate::read::kit::text_boxes::geometry::{Anchor, Geometry};
use crate::read::kit::xml::{Node, Xml, attribute, attributes, is_on};

/// What the pass gives.
#[derive(Debug, Default)]
pub(super) struct ListedControls {
    pub controls: Vec<ListedControl>,
    pub geometry: Geometry,
}

/// One entry of `<controls>`.
#[derive(Debug)]
pub(super) struct ListedControl {
    /// The shape's number.
    pub shape: u32,
    /// The relationship to its properties.
    pub relationship: String,
    pub anchor: Option<Anchor>,
}

/// Reads a sheet part for its controls. What breaks off behind the rows keeps what came before.
pub(super) fn read(mut xml: Xml) -> Result<ListedControls, PartError> {
    let mut listed = ListedControls::default();
    match read_into(&mut xml, &mut listed) {
        Err(PartError::Broken) | Ok(()) => Ok(listed),
        Err(fault) => Err(fault),
    }
}

fn read_into(xml: &mut Xml, listed: &mut ListedControls) -> Result<(), PartError> {
    loop {
        match xml.next()? {
            Node::Start(start) => match start.local_name().as_ref() {
                "worksheet" | "sheetData" | "cols" | "controls" | "AlternateContent" | "Choice" | "Fallback" => {}
                "sheetFormatPr" => {
                    listed.geometry.default_width = number(&start, "defaultColWidth");
                    listed.geometry.default_height = number(&start, "defaultRowHeight");
                }
                "col" => {
                    let width = if is_on(&start, "hidden") {
                        Some(0.0)
                    } else {
                        number(&start, "width")
                    };
                    if let (Some(first), Some(last), Some(width)) =
                        (position(&start, "min"), position(&start, "max"), width)
                    {
                        listed.geometry.add_columns(first, last, width);
                    }
                }
                "row" => {
                    let height = if is_on(&start, "hidden") {
                        Some(0.0)
                    } else {
                        number(&start, "ht")
                    };
                    if let (Some(row), Some(height)) = (position(&start, "r"), height) {
                        listed.geometry.add_rows(row, row, height);
                    }
                    xml.skip()?;
                }
                "control" => {
                    let id = attributes(&start)
                        .find(|(key, _)| key.rsplit_once(':').is_some_and(|(_, local)| local == "id"))
                        .map(|(_, value)| value.into_owned());
                    let shape = number(&start, "shapeId");
                    let anchor = read_anchor(xml)?;
                    if let (Some(shape), Some(relationship)) = (shape, id)
                        && listed.controls.len() < MOST_CONTROLS
                    {
                        // The fallback for old programs names the same shape again, without an anchor.
                        if listed.controls.last().is_none_or(|last| last.shape != shape) {
                            listed.controls.push(ListedControl {
                                shape,
                                relationship,
                                anchor,
                            });
                        }
                    }
                }
                _ => xml.skip()?,
            },
            Node::Eof => return Ok(()),
            _ => {}
        }
    }
}

/// Returns the anchor inside the `<control>` that has just begun, up to its end.
fn read_anchor(xml: &mut Xml) -> Result<Option<Anchor>, PartError> {
    let inside = xml.depth();
    let mut corners = Corners::default();
    loop {
        let depth = xml.depth();
        match xml.next()? {
            Node::Start(start) => {
                if let Some(part) = AnchorPart::named(start.local_name().as_ref()) {
                    corners.take(part, xml)?;
                }
            }
            Node::End(_) if depth == inside => return Ok(corners.anchor()),
            Node::Eof => return Err(PartError::Broken),
            _ => {}
        }
    }
}

fn number<T: std::str::FromStr>(start: &BytesStart, name: &str) -> Option<T> {
    attribute(start, name)?.trim().parse().ok()
}

/// Returns the place that a one-based number means.
fn position(start: &BytesStart, name: &str) -> Option<u32> {
    number::<u32>(start, name)?.checked_sub(1)
}
