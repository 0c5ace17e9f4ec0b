//! The text of a cell as a browser shows it: white space collapsed, line breaks where the markup asks for them.

/// Collects a cell's text.
#[derive(Debug, Default)]
pub(super) struct ShownText {
    text: String,
    /// White space that only counts when something follows; whether it held a line end.
    pending: Option<bool>,
}

impl ShownText {
    /// Adds characters of the source.
    pub(super) fn push(&mut self, source: &str) {
        for c in source.chars() {
            if matches!(c, ' ' | '\t' | '\n' | '\r' | '\u{c}') {
                let held = self.pending.unwrap_or(false);
                self.pending = Some(held || matches!(c, '\n' | '\r'));
                continue;
            }
            if let Some(held_line_end) = self.pending.take() {
                let before = self.text.chars().next_back();
                // A source line wrapped inside a Chinese text is no blank.
                let wrapped = held_line_end && before.is_some_and(is_wide) && is_wide(c);
                if before.is_some_and(|before| before != '\n') && !wrapped {
                    self.text.push(' ');
                }
            }
            self.text.push(if c == '\u{a0}' { ' ' } else { c });
        }
    }

    /// A line break.
    pub(super) fn line_break(&mut self) {
        self.pending = None;
        self.text.push('\n');
    }

    /// The beginning or end of a block: what follows stands on a new line.
    pub(super) fn block(&mut self) {
        self.pending = None;
        if !self.text.is_empty() && !self.text.ends_with('\n') {
            self.text.push('\n');
        }
    }

    /// Returns whether nothing can be seen.
    pub(super) fn is_blank(&self) -> bool {
        self.text.chars().all(char::is_whitespace)
    }

    /// Returns the text, without blank space around it.
    pub(super) fn take(&mut self) -> String {
        self.pending = None;
        let text = std::mem::take(&mut self.text);
        let trimmed = text.trim();
        if trimmed.len() == text.len() {
            text
        } else {
            trimmed.to_owned()
        }
    }
}

/// Chinese characters and full-width punctuation.
fn is_wide(c: char) -> bool {
    matches!(c, '\u{2e80}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{ff00}'..='\u{ff60}' | '\u{20000}'..='\u{3ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_space_is_what_a_browser_shows() {
        let mut text = ShownText::default();
        text.push("\n   绩效\n   目标 A\t\n b");
        text.line_break();
        text.push("  第二行&  ");
        text.block();
        text.push("\u{a0}末\u{a0} ");
        assert_eq!(text.take(), "绩效目标 A b\n第二行&\n 末");
    }
}
