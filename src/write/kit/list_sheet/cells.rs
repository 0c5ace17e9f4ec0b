//! Cells of a list's row: of their own, or of what others hold.

use crate::write::kit::number_format::{CellContent, ContentRef};
use crate::write::kit::sheet_links::CellLink;

/// One cell of a row.
#[derive(Debug)]
pub struct ListCell {
    /// What it shows.
    pub content: CellContent,
    /// Where a click leads.
    pub link: Option<CellLink>,
    /// A fill of its own.
    pub fill: Option<u32>,
}

impl From<CellContent> for ListCell {
    fn from(content: CellContent) -> Self {
        Self {
            content,
            link: None,
            fill: None,
        }
    }
}

/// One cell of a row, of what others hold.
#[derive(Debug, Clone, Copy)]
pub struct RowCell<'c> {
    /// What it shows.
    pub content: ContentRef<'c>,
    /// Where a click leads.
    pub link: RowLink<'c>,
    /// A fill of its own.
    pub fill: Option<u32>,
}

/// Where a click on a cell leads.
#[derive(Debug, Clone, Copy)]
pub enum RowLink<'c> {
    /// Nowhere.
    None,
    /// Here.
    To(&'c CellLink),
    /// Where is said later; the cell looks like a link.
    Later,
}

impl<'c> From<Option<&'c CellLink>> for RowLink<'c> {
    fn from(link: Option<&'c CellLink>) -> Self {
        link.map_or(Self::None, Self::To)
    }
}

impl<'c> From<&'c ListCell> for RowCell<'c> {
    fn from(cell: &'c ListCell) -> Self {
        Self {
            content: ContentRef::from(&cell.content),
            link: cell.link.as_ref().into(),
            fill: cell.fill,
        }
    }
}

impl<'c, C: Into<ContentRef<'c>>> From<C> for RowCell<'c> {
    fn from(content: C) -> Self {
        Self {
            content: content.into(),
            link: RowLink::None,
            fill: None,
        }
    }
}
