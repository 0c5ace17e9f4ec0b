//! Texts without white space, made once for a table, with the set of their characters: see [`crate::text::words`].

use std::borrow::{Borrow, Cow};
use std::fmt;
use std::ops::Deref;

use super::output_kinds::OutputKind;
use crate::model::{Field, Indicator};
use crate::text::width::{is_stable, nfkc};
use crate::text::words::Characters;

/// A text in NFKC without white space, so that `数 量` and `数量` are one.
#[derive(Debug, Clone, Default)]
pub struct Tight<'a> {
    text: Cow<'a, str>,
    characters: Characters,
}

impl<'a> Tight<'a> {
    /// The tight form of a text, borrowed where it is tight already.
    pub fn new(text: &'a str) -> Self {
        let mut characters = Characters::NONE;
        for c in text.chars() {
            // No stable character beyond ASCII is white space.
            if !is_stable(c) || matches!(c, ' ' | '\t'..='\r') {
                return Self::folded(text);
            }
            characters = characters.with(c as u32);
        }
        Self {
            text: Cow::Borrowed(text),
            characters,
        }
    }

    /// The tight form of a field's value; empty where the field is missing.
    pub fn of(field: Option<&'a Field<String>>) -> Self {
        field.map(|field| Self::new(&field.value)).unwrap_or_default()
    }

    fn folded(text: &str) -> Self {
        let text: String = nfkc(text).chars().filter(|c| !c.is_whitespace()).collect();
        Self {
            characters: Characters::of(&text),
            text: Cow::Owned(text),
        }
    }

    /// Whether the text is tight as it was written: no white space, and nothing of another width.
    pub const fn is_as_written(&self) -> bool {
        matches!(self.text, Cow::Borrowed(_))
    }

    /// The text itself.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The text as one of its own.
    pub fn into_string(self) -> String {
        self.text.into_owned()
    }

    /// Whether the word stands in the text.
    pub fn has(&self, word: &Word) -> bool {
        word.is_in(&self.text, self.characters)
    }

    /// Whether any of the words stands in the text.
    pub fn has_any(&self, words: &[Word]) -> bool {
        words.iter().any(|word| self.has(word))
    }

    /// The first of the words, in the order of the list, that stands in the text.
    pub fn first_of(&self, words: &[Word]) -> Option<&'static str> {
        words.iter().find(|word| self.has(word)).map(Word::text)
    }
}

impl Deref for Tight<'_> {
    type Target = str;

    fn deref(&self) -> &str {
        &self.text
    }
}

impl Borrow<str> for Tight<'_> {
    fn borrow(&self) -> &str {
        &self.text
    }
}

impl fmt::Display for Tight<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl PartialEq for Tight<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl Eq for Tight<'_> {}

impl PartialOrd for Tight<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Tight<'_> {
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
    pub level1: Tight<'a>,
    /// 二级指标.
    pub level2: Tight<'a>,
    /// 三级指标.
    pub level3: Tight<'a>,
    /// 年度指标值.
    pub target: Tight<'a>,
    /// 实际完成值.
    pub actual: Tight<'a>,
    /// Whether the row belongs to the costs, by its level or its name.
    pub is_cost: bool,
    /// The kind of output that its 二级指标 names.
    pub output_kind: Option<OutputKind>,
}

impl<'a> RowTexts<'a> {
    /// The texts of a row; a field that is missing is empty.
    pub fn new(row: &'a Indicator) -> Self {
        const COST: Word = Word::new("成本");
        let (level1, level2, level3) = (
            Tight::of(row.level1.as_ref()),
            Tight::of(row.level2.as_ref()),
            Tight::of(row.level3.as_ref()),
        );
        let is_cost = [&level1, &level2, &level3].into_iter().any(|text| text.has(&COST));
        let output_kind = OutputKind::named_by(&level2);
        Self {
            is_cost,
            output_kind,
            level1,
            level2,
            level3,
            target: Tight::of(row.target.as_ref()),
            actual: Tight::of(row.actual.as_ref()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_tight_text_is_the_folded_one_without_blanks(text in "\\PC{0,20}") {
            let expected: String = nfkc(&text).chars().filter(|c| !c.is_whitespace()).collect();
            let tight = Tight::new(&text);
            prop_assert_eq!(tight.as_str(), expected.as_str());
        }
    }
}
