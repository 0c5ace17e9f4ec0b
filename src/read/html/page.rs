//! A page's tables, built from its tokens: which tag opens and closes what, and what is shown.
//!
//! Tags that were never closed are closed where a browser would: by the next cell, row or table.

use super::super::ReadError;
use super::attributes::Attributes;
use super::grid::TableGrid;
use super::style::StyleSheet;
use super::text::ShownText;
use super::token::{MOST_ATTRIBUTES, Name, Tag, Token, tokens};
use crate::grid::{CellAddress, CellValue};
use crate::read::kit::budget::Budget;
use crate::read::kit::decimal::parse_number;
use crate::read::kit::sheet_builder::{CellContent, SheetBuilder};
use crate::read::kit::surroundings::{lines_after, lines_before};

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
            },
        }
    }

    fn start(&mut self, tag: Tag, name: Name, mut attributes: Attributes) -> Result<(), ReadError> {
        self.apply_classes(&mut attributes);
        match tag {
            Tag::Table => return self.begin_table(name, &attributes),
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

    /// Where text goes: the open cell, the open caption, else the lines outside.
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

    fn begin_table(&mut self, name: Name, attributes: &Attributes) -> Result<(), ReadError> {
        // Between rows or cells there is no place for a table: the one before was never closed.
        if self
            .open
            .last()
            .is_some_and(|table| table.cell.is_none() && !table.in_caption)
        {
            self.end_table()?;
        }
        if self.open.is_empty() {
            self.line.block();
            self.break_line();
        }
        if self.open.len() >= self.budget.limits.xml_depth {
            return Err(ReadError::too_many("表格里套表格的层数", self.budget.limits.xml_depth));
        }
        let around = self.hidden.take();
        let outer_is_hidden = self.open.last().is_some_and(|table| table.grid.is_hidden);
        let mut table = OpenTable {
            hidden_around: around,
            ..OpenTable::default()
        };
        table.grid.is_hidden = around.is_some() || outer_is_hidden || attributes.is_hidden;
        let _ = name;
        self.open.push(table);
        Ok(())
    }

    fn start_in_table(&mut self, tag: Tag, attributes: Attributes) -> Result<(), ReadError> {
        if self.open.is_empty() {
            // Rows without a table around them, as some web systems write.
            if !matches!(tag, Tag::Row | Tag::Cell) {
                return Ok(());
            }
            self.begin_table(Name::default(), &Attributes::default())?;
        }
        self.hidden = None;
        self.unchosen_option = false;
        match tag {
            Tag::Caption => {
                if let Some(table) = self.open.last_mut() {
                    table.in_caption = true;
                }
            }
            Tag::Column | Tag::ColumnGroup => {
                if let Some(table) = self.open.last_mut() {
                    table.columns(tag, &attributes);
                }
            }
            Tag::RowGroup => {
                self.end_cell()?;
                if let Some(table) = self.open.last_mut() {
                    table.in_caption = false;
                    table.grid.end_group();
                }
            }
            Tag::Row => {
                self.end_cell()?;
                if let Some(table) = self.open.last_mut() {
                    table.in_caption = false;
                    table.grid.begin_row(attributes.is_hidden);
                }
            }
            _ => {
                self.end_cell()?;
                if let Some(table) = self.open.last_mut() {
                    if !table.grid.is_in_row() {
                        table.grid.begin_row(false);
                    }
                    table.cell = Some(OpenCell {
                        attributes,
                        text: ShownText::default(),
                        nested: Vec::new(),
                    });
                }
            }
        }
        Ok(())
    }

    fn end_cell(&mut self) -> Result<(), ReadError> {
        self.hidden = None;
        self.unchosen_option = false;
        let Some(table) = self.open.last_mut() else {
            return Ok(());
        };
        let Some(mut cell) = table.cell.take() else {
            return Ok(());
        };
        let text = cell.text.take();
        if cell.attributes.is_hidden && !self.is_office {
            // A browser gives it no column either.
            if !text.is_empty() {
                let head: String = text.chars().take(20).collect();
                table
                    .grid
                    .draft
                    .losses
                    .add(None, || format!("网页里有一个不显示的单元格，内容“{head}”没有读取"));
            }
            return Ok(());
        }
        let below_text = !text.is_empty();
        let content = content(text, &cell.attributes);
        let place = table.grid.place_cell(
            cell.attributes.column_span.unwrap_or(1),
            cell.attributes.row_span.unwrap_or(1),
            content,
            self.budget,
        )?;
        for inner in cell.nested {
            table.grid.nest(place, below_text, inner);
        }
        Ok(())
    }

    fn end_table(&mut self) -> Result<(), ReadError> {
        self.end_cell()?;
        let Some(mut table) = self.open.pop() else {
            return Ok(());
        };
        table.grid.end_group();
        self.hidden = table.hidden_around;
        let caption = table.caption.take();
        match self.open.last_mut().and_then(|outer| outer.cell.as_mut()) {
            Some(cell) => {
                if !caption.is_empty() {
                    cell.text.block();
                    cell.text.push(&caption);
                    cell.text.block();
                }
                cell.nested.push(table.grid);
            }
            None => self.place_table(caption, table.grid)?,
        }
        Ok(())
    }

    /// Puts a finished outermost table below those before it, with the lines around it.
    fn place_table(&mut self, caption: String, mut grid: TableGrid) -> Result<(), ReadError> {
        self.apart.append(&mut grid.apart);
        if grid.draft.cells.is_empty() {
            return Ok(());
        }
        // Columns hidden in one table must not hide those of another.
        if self.has_table && grid.draft.hidden_columns != self.hidden_columns {
            self.finish_sheet()?;
        }
        self.put_lines_after()?;
        let from = self.lines.len().saturating_sub(lines_before(&self.lines));
        let before: Vec<String> = self.lines.drain(..).skip(from).collect();
        for line in before.into_iter().chain([caption]).filter(|line| !line.is_empty()) {
            self.put_line(line)?;
        }
        self.hidden_columns.clone_from(&grid.draft.hidden_columns);
        let height = grid.height();
        grid.append_to(&mut self.sheet, self.next_row);
        self.next_row = self.next_row.saturating_add(height);
        self.has_table = true;
        Ok(())
    }

    /// Keeps the remarks of the table before.
    fn put_lines_after(&mut self) -> Result<(), ReadError> {
        if self.has_table {
            let after: Vec<String> = self.lines.drain(..lines_after(&self.lines)).collect();
            for line in after {
                self.put_line(line)?;
            }
        }
        Ok(())
    }

    fn put_line(&mut self, line: String) -> Result<(), ReadError> {
        self.sheet
            .put_text(CellAddress::new(self.next_row, 0), line, self.budget)?;
        self.next_row = self.next_row.saturating_add(1);
        Ok(())
    }

    fn finish_sheet(&mut self) -> Result<(), ReadError> {
        self.put_lines_after()?;
        self.budget.take_sheet()?;
        let sheet = std::mem::take(&mut self.sheet);
        self.page.sheets.push((sheet, String::new()));
        self.next_row = 0;
        self.has_table = false;
        Ok(())
    }

    fn finish(mut self) -> Result<Page, ReadError> {
        while !self.open.is_empty() {
            self.end_table()?;
        }
        self.line.block();
        self.break_line();
        if self.has_table {
            self.finish_sheet()?;
        }
        for grid in std::mem::take(&mut self.apart) {
            self.budget.take_sheet()?;
            let mut sheet = SheetBuilder::default();
            grid.append_to(&mut sheet, 0);
            self.page.sheets.push((sheet, String::new()));
        }
        Ok(self.page)
    }
}

impl OpenTable {
    fn columns(&mut self, tag: Tag, attributes: &Attributes) {
        // A group with columns of its own says nothing about how many there are.
        if tag == Tag::ColumnGroup && attributes.span.is_none() {
            return;
        }
        let first = self.column;
        self.column = self.column.saturating_add(attributes.span.unwrap_or(1).max(1));
        if attributes.is_hidden {
            self.grid.draft.hidden_columns.push((first, self.column - 1));
        }
    }
}

/// A cell's value beside what it shows; `None` when there is neither.
fn content(text: String, attributes: &Attributes) -> Option<CellContent> {
    let formula = attributes
        .formula
        .as_deref()
        .map(|formula| formula.trim_start_matches('=').to_owned())
        .filter(|formula| !formula.is_empty());
    let number = attributes
        .number
        .as_deref()
        .filter(|_| !attributes.is_text)
        .and_then(|number| {
            let number = if number.trim().is_empty() {
                text.trim()
            } else {
                number.trim()
            };
            parse_number(number)
        });
    let error = attributes
        .error
        .as_deref()
        .map(str::trim)
        .filter(|code| code.starts_with('#'));
    let boolean = attributes
        .boolean
        .as_deref()
        .map(|value| value.trim().to_ascii_uppercase());
    let value = match (error, boolean.as_deref(), number) {
        (Some(code), _, _) => CellValue::Error(code.to_owned()),
        (_, Some("TRUE"), _) => CellValue::Boolean(true),
        (_, Some("FALSE"), _) => CellValue::Boolean(false),
        (_, _, Some(number)) => CellValue::Number(number),
        _ if text.is_empty() && formula.is_none() => return None,
        _ if text.is_empty() => CellValue::Blank,
        _ => CellValue::Text(text.clone()),
    };
    let code = attributes
        .number_format
        .as_deref()
        .filter(|code| *code != "General" && !code.is_empty());
    Some(CellContent {
        value,
        shown: text,
        shown_unsure: false,
        formula,
        number_format: code.map(Into::into),
    })
}

fn between<'a>(text: &'a str, start: &str, end: &str) -> Option<&'a str> {
    text.split_once(start)?.1.split_once(end).map(|(inner, _)| inner)
}

fn unescape(text: &str) -> String {
    quick_xml::escape::unescape(text).map_or_else(|_| text.to_owned(), std::borrow::Cow::into_owned)
}
