//! Packages: parts one behind the other, the same bytes on whatever system they are written.

use std::io::{self, Read, Write};

/// The system that entries are said to come from: one for all.
const UNIX: u16 = 3 << 8;
/// Version of the format that a reader needs.
const VERSION: u16 = 20;
/// The first day that the format knows.
const FIRST_DAY: u16 = 0x21;
/// A file that its owner reads and writes.
const MODE: u32 = 0o100_600 << 16;

/// How a part's bytes lie in a package.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entry {
    /// Whether they are deflated.
    pub is_deflated: bool,
    /// Check sum of the content.
    pub crc: u32,
    /// Bytes in the package.
    pub packed: u64,
    /// Bytes of the content.
    pub size: u64,
}

/// A package that is being written, from its first byte to its last.
pub struct Package<W> {
    output: W,
    written: u64,
    directory: Vec<u8>,
    parts: u16,
}

impl<W: Write> Package<W> {
    /// Begins a package.
    pub const fn new(output: W) -> Self {
        Self {
            output,
            written: 0,
            directory: Vec::new(),
            parts: 0,
        }
    }

    /// Writes a part behind the others, of which all bytes are at hand.
    ///
    /// # Errors
    /// As [`Package::part`].
    pub fn whole_part(&mut self, name: &str, entry: Entry, bytes: &[u8]) -> io::Result<()> {
        self.begin(name, entry)?;
        self.output.write_all(bytes)?;
        self.end(entry, bytes.len() as u64)
    }

    /// Writes a part behind the others.
    ///
    /// # Errors
    /// When the output takes no more, the bytes cannot be read, or part or package is larger than 4 GB.
    pub fn part(&mut self, name: &str, entry: Entry, bytes: impl Read) -> io::Result<()> {
        self.begin(name, entry)?;
        let copied = io::copy(&mut bytes.take(entry.packed), &mut self.output)?;
        self.end(entry, copied)
    }

    /// Writes what stands before a part's bytes, and its line of the directory.
    fn begin(&mut self, name: &str, entry: Entry) -> io::Result<()> {
        let mut common = Vec::with_capacity(26);
        for number in [VERSION, 0, if entry.is_deflated { 8 } else { 0 }, 0, FIRST_DAY] {
            common.extend(number.to_le_bytes());
        }
        for number in [entry.crc, short(entry.packed)?, short(entry.size)?] {
            common.extend(number.to_le_bytes());
        }
        let length = u16::try_from(name.len()).map_err(|_| io::ErrorKind::InvalidInput)?;
        common.extend(length.to_le_bytes());
        common.extend([0, 0]);
        let start = short(self.written)?;
        self.directory.extend(b"PK\x01\x02");
        self.directory.extend((UNIX | VERSION).to_le_bytes());
        self.directory.extend(&common);
        // No comment, the first disk, nothing said of the content.
        self.directory.extend([0; 6]);
        self.directory.extend(MODE.to_le_bytes());
        self.directory.extend(start.to_le_bytes());
        self.directory.extend(name.as_bytes());
        self.parts = self.parts.checked_add(1).ok_or(io::ErrorKind::FileTooLarge)?;
        self.output.write_all(b"PK\x03\x04")?;
        self.output.write_all(&common)?;
        self.output.write_all(name.as_bytes())?;
        self.written += (4 + common.len() + name.len()) as u64;
        Ok(())
    }

    fn end(&mut self, entry: Entry, copied: u64) -> io::Result<()> {
        if copied != entry.packed {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        self.written += copied;
        Ok(())
    }

    /// Ends the package.
    ///
    /// # Errors
    /// When the output takes no more.
    pub fn finish(mut self) -> io::Result<W> {
        let (start, length) = (short(self.written)?, short(self.directory.len() as u64)?);
        self.output.write_all(&self.directory)?;
        self.output.write_all(b"PK\x05\x06\0\0\0\0")?;
        for _ in 0..2 {
            self.output.write_all(&self.parts.to_le_bytes())?;
        }
        self.output.write_all(&length.to_le_bytes())?;
        self.output.write_all(&start.to_le_bytes())?;
        self.output.write_all(&[0; 2])?;
        self.output.flush()?;
        Ok(self.output)
    }
}

fn short(number: u64) -> io::Result<u32> {
    u32::try_from(number).map_err(|_| io::ErrorKind::FileTooLarge.into())
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use std::io::Cursor;

    use zip::ZipArchive;

    use super::*;
    use crate::write::kit::deflate::{DeflatedPart, Deflater};

    #[test]
    fn parts_come_back_from_a_package() {
        let mut package = Package::new(Vec::new());
        let text = "绩效评价".repeat(1_000);
        let mut deflater = Deflater::default();
        let [first, middle, last] = ["<a>", text.as_str(), "</a>"].map(|text| deflater.piece(text.as_bytes()).unwrap());
        let mut part = DeflatedPart::default();
        part.push(&middle).unwrap();
        let entry = part.between(&first, &last);
        package
            .part("xl/a.xml", entry, part.stream(&first, &last).unwrap())
            .unwrap();
        let mut crc = flate2::Crc::new();
        crc.update(b"two");
        let entry = Entry {
            is_deflated: false,
            crc: crc.sum(),
            packed: 3,
            size: 3,
        };
        package.part("two", entry, b"two".as_slice()).unwrap();
        let mut archive = ZipArchive::new(Cursor::new(package.finish().unwrap())).unwrap();
        let mut read = |index: usize| {
            let mut content = String::new();
            archive.by_index(index).unwrap().read_to_string(&mut content).unwrap();
            content
        };
        assert!(read(0) == format!("<a>{text}</a>"));
        assert_eq!(read(1), "two");
    }

    #[test]
    fn a_part_shorter_than_said_is_no_part() {
        let entry = Entry {
            is_deflated: false,
            crc: 0,
            packed: 5,
            size: 5,
        };
        assert!(Package::new(Vec::new()).part("a", entry, b"abc".as_slice()).is_err());
    }
}
