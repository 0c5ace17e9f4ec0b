//! Headers and labels with one wrong character: one left out, one too many, one changed or two that changed places.

use pinyin::ToPinyinMulti;

use super::meanings::{HeadingWord, IndicatorWord};
use crate::text::keys::header_key;
use crate::text::words::Characters;

/// Wordings prepared for comparing them with others, in an order of their own.
#[derive(Debug, Clone, Default)]
pub(super) struct Wordings<W> {
    /// Which characters each has.
    signatures: Vec<Characters>,
    wordings: Vec<KnownWording<W>>,
}

#[derive(Debug, Clone)]
struct KnownWording<W> {
    text: String,
    characters: Vec<char>,
    word: W,
}

impl<W: Copy> Wordings<W> {
    pub(super) fn new(wordings: &[(String, W)]) -> Self {
        let wordings: Vec<KnownWording<W>> = wordings
            .iter()
            .map(|(text, word)| KnownWording {
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

/// Returns which characters a text has.
fn signature(characters: &[char]) -> Characters {
    characters.iter().copied().collect()
}

/// Returns whether one text becomes the other by one character left out, added or changed, or by two neighbours
/// changing places.
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

/// Among shorter texts too many other words are one character apart.
const LEAST: usize = 3;

/// Characters that turn what they stand with; one that is there, or is not, is never a slip.
const TURNING: &str = "上去前下未半预参原率自复初末后中应不非无增减差";

/// Characters that look alike, in print or to a scanner.
const ALIKE: [&str; 14] = [
    "施拖",
    "值植直値",
    "目日曰",
    "责贵",
    "偏编遍",
    "析折柝",
    "效郊",
    "数敷",
    "完宗",
    "成戍戌",
    "己已巳",
    "因困囚",
    "单草",
    "改攻",
];

/// Returns whether a text one character away from a wording is that wording mistyped: a character of the same sound
/// or look or one that no common word has, one typed twice, one left out, or two that changed places.
fn is_slip(right: &[char], wrong: &[char]) -> bool {
    let same = right.iter().zip(wrong).take_while(|(a, b)| a == b).count();
    let turns = |c: char| TURNING.contains(c);
    let (right_at, wrong_at) = (right.get(same), wrong.get(same));
    if wrong.len() > right.len() {
        // Found at the end of what is typed twice, or in its midst.
        return wrong_at.is_some_and(|added| {
            let before = same.checked_sub(1).and_then(|before| wrong.get(before));
            before == Some(added) || wrong.get(same + 1) == Some(added)
        });
    }
    if right.len() > wrong.len() {
        return right_at.is_some_and(|missing| !turns(*missing)) && right.len() > LEAST + 1;
    }
    let (Some(right_at), Some(wrong_at)) = (right_at, wrong_at) else {
        return false;
    };
    let changed_places = right.get(same + 1) == Some(wrong_at) && wrong.get(same + 1) == Some(right_at);
    let is_near = || sound_alike(*right_at, *wrong_at) || look_alike(*right_at, *wrong_at) || is_rare(*wrong_at);
    changed_places || (!turns(*right_at) && !turns(*wrong_at) && is_near())
}

/// Returns whether an ideograph is none of the 3755 common ones, which GB 2312 has in its first rows.
fn is_rare(c: char) -> bool {
    let mut text = [0; 4];
    let (encoded, _, unmappable) = encoding_rs::GBK.encode(c.encode_utf8(&mut text));
    let is_common = matches!(*encoded, [0xb0..=0xd7, 0xa1..=0xfe]);
    ('\u{4e00}'..='\u{9fff}').contains(&c) && (unmappable || !is_common)
}

fn look_alike(one: char, other: char) -> bool {
    ALIKE.iter().any(|group| group.contains(one) && group.contains(other))
}

/// Returns whether two characters have a reading in common, whatever their tones.
fn sound_alike(one: char, other: char) -> bool {
    let (Some(readings), Some(others)) = (one.to_pinyin_multi(), other.to_pinyin_multi()) else {
        return false;
    };
    readings
        .into_iter()
        .any(|reading| others.into_iter().any(|other| reading.plain() == other.plain()))
}

/// Returns the header of the indicator block that a key of three or more characters with one slip of the pen stands
/// for, with its right wording.
pub(super) fn indicator<'w>(wordings: &'w Wordings<IndicatorWord>, key: &str) -> Option<(IndicatorWord, &'w str)> {
    let plain: Vec<char> = header_key(key).chars().take(21).collect();
    if !(LEAST..=20).contains(&plain.len()) {
        return None;
    }
    let is_allowed = |at: &usize| {
        let wording = wordings.wordings.get(*at);
        wording.is_some_and(|wording| {
            let is_column = matches!(
                wording.word,
                IndicatorWord::Column(_)
                    | IndicatorWord::Name
                    | IndicatorWord::Content
                    | IndicatorWord::AdjustedTarget
                    | IndicatorWord::ConvertedScore
            );
            is_column && is_slip(&wording.characters, &plain)
        })
    };
    let mut found = wordings
        .one_from(&plain)
        .filter(is_allowed)
        .filter_map(|at| wordings.get(at));
    let (word, wording) = found.next()?;
    found.all(|(other, _)| other == word).then_some((word, wording))
}

/// Returns the heading label that a key of three or more characters with one slip of the pen stands for.
pub(super) fn heading<'w>(wordings: &'w Wordings<HeadingWord>, key: &str) -> Option<(HeadingWord, &'w str)> {
    let plain: Vec<char> = header_key(key).chars().take(13).collect();
    if !(LEAST..=12).contains(&plain.len()) {
        return None;
    }
    let is_allowed = |at: &usize| {
        let wording = wordings.wordings.get(*at);
        wording.is_some_and(|wording| is_slip(&wording.characters, &plain))
    };
    let mut found = wordings
        .one_from(&plain)
        .filter(is_allowed)
        .filter_map(|at| wordings.get(at));
    let (word, wording) = found.next()?;
    found.all(|(other, _)| other == word).then_some((word, wording))
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
