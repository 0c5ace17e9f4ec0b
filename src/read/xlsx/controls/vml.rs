//! The VML drawing of a sheet: labels of its controls, and in old files all of them.
//!
//! Office writes HTML inside it that need not be well-formed, so nothing here hangs on elements being closed.

use std::collections::BTreeMap;

use quick_xml::events::BytesStart;

use super::{BoxKind, BoxState, Control, MOST_CONTROLS};
use crate::read::kit::package::PartError;
use crate::read::kit::text_boxes::geometry::Anchor;
use crate::read::kit::xml::{Node, Xml, attribute};

/// Longest label that is kept, in bytes.
const LONGEST_LABEL: usize = 1_000;

/// The text that is being read.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Reading {
    Nothing,
    Label,
    Anchor,
    Checked,
    Link,
}

#[derive(Default)]
struct Shape {
    number: Option<u32>,
    control: Control,
    anchor: String,
    checked: String,
    link: String,
}

/// Reads the check boxes and option buttons of a drawing.
pub(super) fn read(mut xml: Xml, controls: &mut BTreeMap<u32, Control>) -> Result<(), PartError> {
    let mut shape = Shape::default();
    let mut reading = Reading::Nothing;
    loop {
        match xml.next()? {
            Node::Start(start) => match start.local_name().as_ref() {
                "shape" => {
                    finish(std::mem::take(&mut shape), controls);
                    shape = begin(&start);
                    reading = Reading::Nothing;
                }
                "textbox" => reading = Reading::Label,
                "br" | "div" | "p" if reading == Reading::Label => shape.control.label.push(' '),
                "ClientData" => {
                    reading = Reading::Nothing;
                    shape.control.kind = match attribute(&start, "ObjectType").as_deref() {
                        Some("Checkbox") => Some(BoxKind::CheckBox),
                        Some("Radio") => Some(BoxKind::OptionButton),
                        _ => None,
                    };
                }
                "Anchor" => reading = Reading::Anchor,
                "Checked" => reading = Reading::Checked,
                "FmlaLink" => reading = Reading::Link,
                _ => {}
            },
            Node::Text(text) => {
                let into = match reading {
                    Reading::Nothing => continue,
                    Reading::Label => &mut shape.control.label,
                    Reading::Anchor => &mut shape.anchor,
                    Reading::Checked => &mut shape.checked,
                    Reading::Link => &mut shape.link,
                };
                if into.len() + text.len() <= LONGEST_LABEL {
                    into.push_str(&text);
                }
            }
            Node::End(end) => match end.local_name().as_ref() {
                "shape" => {
                    finish(std::mem::take(&mut shape), controls);
                    reading = Reading::Nothing;
                }
                "textbox" | "Anchor" | "Checked" | "FmlaLink" => reading = Reading::Nothing,
                _ => {}
            },
            Node::Eof => {
                finish(shape, controls);
                return Ok(());
            }
            Node::Other => {}
        }
    }
}

fn begin(start: &BytesStart) -> Shape {
    let number = attribute(start, "id").and_then(|id| id.rsplit_once('s')?.1.parse().ok());
    let style = attribute(start, "style").unwrap_or_default();
    let is_hidden = style.split(';').any(|rule| {
        let mut parts = rule.split(':').map(str::trim);
        parts.next() == Some("visibility") && parts.next() == Some("hidden")
    });
    Shape {
        number,
        control: Control {
            is_hidden,
            ..Control::default()
        },
        ..Shape::default()
    }
}

fn finish(mut shape: Shape, controls: &mut BTreeMap<u32, Control>) {
    let is_box = shape.control.kind.is_some();
    let Some(number) = shape.number.filter(|_| is_box && controls.len() < MOST_CONTROLS) else {
        return;
    };
    shape.control.state = Some(match shape.checked.trim() {
        "" | "0" => BoxState::Empty,
        "1" => BoxState::Ticked,
        _ => BoxState::Mixed,
    });
    shape.control.anchor = Anchor::of_vml(&shape.anchor);
    shape.control.link = Some(shape.link).filter(|link| !link.trim().is_empty());
    controls.insert(number, shape.control);
}
