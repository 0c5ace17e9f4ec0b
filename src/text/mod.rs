//! Texts made comparable and measured: width and script folding, words looked for, plain numbers, names of files.
//! The lowest room: it knows neither cells nor tables.

pub(crate) mod disk_words;
pub mod file_names;
pub(crate) mod keys;
pub(crate) mod likeness;
pub(crate) mod name_order;
pub(crate) mod named_files;
pub(crate) mod own_markers;
pub(crate) mod path_text;
pub mod placeholder;
pub(crate) mod toml_error;
pub(crate) mod width;
pub(crate) mod words;

use rust_decimal::Decimal;

pub use keys::{gives_no_value, match_key};

/// Returns a decimal as a person writes it: no trailing zeros, no exponent.
pub fn plain(number: Decimal) -> String {
    number.normalize().to_string()
}
