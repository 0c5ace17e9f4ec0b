//! Names with `*` for any text.

/// Returns whether the text is what the pattern says; `*` stands for any text, none too.
pub(super) fn matches(pattern: &str, text: &str) -> bool {
    let mut parts = pattern.split('*');
    let first = parts.next().unwrap_or_default();
    let Some(mut rest) = text.strip_prefix(first) else {
        return false;
    };
    let parts: Vec<&str> = parts.collect();
    let Some((last, middle)) = parts.split_last() else {
        return rest.is_empty();
    };
    for part in middle {
        match rest.split_once(part) {
            Some((_, after)) => rest = after,
            None => return false,
        }
    }
    rest.ends_with(last)
}

#[cfg(test)]
mod tests {
    use super::matches;

    #[test]
    fn a_star_is_any_text() {
        for (pattern, text, expected) in [
            ("表", "表", true),
            ("表", "表1", false),
            ("*", "", true),
            ("*自评表*", "2023自评表.xlsx", true),
            ("2023*.xlsx", "2023自评表.xlsx", true),
            ("2023*.xlsx", "2024自评表.xlsx", false),
            ("a*b*a", "aba", true),
            ("a*a", "a", false),
            ("indicators[*].score", "indicators[12].score", true),
        ] {
            assert_eq!(matches(pattern, text), expected, "{pattern} {text}");
        }
    }
}
