//! The number format of a cell style, ready to render.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::symbol_font::SymbolFont;
use super::symbol_text::{Fonts, Run};
use crate::read::number_format::{NumberFormat, builtin_code};

/// More cell styles or formats than Excel allows (65,490) are none that a cell can mean.
pub(in crate::read) const MOST_STYLES: usize = 65_536;

/// One number format.
#[derive(Debug)]
pub(in crate::read) struct CellFormat {
    /// The code as stored; `None` for General.
    pub code: Option<Arc<str>>,
    pub format: NumberFormat,
    /// The style refers to a format that is not known.
    pub is_unknown: bool,
}

impl CellFormat {
    pub(in crate::read) fn from_code(code: &str) -> Self {
        let format = NumberFormat::parse(code);
        Self {
            code: (!format.is_general()).then(|| code.into()),
            format,
            is_unknown: false,
        }
    }

    pub(in crate::read) fn general() -> Self {
        Self {
            code: None,
            format: NumberFormat::general(),
            is_unknown: false,
        }
    }

    pub(in crate::read) fn unknown() -> Self {
        Self {
            is_unknown: true,
            ..Self::general()
        }
    }

    /// Returns the format with an id: the file's own code for it, else the built-in one.
    pub(in crate::read) fn from_id(id: u32, codes: &BTreeMap<u32, String>) -> Self {
        codes
            .get(&id)
            .map(String::as_str)
            .or_else(|| builtin_code(id))
            .map_or_else(Self::unknown, Self::from_code)
    }
}

/// How a cell's value is shown.
#[derive(Debug, Clone, Copy)]
pub(in crate::read) struct Look<'a> {
    pub format: &'a CellFormat,
    pub fonts: Fonts<'a>,
    /// TRUE and FALSE are shown as a check box.
    pub is_check_box: bool,
}

/// Number formats and fonts of signs by cell style index.
#[derive(Debug)]
pub(in crate::read) struct CellFormats {
    formats: Vec<Arc<CellFormat>>,
    fonts: Vec<Option<SymbolFont>>,
    unknown: CellFormat,
}

impl CellFormats {
    /// From the format id and the font of each style, in order, and the codes that the file gives to ids.
    pub(in crate::read) fn new(
        style_formats: &[u32],
        fonts: Vec<Option<SymbolFont>>,
        codes: &BTreeMap<u32, String>,
    ) -> Self {
        let mut known: BTreeMap<u32, Arc<CellFormat>> = BTreeMap::new();
        let formats = style_formats
            .iter()
            .map(|id| {
                known
                    .entry(*id)
                    .or_insert_with(|| Arc::new(CellFormat::from_id(*id, codes)))
                    .clone()
            })
            .collect();
        Self {
            formats,
            fonts,
            unknown: CellFormat::unknown(),
        }
    }

    /// Returns how a style shows a value, whose runs are these. An index that the file does not have is shown as
    /// General, but not for certain.
    pub(in crate::read) fn look<'a>(&'a self, style: usize, runs: &'a [Run]) -> Look<'a> {
        Look {
            format: self.formats.get(style).map_or(&self.unknown, AsRef::as_ref),
            fonts: Fonts {
                of_cell: self.fonts.get(style).copied().flatten(),
                runs,
            },
            is_check_box: false,
        }
    }
}
