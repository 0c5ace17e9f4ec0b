//! Styles by name: which number format a cell has, and which tables are hidden.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::local_attribute;
use super::number_style::{self, NumberStyle};
use crate::read::cell_format::{CellFormat, MOST_STYLES};
use crate::read::package::Fault;
use crate::read::xml::{Node, Xml};

/// The styles of a document.
#[derive(Debug, Default)]
pub(super) struct Styles {
    numbers: BTreeMap<String, NumberStyle>,
    /// (number style, parent style) by cell style.
    cells: BTreeMap<String, (Option<String>, Option<String>)>,
    hidden_tables: BTreeSet<String>,
    ready: BTreeMap<String, Arc<CellFormat>>,
}

impl Styles {
    /// Takes the styles of the element that has just begun, up to its end.
    pub(super) fn read(&mut self, xml: &mut Xml) -> Result<(), Fault> {
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
                    } else if element == "style" && text("family").as_deref() == Some("table-cell") {
                        if self.cells.len() < MOST_STYLES {
                            self.cells
                                .insert(name, (text("data-style-name"), text("parent-style-name")));
                        }
                        xml.skip()?;
                    } else {
                        xml.skip()?;
                    }
                }
                Node::End(_) if depth == inside => return Ok(()),
                Node::Eof => return Err(Fault::Broken),
                _ => {}
            }
        }
    }

    fn table_style(&mut self, xml: &mut Xml, name: String) -> Result<(), Fault> {
        let inside = xml.depth();
        loop {
            let depth = xml.depth();
            match xml.next()? {
                Node::Start(start) if local_attribute(&start, "display").is_some_and(|display| display == "false") => {
                    self.hidden_tables.insert(name.clone());
                }
                Node::End(_) if depth == inside => return Ok(()),
                Node::Eof => return Err(Fault::Broken),
                _ => {}
            }
        }
    }

    /// Whether tables of this style are hidden.
    pub(super) fn is_hidden_table(&self, style: &str) -> bool {
        self.hidden_tables.contains(style)
    }

    /// The number format of a cell style; General where there is none.
    pub(super) fn format(&mut self, style: Option<&str>) -> Arc<CellFormat> {
        let style = style.unwrap_or("Default");
        if let Some(format) = self.ready.get(style) {
            return format.clone();
        }
        let format = Arc::new(self.make_format(style));
        if self.ready.len() < MOST_STYLES {
            self.ready.insert(style.to_owned(), format.clone());
        }
        format
    }

    fn make_format(&self, style: &str) -> CellFormat {
        // Parents may form a ring in a broken file.
        const MOST_PARENTS: usize = 16;
        let mut name = style;
        for _ in 0..MOST_PARENTS {
            match self.cells.get(name) {
                Some((Some(number), _)) => {
                    return match self.numbers.get(number) {
                        Some(number) => CellFormat::from_code(&number.code(|other| self.numbers.get(other))),
                        None => CellFormat::general(),
                    };
                }
                Some((None, Some(parent))) => name = parent,
                _ => break,
            }
        }
        CellFormat::general()
    }
}
