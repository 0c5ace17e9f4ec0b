//! An archive in memory as the tables in it.

use super::archive::{Archive, ArchiveEntry, Opened};
use super::kinds::{self, Copies, Skipped};
use crate::report::FileError;

/// One file of an archive.
#[derive(Debug)]
pub struct UnpackedFile {
    /// The path as a report shows it: `包.zip/部门/表.xlsx`.
    pub path: String,
    /// Its bytes, or why they cannot be had.
    pub bytes: Result<Vec<u8>, FileError>,
}

/// Returns the tables in an archive by path, each unpacked, and what was passed over; `None` when the bytes are no
/// archive, or a document of its own. Limits and names are those of archives on disk.
///
/// `shown` is the archive's path as a report shows it; no file is unpacked to more than `most` bytes.
pub fn unpacked(shown: &str, bytes: Vec<u8>, most: u64) -> Option<(Vec<UnpackedFile>, Skipped)> {
    let mut files = Vec::new();
    let mut skipped = Skipped::default();
    match Archive::open_bytes(bytes) {
        Opened::File => return None,
        Opened::Refused(error) => files.push(refused(shown.to_owned(), error)),
        Opened::Archive(archive) => unpack(&archive, shown, most, &mut files, &mut skipped),
    }
    files.sort_by(|one, other| one.path.cmp(&other.path));
    Some((files, skipped))
}

fn refused(path: String, error: FileError) -> UnpackedFile {
    UnpackedFile {
        path,
        bytes: Err(error),
    }
}

fn unpack(archive: &Archive, shown: &str, most: u64, files: &mut Vec<UnpackedFile>, skipped: &mut Skipped) {
    let listed = match archive.list() {
        Ok(listed) => listed,
        Err(error) => return files.push(refused(shown.to_owned(), error)),
    };
    let mut copies = Copies::default();
    for listed in &listed {
        copies.note(&listed.parts.join("/"));
    }
    for ArchiveEntry { parts, content } in listed {
        let known = skipped.documents.len();
        let Some(inner) = kinds::wanted_in_archive(&parts, &copies, skipped) else {
            for document in skipped.documents.iter_mut().skip(known) {
                *document = format!("{shown}/{document}");
            }
            continue;
        };
        let path = format!("{shown}/{inner}");
        let entry = match content {
            Ok(entry) => entry,
            Err(error) => {
                files.push(refused(path, error));
                continue;
            }
        };
        if kinds::is_zip(&path) {
            match entry.open() {
                Opened::Archive(inner) => {
                    unpack(&inner, &path, most, files, skipped);
                    continue;
                }
                Opened::Refused(error) => {
                    files.push(refused(path, error));
                    continue;
                }
                Opened::File => {}
            }
        }
        files.push(UnpackedFile {
            path,
            bytes: entry.read(most),
        });
    }
}
