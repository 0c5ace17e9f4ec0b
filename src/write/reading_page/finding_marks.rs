//! Which cells of a sheet findings speak of, as marks on the cells of a picture.

use std::collections::BTreeMap;
use std::fmt::Write;

use crate::grid::CellAddress;
use crate::model::Severity;
use crate::report::TableReport;

/// Findings by cell. Without any, a picture has no marks of findings.
#[derive(Debug, Clone, Default)]
pub(super) struct FindingMarks(BTreeMap<CellAddress, Found>);

#[derive(Debug, Clone)]
struct Found {
    /// The gravest finding that is reported at the cell, or else names it besides its own.
    severity: Severity,
    /// Whether a finding is reported here.
    is_own: bool,
    /// Table and number of each finding: `0-3`.
    marks: Vec<String>,
}

impl FindingMarks {
    /// Returns the marks of a sheet, for all tables of a file.
    pub(super) fn of_sheet(sheet: &str, tables: &[TableReport]) -> Self {
        let mut found: BTreeMap<CellAddress, Found> = BTreeMap::new();
        for (number, table) in tables.iter().enumerate() {
            for (index, finding) in table.discrepancies.iter().enumerate() {
                let related = finding.related.iter().copied();
                let related = related.filter(|_| !finding.each_cell).map(|cell| (cell, false));
                for (cell, is_own) in finding.cells().map(|cell| (cell, true)).chain(related) {
                    let (name, cell) = table.place(cell);
                    if name != sheet {
                        continue;
                    }
                    let entry = found.entry(cell).or_insert(Found {
                        severity: finding.severity,
                        is_own,
                        marks: Vec::new(),
                    });
                    let is_graver = rank(finding.severity) > rank(entry.severity);
                    if (is_own, is_graver) == (true, true) || (is_own && !entry.is_own) {
                        entry.severity = finding.severity;
                    }
                    entry.is_own |= is_own;
                    let mark = format!("{number}-{index}");
                    if !entry.marks.contains(&mark) {
                        entry.marks.push(mark);
                    }
                }
            }
        }
        Self(found)
    }

    /// Returns the cells that are marked.
    pub(super) fn cells(&self) -> impl Iterator<Item = CellAddress> + '_ {
        self.0.keys().copied()
    }

    /// Returns the classes of a cell, after a blank; nothing where no finding speaks of it.
    pub(super) fn class(&self, cell: CellAddress) -> &'static str {
        match self.0.get(&cell) {
            None => "",
            Some(Found { is_own: false, .. }) => " found related",
            Some(found) => match found.severity {
                Severity::Error => " found found-error",
                Severity::Warning => " found found-warning",
                Severity::Info => " found found-info",
            },
        }
    }

    /// Returns a cell's address and its findings as attributes, so that a page can lead from one to the other.
    pub(super) fn attributes(&self, cell: CellAddress) -> String {
        let mut text = String::new();
        if let Some(found) = self.0.get(&cell) {
            let _ = write!(
                text,
                " data-cell=\"{cell}\" data-findings=\"{}\"",
                found.marks.join(" ")
            );
        }
        text
    }
}

const fn rank(severity: Severity) -> u8 {
    match severity {
        Severity::Error => 2,
        Severity::Warning => 1,
        Severity::Info => 0,
    }
}
