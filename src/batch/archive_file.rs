//! The bytes that an archive is read from: a file, open only while it is read, or memory; with another directory at
//! their end where that is asked for.

#[cfg(feature = "batch")]
use std::fs::File;
#[cfg(feature = "batch")]
use std::io::BufReader;
use std::io::{self, Cursor, Read, Seek, SeekFrom, Write};
#[cfg(feature = "batch")]
use std::path::{Path, PathBuf};
use std::sync::Arc;

#[cfg(feature = "batch")]
use tempfile::{NamedTempFile, TempPath};

/// Where an archive lies: on disk, or in memory.
pub(super) enum Place {
    #[cfg(feature = "batch")]
    Own(PathBuf),
    /// An archive from inside another, gone when the last entry of it is.
    #[cfg(feature = "batch")]
    Unpacked(TempPath, PathBuf),
    Memory(Arc<[u8]>),
    /// An archive from inside one in memory.
    MemoryInside(Arc<[u8]>),
}

impl std::fmt::Debug for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            #[cfg(feature = "batch")]
            Self::Own(path) | Self::Unpacked(_, path) => path.fmt(f),
            Self::Memory(bytes) | Self::MemoryInside(bytes) => write!(f, "{} bytes", bytes.len()),
        }
    }
}

impl Place {
    /// Returns the outermost archive on disk; nothing where there is none.
    #[cfg(feature = "batch")]
    pub(super) fn outermost(&self) -> &Path {
        match self {
            Self::Own(path) | Self::Unpacked(_, path) => path,
            Self::Memory(_) | Self::MemoryInside(_) => Path::new(""),
        }
    }

    /// Returns whether the archive came from inside another.
    pub(super) const fn is_inner(&self) -> bool {
        match self {
            #[cfg(feature = "batch")]
            Self::Own(_) => false,
            #[cfg(feature = "batch")]
            Self::Unpacked(..) => true,
            Self::Memory(_) => false,
            Self::MemoryInside(_) => true,
        }
    }

    /// Returns room for an archive from inside this one: on disk for one on disk, in memory for one in memory.
    ///
    /// # Errors
    /// When no temporary file can be made.
    pub(super) fn inner(&self) -> io::Result<Inner> {
        match self {
            #[cfg(feature = "batch")]
            Self::Own(path) | Self::Unpacked(_, path) => Ok(Inner::File(NamedTempFile::new()?, path.clone())),
            Self::Memory(_) | Self::MemoryInside(_) => Ok(Inner::Memory(Vec::new())),
        }
    }
}

/// An archive that is being unpacked from another.
pub(super) enum Inner {
    #[cfg(feature = "batch")]
    File(NamedTempFile, PathBuf),
    Memory(Vec<u8>),
}

impl Inner {
    /// Returns the archive as a place to read from.
    pub(super) fn into_place(self) -> Place {
        match self {
            #[cfg(feature = "batch")]
            Self::File(file, outermost) => Place::Unpacked(file.into_temp_path(), outermost),
            Self::Memory(bytes) => Place::MemoryInside(bytes.into()),
        }
    }
}

impl Write for Inner {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            #[cfg(feature = "batch")]
            Self::File(file, _) => file.write(bytes),
            Self::Memory(held) => held.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            #[cfg(feature = "batch")]
            Self::File(file, _) => file.flush(),
            Self::Memory(_) => Ok(()),
        }
    }
}

/// What is open of a place.
enum Opened {
    #[cfg(feature = "batch")]
    File(BufReader<File>),
    Memory(Cursor<Arc<[u8]>>),
}

impl Read for Opened {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self {
            #[cfg(feature = "batch")]
            Self::File(file) => file.read(buffer),
            Self::Memory(bytes) => bytes.read(buffer),
        }
    }
}

impl Seek for Opened {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        match self {
            #[cfg(feature = "batch")]
            Self::File(file) => file.seek(to),
            Self::Memory(bytes) => bytes.seek(to),
        }
    }
}

/// The bytes of an archive. A file is open only while it is read: a batch may have more archives than files can be
/// open.
pub(super) struct ArchiveFile {
    place: Arc<Place>,
    /// What stands in place of the file's bytes from a position on.
    end: Option<Arc<(u64, Vec<u8>)>>,
    open: Option<Opened>,
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

    fn file(&mut self) -> io::Result<&mut Opened> {
        if self.open.is_none() {
            #[cfg(feature = "batch")]
            let open =
                |path: &Path| File::open(path).map(|file| Opened::File(BufReader::with_capacity(16 * 1024, file)));
            self.open = Some(match &*self.place {
                #[cfg(feature = "batch")]
                Place::Own(path) => open(path)?,
                #[cfg(feature = "batch")]
                Place::Unpacked(path, _) => open(path)?,
                Place::Memory(bytes) | Place::MemoryInside(bytes) => Opened::Memory(Cursor::new(Arc::clone(bytes))),
            });
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
