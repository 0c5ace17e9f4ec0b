//! The file that an archive is read from, open only while it is read, and with another directory at its end where that
//! is asked for.

use std::fs::File;
use std::io::{self, BufReader, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use tempfile::TempPath;

/// Where an archive lies on disk.
#[derive(Debug)]
pub(super) enum Place {
    Own(PathBuf),
    /// An archive from inside another, gone when the last entry of it is.
    Unpacked(TempPath, PathBuf),
}

impl Place {
    /// Returns the outermost archive on disk.
    pub(super) fn outermost(&self) -> &Path {
        match self {
            Self::Own(path) => path,
            Self::Unpacked(_, outermost) => outermost,
        }
    }
}

/// A file on disk that is open only while it is read: a batch may have more archives than files can be open.
pub(super) struct ArchiveFile {
    place: Arc<Place>,
    /// What stands in place of the file's bytes from a position on.
    end: Option<Arc<(u64, Vec<u8>)>>,
    open: Option<BufReader<File>>,
    /// Counted where there is another end.
    position: u64,
}

impl Clone for ArchiveFile {
    fn clone(&self) -> Self {
        Self {
            place: Arc::clone(&self.place),
            end: self.end.clone(),
            open: None,
            position: 0,
        }
    }
}

impl ArchiveFile {
    pub(super) const fn new(place: Arc<Place>) -> Self {
        Self {
            place,
            end: None,
            open: None,
            position: 0,
        }
    }

    /// Returns the file with other bytes from a position on.
    pub(super) fn with_end(place: Arc<Place>, start: u64, bytes: Vec<u8>) -> Self {
        Self {
            end: Some(Arc::new((start, bytes))),
            ..Self::new(place)
        }
    }

    /// Returns whether the file begins with an entry of an archive.
    pub(super) fn starts_as_archive(&mut self) -> bool {
        let mut head = [0; 4];
        let read = self.rewind().and_then(|()| self.read_exact(&mut head));
        read.is_ok() && head == *b"PK\x03\x04"
    }

    fn file(&mut self) -> io::Result<&mut BufReader<File>> {
        if self.open.is_none() {
            let path: &Path = match &*self.place {
                Place::Own(path) => path,
                Place::Unpacked(path, _) => path,
            };
            self.open = Some(BufReader::with_capacity(16 * 1024, File::open(path)?));
        }
        self.open.as_mut().ok_or_else(|| io::ErrorKind::NotFound.into())
    }
}

impl Read for ArchiveFile {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let Some(end) = self.end.clone() else {
            return self.file()?.read(buffer);
        };
        let (start, bytes) = &*end;
        let count = match self.position.checked_sub(*start) {
            Some(at) => {
                let rest = usize::try_from(at).ok().and_then(|at| bytes.get(at..));
                rest.unwrap_or_default().read(buffer)?
            }
            None => {
                let before = start - self.position;
                self.file()?.by_ref().take(before).read(buffer)?
            }
        };
        self.position = self.position.saturating_add(u64::try_from(count).unwrap_or(u64::MAX));
        Ok(count)
    }
}

impl Seek for ArchiveFile {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let Some(end) = self.end.clone() else {
            return self.file()?.seek(to);
        };
        let (start, bytes) = &*end;
        let length = start.saturating_add(u64::try_from(bytes.len()).unwrap_or(u64::MAX));
        let position = match to {
            SeekFrom::Start(position) => Some(position),
            SeekFrom::Current(by) => self.position.checked_add_signed(by),
            SeekFrom::End(by) => length.checked_add_signed(by),
        };
        self.position = position.ok_or(io::ErrorKind::InvalidInput)?;
        if self.position < *start {
            let position = self.position;
            self.file()?.seek(SeekFrom::Start(position))?;
        }
        Ok(self.position)
    }
}
