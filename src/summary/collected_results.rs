//! Reports as they come, in any order and from any number of runs, brought into the order of their paths: what is kept
//! of each lies on disk, and of two results for one file the one that read more stands.

use sha2::{Digest, Sha256};

use super::SummaryError;
use super::extract::{self, GradeBook};
use super::failed::FailedFile;
use super::result_entry::{ResultEntry, latest_results};
use super::rows::TableRow;
use super::tables::Tables;
use crate::disk::{DiskVec, Place, Sorter, Store, record};
use crate::report::FileReport;

/// Results that came in.
#[derive(Debug, Default)]
pub struct CollectedResults {
    /// Rows, reasons and details.
    store: Store,
    order: Sorter<ResultEntry>,
}

/// What a summary keeps of one file's report.
#[derive(Debug)]
pub struct SummaryEntry {
    /// Without where what is kept lies.
    result: ResultEntry,
    failed: Option<FailedFile>,
    tables: Vec<(TableRow, Vec<u8>)>,
}

impl SummaryEntry {
    /// Returns what is kept of a report.
    pub(super) fn of(report: &FileReport, grades: &GradeBook) -> Result<Self, SummaryError> {
        let failed = FailedFile::of(report);
        let mut hasher = Sha256::new();
        hasher.update(record(&failed)?);
        let mut tables = Vec::with_capacity(report.tables.len());
        for table in &report.tables {
            let (row, detail) = extract::table(report, table, grades);
            let detail = record(&detail)?;
            hasher.update(record(&row)?);
            hasher.update(&detail);
            tables.push((row, detail));
        }
        Ok(Self {
            result: ResultEntry::new(report, hasher.finalize().into(), Place::default()),
            failed,
            tables,
        })
    }
}

/// What is kept of a result, its details apart.
#[derive(serde::Serialize, serde::Deserialize)]
struct Kept {
    failed: Option<FailedFile>,
    tables: Vec<(TableRow, Place)>,
}

impl CollectedResults {
    /// Takes in what was kept of one file's report.
    pub fn add(&mut self, entry: SummaryEntry) -> Result<(), SummaryError> {
        let mut kept = Kept {
            failed: entry.failed,
            tables: Vec::with_capacity(entry.tables.len()),
        };
        for (row, detail) in entry.tables {
            kept.tables.push((row, self.store.write(&detail)?));
        }
        let place = self.store.write(&record(&kept)?)?;
        let mut result = entry.result;
        result.place = place;
        self.order.push(result)?;
        Ok(())
    }

    /// Tables by path and place in their file, and files without any by path.
    pub fn finish(self) -> Result<(Tables, DiskVec<FailedFile>), SummaryError> {
        let order = self.order.finish()?;
        let (mut tables, mut failed) = (Tables::default(), DiskVec::default());
        for result in latest_results(&order) {
            let kept: Kept = self.store.read(result?.place)?;
            for (row, detail) in kept.tables {
                tables.push(row, detail)?;
            }
            if let Some(reason) = &kept.failed {
                failed.push(reason)?;
            }
        }
        tables.set_store(self.store);
        Ok((tables, failed))
    }
}
