//! Reports that are needed again, or in another order: they wait in a temporary file that the system removes, and come
//! back by path. In memory is only where each one lies.

use std::io;

use sha2::{Digest, Sha256};

use super::lines::line;
use crate::disk::{Place, Sorter, Store};
use crate::report::FileReport;
use crate::summary::result_entry::{ResultEntry, latest_results};

/// Takes reports in any order and from any number of runs.
///
/// The same file given twice, by path and content, counts once; a file that could not be had in one run and was read in
/// another counts as read.
///
/// ```
/// use hebiao::batch::ReportSpool;
/// use hebiao::report::{FileError, FileReport};
///
/// let mut spool = ReportSpool::default();
/// for file in ["乙.xlsx", "甲.xlsx", "乙.xlsx"] {
///     let error = FileError { code: "not_found".to_owned(), message: "没有这个文件".to_owned() };
///     spool.add(&FileReport::unreadable(file, error))?;
/// }
/// let reports = spool.finish()?;
/// let names: Vec<String> = reports.iter().map(|report| Ok(report?.file)).collect::<std::io::Result<_>>()?;
/// assert_eq!(names, ["乙.xlsx", "甲.xlsx"]);
/// # Ok::<(), std::io::Error>(())
/// ```
#[derive(Debug, Default)]
pub struct ReportSpool {
    store: Store,
    order: Sorter<ResultEntry>,
}

/// The reports by path.
#[derive(Debug)]
pub struct SpooledReports {
    store: Store,
    places: Vec<Place>,
}

impl ReportSpool {
    /// Takes a report in.
    ///
    /// # Errors
    /// When the temporary file cannot be written.
    pub fn add(&mut self, report: &FileReport) -> io::Result<()> {
        let line = line(report, None);
        let mark = Sha256::digest(line.as_bytes()).into();
        let place = self.store.write(line.as_bytes())?;
        self.order.push(ResultEntry::new(report, mark, place))
    }

    /// Returns the reports, to be read back.
    ///
    /// # Errors
    /// When the temporary file cannot be written or read back.
    pub fn finish(self) -> io::Result<SpooledReports> {
        let order = self.order.finish()?;
        let places = latest_results(&order).map(|result| Ok(result?.place));
        Ok(SpooledReports {
            places: places.collect::<io::Result<_>>()?,
            store: self.store,
        })
    }
}

impl SpooledReports {
    /// Returns how many there are.
    pub const fn len(&self) -> usize {
        self.places.len()
    }

    /// Returns whether there is none.
    pub const fn is_empty(&self) -> bool {
        self.places.is_empty()
    }

    /// Returns the report at a position, in the order of paths.
    ///
    /// # Errors
    /// When there is none, or the temporary file cannot be read.
    pub fn get(&self, position: usize) -> io::Result<FileReport> {
        let place = self.places.get(position).ok_or(io::ErrorKind::NotFound)?;
        serde_json::from_slice(&self.store.bytes(*place)?).map_err(Into::into)
    }

    /// Returns all of them in order, one in memory at a time.
    pub fn iter(&self) -> impl Iterator<Item = io::Result<FileReport>> {
        (0..self.len()).map(|position| self.get(position))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::report::{FileError, FileStatus};

    fn report(file: &str, sha256: Option<&str>, status: FileStatus) -> FileReport {
        let error = FileError {
            code: "not_found".to_owned(),
            message: String::new(),
        };
        FileReport {
            sha256: sha256.map(str::to_owned),
            status,
            ..FileReport::unreadable(file, error)
        }
    }

    fn come_back(reports: &[FileReport]) -> Vec<(String, FileStatus)> {
        let mut spool = ReportSpool::default();
        for report in reports {
            spool.add(report).unwrap();
        }
        let back = spool.finish().unwrap();
        back.iter()
            .map(|it| it.map(|it| (it.file, it.status)).unwrap())
            .collect()
    }

    #[test]
    fn reports_come_back_by_path_however_they_came() {
        let mut reports: Vec<FileReport> = ["丙", "甲", "乙"]
            .map(|file| report(file, Some("1"), FileStatus::Clean))
            .to_vec();
        let there = come_back(&reports);
        reports.reverse();
        assert_eq!(come_back(&reports), there);
        assert_eq!(there.len(), 3);
        assert!(there.is_sorted_by(|one, other| one.0 < other.0));
    }

    #[test]
    fn a_file_that_was_had_later_counts_as_read() {
        let gone = report("甲", None, FileStatus::Unreadable);
        let read = report("甲", Some("1"), FileStatus::Clean);
        let other = report("乙", None, FileStatus::Unreadable);
        let expected = [
            ("乙".to_owned(), FileStatus::Unreadable),
            ("甲".to_owned(), FileStatus::Clean),
        ];
        for reports in [
            [gone.clone(), read.clone(), other.clone()],
            [other.clone(), read.clone(), gone.clone()],
        ] {
            assert_eq!(come_back(&reports), expected);
        }
    }

    #[test]
    fn of_two_results_for_one_content_the_one_that_read_more_stands() {
        let unread = report("甲", Some("1"), FileStatus::Unreadable);
        let read = report("甲", Some("1"), FileStatus::Findings);
        for reports in [[unread.clone(), read.clone()], [read.clone(), unread.clone()]] {
            assert_eq!(come_back(&reports), [("甲".to_owned(), FileStatus::Findings)]);
        }
    }
}
