//! Width in terminal columns: a Chinese character takes two, and no line begins with a closing mark.

use std::io::{self, IsTerminal};

use unicode_linebreak::linebreaks;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Width where no terminal tells: files and pipes then get the same text everywhere.
const DEFAULT_WIDTH: usize = 100;
/// Wider lines are hard to follow, narrower ones break every few characters.
const SENSIBLE_WIDTHS: std::ops::RangeInclusive<usize> = 40..=120;

/// Returns columns to fill.
pub fn terminal_width() -> usize {
    if !io::stdout().is_terminal() {
        return DEFAULT_WIDTH;
    }
    let width = terminal_size::terminal_size().map_or(DEFAULT_WIDTH, |(width, _)| usize::from(width.0));
    width.clamp(*SENSIBLE_WIDTHS.start(), *SENSIBLE_WIDTHS.end())
}

/// Returns a text from a file as one line. Control characters could move the cursor or clear the screen, and marks
/// that turn the writing direction could make a figure look like another.
pub fn one_line(text: &str) -> String {
    let unsafe_mark = |letter: char| matches!(letter, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let visible = text.replace(|letter: char| letter.is_control() || unsafe_mark(letter), " ");
    visible.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Returns the text filled up with blanks to a width in columns.
pub fn pad(text: &str, width: usize) -> String {
    format!("{text}{}", " ".repeat(width.saturating_sub(text.width())))
}

/// Returns the text in lines of at most `width` columns, each after `indent` blanks.
///
/// Breaks where Unicode (UAX #14) allows it; a piece that is wider than a whole line is broken anywhere.
pub fn wrap(text: &str, indent: usize, width: usize) -> String {
    let room = width.saturating_sub(indent).max(2);
    let mut lines: Vec<String> = Vec::new();
    for paragraph in text.lines().map(one_line) {
        let mut line = String::new();
        let mut filled = 0;
        let mut start = 0;
        for (end, _) in linebreaks(&paragraph) {
            let piece = paragraph.get(start..end).unwrap_or_default();
            start = end;
            if filled + piece.trim_end().width() > room && filled > 0 {
                lines.push(std::mem::take(&mut line));
                filled = 0;
            }
            for letter in piece.chars() {
                let columns = letter.width().unwrap_or(0);
                if filled + columns > room && !letter.is_whitespace() {
                    lines.push(std::mem::take(&mut line));
                    filled = 0;
                }
                line.push(letter);
                filled += columns;
            }
        }
        lines.push(line);
    }
    let margin = " ".repeat(indent);
    lines
        .iter()
        .map(|line| format!("{margin}{}\n", line.trim_end()))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chinese_counts_two_columns() {
        assert_eq!(pad("预警", 6), "预警  ");
        assert_eq!(pad("A01", 6), "A01   ");
    }

    #[test]
    fn no_line_begins_with_a_closing_mark() {
        assert_eq!(
            wrap("总分应是得分之和，申报有误", 2, 18),
            "  总分应是得分之\n  和，申报有误\n"
        );
    }

    #[test]
    fn words_and_figures_stay_whole() {
        assert_eq!(wrap("得分之和为 94.5 分", 0, 14), "得分之和为\n94.5 分\n");
    }

    #[test]
    fn a_piece_wider_than_the_line_is_broken() {
        assert_eq!(wrap("abcdefghij", 0, 4), "abcd\nefgh\nij\n");
    }

    #[test]
    fn control_characters_never_reach_the_terminal() {
        assert_eq!(one_line("甲\u{1b}[2J\r\n乙\u{7}"), "甲 [2J 乙");
    }
}
