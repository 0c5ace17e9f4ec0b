//! Text as a cell can hold it: no characters that XML forbids, no more than a cell's length.

use std::borrow::Cow;

use crate::grid::CellAddress;

/// Most UTF-16 units that a cell may hold.
const MAX_CELL_UNITS: usize = 32_767;
/// Room kept for the pointer behind a shortened text.
const POINTER_UNITS: usize = 200;
/// Most UTF-16 units written into a note; Excel stays usable with it.
const MAX_NOTE_UNITS: usize = 2_000;

/// The number format of a cell whose text stays one.
pub const AS_TEXT: &str = "@";

/// Returns the number format of a text that a spreadsheet would take for a formula when its cell is entered again.
pub fn kept_as_text(text: &str) -> Option<&'static str> {
    matches!(text.as_bytes(), [b'=' | b'+' | b'-' | b'@', ..]).then_some(AS_TEXT)
}

/// A text of no more bytes is never too long for a cell.
pub const ALWAYS_FITS: usize = MAX_CELL_UNITS;

/// What a text may hold that is not written as it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Signs {
    /// A control character or a line end other than `\n`.
    has_control: bool,
    /// U+FFFE, U+FFFF, or one of their neighbours.
    has_last: bool,
    /// A sign of the markup, or the beginning of a spreadsheet's escape.
    has_markup: bool,
}

impl Signs {
    /// Returns whether their text holds nothing that XML 1.0 forbids, nor a line end other than `\n`.
    pub fn is_clean(self, text: &str) -> bool {
        !self.has_control && (!self.has_last || !text.contains(['\u{fffe}', '\u{ffff}']))
    }

    /// Returns whether their text is written in XML as it stands.
    pub fn is_plain(self, text: &str) -> bool {
        !self.has_markup && self.is_clean(text)
    }
}

/// Returns the signs of a text. Looked at byte for byte without a branch, which processors do many bytes at once.
pub fn signs(text: &str) -> Signs {
    const CONTROL: u8 = 1;
    const LAST: u8 = 2;
    const MARKUP: u8 = 4;
    let bytes = text.as_bytes();
    let of = |byte: u8| {
        let is_control = byte < b' ' && byte != b'\n' && byte != b'\t';
        let is_markup = (byte == b'&') | (byte == b'<') | (byte == b'>') | (byte == b'_');
        (u8::from(is_control) * CONTROL) | (u8::from(is_markup) * MARKUP)
    };
    // U+FFFE and U+FFFF are EF BF BE and EF BF BF; of the characters beside them few are ever written.
    let is_last = |byte: u8, next: u8| u8::from((byte == 0xEF) & (next == 0xBF)) * LAST;
    let next = bytes.get(1..).unwrap_or_default();
    let found = bytes
        .iter()
        .zip(next)
        .fold(0, |found, (byte, next)| found | of(*byte) | is_last(*byte, *next));
    let found = found | bytes.last().map_or(0, |byte| of(*byte));
    Signs {
        has_control: found & CONTROL != 0,
        has_last: found & LAST != 0,
        has_markup: found & MARKUP != 0,
    }
}

/// Returns whether a text holds nothing that XML 1.0 forbids, nor a line end other than `\n`.
pub fn is_clean(text: &str) -> bool {
    signs(text).is_clean(text)
}

/// Returns the text without characters that XML 1.0 forbids; line ends become `\n`.
pub fn clean(text: &str) -> Cow<'_, str> {
    if is_clean(text) {
        return Cow::Borrowed(text);
    }
    let mut result = String::with_capacity(text.len());
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        match character {
            '\r' => {
                if characters.peek() != Some(&'\n') {
                    result.push('\n');
                }
            }
            '\n' | '\t' => result.push(character),
            '\u{fffe}' | '\u{ffff}' => {}
            other if other < ' ' => {}
            other => result.push(other),
        }
    }
    Cow::Owned(result)
}

/// Returns the text for a cell, as [`fitting`] gives it.
pub fn for_cell(text: &str, source: Option<CellAddress>) -> String {
    fitting(text, source).into_owned()
}

/// Returns the text for a cell: cleaned, and where it is longer than a cell may be, cut with a pointer to its source.
pub fn fitting(text: &str, source: Option<CellAddress>) -> Cow<'_, str> {
    let pointer = || match source {
        Some(cell) => format!("……（原文过长，此处从略，全文见源文件单元格 {cell}）"),
        None => "……（原文过长，此处从略，全文见源文件）".to_owned(),
    };
    shorten(clean(text), MAX_CELL_UNITS, POINTER_UNITS, pointer)
}

/// Returns the text for a note: cleaned, and cut with a pointer to the list where it is long.
pub fn for_note(text: &str) -> String {
    shortened(text, MAX_NOTE_UNITS)
}

/// Returns the text, cleaned, and cut with a pointer to the list where it is longer than this many UTF-16 units.
pub fn shortened(text: &str, limit: usize) -> String {
    shorten(clean(text), limit, POINTER_UNITS.min(limit), || {
        "……（余下见差异清单）".to_owned()
    })
    .into_owned()
}

fn shorten(text: Cow<'_, str>, limit: usize, reserve: usize, pointer: impl Fn() -> String) -> Cow<'_, str> {
    // A UTF-8 byte never makes more than one UTF-16 unit.
    if text.len() <= limit || text.encode_utf16().count() <= limit {
        return text;
    }
    let mut units = 0;
    let mut short: String = text
        .chars()
        .take_while(|character| {
            units += character.len_utf16();
            units <= limit - reserve
        })
        .collect();
    short.push_str(&pointer());
    Cow::Owned(short)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forbidden_characters_go_and_line_ends_stay() {
        assert_eq!(clean("甲\u{0}乙\u{8}\r\n丙\r丁\t\u{ffff}戊"), "甲乙\n丙\n丁\t戊");
    }

    #[test]
    fn a_text_is_clean_when_nothing_of_it_goes() {
        for text in ["", "绩效（\n\t）", "\u{fffd}\u{ffee}ａ", "a\u{7f}"] {
            assert!(is_clean(text), "{text:?}");
        }
        for text in ["\r", "甲\u{1f}", "\u{ffff}", "（\u{fffe}）", "甲\u{0}"] {
            assert!(!is_clean(text) && clean(text) != text, "{text:?}");
        }
    }

    #[test]
    fn a_text_over_the_limit_is_cut_with_a_pointer_and_fits() {
        let text = "绩".repeat(40_000);
        let short = for_cell(&text, Some(CellAddress::new(4, 2)));
        assert!(short.encode_utf16().count() <= MAX_CELL_UNITS);
        assert!(short.ends_with("全文见源文件单元格 C5）"));
    }

    #[test]
    fn a_cut_never_splits_a_surrogate_pair() {
        let short = for_cell(&"𠮷".repeat(20_000), None);
        assert!(short.encode_utf16().count() <= MAX_CELL_UNITS);
        assert!(short.starts_with("𠮷𠮷") && short.contains("𠮷……"));
    }

    #[test]
    fn a_text_at_the_limit_is_left_whole() {
        let text = "a".repeat(MAX_CELL_UNITS);
        assert_eq!(for_cell(&text, None), text);
    }
}
