//! Shared formulas: the text is stored at one cell, and the others repeat it with relative references moved.

use std::borrow::Cow;

use crate::grid::{CellAddress, MAX_COLUMNS, MAX_ROWS, column_letters};

/// Returns the formula as it reads in `to`, when it was written for `from`.
///
/// References inside texts, quoted sheet names and structured references are left alone, absolute parts stay, and
/// a reference that leaves the sheet becomes `#REF!`.
pub(super) fn translate(formula: &str, from: CellAddress, to: CellAddress) -> String {
    let mut out = String::with_capacity(formula.len());
    let mut rest = formula;
    let mut bracket_depth = 0_usize;
    while let Some(first) = rest.chars().next() {
        let length = match first {
            '"' | '\'' => quoted_length(rest, first),
            _ if is_word(first) => rest.find(|c| !is_word(c)).unwrap_or(rest.len()),
            _ => first.len_utf8(),
        };
        let (token, after) = rest.split_at_checked(length).unwrap_or((rest, ""));
        match first {
            '[' => bracket_depth += 1,
            ']' => bracket_depth = bracket_depth.saturating_sub(1),
            _ => {}
        }
        // A word before one of these names a function, a sheet or a table.
        let is_name = after.starts_with(['(', '!', '[']);
        if bracket_depth == 0 && is_word(first) && !is_name {
            let in_range = out.ends_with(':') || after.starts_with(':');
            out.push_str(&moved(token, in_range, from, to));
        } else {
            out.push_str(token);
        }
        rest = after;
    }
    out
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '.' | '$' | '\\' | '?')
}

/// Bytes of a quoted text with its quotes; a doubled quote stands for itself.
fn quoted_length(text: &str, quote: char) -> usize {
    let mut chars = text.char_indices().skip(1).peekable();
    while let Some((index, c)) = chars.next() {
        if c == quote && chars.next_if(|(_, next)| *next == quote).is_none() {
            return index + c.len_utf8();
        }
    }
    text.len()
}

/// One half of a reference: `$B`, `12`, `B$12`.
struct Reference {
    column: Option<(u32, bool)>,
    row: Option<(u32, bool)>,
}

/// Returns a word, moved if it is a reference. A column or a row alone is one only beside a colon.
fn moved(word: &str, in_range: bool, from: CellAddress, to: CellAddress) -> Cow<'_, str> {
    let Some(reference) = parse(word).filter(|r| in_range || (r.column.is_some() && r.row.is_some())) else {
        return Cow::Borrowed(word);
    };
    let mut out = String::new();
    if let Some((column, is_fixed)) = reference.column {
        match shift(column, is_fixed, from.column, to.column, MAX_COLUMNS) {
            Some(column) => push_part(&mut out, is_fixed, &column_letters(column)),
            None => return Cow::Borrowed("#REF!"),
        }
    }
    if let Some((row, is_fixed)) = reference.row {
        match shift(row, is_fixed, from.row, to.row, MAX_ROWS) {
            Some(row) => push_part(&mut out, is_fixed, &(row + 1).to_string()),
            None => return Cow::Borrowed("#REF!"),
        }
    }
    Cow::Owned(out)
}

fn push_part(out: &mut String, is_fixed: bool, part: &str) {
    if is_fixed {
        out.push('$');
    }
    out.push_str(part);
}

fn shift(position: u32, is_fixed: bool, from: u32, to: u32, limit: u32) -> Option<u32> {
    if is_fixed {
        return Some(position);
    }
    (position + to).checked_sub(from).filter(|moved| *moved < limit)
}

fn parse(word: &str) -> Option<Reference> {
    let (column, rest) = part(word, |c| c.is_ascii_alphabetic());
    let (row, rest) = part(rest, |c| c.is_ascii_digit());
    if !rest.is_empty() {
        return None;
    }
    let column = match column {
        Some((letters, is_fixed)) => {
            let cell: CellAddress = format!("{letters}1").parse().ok()?;
            Some((cell.column, is_fixed))
        }
        None => None,
    };
    let row = match row {
        Some((digits, is_fixed)) => {
            let cell: CellAddress = format!("A{digits}").parse().ok()?;
            Some((cell.row, is_fixed))
        }
        None => None,
    };
    (column.is_some() || row.is_some()).then_some(Reference { column, row })
}

/// Returns a run of wanted characters with its `$`, and what follows; nothing when there is no such run.
fn part(text: &str, wanted: impl Fn(char) -> bool) -> (Option<(&str, bool)>, &str) {
    let unfixed = text.strip_prefix('$');
    let body = unfixed.unwrap_or(text);
    let length = body.find(|c| !wanted(c)).unwrap_or(body.len());
    match body.split_at_checked(length) {
        Some((run, rest)) if !run.is_empty() => (Some((run, unfixed.is_some())), rest),
        _ => (None, text),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn relative_references_move_and_nothing_else_does() {
        let cases = [
            ("A2*2", "B4*2"),
            ("SUM($A$1:A2)", "SUM($A$1:B4)"),
            ("$A2+A$2", "$A4+B$2"),
            ("SUM(A:A)+SUM($A:B)", "SUM(B:B)+SUM($A:C)"),
            ("SUM(2:3)", "SUM(4:5)"),
            ("\"A2\"&A2", "\"A2\"&B4"),
            ("\"说\"\"A2\"&A2", "\"说\"\"A2\"&B4"),
            ("'A2 表'!A2+汇总!C3", "'A2 表'!B4+汇总!D5"),
            ("LOG10(A2)+A2_x+单价", "LOG10(B4)+A2_x+单价"),
            ("表1[A2]+A2", "表1[A2]+B4"),
            ("A1+1.5E2", "B3+1.5E2"),
            ("IF(A2>=5,TRUE,B1)", "IF(B4>=5,TRUE,C3)"),
            ("XFD1", "#REF!"),
            ("\"未闭合", "\"未闭合"),
        ];
        let (from, to) = ("B2".parse().unwrap(), "C4".parse().unwrap());
        for (formula, expected) in cases {
            assert_eq!(translate(formula, from, to), expected, "{formula}");
        }
    }
}
