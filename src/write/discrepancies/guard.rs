//! Texts for separated values that no spreadsheet takes for a formula.
//!
//! A spreadsheet that opens such a file computes whatever begins like a formula, even inside quotes. An apostrophe
//! before it is the usual protection: it stays visible, and reading back takes it away again.

use crate::read::begins_like_a_formula;
use crate::write::kit::number_format::CellContent;

/// Returns the text with an apostrophe before it if it begins, blanks aside, with `=`, `+`, `-`, `@` or their
/// full-width forms, or with a tab or line end; so too behind apostrophes of its own. A plain number keeps its sign.
pub fn guarded(text: &str) -> String {
    let is_number = matches!(CellContent::number_like(text), CellContent::Number { .. });
    if begins_like_a_formula(text) && !is_number {
        format!("'{text}")
    } else {
        text.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::unguarded;

    #[test]
    fn what_begins_like_a_formula_gets_an_apostrophe() {
        for text in [
            "=1+1",
            "+86",
            "-甲",
            "@SUM(A1)",
            "\t=1",
            "  =1",
            "＝1",
            "'=1",
            "\n甲",
            "-1+cmd|' /C calc'!A0",
        ] {
            assert_eq!(guarded(text), format!("'{text}"));
        }
        for text in ["", "甲", "≥95%", "-2", "-1,234.50", "-5%", "a=b", "“引”", "'表 1'!A1"] {
            assert_eq!(guarded(text), text);
        }
    }

    #[test]
    fn taking_the_apostrophe_away_gives_the_text_again() {
        for text in [
            "=1+1", "'=1", "''=1", "''", "'甲", "'", "'-2", "甲", "-2", " '=1", "\t", "'\t",
        ] {
            assert_eq!(unguarded(&guarded(text)), text, "{text}");
        }
        assert_eq!(unguarded("'甲"), "'甲");
    }
}
