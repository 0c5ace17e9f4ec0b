//! The parts of the package: read as asked for, changed in memory, written back with everything else copied as it is.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read as _, Write as _};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, System, ZipArchive, ZipWriter};

use super::fault::Fault;
use super::relations::{folder_of, targets};
use crate::read::kit::package::{Package, fault_of_io, part_key};
use crate::read::{Limits, ReadError};

/// Parts are read more than once: to find old marks, to take them away, to set new ones.
const READINGS: u64 = 4;
/// Bytes of all parts that the copy changes, together.
const MAX_CHANGED: usize = 96 * 1024 * 1024;
/// Bytes of one part that is changed: it is held in memory before and after.
const MAX_PART: u64 = 48 * 1024 * 1024;
const BYTE_ORDER_MARK: char = '\u{feff}';

/// What becomes of a part.
#[derive(Debug)]
enum Change {
    Written { name: String, bytes: Vec<u8> },
    Dropped,
}

/// The package with what is changed so far.
pub struct Parts<'a> {
    bytes: &'a [u8],
    package: Package<'a>,
    changes: BTreeMap<String, Change>,
    changed_bytes: usize,
    /// Keys of parts that a relationship names and the package lacks; found when first asked for.
    missing: Option<BTreeSet<String>>,
}

/// Returns the reader's limits, with room for reading parts again.
pub fn limits() -> Limits {
    let limits = Limits::default();
    Limits {
        unpacked_bytes: limits.unpacked_bytes.saturating_mul(READINGS),
        part_bytes: MAX_PART,
        ..limits
    }
}

impl<'a> Parts<'a> {
    /// Opens the package.
    pub fn open(bytes: &'a [u8], limits: &'a Limits) -> Result<Self, Fault> {
        Ok(Self {
            bytes,
            package: Package::open(bytes, limits)?,
            changes: BTreeMap::new(),
            changed_bytes: 0,
            missing: None,
        })
    }

    /// Returns the package as the reader sees it, without the changes.
    pub const fn source(&mut self) -> &mut Package<'a> {
        &mut self.package
    }

    /// Returns whether there is such a part now.
    pub fn contains(&self, part: &str) -> bool {
        match self.changes.get(&part_key(part)) {
            Some(Change::Written { .. }) => true,
            Some(Change::Dropped) => false,
            None => self.package.contains(part),
        }
    }

    /// Returns whether some part, in lower case, ends so now.
    pub fn any_ends_with(&self, ending: &str) -> bool {
        let written = |change: &Change| matches!(change, Change::Written { .. });
        self.changes
            .iter()
            .any(|(key, change)| key.ends_with(ending) && written(change))
            || self
                .package
                .any_part(|key| key.ends_with(ending) && !self.changes.contains_key(key))
    }

    /// Returns a part's text as it is now, without a byte order mark; `None` when there is no such part.
    pub fn text(&mut self, part: &str) -> Result<Option<String>, Fault> {
        let bytes = match self.changes.get(&part_key(part)) {
            Some(Change::Written { bytes, .. }) => bytes.clone(),
            Some(Change::Dropped) => return Ok(None),
            None if self.package.contains(part) => self.unpack(part)?,
            None => return Ok(None),
        };
        let text = String::from_utf8(bytes).map_err(|_| Fault::Encoding)?;
        if names_other_encoding(&text) {
            return Err(Fault::Encoding);
        }
        match text.strip_prefix(BYTE_ORDER_MARK) {
            Some(rest) => Ok(Some(rest.to_owned())),
            None => Ok(Some(text)),
        }
    }

    /// Writes a part, new or in place of the present one, which keeps its name and its byte order mark.
    pub fn set(&mut self, part: &str, text: String) -> Result<(), Fault> {
        let key = part_key(part);
        let is_new = !self.package.contains(part);
        let marked = !is_new && self.begins_with_mark(part)?;
        let bytes = if marked {
            format!("{BYTE_ORDER_MARK}{text}").into_bytes()
        } else {
            text.into_bytes()
        };
        if let Some(Change::Written { bytes: earlier, .. }) = self.changes.get(&key) {
            self.changed_bytes = self.changed_bytes.saturating_sub(earlier.len());
        }
        self.changed_bytes = self.changed_bytes.saturating_add(bytes.len());
        if self.changed_bytes > MAX_CHANGED {
            let limit = u64::try_from(MAX_CHANGED).unwrap_or(u64::MAX);
            return Err(Fault::Refused(ReadError::more_bytes_than("批注副本的大小", limit)));
        }
        let name = part.to_owned();
        self.changes.insert(key, Change::Written { name, bytes });
        Ok(())
    }

    /// Leaves a part out.
    pub fn drop_part(&mut self, part: &str) {
        self.changes.insert(part_key(part), Change::Dropped);
    }

    /// Returns a name that no part has and no relationship of the given package names: the folder of `beside`, then
    /// `start`, a number and `end`. A part under a name that was missing would be taken for the missing one.
    pub fn free_name(&mut self, beside: &str, start: &str, end: &str) -> Result<String, Fault> {
        let missing = match self.missing.take() {
            Some(missing) => missing,
            None => self.find_missing(),
        };
        let folder = folder_of(beside);
        let slash = if folder.is_empty() { "" } else { "/" };
        let mut number = 1_u32;
        let name = loop {
            let name = format!("{folder}{slash}{start}{number}{end}");
            if !self.contains(&name) && !missing.contains(&part_key(&name)) {
                break name;
            }
            number = number.checked_add(1).ok_or(Fault::TooLarge)?;
        };
        self.missing = Some(missing);
        Ok(name)
    }

    fn find_missing(&mut self) -> BTreeSet<String> {
        let mut lists = Vec::new();
        self.package.any_part(|key| {
            if key.ends_with(".rels") {
                lists.push(key.to_owned());
            }
            false
        });
        let mut missing = BTreeSet::new();
        for list in lists {
            // A list that cannot be read names nothing that a program could find.
            let text = self.unpack(&list).ok().and_then(|bytes| String::from_utf8(bytes).ok());
            let named = text.and_then(|text| targets(&list, text.trim_start_matches(BYTE_ORDER_MARK)).ok());
            let named = named.unwrap_or_default().into_iter().map(|target| part_key(&target));
            missing.extend(named.filter(|target| !self.package.contains(target)));
        }
        missing
    }

    fn unpack(&mut self, part: &str) -> Result<Vec<u8>, Fault> {
        let mut bytes = Vec::new();
        let mut content = self.package.part(part)?;
        content
            .read_to_end(&mut bytes)
            .map_err(|error| Fault::from(fault_of_io(&error)))?;
        Ok(bytes)
    }

    fn begins_with_mark(&mut self, part: &str) -> Result<bool, Fault> {
        let mut head = [0; 3];
        let mut content = self.package.part(part)?;
        match content.read_exact(&mut head) {
            Ok(()) => Ok(head == [0xEF, 0xBB, 0xBF]),
            Err(_) => Ok(false),
        }
    }

    /// Returns the package with its changes: entries in their old order, unchanged ones with their very compressed
    /// bytes, new ones behind them with a fixed date.
    pub fn write(mut self) -> Result<Vec<u8>, Fault> {
        let mut archive = ZipArchive::new(Cursor::new(self.bytes)).map_err(|_| Fault::Broken)?;
        let mut writer = ZipWriter::new(Cursor::new(Vec::with_capacity(self.bytes.len())));
        writer
            .set_raw_comment(archive.comment().to_vec().into_boxed_slice())
            .map_err(|_| Fault::Broken)?;
        for index in 0..archive.len() {
            let entry = archive.by_index_raw(index).map_err(|_| Fault::Broken)?;
            let raw_name = String::from_utf8_lossy(entry.name_raw()).into_owned();
            let key = part_key(&raw_name);
            match self.changes.get(&key) {
                None => writer.raw_copy_file(entry).map_err(|_| Fault::Broken)?,
                Some(Change::Dropped) => {}
                Some(Change::Written { bytes, .. }) => {
                    let modified = entry.last_modified().unwrap_or_default();
                    drop(entry);
                    write_entry(&mut writer, &raw_name, modified, bytes)?;
                    // Another entry whose name differs only in case is no part; the reader takes the first.
                    self.changes.insert(key, Change::Dropped);
                }
            }
        }
        for change in self.changes.values() {
            if let Change::Written { name, bytes } = change {
                write_entry(&mut writer, name, DateTime::default(), bytes)?;
            }
        }
        Ok(writer.finish().map_err(|_| Fault::Broken)?.into_inner())
    }
}

fn write_entry(
    writer: &mut ZipWriter<Cursor<Vec<u8>>>,
    name: &str,
    modified: DateTime,
    bytes: &[u8],
) -> Result<(), Fault> {
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        // The same on every system that this runs on; the unit's own entries keep what they say.
        .system(System::Unix)
        .last_modified_time(modified);
    writer.start_file(name, options).map_err(|_| Fault::Broken)?;
    writer.write_all(bytes).map_err(|_| Fault::Broken)
}

/// Returns whether the declaration names an encoding that is not UTF-8 nor a part of it.
fn names_other_encoding(text: &str) -> bool {
    let text = text.trim_start_matches(BYTE_ORDER_MARK);
    let Some((declaration, _)) = text.strip_prefix("<?xml").and_then(|rest| rest.split_once("?>")) else {
        return false;
    };
    let Some((_, value)) = declaration.split_once("encoding") else {
        return false;
    };
    let value = value.trim_start().trim_start_matches('=').trim_start();
    let name = value.split(['"', '\'']).nth(1).unwrap_or_default().to_lowercase();
    !matches!(name.as_str(), "utf-8" | "utf8" | "us-ascii" | "ascii")
}
