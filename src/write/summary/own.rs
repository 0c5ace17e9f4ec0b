//! Whether a file is a summary that this program wrote, by its beginning or its sheets.

use std::io::{self, BufReader, Read, Seek, SeekFrom};

use zip::ZipArchive;

use super::columns::TABLES;
use super::overview;

/// Whether this is a summary of any format: a workbook with its sheets, or a list with its header. A file longer than
/// `most_bytes` is none.
///
/// # Errors
/// When it cannot be read.
pub fn is_own_summary(mut file: impl Read + Seek, most_bytes: u64) -> io::Result<bool> {
    if file.seek(SeekFrom::End(0))? > most_bytes {
        return Ok(false);
    }
    file.seek(SeekFrom::Start(0))?;
    let mut start = Vec::new();
    file.by_ref().take(4096).read_to_end(&mut start)?;
    if !start.starts_with(b"PK") {
        let header: Vec<&str> = TABLES.iter().take(4).map(|(title, _, _)| *title).collect();
        let text = String::from_utf8_lossy(&start);
        let text = text.trim_start_matches('\u{FEFF}');
        return Ok(text.starts_with(&header.join(",")) || text.trim_start().starts_with("{\n  \"summary_version\""));
    }
    file.seek(SeekFrom::Start(0))?;
    let Ok(mut package) = ZipArchive::new(BufReader::new(file)) else {
        return Ok(false);
    };
    let Ok(sheets) = package.by_name("xl/workbook.xml") else {
        return Ok(false);
    };
    const MOST_BYTES: u64 = 1024 * 1024;
    let mut text = String::new();
    sheets.take(MOST_BYTES).read_to_string(&mut text)?;
    let named = |name: &str| text.contains(&format!("name=\"{name}\""));
    Ok([
        overview::SHEET,
        super::columns::TABLE_SHEET,
        super::columns::INDICATOR_SHEET,
    ]
    .into_iter()
    .all(named))
}
