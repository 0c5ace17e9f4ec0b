//! One `<c>` element as it stands in the file, before it is given a meaning.

use quick_xml::events::BytesStart;

use super::text::{RichText, rich_text};
use crate::grid::CellAddress;
use crate::read::kit::package::PartError;
use crate::read::kit::xml::{Node, Xml, attribute, attributes};

/// How the value of a cell is written (`t`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Kind {
    #[default]
    Number,
    SharedText,
    FormulaText,
    InlineText,
    Boolean,
    Error,
    Date,
    Unknown,
}

impl Kind {
    /// Returns what a `t` says.
    pub(super) fn of(name: &str) -> Self {
        match name.trim() {
            "n" => Self::Number,
            "s" => Self::SharedText,
            "str" => Self::FormulaText,
            "inlineStr" => Self::InlineText,
            "b" => Self::Boolean,
            "e" => Self::Error,
            "d" => Self::Date,
            _ => Self::Unknown,
        }
    }
}

/// A cell element, whoever read it.
#[derive(Default)]
pub(super) struct CellElement<'a> {
    pub style: Option<usize>,
    pub kind: Kind,
    /// What is in its `<v>`, be it empty.
    pub value: Option<&'a str>,
    pub inline: Option<RichText>,
    pub formula: Option<&'a str>,
    /// The group of a shared formula.
    pub shared_group: Option<u32>,
}

/// A cell element of the full reader. Reused from cell to cell, so that empty styled cells cost no allocation.
#[derive(Default)]
pub(super) struct RawCell {
    pub style: Option<usize>,
    pub kind: Kind,
    /// Whether there is a `<v>`, be it empty.
    pub has_value: bool,
    pub value: String,
    pub inline: Option<RichText>,
    pub has_formula: bool,
    pub formula: String,
    /// The group of a shared formula.
    pub shared_group: Option<u32>,
}

impl RawCell {
    /// Starts a cell; returns its position, which is the expected one unless the element says otherwise.
    pub(super) fn begin(&mut self, start: &BytesStart, expected: CellAddress) -> Option<CellAddress> {
        self.style = None;
        self.kind = Kind::Number;
        self.has_value = false;
        self.value.clear();
        self.inline = None;
        self.has_formula = false;
        self.formula.clear();
        self.shared_group = None;
        let mut place = Some(expected);
        for (key, value) in attributes(start) {
            match key {
                "r" => place = value.trim().parse().ok(),
                "s" => self.style = Some(value.trim().parse().unwrap_or(usize::MAX)),
                "t" => self.kind = Kind::of(&value),
                _ => {}
            }
        }
        place
    }

    /// Returns the element.
    pub(super) fn element(&mut self) -> CellElement<'_> {
        CellElement {
            style: self.style,
            kind: self.kind,
            value: self.has_value.then_some(self.value.as_str()),
            inline: self.inline.take(),
            formula: self.has_formula.then_some(self.formula.as_str()),
            shared_group: self.shared_group,
        }
    }
}

/// Reads what is inside the `<c>` that has just begun, up to its end. Elements that are no part of a value are passed over.
pub(super) fn read_cell(xml: &mut Xml, raw: &mut RawCell) -> Result<(), PartError> {
    let inside = xml.depth();
    loop {
        let depth = xml.depth();
        match xml.next()? {
            Node::Start(start) => match start.local_name().as_ref() {
                "v" => {
                    raw.has_value = true;
                    raw.value.clear();
                    xml.text_into(&mut raw.value)?;
                }
                "f" => {
                    raw.has_formula = true;
                    let is_shared = attribute(&start, "t").is_some_and(|kind| kind == "shared");
                    if is_shared {
                        raw.shared_group = attribute(&start, "si").and_then(|group| group.trim().parse().ok());
                    }
                    raw.formula.clear();
                    xml.text_into(&mut raw.formula)?;
                }
                // Cut together with every other text of a cell, later.
                "is" => raw.inline = Some(rich_text(xml, usize::MAX)?),
                _ => xml.skip()?,
            },
            Node::End(_) if depth == inside => return Ok(()),
            Node::Eof => return Err(PartError::Broken),
            _ => {}
        }
    }
}
