//! One input: the path that it is shown by, and the way to its bytes.

use std::path::{Path, PathBuf};

use super::archive::Entry;
use super::source;
use crate::report::FileError;

/// One file to check. Cheap to keep: its bytes are read when asked for.
#[derive(Debug, Clone)]
pub struct Input {
    shown: Box<str>,
    /// Where the part of `shown` below the named folder, archive or pattern begins.
    below: usize,
    source: Source,
}

/// Small: a run may have many inputs, and nearly all of them are files at the paths that they are shown by.
#[derive(Debug, Clone)]
pub(super) enum Source {
    /// A file on disk at the path shown.
    AsShown,
    /// A path on disk, or standard input.
    File(Box<PathBuf>),
    Entry(Box<Entry>),
    /// Known beforehand to give nothing; the path of what was to be read.
    Refused(Box<(PathBuf, FileError)>),
}

impl Source {
    /// Returns a path on disk, or standard input.
    pub(super) fn of_file(path: &Path) -> Self {
        Self::File(Box::new(path.to_owned()))
    }
}

impl Input {
    /// Returns a file named outright; `-` is standard input.
    pub fn file(path: &Path) -> Self {
        let shown = source::shown(path);
        let below = shown.rfind('/').map_or(0, |slash| slash + 1);
        Self::new(shown, below, Source::of_file(path))
    }

    pub(super) fn new(shown: impl Into<Box<str>>, below: usize, source: Source) -> Self {
        let shown = shown.into();
        let source = match source {
            Source::File(path) if path.as_os_str() == &*shown => Source::AsShown,
            source => source,
        };
        Self { shown, below, source }
    }

    /// Returns the path as a report shows it: as given, `/` between its parts; in an archive `包.zip/部门/表.xlsx`.
    pub fn shown(&self) -> &str {
        &self.shown
    }

    /// Returns the folders and archives between what was named and the file, outermost first; none for a file named
    /// outright.
    pub fn folders(&self) -> impl Iterator<Item = &str> {
        let below = self.shown.get(self.below..).unwrap_or_default();
        let folders = below.rsplit_once('/').map_or("", |(folders, _)| folders);
        folders.split('/').filter(|part| !part.is_empty())
    }

    /// Returns what on disk holds it: its own path, or that of the outermost archive.
    pub fn place(&self) -> &Path {
        match &self.source {
            Source::AsShown => Path::new(&*self.shown),
            Source::File(path) => path,
            Source::Refused(refused) => &refused.0,
            Source::Entry(entry) => entry.place(),
        }
    }

    /// Returns whether [`Input::place`] is the file itself.
    pub const fn is_plain_file(&self) -> bool {
        matches!(self.source, Source::AsShown | Source::File(_))
    }

    /// Returns whether it is standard input, which can be read once only.
    pub fn is_standard(&self) -> bool {
        self.is_plain_file() && source::is_standard_input(self.place())
    }

    /// Returns its bytes, at most `limit` of them plus one, so that the reader sees that the limit was passed.
    ///
    /// # Errors
    /// A code and one Chinese sentence: not found, no permission, a failing device, or what is wrong with an archive.
    pub fn read(&self, limit: u64) -> Result<Vec<u8>, FileError> {
        match &self.source {
            Source::AsShown | Source::File(_) => source::read_file(self.place(), limit),
            Source::Entry(entry) => entry.read(limit),
            Source::Refused(refused) => Err(refused.1.clone()),
        }
    }
}
