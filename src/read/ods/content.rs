//! The document around the tables: settings, styles, and the tables in tab order.

use std::borrow::Cow;

use super::local_attribute;
use super::styles::Styles;
use super::table::{self, Context};
use crate::grid::{ReadingLoss, Sheet, Visibility};
use crate::read::ReadError;
use crate::read::kit::budget::Budget;
use crate::read::kit::losses::Losses;
use crate::read::kit::package::PartError;
use crate::read::kit::xml::{Node, Xml};
use crate::read::number_format::Epoch;

/// A document being read.
pub(super) struct Document {
    budget: Budget,
    styles: Styles,
    epoch: Epoch,
    sheets: Vec<Sheet>,
    /// The table that is being read.
    current: Option<(String, Visibility)>,
}

impl Document {
    pub(super) fn new(budget: Budget) -> Self {
        Self {
            budget,
            styles: Styles::default(),
            epoch: Epoch::Year1900,
            sheets: Vec::new(),
            current: None,
        }
    }

    /// Reads the part of common styles.
    pub(super) fn read_styles(&mut self, xml: &mut Xml) -> Result<(), PartError> {
        loop {
            match xml.next()? {
                Node::Start(start) => match start.local_name().as_ref() {
                    "document-styles" => {}
                    "font-face-decls" => self.styles.read_faces(xml)?,
                    "styles" => self.styles.read(xml)?,
                    _ => xml.skip()?,
                },
                Node::Eof => return Ok(()),
                _ => {}
            }
        }
    }

    /// Reads the content; after a fault what came before it is still there.
    pub(super) fn read(&mut self, xml: &mut Xml) -> Result<(), PartError> {
        loop {
            match xml.next()? {
                Node::Start(start) => match start.local_name().as_ref() {
                    "document-content" | "document" | "body" | "spreadsheet" | "calculation-settings" => {}
                    "font-face-decls" => self.styles.read_faces(xml)?,
                    "styles" | "automatic-styles" => self.styles.read(xml)?,
                    "null-date" => {
                        if local_attribute(&start, "date-value").is_some_and(|date| date.starts_with("1904")) {
                            self.epoch = Epoch::Year1904;
                        }
                    }
                    "table" => {
                        let name = local_attribute(&start, "name").map(Cow::into_owned).unwrap_or_default();
                        let style = local_attribute(&start, "style-name").unwrap_or_default();
                        let visibility = if self.styles.is_hidden_table(&style) {
                            Visibility::Hidden
                        } else {
                            Visibility::Visible
                        };
                        self.table(xml, name, visibility)?;
                    }
                    _ => xml.skip()?,
                },
                Node::Eof => return Ok(()),
                _ => {}
            }
        }
    }

    fn table(&mut self, xml: &mut Xml, name: String, visibility: Visibility) -> Result<(), PartError> {
        let limit = self.budget.limits.sheets;
        if self.sheets.len() >= limit {
            return Err(PartError::Limit(ReadError::too_many("工作表数", limit)));
        }
        self.current = Some((name.clone(), visibility));
        let context = Context {
            styles: &mut self.styles,
            budget: &mut self.budget,
            epoch: self.epoch,
        };
        let mut sheet = table::read(xml, name, context)?;
        sheet.visibility = visibility;
        self.sheets.push(sheet);
        self.current = None;
        Ok(())
    }

    /// Returns the tables, and what was lost if the content broke off.
    pub(super) fn into_sheets(mut self, is_broken: bool) -> Result<(Vec<Sheet>, Vec<ReadingLoss>), ReadError> {
        if self.sheets.is_empty() {
            return Err(ReadError::damaged(if is_broken {
                "表格内容读不出来"
            } else {
                "工作簿里没有工作表"
            }));
        }
        let mut losses = Losses::default();
        if let Some((name, visibility)) = self.current.take() {
            losses.add(None, || {
                format!("工作表“{name}”没有读到：它的内容已损坏；排在它后面的工作表也没有读到")
            });
            let mut lost = Sheet::new(name, Vec::new(), Vec::new());
            lost.visibility = visibility;
            self.sheets.push(lost);
        } else if is_broken {
            losses.add(None, || "文件末尾已损坏，可能有工作表没有读到".to_owned());
        }
        Ok((self.sheets, losses.into_list()))
    }
}
