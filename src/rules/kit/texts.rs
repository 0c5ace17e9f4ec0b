//! Texts without white space, made once for a table, with the set of their characters: see [`crate::text::words`].

use std::borrow::{Borrow, Cow};
use std::fmt;
use std::ops::Deref;

use super::folded_fields::FieldWalk;
use super::output_kinds::OutputKind;
use crate::model::{Field, Indicator};
use crate::text::width::{folded, is_stable, nfkc};
use crate::text::words::{Characters, split_first_code};

/// A text in NFKC without white space, so that `数 量` and `数量` are one.
#[derive(Debug, Clone, Default)]
pub struct FoldedText<'a> {
    text: Cow<'a, str>,
    characters: Characters,
    /// Some character is neither an ideograph nor an ASCII letter or figure.
    has_marks: bool,
    /// Some character is neither an ideograph nor an ASCII figure.
    has_signs: bool,
    /// Folding changed it.
    is_changed: bool,
}

impl<'a> FoldedText<'a> {
    /// Returns the tight form of a text, borrowed where it is tight already.
    pub fn new(text: &'a str) -> Self {
        let mut characters = Characters::NONE;
        let (mut has_marks, mut has_signs) = (false, false);
        let mut rest = text.as_bytes();
        while let Some((code, after)) = split_first_code(rest) {
            rest = after;
            characters = characters.with(code);
            // Nearly all are ideographs, and the rest mostly ASCII.
            if matches!(code, 0x4e00..=0x9fff) {
                continue;
            }
            let Some(c) = char::from_u32(code) else {
                return Self::folded(text);
            };
            // No stable character beyond ASCII is white space.
            if !is_stable(c) || matches!(c, ' ' | '\t'..='\r') {
                return Self::folded(text);
            }
            has_marks |= is_mark(c);
            has_signs |= !c.is_ascii_digit();
        }
        Self {
            text: Cow::Borrowed(text),
            characters,
            has_marks,
            has_signs,
            is_changed: false,
        }
    }

    /// Returns the same text, borrowed from this one.
    pub fn by_reference(&self) -> FoldedText<'_> {
        FoldedText {
            text: Cow::Borrowed(&self.text),
            ..*self
        }
    }

    /// Returns the tight form of a field's value; empty where the field is missing.
    pub fn of(field: Option<&'a Field<String>>) -> Self {
        field.map(|field| Self::new(&field.value)).unwrap_or_default()
    }

    fn folded(text: &str) -> Self {
        let mut tight = String::with_capacity(text.len());
        let mut characters = Characters::NONE;
        let (mut has_marks, mut has_signs) = (false, false);
        // What stays as it is goes over in one piece.
        let mut piece = 0;
        let mut rest = text.as_bytes();
        while let Some((code, after)) = split_first_code(rest) {
            let at = text.len() - rest.len();
            rest = after;
            if matches!(code, 0x4e00..=0x9fff) {
                characters = characters.with(code);
                continue;
            }
            let Some((written, c)) = char::from_u32(code).and_then(|c| Some((c, folded(c)?))) else {
                return Self::normalised(text);
            };
            let is_blank = c.is_whitespace();
            if !is_blank {
                characters = characters.with(c as u32);
                has_marks |= is_mark(c);
                has_signs |= !c.is_ascii_digit();
            }
            if is_blank || c != written {
                tight.push_str(text.get(piece..at).unwrap_or_default());
                piece = text.len() - rest.len();
                if !is_blank {
                    tight.push(c);
                }
            }
        }
        tight.push_str(text.get(piece..).unwrap_or_default());
        Self {
            characters,
            has_marks,
            has_signs,
            is_changed: true,
            text: Cow::Owned(tight),
        }
    }

    /// The same where a character's form depends on its neighbours.
    fn normalised(text: &str) -> Self {
        let text: String = nfkc(text).chars().filter(|c| !c.is_whitespace()).collect();
        Self {
            characters: Characters::of(&text),
            has_marks: text.chars().any(is_mark),
            has_signs: text.chars().any(|c| is_mark(c) || c.is_ascii_alphabetic()),
            is_changed: true,
            text: Cow::Owned(text),
        }
    }

    /// Returns whether the text is tight as it was written: no white space, and nothing of another width.
    pub const fn is_as_written(&self) -> bool {
        !self.is_changed
    }

    /// Returns the text itself.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Returns the text as one of its own.
    pub fn into_string(self) -> String {
        self.text.into_owned()
    }

    /// Returns whether anything but ideographs, ASCII letters and figures stands in the text.
    pub const fn has_marks(&self) -> bool {
        self.has_marks
    }

    /// Returns whether anything but ideographs and ASCII figures stands in the text.
    pub const fn has_signs(&self) -> bool {
        self.has_signs
    }

    /// Returns the characters of the text.
    pub const fn characters(&self) -> Characters {
        self.characters
    }

    /// Returns whether the word stands in the text.
    pub fn has(&self, word: &Word) -> bool {
        word.is_in(&self.text, self.characters)
    }

    /// Returns whether any of the words stands in the text.
    pub fn has_any(&self, words: &[Word]) -> bool {
        words.iter().any(|word| self.has(word))
    }

    /// Returns the first of the words, in the order of the list, that stands in the text.
    pub fn first_of(&self, words: &[Word]) -> Option<&'static str> {
        words.iter().find(|word| self.has(word)).map(Word::text)
    }
}

const fn is_mark(c: char) -> bool {
    !matches!(c, '\u{4e00}'..='\u{9fff}' | '0'..='9' | 'a'..='z' | 'A'..='Z')
}

impl Deref for FoldedText<'_> {
    type Target = str;

    fn deref(&self) -> &str {
        &self.text
    }
}

impl Borrow<str> for FoldedText<'_> {
    fn borrow(&self) -> &str {
        &self.text
    }
}

impl fmt::Display for FoldedText<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl PartialEq for FoldedText<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl Eq for FoldedText<'_> {}

impl PartialOrd for FoldedText<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for FoldedText<'_> {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.text.cmp(&other.text)
    }
}

/// Whether any of the words stands in a text as it is.
pub use crate::text::words::any_in;
/// A word to look for, and a list of them.
pub(in crate::rules) use crate::text::words::{Word, words};

/// The texts of one indicator row.
#[derive(Debug, Clone, Default)]
pub struct RowTexts<'a> {
    /// 一级指标.
    pub level1: FoldedText<'a>,
    /// 二级指标.
    pub level2: FoldedText<'a>,
    /// 三级指标.
    pub level3: FoldedText<'a>,
    /// 年度指标值.
    pub target: FoldedText<'a>,
    /// 实际完成值.
    pub actual: FoldedText<'a>,
    /// Whether the row belongs to the costs, by its level or its name.
    pub is_cost: bool,
    /// The kind of output that its 二级指标 names.
    pub output_kind: Option<OutputKind>,
}

impl<'a> RowTexts<'a> {
    /// Returns the texts of a row; a field that is missing is empty.
    pub fn new(row: &'a Indicator, walk: &mut FieldWalk<'_, 'a>) -> Self {
        const COST: Word = Word::new("成本");
        let mut folded = |field: &'a Option<Field<String>>| {
            let field = field.as_ref();
            field
                .map(|field| walk.folded(field.cell, &field.value))
                .unwrap_or_default()
        };
        let (level1, level2, level3) = (folded(&row.level1), folded(&row.level2), folded(&row.level3));
        let is_cost = [&level1, &level2, &level3].into_iter().any(|text| text.has(&COST));
        let output_kind = OutputKind::named_by(&level2);
        Self {
            is_cost,
            output_kind,
            level1,
            level2,
            level3,
            target: folded(&row.target),
            actual: folded(&row.actual),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_tight_text_is_the_folded_one_without_blanks(text in "\\PC{0,20}|[一龥aZ5 　（,Ａ５①\n]{0,12}") {
            let expected: String = nfkc(&text).chars().filter(|c| !c.is_whitespace()).collect();
            let tight = FoldedText::new(&text);
            prop_assert_eq!(tight.as_str(), expected.as_str());
            prop_assert_eq!(tight.has_marks(), expected.chars().any(is_mark));
            prop_assert_eq!(tight.has_signs(), expected.chars().any(|c| is_mark(c) || c.is_ascii_alphabetic()));
        }
    }
}
