//! What the writers share. A [`book`] is a workbook in the making: [`sheet_cells`] and [`list_sheet`] say what stands in a
//! sheet and how it looks, [`sheet_xml`] and [`sheet_links`] write that down. [`sheet_setup`] and [`properties`] say what
//! stands around it, [`own_frame`], [`own_sheet`] and [`note_parts`] write that, or the library does and [`frame`] knows where in its
//! parts a sheet's rows belong. [`ready`] keeps what workbooks have alike; [`book_parts`], [`deflate`] and [`package`] make
//! a file of it all. Beside them: looks and pages,
//! widths, number formats, texts that are safe in a cell or in HTML.

pub(super) mod book;
mod book_parts;
pub(super) mod cell_text;
pub(super) mod deflate;
mod frame;
pub(super) mod html_text;
pub(super) mod link;
pub(super) mod list_sheet;
mod note_parts;
pub(super) mod number_format;
mod number_shape;
mod numbered;
mod own_frame;
mod own_sheet;
mod package;
pub(super) mod page;
pub(super) mod properties;
mod ready;
pub(super) mod ready_sheet;
pub(super) mod sheet_cells;
pub(super) mod sheet_links;
pub(super) mod sheet_setup;
pub(super) mod sheet_xml;
pub(super) mod styles;
pub(super) mod text_width;
