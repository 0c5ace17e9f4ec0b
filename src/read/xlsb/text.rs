//! Texts of the format: a count of UTF-16 units, then the units.

use crate::read::cursor::Cursor;
use crate::read::formula_tokens::utf16;

/// A text; carriage returns are left out.
pub(super) fn wide(cursor: &mut Cursor) -> Option<String> {
    let count = usize::try_from(cursor.u32()?).ok()?;
    let text = utf16(cursor.take(count.checked_mul(2)?)?);
    Some(if text.contains('\r') {
        text.replace('\r', "")
    } else {
        text
    })
}

/// A text that may be absent, which a count of all ones says.
pub(super) fn nullable(cursor: &mut Cursor) -> Option<Option<String>> {
    let mut ahead = *cursor;
    if ahead.u32()? == u32::MAX {
        *cursor = ahead;
        return Some(None);
    }
    wide(cursor).map(Some)
}

/// A text with runs behind it, of which only the characters are kept.
pub(super) fn rich(cursor: &mut Cursor) -> Option<String> {
    cursor.skip(1)?;
    wide(cursor)
}
