//! Where an archive's bytes lie: in memory, on disk, or unpacked from another archive.

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

pub(super) enum Place {
    #[cfg(feature = "batch")]
    Own(PathBuf),
    /// An archive from inside another, gone when the last entry of it is.
    #[cfg(feature = "batch")]
    Unpacked(TempPath, PathBuf),
    Memory(Vec<u8>),
    /// An archive from inside another, in memory.
    MemoryInside(Vec<u8>),
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
            Self::Unpacked(..) => true,
            #[cfg(feature = "batch")]
            Self::Own(_) => false,
            Self::Memory(_) => false,
            Self::MemoryInside(_) => true,
        }
    }

    /// Returns room for an archive from inside this one, of the same kind.
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
    pub(super) fn into_place(self) -> Place {
        match self {
            #[cfg(feature = "batch")]
            Self::File(file, outermost) => Place::Unpacked(file.into_temp_path(), outermost),
            Self::Memory(bytes) => Place::MemoryInside(bytes),
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

/// Bytes of an archive. A file on disk is open only while it is read: a batch may have more archives than files can be
/// open.
pub(super) struct ArchiveFile {
    place: Arc<Place>,
    #[cfg(feature = "batch")]
    open: Option<BufReader<File>>,
    /// Where reading goes on in memory.
    position: u64,
}

impl Clone for ArchiveFile {
    fn clone(&self) -> Self {
        Self::new(Arc::clone(&self.place))
    }
}

impl ArchiveFile {
    pub(super) const fn new(place: Arc<Place>) -> Self {
        Self {
            place,
            #[cfg(feature = "batch")]
            open: None,
            position: 0,
        }
    }

    /// Returns the bytes where they are in memory.
    fn memory(&self) -> Option<Cursor<&[u8]>> {
        let bytes = match &*self.place {
            #[cfg(feature = "batch")]
            Place::Own(_) | Place::Unpacked(..) => return None,
            Place::Memory(bytes) | Place::MemoryInside(bytes) => bytes,
        };
        let mut cursor = Cursor::new(bytes.as_slice());
        cursor.set_position(self.position);
        Some(cursor)
    }

    #[cfg(feature = "batch")]
    fn file(&mut self) -> io::Result<&mut BufReader<File>> {
        let path: &Path = match &*self.place {
            Place::Own(path) => path,
            Place::Unpacked(path, _) => path,
            Place::Memory(_) | Place::MemoryInside(_) => return Err(io::ErrorKind::NotFound.into()),
        };
        if self.open.is_none() {
            self.open = Some(BufReader::with_capacity(16 * 1024, File::open(path)?));
        }
        self.open.as_mut().ok_or_else(|| io::ErrorKind::NotFound.into())
    }

    #[cfg(not(feature = "batch"))]
    #[allow(clippy::unused_self)]
    fn file(&mut self) -> io::Result<&mut Cursor<&'static [u8]>> {
        Err(io::ErrorKind::NotFound.into())
    }
}

impl Read for ArchiveFile {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if let Some(mut memory) = self.memory() {
            let read = memory.read(buffer)?;
            self.position = memory.position();
            return Ok(read);
        }
        self.file()?.read(buffer)
    }
}

impl Seek for ArchiveFile {
    fn seek(&mut self, position: SeekFrom) -> io::Result<u64> {
        if let Some(mut memory) = self.memory() {
            self.position = memory.seek(position)?;
            return Ok(self.position);
        }
        self.file()?.seek(position)
    }
}
