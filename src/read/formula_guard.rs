//! The apostrophe that keeps a spreadsheet from taking a text for a formula, in separated values.

/// Returns the text without the apostrophe that protects what begins like a formula; any other text as it is.
pub fn unguarded(text: &str) -> &str {
    match text.strip_prefix('\'') {
        Some(rest) if begins_like_a_formula(rest) || is_figure(rest) => rest,
        _ => text,
    }
}

/// Returns whether a text is one figure, with a unit at most: an apostrophe before it is how people keep it a text.
fn is_figure(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_digit())
        && text
            .chars()
            .all(|c| c.is_ascii_digit() || matches!(c, '.' | ',' | '%' | '％' | '元' | '千' | '万' | '亿' | '分'))
}

/// Returns whether a text begins, blanks aside, with `=`, `+`, `-`, `@` or their full-width forms, or with a tab or
/// line end; so too behind apostrophes of its own, so that the protecting one can be told from them. A figure behind an
/// apostrophe is one as well.
pub fn begins_like_a_formula(text: &str) -> bool {
    const SIGNS: [char; 8] = ['=', '+', '-', '@', '＝', '＋', '－', '＠'];
    let is_quoted = text.starts_with('\'');
    let text = text.trim_start_matches('\'');
    (is_quoted && is_figure(text)) || text.starts_with(['\t', '\r', '\n']) || text.trim_start().starts_with(SIGNS)
}
