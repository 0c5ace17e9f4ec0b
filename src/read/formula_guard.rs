//! The apostrophe that keeps a spreadsheet from taking a text for a formula, in separated values.

/// The text without the apostrophe that protects what begins like a formula; any other text as it is.
pub fn unguarded(text: &str) -> &str {
    match text.strip_prefix('\'') {
        Some(rest) if begins_like_a_formula(rest) => rest,
        _ => text,
    }
}

/// Whether a text begins, blanks aside, with `=`, `+`, `-`, `@`, their full-width forms, a tab, a line end or the
/// apostrophe itself.
pub fn begins_like_a_formula(text: &str) -> bool {
    const SIGNS: [char; 9] = ['=', '+', '-', '@', '＝', '＋', '－', '＠', '\''];
    text.starts_with(['\t', '\r', '\n']) || text.trim_start().starts_with(SIGNS)
}
