//! Texts that hold the place of a value: the one meaning for cells, values and rules.

use super::trimmed;

/// Returns whether a text only holds the place of a value that was never filled in: marks (`/`, `—`, `……`, `**`),
/// crosses (`XX`, `××`) or a form's own label (`指标2：`), in either width. A blank text is none.
pub fn is_placeholder(text: &str) -> bool {
    let mut bare = text.chars().filter(|c| !c.is_whitespace()).map(narrow);
    match bare.next() {
        None => false,
        Some(first) if is_mark(first) => bare.all(is_mark),
        Some('x' | 'X') => {
            let mut crosses = 1;
            bare.all(|c| {
                crosses += 1;
                matches!(c, 'x' | 'X' | '×')
            }) && crosses > 1
        }
        Some('指' | '三') => is_numbered_label(text),
        Some(_) => false,
    }
}

/// Returns whether a text says that a value does not apply here, which is an answer and no gap.
pub fn is_not_applicable(text: &str) -> bool {
    let text = trimmed(text);
    matches!(text, "不适用" | "不涉及") || ["N/A", "NA"].iter().any(|word| text.eq_ignore_ascii_case(word))
}

fn is_numbered_label(text: &str) -> bool {
    let bare: String = text.chars().filter(|c| !c.is_whitespace()).map(narrow).collect();
    ["三级指标", "指标"].iter().any(|prefix| {
        bare.strip_prefix(prefix).is_some_and(|rest| {
            let end = rest.trim_start_matches(|c: char| c.is_numeric() || "一二三四五六七八九十nN".contains(c));
            end.len() < rest.len() && end.chars().all(|c| c == ':' || is_mark(c))
        })
    })
}

/// Returns the half-width form of a full-width sign or letter.
const fn narrow(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => match char::from_u32(c as u32 - 0xfee0) {
            Some(narrow) => narrow,
            None => c,
        },
        _ => c,
    }
}

const fn is_mark(c: char) -> bool {
    matches!(
        c,
        '/' | '\\'
            | '-'
            | '—'
            | '–'
            | '―'
            | '─'
            | '_'
            | '.'
            | '…'
            | '⋯'
            | '·'
            | '*'
            | '~'
            | '、'
            | ','
            | '。'
            | '×'
            | ';'
            | ':'
            | '?'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_crosses_and_numbered_labels_hold_a_place() {
        for text in [
            "/",
            "／",
            "—",
            "——",
            "……",
            "...",
            "指标1：",
            "指标 2:",
            "指标1：/",
            "**",
            "XX",
            "ＸＸ",
            "××",
            "？",
        ] {
            assert!(is_placeholder(text), "{text}");
        }
        for text in [
            "",
            " ",
            "无",
            "0",
            "x",
            "指标1：培训人数",
            "指标值",
            "指标",
            "优",
            "12",
            "不适用",
            "-5",
        ] {
            assert!(!is_placeholder(text), "{text}");
        }
    }

    #[test]
    fn not_applicable_is_an_answer() {
        assert!(
            ["不适用", "不涉及", "N/A", "na"]
                .iter()
                .all(|text| is_not_applicable(text))
        );
        assert!(!["/", "无", "", "适用"].iter().any(|text| is_not_applicable(text)));
    }
}
