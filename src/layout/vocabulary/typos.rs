//! Headers and labels with one wrong character: one left out, one too many, one changed or two that changed places.

use super::meanings::{HeadingWord, IndicatorWord};
use crate::model::IndicatorField;
use crate::text::keys::header_key;
use crate::text::words::Characters;

/// Wordings prepared for comparing them with others, in an order of their own.
#[derive(Debug, Clone, Default)]
pub(super) struct Wordings<W> {
    /// Which characters each has.
    signatures: Vec<Characters>,
    wordings: Vec<Wording<W>>,
}

#[derive(Debug, Clone)]
struct Wording<W> {
    text: String,
    characters: Vec<char>,
    word: W,
}

impl<W: Copy> Wordings<W> {
    pub(super) fn new(wordings: &[(String, W)]) -> Self {
        let wordings: Vec<Wording<W>> = wordings
            .iter()
            .map(|(text, word)| Wording {
                text: text.clone(),
                characters: text.chars().collect(),
                word: *word,
            })
            .collect();
        Self {
            signatures: wordings.iter().map(|wording| signature(&wording.characters)).collect(),
            wordings,
        }
    }

    fn get(&self, at: usize) -> Option<(W, &str)> {
        let wording = self.wordings.get(at)?;
        Some((wording.word, &wording.text))
    }

    /// Positions of the wordings from which a text differs by one wrong character.
    fn one_from(&self, mistyped: &[char]) -> impl Iterator<Item = usize> {
        let wrong = signature(mistyped);
        // One wrong character takes at most one kind of character away and adds at most one.
        let may_be = move |right: Characters| right.kinds_beyond(wrong) <= 1 && wrong.kinds_beyond(right) <= 1;
        self.signatures
            .iter()
            .zip(&self.wordings)
            .enumerate()
            .filter(move |(_, (right, wording))| may_be(**right) && is_one_apart(&wording.characters, mistyped))
            .map(|(at, _)| at)
    }
}

/// Which characters a text has.
fn signature(characters: &[char]) -> Characters {
    characters.iter().copied().collect()
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
pub(super) fn indicator<'w>(wordings: &'w Wordings<IndicatorWord>, key: &str) -> Option<(IndicatorWord, &'w str)> {
    let plain: Vec<char> = header_key(key).chars().take(21).collect();
    let length = plain.len();
    if !(2..=20).contains(&length) {
        return None;
    }
    let is_allowed = |at: &usize| {
        let Some(wording) = wordings.wordings.get(*at) else {
            return false;
        };
        match wording.word {
            IndicatorWord::Column(IndicatorField::Score | IndicatorField::Weight) => {
                length > 2 || wording.characters.len() == length
            }
            IndicatorWord::Column(_)
            | IndicatorWord::Name
            | IndicatorWord::Content
            | IndicatorWord::AdjustedTarget
            | IndicatorWord::ConvertedScore => length > 2,
            _ => false,
        }
    };
    let mut found = wordings
        .one_from(&plain)
        .filter(is_allowed)
        .filter_map(|at| wordings.get(at));
    let (word, wording) = found.next()?;
    found.all(|(other, _)| other == word).then_some((word, wording))
}

/// The heading label that a key of four or more characters with one wrong character stands for.
pub(super) fn heading<'w>(wordings: &'w Wordings<HeadingWord>, key: &str) -> Option<(HeadingWord, &'w str)> {
    let plain: Vec<char> = header_key(key).chars().take(13).collect();
    if !(4..=12).contains(&plain.len()) {
        return None;
    }
    let mut found = wordings.one_from(&plain).filter_map(|at| wordings.get(at));
    found.find(|(_, wording)| wording.chars().count() >= 4)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn one_wrong_character_is_a_distance_of_one(one in "[分值得绩效]{0,6}", other in "[分值得绩效]{0,6}") {
            let prepared = Wordings::new(&[(one.clone(), ())]);
            let mistyped: Vec<char> = other.chars().collect();
            let found: Vec<usize> = prepared.one_from(&mistyped).collect();
            prop_assert_eq!(found == [0], strsim::osa_distance(&one, &other) == 1);
        }
    }
}
