//! The styles part, as far as it decides what a person sees: number formats by cell style.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::read::cell_format::{CellFormat, MOST_STYLES};
use crate::read::package::{Fault, Package};
use crate::read::xml::{Node, attribute};

/// Number formats by cell style index.
pub(super) struct Styles {
    formats: Vec<Arc<CellFormat>>,
    general: CellFormat,
    unknown: CellFormat,
    is_missing: bool,
}

impl Default for Styles {
    fn default() -> Self {
        Self {
            formats: Vec::new(),
            general: CellFormat::general(),
            unknown: CellFormat::unknown(),
            is_missing: true,
        }
    }
}

impl Styles {
    /// The format of a style. An index that the part does not have is shown as General, but not for certain.
    pub(super) fn format(&self, style: Option<usize>) -> &CellFormat {
        match style {
            None => self.formats.first().map_or(&self.general, AsRef::as_ref),
            Some(0) if self.is_missing => &self.general,
            Some(index) => self.formats.get(index).map_or(&self.unknown, AsRef::as_ref),
        }
    }
}

/// Reads the part; without one everything is General.
pub(super) fn read(package: &mut Package, part: Option<&str>) -> Result<Styles, Fault> {
    let mut styles = Styles::default();
    let Some(part) = part else {
        return Ok(styles);
    };
    let mut codes: BTreeMap<u32, String> = BTreeMap::new();
    let mut style_formats: Vec<u32> = Vec::new();
    let mut xml = package.xml(part)?;
    let mut in_cell_styles = false;
    loop {
        let depth = xml.depth();
        match xml.next()? {
            Node::Start(start) => match start.local_name().as_ref() {
                "styleSheet" if depth == 0 => {}
                "numFmts" if depth == 1 => {}
                "cellXfs" if depth == 1 => in_cell_styles = true,
                "numFmt" if depth == 2 && codes.len() < MOST_STYLES => {
                    if let (Some(id), Some(code)) = (number(&start, "numFmtId"), attribute(&start, "formatCode")) {
                        codes.insert(id, code.into_owned());
                    }
                }
                "xf" if depth == 2 && in_cell_styles && style_formats.len() < MOST_STYLES => {
                    style_formats.push(number(&start, "numFmtId").unwrap_or(0));
                }
                _ => xml.skip()?,
            },
            Node::End(end) if end.local_name().as_ref() == "cellXfs" => in_cell_styles = false,
            Node::Eof => break,
            _ => {}
        }
    }
    let mut known: BTreeMap<u32, Arc<CellFormat>> = BTreeMap::new();
    styles.formats = style_formats
        .into_iter()
        .map(|id| {
            known
                .entry(id)
                .or_insert_with(|| Arc::new(CellFormat::from_id(id, &codes)))
                .clone()
        })
        .collect();
    styles.is_missing = false;
    Ok(styles)
}

fn number(start: &quick_xml::events::BytesStart, name: &str) -> Option<u32> {
    attribute(start, name)?.trim().parse().ok()
}
