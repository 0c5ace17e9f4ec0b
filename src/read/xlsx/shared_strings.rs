//! The table of shared texts that cells refer to by index.

use std::collections::BTreeMap;

use super::plain_cells::plain_text_into;
use super::text::rich_text;
use crate::read::kit::cell_builder::{cut, too_long};
use crate::read::kit::encoding::bad_text_note;
use crate::read::kit::losses::Losses;
use crate::read::kit::package::{Package, PartError};
use crate::read::kit::plain_xml::PlainXml;
use crate::read::kit::symbol_text::Run;
use crate::read::kit::xml::{Node, Xml};
use crate::read::{Limits, ReadError};

/// The texts in order. The counts that the part declares are not trusted.
#[derive(Default)]
pub(super) struct SharedStrings {
    /// All texts, one behind the other.
    texts: String,
    /// Where each ends.
    ends: Vec<usize>,
    /// The runs of those texts whose runs name fonts.
    runs: BTreeMap<usize, Box<[Run]>>,
}

impl SharedStrings {
    /// Returns a text and the runs of it that name fonts.
    pub(super) fn get(&self, index: usize) -> Option<(&str, &[Run])> {
        let runs = self.runs.get(&index).map(AsRef::as_ref).unwrap_or_default();
        let end = *self.ends.get(index)?;
        let start = index.checked_sub(1).and_then(|before| self.ends.get(before));
        let text = self.texts.get(start.copied().unwrap_or_default()..end)?;
        Some((text, runs))
    }

    /// Adds what has been appended to the texts as one more of them.
    fn end_text(&mut self) {
        self.ends.push(self.texts.len());
    }
}

/// Reads the table; a workbook without one has no shared texts. What a table gave before it broke is kept.
pub(super) fn read(
    package: &mut Package,
    part: Option<&str>,
    limits: &Limits,
    losses: &mut Losses,
) -> Result<SharedStrings, PartError> {
    let mut strings = SharedStrings::default();
    let Some(part) = part else {
        return Ok(strings);
    };
    match read_into(&mut strings, package, part, limits, losses) {
        Err(PartError::Broken) if !strings.ends.is_empty() => {
            let count = strings.ends.len();
            losses.add(None, || {
                format!("共用文字部分已损坏，只读到前 {count} 条，引用其后文字的单元格没有读到")
            });
            Ok(strings)
        }
        Err(fault) => Err(fault),
        Ok(()) => Ok(strings),
    }
}

fn read_into(
    strings: &mut SharedStrings,
    package: &mut Package,
    part: &str,
    limits: &Limits,
    losses: &mut Losses,
) -> Result<(), PartError> {
    let mut xml = package.xml(part)?;
    loop {
        take_plain(strings, &mut xml, limits, losses)?;
        match xml.next()? {
            Node::Start(start) => match start.local_name().as_ref() {
                "sst" => {}
                "si" => {
                    check_count(strings, limits)?;
                    let rich = rich_text(&mut xml, limits.text_length)?;
                    if rich.was_cut {
                        losses.add(None, || too_long(limits.text_length));
                    }
                    if !rich.runs.is_empty() {
                        strings.runs.insert(strings.ends.len(), rich.runs.into_boxed_slice());
                    }
                    strings.texts.push_str(&rich.text);
                    strings.end_text();
                }
                _ => xml.skip()?,
            },
            Node::Eof => break,
            _ => {}
        }
    }
    if xml.has_bad_text() {
        losses.add(None, bad_text_note);
    }
    Ok(())
}

fn check_count(strings: &SharedStrings, limits: &Limits) -> Result<(), PartError> {
    if strings.ends.len() >= limits.cells {
        return Err(PartError::Limit(ReadError::too_many("共用文字条数", limits.cells)));
    }
    Ok(())
}

/// Takes the texts from here on that are written as most are, up to one that is not.
fn take_plain(
    strings: &mut SharedStrings,
    xml: &mut Xml,
    limits: &Limits,
    losses: &mut Losses,
) -> Result<(), PartError> {
    // A text and its characters.
    const LEVELS: usize = 2;
    let Some(rest) = xml.rest(LEVELS) else {
        return Ok(());
    };
    let mut plain = PlainXml::new(rest);
    let mut text = String::new();
    loop {
        let mut ahead = plain;
        ahead.skip_white();
        text.clear();
        if !ahead.take("<si>") || plain_text_into(&mut ahead, &mut text).is_none() || !ahead.take("</si>") {
            break;
        }
        check_count(strings, limits)?;
        if cut(&mut text, limits.text_length) {
            losses.add(None, || too_long(limits.text_length));
        }
        strings.texts.push_str(&text);
        strings.end_text();
        plain = ahead;
    }
    xml.advance(plain.rest());
    Ok(())
}
