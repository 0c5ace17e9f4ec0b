//! One input: the path that it is shown by, and the way to its bytes.

use std::path::{Path, PathBuf};

use super::archive::Entry;
use super::source;
use crate::report::FileError;

/// One file to check. Cheap to keep: its bytes are read when asked for.
#[derive(Debug, Clone)]
pub struct Input {
    shown: String,
    /// Where the part of `shown` below the named folder, archive or pattern begins.
    below: usize,
    source: Source,
}

#[derive(Debug, Clone)]
pub(super) enum Source {
    /// A path on disk, or standard input.
    File(PathBuf),
    Entry(Entry),
    /// Known beforehand to give nothing; the path of what was to be read.
    Refused(PathBuf, FileError),
}

impl Input {
    /// A file named outright; `-` is standard input.
    pub fn file(path: &Path) -> Self {
        let shown = source::shown(path);
        let below = shown.rfind('/').map_or(0, |slash| slash + 1);
        Self::new(shown, below, Source::File(path.to_owned()))
    }

    pub(super) const fn new(shown: String, below: usize, source: Source) -> Self {
        Self { shown, below, source }
    }

    /// The path as a report shows it: as given, `/` between its parts; in an archive `包.zip/部门/表.xlsx`.
    pub fn shown(&self) -> &str {
        &self.shown
    }

    /// The folders and archives between what was named and the file, outermost first; none for a file named outright.
    pub fn folders(&self) -> impl Iterator<Item = &str> {
        let below = self.shown.get(self.below..).unwrap_or_default();
        let folders = below.rsplit_once('/').map_or("", |(folders, _)| folders);
        folders.split('/').filter(|part| !part.is_empty())
    }

    /// What on disk holds it: its own path, or that of the outermost archive.
    pub fn place(&self) -> &Path {
        match &self.source {
            Source::File(path) | Source::Refused(path, _) => path,
            Source::Entry(entry) => entry.place(),
        }
    }

    /// Whether [`Input::place`] is the file itself.
    pub const fn is_plain_file(&self) -> bool {
        matches!(self.source, Source::File(_))
    }

    /// Whether it is standard input, which can be read once only.
    pub fn is_standard(&self) -> bool {
        self.is_plain_file() && source::is_standard_input(self.place())
    }

    /// Its bytes, at most `limit` of them plus one, so that the reader sees that the limit was passed.
    ///
    /// # Errors
    /// A code and one Chinese sentence: not found, no permission, a failing device, or what is wrong with an archive.
    pub fn read(&self, limit: u64) -> Result<Vec<u8>, FileError> {
        match &self.source {
            Source::File(path) => source::read_file(path, limit),
            Source::Entry(entry) => entry.read(limit),
            Source::Refused(_, error) => Err(error.clone()),
        }
    }
}
