//! Results as they come, in any order and from any number of runs, and which of them stand.

use std::collections::VecDeque;
use std::io;

use crate::disk::{Place, Record, Sorted};
use crate::report::{FileReport, FileStatus};

/// Where a file's result lies. The order of its fields is that of all outputs; rank and mark decide between results for
/// one content, so that the order in which they came does not.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
pub struct ResultEntry {
    file: String,
    sha256: Option<String>,
    /// The less, the more was read.
    rank: u8,
    mark: [u8; 32],
    /// Where what is kept of it lies.
    pub place: Place,
}

impl Record for ResultEntry {
    fn heap_bytes(&self) -> usize {
        self.file.capacity() + self.sha256.as_ref().map_or(0, String::capacity)
    }
}

impl ResultEntry {
    /// Returns a report's result; `mark` is that of what is kept of it.
    pub fn new(report: &FileReport, mark: [u8; 32], place: Place) -> Self {
        Self {
            file: report.file.clone(),
            sha256: report.sha256.clone(),
            rank: match report.status {
                FileStatus::Clean | FileStatus::Findings => 0,
                FileStatus::Unrecognized => 1,
                FileStatus::Unreadable => 2,
            },
            mark,
            place,
        }
    }
}

/// Returns the results that stand, by path and content: of two for one content the one that read more, and none of
/// which nothing was seen where all of the file was read in another run.
pub fn latest_results(results: &Sorted<ResultEntry>) -> impl Iterator<Item = io::Result<ResultEntry>> {
    let mut results = results.iter().peekable();
    let mut of_path: VecDeque<ResultEntry> = VecDeque::new();
    std::iter::from_fn(move || {
        if of_path.is_empty() {
            let first = match results.next()? {
                Ok(first) => first,
                Err(error) => return Some(Err(error)),
            };
            of_path.push_back(first);
            while let Some(next) = results.next_if(|next| is_of_path(next, &of_path)) {
                match next {
                    Ok(next) if of_path.back().is_some_and(|last| last.sha256 == next.sha256) => {}
                    Ok(next) => of_path.push_back(next),
                    Err(error) => return Some(Err(error)),
                }
            }
            // What nothing was seen of comes first.
            let was_read = of_path.iter().any(|result| result.rank == 0);
            let unseen = of_path
                .front()
                .is_some_and(|first| first.sha256.is_none() && first.rank > 0);
            if unseen && was_read {
                of_path.pop_front();
            }
        }
        of_path.pop_front().map(Ok)
    })
}

fn is_of_path(next: &io::Result<ResultEntry>, of_path: &VecDeque<ResultEntry>) -> bool {
    let path = of_path.front().map(|first| &first.file);
    next.as_ref().is_ok_and(|next| Some(&next.file) == path)
}
