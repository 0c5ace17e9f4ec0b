//! Styles by name: which number format and which font of signs a cell has, and which tables are hidden.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::length::points;
use super::local_attribute;
use super::number_style::{self, NumberStyle};
use super::paragraph::Parts;
use crate::read::kit::cell_format::{CellFormat, MOST_STYLES};
use crate::read::kit::package::PartError;
use crate::read::kit::symbol_font::SymbolFont;
use crate::read::kit::symbol_text::{self, Run, RunFont};
use crate::read::kit::xml::{Node, Xml};

/// The styles of a document.
#[derive(Debug, Default)]
pub(super) struct Styles {
    numbers: BTreeMap<String, NumberStyle>,
    cells: BTreeMap<String, CellStyle>,
    /// The fonts of parts of texts, by their style.
    texts: BTreeMap<String, RunFont>,
    /// The fonts that styles refer to, by the name that the file gives them.
    faces: BTreeMap<String, Option<SymbolFont>>,
    hidden_tables: BTreeSet<String>,
    /// In points, by style.
    row_heights: BTreeMap<String, f64>,
    /// In points, by style.
    column_widths: BTreeMap<String, f64>,
    ready: BTreeMap<String, CellLook>,
}

/// A cell style as it stands.
#[derive(Debug)]
struct CellStyle {
    number: Option<String>,
    parent: Option<String>,
    font: RunFont,
}

/// What a cell style means, parents included.
#[derive(Debug, Clone)]
pub(super) struct CellLook {
    pub format: Arc<CellFormat>,
    /// The font, if it draws signs.
    pub font: Option<SymbolFont>,
}

/// What has a size.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Line {
    Row,
    Column,
}

impl Line {
    fn named(family: &str) -> Option<Self> {
        match family {
            "table-row" => Some(Self::Row),
            "table-column" => Some(Self::Column),
            _ => None,
        }
    }

    const fn attribute(self) -> &'static str {
        match self {
            Self::Row => "row-height",
            Self::Column => "column-width",
        }
    }
}

impl Styles {
    /// Takes the styles of the element that has just begun, up to its end.
    pub(super) fn read(&mut self, xml: &mut Xml) -> Result<(), PartError> {
        let inside = xml.depth();
        loop {
            let depth = xml.depth();
            match xml.next()? {
                Node::Start(start) => {
                    let element = start.local_name().as_ref().to_owned();
                    let text = |name| local_attribute(&start, name).map(std::borrow::Cow::into_owned);
                    let name = text("name").unwrap_or_default();
                    if number_style::is_number_style(&element) && self.numbers.len() < MOST_STYLES {
                        let style = number_style::read(xml)?;
                        self.numbers.insert(name, style);
                    } else if element == "style" && text("family").as_deref() == Some("table") {
                        self.table_style(xml, name)?;
                    } else if element == "style"
                        && let Some(line) = text("family").as_deref().and_then(Line::named)
                    {
                        self.size(xml, line, name)?;
                    } else if element == "style" && matches!(text("family").as_deref(), Some("table-cell" | "text")) {
                        let is_cell = text("family").as_deref() == Some("table-cell");
                        let (number, parent) = (text("data-style-name"), text("parent-style-name"));
                        let font = self.font_of_style(xml)?;
                        if is_cell && self.cells.len() < MOST_STYLES {
                            self.cells.insert(name, CellStyle { number, parent, font });
                        } else if !is_cell && self.texts.len() < MOST_STYLES {
                            self.texts.insert(name, font);
                        }
                    } else {
                        xml.skip()?;
                    }
                }
                Node::End(_) if depth == inside => return Ok(()),
                Node::Eof => return Err(PartError::Broken),
                _ => {}
            }
        }
    }

    /// Takes the list of fonts that has just begun, up to its end.
    pub(super) fn read_faces(&mut self, xml: &mut Xml) -> Result<(), PartError> {
        let inside = xml.depth();
        loop {
            let depth = xml.depth();
            match xml.next()? {
                Node::Start(start) if self.faces.len() < MOST_STYLES => {
                    if let (Some(name), Some(family)) =
                        (local_attribute(&start, "name"), local_attribute(&start, "font-family"))
                    {
                        self.faces.insert(name.into_owned(), family_named(&family));
                    }
                }
                Node::End(_) if depth == inside => return Ok(()),
                Node::Eof => return Err(PartError::Broken),
                _ => {}
            }
        }
    }

    /// Returns the font that the style which has just begun names, up to its end.
    fn font_of_style(&self, xml: &mut Xml) -> Result<RunFont, PartError> {
        let inside = xml.depth();
        let mut font = RunFont::OfCell;
        loop {
            let depth = xml.depth();
            match xml.next()? {
                Node::Start(start) if start.local_name().as_ref() == "text-properties" => {
                    let face = local_attribute(&start, "font-name").map(|name| match self.faces.get(&*name) {
                        Some(face) => *face,
                        None => family_named(&name),
                    });
                    let face = face.or_else(|| local_attribute(&start, "font-family").map(|name| family_named(&name)));
                    font = face.map_or(font, RunFont::from);
                }
                Node::End(_) if depth == inside => return Ok(font),
                Node::Eof => return Err(PartError::Broken),
                _ => {}
            }
        }
    }

    fn table_style(&mut self, xml: &mut Xml, name: String) -> Result<(), PartError> {
        let inside = xml.depth();
        loop {
            let depth = xml.depth();
            match xml.next()? {
                Node::Start(start) if local_attribute(&start, "display").is_some_and(|display| display == "false") => {
                    self.hidden_tables.insert(name.clone());
                }
                Node::End(_) if depth == inside => return Ok(()),
                Node::Eof => return Err(PartError::Broken),
                _ => {}
            }
        }
    }

    /// Takes the size in the style of a row or column that has just begun, up to its end.
    fn size(&mut self, xml: &mut Xml, line: Line, name: String) -> Result<(), PartError> {
        let inside = xml.depth();
        loop {
            let depth = xml.depth();
            match xml.next()? {
                Node::Start(start) => {
                    let size = local_attribute(&start, line.attribute()).and_then(|size| points(&size));
                    let sizes = match line {
                        Line::Row => &mut self.row_heights,
                        Line::Column => &mut self.column_widths,
                    };
                    if let Some(size) = size.filter(|_| sizes.len() < MOST_STYLES) {
                        sizes.insert(name.clone(), size);
                    }
                }
                Node::End(_) if depth == inside => return Ok(()),
                Node::Eof => return Err(PartError::Broken),
                _ => {}
            }
        }
    }

    /// Returns the size of a row or column in points, where its style gives one.
    pub(super) fn size_of(&self, line: Line, style: Option<&str>) -> Option<f64> {
        let sizes = match line {
            Line::Row => &self.row_heights,
            Line::Column => &self.column_widths,
        };
        sizes.get(style?).copied()
    }

    /// Returns whether tables of this style are hidden.
    pub(super) fn is_hidden_table(&self, style: &str) -> bool {
        self.hidden_tables.contains(style)
    }

    /// Returns the runs of a text with styled parts; none when no part names a font.
    pub(super) fn runs(&self, parts: &Parts) -> Vec<Run> {
        let mut runs = Vec::new();
        for (end, style) in parts {
            let font = style.as_deref().and_then(|style| self.texts.get(style)).copied();
            symbol_text::close(&mut runs, *end, font.unwrap_or(RunFont::OfCell));
        }
        if runs.iter().all(|run| run.font == RunFont::OfCell) {
            runs.clear();
        }
        runs
    }

    /// Returns what a cell style means; General where there is none.
    pub(super) fn look(&mut self, style: Option<&str>) -> CellLook {
        let style = style.unwrap_or("Default");
        if let Some(look) = self.ready.get(style) {
            return look.clone();
        }
        let look = self.make_look(style);
        if self.ready.len() < MOST_STYLES {
            self.ready.insert(style.to_owned(), look.clone());
        }
        look
    }

    fn make_look(&self, style: &str) -> CellLook {
        // Parents may form a ring in a broken file.
        const MOST_PARENTS: usize = 16;
        let mut number = None;
        let mut font = RunFont::OfCell;
        let mut name = Some(style);
        for _ in 0..MOST_PARENTS {
            let Some(style) = name.and_then(|name| self.cells.get(name)) else {
                break;
            };
            number = number.or(style.number.as_deref());
            if font == RunFont::OfCell {
                font = style.font;
            }
            name = style.parent.as_deref();
        }
        let number = number.and_then(|number| self.numbers.get(number));
        let format = number.map(|number| CellFormat::from_code(&number.code(|other| self.numbers.get(other))));
        CellLook {
            format: Arc::new(format.unwrap_or_else(CellFormat::general)),
            font: match font {
                RunFont::Symbol(font) => Some(font),
                RunFont::Plain | RunFont::OfCell => None,
            },
        }
    }
}

/// Returns a font by the name of its family, which may stand in quotes.
fn family_named(name: &str) -> Option<SymbolFont> {
    SymbolFont::named(name.trim().trim_matches(['\'', '"']))
}
