//! A file that is looked into here and there: a small one is read at once, so that a look costs no call of the system.

use std::fs::File;
use std::io::{self, BufReader, Cursor, Read, Seek, SeekFrom};
use std::path::Path;

/// Bytes of a file that is read at once.
const SMALL: u64 = 256 * 1024;

/// A file that is looked into.
pub(super) enum QuickFile {
    Small(Cursor<Vec<u8>>),
    Large(BufReader<File>),
}

impl QuickFile {
    /// Opens a file.
    pub(super) fn open(path: &Path) -> io::Result<Self> {
        let mut file = File::open(path)?;
        let length = file.metadata()?.len();
        // Of what is no file, as of one that grows, the length says nothing.
        if length == 0 || length > SMALL {
            return Ok(Self::Large(BufReader::new(file)));
        }
        let mut bytes = Vec::with_capacity(usize::try_from(length + 1).unwrap_or_default());
        let read = file.by_ref().take(length + 1).read_to_end(&mut bytes)?;
        if u64::try_from(read).is_ok_and(|read| read <= length) {
            return Ok(Self::Small(Cursor::new(bytes)));
        }
        file.seek(SeekFrom::Start(0))?;
        Ok(Self::Large(BufReader::new(file)))
    }
}

impl Read for QuickFile {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self {
            Self::Small(bytes) => bytes.read(buffer),
            Self::Large(file) => file.read(buffer),
        }
    }
}

impl Seek for QuickFile {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        match self {
            Self::Small(bytes) => bytes.seek(to),
            Self::Large(file) => file.seek(to),
        }
    }
}
