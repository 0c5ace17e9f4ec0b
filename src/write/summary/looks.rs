//! The looks of a summary's cells: once as the library takes them, and for long lists by their numbers in the workbook.

use rust_xlsxwriter::{Format, FormatAlign, FormatUnderline};

use super::cells::{Column, ColumnKind};
use crate::model::Severity;
use crate::write::kit::book::Book;
use crate::write::kit::styles::{self, BODY_SIZE, LINK_COLOR};
use crate::write::kit::text_width::SMALLER_SIZES;

/// Returns a header cell.
pub fn header() -> Format {
    styles::bordered(styles::body(BODY_SIZE))
        .set_bold()
        .set_align(FormatAlign::Center)
        .set_background_color(styles::HEADER_FILL)
}

/// Returns a cell of a column.
pub fn of_column(kind: ColumnKind, size: f64) -> Format {
    let format = styles::bordered(styles::body(size)).set_num_format(kind.number_format());
    format.set_align(match kind {
        ColumnKind::Text => FormatAlign::Left,
        ColumnKind::Money => FormatAlign::Right,
        _ => FormatAlign::Center,
    })
}

/// Returns the cell of a level.
pub fn level(severity: Severity) -> Format {
    styles::bordered(styles::body(BODY_SIZE))
        .set_align(FormatAlign::Center)
        .set_background_color(styles::severity_fill(severity))
}

fn link(size: f64) -> Format {
    styles::bordered(styles::body(size))
        .set_align(FormatAlign::Left)
        .set_font_color(LINK_COLOR)
        .set_underline(FormatUnderline::Single)
}

/// Sizes that a text may have, the usual one first.
const SIZES: [f64; 3] = [BODY_SIZE, SMALLER_SIZES[0], SMALLER_SIZES[1]];

/// Numbers of the looks of a list, each for wrapped texts and for texts on one line.
#[derive(Debug, Clone)]
pub struct ListLooks {
    /// That of the header's cells.
    pub header: u32,
    wrapped: Looks,
    unwrapped: Looks,
}

#[derive(Debug, Clone)]
struct Looks {
    columns: Vec<[u32; SIZES.len()]>,
    links: [u32; SIZES.len()],
    levels: [u32; 3],
    whole: u32,
}

impl ListLooks {
    /// Returns the looks of a list of these columns.
    pub fn new(book: &mut Book, columns: &[Column]) -> Self {
        Self {
            header: book.look(&header()),
            wrapped: Looks::new(book, columns, |format| format),
            unwrapped: Looks::new(book, columns, Format::unset_text_wrap),
        }
    }

    fn looks(&self, wraps: bool) -> &Looks {
        if wraps { &self.wrapped } else { &self.unwrapped }
    }

    /// Returns the look of a cell in the column with this index, its text in this size.
    pub fn of(&self, column: usize, size: f64, wraps: bool) -> u32 {
        let of_sizes = self.looks(wraps).columns.get(column);
        of_sizes.map_or(0, |of_sizes| by_size(of_sizes, size))
    }

    /// Returns the look of a link.
    pub fn link(&self, size: f64, wraps: bool) -> u32 {
        by_size(&self.looks(wraps).links, size)
    }

    /// Returns the look of a level.
    pub fn level(&self, severity: Severity, wraps: bool) -> u32 {
        let [info, warning, error] = self.looks(wraps).levels;
        match severity {
            Severity::Info => info,
            Severity::Warning => warning,
            Severity::Error => error,
        }
    }

    /// Returns the look of a whole number among points, which keeps no bare point behind it.
    pub fn whole(&self, wraps: bool) -> u32 {
        self.looks(wraps).whole
    }
}

impl Looks {
    fn new(book: &mut Book, columns: &[Column], wrap: fn(Format) -> Format) -> Self {
        let mut look = |format: Format| book.look(&wrap(format));
        Self {
            columns: columns
                .iter()
                .map(|(_, _, kind)| SIZES.map(|size| look(of_column(*kind, size))))
                .collect(),
            links: SIZES.map(|size| look(link(size))),
            levels: [Severity::Info, Severity::Warning, Severity::Error].map(|severity| look(level(severity))),
            whole: look(of_column(ColumnKind::Count, BODY_SIZE)),
        }
    }
}

fn by_size(looks: &[u32; SIZES.len()], size: f64) -> u32 {
    let at = SIZES.iter().position(|known| *known == size);
    looks.get(at.unwrap_or_default()).copied().unwrap_or_default()
}
