//! One spelling for many: width, blanks, dashes, signs and the marks that people leave around a value.
//!
//! Knows characters only, no values. `normalise` is idempotent, so that a canonical text stays as it is.

use std::borrow::Cow;

use crate::text::width::nfkc;

/// Beyond this many characters a text is prose; the marks around it are left alone.
pub(super) const LONGEST_VALUE: usize = 120;

/// Passes after which a text counts as settled; each pass only removes what an earlier one laid bare.
const PASSES: usize = 8;

/// Returns the text in one spelling: NFKC, no blanks (but one between two digits, whose joining would make another
/// number), plain dashes, `≥ ≤ = > <` for every way to type them, no `指标1：` before and no full stop after.
pub fn normalise(text: &str) -> Cow<'_, str> {
    if is_settled(text) {
        return Cow::Borrowed(text);
    }
    let mut settled = pass(text);
    if settled == text {
        return Cow::Borrowed(text);
    }
    for _ in 0..PASSES {
        let next = pass(&settled);
        if next == settled {
            break;
        }
        settled = next;
    }
    Cow::Owned(settled)
}

/// Returns whether the text is surely in its one spelling: ideographs, letters, figures and signs that no pass
/// touches.
fn is_settled(text: &str) -> bool {
    let is_plain = |c| matches!(c, '\u{4e00}'..='\u{9fff}' | '0'..='9' | 'a'..='z' | 'A'..='Z' | '%' | '≥' | '≤' | '.' | '-' | '/');
    text.chars().all(is_plain) && !text.ends_with('.') && !text.ends_with("m2") && !text.ends_with("m3")
}

fn pass(text: &str) -> String {
    // NFKC turns ㎡ and m² into "m2", whose digit would read as part of the number.
    let spelled = if text.contains(['㎡', '㎥', '㎢', '²', '³']) {
        let spelled = text
            .replace(['㎡'], "平方米")
            .replace(['㎥'], "立方米")
            .replace(['㎢'], "平方公里")
            .replace("km²", "平方公里")
            .replace("hm²", "公顷")
            .replace("m²", "平方米")
            .replace("m³", "立方米");
        Cow::Owned(spelled)
    } else {
        Cow::Borrowed(text)
    };
    let unblanked = without_blanks(&spelled);
    let signed = unify_signs(&unblanked);
    let bare = strip_marks(&signed);
    metric_exponents(bare)
}

fn plain_character(c: char) -> char {
    match c {
        '—' | '–' | '―' | '‐' | '‑' | '‒' | '−' | '─' | '━' | 'ー' => '-',
        '〜' | '∼' | '∽' => '~',
        '≧' | '⩾' | '≽' => '≥',
        '≦' | '⩽' | '≼' => '≤',
        '═' | '﹦' => '=',
        '〈' => '<',
        '〉' => '>',
        '…' | '⋯' => '.',
        other => other,
    }
}

fn is_invisible(c: char) -> bool {
    c.is_whitespace() || c.is_control() || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{00ad}')
}

fn without_blanks(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut blank = false;
    let mut last = ' ';
    for c in nfkc(text).chars().map(plain_character) {
        if is_invisible(c) {
            blank = true;
            continue;
        }
        if blank && last.is_ascii_digit() && c.is_ascii_digit() {
            kept.push(' ');
        }
        blank = false;
        last = c;
        kept.push(c);
    }
    kept
}

fn unify_signs(text: &str) -> String {
    if !text.contains(['=', '≥', '≤']) {
        return text.to_owned();
    }
    text.replace(">=", "≥")
        .replace("=>", "≥")
        .replace("<=", "≤")
        .replace("=<", "≤")
        .replace("≥=", "≥")
        .replace("≤=", "≤")
        .replace("==", "=")
}

/// Removes a leading `指标1:`, trailing punctuation and brackets around the whole.
fn strip_marks(text: &str) -> &str {
    if text.chars().nth(LONGEST_VALUE).is_some() || !text.chars().any(char::is_alphanumeric) {
        return text;
    }
    let mut bare = text;
    loop {
        let before = bare;
        if let Some(rest) = after_row_label(bare).filter(|rest| rest.chars().any(char::is_alphanumeric)) {
            bare = rest;
        }
        bare = bare
            .trim_end_matches(['。', ';', ',', '、', ':', '.'])
            .trim_start_matches([',', '、', ';', ':']);
        if let Some(inner) = bare.strip_prefix('(').and_then(|rest| rest.strip_suffix(')'))
            && !inner.contains(['(', ')'])
        {
            bare = inner;
        }
        if bare == before {
            return bare;
        }
    }
}

/// Returns what follows `指标1:` or `指标①:` (a form's own label left in the cell).
fn after_row_label(text: &str) -> Option<&str> {
    let rest = text
        .strip_prefix("指标")?
        .trim_start_matches(|c: char| c.is_ascii_digit());
    rest.strip_prefix(':')
}

/// Returns a typed `m2`, `m3`, `hm2` or `km2` at the end, in words.
fn metric_exponents(text: &str) -> String {
    for (typed, word) in [("km2", "平方公里"), ("hm2", "公顷"), ("m2", "平方米"), ("m3", "立方米")] {
        if let Some(head) = text.strip_suffix(typed)
            && head.ends_with(|c: char| !c.is_ascii_alphabetic())
        {
            return format!("{head}{word}");
        }
    }
    text.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_counts_as_settled_is(text in "[指标完成0-9m%≥≤./:。()-]{0,10}") {
            if is_settled(&text) {
                prop_assert_eq!(pass(&text), text);
            }
        }
    }
}
