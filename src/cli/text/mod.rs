//! Texts for a terminal: width, wrapping, colour. It knows no reports.

mod style;
mod wrap;

pub use style::{bold, dim, level};
pub use wrap::{one_line, pad, terminal_width, wrap};
