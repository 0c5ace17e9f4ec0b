//! One input: the path that it is shown by, and the way to its bytes.

use std::path::{Path, PathBuf};

use super::archive::Entry;
use super::source;
use crate::report::FileError;

/// One file to check. Cheap to keep, for a run may have many: its bytes are read when asked for.
#[derive(Debug, Clone)]
pub struct Input {
    shown: Box<str>,
    /// `None` for nearly all of them: a file on disk at the path shown.
    source: Option<Box<Source>>,
    /// Where the part of `shown` below the named folder, archive or pattern begins.
    below: u32,
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
    /// Returns a file named outright; `-` is standard input.
    pub fn file(path: &Path) -> Self {
        let shown = source::shown(path);
        let below = shown.rfind('/').map_or(0, |slash| slash + 1);
        Self::at(shown, below, path)
    }

    /// Returns a path on disk, or standard input.
    pub(super) fn at(shown: impl Into<Box<str>>, below: usize, path: &Path) -> Self {
        let shown = shown.into();
        let is_as_shown = path.as_os_str() == &*shown;
        let source = (!is_as_shown).then(|| Source::File(path.to_owned()));
        Self::of(shown, below, source)
    }

    pub(super) fn new(shown: impl Into<Box<str>>, below: usize, source: Source) -> Self {
        Self::of(shown.into(), below, Some(source))
    }

    fn of(shown: Box<str>, below: usize, source: Option<Source>) -> Self {
        Self {
            shown,
            source: source.map(Box::new),
            below: u32::try_from(below).unwrap_or(u32::MAX),
        }
    }

    /// Returns the path as a report shows it: as given, `/` between its parts; in an archive `包.zip/部门/表.xlsx`.
    pub fn shown(&self) -> &str {
        &self.shown
    }

    /// Returns the folders and archives between what was named and the file, outermost first; none for a file named
    /// outright.
    pub fn folders(&self) -> impl Iterator<Item = &str> {
        let below = usize::try_from(self.below).unwrap_or(usize::MAX);
        let below = self.shown.get(below..).unwrap_or_default();
        let folders = below.rsplit_once('/').map_or("", |(folders, _)| folders);
        folders.split('/').filter(|part| !part.is_empty())
    }

    /// Returns what on disk holds it: its own path, or that of the outermost archive.
    pub fn place(&self) -> &Path {
        match self.source.as_deref() {
            None => Path::new(&*self.shown),
            Some(Source::File(path) | Source::Refused(path, _)) => path,
            Some(Source::Entry(entry)) => entry.place(),
        }
    }

    /// Returns whether [`Input::place`] is the file itself.
    pub fn is_plain_file(&self) -> bool {
        matches!(self.source.as_deref(), None | Some(Source::File(_)))
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
        match self.source.as_deref() {
            None | Some(Source::File(_)) => source::read_file(self.place(), limit),
            Some(Source::Entry(entry)) => entry.read(limit),
            Some(Source::Refused(_, error)) => Err(error.clone()),
        }
    }
}
