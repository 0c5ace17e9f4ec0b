//! Rows and cells as a sheet's part holds them. Texts are escaped here and nowhere else.

use std::io::Write as _;

use rust_decimal::Decimal;

use super::cell_text::{ALWAYS_FITS, fitting, signs};
use super::number_format::to_f64;
use crate::grid::column_letters;
use crate::text::figures::Figures;

/// Pixels of a point; heights are whole pixels.
const PIXELS_A_POINT: f64 = 4.0 / 3.0;
/// Quarters of a point that a pixel has.
const QUARTERS_A_PIXEL: u64 = 3;
/// Bytes that a cell with a number of a text takes at most, so that room is looked for once.
const SHORT_CELL: usize = 64;

/// Rows of a sheet from the first to the last, as XML.
///
/// Cells say where they are. The standard lets them leave it out, but many programs that read tables do not know that.
#[derive(Debug, Default)]
pub struct SheetXml {
    /// What has been written.
    pub text: Vec<u8>,
    /// The row at hand, as its cells name it.
    row: Vec<u8>,
    /// The same, and what stands before a cell's look.
    row_and_look: Vec<u8>,
    /// How cells of columns that have been asked for begin.
    columns: Vec<Vec<u8>>,
}

impl SheetXml {
    /// Begins a row, with a height in points of its own.
    pub fn begin_row(&mut self, row: u32, height: Option<f64>) {
        self.row.clear();
        push_number(&mut self.row, u64::from(row) + 1);
        self.row_and_look.clear();
        self.row_and_look.extend_from_slice(&self.row);
        self.row_and_look.extend_from_slice(b"\" s=\"");
        self.text.extend_from_slice(b"<row r=\"");
        self.text.extend_from_slice(&self.row);
        if let Some(height) = height {
            self.text.extend_from_slice(b"\" ht=\"");
            push_height(&mut self.text, height);
            self.text.extend_from_slice(b"\" customHeight=\"1");
        }
        self.text.extend_from_slice(b"\">");
    }

    /// Ends the row at hand.
    pub fn end_row(&mut self) {
        self.text.extend_from_slice(b"</row>");
    }

    /// Writes a cell that has a look alone.
    pub fn blank(&mut self, column: u16, look: u32) {
        self.begin_cell(column, look);
        self.text.extend_from_slice(b"\"/>");
    }

    /// Writes a number.
    pub fn decimal(&mut self, column: u16, look: u32, number: Decimal) {
        self.begin_cell(column, look);
        self.text.extend_from_slice(b"\"><v>");
        push_decimal(&mut self.text, number);
        self.text.extend_from_slice(b"</v></c>");
    }

    /// Writes a text by its number among the workbook's.
    pub fn shared(&mut self, column: u16, look: u32, number: u32) {
        self.begin_cell(column, look);
        self.text.extend_from_slice(b"\" t=\"s\"><v>");
        push_number(&mut self.text, u64::from(number));
        self.text.extend_from_slice(b"</v></c>");
    }

    /// Writes a text that stands in the cell itself.
    pub fn inline(&mut self, column: u16, look: u32, text: &str) {
        self.inline_as(column, look, text, signs(text).is_plain(text));
    }

    /// Writes any text as a cell can hold it, in the cell itself.
    pub fn inline_fitting(&mut self, column: u16, look: u32, text: &str) {
        // Nearly every text, which then is looked through once.
        if text.len() <= ALWAYS_FITS && signs(text).is_plain(text) {
            self.inline_as(column, look, text, true);
        } else {
            self.inline(column, look, &fitting(text, None));
        }
    }

    fn inline_as(&mut self, column: u16, look: u32, text: &str, is_plain: bool) {
        self.begin_cell(column, look);
        self.text.extend_from_slice(b"\" t=\"inlineStr\"><is>");
        push_text(&mut self.text, text, is_plain);
        self.text.extend_from_slice(b"</is></c>");
    }

    /// Writes a cell up to the end of its last attribute.
    fn begin_cell(&mut self, column: u16, look: u32) {
        let at = usize::from(column);
        while self.columns.len() <= at {
            let next = u32::try_from(self.columns.len()).unwrap_or(u32::MAX);
            self.columns
                .push(["<c r=\"", &column_letters(next)].concat().into_bytes());
        }
        self.text.reserve(SHORT_CELL);
        if let Some(begun) = self.columns.get(at) {
            self.text.extend_from_slice(begun);
        }
        if look > 0 {
            self.text.extend_from_slice(&self.row_and_look);
            push_number(&mut self.text, u64::from(look));
        } else {
            self.text.extend_from_slice(&self.row);
        }
    }
}

/// Writes a height in points, to whole pixels.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
fn push_height(xml: &mut Vec<u8>, height: f64) {
    let quarters = (height * PIXELS_A_POINT).round() as u64 * QUARTERS_A_PIXEL;
    push_number(xml, quarters / 4);
    xml.extend_from_slice(match quarters % 4 {
        0 => b"",
        1 => b".25",
        2 => b".5",
        _ => b".75",
    });
}

/// Writes the element of a text; `is_plain` says whether it is written as it stands.
pub fn push_text(xml: &mut Vec<u8>, text: &str, is_plain: bool) {
    let is_edge = |end: Option<&u8>| matches!(end, Some(b' ' | b'\t' | b'\n'));
    xml.extend_from_slice(if is_edge(text.as_bytes().first()) || is_edge(text.as_bytes().last()) {
        b"<t xml:space=\"preserve\">"
    } else {
        b"<t>"
    });
    if is_plain {
        xml.extend_from_slice(text.as_bytes());
    } else {
        push_escaped(xml, text);
    }
    xml.extend_from_slice(b"</t>");
}

/// Writes a text between tags with what XML forbids left out or escaped, and what spreadsheets would take for an escape too.
fn push_escaped(xml: &mut Vec<u8>, text: &str) {
    let bytes = text.as_bytes();
    push_replaced(xml, bytes, |rest| match rest {
        [b'_', ..] if is_escape(rest) => Some((b"_x005F_", 1)),
        // U+FFFE and U+FFFF, which no XML may hold.
        [0xEF, 0xBF, 0xBE | 0xBF, ..] => Some((b"", 3)),
        [0..=8 | 11..=31, ..] => Some((b"", 1)),
        _ => entity(rest),
    });
}

/// Writes the value of an attribute in double quotes.
pub fn push_attribute(xml: &mut Vec<u8>, value: &str) {
    push_replaced(xml, value.as_bytes(), |rest| match rest {
        [b'"', ..] => Some((b"&quot;", 1)),
        _ => entity(rest),
    });
}

/// Returns what stands for a sign of the markup, and how many bytes it stands for.
fn entity(rest: &[u8]) -> Option<(&'static [u8], usize)> {
    match rest {
        [b'&', ..] => Some((b"&amp;", 1)),
        [b'<', ..] => Some((b"&lt;", 1)),
        [b'>', ..] => Some((b"&gt;", 1)),
        _ => None,
    }
}

/// Writes a text in which what some places begin with is replaced: asked of each, `replaced` says by what, and how many
/// bytes it was.
fn push_replaced(xml: &mut Vec<u8>, text: &[u8], replaced: impl Fn(&[u8]) -> Option<(&'static [u8], usize)>) {
    let rest_of = |from: usize| text.get(from..).unwrap_or_default();
    let mut from = 0;
    for at in 0..text.len() {
        let Some((by, length)) = replaced(rest_of(at)) else {
            continue;
        };
        xml.extend_from_slice(text.get(from..at).unwrap_or_default());
        xml.extend_from_slice(by);
        from = at + length;
    }
    xml.extend_from_slice(rest_of(from));
}

/// Returns whether a text begins like a spreadsheet's escape of a character: `_x000D_`.
fn is_escape(text: &[u8]) -> bool {
    matches!(text, [b'_', b'x', digits @ .., ] if digits.len() >= 5
        && digits.iter().take(4).all(u8::is_ascii_hexdigit) && digits.get(4) == Some(&b'_'))
}

/// Writes a number with the digits that a spreadsheet's float keeps of it.
fn push_decimal(xml: &mut Vec<u8>, number: Decimal) {
    /// Numbers below it have no more digits than a float gives back.
    const EXACT: u64 = 1_000_000_000_000_000;
    let number = number.normalize();
    let digits = number.mantissa().unsigned_abs();
    let Some(digits) = u64::try_from(digits).ok().filter(|digits| *digits < EXACT) else {
        // Writing into memory cannot fail.
        let _ = write!(xml, "{}", to_f64(number));
        return;
    };
    if number.mantissa() < 0 {
        xml.push(b'-');
    }
    xml.extend_from_slice(Figures::of(digits, number.scale() as usize).bytes());
}

/// Writes a whole number.
#[inline]
pub fn push_number(xml: &mut Vec<u8>, number: u64) {
    if let digit @ 0..10 = number {
        xml.push(b'0' + digit as u8);
        return;
    }
    xml.extend_from_slice(Figures::of(number, 0).bytes());
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn escaped(text: &str) -> String {
        let mut xml = Vec::new();
        push_escaped(&mut xml, text);
        String::from_utf8(xml).unwrap()
    }

    #[test]
    fn no_text_becomes_markup_and_none_is_taken_for_an_escape() {
        assert_eq!(escaped("<r>甲&乙</r>\"丙\""), "&lt;r&gt;甲&amp;乙&lt;/r&gt;\"丙\"");
        assert_eq!(escaped("_x000D_ _x00_ a_x1"), "_x005F_x000D_ _x00_ a_x1");
        assert_eq!(
            escaped("甲\u{0}\u{b}\u{ffff}乙\u{fffe}\t\n丙\u{fffd}"),
            "甲乙\t\n丙\u{fffd}"
        );
    }

    #[test]
    fn cells_are_written_as_spreadsheets_read_them() {
        let mut sheet = SheetXml::default();
        sheet.begin_row(9, Some(24.1));
        sheet.decimal(0, 3, 208.into());
        sheet.decimal(1, 0, "-0.250".parse().unwrap());
        sheet.shared(26, 2, 7);
        sheet.inline(27, 1, " 甲");
        sheet.blank(28, 4);
        sheet.inline_fitting(29, 1, "乙 ");
        sheet.inline_fitting(30, 0, "<\u{0}丙>");
        sheet.end_row();
        assert_eq!(
            String::from_utf8(sheet.text).unwrap(),
            "<row r=\"10\" ht=\"24\" customHeight=\"1\"><c r=\"A10\" s=\"3\"><v>208</v></c><c r=\"B10\"><v>-0.25</v></c>\
             <c r=\"AA10\" s=\"2\" t=\"s\"><v>7</v></c>\
             <c r=\"AB10\" s=\"1\" t=\"inlineStr\"><is><t xml:space=\"preserve\"> 甲</t></is></c><c r=\"AC10\" s=\"4\"/>\
             <c r=\"AD10\" s=\"1\" t=\"inlineStr\"><is><t xml:space=\"preserve\">乙 </t></is></c>\
             <c r=\"AE10\" t=\"inlineStr\"><is><t>&lt;丙&gt;</t></is></c></row>"
        );
    }

    #[test]
    fn a_height_is_whole_pixels_in_points() {
        for (height, written) in [
            (20.0, "20.25"),
            (24.1, "24"),
            (33.3, "33"),
            (0.5, "0.75"),
            (409.0, "408.75"),
            (21.5, "21.75"),
        ] {
            let mut xml = Vec::new();
            push_height(&mut xml, height);
            assert_eq!(String::from_utf8(xml).unwrap(), written);
        }
    }

    #[test]
    fn a_decimal_is_written_as_the_float_that_it_becomes() {
        for number in [
            "0",
            "7",
            "-7.5",
            "0.05",
            "12.30",
            "1234567.891",
            "0.0000001",
            "0.95888888888888888",
            "123456789012345678.5",
        ] {
            let number: Decimal = number.parse().unwrap();
            let mut xml = Vec::new();
            push_decimal(&mut xml, number);
            assert_eq!(String::from_utf8(xml).unwrap(), to_f64(number).to_string());
        }
    }

    #[test]
    fn numbers_have_their_digits() {
        for number in [0, 7, 10, 1_048_576, u64::MAX] {
            let mut xml = Vec::new();
            push_number(&mut xml, number);
            assert_eq!(String::from_utf8(xml).unwrap(), number.to_string());
        }
    }
}
