//! Entries of an archive that have a name which another entry has, too. The library keeps one of a name; so for each
//! further one the archive is opened again over a directory that holds it alone of its name.

use std::collections::BTreeMap;
use std::io::{Read as _, Seek as _, SeekFrom};
use std::sync::Arc;

use zip::ZipArchive;

use super::archive::refusal;
use super::archive_file::{ArchiveFile, Place};
use crate::report::FileError;

/// More files of one name than anyone packs together.
const MOST_OF_ONE_NAME: usize = 100;
/// A longer directory has names that are none.
const MOST_BYTES: u64 = 64 * 1024 * 1024;
const ENTRY: &[u8] = b"PK\x01\x02";
const END: &[u8] = b"PK\x05\x06";

/// Returns the archive once more for each further time that a name stands in its directory: first with every second
/// entry of a name, then with every third, and so on. What the library shows of the archive itself is the last of each
/// name, so the last is left out here.
pub(super) fn further(
    archive: &ZipArchive<ArchiveFile>,
    place: &Arc<Place>,
) -> Result<Vec<ZipArchive<ArchiveFile>>, FileError> {
    let start = archive.central_directory_start();
    let mut file = ArchiveFile::new(Arc::clone(place));
    let mut bytes = Vec::new();
    let read = file
        .seek(SeekFrom::Start(start))
        .and_then(|_| file.take(MOST_BYTES).read_to_end(&mut bytes));
    read.map_err(|error| super::read_error::error_of(&error))?;

    let mut of_name: BTreeMap<&[u8], Vec<&[u8]>> = BTreeMap::new();
    for (name, entry) in entries(&bytes) {
        of_name.entry(name).or_default().push(entry);
    }
    let mut directories: Vec<Vec<&[u8]>> = Vec::new();
    for entries in of_name.values() {
        let hidden = entries.split_last().map_or(&[][..], |(_, earlier)| earlier);
        for (turn, entry) in hidden.iter().enumerate() {
            if turn >= MOST_OF_ONE_NAME {
                return Err(refusal(
                    "limit_exceeded",
                    &format!("一个压缩包里同一个名字的文件不得超过 {MOST_OF_ONE_NAME} 个，这个压缩包超出了"),
                    "请改名后重新打包",
                ));
            }
            match directories.get_mut(turn) {
                Some(directory) => directory.push(entry),
                None => directories.push(vec![entry]),
            }
        }
    }
    let open = |directory: Vec<&[u8]>| {
        let end = end_of(start.checked_sub(archive.offset())?, &directory)?;
        let file = ArchiveFile::with_end(Arc::clone(place), start, end);
        ZipArchive::new(file).ok()
    };
    let opened: Option<Vec<_>> = directories.into_iter().map(open).collect();
    opened.ok_or_else(|| {
        refusal(
            "unsupported_format",
            "压缩包里的文件不能同名，这个压缩包里有同名的文件，分不开",
            "请解压、改名后再试",
        )
    })
}

/// Returns the entries of a directory, each with its name.
fn entries(directory: &[u8]) -> impl Iterator<Item = (&[u8], &[u8])> {
    /// What stands before an entry's name.
    const HEAD: usize = 46;
    let mut rest = directory;
    std::iter::from_fn(move || {
        let length = |at: usize| {
            let bytes: [u8; 2] = rest.get(at..at + 2)?.try_into().ok()?;
            Some(usize::from(u16::from_le_bytes(bytes)))
        };
        if !rest.starts_with(ENTRY) {
            return None;
        }
        let name = length(28)?;
        let whole = HEAD + name + length(30)? + length(32)?;
        let (entry, after) = rest.split_at_checked(whole)?;
        rest = after;
        Some((entry.get(HEAD..HEAD + name)?, entry))
    })
}

/// Returns a directory and the archive's end; `None` when the numbers do not fit the usual form.
fn end_of(start: u64, directory: &[&[u8]]) -> Option<Vec<u8>> {
    let mut bytes = directory.concat();
    let length = u32::try_from(bytes.len()).ok()?;
    let count = u16::try_from(directory.len()).ok()?.to_le_bytes();
    bytes.extend(END);
    bytes.extend([0; 4]);
    bytes.extend(count);
    bytes.extend(count);
    bytes.extend(length.to_le_bytes());
    bytes.extend(u32::try_from(start).ok()?.to_le_bytes());
    bytes.extend([0; 2]);
    Some(bytes)
}
