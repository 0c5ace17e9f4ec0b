//! The table of shared texts that cells refer to by index.

use std::collections::BTreeMap;

use super::text::rich_text;
use crate::read::kit::cell_builder::too_long;
use crate::read::kit::encoding::bad_text_note;
use crate::read::kit::losses::Losses;
use crate::read::kit::package::{Package, PartError};
use crate::read::kit::symbol_text::Run;
use crate::read::kit::xml::Node;
use crate::read::{Limits, ReadError};

/// The texts in order. The counts that the part declares are not trusted.
#[derive(Default)]
pub(super) struct SharedStrings {
    texts: Vec<Box<str>>,
    /// The runs of those texts whose runs name fonts.
    runs: BTreeMap<usize, Box<[Run]>>,
}

impl SharedStrings {
    /// Returns a text and the runs of it that name fonts.
    pub(super) fn get(&self, index: usize) -> Option<(&str, &[Run])> {
        let runs = self.runs.get(&index).map(AsRef::as_ref).unwrap_or_default();
        self.texts.get(index).map(|text| (text.as_ref(), runs))
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
        Err(PartError::Broken) if !strings.texts.is_empty() => {
            let count = strings.texts.len();
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
        match xml.next()? {
            Node::Start(start) => match start.local_name().as_ref() {
                "sst" => {}
                "si" => {
                    if strings.texts.len() >= limits.cells {
                        return Err(PartError::Limit(ReadError::too_many("共用文字条数", limits.cells)));
                    }
                    let rich = rich_text(&mut xml, limits.text_length)?;
                    if rich.was_cut {
                        losses.add(None, || too_long(limits.text_length));
                    }
                    if !rich.runs.is_empty() {
                        strings.runs.insert(strings.texts.len(), rich.runs.into_boxed_slice());
                    }
                    strings.texts.push(rich.text.into_boxed_str());
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
