//! Compound files whose own tables run in circles or out of the file.

use std::io::{Cursor, Write as _};

/// A compound file of small sectors, so that its chains are long.
pub fn small_sectors(name: &str, stream: &[u8]) -> Vec<u8> {
    let mut file = cfb::CompoundFile::create_with_version(cfb::Version::V3, Cursor::new(Vec::new())).unwrap();
    file.create_stream(format!("/{name}"))
        .unwrap()
        .write_all(stream)
        .unwrap();
    file.into_inner().into_inner()
}

const END: u32 = 0xFFFF_FFFE;

fn long(bytes: &[u8], at: usize) -> u32 {
    u32::from_le_bytes(bytes[at..at + 4].try_into().unwrap())
}

fn put(bytes: &mut [u8], at: usize, value: u32) {
    bytes[at..at + 4].copy_from_slice(&value.to_le_bytes());
}

fn sector_size(bytes: &[u8]) -> usize {
    1 << u16::from_le_bytes([bytes[30], bytes[31]])
}

fn sector(bytes: &[u8], number: u32) -> usize {
    (number as usize + 1) * sector_size(bytes)
}

/// Where the table of sectors says what follows this one.
fn next_of(bytes: &[u8], number: u32) -> usize {
    sector(bytes, long(bytes, 76)) + number as usize * 4
}

/// Where the directory's entry with this name stands.
pub fn entry(bytes: &[u8], name: &str) -> usize {
    let wide: Vec<u8> = name.encode_utf16().chain([0]).flat_map(u16::to_le_bytes).collect();
    let start = sector(bytes, long(bytes, 48));
    (start..bytes.len())
        .step_by(128)
        .find(|at| bytes[*at..].starts_with(&wide))
        .unwrap()
}

/// The stream's chain comes back to its second sector.
pub fn loop_stream(bytes: &mut [u8], name: &str) {
    let first = long(bytes, entry(bytes, name) + 116);
    let second = long(bytes, next_of(bytes, first));
    assert_ne!(second, END, "the stream has several sectors");
    let at = next_of(bytes, second);
    put(bytes, at, second);
}

/// Every sector follows itself.
pub fn loop_all(bytes: &mut [u8]) {
    for number in 0..32 {
        let at = next_of(bytes, number);
        put(bytes, at, number);
    }
}

pub fn loop_directory(bytes: &mut [u8]) {
    let first = long(bytes, 48);
    let at = next_of(bytes, first);
    put(bytes, at, first);
}

/// The table of small sectors comes back to its first sector, and in it each sector to itself.
pub fn loop_small(bytes: &mut [u8]) {
    let first = long(bytes, 60);
    let at = next_of(bytes, first);
    put(bytes, at, first);
    for number in 0..32 {
        let at = sector(bytes, first) + number * 4;
        put(bytes, at, u32::try_from(number).unwrap());
    }
}

/// The list of table sectors goes on in a sector that goes on in itself.
pub fn loop_list(bytes: &mut [u8]) {
    put(bytes, 68, 1);
    put(bytes, 72, 0xFFFF);
    let at = sector(bytes, 2) - 4;
    put(bytes, at + sector_size(bytes), 1);
}

/// An entry that has itself, or the root, for a neighbour and for a child.
pub fn loop_tree(bytes: &mut [u8], name: &str, to: u32) {
    let at = entry(bytes, name);
    for field in [68, 72, 76] {
        put(bytes, at + field, to);
    }
}

/// The length that the directory gives a stream.
pub fn put_length(bytes: &mut [u8], name: &str, length: u32) {
    let at = entry(bytes, name);
    put(bytes, at + 120, length);
    put(bytes, at + 124, 0);
}

pub fn put_start(bytes: &mut [u8], name: &str, sector: u32) {
    let at = entry(bytes, name);
    put(bytes, at + 116, sector);
}

/// Four bytes of the header.
pub fn put_header(bytes: &mut [u8], at: usize, value: u32) {
    put(bytes, at, value);
}
