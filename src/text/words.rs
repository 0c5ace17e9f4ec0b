//! Words looked for in texts, so made that most are ruled out at a glance.
//!
//! A word carries its first and last character and the set of its characters, hashed into 64 bits: a word with a
//! character that the text lacks is not in it, and needs no search.

use serde::Deserialize;

/// A word to look for.
#[derive(Debug, Clone, Copy)]
pub struct Word {
    text: &'static str,
    characters: Characters,
    first: u32,
    last: u32,
}

impl Word {
    /// Returns the word with what tells it at a glance.
    pub const fn new(text: &'static str) -> Self {
        let mut rest = text.as_bytes();
        let mut characters = Characters::NONE;
        let (mut first, mut last) = (u32::MAX, u32::MAX);
        while let Some((code, after)) = split_first_code(rest) {
            rest = after;
            characters = characters.with(code);
            if first == u32::MAX {
                first = code;
            }
            last = code;
        }
        Self {
            text,
            characters,
            first,
            last,
        }
    }

    /// Returns the word itself.
    pub const fn text(&self) -> &'static str {
        self.text
    }

    /// Returns whether the word stands in a text that has these characters.
    pub fn is_in(&self, text: &str, characters: Characters) -> bool {
        characters.hold(self.characters) && contains(text, self.text)
    }
}

/// Words that are known only at run time, each with the set of its characters.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(from = "Vec<String>")]
pub struct WordList(Vec<(Characters, String)>);

impl WordList {
    /// Returns the first of the words that stands in a text that has these characters.
    pub fn first_in(&self, text: &str, characters: Characters) -> Option<&str> {
        self.0
            .iter()
            .find(|(own, word)| characters.hold(*own) && contains(text, word))
            .map(|(_, word)| word.as_str())
    }

    /// Returns whether any of the words stands in a text that has these characters.
    pub fn any_in(&self, text: &str, characters: Characters) -> bool {
        self.first_in(text, characters).is_some()
    }

    /// Returns whether a text begins with any of the words.
    pub fn starts(&self, text: &str) -> bool {
        self.0.iter().any(|(_, word)| text.starts_with(word.as_str()))
    }
}

impl From<Vec<String>> for WordList {
    fn from(words: Vec<String>) -> Self {
        words.into_iter().collect()
    }
}

impl FromIterator<String> for WordList {
    fn from_iter<I: IntoIterator<Item = String>>(words: I) -> Self {
        Self(words.into_iter().map(|word| (Characters::of(&word), word)).collect())
    }
}

/// A list of [`Word`]s.
macro_rules! words {
    ($($word:expr),* $(,)?) => {
        [$($crate::text::words::Word::new($word)),*]
    };
}
pub(crate) use words;

/// Returns whether any of the words stands in the text.
pub fn any_in(text: &str, words: &[Word]) -> bool {
    let characters = Characters::of(text);
    words.iter().any(|word| word.is_in(text, characters))
}

/// Returns whether a word stands in a text: `str::contains`, by a shorter way for the short texts of cells.
pub fn contains(text: &str, word: &str) -> bool {
    const SHORT: usize = 32;
    if text.len() > SHORT || word.len() < 2 {
        return text.contains(word);
    }
    find(text, word).is_some()
}

/// Returns where a word first stands in a text: `str::find`, without its preparations, which cost more than the search
/// in a short text.
pub fn find(text: &str, word: &str) -> Option<usize> {
    let (whole, sought) = (text.as_bytes(), word.as_bytes());
    let last_start = whole.len().checked_sub(sought.len())?;
    // Many ideographs share their first bytes, few their third.
    let telling = 2.min(sought.len().saturating_sub(1));
    let Some(sign) = sought.get(telling) else {
        return Some(0);
    };
    whole
        .get(telling..=last_start + telling)?
        .iter()
        .enumerate()
        .find(|(start, byte)| *byte == sign && whole.get(*start..start + sought.len()) == Some(sought))
        .map(|(start, _)| start)
}

/// Returns whether a word that is known only at run time stands in a text that has these characters.
pub fn holds(text: &str, characters: Characters, word: &str) -> bool {
    // Most words are ruled out by their first character.
    let begins = |c: char| characters.hold(Characters::NONE.with(c as u32));
    word.len() <= text.len()
        && word.chars().next().is_none_or(begins)
        && characters.hold(Characters::of(word))
        && contains(text, word)
}

/// Returns a text without a word that it begins with, however often: `str::trim_start_matches`, without its
/// preparations.
pub fn without_start<'t>(text: &'t str, word: &str) -> &'t str {
    let mut rest = text;
    while let Some(after) = rest.strip_prefix(word).filter(|_| !word.is_empty()) {
        rest = after;
    }
    rest
}

/// Returns what stands before a word and after it, where the word stands in the text: `str::split_once`, without its
/// preparations.
pub fn split_at_word<'t>(text: &'t str, word: &str) -> Option<(&'t str, &'t str)> {
    let at = find(text, word)?;
    Some((text.get(..at)?, text.get(at + word.len()..)?))
}

/// Returns what follows the first of the words that the text begins with.
pub fn strip_prefix<'a>(text: &'a str, words: &[Word]) -> Option<&'a str> {
    let first = u32::from(text.chars().next()?);
    words
        .iter()
        .find_map(|word| (word.first == first).then(|| text.strip_prefix(word.text)).flatten())
}

/// Returns what stands before the first of the words that the text ends with.
pub fn strip_suffix<'a>(text: &'a str, words: &[Word]) -> Option<&'a str> {
    let last = u32::from(text.chars().next_back()?);
    words
        .iter()
        .find_map(|word| (word.last == last).then(|| text.strip_suffix(word.text)).flatten())
}

/// A set of characters, hashed: it may hold more than were put in, never fewer.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Characters(u64);

impl Characters {
    /// No character.
    pub const NONE: Self = Self(0);

    /// Returns the characters of a text.
    pub const fn of(text: &str) -> Self {
        let mut rest = text.as_bytes();
        let mut characters = Self::NONE;
        while let Some((code, after)) = split_first_code(rest) {
            rest = after;
            characters = characters.with(code);
        }
        characters
    }

    /// Returns the set with one character more, by its code point.
    pub const fn with(self, code: u32) -> Self {
        // Neighbouring characters, which are as often in one word as any, fall into different bits.
        Self(self.0 | 1 << (code.wrapping_mul(0x9e37_79b1) >> 26))
    }

    /// Returns how many kinds of characters are surely in this one alone; characters of one bit are one kind.
    pub const fn kinds_beyond(self, other: Self) -> u32 {
        (self.0 & !other.0).count_ones()
    }

    /// Returns whether all of the other set may be in this one.
    pub const fn hold(self, other: Self) -> bool {
        other.0 & !self.0 == 0
    }
}

impl FromIterator<char> for Characters {
    fn from_iter<I: IntoIterator<Item = char>>(characters: I) -> Self {
        characters.into_iter().fold(Self::NONE, |set, c| set.with(c as u32))
    }
}

/// Returns the code point of a text's first character, and the bytes after it; of bytes that are a text.
pub(crate) const fn split_first_code(bytes: &[u8]) -> Option<(u32, &[u8])> {
    const fn tail(byte: u8) -> u32 {
        (byte & 0x3f) as u32
    }
    match bytes {
        // Ideographs first: most texts are made of them.
        [lead @ 0xe0..=0xef, second, third, rest @ ..] => {
            Some((((*lead & 0x0f) as u32) << 12 | tail(*second) << 6 | tail(*third), rest))
        }
        [byte @ 0..=0x7f, rest @ ..] => Some((*byte as u32, rest)),
        [lead @ 0xc0..=0xdf, second, rest @ ..] => Some((((*lead & 0x1f) as u32) << 6 | tail(*second), rest)),
        [lead, second, third, fourth, rest @ ..] => Some((
            ((*lead & 0x07) as u32) << 18 | tail(*second) << 12 | tail(*third) << 6 | tail(*fourth),
            rest,
        )),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const WORDS: [Word; 7] = words!["产出", "指标", "数", "量a1", "(", "é", "出指"];

    proptest! {
        #[test]
        fn characters_are_those_of_the_text(text in "\\PC{0,20}|[a一é😀]{0,12}") {
            prop_assert_eq!(Characters::of(&text), text.chars().collect());
        }

        #[test]
        fn a_word_is_found_where_it_stands_and_nowhere_else(text in "[产出指标数量a1( é]{0,12}") {
            for word in &WORDS {
                prop_assert_eq!(word.is_in(&text, Characters::of(&text)), text.contains(word.text));
                prop_assert_eq!(contains(&text, word.text), text.contains(word.text));
                prop_assert_eq!(find(&text, word.text), text.find(word.text));
                prop_assert_eq!(without_start(&text, word.text), text.trim_start_matches(word.text));
                prop_assert_eq!(split_at_word(&text, word.text), text.split_once(word.text));
            }
            let owned: WordList = WORDS.iter().map(|word| word.text.to_owned()).collect();
            let found = WORDS.iter().map(Word::text).find(|word| text.contains(word));
            prop_assert_eq!(owned.first_in(&text, Characters::of(&text)), found);
            let first = WORDS.iter().find_map(|word| text.strip_prefix(word.text));
            prop_assert_eq!(strip_prefix(&text, &WORDS), first);
            let last = WORDS.iter().find_map(|word| text.strip_suffix(word.text));
            prop_assert_eq!(strip_suffix(&text, &WORDS), last);
        }
    }
}
