//! Texts of the format: runs, their fonts, white space and `_xHHHH_` escapes.

use crate::read::kit::cell_builder::cut;
use crate::read::kit::line_ends::LineEnds;
use crate::read::kit::package::PartError;
use crate::read::kit::symbol_font::SymbolFont;
use crate::read::kit::symbol_text::{Run, RunFont};
use crate::read::kit::xml::{Node, Xml, attribute, attributes};

/// A text with the fonts of its runs.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct RichText {
    /// The runs joined, phonetic guides left out; line ends are `\n`.
    pub text: String,
    /// Runs of one kind of font, in order. Empty when no run names a font.
    pub runs: Vec<Run>,
    /// The text was cut at the limit of a cell's characters.
    pub was_cut: bool,
}

/// Reads the `<si>` or `<is>` that has just begun.
pub(super) fn rich_text(xml: &mut Xml, limit: usize) -> Result<RichText, PartError> {
    let inside = xml.depth();
    let mut text = String::new();
    let mut piece = String::new();
    let mut runs: Vec<Run> = Vec::new();
    let mut font = RunFont::OfCell;
    let mut ends = LineEnds::default();
    loop {
        let depth = xml.depth();
        match xml.next()? {
            Node::Start(start) => match start.local_name().as_ref() {
                "r" => font = RunFont::OfCell,
                "rPr" => {}
                "rFont" => {
                    if let Some(name) = attribute(&start, "val") {
                        font = SymbolFont::named(&name).into();
                    }
                }
                "t" => {
                    let preserved = attributes(&start).any(|(key, value)| key == "xml:space" && value == "preserve");
                    piece.clear();
                    xml.text_into(&mut piece)?;
                    let kept = if preserved {
                        piece.as_str()
                    } else {
                        piece.trim_matches([' ', '\t', '\n', '\r'])
                    };
                    unescape_part_into(kept, &mut ends, &mut text);
                    match runs.last_mut() {
                        Some(last) if last.font == font => last.end = text.len(),
                        _ => runs.push(Run { end: text.len(), font }),
                    }
                }
                _ => xml.skip()?,
            },
            Node::End(_) if depth == inside => break,
            Node::Eof => return Err(PartError::Broken),
            _ => {}
        }
    }
    if runs.iter().all(|run| run.font == RunFont::OfCell) {
        runs = Vec::new();
    }
    let was_cut = cut(&mut text, limit);
    Ok(RichText { text, runs, was_cut })
}

/// Appends with `_xHHHH_` resolved, surrogate pairs joined, and line ends as `\n`.
pub(super) fn unescape_into(text: &str, out: &mut String) {
    unescape_part_into(text, &mut LineEnds::default(), out);
}

/// The same for a part of a text, whose line ends may be cut in two.
fn unescape_part_into(text: &str, ends: &mut LineEnds, out: &mut String) {
    out.reserve(text.len());
    let mut rest = text;
    let mut high: Option<u16> = None;
    while let Some(start) = memchr::memchr2(b'_', b'\r', rest.as_bytes()) {
        let (before, from) = rest.split_at(start);
        if !before.is_empty() {
            flush(&mut high, ends, out);
            ends.push_str(before, out);
        }
        if let Some((unit, after)) = escape_at(from) {
            push_unit(unit, &mut high, ends, out);
            rest = after;
        } else {
            flush(&mut high, ends, out);
            let mut chars = from.chars();
            if let Some(character) = chars.next() {
                ends.push(character, out);
            }
            rest = chars.as_str();
        }
    }
    if !rest.is_empty() {
        flush(&mut high, ends, out);
    }
    ends.push_str(rest, out);
    flush(&mut high, ends, out);
}

/// Returns the UTF-16 unit of an escape at the start of the text, and what follows it.
fn escape_at(text: &str) -> Option<(u16, &str)> {
    let (digits, after) = text.strip_prefix("_x")?.split_at_checked(4)?;
    let after = after.strip_prefix('_')?;
    if !digits.bytes().all(|b| b.is_ascii_hexdigit()) {
        return None;
    }
    Some((u16::from_str_radix(digits, 16).ok()?, after))
}

fn push_unit(unit: u16, high: &mut Option<u16>, ends: &mut LineEnds, out: &mut String) {
    if let Some(first) = high.take() {
        if let Some(Ok(character)) = char::decode_utf16([first, unit]).next()
            && u32::from(character) > 0xFFFF
        {
            ends.push(character, out);
            return;
        }
        ends.push(char::REPLACEMENT_CHARACTER, out);
    }
    match char::from_u32(u32::from(unit)) {
        Some(character) => ends.push(character, out),
        None => *high = Some(unit),
    }
}

fn flush(high: &mut Option<u16>, ends: &mut LineEnds, out: &mut String) {
    if high.take().is_some() {
        ends.push(char::REPLACEMENT_CHARACTER, out);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_are_resolved() {
        let cases = [
            ("plain", "plain"),
            ("a_x000D_\nb", "a\nb"),
            ("a_x000a_b", "a\nb"),
            ("_x005F_x000D_", "_x000D_"),
            ("_xD83D__xDE00_", "😀"),
            ("_xD83D_x", "\u{fffd}x"),
            ("_xD83D_", "\u{fffd}"),
            ("_xDE00_", "\u{fffd}"),
            ("_x00", "_x00"),
            ("_x00GG_", "_x00GG_"),
            ("_x+123_", "_x+123_"),
            ("__x0041_", "_A"),
            ("a\r\nb\r", "a\nb"),
            ("a\rb", "a\nb"),
            ("right,_x000D__x000D_This", "right,\n\nThis"),
            ("_x目标值_", "_x目标值_"),
        ];
        for (text, expected) in cases {
            let mut out = String::new();
            unescape_into(text, &mut out);
            assert_eq!(out, expected, "{text}");
        }
    }

    #[test]
    fn cutting_counts_characters() {
        let mut text = "指标指标".to_owned();
        assert!(!cut(&mut text, 4));
        assert!(cut(&mut text, 3));
        assert_eq!(text, "指标指");
    }
}
