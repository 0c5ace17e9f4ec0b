//! Discrepancy lists that people have filled in: their texts go back to the findings they were written for. It changes
//! no figure, no level and no status, and knows no folder.
//!
//! A text belongs to a finding of the same rule: in the file that the list was made from, at the same cell; in a file
//! that was handed in again, where rows may have moved, at the field of the same name.

mod error;
mod json;
mod matching;
mod row;
mod sheet;

use std::collections::BTreeSet;

use crate::check::{ReadWorkbook, fingerprint};
use crate::read::{self, Limits};
use crate::report::FileReport;
use crate::write::discrepancies::source_mark;

pub use error::ExplanationsError;
use matching::Index;
use row::Row;

/// One filled-in list and which of its rows have found their finding.
#[derive(Debug, Clone)]
pub struct Explanations {
    rows: Vec<Row>,
    matched: Vec<bool>,
    /// The files that the list speaks of, by name and fingerprint.
    sources: BTreeSet<(Option<String>, Option<String>)>,
    taken_over: BTreeSet<(String, String)>,
}

/// The inputs of a run, so that each row goes to its own file and to no other.
#[derive(Debug, Clone, Default)]
pub struct Inputs {
    count: usize,
    names: BTreeSet<String>,
    marks: BTreeSet<String>,
}

impl Inputs {
    /// Adds an input: its path as the report gives it, and its bytes where they are at hand.
    pub fn add(&mut self, file: &str, bytes: Option<&[u8]>) {
        self.add_fingerprint(file, bytes.map(fingerprint).as_deref());
    }

    /// Adds an input: its path and the fingerprint of its bytes, as a report gives them.
    pub fn add_fingerprint(&mut self, file: &str, fingerprint: Option<&str>) {
        self.count += 1;
        self.names.insert(own_name(file).to_owned());
        self.marks.extend(fingerprint.and_then(source_mark));
    }
}

/// Rows that found no finding.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Unmatched {
    /// One Chinese sentence for each row.
    pub rows: Vec<String>,
    /// Rows of files that are not among the inputs.
    pub of_other_files: usize,
}

impl Explanations {
    /// Reads a list: a workbook, separated values in any encoding, or the list's own JSON. Columns are found by their
    /// headers; rows may stand in any order, and those without a text are passed over.
    ///
    /// `file` is the name as given; only its extension matters, for the wording of refusals. `read_workbook` reads
    /// workbooks, as in [`crate::CheckOptions`].
    ///
    /// # Errors
    /// When the file cannot be read, or is no discrepancy list.
    pub fn read(file: &str, bytes: &[u8], read_workbook: ReadWorkbook) -> Result<Self, ExplanationsError> {
        let rows = if read::is_json(bytes) {
            json::rows(bytes)?
        } else {
            let workbook =
                read_workbook(bytes, Some(file), &Limits::default()).map_err(ExplanationsError::Unreadable)?;
            sheet::rows(&workbook)?
        };
        let sources = rows
            .iter()
            .map(|row| (row.source_file.clone(), row.source_mark.clone()))
            .collect();
        let rows: Vec<Row> = rows.into_iter().filter(|row| !row.explanation.is_empty()).collect();
        Ok(Self {
            matched: vec![false; rows.len()],
            rows,
            sources,
            taken_over: BTreeSet::new(),
        })
    }

    /// Number of rows with a text.
    pub const fn len(&self) -> usize {
        self.rows.len()
    }

    /// Returns whether nobody has written anything.
    pub const fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Puts the texts to the findings of one file. A text of an earlier list gives way to one of this list.
    pub fn explain(&mut self, report: &mut FileReport, inputs: &Inputs) {
        let name = own_name(&report.file).to_owned();
        let mark = report.sha256.as_deref().and_then(source_mark);
        let mut due: Vec<(usize, bool)> = Vec::new();
        for (index, (row, matched)) in self.rows.iter().zip(&self.matched).enumerate() {
            let is_same = row.source_mark.is_some() && row.source_mark == mark;
            // Two inputs may be copies of one file; a file that was handed in again is one.
            if is_same || (!matched && self.may_be_again(row, &name, inputs)) {
                due.push((index, is_same));
            }
        }
        if due.is_empty() {
            return;
        }
        let mut index = Index::of(report);
        let mut found: Vec<(usize, (usize, usize))> = Vec::new();
        due.retain(|&(number, is_same)| {
            let place = self.rows.get(number).and_then(|row| index.take_exact(row, is_same));
            found.extend(place.map(|place| (number, place)));
            place.is_none()
        });
        // Only when every row has had its own finding may one take another that is like it.
        for (number, is_same) in due {
            let place = self.rows.get(number).and_then(|row| index.take_like(row, is_same));
            found.extend(place.map(|place| (number, place)));
        }
        for (number, (table, finding)) in found {
            let (Some(row), Some(matched)) = (self.rows.get(number), self.matched.get_mut(number)) else {
                continue;
            };
            *matched = true;
            let source = row.source_file.as_ref().filter(|source| **source != name);
            if let Some(source) = source.filter(|_| row.source_mark != mark) {
                self.taken_over.insert((source.clone(), name.clone()));
            }
            let findings = report.tables.get_mut(table).map(|table| &mut table.discrepancies);
            if let Some(finding) = findings.and_then(|findings| findings.get_mut(finding)) {
                let explanation = &mut finding.explanation;
                for (new, known) in [
                    (&row.explanation.unit, &mut explanation.unit),
                    (&row.explanation.reviewer, &mut explanation.reviewer),
                ] {
                    if new.is_some() {
                        known.clone_from(new);
                    }
                }
            }
        }
    }

    /// Returns whether a row may speak of this file though it was made from other bytes.
    fn may_be_again(&self, row: &Row, name: &str, inputs: &Inputs) -> bool {
        if row.source_mark.as_ref().is_some_and(|mark| inputs.marks.contains(mark)) {
            return false;
        }
        let is_only_choice = inputs.count == 1 && self.sources.len() == 1;
        is_only_choice || row.source_file.as_deref() == Some(name)
    }

    /// Files under whose name texts were written that went to an input of another name and other bytes, as if it were
    /// the same table handed in again, each with that input's name.
    pub const fn taken_over(&self) -> &BTreeSet<(String, String)> {
        &self.taken_over
    }

    /// Returns rows that found no finding in any input so far.
    pub fn unmatched(&self, inputs: &Inputs) -> Unmatched {
        let mut unmatched = Unmatched::default();
        for (row, _) in self.rows.iter().zip(&self.matched).filter(|(_, matched)| !**matched) {
            let is_elsewhere = |name: &String| !inputs.names.contains(name);
            let is_of_other_file = row.source_file.as_ref().is_some_and(is_elsewhere)
                && !(inputs.count == 1 && self.sources.len() == 1)
                && !row.source_mark.as_ref().is_some_and(|mark| inputs.marks.contains(mark));
            if is_of_other_file {
                unmatched.of_other_files += 1;
            } else {
                unmatched.rows.push(row.unmatched_sentence());
            }
        }
        unmatched
    }
}

/// Returns a path's last part.
fn own_name(file: &str) -> &str {
    file.rsplit(['/', '\\']).next().unwrap_or_default()
}
