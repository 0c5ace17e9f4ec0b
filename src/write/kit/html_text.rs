//! Texts made safe inside HTML: nothing that comes from a file can become markup or turn the writing direction.

/// Returns the text for an element's content or a quoted attribute. Line breaks stay.
pub fn escape(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            '\n' => safe.push('\n'),
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => safe.push(' '),
            control if control.is_control() => safe.push(' '),
            other => safe.push(other),
        }
    }
    safe
}

/// Returns the first `most` characters; a cut text says how long it was.
pub fn shorten(text: &str, most: usize) -> String {
    let length = text.chars().count();
    if length <= most {
        return text.to_owned();
    }
    let start: String = text.chars().take(most).collect();
    format!("{start}……（共 {length} 字）")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_never_becomes_markup() {
        assert_eq!(
            escape("<b title=\"x\" o='y'>甲&乙</b>\u{202e}\u{7}"),
            "&lt;b title=&quot;x&quot; o=&#39;y&#39;&gt;甲&amp;乙&lt;/b&gt;  "
        );
    }

    #[test]
    fn a_cut_text_says_so() {
        assert_eq!(shorten("一二三四", 2), "一二……（共 4 字）");
        assert_eq!(shorten("一二", 2), "一二");
    }
}
