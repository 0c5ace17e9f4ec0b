//! The form mark: a defined name that stands for a text.

/// Longest text that is kept as a mark.
const LONGEST: usize = 200;

/// Returns the text behind a name; `None` for a range or a computation, and for what is too long to be a mark.
pub(in crate::read) fn marked_text(formula: &str) -> Option<String> {
    let formula = formula.trim();
    let formula = formula.strip_prefix("of:").unwrap_or(formula).trim_start_matches('=');
    let text = formula.strip_prefix('"')?.strip_suffix('"')?;
    (text.len() <= LONGEST).then(|| text.replace("\"\"", "\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_a_mark_and_nothing_else() {
        for formula in ["\"a/1\"", "=\"a/1\"", "of:=\"a/1\"", " \"a/1\" "] {
            assert_eq!(marked_text(formula).as_deref(), Some("a/1"), "{formula}");
        }
        for formula in [
            "",
            "\"",
            "a/1",
            "Sheet1!$A$1",
            "=SUM(A1)",
            &format!("\"{}\"", "a".repeat(201)),
        ] {
            assert_eq!(marked_text(formula), None, "{formula}");
        }
    }
}
