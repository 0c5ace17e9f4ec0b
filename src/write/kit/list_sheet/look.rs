//! The looks of a list's cells.

use rust_xlsxwriter::{Format, FormatAlign, FormatUnderline};

use crate::write::kit::cell_text::AS_TEXT;
use crate::write::kit::number_format::WHOLE;
use crate::write::kit::styles::{self, BODY_SIZE, LINK_COLOR};

/// How a column's cells stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// Centred: numbers, codes, cells.
    Centred,
    /// From the left: sentences.
    Text,
    /// From the left, on the ground of what a person fills in.
    FillIn,
}

/// What a cell's look depends on.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct CellFace {
    /// Across.
    pub align: Align,
    /// The ground's colour.
    pub fill: Option<u32>,
    /// Whether it is in bold.
    pub bold: bool,
    /// Whether it is blue and underlined.
    pub is_link: bool,
    /// Font size in hundredths of a point.
    pub size: u32,
    /// For numbers.
    pub number_format: NumberFormat,
}

/// How numbers are shown; nearly all are counts.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum NumberFormat {
    /// None.
    General,
    /// What people write stays text, whatever it looks like.
    Text,
    /// Without decimals.
    Whole,
    /// By its code.
    Other(String),
}

impl NumberFormat {
    /// That of a format code.
    pub fn of(code: &str) -> Self {
        match code {
            WHOLE => Self::Whole,
            other => Self::Other(other.to_owned()),
        }
    }

    fn code(&self) -> Option<&str> {
        match self {
            Self::General => None,
            Self::Text => Some(AS_TEXT),
            Self::Whole => Some(WHOLE),
            Self::Other(code) => Some(code),
        }
    }
}

/// How a text stands in its cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Align {
    /// Texts from the left, numbers from the right.
    General,
    /// In the middle.
    Centre,
    /// From the left.
    Left,
}

impl CellFace {
    /// That of a column's cells.
    pub const fn of(standing: Standing) -> Self {
        Self {
            align: match standing {
                Standing::Centred => Align::Centre,
                Standing::Text | Standing::FillIn => Align::Left,
            },
            fill: None,
            bold: false,
            is_link: false,
            size: hundredths(BODY_SIZE),
            number_format: NumberFormat::General,
        }
    }

    /// As the library takes it.
    pub fn format(&self) -> Format {
        let mut format = styles::bordered(styles::body(f64::from(self.size) / 100.0));
        format = match self.align {
            Align::General => format,
            Align::Centre => format.set_align(FormatAlign::Center),
            Align::Left => format.set_align(FormatAlign::Left),
        };
        if let Some(fill) = self.fill {
            format = format.set_background_color(fill);
        }
        if self.bold {
            format = format.set_bold();
        }
        if self.is_link {
            format = format.set_font_color(LINK_COLOR).set_underline(FormatUnderline::Single);
        }
        if let Some(code) = self.number_format.code() {
            format = format.set_num_format(code);
        }
        format
    }
}

/// Returns a font size as a [`CellFace`] holds it.
pub const fn hundredths(size: f64) -> u32 {
    (size * 100.0) as u32
}
