//! Headers and labels with one wrong character: one left out, one too many, one changed or two that changed places.

use super::super::reading::IndicatorColumn;
use super::super::text::header_key;
use super::meanings::{HeadingWord, IndicatorWord};

/// A wording prepared for comparing it with others.
#[derive(Debug, Clone)]
pub(super) struct Wording<W> {
    text: String,
    characters: Vec<char>,
    signature: u64,
    word: W,
}

impl<W> Wording<W> {
    pub(super) fn new(text: &str, word: W) -> Self {
        let characters: Vec<char> = text.chars().collect();
        Self {
            text: text.to_owned(),
            signature: signature(&characters),
            characters,
            word,
        }
    }

    fn is_one_from(&self, mistyped: &[char], signature: u64) -> bool {
        // One wrong character takes at most one kind of character away and adds at most one.
        (self.signature & !signature).count_ones() <= 1
            && (signature & !self.signature).count_ones() <= 1
            && is_one_apart(&self.characters, mistyped)
    }
}

/// Which characters a text has, each as one bit of 64.
fn signature(characters: &[char]) -> u64 {
    characters
        .iter()
        .fold(0, |bits, c| bits | 1 << (u32::from(*c).wrapping_mul(0x9e37_79b1) >> 26))
}

/// Whether one text becomes the other by one character left out, added or changed, or by two neighbours changing places.
fn is_one_apart(one: &[char], other: &[char]) -> bool {
    let (short, long) = if one.len() <= other.len() {
        (one, other)
    } else {
        (other, one)
    };
    let same = short.iter().zip(long).take_while(|(a, b)| a == b).count();
    let (short, long) = (
        short.get(same..).unwrap_or_default(),
        long.get(same..).unwrap_or_default(),
    );
    match (short, long) {
        (_, [_, rest @ ..]) if long.len() == short.len() + 1 => rest == short,
        ([a, rest @ ..], [b, others @ ..]) if long.len() == short.len() => {
            rest == others
                || matches!((rest, others), ([c, rest @ ..], [d, others @ ..]) if a == d && b == c && rest == others)
        }
        _ => false,
    }
}

/// The header of the indicator block that a key with one wrong character stands for, with its right wording.
///
/// Words of two characters are only taken for 得分 and 分值, since too many others are one character apart.
pub(super) fn indicator<'w>(wordings: &'w [Wording<IndicatorWord>], key: &str) -> Option<(IndicatorWord, &'w str)> {
    let plain: Vec<char> = header_key(key).chars().take(21).collect();
    let length = plain.len();
    if !(2..=20).contains(&length) {
        return None;
    }
    let signature = signature(&plain);
    let mut found: Option<(IndicatorWord, &str)> = None;
    for wording in wordings {
        let same_length = wording.characters.len() == length;
        let allowed = match wording.word {
            IndicatorWord::Column(IndicatorColumn::Score | IndicatorColumn::Weight) => same_length || length > 2,
            IndicatorWord::Column(_)
            | IndicatorWord::Name
            | IndicatorWord::Content
            | IndicatorWord::AdjustedTarget
            | IndicatorWord::ConvertedScore => length > 2,
            _ => false,
        };
        if !allowed || !wording.is_one_from(&plain, signature) {
            continue;
        }
        match found {
            Some((known, _)) if known != wording.word => return None,
            Some(_) => {}
            None => found = Some((wording.word, &wording.text)),
        }
    }
    found
}

/// The heading label that a key of four or more characters with one wrong character stands for.
pub(super) fn heading<'w>(wordings: &'w [Wording<HeadingWord>], key: &str) -> Option<(HeadingWord, &'w str)> {
    let plain: Vec<char> = header_key(key).chars().take(13).collect();
    if !(4..=12).contains(&plain.len()) {
        return None;
    }
    let signature = signature(&plain);
    wordings
        .iter()
        .find(|wording| wording.characters.len() >= 4 && wording.is_one_from(&plain, signature))
        .map(|wording| (wording.word, wording.text.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn one_wrong_character_is_a_distance_of_one(one in "[分值得绩效]{0,6}", other in "[分值得绩效]{0,6}") {
            let prepared = Wording::new(&one, ());
            let mistyped: Vec<char> = other.chars().collect();
            let is_one = prepared.is_one_from(&mistyped, signature(&mistyped));
            prop_assert_eq!(is_one, strsim::osa_distance(&one, &other) == 1);
        }
    }
}
