//! The findings of an earlier run, so that only new ones are shown.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};

use serde::{Deserialize, Serialize};

use super::suppress::file_name;
use crate::disk::{OneByOne, Record, Sorter};
use crate::grid::CellAddress;
use crate::model::Discrepancy;
use crate::report::{FileReport, TableReport};

/// What tells one finding from another when rows may have moved: its place only where it is no field.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KnownFinding {
    /// File name without its folder.
    pub file: String,
    /// Sheet name.
    pub sheet: String,
    /// Rule code.
    pub code: String,
    /// Field path, else the cell.
    pub place: String,
    /// What was declared.
    pub declared: Option<String>,
    /// Of a finding that stands for several cells: each of them, counted from the table's first row and column.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cells: Vec<String>,
}

/// Findings that were there before, each as often as it was.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Baseline {
    known: BTreeMap<KnownFinding, usize>,
    /// Cells of the findings that stand for several, by file, sheet and code; a cell goes as it is found again.
    grouped: BTreeMap<[String; 3], BTreeSet<String>>,
    /// Written before grouped findings named their cells: their first cell has to do.
    is_old: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct BaselineFile {
    baseline_version: u32,
    findings: Vec<KnownFinding>,
}

/// Version of the file's form; the first did not name the cells of grouped findings.
const VERSION: u32 = 2;
const WITHOUT_CELLS: u32 = 1;

impl Baseline {
    /// Takes in all findings of a file.
    pub fn add(&mut self, report: &FileReport) {
        found_in(report).for_each(|finding| self.keep(finding));
    }

    /// Reads a baseline; `None` when the text is none.
    pub fn from_json(text: &str) -> Option<Self> {
        let file: BaselineFile = serde_json::from_slice(text.trim_start_matches('\u{feff}').as_bytes()).ok()?;
        let is_old = file.baseline_version == WITHOUT_CELLS;
        if file.baseline_version != VERSION && !is_old {
            return None;
        }
        let mut baseline = Self {
            is_old,
            ..Self::default()
        };
        for finding in file.findings {
            baseline.keep(finding);
        }
        Some(baseline)
    }

    fn keep(&mut self, finding: KnownFinding) {
        if !finding.cells.is_empty() {
            let grouped = self.grouped.entry(group(&finding)).or_default();
            grouped.extend(finding.cells.iter().cloned());
        }
        *self.known.entry(finding).or_default() += 1;
    }

    /// Takes a finding off the list; whether it was there. One that stands for several cells was there if all of them
    /// were: a cell that joined is new, whatever the others.
    pub(super) fn take(&mut self, file: &str, table: &TableReport, finding: &Discrepancy) -> bool {
        let known = known(file, table, finding);
        if !finding.each_cell || self.is_old {
            let alone = KnownFinding {
                cells: Vec::new(),
                ..known.clone()
            };
            if let Some(times) = self.known.get_mut(&alone).filter(|times| **times > 0) {
                *times -= 1;
                return true;
            }
        }
        let Some(grouped) = self.grouped.get_mut(&group(&known)) else {
            return false;
        };
        let cells = cells(table, finding);
        let was_there = cells.iter().all(|cell| grouped.contains(cell));
        if was_there {
            cells.iter().for_each(|cell| {
                grouped.remove(cell);
            });
        }
        was_there
    }
}

/// What a run finds, to be kept as a baseline. Findings wait on disk.
#[derive(Debug, Default)]
pub struct FoundFindings {
    found: Sorter<Found>,
    count: usize,
}

/// A [`KnownFinding`] on disk: file, sheet, code and place, what was declared, cells.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
struct Found([String; 4], Option<String>, Vec<String>);

impl Record for Found {
    fn heap_bytes(&self) -> usize {
        let Self(names, declared, cells) = self;
        let texts = names.iter().chain(declared).chain(cells).map(String::capacity);
        texts.sum::<usize>() + cells.capacity() * size_of::<String>()
    }
}

impl FoundFindings {
    /// Takes in all findings of a file.
    ///
    /// # Errors
    /// When the temporary file cannot be written.
    pub fn add(&mut self, report: &FileReport) -> io::Result<()> {
        for finding in found_in(report) {
            self.found.push(finding.into())?;
            self.count += 1;
        }
        Ok(())
    }

    /// Writes the baseline, in an order of its own; the number of its findings.
    ///
    /// # Errors
    /// When the temporary file cannot be read back, or the output takes no more.
    pub fn write(self, mut output: impl Write) -> io::Result<usize> {
        #[derive(Serialize)]
        struct Written<F> {
            baseline_version: u32,
            findings: F,
        }
        let found = self.found.finish()?;
        let in_order = || found.iter().map(|found| found.map(KnownFinding::from));
        let written = Written {
            baseline_version: VERSION,
            findings: OneByOne(in_order),
        };
        serde_json::to_writer_pretty(&mut output, &written)?;
        output.write_all(b"\n")?;
        Ok(self.count)
    }
}

impl From<KnownFinding> for Found {
    fn from(finding: KnownFinding) -> Self {
        let names = [finding.file, finding.sheet, finding.code, finding.place];
        Self(names, finding.declared, finding.cells)
    }
}

impl From<Found> for KnownFinding {
    fn from(Found([file, sheet, code, place], declared, cells): Found) -> Self {
        Self {
            file,
            sheet,
            code,
            place,
            declared,
            cells,
        }
    }
}

fn found_in(report: &FileReport) -> impl Iterator<Item = KnownFinding> {
    let file = file_name(&report.file);
    report.tables.iter().flat_map(move |table| {
        table
            .discrepancies
            .iter()
            .map(move |finding| known(file, table, finding))
    })
}

fn group(finding: &KnownFinding) -> [String; 3] {
    [finding.file.clone(), finding.sheet.clone(), finding.code.clone()]
}

fn known(file: &str, table: &TableReport, finding: &Discrepancy) -> KnownFinding {
    KnownFinding {
        file: file.to_owned(),
        sheet: table.sheet.clone(),
        code: finding.code.clone(),
        place: finding.field.clone().unwrap_or_else(|| finding.cell.to_string()),
        declared: finding.declared.clone(),
        cells: if finding.each_cell {
            cells(table, finding)
        } else {
            Vec::new()
        },
    }
}

/// Returns the cells of a finding, counted from where the table begins, so that a moved table keeps them.
fn cells(table: &TableReport, finding: &Discrepancy) -> Vec<String> {
    let start = table.range.first;
    let from_start = |cell: CellAddress| {
        let at = cell.on_its_sheet();
        // Further sheets count from their own first row and column.
        let first = if cell.part() == 0 {
            start
        } else {
            CellAddress::new(0, 0)
        };
        let row = i64::from(at.row) - i64::from(first.row);
        let column = i64::from(at.column) - i64::from(first.column);
        format!("{}:{row},{column}", cell.part())
    };
    finding.cells().map(from_start).collect()
}
