//! Texts made comparable and measured: width and script folding, words looked for, plain numbers, names of files.
//! The lowest room: it knows neither cells nor tables.

pub(crate) mod disk_words;
pub(crate) mod figures;
pub mod file_names;
pub(crate) mod keys;
pub(crate) mod likeness;
pub(crate) mod name_order;
pub(crate) mod named_files;
pub(crate) mod own_markers;
pub(crate) mod path_text;
pub mod placeholder;
pub(crate) mod sentence;
pub(crate) mod toml_error;
pub(crate) mod width;
pub(crate) mod words;

use rust_decimal::Decimal;

pub use keys::{gives_no_value, match_key};
pub(crate) use sentence::sentence;

/// Returns a text without white space around it, at a glance where it begins and ends with letters, figures or
/// ideographs, as nearly all do.
pub(crate) fn trimmed(text: &str) -> &str {
    // E4 to EF begin the ideographs and the full-width forms, which have three bytes each; no white space is among them.
    // E2 82 and what follows are signs (≥, ①, ℃).
    let begins = matches!(text.as_bytes(), [b'!'..=b'~' | 0xe4..=0xef, ..] | [0xe2, 0x82..=0xbf, ..]);
    let ends = matches!(
        text.as_bytes(),
        [.., b'!'..=b'~'] | [.., 0xe4..=0xef, _, _] | [.., 0xe2, 0x82..=0xbf, _]
    );
    if begins && ends { text } else { text.trim() }
}

/// Returns a decimal as a person writes it: no trailing zeros, no exponent.
pub fn plain(number: Decimal) -> String {
    sentence![number]
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_glance_trims_as_a_whole_look_does(text in "[ \u{3000}\u{a0}\u{2003}\u{85}]?(\\PC{0,3}|[一a!~龥é%≥℃①]{0,3})[ \u{3000}\u{2028}\t]?") {
            prop_assert_eq!(trimmed(&text), text.trim());
        }
    }
}
