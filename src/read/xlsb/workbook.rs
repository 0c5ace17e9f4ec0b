//! The workbook part: the tabs in order, and what formulas name.

use std::collections::BTreeMap;

use super::records::{Records, kind};
use super::text::{nullable, wide};
use crate::grid::Visibility;
use crate::read::detect::main_part;
use crate::read::formula_tokens::{Names, sheet_prefix};
use crate::read::kit::cursor::Cursor;
use crate::read::kit::losses::Losses;
use crate::read::kit::package::{Package, PartError};
use crate::read::kit::relationships::{Relationship, first_target, other_kind, relationships_of};
use crate::read::kit::tabs::Tab;
use crate::read::number_format::Epoch;
use crate::read::{Limits, ReadError};

/// Names beyond this are none that a table needs.
const MOST_NAMES: usize = 65_536;

/// More bytes than the name of a sheet has.
const LONGEST_NAME: usize = 500;

/// What the workbook part says.
#[derive(Default)]
pub(super) struct WorkbookParts {
    /// Each with its part; `None` when the workbook has no relationship for it.
    pub tabs: Vec<Tab<Option<String>>>,
    pub epoch: Epoch,
    pub shared_strings: Option<String>,
    pub styles: Option<String>,
    pub names: Names,
}

/// Reads the workbook part and its relationships. When the part breaks off, the sheets before that are kept.
pub(super) fn read_parts(
    package: &mut Package,
    limits: &Limits,
    losses: &mut Losses,
) -> Result<WorkbookParts, PartError> {
    let main = main_part(package)?;
    let relationships = relationships_of(package, &main)?;
    let first_of = |kind: &str| first_target(&relationships, kind);
    let mut plan = WorkbookParts {
        shared_strings: first_of("sharedStrings"),
        styles: first_of("styles"),
        ..WorkbookParts::default()
    };
    match read_records(&mut plan, package, &main, &relationships, limits, losses) {
        Err(PartError::Broken) if !plan.tabs.is_empty() => {
            losses.add(None, || "工作簿目录不完整，可能有工作表没有读到".to_owned());
        }
        other => other?,
    }
    Ok(plan)
}

fn read_records(
    plan: &mut WorkbookParts,
    package: &mut Package,
    main: &str,
    relationships: &[Relationship],
    limits: &Limits,
    losses: &mut Losses,
) -> Result<(), PartError> {
    let by_id: BTreeMap<&str, &Relationship> = relationships
        .iter()
        .map(|relationship| (relationship.id.as_str(), relationship))
        .collect();
    // Which of the workbooks that formulas name is this one.
    let mut books: Vec<bool> = Vec::new();
    let mut references: Vec<(u32, i32, i32)> = Vec::new();
    let mut has_ended = false;
    // Formulas count sheets; with one missing they would name the wrong ones.
    let mut has_all_sheets = true;
    let mut records = Records::new(package.part(main)?);
    while let Some((kind, data)) = records.next()? {
        let mut cursor = Cursor::new(data);
        match kind {
            kind::WORKBOOK_PROPERTIES if cursor.u32().is_some_and(|flags| flags & 1 != 0) => {
                plan.epoch = Epoch::Year1904;
            }
            kind::SHEET => {
                if plan.tabs.len() >= limits.sheets {
                    return Err(PartError::Limit(ReadError::too_many("工作表数", limits.sheets)));
                }
                match sheet(&mut cursor, &by_id) {
                    Some(sheet) => plan.tabs.push(sheet),
                    None => {
                        has_all_sheets = false;
                        losses.add(None, || "工作簿目录里有一张工作表的记录已损坏，没有读到".to_owned());
                    }
                }
            }
            kind::END_BOOK => {
                has_ended = true;
                break;
            }
            kind::BOOK_SELF | kind::BOOK_SAME | kind::BOOK_OUTSIDE | kind::BOOK_ADDIN if books.len() < MOST_NAMES => {
                books.push(kind == kind::BOOK_SELF || kind == kind::BOOK_SAME);
            }
            kind::REFERENCES => {
                cursor.skip(4);
                while let (Some(book), Some(first), Some(last)) = (cursor.u32(), cursor.i32(), cursor.i32()) {
                    if references.len() < MOST_NAMES {
                        references.push((book, first, last));
                    }
                }
            }
            kind::NAME if plan.names.defined.len() < MOST_NAMES => {
                let name = cursor.skip(9).and_then(|()| wide(&mut cursor));
                plan.names.defined.push(name.unwrap_or_else(|| "#NAME?".to_owned()));
            }
            _ => {}
        }
    }
    plan.names.sheets = references
        .iter()
        .map(|(book, first, last)| {
            let is_this_one = usize::try_from(*book).ok().and_then(|book| books.get(book)).copied();
            (is_this_one == Some(true) && has_all_sheets).then(|| prefix(&plan.tabs, *first, *last))?
        })
        .collect();
    // A part may be cut off where a record ends.
    if has_ended { Ok(()) } else { Err(PartError::Broken) }
}

fn sheet(cursor: &mut Cursor, by_id: &BTreeMap<&str, &Relationship>) -> Option<Tab<Option<String>>> {
    let visibility = match cursor.u32()? & 0x03 {
        0 => Visibility::Visible,
        1 => Visibility::Hidden,
        _ => Visibility::VeryHidden,
    };
    cursor.skip(4)?;
    let id = nullable(cursor)?;
    let name = wide(cursor)?;
    let target = id.and_then(|id| by_id.get(id.as_str()).copied());
    Some(Tab {
        name,
        visibility,
        other_kind: target.and_then(|target| other_kind(&target.kind)),
        place: target.map(|target| target.target.clone()),
    })
}

/// `表1`, or `表1:表3`.
fn prefix(tabs: &[Tab<Option<String>>], first: i32, last: i32) -> Option<String> {
    let name = |index: i32| Some(tabs.get(usize::try_from(index).ok()?)?.name.as_str());
    let first_name = name(first)?;
    // One name serves many references; a hostile file must not multiply it.
    if first_name.len() > LONGEST_NAME || name(last)?.len() > LONGEST_NAME {
        return None;
    }
    if first == last {
        return Some(sheet_prefix(first_name));
    }
    Some(sheet_prefix(&format!("{first_name}:{}", name(last)?)))
}
