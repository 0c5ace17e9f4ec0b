//! How wide and how high a text stands in a cell, for East Asian text.
//!
//! Spreadsheets size no merged cell by themselves, and the library's own fitting takes a wide character for a narrow
//! one; so widths are counted here: two for a wide character, one for a narrow one.

use unicode_width::UnicodeWidthStr;

/// Greatest height of a row, in points.
pub const MAX_ROW_HEIGHT: f64 = 409.0;
/// The width unit of a column, in pixels (a digit of the default font).
const UNIT_PIXELS: f64 = 7.0;
/// Pixels for one point at 96 dots an inch.
const PIXELS_A_POINT: f64 = 96.0 / 72.0;
/// Pixels of a cell that its text cannot use.
const PADDING_PIXELS: f64 = 6.0;
/// Height of a line in em. Chinese fonts differ: 宋体 has 1.2, the free ones up to 1.45.
const LINE_HEIGHT: f64 = 1.42;
/// Points above and below the text.
const ROW_PADDING: f64 = 5.0;
/// Font sizes tried for a text too long for the highest row.
pub const SMALLER_SIZES: [f64; 2] = [8.0, 6.5];

/// Returns columns of the longest line: two for each wide character, quotation marks and dashes among them, one for
/// each narrow.
pub fn display_width(text: &str) -> usize {
    widths(text).0
}

/// Returns columns of the longest line, and of all lines together.
pub fn widths(text: &str) -> (usize, usize) {
    text.lines()
        .map(line_width)
        .fold((0, 0), |(longest, all), width| (longest.max(width), all + width))
}

/// Returns columns of one line. The characters of nearly every text have one width whatever stands beside them, which
/// spares looking each up; marks that join their neighbours are for the library.
fn line_width(line: &str) -> usize {
    let mut rest = line.as_bytes();
    let mut width = 0;
    loop {
        rest = match rest {
            [] => return width,
            [b' '..=b'~', after @ ..] => {
                width += 1;
                after
            }
            // U+4E00 to U+9FFF; U+3001 to U+3029; U+FF01 to U+FF60; “ ” — ….
            [0xE4, 0xB8..=0xBF, _, after @ ..]
            | [0xE5..=0xE9, _, _, after @ ..]
            | [0xE3, 0x80, 0x81..=0xA9, after @ ..]
            | [0xEF, 0xBC, 0x81..=0xBF, after @ ..]
            | [0xEF, 0xBD, 0x80..=0xA0, after @ ..]
            | [0xE2, 0x80, 0x94 | 0x9C | 0x9D | 0xA6, after @ ..] => {
                width += 2;
                after
            }
            _ => return UnicodeWidthStr::width_cjk(line),
        };
    }
}

/// Returns the column width (in Excel's units) that shows a text of so many narrow characters on one line.
pub fn column_width(narrow_characters: usize, font_size: f64) -> f64 {
    let pixels = narrow_characters as f64 * font_size * PIXELS_A_POINT / 2.0 + PADDING_PIXELS;
    (pixels / UNIT_PIXELS * 100.0).ceil() / 100.0
}

/// Returns columns of a text that a cell of this width (Excel's units) has room for on one line.
pub fn capacity(width: f64, font_size: f64) -> usize {
    let room = (width * UNIT_PIXELS - PADDING_PIXELS) / (font_size * PIXELS_A_POINT / 2.0);
    // A wide character that does not fit whole goes to the next line, so an odd column is lost.
    (room.floor() as usize & !1).max(2)
}

/// Returns whether a text is so short that it takes one line at most: its narrow characters have one column, others two
/// or three.
pub fn is_one_line(text: &str, capacity: usize) -> bool {
    /// Bytes looked at as one, few enough that a byte counts their columns.
    const TOGETHER: usize = 32;
    let (chunks, rest) = text.as_bytes().as_chunks::<TOGETHER>();
    let (of_rest, mut breaks) = most_columns(rest);
    let mut columns = usize::from(of_rest);
    for chunk in chunks {
        let (of_chunk, has_break) = most_columns(chunk);
        columns += usize::from(of_chunk);
        breaks |= has_break;
    }
    columns <= capacity && breaks == 0
}

/// Returns how many columns the characters that begin in some bytes take at most, and other than 0 for a line break
/// among them. Without a branch, so that the compiler takes all bytes at once.
#[inline]
fn most_columns(bytes: &[u8]) -> (u8, u8) {
    bytes.iter().fold((0, 0), |(columns, breaks), byte| {
        let begins = u8::from(byte & 0xC0 != 0x80);
        let is_wide = u8::from(*byte >= 0xC0);
        // U+17D8, the one character of three columns.
        let is_widest = u8::from(*byte == 0xE1);
        let is_break = u8::from(*byte == b'\n') | u8::from(*byte == b'\r');
        (columns + begins + is_wide + is_widest, breaks | is_break)
    })
}

/// Lines that a text takes when wrapped into a cell of this width (Excel's units).
pub fn line_count(text: &str, width: f64, font_size: f64) -> usize {
    let capacity = capacity(width, font_size);
    if is_one_line(text, capacity) {
        return 1;
    }
    text.split('\n')
        .map(|line| line_width(line).div_ceil(capacity).max(1))
        .sum::<usize>()
        .max(1)
}

/// Returns a font size and the height (points) that a text needs in a cell of this width. The size is the given one
/// unless the text would stand higher than a row can be.
pub fn fit(text: &str, width: f64, font_size: f64) -> (f64, f64) {
    let height = |size: f64| line_count(text, width, size) as f64 * size * LINE_HEIGHT + ROW_PADDING;
    let (mut size, mut needed) = (font_size, height(font_size));
    for smaller in SMALLER_SIZES {
        if needed <= MAX_ROW_HEIGHT {
            break;
        }
        if smaller < size {
            (size, needed) = (smaller, height(smaller));
        }
    }
    (size, needed.min(MAX_ROW_HEIGHT).ceil())
}

/// Returns whether a text stands higher than a row can be in a cell of this width, even in the smallest letters.
pub fn is_cut(text: &str, width: f64) -> bool {
    let [.., smallest] = SMALLER_SIZES;
    line_count(text, width, smallest) as f64 * smallest * LINE_HEIGHT + ROW_PADDING > MAX_ROW_HEIGHT
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wide_characters_count_twice() {
        assert_eq!(display_width("绩效A1"), 6);
        assert_eq!(display_width("“绩效”"), 8);
        assert_eq!(display_width("甲\n乙丙"), 4);
    }

    #[test]
    fn characters_counted_here_are_as_wide_as_the_library_says() {
        let mut counted = 0;
        for character in ('\0'..='\u{1ffff}').filter(|character| !character.is_control()) {
            // Behind each of these the library would see what joins.
            let line = format!("1{character}绩{character}{character}”");
            let library = UnicodeWidthStr::width_cjk(line.as_str());
            assert_eq!(line_width(&line), library, "{character:?}");
            counted += usize::from(library == 11);
            assert!(!is_one_line(&line, library - 1), "{character:?}");
        }
        assert!(counted > 20_000);
        assert_eq!(
            line_width("1\u{fe0f}\u{20e3}"),
            UnicodeWidthStr::width_cjk("1\u{fe0f}\u{20e3}")
        );
        assert_eq!(line_width("\t绩"), UnicodeWidthStr::width_cjk("\t绩"));
    }

    #[test]
    fn a_text_that_fits_is_one_line_and_one_with_a_break_is_not() {
        assert!(is_one_line("绩效A1", 6) && !is_one_line("绩效A1", 5));
        assert!(is_one_line(&"绩".repeat(500), 1_000) && !is_one_line(&"绩".repeat(500), 999));
        assert!(!is_one_line("甲\n乙", 40) && !is_one_line("甲\r乙", 40));
        assert!(is_one_line("", 2));
    }

    #[test]
    fn a_column_as_wide_as_its_text_holds_it_on_one_line() {
        for characters in [2, 8, 20, 60] {
            let text = "绩".repeat(characters / 2);
            assert_eq!(
                line_count(&text, column_width(characters, 10.0), 10.0),
                1,
                "{characters}"
            );
        }
    }

    #[test]
    fn line_breaks_and_wrapping_both_make_lines() {
        assert_eq!(line_count("甲\n乙\n丙", 20.0, 10.0), 3);
        assert_eq!(line_count(&"绩".repeat(20), column_width(20, 10.0), 10.0), 2);
    }

    #[test]
    fn a_text_too_long_for_a_row_gets_a_smaller_font() {
        let (size, height) = fit(&"绩".repeat(700), 40.0, 10.0);
        assert!(size < 10.0 && height <= MAX_ROW_HEIGHT);
        assert_eq!(fit("绩效", 40.0, 10.0).0, 10.0);
        assert!(!is_cut(&"绩".repeat(700), 40.0) && is_cut(&"绩".repeat(7_000), 40.0));
    }
}
