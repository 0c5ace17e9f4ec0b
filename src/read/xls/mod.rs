//! The reader of xls (BIFF8 and BIFF5) and of WPS .et, which is the same: one linear walk over the records.
//!
//! No count in the file is trusted; everything that is kept was there. A broken cell loses itself, a sheet that breaks
//! off among its cells loses itself; only broken globals, or no readable sheet at all, lose the file.

mod cells;
mod drawings;
mod formulas;
mod globals;
mod notes;
mod objects;
mod records;
mod references;
mod sheet;
mod strings;

use std::io::{Cursor, Read as _};

use super::kit::budget::Budget;
use super::kit::losses::Losses;
use super::kit::tabs::read_sheets;
use super::office_password::decrypted_records;
use super::{Limits, ReadError};
use crate::grid::{FileFormat, Workbook};

/// Reads an xls or .et workbook.
pub(super) fn read_xls(bytes: &[u8], limits: &Limits) -> Result<Workbook, ReadError> {
    let stream = workbook_stream(bytes, limits)?;
    let mut losses = Losses::default();
    let globals = globals::read(&stream, limits, &mut losses)?;
    let mut budget = Budget::new(limits);
    let sheets = read_sheets(&globals.tabs, &mut losses, |tab| {
        let sheet = sheet::read(&stream, tab.place, &globals, &mut budget)?;
        Ok(sheet.into_sheet_under_boxes(tab.name.clone(), &mut budget)?)
    })?;
    Ok(Workbook {
        format: FileFormat::Xls,
        sheets,
        losses: losses.into_list(),
        text: Vec::new(),
    })
}

/// Returns the stream of records: `Workbook`, or `Book` up to Excel 95. A file with both has the older one for older
/// programs.
fn workbook_stream(bytes: &[u8], limits: &Limits) -> Result<Vec<u8>, ReadError> {
    let broken = || ReadError::damaged("文件结构读不出来");
    if !bytes.starts_with(&super::container::SIGNATURE) {
        // Some programs write the records alone.
        return decrypted_records(bytes.to_vec());
    }
    let mut container = cfb::CompoundFile::open(Cursor::new(bytes)).map_err(|_| broken())?;
    let path = ["Workbook", "Book"]
        .iter()
        .find_map(|wanted| {
            container
                .read_root_storage()
                .find(|entry| entry.is_stream() && entry.name().eq_ignore_ascii_case(wanted))
                .map(|entry| entry.path().to_owned())
        })
        .ok_or_else(broken)?;
    let stream = container.open_stream(path).map_err(|_| broken())?;
    let mut content = Vec::new();
    // What could be read before the container broke may still hold whole sheets.
    let result = stream.take(limits.part_bytes).read_to_end(&mut content);
    if result.is_err() && content.is_empty() {
        return Err(broken());
    }
    decrypted_records(content)
}

/// Returns the code page that decides what the bytes of texts are: that of UTF-16 where texts are written so. `None`
/// when it differs from text to text.
#[cfg(feature = "confirm")]
pub(super) fn code_page(bytes: &[u8], limits: &Limits) -> Option<u16> {
    const UTF_16: u16 = 1200;
    const CHINESE: u16 = 936;
    let stream = workbook_stream(bytes, limits).ok()?;
    let mut named = None;
    let mut records = records::Records::at(&stream, 0)?;
    while let Some(record) = records.next() {
        let first = record.data.first_chunk().map(|bytes| u16::from_le_bytes(*bytes));
        match record.kind {
            records::kind::BOF if first == Some(globals::BIFF8) => return Some(UTF_16),
            records::kind::CODEPAGE => named = first,
            records::kind::EOF => break,
            _ => {}
        }
    }
    let encoding = super::kit::code_page::encoding_of(named.unwrap_or(CHINESE));
    match named {
        _ if encoding == encoding_rs::WINDOWS_1252 => None,
        Some(page) if encoding != encoding_rs::GBK => Some(page),
        _ => Some(CHINESE),
    }
}
