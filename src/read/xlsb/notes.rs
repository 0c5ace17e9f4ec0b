//! Notes (comments) of a sheet, from the part that its relationships name.

use super::formulas::range_start;
use super::records::{Records, kind};
use super::text::rich;
use crate::grid::CellAddress;
use crate::read::kit::budget::Budget;
use crate::read::kit::cell_builder::{cut, unread_controls};
use crate::read::kit::cursor::Cursor;
use crate::read::kit::losses::{Losses, notes_or_loss};
use crate::read::kit::package::{Package, PartError};
use crate::read::kit::relationships::{Relationship, relationships_of};

/// Returns a sheet's relationships. No figure hangs on what they lead to, so a broken list is only said.
pub(super) fn relationships(
    package: &mut Package,
    sheet_part: &str,
    losses: &mut Losses,
) -> Result<Vec<Relationship>, PartError> {
    match relationships_of(package, sheet_part) {
        Err(PartError::Limit(error)) => Err(PartError::Limit(error)),
        Err(_) => {
            losses.add(None, || "批注没有读全：批注部分已损坏".to_owned());
            Ok(Vec::new())
        }
        Ok(relationships) => Ok(relationships),
    }
}

/// Returns the notes by cell, sorted. Notes that cannot be read are only listed as lost: no figure hangs on them.
pub(super) fn read(
    package: &mut Package,
    relationships: &[Relationship],
    budget: &mut Budget,
    losses: &mut Losses,
) -> Result<Vec<(CellAddress, String)>, PartError> {
    let mut notes = Vec::new();
    let result = read_into(&mut notes, package, relationships, budget, losses);
    notes_or_loss(notes, result, losses)
}

fn read_into(
    notes: &mut Vec<(CellAddress, String)>,
    package: &mut Package,
    relationships: &[Relationship],
    budget: &mut Budget,
    losses: &mut Losses,
) -> Result<(), PartError> {
    let boxes = relationships
        .iter()
        .filter(|relationship| relationship.kind == "ctrlProp")
        .count();
    if boxes > 0 {
        losses.add(None, || unread_controls(boxes));
    }
    let Some(part) = relationships
        .iter()
        .find(|relationship| relationship.kind == "comments")
    else {
        return Ok(());
    };
    let mut records = Records::new(package.part(&part.target)?);
    let mut cell = None;
    while let Some((kind, data)) = records.next()? {
        let mut cursor = Cursor::new(data);
        match kind {
            kind::BEGIN_COMMENT => cell = cursor.skip(4).and_then(|()| range_start(&mut cursor)),
            kind::COMMENT_TEXT => {
                let (Some(cell), Some((mut text, _))) = (cell.take(), rich(&mut cursor, &[])) else {
                    continue;
                };
                cut(&mut text, budget.limits.text_length);
                if budget.take_note(text.len()) {
                    notes.push((cell, text));
                } else {
                    losses.add(Some(cell), || "批注过多，这一条没有读".to_owned());
                }
            }
            _ => {}
        }
    }
    Ok(())
}
