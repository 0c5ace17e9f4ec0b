//! Numbers that Word gives paragraphs by itself: 一、（一）1. of headings and lists.

use std::collections::BTreeMap;

use super::attribute;
use crate::read::kit::package::{Package, PartError};
use crate::read::kit::xml::{Node, Xml};

/// Levels and styles kept at most.
const MOST: usize = 10_000;

/// Levels of a list.
const LEVELS: usize = 9;

/// What a paragraph says of its own number.
#[derive(Debug, Default)]
pub(super) struct ParagraphNumber {
    style: Option<String>,
    list: Option<String>,
    level: Option<usize>,
}

/// One level of a list.
#[derive(Debug, Clone, Default)]
struct Level {
    start: Option<u32>,
    format: String,
    text: String,
}

/// A style's list and level, and the style that it is based on.
#[derive(Debug, Clone, Default)]
struct Style {
    list: Option<String>,
    level: Option<usize>,
    based_on: Option<String>,
}

/// The lists of a document and how far they have been counted.
#[derive(Debug, Default)]
pub(super) struct Numbering {
    /// By definition and level.
    levels: BTreeMap<(String, usize), Level>,
    /// The definition of each list.
    definitions: BTreeMap<String, String>,
    styles: BTreeMap<String, Style>,
    counted: BTreeMap<String, [u32; LEVELS]>,
}

impl Numbering {
    /// Reads the lists and styles that lie beside the main part. What is damaged there costs the numbers alone.
    pub(super) fn of(package: &mut Package, main: &str) -> Self {
        let folder = main.rsplit_once('/').map_or("", |(folder, _)| folder);
        let part = |name: &str| format!("{folder}/{name}");
        let mut numbering = Self::default();
        let lists = part("numbering.xml");
        if !package.contains(&lists) {
            return numbering;
        }
        let has_lists = package
            .xml(&lists)
            .is_ok_and(|mut xml| numbering.read_lists(&mut xml).is_ok());
        if !has_lists {
            return Self::default();
        }
        let styles = part("styles.xml");
        if package.contains(&styles)
            && let Ok(mut xml) = package.xml(&styles)
            && numbering.read_styles(&mut xml).is_err()
        {
            numbering.styles.clear();
        }
        numbering
    }

    fn read_lists(&mut self, xml: &mut Xml) -> Result<(), PartError> {
        let mut definition: Option<String> = None;
        let mut list: Option<String> = None;
        let mut level = 0;
        loop {
            let start = match xml.next()? {
                Node::Start(start) => start,
                Node::Eof => return Ok(()),
                _ => continue,
            };
            let value = || attribute(&start, "val");
            match start.local_name().as_ref() {
                "abstractNum" => (definition, list) = (attribute(&start, "abstractNumId"), None),
                "num" => (definition, list) = (None, attribute(&start, "numId")),
                "lvl" => level = level_of(attribute(&start, "ilvl")).unwrap_or(LEVELS),
                "abstractNumId" => {
                    if let (Some(list), Some(value)) = (&list, value()) {
                        self.definitions.insert(list.clone(), value);
                    }
                }
                name @ ("start" | "numFmt" | "lvlText") => {
                    let (Some(definition), Some(value)) = (&definition, value()) else {
                        continue;
                    };
                    if level >= LEVELS || self.levels.len() >= MOST {
                        continue;
                    }
                    let known = self.levels.entry((definition.clone(), level)).or_default();
                    match name {
                        "start" => known.start = value.trim().parse().ok(),
                        "numFmt" => known.format = value,
                        _ => known.text = value.chars().take(40).collect(),
                    }
                }
                _ => {}
            }
        }
    }

    fn read_styles(&mut self, xml: &mut Xml) -> Result<(), PartError> {
        let mut current: Option<String> = None;
        loop {
            let start = match xml.next()? {
                Node::Start(start) => start,
                Node::Eof => return Ok(()),
                _ => continue,
            };
            let value = || attribute(&start, "val");
            let name = start.local_name();
            if name.as_ref() == "style" {
                current = attribute(&start, "styleId").filter(|_| self.styles.len() < MOST);
                continue;
            }
            let Some(id) = &current else { continue };
            if !matches!(name.as_ref(), "numId" | "ilvl" | "basedOn") {
                continue;
            }
            let style = self.styles.entry(id.clone()).or_default();
            match name.as_ref() {
                "numId" => style.list = value(),
                "ilvl" => style.level = level_of(value()),
                _ => style.based_on = value(),
            }
        }
    }

    /// Counts a paragraph and returns its number as Word shows it; `None` where it has none, or one that is not known
    /// how to write.
    pub(super) fn next(&mut self, own: &ParagraphNumber) -> Option<String> {
        let (list, level) = self.list_of(own)?;
        let definition = self.definitions.get(&list)?.clone();
        let first = |numbering: &Self, level: usize| {
            let known = numbering.levels.get(&(definition.clone(), level));
            known.and_then(|level| level.start).unwrap_or(1)
        };
        let before = first(self, level).saturating_sub(1);
        let counted = self.counted.entry(definition.clone()).or_insert([0; LEVELS]);
        let (upper, deeper) = counted.split_at_mut(level + 1);
        let current = upper.last_mut()?;
        *current = (*current).max(before).saturating_add(1);
        deeper.fill(0);
        let counted = *counted;
        let shown = self.levels.get(&(definition.clone(), level))?;
        let mut text = String::new();
        let mut rest = shown.text.as_str();
        while let Some((head, tail)) = rest.split_once('%') {
            text.push_str(head);
            let digit = tail
                .chars()
                .next()
                .and_then(|c| c.to_digit(10))
                .filter(|digit| *digit > 0);
            let Some(digit) = digit else {
                text.push('%');
                rest = tail;
                continue;
            };
            let index = usize::try_from(digit).ok()?.checked_sub(1)?;
            let of = self.levels.get(&(definition.clone(), index))?;
            let number = counted.get(index).copied().filter(|number| *number > 0);
            text.push_str(&written(number.unwrap_or_else(|| first(self, index)), &of.format)?);
            rest = tail.get(1..).unwrap_or_default();
        }
        text.push_str(rest);
        let is_number = !matches!(shown.format.as_str(), "bullet" | "none") && !text.trim().is_empty();
        is_number.then_some(text)
    }

    /// Returns the list and level of a paragraph: its own, else those of its style or of what that is based on.
    fn list_of(&self, own: &ParagraphNumber) -> Option<(String, usize)> {
        const DEEPEST: usize = 10;
        let mut level = own.level;
        if let Some(list) = &own.list {
            return (list != "0").then(|| (list.clone(), level.unwrap_or(0)));
        }
        let mut style = own.style.as_ref().and_then(|id| self.styles.get(id));
        for _ in 0..DEEPEST {
            let known = style?;
            level = level.or(known.level);
            if let Some(list) = &known.list {
                return (list != "0").then(|| (list.clone(), level.unwrap_or(0)));
            }
            style = known.based_on.as_ref().and_then(|id| self.styles.get(id));
        }
        None
    }
}

impl ParagraphNumber {
    /// Reads the `<w:pPr>` that has just begun.
    pub(super) fn read(xml: &mut Xml) -> Result<Self, PartError> {
        let inside = xml.depth();
        let mut own = Self::default();
        loop {
            let depth = xml.depth();
            match xml.next()? {
                Node::Start(start) => {
                    let value = attribute(&start, "val");
                    match start.local_name().as_ref() {
                        "pStyle" => own.style = value,
                        "numId" => own.list = value,
                        "ilvl" => own.level = level_of(value),
                        "numPr" => continue,
                        _ => {}
                    }
                    xml.skip()?;
                }
                Node::End(_) if depth == inside => return Ok(own),
                Node::Eof => return Err(PartError::Broken),
                _ => {}
            }
        }
    }
}

fn level_of(value: Option<String>) -> Option<usize> {
    value?.trim().parse().ok().filter(|level| *level < LEVELS)
}

/// Returns a number in a list's format.
fn written(number: u32, format: &str) -> Option<String> {
    match format {
        "decimal" | "decimalHalfWidth" | "decimalFullWidth" => Some(number.to_string()),
        "chineseCounting"
        | "chineseCountingThousand"
        | "japaneseCounting"
        | "taiwaneseCounting"
        | "taiwaneseCountingThousand"
        | "ideographDigital"
        | "koreanCounting" => chinese(number),
        "decimalEnclosedCircle" | "decimalEnclosedCircleChinese" => {
            let offset = number.checked_sub(1).filter(|offset| *offset < 20)?;
            char::from_u32(u32::from('①') + offset).map(String::from)
        }
        _ => None,
    }
}

/// 1 to 99 in Chinese.
fn chinese(number: u32) -> Option<String> {
    const DIGITS: [char; 10] = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
    let digit = |value: u32| DIGITS.get(usize::try_from(value).ok()?).copied();
    let (tens, ones) = (number / 10, number % 10);
    let mut text = String::new();
    match tens {
        0 => {}
        1 => text.push('十'),
        _ => {
            text.push(digit(tens)?);
            text.push('十');
        }
    }
    if ones > 0 || tens == 0 {
        text.push(digit(ones)?);
    }
    Some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_word_shows_them() {
        let shown: Vec<_> = [1, 10, 11, 20, 23, 99].into_iter().filter_map(chinese).collect();
        assert_eq!(shown, ["一", "十", "十一", "二十", "二十三", "九十九"]);
        assert_eq!(chinese(100), None);
        assert_eq!(written(3, "decimalEnclosedCircle").as_deref(), Some("③"));
        assert_eq!(written(3, "decimal").as_deref(), Some("3"));
        assert_eq!(written(3, "upperRoman"), None);
    }
}
