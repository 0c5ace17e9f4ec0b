//! A page's tables, built from its tokens: which tag opens and closes what, and what is shown.
//!
//! Tags that were never closed are closed where a browser would: by the next cell, row or table.

mod sheets;
mod tables;

use super::super::ReadError;
use super::attributes::Attributes;
use super::grid::TableGrid;
use super::style::StyleSheet;
use super::text::ShownText;
use super::token::{MOST_ATTRIBUTES, Name, Tag, Token, tokens};
use crate::read::kit::budget::Budget;
use crate::read::kit::own_text::OwnText;
use crate::read::kit::sheet_builder::SheetBuilder;

/// A sheet's name as Excel writes it into a page's hidden part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct SheetName {
    pub name: String,
    /// Where the sheet's page lies; empty when it is this page.
    pub source: String,
}

/// What a page holds.
pub(super) struct Page {
    /// Sheets, each with the place of its page (filled in by whoever knows it).
    pub sheets: Vec<(SheetBuilder, String)>,
    pub names: Vec<SheetName>,
    pub is_frameset: bool,
    /// The page's own text.
    pub text: OwnText,
}

/// Reads the tables of a page.
pub(super) fn read(text: &str, budget: &mut Budget) -> Result<Page, ReadError> {
    let mut builder = Builder::new(text, budget);
    for token in tokens(text) {
        let token = token.map_err(|_| ReadError::too_many("网页里一个标签的属性数", MOST_ATTRIBUTES))?;
        match token {
            Token::Start { tag, name, attributes } => builder.start(tag, name, attributes)?,
            Token::End { tag, name } => builder.end(tag, name)?,
            Token::Text(text) => builder.text(&text),
            Token::Comment(text) => builder.comment(&text),
        }
    }
    builder.finish()
}

/// A cell that is open.
struct OpenCell {
    attributes: Attributes,
    text: ShownText,
    /// Tables that stood in it.
    nested: Vec<TableGrid>,
}

/// A table that is open.
#[derive(Default)]
struct OpenTable {
    grid: TableGrid,
    cell: Option<OpenCell>,
    caption: ShownText,
    in_caption: bool,
    /// The next column that a `<col>` speaks of.
    column: u32,
    /// What was hidden around it.
    hidden_around: Option<HiddenRun>,
}

/// An element whose content is not shown, until its end.
#[derive(Debug, Clone, Copy)]
struct HiddenRun {
    name: Name,
    /// Elements of the same name inside it.
    inside: usize,
}

struct Builder<'b> {
    budget: &'b mut Budget,
    styles: StyleSheet,
    /// Made by Excel or WPS: a cell that is not displayed still has its column.
    is_office: bool,
    open: Vec<OpenTable>,
    hidden: Option<HiddenRun>,
    unshown: Option<Tag>,
    unchosen_option: bool,
    /// Text outside any table since the last one, line by line.
    lines: Vec<String>,
    line: ShownText,
    sheet: SheetBuilder,
    next_row: u32,
    has_table: bool,
    hidden_columns: Vec<(u32, u32)>,
    apart: Vec<TableGrid>,
    page: Page,
}

/// Lines outside tables that are kept at most; only those next to a table matter.
const LINES_KEPT: usize = 200;

impl<'b> Builder<'b> {
    fn new(text: &str, budget: &'b mut Budget) -> Self {
        Self {
            budget,
            styles: StyleSheet::default(),
            is_office: text.contains("urn:schemas-microsoft-com:office") || text.contains("mso-number-format"),
            open: Vec::new(),
            hidden: None,
            unshown: None,
            unchosen_option: false,
            lines: Vec::new(),
            line: ShownText::default(),
            sheet: SheetBuilder::default(),
            next_row: 0,
            has_table: false,
            hidden_columns: Vec::new(),
            apart: Vec::new(),
            page: Page {
                sheets: Vec::new(),
                names: Vec::new(),
                is_frameset: false,
                text: OwnText::default(),
            },
        }
    }

    fn start(&mut self, tag: Tag, name: Name, mut attributes: Attributes) -> Result<(), ReadError> {
        self.apply_classes(&mut attributes);
        match tag {
            Tag::Table => return self.begin_table(&attributes),
            Tag::Frameset => self.page.is_frameset = true,
            Tag::Unshown | Tag::Style => self.unshown = Some(tag),
            Tag::Caption | Tag::ColumnGroup | Tag::Column | Tag::RowGroup | Tag::Row | Tag::Cell => {
                return self.start_in_table(tag, attributes);
            }
            Tag::Break => {
                if self.is_shown() {
                    self.target().line_break();
                    self.break_line();
                }
            }
            Tag::Input => self.input(&attributes),
            Tag::Option => self.unchosen_option = !attributes.is_chosen,
            Tag::Block | Tag::Other => {
                match &mut self.hidden {
                    Some(run) if run.name == name => run.inside = run.inside.saturating_add(1),
                    Some(_) => {}
                    None if attributes.is_hidden => self.hidden = Some(HiddenRun { name, inside: 0 }),
                    None => {}
                }
                if tag == Tag::Block {
                    self.block();
                }
            }
        }
        Ok(())
    }

    fn end(&mut self, tag: Tag, name: Name) -> Result<(), ReadError> {
        match tag {
            Tag::Table => return self.end_table(),
            Tag::Row | Tag::RowGroup => {
                self.end_cell()?;
                if tag == Tag::RowGroup
                    && let Some(table) = self.open.last_mut()
                {
                    table.grid.end_group();
                }
            }
            Tag::Cell => return self.end_cell(),
            Tag::Caption => {
                if let Some(table) = self.open.last_mut() {
                    table.in_caption = false;
                }
            }
            Tag::Unshown | Tag::Style => self.unshown = None,
            Tag::Option => self.unchosen_option = false,
            Tag::Block | Tag::Other => {
                match &mut self.hidden {
                    Some(run) if run.name == name && run.inside > 0 => run.inside -= 1,
                    Some(run) if run.name == name => self.hidden = None,
                    _ => {}
                }
                if tag == Tag::Block {
                    self.block();
                }
            }
            Tag::Break => {
                if self.is_shown() {
                    self.target().line_break();
                    self.break_line();
                }
            }
            Tag::ColumnGroup | Tag::Column | Tag::Input | Tag::Frameset => {}
        }
        Ok(())
    }

    fn text(&mut self, text: &str) {
        if self.unshown == Some(Tag::Style) {
            self.styles.add(text);
        } else if self.is_shown() {
            self.target().push(text);
        }
    }

    /// Excel writes what is not HTML into comments: of it, the names of the sheets.
    fn comment(&mut self, text: &str) {
        if self.unshown == Some(Tag::Style) {
            self.styles.add(text);
        }
        for entry in text.split("<x:ExcelWorksheet>").skip(1).take(self.budget.limits.sheets) {
            let name = between(entry, "<x:Name>", "</x:Name>")
                .map(unescape)
                .unwrap_or_default();
            let source = between(entry, "<x:WorksheetSource HRef=\"", "\"").unwrap_or_default();
            self.page.names.push(SheetName {
                name,
                source: source.to_owned(),
            });
        }
    }

    fn is_shown(&self) -> bool {
        self.hidden.is_none() && self.unshown.is_none() && !self.unchosen_option
    }

    /// Returns where text goes: the open cell, the open caption, else the lines outside.
    fn target(&mut self) -> &mut ShownText {
        match self.open.last_mut() {
            Some(OpenTable { cell: Some(cell), .. }) => &mut cell.text,
            Some(table) if table.in_caption => &mut table.caption,
            _ => &mut self.line,
        }
    }

    fn block(&mut self) {
        if self.is_shown() {
            self.target().block();
            self.break_line();
        }
    }

    /// Ends a line outside tables.
    fn break_line(&mut self) {
        if self.open.is_empty() && !self.line.is_blank() {
            if self.lines.len() >= LINES_KEPT {
                self.lines.drain(..LINES_KEPT / 2);
            }
            let line = self.line.take();
            self.page.text.add_paragraph(&line);
            self.lines.push(line);
        }
    }

    fn apply_classes(&self, attributes: &mut Attributes) {
        if let Some(classes) = attributes.classes.take() {
            for style in self.styles.of(&classes) {
                attributes.is_hidden |= style.is_hidden;
                if attributes.number_format.is_none() {
                    attributes.number_format.clone_from(&style.number_format);
                }
            }
        }
    }

    fn input(&mut self, attributes: &Attributes) {
        if !self.is_shown() || attributes.is_hidden {
            return;
        }
        let kind = attributes.kind.as_deref().unwrap_or_default().to_ascii_lowercase();
        match kind.as_str() {
            "checkbox" | "radio" => {
                let mark = if attributes.is_chosen { "☑" } else { "□" };
                self.target().push(mark);
            }
            "" | "text" | "number" => {
                let value = attributes.value.clone().unwrap_or_default();
                self.target().push(&value);
            }
            _ => {}
        }
    }
}

fn between<'a>(text: &'a str, start: &str, end: &str) -> Option<&'a str> {
    text.split_once(start)?.1.split_once(end).map(|(inner, _)| inner)
}

fn unescape(text: &str) -> String {
    quick_xml::escape::unescape(text).map_or_else(|_| text.to_owned(), std::borrow::Cow::into_owned)
}
