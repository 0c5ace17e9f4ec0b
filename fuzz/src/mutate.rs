//! Mutators that keep the framing of record streams and packages, so that changes reach what stands inside.

use std::io::{Cursor, Read as _};

use libfuzzer_sys::fuzzer_mutate;

use crate::SEPARATOR;
use crate::containers::zip;

/// Room for a mutated record beyond its own length.
const ROOM: usize = 64;

/// A small generator of choices; the same seed gives the same choices.
pub struct Choices(u64);

impl Choices {
    pub fn new(seed: u32) -> Self {
        Self(u64::from(seed) << 1 | 1)
    }

    /// A number below `end`; 0 when there is none.
    pub fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        let end = u64::try_from(end).unwrap_or(u64::MAX);
        usize::try_from(self.0.checked_rem(end).unwrap_or(0)).unwrap_or(0)
    }
}

/// How a record's type and length are written.
#[derive(Debug, Clone, Copy)]
pub enum Framing {
    /// Two bytes each (xls).
    Biff,
    /// Seven bits a byte (xlsb); the parts of an input are separated.
    Parts,
}

/// A record: type and content.
pub type Record = (u16, Vec<u8>);

/// Mutates an input of records; most of the time inside their frames.
pub fn records(data: &mut [u8], size: usize, max_size: usize, seed: u32, framing: Framing) -> usize {
    let mut choices = Choices::new(seed);
    if choices.below(8) == 0 {
        return fuzzer_mutate(data, size, max_size);
    }
    let input = data.get(..size).unwrap_or_default();
    let mut parts: Vec<Vec<Record>> = match framing {
        Framing::Biff => vec![split_biff(input)],
        Framing::Parts => crate::parts(input).into_iter().map(split_xlsb).collect(),
    };
    let chosen = choices.below(parts.len());
    let donor: Option<Record> = parts
        .iter()
        .flatten()
        .nth(choices.below(parts.iter().map(Vec::len).sum()))
        .cloned();
    if let Some(part) = parts.get_mut(chosen) {
        for _ in 0..=choices.below(3) {
            change(part, donor.as_ref(), &mut choices);
        }
    }
    if matches!(framing, Framing::Biff) && choices.below(4) != 0 {
        parts.iter_mut().for_each(|part| point_at_sheets(part));
    }
    let written: Vec<Vec<u8>> = parts.iter().map(|part| write(part, framing)).collect();
    let output = written.join(SEPARATOR);
    match data.get_mut(..output.len()) {
        Some(room) if output.len() <= max_size && !output.is_empty() => {
            room.copy_from_slice(&output);
            output.len()
        }
        _ => fuzzer_mutate(data, size, max_size),
    }
}

fn change(part: &mut Vec<Record>, donor: Option<&Record>, choices: &mut Choices) {
    let at = choices.below(part.len());
    match choices.below(10) {
        0 if !part.is_empty() => {
            part.remove(at);
        }
        1 => {
            if let Some(copy) = part.get(at).cloned() {
                part.insert(choices.below(part.len()), copy);
            }
        }
        2 => {
            if let Some(donor) = donor {
                part.insert(at, donor.clone());
            }
        }
        3 => {
            if let (Some(record), Some(donor)) = (part.get_mut(at), donor) {
                record.0 = donor.0;
            }
        }
        4 => {
            let other = choices.below(part.len());
            if at < part.len() {
                part.swap(at, other);
            }
        }
        _ => {
            if let Some((_, content)) = part.get_mut(at) {
                let length = content.len();
                content.resize(length + ROOM, 0);
                let length = fuzzer_mutate(content, length, length + ROOM);
                content.truncate(length);
            }
        }
    }
}

fn split_biff(mut rest: &[u8]) -> Vec<Record> {
    let mut records = Vec::new();
    while let Some((&[k0, k1, l0, l1], tail)) = rest.split_first_chunk::<4>() {
        let length = usize::from(u16::from_le_bytes([l0, l1])).min(tail.len());
        let (content, tail) = tail.split_at(length);
        records.push((u16::from_le_bytes([k0, k1]), content.to_vec()));
        rest = tail;
    }
    records
}

fn split_xlsb(mut rest: &[u8]) -> Vec<Record> {
    let mut records = Vec::new();
    let varying = |rest: &mut &[u8], most: u32| {
        let mut value = 0_usize;
        for position in 0..most {
            let (byte, tail) = rest.split_first()?;
            *rest = tail;
            value |= usize::from(byte & 0x7F) << (7 * position);
            if byte & 0x80 == 0 {
                break;
            }
        }
        Some(value)
    };
    while let (Some(kind), Some(length)) = (varying(&mut rest, 2), varying(&mut rest, 4)) {
        let (content, tail) = rest.split_at(length.min(rest.len()));
        records.push((u16::try_from(kind).unwrap_or(0), content.to_vec()));
        rest = tail;
    }
    records
}

fn write(records: &[Record], framing: Framing) -> Vec<u8> {
    let mut out = Vec::new();
    for (kind, content) in records {
        match framing {
            Framing::Biff => biff_record(&mut out, *kind, content),
            Framing::Parts => xlsb_record(&mut out, *kind, content),
        }
    }
    out
}

/// Appends an xls record; what is beyond its longest goes lost.
pub fn biff_record(out: &mut Vec<u8>, kind: u16, content: &[u8]) {
    let length = u16::try_from(content.len()).unwrap_or(u16::MAX);
    out.extend(kind.to_le_bytes());
    out.extend(length.to_le_bytes());
    out.extend(content.iter().take(usize::from(length)));
}

/// Appends an xlsb record.
pub fn xlsb_record(out: &mut Vec<u8>, kind: u16, content: &[u8]) {
    let mut varying = |mut value: usize| {
        while value >= 0x80 {
            out.push(u8::try_from(value & 0x7F).unwrap_or(0) | 0x80);
            value >>= 7;
        }
        out.push(u8::try_from(value).unwrap_or(0));
    };
    varying(usize::from(kind));
    varying(content.len());
    out.extend(content);
}

/// Sets the offsets of BOUNDSHEET records to where the sheets now start.
pub fn point_at_sheets(records: &mut [Record]) {
    const BOF: u16 = 0x0809;
    const BOUNDSHEET: u16 = 0x0085;
    let mut offset = 0_u32;
    let mut starts = Vec::new();
    for (kind, content) in records.iter() {
        if *kind == BOF {
            starts.push(offset);
        }
        offset = offset
            .saturating_add(4)
            .saturating_add(u32::try_from(content.len()).unwrap_or(0));
    }
    let mut starts = starts.into_iter().skip(1);
    for (kind, content) in records {
        if let (BOUNDSHEET, Some(place)) = (*kind, content.get_mut(..4))
            && let Some(start) = starts.next()
        {
            place.copy_from_slice(&start.to_le_bytes());
        }
    }
}

/// Mutates one part of a package and packs it again; other files, and now and then packages too, byte by byte.
pub fn package(data: &mut [u8], size: usize, max_size: usize, seed: u32) -> usize {
    let mut choices = Choices::new(seed);
    let input = data.get(..size).unwrap_or_default();
    if choices.below(4) != 0
        && let Some(output) = repacked(input, &mut choices)
        && output.len() <= max_size
        && let Some(room) = data.get_mut(..output.len())
    {
        room.copy_from_slice(&output);
        return output.len();
    }
    fuzzer_mutate(data, size, max_size)
}

fn repacked(input: &[u8], choices: &mut Choices) -> Option<Vec<u8>> {
    if !input.starts_with(b"PK") {
        return None;
    }
    let mut archive = zip::ZipArchive::new(Cursor::new(input)).ok()?;
    let mut parts: Vec<(String, Vec<u8>)> = Vec::new();
    for index in 0..archive.len() {
        let file = archive.by_index(index).ok()?;
        let name = file.name().ok()?.into_owned();
        let mut content = Vec::new();
        file.take(1 << 20).read_to_end(&mut content).ok()?;
        parts.push((name, content));
    }
    let at = choices.below(parts.len());
    if choices.below(20) == 0 && !parts.is_empty() {
        parts.remove(at);
    } else {
        let (_, content) = parts.get_mut(at)?;
        let length = content.len();
        content.resize(length + ROOM, 0);
        let length = fuzzer_mutate(content, length, length + ROOM);
        content.truncate(length);
    }
    zip(parts.iter().map(|(name, content)| (name.as_str(), content.as_slice())))
}
