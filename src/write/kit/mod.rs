//! What the writers share: styles and widths, cells of a sheet, sheets of lists, links, texts that are safe in a cell.

pub(super) mod book;
pub(super) mod cell_text;
pub(super) mod deflate;
mod frame;
pub(super) mod html_text;
pub(super) mod link;
pub(super) mod list_sheet;
pub(super) mod number_format;
mod number_shape;
mod package;
pub(super) mod page;
pub(super) mod sheet_cells;
pub(super) mod sheet_links;
pub(super) mod sheet_xml;
pub(super) mod styles;
pub(super) mod text_width;
