//! Formulas from row-and-column notation (`R[-1]C`, `R5C3`) to letters and numbers.

use crate::grid::{CellAddress, MAX_COLUMNS, MAX_ROWS, column_letters};

/// Returns the formula in A1 notation, as seen from its cell. What is no reference stays as it is.
pub(super) fn to_a1(formula: &str, cell: CellAddress) -> String {
    let mut out = String::with_capacity(formula.len());
    let mut rest = formula;
    let mut before = ' ';
    while let Some(c) = rest.chars().next() {
        let mut length = c.len_utf8();
        if matches!(c, '"' | '\'') {
            // A text or a sheet's name ends at the next quote; a doubled one begins another piece at once.
            let inside = rest.get(1..).unwrap_or_default();
            length = inside.find(c).map_or(rest.len(), |end| end + 2);
        } else if matches!(c, 'R' | 'C')
            && !is_word(before)
            && let Some((text, used)) = reference(rest, cell)
        {
            out.push_str(&text);
            rest = rest.get(used..).unwrap_or_default();
            before = 'A';
            continue;
        }
        let (piece, after) = rest.split_at_checked(length).unwrap_or((rest, ""));
        out.push_str(piece);
        before = piece.chars().next_back().unwrap_or(' ');
        rest = after;
    }
    out
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '.')
}

/// Returns a reference at the beginning of a text, rewritten, and its length.
fn reference(text: &str, cell: CellAddress) -> Option<(String, usize)> {
    let (row, after_row) = part(text, 'R', cell.row, MAX_ROWS).map_or((None, text), |(row, rest)| (Some(row), rest));
    let (column, rest) =
        part(after_row, 'C', cell.column, MAX_COLUMNS).map_or((None, after_row), |(column, rest)| (Some(column), rest));
    if rest.chars().next().is_some_and(|c| is_word(c) || c == '(') {
        return None;
    }
    let used = text.len() - rest.len();
    let row_text = |(row, fixed): (u32, bool)| format!("{}{}", if fixed { "$" } else { "" }, u64::from(row) + 1);
    let column_text =
        |(column, fixed): (u32, bool)| format!("{}{}", if fixed { "$" } else { "" }, column_letters(column));
    let written = match (row, column) {
        (Some(Some(row)), Some(Some(column))) => format!("{}{}", column_text(column), row_text(row)),
        (Some(Some(row)), None) => format!("{0}:{0}", row_text(row)),
        (None, Some(Some(column))) => format!("{0}:{0}", column_text(column)),
        (None, None) => return None,
        _ => "#REF!".to_owned(),
    };
    Some((written, used))
}

/// `R5`, `R[-1]` or `R`: the position and whether it is fixed (`None` when it lies outside a sheet), and what follows.
#[allow(clippy::type_complexity)]
fn part(text: &str, letter: char, here: u32, limit: u32) -> Option<(Option<(u32, bool)>, &str)> {
    let rest = text.strip_prefix(letter)?;
    let within = |position: i64| u32::try_from(position).ok().filter(|position| *position < limit);
    if let Some(inner) = rest.strip_prefix('[') {
        let (offset, after) = inner.split_once(']')?;
        let offset: i64 = offset.parse().ok()?;
        return Some((
            within(i64::from(here).saturating_add(offset)).map(|at| (at, false)),
            after,
        ));
    }
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let (number, after) = rest.split_at_checked(digits)?;
    if number.is_empty() {
        return Some((Some((here, false)), after));
    }
    let position = number.parse::<i64>().ok().and_then(|number| within(number - 1));
    Some((position.map(|at| (at, true)), after))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_seen_from_their_cell() {
        let cell = CellAddress::new(9, 6);
        for (written, expected) in [
            ("SUM(R[-3]C:R[-1]C)", "SUM(G7:G9)"),
            ("R5C3*RC[-1]", "$C$5*F10"),
            ("ROUND(R[1]C[1],2)&\"R1C1\"", "ROUND(H11,2)&\"R1C1\""),
            ("'表R1'!R1C1+CELL(RC)", "'表R1'!$A$1+CELL(G10)"),
            ("SUM(C[-1])", "SUM(F:F)"),
            ("R[-100]C", "#REF!"),
            ("RATE(1)+COUNT(C1)+总分R", "RATE(1)+COUNT($A:$A)+总分R"),
            ("\"没有结束", "\"没有结束"),
        ] {
            assert_eq!(to_a1(written, cell), expected, "{written}");
        }
    }
}
