//! The apostrophe that keeps a spreadsheet from taking a text for a formula, in separated values.

/// Returns the text without the apostrophe that protects what begins like a formula; any other text as it is.
pub fn unguarded(text: &str) -> &str {
    match text.strip_prefix('\'') {
        Some(rest) if begins_like_a_formula(rest) => rest,
        _ => text,
    }
}

/// Returns whether a text begins, blanks aside, with `=`, `+`, `-`, `@` or their full-width forms, or with a tab or
/// line end; so too behind apostrophes of its own, so that the protecting one can be told from them.
pub fn begins_like_a_formula(text: &str) -> bool {
    const SIGNS: [char; 8] = ['=', '+', '-', '@', '＝', '＋', '－', '＠'];
    let text = text.trim_start_matches('\'');
    text.starts_with(['\t', '\r', '\n']) || text.trim_start().starts_with(SIGNS)
}
