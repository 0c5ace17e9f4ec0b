//! Notes (comments) of a sheet, from the part that its relationships name.

use super::Budget;
use super::text::rich_text;
use crate::grid::CellAddress;
use crate::read::kit::losses::{Losses, notes_or_loss};
use crate::read::kit::package::{Package, PartError};
use crate::read::kit::relationships::Relationship;
use crate::read::kit::xml::{Node, attribute};

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
    let Some(part) = relationships
        .iter()
        .find(|relationship| relationship.kind == "comments")
    else {
        return Ok(());
    };
    let mut xml = package.xml(&part.target)?;
    let mut cell: Option<CellAddress> = None;
    loop {
        match xml.next()? {
            Node::Start(start) => match start.local_name().as_ref() {
                "comments" | "commentList" => {}
                "comment" => cell = attribute(&start, "ref").and_then(|place| place.parse().ok()),
                "text" => {
                    let text = rich_text(&mut xml, budget.limits.text_length)?.text;
                    let Some(cell) = cell.take() else {
                        continue;
                    };
                    if budget.take_note(text.len()) {
                        notes.push((cell, text));
                    } else {
                        losses.add(Some(cell), || "批注过多，这一条没有读".to_owned());
                    }
                }
                _ => xml.skip()?,
            },
            Node::Eof => return Ok(()),
            _ => {}
        }
    }
}
