//! What a marked cell looked like before, remembered so that any program which saves the file keeps it.
//!
//! A mark is a solid fill whose colour lies in a small block kept for its level; the place within the block is a
//! number, and the number stands for the fill that was there before. The cell carries its number with it when rows are
//! inserted or sorted. The usual numbers are fixed; further ones are explained by hidden names with a constant text,
//! which Excel, WPS and LibreOffice save. A further name says which numbers were used, and none is used whose colour the
//! unit uses itself: so a fill is known as ours by what we wrote, never by its colour alone.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::Severity;

/// Numbers that a colour can carry.
const NUMBERS: usize = 512;
/// Numbers with one meaning for good: the four ways to stand, with three ways of `applyFill` each, without a fill.
const USUAL: usize = 12;
/// Characters of a text that Excel holds in a name.
const MAX_TEXT: usize = 255;
/// The fill of a cell without one.
pub const NO_FILL: &str = "<fill><patternFill patternType='none'/></fill>";

/// How a cell stood in the file before it was marked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stood {
    /// With a format of its own.
    Formatted,
    /// Without a word on its format.
    Bare,
    /// Not at all; an empty cell may be left out.
    Nowhere,
    /// Nor did its row.
    Rowless,
}

impl Stood {
    const ALL: [(Self, &'static str); 4] = [
        (Self::Formatted, "1"),
        (Self::Bare, "b"),
        (Self::Nowhere, "0"),
        (Self::Rowless, "r"),
    ];

    /// Returns its sign in a text.
    pub fn sign(self) -> &'static str {
        let sign = Self::ALL.iter().find(|(it, _)| *it == self);
        sign.map_or("1", |(_, sign)| sign)
    }

    /// Returns what a sign stands for.
    pub fn of_sign(sign: &str) -> Option<Self> {
        let stood = Self::ALL.iter().find(|(_, it)| *it == sign)?;
        Some(stood.0)
    }

    /// Returns whether the cell was put in for its mark.
    pub const fn was_added(self) -> bool {
        matches!(self, Self::Nowhere | Self::Rowless)
    }
}

/// What was there before a mark.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Before {
    /// How the cell stood in the file.
    pub stood: Stood,
    /// `applyFill` as written, `-` where it was left out.
    pub apply: String,
    /// Which of several equal formats it had; some programs write a format more than once.
    pub twin: usize,
    /// The fill in its one way of writing.
    pub fill: String,
}

/// The numbers and what they stand for.
#[derive(Debug, Clone)]
pub struct Memory {
    by_number: BTreeMap<usize, Before>,
    numbers: BTreeMap<Before, usize>,
    /// Numbers whose colours the unit uses itself.
    taken: BTreeSet<usize>,
    /// Numbers that cells carry.
    used: BTreeSet<usize>,
}

impl Memory {
    /// Returns the usual numbers only, without those whose colours the unit uses itself.
    pub fn avoiding(taken: BTreeSet<usize>) -> Self {
        let mut memory = Self {
            by_number: BTreeMap::new(),
            numbers: BTreeMap::new(),
            taken,
            used: BTreeSet::new(),
        };
        let usual = Stood::ALL
            .into_iter()
            .flat_map(|(stood, _)| ["-", "0", "1"].map(|apply| (stood, apply)));
        for (number, (stood, apply)) in usual.enumerate().take(USUAL) {
            let before = Before {
                stood,
                apply: apply.to_owned(),
                twin: 0,
                fill: NO_FILL.to_owned(),
            };
            if !memory.taken.contains(&number) {
                memory.learn(number, before);
            }
        }
        memory
    }

    /// With what the hidden names of an earlier run say: each a number and its text, and which numbers cells carry. A
    /// run of an older version did not say which; it used the usual ones and those with a text.
    pub fn recalled<'a>(texts: impl Iterator<Item = (usize, &'a str)>, used: Option<&str>) -> Self {
        let mut memory = Self::avoiding(BTreeSet::new());
        memory.used = match used {
            Some(bits) => numbers_of(bits),
            None => (0..USUAL).collect(),
        };
        for (number, text) in texts {
            let mut pieces = text.splitn(4, '|');
            let stood = pieces.next().and_then(Stood::of_sign);
            if let (Some(stood), Some(apply), Some(twin), Some(fill)) =
                (stood, pieces.next(), pieces.next(), pieces.next())
                && number < NUMBERS
                && is_apply(apply)
                && fill.starts_with("<fill")
                && !memory.by_number.contains_key(&number)
                && super::tree::canonical(fill).is_ok_and(|canonical| canonical == fill)
            {
                if used.is_none() {
                    memory.used.insert(number);
                }
                memory.learn(
                    number,
                    Before {
                        stood,
                        apply: apply.to_owned(),
                        twin: twin.parse().unwrap_or(0),
                        fill: fill.to_owned(),
                    },
                );
            }
        }
        memory
    }

    fn learn(&mut self, number: usize, before: Before) {
        self.numbers.entry(before.clone()).or_insert(number);
        self.by_number.insert(number, before);
    }

    /// Returns the number that stands for this; `None` when it cannot be remembered.
    pub fn number_for(&mut self, before: &Before) -> Option<usize> {
        if let Some(number) = self.numbers.get(before) {
            self.used.insert(*number);
            return Some(*number);
        }
        let is_free = |number: &usize| !self.by_number.contains_key(number) && !self.taken.contains(number);
        let number = (USUAL..NUMBERS).find(is_free)?;
        if text_of(before).chars().count() > MAX_TEXT {
            return None;
        }
        self.learn(number, before.clone());
        self.used.insert(number);
        Some(number)
    }

    /// Returns whether cells with the colours of this number were marked by the run that is remembered.
    pub fn marks(&self, number: usize) -> bool {
        self.used.contains(&number)
    }

    /// Returns which numbers cells carry, as text.
    pub fn used(&self) -> String {
        let digit = |digit: usize| {
            let bits = (0..4).filter(|bit| self.used.contains(&(digit * 4 + bit)));
            char::from_digit(bits.fold(0, |value, bit| value | 1 << bit), 16).unwrap_or('0')
        };
        let digits: String = (0..NUMBERS / 4).map(digit).collect();
        digits.trim_end_matches('0').to_owned()
    }

    /// Returns what was there before a mark with this number. A forgotten number stands for a cell without a fill.
    pub fn before(&self, number: usize) -> Before {
        let forgotten = || Before {
            stood: Stood::Formatted,
            apply: "-".to_owned(),
            twin: 0,
            fill: NO_FILL.to_owned(),
        };
        self.by_number.get(&number).cloned().unwrap_or_else(forgotten)
    }

    /// Returns what must be kept in hidden names: numbers with their texts.
    pub fn texts(&self) -> impl Iterator<Item = (usize, String)> {
        self.by_number
            .range(USUAL..)
            .map(|(number, before)| (*number, text_of(before)))
    }
}

fn numbers_of(bits: &str) -> BTreeSet<usize> {
    let digits = bits.chars().enumerate();
    digits
        .filter_map(|(place, digit)| Some((place, digit.to_digit(16)?)))
        .flat_map(|(place, value)| {
            (0..4)
                .filter(move |bit| value >> bit & 1 == 1)
                .map(move |bit| place * 4 + bit)
        })
        .collect()
}

/// Returns whether a word may stand for `applyFill`.
pub fn is_apply(word: &str) -> bool {
    matches!(word, "-" | "0" | "1" | "true" | "false")
}

fn text_of(before: &Before) -> String {
    let Before {
        stood,
        apply,
        twin,
        fill,
    } = before;
    let sign = stood.sign();
    format!("{sign}|{apply}|{twin}|{fill}")
}

/// Returns the block of a level: its first colour. The three low bits of each channel are the number.
const fn first_color(severity: Severity) -> u32 {
    match severity {
        Severity::Error => 0x00F8_A8B0,
        Severity::Warning => 0x00F8_D070,
        Severity::Info => 0x00C8_D8E8,
    }
}

/// Returns the colour of a mark, as a style writes it.
pub fn color(severity: Severity, number: usize) -> String {
    let number = u32::try_from(number).unwrap_or_default() & 0x1FF;
    let bits = ((number >> 6 & 7) << 16) | ((number >> 3 & 7) << 8) | (number & 7);
    format!("FF{:06X}", first_color(severity) | bits)
}

/// Returns the number of a mark, by its fill in the one way of writing; `None` when it is no mark.
pub fn number_of(fill: &str) -> Option<usize> {
    let solid = fill.contains("patternType='solid'");
    let rgb = fill.split_once("<fgColor rgb='")?.1.split('\'').next()?;
    let rgb = rgb.get(rgb.len().checked_sub(6)?..)?;
    let value = u32::from_str_radix(rgb, 16).ok().filter(|_| solid)?;
    let levels = [Severity::Error, Severity::Warning, Severity::Info];
    let is_mark = levels.iter().any(|level| first_color(*level) == value & 0x00F8_F8F8);
    let number = ((value >> 16 & 7) << 6) | ((value >> 8 & 7) << 3) | (value & 7);
    usize::try_from(number).ok().filter(|_| is_mark)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn fill(color: &str) -> String {
        format!(
            "<fill><patternFill patternType='solid'><fgColor rgb='{color}'/><bgColor indexed='64'/></patternFill></fill>"
        )
    }

    #[test]
    fn a_number_is_read_back_from_the_colour() {
        for severity in [Severity::Error, Severity::Warning, Severity::Info] {
            for number in [0, 1, 7, 8, 63, 64, 511] {
                assert_eq!(number_of(&fill(&color(severity, number))), Some(number));
            }
        }
        assert_eq!(number_of(&fill("FFFFC7CE")), None);
        assert_eq!(number_of(&fill("FFFFFF00")), None);
        assert_eq!(number_of(NO_FILL), None);
    }

    #[test]
    fn unusual_fills_are_recalled_from_their_texts() {
        let mut memory = Memory::avoiding(BTreeSet::from([12, 13]));
        let before = Before {
            stood: Stood::Formatted,
            apply: "1".to_owned(),
            twin: 1,
            fill: fill("FFEEEEEE"),
        };
        let number = memory.number_for(&before).unwrap();
        let texts: Vec<(usize, String)> = memory.texts().collect();
        assert_eq!(texts.len(), 1);
        assert_eq!(number, 14);
        let named = texts.iter().map(|(number, text)| (*number, text.as_str()));
        let recalled = Memory::recalled(named, Some(&memory.used()));
        assert_eq!(recalled.before(number), before);
        let marks: Vec<usize> = (0..NUMBERS).filter(|number| recalled.marks(*number)).collect();
        assert_eq!(marks, [14]);
        assert_eq!(recalled.before(400).fill, NO_FILL);
    }
}
