//! Reports as they come, in any order and from any number of runs, brought into the order of their paths: what is kept
//! of each lies on disk, and of two results for one file the one that read more stands.

use sha2::{Digest, Sha256};

use super::SummaryError;
use super::extract::{self, GradeBook};
use super::failed::FailedFile;
use super::rows::TableRow;
use super::tables::Tables;
use crate::report::{FileReport, FileStatus};
use crate::spill::{List, Place, Record, Sorter, Store, record};

/// Results that came in.
#[derive(Debug, Default)]
pub struct Arrivals {
    /// Rows, reasons and details.
    store: Store,
    order: Sorter<Arrival>,
}

/// Where a file's result lies. The order of its fields is that of the summary; rank and mark decide between results
/// for one content, so that the order in which they came does not.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
struct Arrival {
    file: String,
    sha256: Option<String>,
    rank: u8,
    mark: [u8; 32],
    place: Place,
}

impl Record for Arrival {
    fn heap_bytes(&self) -> usize {
        self.file.capacity() + self.sha256.as_ref().map_or(0, String::capacity)
    }
}

/// What is kept of a result, its details apart.
#[derive(serde::Serialize, serde::Deserialize)]
struct Kept {
    failed: Option<FailedFile>,
    tables: Vec<(TableRow, Place)>,
}

impl Arrivals {
    /// Takes one file's report in.
    pub fn add(&mut self, report: &FileReport, grades: &mut GradeBook) -> Result<(), SummaryError> {
        let mut kept = Kept {
            failed: FailedFile::of(report),
            tables: Vec::with_capacity(report.tables.len()),
        };
        let mut hasher = Sha256::new();
        hasher.update(record(&kept.failed)?);
        for table in &report.tables {
            let (row, detail) = extract::table(report, table, grades);
            let detail = record(&detail)?;
            hasher.update(record(&row)?);
            hasher.update(&detail);
            kept.tables.push((row, self.store.write(&detail)?));
        }
        let place = self.store.write(&record(&kept)?)?;
        self.order.push(Arrival {
            file: report.file.clone(),
            sha256: report.sha256.clone(),
            rank: match report.status {
                FileStatus::Clean | FileStatus::Findings => 0,
                FileStatus::Unrecognized => 1,
                FileStatus::Unreadable => 2,
            },
            mark: hasher.finalize().into(),
            place,
        })?;
        Ok(())
    }

    /// Tables by path and place in their file, and files without any by path.
    pub fn finish(self) -> Result<(Tables, List<FailedFile>), SummaryError> {
        let order = self.order.finish()?;
        let (mut tables, mut failed) = (Tables::default(), List::default());
        let mut last: Option<(String, Option<String>)> = None;
        let mut path = OnePath::default();
        for arrival in order.iter() {
            let (_, arrival) = arrival?;
            if let Some((file, sha256)) = &last
                && *file == arrival.file
            {
                if *sha256 == arrival.sha256 {
                    continue;
                }
            } else {
                path.finish(&mut failed)?;
            }
            let kept: Kept = self.store.read(arrival.place)?;
            for (row, detail) in &kept.tables {
                tables.push(row, *detail)?;
            }
            match kept.failed {
                None => path.was_read = true,
                Some(reason) if arrival.sha256.is_none() => path.unseen = Some(reason),
                Some(reason) => path.failed.push(reason),
            }
            last = Some((arrival.file, arrival.sha256));
        }
        path.finish(&mut failed)?;
        tables.set_store(self.store);
        Ok((tables, failed))
    }
}

/// What became of the contents of one path.
#[derive(Default)]
struct OnePath {
    was_read: bool,
    /// Nothing was seen of the file.
    unseen: Option<FailedFile>,
    failed: Vec<FailedFile>,
}

impl OnePath {
    fn finish(&mut self, failed: &mut List<FailedFile>) -> Result<(), SummaryError> {
        let path = std::mem::take(self);
        // Where nothing was seen of the file then, and all of it later, it has not failed.
        for reason in path.unseen.iter().filter(|_| !path.was_read).chain(&path.failed) {
            failed.push(reason)?;
        }
        Ok(())
    }
}
