//! What a marked cell looked like before, remembered so that any program which saves the file keeps it.
//!
//! A mark is a solid fill whose colour lies in a small block kept for its level; the place within the block is a
//! number, and the number stands for the fill that was there before. The cell carries its number with it when rows are
//! inserted or sorted. The usual numbers are fixed; further ones are explained by hidden names with a constant text,
//! which Excel, WPS and LibreOffice save. Should a program drop the names, the mark is still known by its colour and
//! the cell becomes unfilled.

use std::collections::BTreeMap;

use crate::model::Severity;

/// Numbers that a colour can carry.
const NUMBERS: usize = 512;
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
}

impl Memory {
    /// Returns the usual numbers only.
    pub fn new() -> Self {
        let mut memory = Self {
            by_number: BTreeMap::new(),
            numbers: BTreeMap::new(),
        };
        for (stood, _) in Stood::ALL {
            for apply in ["-", "0", "1"] {
                memory.learn(
                    memory.by_number.len(),
                    Before {
                        stood,
                        apply: apply.to_owned(),
                        twin: 0,
                        fill: NO_FILL.to_owned(),
                    },
                );
            }
        }
        memory
    }

    /// With what the hidden names of an earlier run say, each a number and its text.
    pub fn recalled<'a>(texts: impl Iterator<Item = (usize, &'a str)>) -> Self {
        let mut memory = Self::new();
        for (number, text) in texts {
            let mut pieces = text.splitn(4, '|');
            let stood = pieces.next();
            let stood = Stood::ALL.iter().find(|(_, sign)| Some(*sign) == stood);
            if let (Some((stood, _)), Some(apply), Some(twin), Some(fill)) =
                (stood, pieces.next(), pieces.next(), pieces.next())
                && number < NUMBERS
                && is_apply(apply)
                && fill.starts_with("<fill>")
                && !memory.by_number.contains_key(&number)
                && super::tree::canonical(fill).is_ok_and(|canonical| canonical == fill)
            {
                memory.learn(
                    number,
                    Before {
                        stood: *stood,
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
            return Some(*number);
        }
        let number = self.by_number.len();
        if number >= NUMBERS || text_of(before).chars().count() > MAX_TEXT {
            return None;
        }
        self.learn(number, before.clone());
        Some(number)
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
        let usual = Self::new().by_number.len();
        self.by_number
            .range(usual..)
            .map(|(number, before)| (*number, text_of(before)))
    }
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
    let sign = Stood::ALL
        .iter()
        .find(|(it, _)| it == stood)
        .map_or("1", |(_, sign)| sign);
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
        let mut memory = Memory::new();
        let before = Before {
            stood: Stood::Formatted,
            apply: "1".to_owned(),
            twin: 1,
            fill: fill("FFEEEEEE"),
        };
        let number = memory.number_for(&before).unwrap();
        let texts: Vec<(usize, String)> = memory.texts().collect();
        assert_eq!(texts.len(), 1);
        let recalled = Memory::recalled(texts.iter().map(|(number, text)| (*number, text.as_str())));
        assert_eq!(recalled.before(number), before);
        assert_eq!(recalled.before(400).fill, NO_FILL);
    }
}
