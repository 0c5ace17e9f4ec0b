//! Tables, rows and cells of a page as they open and close.

use super::{Builder, OpenCell, OpenTable};
use crate::grid::CellValue;
use crate::read::ReadError;
use crate::read::html::attributes::Attributes;
use crate::read::html::text::ShownText;
use crate::read::html::token::Tag;
use crate::read::kit::decimal::parse_number;
use crate::read::kit::sheet_builder::CellContent;

impl Builder<'_> {
    pub(super) fn begin_table(&mut self, attributes: &Attributes) -> Result<(), ReadError> {
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
            self.page.text.add_table(0);
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
        self.open.push(table);
        Ok(())
    }

    pub(super) fn start_in_table(&mut self, tag: Tag, attributes: Attributes) -> Result<(), ReadError> {
        if self.open.is_empty() {
            // Rows without a table around them, as some web systems write.
            if !matches!(tag, Tag::Row | Tag::Cell) {
                return Ok(());
            }
            self.begin_table(&Attributes::default())?;
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

    pub(super) fn end_cell(&mut self) -> Result<(), ReadError> {
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

    pub(super) fn end_table(&mut self) -> Result<(), ReadError> {
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

/// Returns a cell's value beside what it shows; `None` when there is neither.
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
        shown_otherwise: value.shown_as(text),
        value,
        shown_unsure: false,
        formula,
        number_format: code.map(Into::into),
    })
}
