//! The list of what could not be read, bounded so that a broken file cannot flood it.

use super::package::PartError;
use crate::grid::{CellAddress, ReadingLoss};

/// Losses that are listed one by one.
pub(in crate::read) const LISTED: usize = 100;

/// Collects losses; past the first hundred it only counts.
#[derive(Debug, Default)]
pub(in crate::read) struct Losses {
    listed: Vec<ReadingLoss>,
    unlisted: usize,
}

impl Losses {
    pub(in crate::read) fn add(&mut self, cell: Option<CellAddress>, message: impl FnOnce() -> String) {
        if self.listed.len() < LISTED {
            self.listed.push(ReadingLoss {
                cell,
                message: message(),
            });
        } else {
            self.unlisted += 1;
        }
    }

    pub(in crate::read) fn into_list(mut self) -> Vec<ReadingLoss> {
        if self.unlisted > 0 {
            let message = format!("另有 {} 处没有读到的内容未逐一列出", self.unlisted);
            self.listed.push(ReadingLoss { cell: None, message });
        }
        self.listed
    }
}

/// Returns a sheet's notes by cell, sorted. Notes that cannot be read are only listed as lost: no figure hangs on them.
pub(in crate::read) fn notes_or_loss(
    mut notes: Vec<(CellAddress, String)>,
    result: Result<(), PartError>,
    losses: &mut Losses,
) -> Result<Vec<(CellAddress, String)>, PartError> {
    match result {
        Err(PartError::Limit(error)) => return Err(PartError::Limit(error)),
        Err(_) => losses.add(None, || "批注没有读全：批注部分已损坏".to_owned()),
        Ok(()) => {}
    }
    notes.sort();
    Ok(notes)
}
