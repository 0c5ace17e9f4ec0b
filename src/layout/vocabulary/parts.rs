//! Texts divided into the words that they are put together from.

use std::collections::BTreeMap;

use crate::text::keys::match_key;

/// Headers of more parts say more than a header.
const MOST_PARTS: usize = 14;
/// A longer text, in bytes, is no header.
const LONGEST: usize = 90;

/// Words by class, found from the beginning of a text.
#[derive(Debug, Clone)]
pub(super) struct Lexicon<P> {
    /// Words by their first character, in its order; of one character the longest first.
    by_first: Vec<(char, Words<P>)>,
    /// First characters, one bit each by their last bits: most texts of a table begin with none of them.
    firsts: [u64; 16],
}

/// Words of one first character with their classes.
type Words<P> = Vec<(Box<str>, P)>;

/// Returns the place of a character in the bits of [`Lexicon::firsts`]: word and bit.
const fn bit_of(first: char) -> (usize, u64) {
    let low = first as u32 & 1023;
    ((low / 64) as usize, 1 << (low % 64))
}

impl<P: Copy + PartialEq> Lexicon<P> {
    /// Returns the lexicon of classes with their words; an unknown class or a word of two classes is refused.
    pub(super) fn new(
        classes: &BTreeMap<String, Vec<String>>,
        part: impl Fn(&str) -> Option<P>,
    ) -> Result<Self, String> {
        let mut by_first: BTreeMap<char, Words<P>> = BTreeMap::new();
        for (class, words) in classes {
            let part = part(class).ok_or_else(|| format!("unknown class of words {class}"))?;
            for word in words {
                let word = match_key(word);
                let Some(first) = word.chars().next() else { continue };
                let known = by_first.entry(first).or_default();
                match known.iter().find(|(other, _)| **other == *word) {
                    Some((_, other)) if *other != part => return Err(format!("{word} stands in two classes of words")),
                    Some(_) => {}
                    None => known.push((word.into(), part)),
                }
            }
        }
        let mut firsts = [0; 16];
        for (first, words) in &mut by_first {
            words.sort_by(|(one, _), (other, _)| other.len().cmp(&one.len()).then_with(|| one.cmp(other)));
            let (at, bit) = bit_of(*first);
            if let Some(bits) = firsts.get_mut(at) {
                *bits |= bit;
            }
        }
        Ok(Self {
            by_first: by_first.into_iter().collect(),
            firsts,
        })
    }

    /// Returns the longest word that a text begins with, and its class.
    fn leading(&self, text: &str) -> Option<(&str, P)> {
        let first = text.chars().next()?;
        let (at, bit) = bit_of(first);
        if self.firsts.get(at)? & bit == 0 {
            return None;
        }
        let known = self.by_first.binary_search_by_key(&first, |(first, _)| *first).ok()?;
        let (_, words) = self.by_first.get(known)?;
        let (word, part) = words.iter().find(|(word, _)| text.starts_with(&**word))?;
        Some((word, *part))
    }

    /// Returns the parts of a text from left to right; `None` where some of it is no known word.
    pub(super) fn parts(&self, text: &str) -> Option<Parts<P>> {
        if text.is_empty() || text.len() > LONGEST {
            return None;
        }
        let mut found = Parts {
            parts: [None; MOST_PARTS],
            count: 0,
        };
        let mut rest = text;
        while !rest.is_empty() {
            let (word, part) = self.leading(rest)?;
            *found.parts.get_mut(found.count)? = Some(part);
            found.count += 1;
            rest = rest.get(word.len()..)?;
        }
        Some(found)
    }

    /// Returns whether a word of this class stands anywhere in a text, where the words around it may be unknown.
    pub(super) fn mentions(&self, text: &str, is_wanted: impl Fn(P) -> bool) -> bool {
        let mut rest = text;
        while let Some(first) = rest.chars().next() {
            let step = match self.leading(rest) {
                Some((_, part)) if is_wanted(part) => return true,
                Some((word, _)) => word.len(),
                None => first.len_utf8(),
            };
            rest = rest.get(step..).unwrap_or_default();
        }
        false
    }
}

/// The parts of a text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Parts<P> {
    parts: [Option<P>; MOST_PARTS],
    count: usize,
}

impl<P: Copy> Parts<P> {
    /// Returns the parts from left to right.
    pub(super) fn iter(&self) -> impl DoubleEndedIterator<Item = P> + '_ {
        self.parts.iter().take(self.count).copied().flatten()
    }
}
