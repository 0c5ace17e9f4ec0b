//! What the writers share. A [`book`] is a workbook in the making: the library writes its frame, [`sheet_cells`] and
//! [`list_sheet`] say what stands in a sheet and how it looks, [`sheet_xml`] and [`sheet_links`] write that down,
//! [`frame`] knows where it belongs, [`deflate`] and [`package`] make a file of it. Beside them: looks and pages,
//! widths, number formats, texts that are safe in a cell or in HTML.

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
