//! The styles part, as far as it decides what a person sees: number format, font of signs and check box of a cell style.

use std::collections::BTreeMap;
use std::sync::Arc;

use quick_xml::events::BytesStart;

use crate::read::kit::cell_format::{CellFormat, Look, MOST_STYLES};
use crate::read::kit::package::{Package, PartError};
use crate::read::kit::symbol_font::SymbolFont;
use crate::read::kit::symbol_text::{Fonts, Run};
use crate::read::kit::xml::{Node, Xml, attribute};

/// What a cell style decides of what is seen.
#[derive(Clone)]
pub(super) struct CellStyle {
    pub format: Arc<CellFormat>,
    /// The font, if it is one that draws signs for letters.
    pub font: Option<SymbolFont>,
    /// The place of the style's complement among the feature property bags (Excel 365).
    complement: Option<usize>,
    /// TRUE and FALSE are shown as a check box.
    pub is_check_box: bool,
}

impl CellStyle {
    fn plain(format: CellFormat) -> Self {
        Self {
            format: Arc::new(format),
            font: None,
            complement: None,
            is_check_box: false,
        }
    }

    /// Returns how the style shows a value, whose runs are these.
    pub(super) fn look<'a>(&'a self, runs: &'a [Run]) -> Look<'a> {
        Look {
            format: &self.format,
            fonts: Fonts {
                of_cell: self.font,
                runs,
            },
            is_check_box: self.is_check_box,
        }
    }
}

/// Cell styles by their index.
pub(super) struct Styles {
    styles: Vec<CellStyle>,
    general: CellStyle,
    unknown: CellStyle,
    is_missing: bool,
}

impl Default for Styles {
    fn default() -> Self {
        Self {
            styles: Vec::new(),
            general: CellStyle::plain(CellFormat::general()),
            unknown: CellStyle::plain(CellFormat::unknown()),
            is_missing: true,
        }
    }
}

impl Styles {
    /// Returns a style. An index that the part does not have is shown as General, but not for certain.
    pub(super) fn style(&self, index: Option<usize>) -> &CellStyle {
        match index {
            None => self.styles.first().unwrap_or(&self.general),
            Some(0) if self.is_missing => &self.general,
            Some(index) => self.styles.get(index).unwrap_or(&self.unknown),
        }
    }

    /// Returns whether some style has a complement, so that the feature property bags are worth reading.
    pub(super) fn has_complements(&self) -> bool {
        self.styles.iter().any(|style| style.complement.is_some())
    }

    /// Marks the styles whose complement makes them check boxes.
    pub(super) fn set_check_boxes(&mut self, is_check_box: impl Fn(usize) -> bool) {
        for style in &mut self.styles {
            style.is_check_box = style.complement.is_some_and(&is_check_box);
        }
    }
}

/// Reads the part; without one everything is General.
pub(super) fn read(package: &mut Package, part: Option<&str>) -> Result<Styles, PartError> {
    let mut styles = Styles::default();
    let Some(part) = part else {
        return Ok(styles);
    };
    let raw = read_part(package.xml(part)?)?;
    let mut known: BTreeMap<u32, Arc<CellFormat>> = BTreeMap::new();
    styles.styles = raw
        .styles
        .into_iter()
        .map(|style| CellStyle {
            format: known
                .entry(style.format)
                .or_insert_with(|| Arc::new(CellFormat::from_id(style.format, &raw.codes)))
                .clone(),
            font: raw.fonts.get(style.font).copied().flatten(),
            complement: style.complement,
            is_check_box: false,
        })
        .collect();
    styles.is_missing = false;
    Ok(styles)
}

/// The part as it stands, before indices are followed.
#[derive(Default)]
struct RawStyles {
    codes: BTreeMap<u32, String>,
    fonts: Vec<Option<SymbolFont>>,
    styles: Vec<RawStyle>,
}

struct RawStyle {
    format: u32,
    font: usize,
    complement: Option<usize>,
}

fn read_part(mut xml: Xml) -> Result<RawStyles, PartError> {
    let mut raw = RawStyles::default();
    let mut list = String::new();
    loop {
        let depth = xml.depth();
        match xml.next()? {
            Node::Start(start) => match (depth, start.local_name().as_ref()) {
                (0, "styleSheet") => {}
                (1, name @ ("numFmts" | "fonts" | "cellXfs")) => name.clone_into(&mut list),
                (2, "numFmt") if raw.codes.len() < MOST_STYLES => {
                    if let (Some(id), Some(code)) = (number(&start, "numFmtId"), attribute(&start, "formatCode")) {
                        raw.codes.insert(id, code.into_owned());
                    }
                }
                (2, "font") if list == "fonts" && raw.fonts.len() < MOST_STYLES => raw.fonts.push(None),
                (3, "name") if list == "fonts" => {
                    if let (Some(font), Some(name)) = (raw.fonts.last_mut(), attribute(&start, "val")) {
                        *font = SymbolFont::named(&name);
                    }
                }
                (2, "xf") if list == "cellXfs" && raw.styles.len() < MOST_STYLES => raw.styles.push(RawStyle {
                    format: number(&start, "numFmtId").unwrap_or(0),
                    font: number(&start, "fontId").unwrap_or(0),
                    complement: None,
                }),
                (3, "extLst") | (4, "ext") if list == "cellXfs" => {}
                (5, "xfComplement") if list == "cellXfs" => {
                    if let Some(style) = raw.styles.last_mut() {
                        style.complement = number(&start, "i");
                    }
                }
                _ => xml.skip()?,
            },
            Node::End(_) if depth == 2 => list.clear(),
            Node::Eof => return Ok(raw),
            _ => {}
        }
    }
}

fn number<T: std::str::FromStr>(start: &BytesStart, name: &str) -> Option<T> {
    attribute(start, name)?.trim().parse().ok()
}
