//! One table: rows, cells on the document's grid, spans to the right and merges downwards.

use std::collections::BTreeMap;

use super::{CellText, Document, Table, attribute, says_yes};
use crate::grid::{CellAddress, CellRange, MAX_COLUMNS};
use crate::read::kit::budget::Budget;
use crate::read::kit::cell_builder::shortened;
use crate::read::kit::package::PartError;
use crate::read::kit::xml::{Node, Xml};

/// How a cell stands to its neighbour above or to the left.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Merge {
    #[default]
    None,
    Restart,
    Continue,
}

/// What a cell's properties say about its place.
#[derive(Debug, Clone, Copy)]
pub(super) struct CellPlacing {
    /// Columns of the document's grid.
    span: u32,
    down: Merge,
    across: Merge,
}

impl Default for CellPlacing {
    fn default() -> Self {
        Self {
            span: 1,
            down: Merge::None,
            across: Merge::None,
        }
    }
}

/// A row as found.
#[derive(Default)]
struct FoundRow {
    before: u32,
    is_deleted: bool,
    is_hidden: bool,
    cells: Vec<CellText>,
}

/// Cells that merge downwards, by first column: first row, columns, last row so far.
type Open = BTreeMap<u32, (u32, u32, u32)>;

impl Document {
    /// Reads the `<w:tbl>` that has just begun; returns its index.
    pub(super) fn table(&mut self, xml: &mut Xml, is_nested: bool) -> Result<usize, PartError> {
        let index = self.begin_table(is_nested)?;
        let inside = xml.depth();
        let mut open = Open::new();
        loop {
            let depth = xml.depth();
            match xml.next()? {
                Node::Start(start) => match start.local_name().as_ref() {
                    "tr" => {
                        let row = self.row(xml)?;
                        let Self { tables, budget, .. } = self;
                        if let Some(table) = tables.get_mut(index).filter(|_| !row.is_deleted) {
                            table.add_row(row, &mut open, budget)?;
                        }
                    }
                    "sdt" | "sdtContent" | "customXml" | "ins" | "moveTo" => {}
                    _ => xml.skip()?,
                },
                Node::End(_) if depth == inside => break,
                Node::Eof => return Err(PartError::Broken),
                _ => {}
            }
        }
        if let Some(table) = self.tables.get_mut(index) {
            for (column, region) in open {
                table.close(column, region, &mut self.budget)?;
            }
            table.is_complete = true;
        }
        Ok(index)
    }

    fn row(&mut self, xml: &mut Xml) -> Result<FoundRow, PartError> {
        let inside = xml.depth();
        let mut row = FoundRow::default();
        loop {
            let depth = xml.depth();
            match xml.next()? {
                Node::Start(start) => match start.local_name().as_ref() {
                    "trPr" => row_properties(xml, &mut row)?,
                    "tc" => row.cells.push(self.cell(xml)?),
                    "sdt" | "sdtContent" | "customXml" => {}
                    _ => xml.skip()?,
                },
                Node::End(_) if depth == inside => return Ok(row),
                Node::Eof => return Err(PartError::Broken),
                _ => {}
            }
        }
    }

    fn cell(&mut self, xml: &mut Xml) -> Result<CellText, PartError> {
        let inside = xml.depth();
        let mut cell = Some(CellText::default());
        self.blocks(xml, inside, &mut cell)?;
        Ok(cell.unwrap_or_default())
    }
}

impl Table {
    fn add_row(&mut self, found: FoundRow, open: &mut Open, budget: &mut Budget) -> Result<(), PartError> {
        let row = self.next_row;
        self.next_row = self.next_row.saturating_add(1);
        if found.is_hidden {
            self.draft.hidden_rows.push((row, row));
        }
        let mut column = found.before;
        let mut cells = found.cells.into_iter().peekable();
        while let Some(content) = cells.next() {
            let mut cell = content.placing;
            // Old documents merge to the right cell by cell.
            while let Some(next) = cells.next_if(|next| next.placing.across == Merge::Continue) {
                cell.span = cell.span.saturating_add(next.placing.span);
            }
            let address = CellAddress::new(row, column);
            let last = column.saturating_add(cell.span.saturating_sub(1));
            let above = open.get(&column).copied();
            let continues = cell.down == Merge::Continue
                && above.is_some_and(|(_, span, last_row)| span == cell.span && last_row.saturating_add(1) == row);
            if continues {
                if let Some((_, _, last_row)) = open.get_mut(&column) {
                    *last_row = row;
                }
            } else {
                if let Some(region) = open.remove(&column) {
                    self.close(column, region, budget)?;
                }
                if cell.down == Merge::None {
                    self.draft
                        .merge(CellRange::new(address, CellAddress::new(row, last)), budget)?;
                } else {
                    open.insert(column, (row, cell.span, row));
                }
            }
            if !content.nested.is_empty() {
                let names: Vec<String> = content
                    .nested
                    .iter()
                    .map(|index| format!("“表{}”", index + 1))
                    .collect();
                self.draft.losses.add(Some(address), || {
                    format!("单元格里套着另一张表格，已作为{}单独读取", names.join("、"))
                });
            }
            let mut text = content.text.trim();
            let is_blank = text.is_empty();
            for (index, held) in content.boxes.iter().enumerate() {
                let named = shortened(held);
                if is_blank && index == 0 {
                    text = held;
                    self.draft.losses.add(Some(address), || {
                        format!("这一格是空的，格里的文本框写着“{named}”，已作为这一格的内容读取")
                    });
                } else {
                    self.draft.losses.add(Some(address), || {
                        format!("这一格有内容，格里又有文本框“{named}”，文本框没有读取")
                    });
                }
            }
            self.draft.put_text(address, text.to_owned(), budget)?;
            column = last.saturating_add(1);
        }
        Ok(())
    }

    fn close(
        &mut self,
        column: u32,
        (first_row, span, last_row): (u32, u32, u32),
        budget: &mut Budget,
    ) -> Result<(), PartError> {
        let last_column = column.saturating_add(span.saturating_sub(1));
        let range = CellRange::new(
            CellAddress::new(first_row, column),
            CellAddress::new(last_row, last_column),
        );
        Ok(self.draft.merge(range, budget)?)
    }
}

fn row_properties(xml: &mut Xml, row: &mut FoundRow) -> Result<(), PartError> {
    let inside = xml.depth();
    loop {
        let depth = xml.depth();
        match xml.next()? {
            Node::Start(start) => {
                match start.local_name().as_ref() {
                    "gridBefore" => row.before = count(attribute(&start, "val")),
                    "del" => row.is_deleted = true,
                    "hidden" => row.is_hidden = says_yes(&start),
                    _ => {}
                }
                xml.skip()?;
            }
            Node::End(_) if depth == inside => return Ok(()),
            Node::Eof => return Err(PartError::Broken),
            _ => {}
        }
    }
}

/// Reads the `<w:tcPr>` that has just begun.
pub(super) fn cell_placing(xml: &mut Xml) -> Result<CellPlacing, PartError> {
    let inside = xml.depth();
    let mut cell = CellPlacing::default();
    loop {
        let depth = xml.depth();
        match xml.next()? {
            Node::Start(start) => {
                let value = attribute(&start, "val");
                // Without a value, a merge goes on.
                let merge = match value.as_deref().map(str::trim) {
                    Some("restart") => Merge::Restart,
                    _ => Merge::Continue,
                };
                match start.local_name().as_ref() {
                    "gridSpan" => cell.span = count(value).max(1),
                    "vMerge" => cell.down = merge,
                    "hMerge" => cell.across = merge,
                    _ => {}
                }
                xml.skip()?;
            }
            Node::End(_) if depth == inside => return Ok(cell),
            Node::Eof => return Err(PartError::Broken),
            _ => {}
        }
    }
}

fn count(value: Option<String>) -> u32 {
    value
        .and_then(|value| value.trim().parse::<u32>().ok())
        .unwrap_or(0)
        .min(MAX_COLUMNS)
}
