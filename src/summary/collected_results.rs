//! Reports as they come, in any order and from any number of runs, brought into the order of their paths: what is kept
//! of each lies on disk, and of two results for one file the one that read more stands.

use std::collections::BTreeSet;

use sha2::{Digest, Sha256};

use super::SummaryError;
use super::extract::{self, GradeBook};
use super::failed::FailedFile;
use super::result_entry::{ResultEntry, latest_results};
use super::rows::TableRow;
use super::tables::{TableBytes, TablePlaces, Tables};
use crate::check::TargetsMet;
use crate::disk::{DiskVec, Place, Sorter, Store, Stored, record, stored};
use crate::report::FileReport;

/// Results that came in.
#[derive(Debug, Default)]
pub struct CollectedResults {
    /// Rows, reasons and details.
    store: Store,
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

/// A table of a report, and what waits of it on disk.
type EntryTable = (TableRow, TableBytes);

impl SummaryEntry {
    /// Returns what is kept of a report; `met` as [`extract::table`] takes it, for each table.
    pub(super) fn of(report: &FileReport, met: &[TargetsMet], grades: &GradeBook) -> Result<Self, SummaryError> {
        let failed = FailedFile::of(report);
        let mut hasher = Sha256::new();
        hasher.update(record(&failed)?);
        let mut tables = Vec::with_capacity(report.tables.len());
        for (index, table) in report.tables.iter().enumerate() {
            let (row, detail) = extract::table(report, table, met.get(index).map(Vec::as_slice), grades);
            let bytes = TableBytes::of(&row, detail)?;
            hasher.update(record(&row)?);
            hasher.update(&bytes.detail);
            hasher.update(&bytes.findings);
            tables.push((row, bytes));
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
    tables: Vec<(TableRow, TablePlaces)>,
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
        for (row, bytes) in entry.tables {
            kept.tables.push((row, bytes.write(&mut self.store)?));
        }
        let place = self.store.write(&kept.to_record()?)?;
        let mut result = entry.result;
        result.place = place;
        self.order.push(result)?;
        Ok(())
    }

    /// Tables by path and place in their file, and files without any by path.
    pub fn finish(self) -> Result<(Tables, DiskVec<FailedFile>), SummaryError> {
        let order = self.order.finish()?;
        let (mut tables, mut failed) = (Tables::default(), DiskVec::default());
        let mut reader = self.store.reader();
        for result in latest_results(&order) {
            let kept: Kept = reader.read(result?.place)?;
            for (row, places) in kept.tables {
                tables.push(row, places)?;
            }
            if let Some(reason) = &kept.failed
                && !(kept.is_text_alone && self.compared.contains(&reason.file))
            {
                failed.push(reason)?;
            }
        }
        tables.set_store(self.store);
        Ok((tables, failed))
    }
}
