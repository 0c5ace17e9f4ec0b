//! The list as a page of Markdown: what was checked, the totals, a table.

use super::list::{DiscrepancyList, FOR_REVIEW_HEADING};
use crate::write::kit::cell_text;

impl DiscrepancyList {
    /// Returns the list as Markdown with a table as GitHub knows it. Nothing from the source becomes markup.
    pub fn to_markdown(&self) -> String {
        let mut text = format!("# 差异清单\n\n- 源文件：{}\n", escaped(&self.file));
        for (name, value) in self.summary() {
            text.push_str(&format!("- {name}：{}\n", escaped(&value)));
        }
        text.push('\n');
        if self.findings.is_empty() {
            text.push_str("未发现差异。\n");
        } else {
            self.push_table(&mut text);
        }
        let review = self.review_lines();
        if !review.is_empty() {
            text.push_str(&format!("\n## {FOR_REVIEW_HEADING}\n\n"));
        }
        for line in review {
            text.push_str(&format!("- {}\n", escaped(&line)));
        }
        text
    }

    fn push_table(&self, text: &mut String) {
        let all = self.columns();
        let columns = all.iter().take(self.printed());
        let line = |fields: Vec<String>| format!("| {} |\n", fields.join(" | "));
        text.push_str(&line(
            columns.clone().map(|column| column.header().to_owned()).collect(),
        ));
        text.push_str(&line(columns.clone().map(|_| "---".to_owned()).collect()));
        for row in &self.findings {
            let fields = columns
                .clone()
                .map(|column| escaped(&self.content_beside(row, *column).shown()));
            text.push_str(&line(fields.collect()));
        }
    }
}

/// Returns the text on one line, every character that Markdown or HTML could take for markup disarmed.
pub(in crate::write) fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for letter in cell_text::clean(text).trim().chars() {
        match letter {
            '\n' => safe.push_str("<br>"),
            '\t' => safe.push(' '),
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => safe.push(' '),
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '~' | '$' | '!' | '#' => {
                safe.push('\\');
                safe.push(letter);
            }
            other => safe.push(other),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_becomes_markup() {
        assert_eq!(
            escaped("甲|乙\r\n<b>*x*</b> [a](b) `c` \\ &amp; $x$ #1"),
            "甲\\|乙<br>&lt;b&gt;\\*x\\*&lt;/b&gt; \\[a\\](b) \\`c\\` \\\\ &amp;amp; \\$x\\$ \\#1"
        );
    }
}
