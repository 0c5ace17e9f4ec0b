//! Zip archives as folders: their entries by decoded names, each unpacked when asked for and never to disk by its own
//! name. What one archive may hold and unpack to is bounded.

use std::io::{self, Read, Seek, SeekFrom};
#[cfg(feature = "batch")]
use std::path::Path;
use std::sync::Arc;

use zip::HasZipMetadata as _;
use zip::ZipArchive;
use zip::result::ZipError;

use super::archive_file::{ArchiveFile, Place};
use super::archive_names;
use super::read_error::{error, error_of};
use super::same_names;
use crate::report::FileError;

const MEBIBYTE: u64 = 1024 * 1024;
/// More entries than any collection of a county has. Below 65 535, so that the archive's end says how many there are.
const MOST_ENTRIES: usize = 50_000;
/// What all entries together may unpack to.
const MOST_UNPACKED: u64 = 8 * 1024 * MEBIBYTE;
/// What an archive inside an archive may be long.
const MOST_INNER: u64 = 512 * MEBIBYTE;
/// Unpacked bytes for each packed one. Tables as text reach a tenth of it; only what was made to harm has more.
const MOST_RATIO: u64 = 200;
/// What may be unpacked whatever the ratio.
const FREE_OF_RATIO: u64 = 4 * MEBIBYTE;

/// An archive whose directory has been read.
#[derive(Clone)]
pub(super) struct Archive {
    archive: ZipArchive<ArchiveFile>,
    place: Arc<Place>,
    /// The archive again with the earlier entries of a name that comes again; the library keeps the last.
    further: Vec<ZipArchive<ArchiveFile>>,
}

/// What a zip file turned out to be.
pub(super) enum Opened {
    Archive(Archive),
    /// No archive, or one that is a document of its own: for the readers of files.
    File,
    Refused(FileError),
}

/// One thing in an archive.
pub(super) struct ArchiveEntry {
    /// Folders first, the file's name last.
    pub parts: Vec<String>,
    pub content: Result<Entry, FileError>,
}

/// A file in an archive.
#[derive(Clone)]
pub(super) struct Entry {
    archive: ZipArchive<ArchiveFile>,
    place: Arc<Place>,
    index: usize,
}

impl std::fmt::Debug for Entry {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Entry")
            .field("place", &self.place)
            .field("index", &self.index)
            .finish()
    }
}

impl Archive {
    /// Opens an archive on disk.
    #[cfg(feature = "batch")]
    pub(super) fn open(path: &Path) -> Opened {
        Self::open_place(Place::Own(path.to_owned()))
    }

    /// Opens an archive in memory.
    pub(super) fn open_bytes(bytes: Vec<u8>) -> Opened {
        Self::open_place(Place::Memory(bytes.into()))
    }

    fn open_place(place: Place) -> Opened {
        let place = Arc::new(place);
        let mut file = ArchiveFile::new(Arc::clone(&place));
        match declared_entries(&mut file) {
            Ok(Some(entries)) if entries > MOST_ENTRIES => return Opened::Refused(too_many_entries()),
            Ok(Some(_)) => {}
            Ok(None) | Err(_) => return Opened::File,
        }
        let starts_as_archive = file.starts_as_archive();
        let Ok(archive) = ZipArchive::new(file) else {
            return Opened::File;
        };
        // The end is that of an archive inside this one, whose own end is missing.
        if archive.offset() > 0 && starts_as_archive {
            return Opened::Refused(broken_off());
        }
        if archive.len() > MOST_ENTRIES {
            return Opened::Refused(too_many_entries());
        }
        let is_document = |name: &[u8]| name == b"[Content_Types].xml" || name == b"mimetype";
        if archive.file_names_raw().any(is_document) {
            return Opened::File;
        }
        let further = match archive.has_duplicate_names() {
            true => same_names::further(&archive, &place),
            false => Ok(Vec::new()),
        };
        match further {
            // Without the open file.
            Ok(further) => Opened::Archive(Self {
                archive: archive.clone(),
                place,
                further,
            }),
            Err(error) => Opened::Refused(error),
        }
    }

    /// Everything in it but folders and links, in the archive's order.
    pub(super) fn list(&self) -> Result<Vec<ArchiveEntry>, FileError> {
        // Of one name the earlier ones are the further ones.
        let archives = self.further.iter().chain([&self.archive]);
        let entries: Vec<_> = archives
            .flat_map(|archive| (0..archive.len()).map(move |index| (archive, index)))
            .filter_map(|(archive, index)| Some((archive, index, archive.by_index_data(index).ok()?)))
            .filter(|(_, _, entry)| entry.is_file())
            .collect();
        if entries.is_empty() {
            let way_on = "请检查是否没有打包完整，重新取得一份再试";
            return Err(refusal("empty_file", "压缩包里应当有文件，这个压缩包是空的", way_on));
        }
        let unpacked = entries
            .iter()
            .fold(0_u64, |sum, (_, _, entry)| sum.saturating_add(entry.size()));
        if unpacked > MOST_UNPACKED {
            return Err(refusal(
                "limit_exceeded",
                &format!(
                    "压缩包里的文件解压后合计不得超过 {} GB，这个压缩包超出了",
                    MOST_UNPACKED / 1024 / MEBIBYTE
                ),
                "请分成几个压缩包再试",
            ));
        }
        const UTF8_MARK: u16 = 1 << 11;
        let names: Vec<(&[u8], bool)> = entries
            .iter()
            .map(|(_, _, entry)| (entry.name_raw(), entry.flags().as_u16() & UTF8_MARK != 0))
            .collect();
        let decoded = archive_names::decode(&names);
        let listed = entries.iter().zip(decoded).map(|((archive, index, entry), name)| {
            let content = if entry.encrypted() {
                Err(encrypted())
            } else {
                Ok(Entry {
                    archive: (*archive).clone(),
                    place: Arc::clone(&self.place),
                    index: *index,
                })
            };
            match archive_names::parts(&name) {
                Some(parts) => ArchiveEntry {
                    parts: parts.into_iter().map(str::to_owned).collect(),
                    content,
                },
                None => ArchiveEntry {
                    parts: archive_names::inner_parts(&name),
                    content: Err(refusal(
                        "damaged",
                        "压缩包里的路径应当都在包内，这个文件的路径指向包外",
                        "请向提供者索取原来的表格",
                    )),
                },
            }
        });
        let mut listed: Vec<ArchiveEntry> = listed.collect();
        archive_names::keep_apart(listed.iter_mut().map(|listed| &mut listed.parts));
        Ok(listed)
    }
}

impl Entry {
    /// Returns the outermost archive on disk.
    #[cfg(feature = "batch")]
    pub(super) fn place(&self) -> &Path {
        self.place.outermost()
    }

    /// Returns its bytes, at most `limit` of them plus one.
    pub(super) fn read(&self, limit: u64) -> Result<Vec<u8>, FileError> {
        let mut bytes = Vec::new();
        self.unpack(limit.saturating_add(1), &mut bytes)?;
        Ok(bytes)
    }

    /// Opens it as an archive inside an archive. There is no third level.
    pub(super) fn open(&self) -> Opened {
        let unpack = || -> Result<Opened, FileError> {
            if self.place.is_inner() {
                return Err(refusal(
                    "unsupported_format",
                    "压缩包里可以再有一层压缩包，这里还有第三层",
                    "请先解压再试",
                ));
            }
            let failed = |error: io::Error| error_of(&error);
            let mut inner = self.place.inner().map_err(failed)?;
            let length = self.unpack(MOST_INNER.saturating_add(1), &mut inner)?;
            if length > MOST_INNER {
                return Err(refusal(
                    "limit_exceeded",
                    &format!("压缩包里的压缩包不得超过 {} MB，这个超出了", MOST_INNER / MEBIBYTE),
                    "请先解压再试",
                ));
            }
            Ok(Archive::open_place(inner.into_place()))
        };
        unpack().unwrap_or_else(Opened::Refused)
    }

    /// Unpacks at most `most` bytes.
    fn unpack(&self, most: u64, to: &mut impl io::Write) -> Result<u64, FileError> {
        let mut archive = self.archive.clone();
        let entry = archive.by_index(self.index).map_err(fault)?;
        let packed = entry.get_metadata().compressed_size;
        let by_ratio = packed.saturating_mul(MOST_RATIO).saturating_add(FREE_OF_RATIO);
        let length = io::copy(&mut entry.take(most.min(by_ratio.saturating_add(1))), to).map_err(|_| damaged())?;
        if length > by_ratio {
            return Err(refusal(
                "limit_exceeded",
                &format!("压缩包里的文件解压后不得超过压缩时的 {MOST_RATIO} 倍，这个文件超出了"),
                "请确认文件来源，解压后再试",
            ));
        }
        Ok(length)
    }
}

/// Returns how many entries the archive's end declares, without reading any; `None` when it has no such end.
fn declared_entries(file: &mut ArchiveFile) -> io::Result<Option<usize>> {
    /// The end's own length, and the longest comment behind it.
    const LONGEST_END: u64 = 22 + 65_535;
    const SIGNATURE: &[u8] = b"PK\x05\x06";
    let length = file.seek(SeekFrom::End(0))?;
    file.seek(SeekFrom::Start(length.saturating_sub(LONGEST_END)))?;
    let mut end = Vec::new();
    file.take(LONGEST_END).read_to_end(&mut end)?;
    let declared = end
        .windows(12)
        .filter(|window| window.starts_with(SIGNATURE))
        .filter_map(|window| {
            let count: [u8; 2] = window.get(10..12)?.try_into().ok()?;
            Some(usize::from(u16::from_le_bytes(count)))
        });
    Ok(declared.max())
}

fn fault(error: ZipError) -> FileError {
    match error {
        ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) | ZipError::InvalidPassword => encrypted(),
        ZipError::UnsupportedArchive(_) | ZipError::CompressionMethodNotSupported(_) => refusal(
            "unsupported_format",
            "压缩包里的文件应当用通常的方法压缩，这个文件用的是别的方法",
            "请解压后再试",
        ),
        // The archive itself was moved or taken away after it was listed.
        ZipError::Io(error) if error.kind() != io::ErrorKind::UnexpectedEof && error.raw_os_error().is_some() => {
            error_of(&error)
        }
        _ => damaged(),
    }
}

fn too_many_entries() -> FileError {
    refusal(
        "limit_exceeded",
        &format!("一个压缩包里不得超过 {MOST_ENTRIES} 个文件，这个压缩包超出了"),
        "请分成几个压缩包再试",
    )
}

fn encrypted() -> FileError {
    refusal(
        "password_protected",
        "压缩包里的文件不能带密码，这个文件已加密",
        "请用密码解压后再试",
    )
}

fn damaged() -> FileError {
    refusal(
        "damaged",
        "压缩包里的文件应当完整，这个文件解压不出来",
        "请重新拷贝或下载压缩包再试",
    )
}

fn broken_off() -> FileError {
    refusal(
        "damaged",
        "压缩包应当完整，这个压缩包的后半截没有了，多半是下载或拷贝中断",
        "请重新拷贝或下载一份再试",
    )
}

pub(super) fn refusal(code: &str, rule_and_fact: &str, way_out: &str) -> FileError {
    error(code, &format!("{rule_and_fact}；{way_out}。"))
}
