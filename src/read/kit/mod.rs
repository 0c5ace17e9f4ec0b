//! What the readers share: packages and XML, the builders of cells and sheets, budgets and losses.

pub(super) mod budget;
pub(super) mod cell_builder;
pub(super) mod cell_format;
pub(super) mod code_page;
mod content_end;
pub(super) mod cursor;
pub(super) mod decimal;
pub(super) mod decoded_stream;
pub(super) mod encoding;
pub(super) mod form_mark;
pub(crate) mod inflater;
pub(super) mod iso_date;
pub(super) mod line_ends;
pub(super) mod losses;
pub(super) mod own_text;
pub(crate) mod package;
pub(super) mod plain_list;
pub(super) mod plain_xml;
pub(crate) mod relationships;
pub(super) mod sheet_builder;
pub(super) mod surroundings;
pub(crate) mod symbol_font;
pub(super) mod symbol_text;
pub(crate) mod tabs;
pub(super) mod text_boxes;
pub(super) mod unstored;
pub(super) mod xml;
