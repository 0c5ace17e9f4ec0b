//! A file of result lines that is added to as files are checked, and gone on with after a stop.

use std::collections::BTreeMap;
use std::fmt;
use std::fs::{File, OpenOptions};
use std::io::{self, BufReader, BufWriter, Read as _, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::Deserialize;

use super::lines::{CheckedBy, LineError, LineFault, Lines, RawLine, report_of};
use crate::files::unnamed;
use crate::report::FileReport;

/// A results file that lines are added to. `T` is what is to be known of a line that is there already.
#[derive(Debug)]
pub struct Results<T> {
    path: PathBuf,
    file: File,
    known: Arc<KnownResults<T>>,
    /// Places of lines that a later one has replaced.
    replaced: Vec<(u64, u64)>,
}

/// The lines that were in a results file when it was opened, by their files.
#[derive(Debug)]
pub struct KnownResults<T>(BTreeMap<String, Earlier<T>>);

#[derive(Debug)]
struct Earlier<T> {
    start: u64,
    end: u64,
    sha256: Option<String>,
    checked_by: Option<CheckedBy>,
    note: T,
}

impl<T> KnownResults<T> {
    /// Returns what is known of a file whose line need not be made again: the same path, content and maker.
    pub fn get(&self, file: &str, sha256: &str, checked_by: &CheckedBy) -> Option<&T> {
        let earlier = self.0.get(file)?;
        let is_same = earlier.sha256.as_deref() == Some(sha256) && earlier.checked_by.as_ref() == Some(checked_by);
        is_same.then_some(&earlier.note)
    }

    /// Returns whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// Why a results file cannot be used. `Display` is one Chinese sentence with the file's name.
#[derive(Debug)]
#[non_exhaustive]
pub enum ResultsError {
    /// It is there, and going on with it was not asked for.
    Exists(PathBuf),
    /// It cannot be opened, read or written.
    Device(PathBuf, io::Error),
    /// A line of it is no result.
    Line(PathBuf, LineError),
}

impl fmt::Display for ResultsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Exists(path) => write!(
                f,
                "结果文件“{}”已经存在，没有改动；要接着上次做请加 --resume，要重新做请换一个文件名",
                path.display()
            ),
            Self::Device(path, error) => {
                let reason = match error.kind() {
                    io::ErrorKind::NotFound => "文件夹不存在，请检查路径",
                    io::ErrorKind::PermissionDenied => "没有权限，请换一个位置",
                    io::ErrorKind::StorageFull => "磁盘已满，请清理后加 --resume 接着做",
                    io::ErrorKind::IsADirectory => "这是一个文件夹，请给出文件名",
                    io::ErrorKind::QuotaExceeded => "磁盘空间用完了，请清理后加 --resume 接着做",
                    io::ErrorKind::ReadOnlyFilesystem => "磁盘是只读的，请换一个位置",
                    io::ErrorKind::NotADirectory => "路径中有一段是文件而不是文件夹，请检查路径",
                    io::ErrorKind::FileTooLarge => "文件超过了磁盘允许的大小，请换一个磁盘",
                    _ => "磁盘或网络出错，请检查后加 --resume 接着做",
                };
                write!(f, "结果文件“{}”读写不了：{reason}", path.display())
            }
            Self::Line(path, error) => write!(f, "结果文件“{}”{error}", path.display()),
        }
    }
}

impl std::error::Error for ResultsError {}

/// The mark that [`super::line`] adds.
#[derive(Deserialize)]
struct Maker {
    checked_by: Option<CheckedBy>,
}

impl Maker {
    fn of(line: &RawLine) -> Result<Self, LineError> {
        serde_json::from_slice(&line.bytes).map_err(|_| LineError {
            line: line.number,
            fault: LineFault::NotAReport,
        })
    }
}

/// Returns whether a line that was not finished is one that a run of ours was stopped in.
fn begins_as_a_result(line: &[u8]) -> bool {
    const BEGINNING: &[u8] = b"{\"file\":";
    line.starts_with(BEGINNING) || BEGINNING.starts_with(line)
}

impl<T> Results<T> {
    /// Returns a new results file.
    ///
    /// # Errors
    /// When there is one of this name already, or it cannot be made.
    pub fn create(path: &Path) -> Result<Self, ResultsError> {
        let opened = OpenOptions::new().read(true).write(true).create_new(true).open(path);
        let file = opened.map_err(|error| match error.kind() {
            io::ErrorKind::AlreadyExists => ResultsError::Exists(path.to_owned()),
            _ => ResultsError::Device(path.to_owned(), error),
        })?;
        Ok(Self::new(path, file))
    }

    /// A results file to go on with, or a new one. A last line that was not finished is dropped. `note` takes
    /// from each report that is there what is to be known of it.
    ///
    /// # Errors
    /// When it cannot be read or written, or a line of it is no result, nor the beginning of one.
    pub fn resume(path: &Path, mut note: impl FnMut(&FileReport) -> T) -> Result<Self, ResultsError> {
        let device = |error| ResultsError::Device(path.to_owned(), error);
        let opened = OpenOptions::new()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .open(path);
        let mut results = Self::new(path, opened.map_err(device)?);
        let mut whole = 0;
        let mut lines = Lines::new(BufReader::new(&results.file));
        let mut earlier = BTreeMap::new();
        let mut replaced = Vec::new();
        while let Some(line) = lines.next() {
            let line = line.map_err(|error| ResultsError::Line(path.to_owned(), error))?;
            if !line.is_finished && begins_as_a_result(&line.bytes) {
                break;
            }
            let wrong = |error: LineError| {
                let fault = LineFault::NotAReport;
                ResultsError::Line(path.to_owned(), LineError { fault, ..error })
            };
            let report = report_of(&line).map_err(wrong)?;
            let maker = Maker::of(&line).map_err(wrong)?;
            let entry = Earlier {
                start: line.start,
                end: line.end,
                note: note(&report),
                sha256: report.sha256,
                checked_by: maker.checked_by,
            };
            replaced.extend(earlier.insert(report.file, entry).map(|old| (old.start, old.end)));
            whole = line.end;
        }
        drop(lines);
        (results.known, results.replaced) = (Arc::new(KnownResults(earlier)), replaced);
        results.file.set_len(whole).map_err(device)?;
        results.file.seek(SeekFrom::End(0)).map_err(device)?;
        Ok(results)
    }

    fn new(path: &Path, file: File) -> Self {
        Self {
            path: path.to_owned(),
            file,
            known: Arc::new(KnownResults(BTreeMap::new())),
            replaced: Vec::new(),
        }
    }

    /// Returns the lines that were there, for whoever works side by side.
    pub fn known(&self) -> Arc<KnownResults<T>> {
        Arc::clone(&self.known)
    }

    /// Adds a file's line, whole before the next one.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn add(&mut self, file: &str, line: &str) -> Result<(), ResultsError> {
        let mut bytes = Vec::with_capacity(line.len() + 1);
        bytes.extend(line.as_bytes());
        bytes.push(b'\n');
        self.file
            .write_all(&bytes)
            .map_err(|error| ResultsError::Device(self.path.clone(), error))?;
        if let Some(old) = self.known.0.get(file) {
            self.replaced.push((old.start, old.end));
        }
        Ok(())
    }

    /// Takes out the lines that later ones replaced, so that each file has one. The file is the old or the new one at
    /// any moment.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn finish(mut self) -> Result<(), ResultsError> {
        self.tidy()
            .map_err(|error| ResultsError::Device(self.path.clone(), error))
    }

    fn tidy(&mut self) -> io::Result<()> {
        self.file.sync_all()?;
        if self.replaced.is_empty() {
            return Ok(());
        }
        self.replaced.sort_unstable();
        let folder = match self.path.parent() {
            Some(parent) if !parent.as_os_str().is_empty() => parent,
            _ => Path::new("."),
        };
        let mut kept = unnamed(folder)?;
        kept.as_file().set_permissions(self.file.metadata()?.permissions())?;
        self.file.seek(SeekFrom::Start(0))?;
        let mut source = BufReader::new(&self.file);
        let mut target = BufWriter::new(kept.as_file_mut());
        let mut position = 0;
        for (start, end) in &self.replaced {
            io::copy(&mut source.by_ref().take(start.saturating_sub(position)), &mut target)?;
            position = position.max(*start);
            io::copy(&mut source.by_ref().take(end.saturating_sub(position)), &mut io::sink())?;
            position = position.max(*end);
        }
        io::copy(&mut source, &mut target)?;
        target.flush()?;
        drop(target);
        kept.as_file().sync_all()?;
        kept.persist(&self.path).map_err(|error| error.error)?;
        Ok(())
    }
}
