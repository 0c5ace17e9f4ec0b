//! Zip files whose headers say what is not so.

use std::io::{Cursor, Write as _};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::package::Package;

/// Where the headers of one entry stand.
#[derive(Debug, Clone)]
pub struct Entry {
    pub name: String,
    pub central: usize,
    pub local: usize,
}

fn word(bytes: &[u8], at: usize) -> usize {
    usize::from(u16::from_le_bytes([bytes[at], bytes[at + 1]]))
}

fn long(bytes: &[u8], at: usize) -> usize {
    word(bytes, at) | word(bytes, at + 2) << 16
}

pub fn end_record(bytes: &[u8]) -> usize {
    bytes.windows(4).rposition(|window| window == b"PK\x05\x06").unwrap()
}

pub fn entries(bytes: &[u8]) -> Vec<Entry> {
    let end = end_record(bytes);
    let mut at = long(bytes, end + 16);
    let mut entries = Vec::new();
    for _ in 0..word(bytes, end + 10) {
        let length = word(bytes, at + 28);
        let name = String::from_utf8(bytes[at + 46..at + 46 + length].to_vec()).unwrap();
        entries.push(Entry {
            name,
            central: at,
            local: long(bytes, at + 42),
        });
        at += 46 + length + word(bytes, at + 30) + word(bytes, at + 32);
    }
    entries
}

pub fn entry(bytes: &[u8], name: &str) -> Entry {
    entries(bytes).into_iter().find(|entry| entry.name == name).unwrap()
}

/// Writes four bytes.
pub fn put(bytes: &mut [u8], at: usize, value: u32) {
    bytes[at..at + 4].copy_from_slice(&value.to_le_bytes());
}

/// Writes two bytes.
pub fn put_short(bytes: &mut [u8], at: usize, value: u16) {
    bytes[at..at + 2].copy_from_slice(&value.to_le_bytes());
}

/// The flag of an encrypted entry, in both headers of every part.
pub fn flag_encrypted(mut bytes: Vec<u8>) -> Vec<u8> {
    for entry in entries(&bytes) {
        bytes[entry.local + 6] |= 1;
        bytes[entry.central + 8] |= 1;
    }
    bytes
}

/// A package with one more part: this head, then blanks, then this tail.
pub fn with_blanks(
    package: Package,
    name: &str,
    head: impl AsRef<[u8]>,
    blanks: usize,
    tail: impl AsRef<[u8]>,
) -> Vec<u8> {
    with_repeated(package, name, head, b" ", blanks, tail)
}

/// The same with any bytes instead of blanks, so many times. They are never held all at once.
pub fn with_repeated(
    package: Package,
    name: &str,
    head: impl AsRef<[u8]>,
    bytes: &[u8],
    times: usize,
    tail: impl AsRef<[u8]>,
) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_level(Some(1));
    for (part, content) in package.parts.iter().filter(|(part, _)| *part != name) {
        writer.start_file(part.as_str(), options).unwrap();
        writer.write_all(content).unwrap();
    }
    writer.start_file(name, options).unwrap();
    writer.write_all(head.as_ref()).unwrap();
    let at_once = ((1 << 20) / bytes.len()).max(1);
    let piece = bytes.repeat(at_once);
    let mut left = times;
    while left > 0 {
        let step = left.min(at_once);
        writer.write_all(&piece[..step * bytes.len()]).unwrap();
        left -= step;
    }
    writer.write_all(tail.as_ref()).unwrap();
    writer.finish().unwrap().into_inner()
}

/// The same file with further entries in its list, under other names of the same length, over the same bytes.
pub fn overlapping(bytes: &[u8], name: &str, others: &[String]) -> Vec<u8> {
    let end = end_record(bytes);
    let start = long(bytes, end + 16);
    let kernel = entry(bytes, name).central;
    let record = &bytes[kernel..kernel + 46 + name.len() + word(bytes, kernel + 30) + word(bytes, kernel + 32)];
    let mut result = bytes[..end].to_vec();
    for other in others {
        assert_eq!(other.len(), name.len());
        let mut record = record.to_vec();
        record[46..46 + name.len()].copy_from_slice(other.as_bytes());
        result.extend(record);
    }
    let count = u16::try_from(word(bytes, end + 10) + others.len()).unwrap();
    let size = u32::try_from(result.len() - start).unwrap();
    let mut tail = bytes[end..].to_vec();
    put_short(&mut tail, 8, count);
    put_short(&mut tail, 10, count);
    put(&mut tail, 12, size);
    result.extend(tail);
    result
}
