//! Formulas as the format writes them, to the text that Excel would show.

/// `of:=SUM([.A1:.B2];['表 1'.C3])` becomes `SUM(A1:B2,'表 1'!C3)`. What is in quotes stays as it is.
pub(super) fn text(stored: &str) -> String {
    let body = match stored.split_once('=') {
        // A prefix names the formula language, e.g. `of:` or `oooc:`.
        Some((prefix, rest)) if prefix.is_empty() || prefix.ends_with(':') => rest,
        _ => stored,
    };
    // A second equals sign marks a formula that is always recalculated.
    let body = body.strip_prefix('=').unwrap_or(body);
    let mut out = String::with_capacity(body.len());
    let mut chars = body.chars();
    let mut in_quotes = false;
    while let Some(character) = chars.next() {
        match character {
            '"' => {
                in_quotes = !in_quotes;
                out.push(character);
            }
            '[' if !in_quotes => {
                let rest = chars.as_str();
                let end = end_of_reference(rest);
                let (inner, after) = rest.split_at_checked(end).unwrap_or((rest, ""));
                push_reference(inner, &mut out);
                chars = after.strip_prefix(']').unwrap_or(after).chars();
            }
            ';' if !in_quotes => out.push(','),
            '~' if !in_quotes => out.push(','),
            _ => out.push(character),
        }
    }
    out
}

/// Returns where the reference's closing bracket stands; sheet names in quotes may hold brackets.
fn end_of_reference(text: &str) -> usize {
    let mut in_quotes = false;
    text.char_indices()
        .find(|(_, character)| {
            if *character == '\'' {
                in_quotes = !in_quotes;
            }
            !in_quotes && *character == ']'
        })
        .map_or(text.len(), |(index, _)| index)
}

/// `.A1:.B2`, `$表1.$A$1`, `'表 1'.A1:'表 1'.B2` or `.#REF!`.
fn push_reference(reference: &str, out: &mut String) {
    for (position, half) in halves(reference).into_iter().enumerate() {
        if position > 0 {
            out.push(':');
        }
        let dot = last_dot(half);
        match dot.and_then(|dot| Some((half.get(..dot)?, half.get(dot + 1..)?))) {
            Some((sheet, cell)) => {
                let sheet = sheet.strip_prefix('$').unwrap_or(sheet);
                if !sheet.is_empty() && position == 0 {
                    out.push_str(sheet);
                    out.push('!');
                }
                out.push_str(cell);
            }
            None => out.push_str(half),
        }
    }
}

/// Returns the parts around a colon outside quotes.
fn halves(reference: &str) -> Vec<&str> {
    let mut in_quotes = false;
    reference
        .split(|character| {
            if character == '\'' {
                in_quotes = !in_quotes;
            }
            character == ':' && !in_quotes
        })
        .collect()
}

/// Returns the dot between sheet and cell: the last one, since cells have none.
fn last_dot(half: &str) -> Option<usize> {
    half.rfind('.')
}

#[cfg(test)]
mod tests {
    use super::text;

    #[test]
    fn formulas_read_as_in_excel() {
        let cases = [
            ("of:=SUM([.A1:.B2];[.C3])", "SUM(A1:B2,C3)"),
            ("of:=[$汇总.$A$1]*2", "汇总!$A$1*2"),
            ("of:=['表 1'.A1:'表 1'.B2]", "'表 1'!A1:B2"),
            (
                "of:=IF([.A1]>=0.9;\"达;标[.A1]\";\"\")",
                "IF(A1>=0.9,\"达;标[.A1]\",\"\")",
            ),
            ("of:=['a.b]c'.A1]+1", "'a.b]c'!A1+1"),
            ("of:=[.#REF!]+1", "#REF!+1"),
            ("of:=SUM([.A:.A])", "SUM(A:A)"),
            ("oooc:=[.A1]/0", "A1/0"),
            ("=A1+B1", "A1+B1"),
            ("of:==NOW()", "NOW()"),
            ("of:=[.A1", "A1"),
        ];
        for (stored, expected) in cases {
            assert_eq!(text(stored), expected, "{stored}");
        }
    }
}
