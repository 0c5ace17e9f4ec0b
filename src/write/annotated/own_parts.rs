//! The parts that a run added to the package, remembered in hidden names, so that a later one takes away these and no
//! part of the unit, though it be empty.

use std::collections::BTreeMap;

use super::content_types::{self, is_drawing};
use super::fault::Fault;
use super::parts::Parts;
use super::relations::Relations;

/// Stands between two parts in a text; no part's name has it.
const DIVIDER: char = '|';

/// What was added with a part.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Added {
    /// The relationship that leads to it; a file may have had it without the part.
    pub relationship: bool,
    /// The declaration of its type.
    pub declaration: bool,
}

/// Parts that a run added.
#[derive(Debug, Clone, Default)]
pub struct OwnParts {
    parts: BTreeMap<String, Added>,
    /// Whether nothing is known of the parts, because the earlier run was of an older version.
    is_unknown: bool,
    /// Whether an earlier run declared the ending of drawings and nobody has taken note of that since.
    declared_drawings: bool,
}

impl OwnParts {
    /// Returns no parts yet, for a run after the one that left these. A declaration that other parts have need of stays
    /// when its part is gone, and is still ours.
    pub fn after(earlier: &Self) -> Self {
        Self {
            declared_drawings: earlier
                .parts
                .iter()
                .any(|(part, added)| added.declaration && is_drawing(part)),
            ..Self::default()
        }
    }

    /// Returns those that an earlier run noted; `None` when it noted none, as older versions did.
    pub fn recalled<'a>(texts: Option<impl Iterator<Item = &'a str>>) -> Self {
        let Some(texts) = texts else {
            return Self {
                is_unknown: true,
                ..Self::default()
            };
        };
        let all: String = texts.collect();
        let entry = |entry: &str| {
            let (signs, part) = entry.split_once(':')?;
            let added = Added {
                relationship: signs.contains('r'),
                declaration: signs.contains('t'),
            };
            Some((part.to_owned(), added))
        };
        Self {
            parts: all.split(DIVIDER).filter_map(entry).collect(),
            ..Self::default()
        }
    }

    /// Takes note of a part.
    pub fn note(&mut self, part: &str, mut added: Added) {
        if is_drawing(part) {
            added.declaration |= std::mem::take(&mut self.declared_drawings);
        }
        self.parts.insert(part.to_owned(), added);
    }

    /// Returns the text to be kept.
    pub fn text(&self) -> String {
        let entry = |(part, added): (&String, &Added)| {
            let relationship = if added.relationship { "r" } else { "" };
            let declaration = if added.declaration { "t" } else { "" };
            format!("{relationship}{declaration}:{part}")
        };
        let entries: Vec<String> = self.parts.iter().map(entry).collect();
        entries.join(&DIVIDER.to_string())
    }

    /// Takes a part that holds nothing any more out of the package, if a run put it there; whether it did.
    pub fn drop(&self, parts: &mut Parts, relations: &mut Relations, part: &str) -> Result<bool, Fault> {
        let unknown = Added {
            relationship: true,
            declaration: true,
        };
        let Some(added) = self.parts.get(part).copied().or(self.is_unknown.then_some(unknown)) else {
            return Ok(false);
        };
        if added.relationship {
            relations.remove_target(parts, part)?;
        }
        parts.drop_part(part);
        if added.declaration {
            content_types::withdraw(parts, part)?;
        }
        Ok(true)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_added_is_remembered() {
        let mut own = OwnParts::default();
        own.note(
            "xl/comments1.xml",
            Added {
                relationship: false,
                declaration: true,
            },
        );
        own.note(
            "xl/a.vml",
            Added {
                relationship: true,
                declaration: true,
            },
        );
        let text = own.text();
        let (first, second) = text.split_at(7);
        let recalled = OwnParts::recalled(Some([first, second].into_iter()));
        assert_eq!(recalled.parts, own.parts);
        assert_eq!(OwnParts::recalled(Some(std::iter::empty())).text(), "");
    }
}
