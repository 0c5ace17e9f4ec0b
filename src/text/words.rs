//! Words looked for in texts, so made that most are ruled out at a glance.
//!
//! A word carries its first and last character and the set of its characters, hashed into 64 bits: a word with a
//! character that the text lacks is not in it, and needs no search.

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
        let mut code = 0_u32;
        while let Some((byte, after)) = rest.split_first() {
            code = match *byte {
                byte @ 0x80..=0xbf => (code << 6) | (byte & 0x3f) as u32,
                byte @ 0xc0..=0xdf => (byte & 0x1f) as u32,
                byte @ 0xe0..=0xef => (byte & 0x0f) as u32,
                byte @ 0xf0..=0xff => (byte & 0x07) as u32,
                byte => byte as u32,
            };
            rest = after;
            let ends = match after.first() {
                Some(next) => *next & 0xc0 != 0x80,
                None => true,
            };
            if ends {
                characters = characters.with(code);
                if first == u32::MAX {
                    first = code;
                }
                last = code;
            }
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
        characters.hold(self.characters) && text.contains(self.text)
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

/// Returns the first of a list's words that stands in the text, where the words are known only at run time.
pub fn first_of<'w>(text: &str, words: &'w [String]) -> Option<&'w String> {
    let characters = Characters::of(text);
    words.iter().find(|word| holds(text, characters, word))
}

/// Returns whether a word that is known only at run time stands in a text that has these characters.
pub fn holds(text: &str, characters: Characters, word: &str) -> bool {
    // Most words are ruled out by their first character.
    let begins = |c: char| characters.hold(Characters::NONE.with(c as u32));
    word.len() <= text.len()
        && word.chars().next().is_none_or(begins)
        && characters.hold(Characters::of(word))
        && text.contains(word)
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
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Characters(u64);

impl Characters {
    /// No character.
    pub const NONE: Self = Self(0);

    /// Returns the characters of a text.
    pub fn of(text: &str) -> Self {
        text.chars().collect()
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

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const WORDS: [Word; 7] = words!["产出", "指标", "数", "量a1", "(", "é", "出指"];

    proptest! {
        #[test]
        fn a_word_is_found_where_it_stands_and_nowhere_else(text in "[产出指标数量a1( é]{0,12}") {
            for word in &WORDS {
                prop_assert_eq!(word.is_in(&text, Characters::of(&text)), text.contains(word.text));
            }
            let owned: Vec<String> = WORDS.iter().map(|word| word.text.to_owned()).collect();
            prop_assert_eq!(first_of(&text, &owned), owned.iter().find(|word| text.contains(word.as_str())));
            let first = WORDS.iter().find_map(|word| text.strip_prefix(word.text));
            prop_assert_eq!(strip_prefix(&text, &WORDS), first);
            let last = WORDS.iter().find_map(|word| text.strip_suffix(word.text));
            prop_assert_eq!(strip_suffix(&text, &WORDS), last);
        }
    }
}
