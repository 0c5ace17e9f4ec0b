//! One sheet of both readers side by side.

use std::collections::{BTreeMap, BTreeSet};

use super::value::{Comparison, Terms, Theirs, described};
use crate::grid::{CellAddress, CellDifference, CellRange, CellValue, Confirmation, Sheet};
use crate::read::kit::losses;

/// Differences that are listed one by one.
const LISTED: usize = 100;

/// What both readers' sheets amount to, and what is said of what was not compared.
#[derive(Debug, Default)]
pub(super) struct Account {
    confirmation: Confirmation,
    unlisted: usize,
    /// Cells whose content the second reader is known not to give.
    left_out: usize,
    /// Cells and sheets that the first reading lists as lost.
    lost: usize,
    reasons: Vec<String>,
}

impl Account {
    /// Says why something is not compared; each reason once.
    pub(super) fn say(&mut self, reason: impl Into<String>) {
        let reason = reason.into();
        if !self.reasons.contains(&reason) {
            self.reasons.push(reason);
        }
    }

    /// Leaves a sheet out because of what the first reader lost.
    pub(super) fn leave_sheet(&mut self) {
        self.lost += 1;
    }

    fn differ(&mut self, sheet: &Sheet, cell: CellAddress, ours: String, theirs: String) {
        if self.confirmation.differing.len() >= LISTED {
            self.unlisted += 1;
            return;
        }
        self.confirmation.differing.push(CellDifference {
            sheet: sheet.name.clone(),
            cell,
            ours,
            theirs,
        });
    }

    /// Compares merged regions; the second reader's may come in any order, overlap and be of a single cell.
    pub(super) fn merges(&mut self, sheet: &Sheet, theirs: impl Iterator<Item = CellRange>) {
        let ours: BTreeSet<CellRange> = sheet.merges().iter().copied().collect();
        let theirs: BTreeSet<CellRange> = theirs.filter(|range| range.first != range.last).collect();
        if ours != theirs && !sheet.losses.is_empty() {
            // Regions that overlap or lie outside are left out by the first reader and said so.
            self.say("有的工作表读取时已列出须留意之处，合并区域没有比对");
            return;
        }
        self.confirmation.merges += ours.intersection(&theirs).count();
        for range in ours.difference(&theirs) {
            self.differ(sheet, range.first, format!("合并区域 {range}"), "没有合并".to_owned());
        }
        for range in theirs.difference(&ours) {
            self.differ(sheet, range.first, "没有合并".to_owned(), format!("合并区域 {range}"));
        }
    }

    /// Returns the confirmation, with everything that was not compared put into words.
    pub(super) fn finish(self) -> Confirmation {
        let mut reasons = self.reasons;
        if self.unlisted > 0 {
            reasons.push(format!("另有 {} 处不一致没有逐一列出", self.unlisted));
        }
        if self.left_out > 0 {
            reasons.push(format!(
                "{} 格没有比对：浮动的复选框，或另一读取程序不读的错误值",
                self.left_out
            ));
        }
        if self.lost > 0 {
            reasons.push(format!("{} 处没有比对：本程序读取时已列为没有读全", self.lost));
        }
        Confirmation {
            not_confirmed: (!reasons.is_empty()).then(|| reasons.join("；")),
            ..self.confirmation
        }
    }
}

/// A sheet of the first reader while the second one's cells come in.
pub(super) struct SheetComparison<'a> {
    ours: &'a Sheet,
    terms: Terms,
    /// The outcome of each of the first reader's cells, once the second reader has named it.
    outcomes: Vec<Option<Comparison>>,
    /// Where the next cell is expected: both readers mostly go the same way.
    next: usize,
    /// The second reader's value of cells that differ.
    differing: BTreeMap<CellAddress, String>,
    lost: BTreeSet<CellAddress>,
    /// Whether the first reader may have lost the whole sheet, and whether the second found something in it.
    may_be_lost: bool,
    is_lost: bool,
}

impl<'a> SheetComparison<'a> {
    /// Begins a comparison; `None` when more was lost of the sheet than its losses list cell by cell.
    pub(super) fn begin(ours: &'a Sheet, may_be_lost: bool, terms: Terms) -> Option<Self> {
        if ours.losses.len() > losses::LISTED {
            return None;
        }
        Some(Self {
            ours,
            terms,
            outcomes: vec![None; ours.cells().len()],
            next: 0,
            differing: BTreeMap::new(),
            may_be_lost,
            is_lost: false,
            lost: ours.losses.iter().filter_map(|loss| loss.cell).collect(),
        })
    }

    /// Takes a cell of the second reader. Of several at one place the last one counts.
    pub(super) fn offer(&mut self, (row, column): (u32, u32), theirs: &Theirs) {
        let address = CellAddress::new(row, column);
        if self.lost.contains(&address) {
            return;
        }
        let cells = self.ours.cells();
        let is_next = cells.get(self.next).is_some_and(|cell| cell.address == address);
        let position = if is_next {
            Some(self.next)
        } else {
            cells.binary_search_by_key(&address, |cell| cell.address).ok()
        };
        let Some((position, cell)) = position.and_then(|position| Some((position, cells.get(position)?))) else {
            if theirs.is_blank() {
                self.differing.remove(&address);
            } else if self.may_be_lost {
                self.is_lost = true;
            } else {
                self.note(address, theirs);
            }
            return;
        };
        self.next = position + 1;
        let outcome = theirs.compare(cell, self.terms);
        if outcome == Comparison::Different {
            self.note(address, theirs);
        } else if !self.differing.is_empty() {
            self.differing.remove(&address);
        }
        if let Some(known) = self.outcomes.get_mut(position) {
            *known = Some(outcome);
        }
    }

    fn note(&mut self, address: CellAddress, theirs: &Theirs) {
        self.differing.insert(address, theirs.described());
    }

    /// Adds what came of the sheet. `is_whole` says whether the second reader came to the sheet's end: only then does
    /// a cell that it did not name differ.
    pub(super) fn finish(mut self, is_whole: bool, account: &mut Account) {
        account.lost += usize::from(self.is_lost);
        for (cell, outcome) in self.ours.cells().iter().zip(&self.outcomes) {
            let outcome = match outcome {
                _ if self.lost.contains(&cell.address) => {
                    account.lost += 1;
                    continue;
                }
                Some(outcome) => *outcome,
                None if !is_whole => continue,
                None => {
                    let outcome = Theirs::Nothing.compare(cell, self.terms);
                    if outcome == Comparison::Different {
                        self.differing.insert(cell.address, Theirs::Nothing.described());
                    }
                    outcome
                }
            };
            match outcome {
                Comparison::Equal => account.confirmation.cells += usize::from(!cell.is_blank()),
                Comparison::NotCompared => account.left_out += 1,
                Comparison::Different => {}
            }
        }
        for (address, theirs) in std::mem::take(&mut self.differing) {
            let ours = self.ours.cell(address).map_or(&CellValue::Blank, |cell| &cell.value);
            account.differ(self.ours, address, described(ours), theirs);
        }
    }
}
