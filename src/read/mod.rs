//! Readers: from bytes to a [`Workbook`], format by content, within absolute limits.
//!
//! Holds one module a format and what they share (packages, XML, limits, number formats). It knows nothing of
//! layouts or evaluations. A further format is one module, one variant of `content::Content` and one line in
//! `reader_of`.

mod binary_number;
mod budget;
mod cell_format;
mod container;
mod content;
mod csv;
mod cursor;
mod decimal;
mod decoded_stream;
pub(crate) mod detect;
mod docx;
mod draft;
mod encoding;
mod error;
mod filled;
mod form_mark;
mod formula_guard;
mod formula_tokens;
mod html;
mod intervals;
mod iso_date;
mod json_report;
mod limits;
mod losses;
pub mod number_format;
mod ods;
pub(crate) mod package;
pub(crate) mod relationships;
pub(crate) mod sheet_names;
mod signs;
mod spreadsheetml;
mod surroundings;
mod symbol_font;
mod xls;
mod xlsb;
mod xlsx;
mod xml;

pub use error::ReadError;
pub(crate) use formula_guard::begins_like_a_formula;
#[cfg(test)]
pub(crate) use formula_guard::unguarded;
pub(crate) use json_report::json_text;
pub use json_report::{is_json, read_json_report};
pub use limits::Limits;

use crate::grid::{ReadingLoss, Workbook};
use content::Content;
use detect::detect;
use package::Package;

type ReadFormat = fn(&[u8], &Limits) -> Result<Workbook, ReadError>;

const fn reader_of(content: Content) -> Option<ReadFormat> {
    match content {
        Content::Xlsx => Some(xlsx::read_xlsx),
        Content::Xlsm => Some(xlsx::read_xlsm),
        Content::Xls => Some(xls::read_xls),
        Content::Xlsb => Some(xlsb::read_xlsb),
        Content::Ods => Some(ods::read_ods),
        Content::FlatOds => Some(ods::read_flat_ods),
        Content::Csv => Some(csv::read),
        Content::Html => Some(html::read),
        Content::Mhtml => Some(html::read_archive),
        Content::SpreadsheetMl => Some(spreadsheetml::read),
        Content::Docx => Some(docx::read),
        _ => None,
    }
}

/// Reads a whole spreadsheet file.
///
/// `file_name` serves only to notice an extension that does not fit the content (noted in [`Workbook::losses`]) and to
/// word a refusal. What could not be read of a readable file is listed in the losses of its sheet or of the workbook.
///
/// # Errors
///
/// A [`ReadError`] when nothing can be read: an empty, foreign, encrypted, damaged or unsupported file, or one beyond
/// a limit.
///
/// ```
/// let error = hebiao::read::read_workbook(b"", Some("a.xlsx"), &Default::default()).unwrap_err();
/// assert_eq!(error.code(), "empty_file");
/// ```
pub fn read_workbook(bytes: &[u8], file_name: Option<&str>, limits: &Limits) -> Result<Workbook, ReadError> {
    if bytes.is_empty() {
        return Err(ReadError::empty_file());
    }
    let length = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
    if length > limits.file_bytes {
        return Err(ReadError::too_many_bytes("文件大小", length, limits.file_bytes));
    }
    let extension = file_name.and_then(extension_of);
    let detected = detect(bytes, extension.as_deref(), limits);
    let reader = detected.as_ref().ok().and_then(|content| reader_of(*content));
    if reader.is_none() && file_name.is_some_and(is_lock_file) {
        return Err(ReadError::not_a_spreadsheet(
            "这是 Excel 或 WPS 打开文件时生成的临时文件",
        ));
    }
    let content = detected?;
    let read = reader.ok_or_else(|| content.refusal())?;
    let mut workbook = read(bytes, limits)?;
    sheet_names::tell_apart(&mut workbook);
    if let Some(extension) = extension {
        workbook.losses.splice(0..0, misnamed(&extension, content));
    }
    Ok(workbook)
}

/// What is said of a name whose extension is another format's.
fn misnamed(extension: &str, content: Content) -> Option<ReadingLoss> {
    (!content.extensions().contains(&extension)).then(|| ReadingLoss {
        cell: None,
        message: format!("文件扩展名是 .{extension}，内容却是 {}，已按内容读取", content.title()),
    })
}

/// The same of the name of a JSON report.
pub fn misnamed_json(file_name: &str) -> Option<ReadingLoss> {
    misnamed(&extension_of(file_name)?, Content::Json)
}

/// Whether callers who can should read a file in a process of its own: one of a format (xls, xlsb, ods) whose damaged
/// files have taken programs down, or one so large that its time and memory should have a bound.
pub fn needs_isolation(bytes: &[u8], limits: &Limits) -> bool {
    const LARGE_FILE: u64 = 4 * 1024 * 1024;
    const LARGE_UNPACKED: u64 = 32 * 1024 * 1024;
    let length = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
    // A file beyond the limit is refused before it is looked at.
    if length > limits.file_bytes {
        return false;
    }
    if length > LARGE_FILE || bytes.starts_with(&container::SIGNATURE) {
        return true;
    }
    bytes.starts_with(b"PK")
        && (Package::open(bytes, limits).is_ok_and(|mut package| package.declared_bytes() > LARGE_UNPACKED)
            || matches!(detect(bytes, None, limits), Ok(Content::Xlsb | Content::Ods)))
}

/// The owner file that Excel (`~$`) and WPS (`.~`) lay beside an open workbook, under a workbook's extension.
fn is_lock_file(file_name: &str) -> bool {
    let name = file_name.rsplit(['/', '\\']).next().unwrap_or_default();
    name.starts_with("~$") || name.starts_with(".~")
}

fn extension_of(file_name: &str) -> Option<String> {
    let name = file_name.rsplit(['/', '\\']).next()?;
    let (stem, extension) = name.rsplit_once('.')?;
    (!stem.is_empty() && !extension.is_empty()).then(|| extension.to_lowercase())
}
