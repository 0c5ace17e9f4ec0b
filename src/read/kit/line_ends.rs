//! Line ends as one character, however a file writes them.

/// Turns line ends into `\n` while a text is put together: `\r\n` and a lone `\r` inside it are one each. A `\r` at the
/// text's end is dropped: nothing follows it on a new line.
#[derive(Debug, Default)]
pub(in crate::read) struct LineEnds {
    after_return: bool,
}

impl LineEnds {
    /// Appends a character.
    pub(in crate::read) fn push(&mut self, character: char, out: &mut String) {
        self.before(character, out);
        if character == '\r' {
            self.after_return = true;
        } else {
            out.push(character);
        }
    }

    /// Appends a text without `\r`.
    pub(in crate::read) fn push_str(&mut self, text: &str, out: &mut String) {
        if let Some(first) = text.chars().next() {
            self.before(first, out);
            out.push_str(text);
        }
    }

    fn before(&mut self, next: char, out: &mut String) {
        if std::mem::take(&mut self.after_return) && next != '\n' {
            out.push('\n');
        }
    }
}

/// Returns a text with its line ends turned into `\n`.
pub(in crate::read) fn with_line_ends(text: String) -> String {
    if !text.contains('\r') {
        return text;
    }
    let mut ends = LineEnds::default();
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        ends.push(character, &mut out);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_way_to_end_a_line_ends_one() {
        let cases = [
            ("a\nb", "a\nb"),
            ("a\r\nb", "a\nb"),
            ("a\rb", "a\nb"),
            ("right,\r\rThis", "right,\n\nThis"),
            ("a\r\r\nb", "a\n\nb"),
            ("a\r", "a"),
            ("a\r\n", "a\n"),
            ("\ra", "\na"),
        ];
        for (text, expected) in cases {
            assert_eq!(with_line_ends(text.to_owned()), expected, "{text:?}");
        }
    }

    #[test]
    fn a_line_end_may_be_cut_in_two() {
        let mut ends = LineEnds::default();
        let mut out = String::new();
        ends.push_str("a", &mut out);
        ends.push('\r', &mut out);
        ends.push_str("\nb", &mut out);
        ends.push('\r', &mut out);
        ends.push_str("c", &mut out);
        assert_eq!(out, "a\nb\nc");
    }
}
