//! Texts of the format: a count of UTF-16 units, then the units.

use crate::read::formula_tokens::utf16;
use crate::read::kit::cursor::Cursor;
use crate::read::kit::line_ends::with_line_ends;
use crate::read::kit::symbol_font::SymbolFont;
use crate::read::kit::symbol_text::{Run, with_runs};

/// Returns a text.
pub(super) fn wide(cursor: &mut Cursor) -> Option<String> {
    stored(cursor).map(with_line_ends)
}

fn stored(cursor: &mut Cursor) -> Option<String> {
    let count = usize::try_from(cursor.u32()?).ok()?;
    Some(utf16(cursor.take(count.checked_mul(2)?)?))
}

/// Returns a text that may be absent, which a count of all ones says.
pub(super) fn nullable(cursor: &mut Cursor) -> Option<Option<String>> {
    let mut ahead = *cursor;
    if ahead.u32()? == u32::MAX {
        *cursor = ahead;
        return Some(None);
    }
    wide(cursor).map(Some)
}

/// Returns a text with the fonts of its runs behind it. Runs that are cut short lose only looks.
pub(super) fn rich(cursor: &mut Cursor, fonts: &[Option<SymbolFont>]) -> Option<(String, Vec<Run>)> {
    let has_runs = cursor.u8()? & 1 != 0;
    let stored = stored(cursor)?;
    let mut starts = Vec::new();
    let count = if has_runs { cursor.u32() } else { None };
    for _ in 0..count.unwrap_or(0) {
        let (Some(start), Some(font)) = (cursor.u16(), cursor.u16()) else {
            break;
        };
        let font = fonts.get(usize::from(font)).copied().flatten();
        starts.push((usize::from(start), font.into()));
    }
    Some(with_runs(&stored, &starts, char::len_utf16))
}
