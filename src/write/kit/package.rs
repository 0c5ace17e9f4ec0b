//! Packages that have the same bytes whatever system they are written on: the library of archives notes the system in
//! every entry of the directory.

use std::io::{self, Cursor, Read, Seek, SeekFrom, Write};

/// The end of an archive's directory, without a comment.
const END_LENGTH: u64 = 22;
const END: &[u8] = b"PK\x05\x06";
const ENTRY: &[u8] = b"PK\x01\x02";
const ENTRY_LENGTH: usize = 46;
/// Where an entry notes the system, and what Unix is called there.
const SYSTEM: usize = 5;
const UNIX: u8 = 3;

/// Returns the package with the same system noted in all entries.
pub fn of_one_system(package: Vec<u8>) -> Vec<u8> {
    let mut package = Cursor::new(package);
    // A cursor over bytes has no way to fail; what is no archive stays as it is.
    let _ = note_one_system(&mut package);
    package.into_inner()
}

/// Notes the same system in all entries of a package that was written here. One with a directory of the longer form
/// stays as it is.
///
/// # Errors
/// When the package cannot be read or written to.
pub fn note_one_system(package: &mut (impl Read + Write + Seek)) -> io::Result<()> {
    let length = package.seek(SeekFrom::End(0))?;
    let Some(end_start) = length.checked_sub(END_LENGTH) else {
        return Ok(());
    };
    let mut end = Vec::new();
    package.seek(SeekFrom::Start(end_start))?;
    Read::by_ref(package).take(END_LENGTH).read_to_end(&mut end)?;
    let start = number(&end, 16).filter(|start| end.starts_with(END) && u64::from(*start) < end_start);
    let Some(start) = start else {
        return Ok(());
    };
    let mut directory = Vec::new();
    package.seek(SeekFrom::Start(start.into()))?;
    let directory_length = end_start - u64::from(start);
    Read::by_ref(package)
        .take(directory_length)
        .read_to_end(&mut directory)?;
    let mut at = 0;
    while let Some(entry) = directory.get_mut(at..).filter(|rest| rest.starts_with(ENTRY)) {
        if let Some(system) = entry.get_mut(SYSTEM) {
            *system = UNIX;
        }
        let lengths = [28, 30, 32].map(|place| short(entry, place).unwrap_or_default());
        at += ENTRY_LENGTH + lengths.iter().sum::<usize>();
    }
    package.seek(SeekFrom::Start(start.into()))?;
    package.write_all(&directory)
}

fn number(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(at..at + 4)?.try_into().ok()?))
}

fn short(bytes: &[u8], at: usize) -> Option<usize> {
    Some(u16::from_le_bytes(bytes.get(at..at + 2)?.try_into().ok()?).into())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use zip::write::SimpleFileOptions;
    use zip::{System, ZipWriter};

    use super::*;

    fn package(system: System) -> Vec<u8> {
        let mut package = ZipWriter::new(Cursor::new(Vec::new()));
        for name in ["[Content_Types].xml", "xl/workbook.xml"] {
            let options = SimpleFileOptions::default().system(system);
            package.start_file(name, options).unwrap();
            package.write_all(name.as_bytes()).unwrap();
        }
        package.finish().unwrap().into_inner()
    }

    #[test]
    fn a_package_is_the_same_on_all_systems() {
        let (unix, windows) = (package(System::Unix), package(System::Dos));
        assert_ne!(unix, windows);
        assert_eq!(of_one_system(windows), unix);
        assert_eq!(of_one_system(unix.clone()), unix);
        assert_eq!(of_one_system(b"no package".to_vec()), b"no package");
    }
}
