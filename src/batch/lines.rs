//! A file's report as one line, and lines back to reports, wherever they were made.

use std::fmt;
use std::io::{BufRead, Read as _};

use serde::{Deserialize, Serialize};

use crate::check::{CheckOptions, check_bytes_with};
use crate::report::{FileReport, to_line};

/// A longer line is no file's report: a report of the largest file within the reader's limits is shorter.
pub const MOST_LINE_BYTES: u64 = 512 * 1024 * 1024;

/// What a line was made by. Lines of equal makers and equal files are equal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CheckedBy {
    /// The program's version.
    pub version: String,
    /// The standard's name and a mark of everything else that a check goes by.
    pub basis: String,
}

#[derive(Serialize)]
struct Line<'a> {
    #[serde(flatten)]
    report: &'a FileReport,
    #[serde(skip_serializing_if = "Option::is_none")]
    checked_by: Option<&'a CheckedBy>,
}

/// Returns one file's bytes to one line of `check --format ndjson`, without its end. Pure: the same bytes, name and
/// options give the same line on every machine, and lines do not depend on each other.
///
/// `file` is the path that the report shows.
///
/// ```
/// use hebiao::{CheckOptions, batch, standard::Standard};
///
/// let bytes = std::fs::read("samples/部门评价表-信丰.xlsx")?;
/// let standard = Standard::ministry();
/// let line = batch::check_line("部门/表.xlsx", &bytes, &CheckOptions::new(&standard));
/// let report = batch::read_lines(line.as_bytes()).next().ok_or("no line")??;
/// assert_eq!((report.file.as_str(), report.tables.len()), ("部门/表.xlsx", 1));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn check_line(file: &str, bytes: &[u8], options: &CheckOptions<'_>) -> String {
    line(&check_bytes_with(file, bytes, options).report, None)
}

/// Returns a report as one line, without its end; with what it was made by, where that is to be known later.
pub fn line(report: &FileReport, checked_by: Option<&CheckedBy>) -> String {
    // Texts, numbers and lists have no way to fail; an empty line is passed over by the reader.
    match checked_by {
        None => to_line(report),
        checked_by => to_line(&Line { report, checked_by }),
    }
    .unwrap_or_default()
}

/// Why a line gave no report. `Display` is one Chinese sentence with the line's number, to follow the file's name.
#[derive(Debug)]
pub struct LineError {
    /// The line's number, from 1.
    pub line: usize,
    /// What is wrong.
    pub fault: LineFault,
}

/// What is wrong with a line.
#[derive(Debug)]
#[non_exhaustive]
pub enum LineFault {
    /// The device failed; no line follows.
    Device(std::io::Error),
    /// Longer than [`MOST_LINE_BYTES`].
    TooLong,
    /// No end of line, and no whole report: whoever wrote it was stopped.
    Unfinished,
    /// Not a file's report.
    NotAReport,
}

impl fmt::Display for LineError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (fact, way_out) = match self.fault {
            LineFault::Device(_) => ("读取时磁盘或网络出错", "请把文件复制到本机再试"),
            LineFault::TooLong => (
                "太长，不是一个文件的核对结果",
                "请用 hebiao check --format ndjson 重新生成",
            ),
            LineFault::Unfinished => ("没有写完，写的时候被中断了", "请加 --resume 再运行一次原来的命令"),
            LineFault::NotAReport => ("不是一个文件的核对结果", "请用 hebiao check --format ndjson 重新生成"),
        };
        write!(f, "第 {} 行{fact}；{way_out}。", self.line)
    }
}

impl std::error::Error for LineError {}

/// Reads lines that `check --format ndjson` wrote, one report at a time; empty lines are passed over. A bad line is an
/// error and the next one is read on.
pub fn read_lines(reader: impl BufRead) -> impl Iterator<Item = Result<FileReport, LineError>> {
    let mut lines = Lines::new(reader);
    std::iter::from_fn(move || {
        let line = lines.next()?;
        Some(line.and_then(|line| report_of(&line)))
    })
}

/// Returns the report on a line. Not generic, so that it is compiled once, with the library.
pub(super) fn report_of(line: &RawLine) -> Result<FileReport, LineError> {
    let unread = |_| LineError {
        line: line.number,
        fault: if line.is_finished {
            LineFault::NotAReport
        } else {
            LineFault::Unfinished
        },
    };
    serde_json::from_slice(&line.bytes).map_err(unread)
}

/// Lines with their places.
pub(super) struct Lines<R> {
    reader: R,
    number: usize,
    position: u64,
    has_failed: bool,
}

/// A line that is not empty.
// Only results on disk ask where a line lies.
#[cfg_attr(not(feature = "batch"), allow(dead_code))]
pub(super) struct RawLine {
    pub number: usize,
    /// Where it begins, in bytes.
    pub start: u64,
    /// Where the next one begins.
    pub end: u64,
    pub bytes: Vec<u8>,
    pub is_finished: bool,
}

impl<R: BufRead> Lines<R> {
    pub(super) const fn new(reader: R) -> Self {
        Self {
            reader,
            number: 0,
            position: 0,
            has_failed: false,
        }
    }

    pub(super) fn next(&mut self) -> Option<Result<RawLine, LineError>> {
        while !self.has_failed {
            let start = self.position;
            let mut bytes = Vec::new();
            let read = self.reader.by_ref().take(MOST_LINE_BYTES).read_until(b'\n', &mut bytes);
            self.number += 1;
            let number = self.number;
            let failed = |fault| Some(Err(LineError { line: number, fault }));
            match read {
                Ok(0) => return None,
                Ok(length) => self.position += u64::try_from(length).unwrap_or(u64::MAX),
                Err(error) => {
                    self.has_failed = true;
                    return failed(LineFault::Device(error));
                }
            }
            let is_finished = bytes.last() == Some(&b'\n');
            if !is_finished && self.position - start >= MOST_LINE_BYTES {
                drop(bytes);
                return match self.skip_line() {
                    Ok(()) => failed(LineFault::TooLong),
                    Err(error) => {
                        self.has_failed = true;
                        failed(LineFault::Device(error))
                    }
                };
            }
            if start == 0 && bytes.starts_with(b"\xEF\xBB\xBF") {
                bytes.drain(..3);
            }
            if bytes.trim_ascii().is_empty() {
                continue;
            }
            return Some(Ok(RawLine {
                number,
                start,
                end: self.position,
                bytes,
                is_finished,
            }));
        }
        None
    }

    fn skip_line(&mut self) -> std::io::Result<()> {
        loop {
            let buffer = self.reader.fill_buf()?;
            let (length, is_end) = match buffer.iter().position(|byte| *byte == b'\n') {
                Some(at) => (at + 1, true),
                None => (buffer.len(), buffer.is_empty()),
            };
            self.reader.consume(length);
            self.position += u64::try_from(length).unwrap_or(u64::MAX);
            if is_end {
                return Ok(());
            }
        }
    }
}
