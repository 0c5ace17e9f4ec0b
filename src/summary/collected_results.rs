//! Reports as they come, in any order and from any number of runs, brought into the order of their paths: what is kept
//! of each lies on disk, and of two results for one file the one that read more stands.

use std::collections::BTreeSet;

use sha2::{Digest, Sha256};

use super::SummaryError;
use super::cross_index::{CrossIndex, CrossIndexer};
use super::extract::{self, GradeBook};
use super::failed::FailedFile;
use super::groups::{ProblemRow, Problems};
use super::result_entry::{ResultEntry, latest_results};
use super::rows::TableRow;
use super::table_facts::TableFacts;
use super::tables::{TableBytes, TablePlaces, Tables};
use super::totals::Totals;
use crate::check::TargetsMet;
use crate::disk::{DiskVec, Place, Sorter, Store, Stored, record, stored};
use crate::report::FileReport;

/// Results that came in.
#[derive(Debug, Default)]
pub struct CollectedResults {
    /// Rows, reasons and details.
    store: Store,
    /// What the tables have in common, by the numbers that they came as.
    indexer: CrossIndexer,
    order: Sorter<ResultEntry>,
    /// Reports in prose that tables were compared with.
    compared: BTreeSet<String>,
}

/// What a summary keeps of one file's report.
#[derive(Debug)]
pub struct SummaryEntry {
    /// Without where what is kept lies.
    result: ResultEntry,
    failed: Option<FailedFile>,
    is_text_alone: bool,
    /// Reports in prose that its tables were compared with.
    compared: Vec<String>,
    tables: Vec<EntryTable>,
}

/// A table of a report: what waits of it on disk, and what rules between tables need of it.
#[derive(Debug)]
struct EntryTable {
    row: TableRow,
    bytes: TableBytes,
    facts: TableFacts,
}

impl SummaryEntry {
    /// Returns what is kept of a report; `met` as [`extract::table`] takes it, for each table.
    pub(super) fn of(report: &FileReport, met: &[TargetsMet], grades: &GradeBook) -> Result<Self, SummaryError> {
        let failed = FailedFile::of(report);
        let mut hasher = Sha256::new();
        hasher.update(record(&failed)?);
        let mut tables = Vec::with_capacity(report.tables.len());
        for (index, table) in report.tables.iter().enumerate() {
            let (row, detail) = extract::table(report, table, met.get(index).map(Vec::as_slice), grades);
            let facts = TableFacts::of(&row, &detail);
            let bytes = TableBytes::of(detail)?;
            hasher.update(record(&row)?);
            for part in [&bytes.detail, &bytes.findings] {
                hasher.update((part.len() as u64).to_le_bytes());
                hasher.update(crc32fast::hash(part).to_le_bytes());
            }
            tables.push(EntryTable { row, bytes, facts });
        }
        Ok(Self {
            result: ResultEntry::new(report, hasher.finalize().into(), Place::default()),
            failed,
            is_text_alone: report.is_text_alone(),
            compared: report.compared_texts().map(str::to_owned).collect(),
            tables,
        })
    }
}

stored!(Kept);

/// What is kept of a result, its details apart.
#[derive(serde::Serialize, serde::Deserialize)]
struct Kept {
    failed: Option<FailedFile>,
    /// Whether it is a report in prose, which has failed only where no table was compared with it.
    is_text_alone: bool,
    tables: Vec<KeptTable>,
}

/// What is kept of a table, its details apart.
#[derive(serde::Serialize, serde::Deserialize)]
struct KeptTable {
    row: TableRow,
    places: TablePlaces,
    /// The number that it came as.
    number: u32,
    /// Rules that it broke, by code.
    problems: Vec<ProblemRow>,
}

/// The results that stand.
#[derive(Debug)]
pub struct Standing {
    /// By path and place in their file.
    pub tables: Tables,
    /// Files without any, by path.
    pub failed: DiskVec<FailedFile>,
    /// What the tables have in common.
    pub index: CrossIndex,
    /// The tables added up.
    pub totals: Totals,
    /// Rules that they broke.
    pub problems: Problems,
}

impl CollectedResults {
    /// Takes in what was kept of one file's report.
    pub fn add(&mut self, entry: SummaryEntry) -> Result<(), SummaryError> {
        let mut kept = Kept {
            failed: entry.failed,
            is_text_alone: entry.is_text_alone,
            tables: Vec::with_capacity(entry.tables.len()),
        };
        self.compared.extend(entry.compared);
        for EntryTable { row, bytes, mut facts } in entry.tables {
            kept.tables.push(KeptTable {
                row,
                places: bytes.write(&mut self.store)?,
                problems: std::mem::take(&mut facts.problems),
                number: self.indexer.add(facts)?,
            });
        }
        let place = self.store.write(&kept.to_record()?)?;
        let mut result = entry.result;
        result.place = place;
        self.order.push(result)?;
        Ok(())
    }

    /// Returns the results that stand.
    pub fn finish(self) -> Result<Standing, SummaryError> {
        let order = self.order.finish()?;
        let (mut tables, mut failed) = (Tables::default(), DiskVec::default());
        let (mut totals, mut problems) = (Totals::default(), Problems::default());
        let mut numbers = Vec::with_capacity(self.indexer.tables());
        tables.reserve(self.indexer.tables());
        let mut reader = self.store.reader();
        for result in latest_results(&order) {
            let kept: Kept = reader.read(result?.place)?;
            for table in kept.tables {
                problems.add(&table.problems);
                numbers.push(table.number);
                let of_table = (table.row, table.places);
                let unit = tables.push(&of_table)?.unit;
                totals.add(&of_table.0, unit);
            }
            if let Some(reason) = &kept.failed
                && !(kept.is_text_alone && self.compared.contains(&reason.file))
            {
                failed.push(reason)?;
            }
        }
        tables.set_store(self.store);
        Ok(Standing {
            index: self.indexer.finish(&numbers)?,
            tables,
            failed,
            totals,
            problems,
        })
    }
}
