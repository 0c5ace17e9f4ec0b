//! Number formats by style name; a style inherits from its parent.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::super::html::named_code;
use super::super::number_format::NumberFormat;
use super::attribute;
use crate::read::kit::package::PartError;
use crate::read::kit::xml::{Node, Xml};

/// More styles than any workbook needs.
const MOST_STYLES: usize = 65_536;

/// Parents looked up; a longer line is a circle.
const MOST_PARENTS: usize = 20;

/// One number format, ready to render.
pub(super) struct StyleFormat {
    /// The code; `None` for General.
    pub code: Option<Arc<str>>,
    pub format: NumberFormat,
}

#[derive(Default)]
struct Style {
    parent: Option<String>,
    code: Option<String>,
}

/// Number formats by style name.
#[derive(Default)]
pub(super) struct Styles {
    formats: BTreeMap<String, StyleFormat>,
}

impl Styles {
    /// Returns the format of a style; `None` for General and for styles without one.
    pub(super) fn format(&self, style: &str) -> Option<&StyleFormat> {
        self.formats.get(style)
    }

    /// Reads the `<Styles>` that has just begun.
    pub(super) fn read(xml: &mut Xml) -> Result<Self, PartError> {
        let inside = xml.depth();
        let mut styles: BTreeMap<String, Style> = BTreeMap::new();
        let mut current: Option<String> = None;
        loop {
            let depth = xml.depth();
            match xml.next()? {
                Node::Start(start) => match start.local_name().as_ref() {
                    "Style" if depth == inside && styles.len() < MOST_STYLES => {
                        current = attribute(&start, "ID");
                        if let Some(id) = &current {
                            let style = styles.entry(id.clone()).or_default();
                            style.parent = attribute(&start, "Parent");
                        }
                    }
                    "NumberFormat" if depth == inside + 1 => {
                        let code = attribute(&start, "Format");
                        if let Some(style) = current.as_ref().and_then(|id| styles.get_mut(id)) {
                            style.code = code.or_else(|| Some("General".to_owned()));
                        }
                        xml.skip()?;
                    }
                    _ => xml.skip()?,
                },
                Node::End(_) if depth == inside => break,
                Node::Eof => return Err(PartError::Broken),
                _ => {}
            }
        }
        let mut formats = BTreeMap::new();
        for id in styles.keys() {
            if let Some(code) = code_of(&styles, id) {
                let code = named_code(code).unwrap_or(code);
                let format = NumberFormat::parse(code);
                if code != "General" {
                    let code = Some(Arc::from(code));
                    formats.insert(id.clone(), StyleFormat { code, format });
                }
            }
        }
        Ok(Self { formats })
    }
}

/// Returns the style's own code, else its parents', else that of the style that all inherit from.
fn code_of<'a>(styles: &'a BTreeMap<String, Style>, id: &str) -> Option<&'a str> {
    let mut style = styles.get(id);
    for _ in 0..MOST_PARENTS {
        let here = style?;
        if here.code.is_some() {
            return here.code.as_deref();
        }
        style = here.parent.as_ref().and_then(|parent| styles.get(parent));
        if here.parent.is_none() {
            break;
        }
    }
    styles.get("Default")?.code.as_deref()
}
