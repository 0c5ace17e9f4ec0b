//! 批注副本: the unit's own workbook with findings filled and noted at their cells, and a list of them behind it.
//!
//! The package is changed only where it must be. Parts that do not change keep their very compressed bytes; in those
//! that do, text is put in and taken out at byte positions and everything else stays as it is, unknown content too. It
//! knows findings and parts of a package; it knows no rules and recomputes nothing.
//!
//! A copy is itself an input: marks of an earlier run are taken away first, and what was under them comes back. Fills
//! are remembered as [`memory`] says, notes are known by their lines ([`note_block`]), the list by its first cell.

mod attributes;
mod content_types;
mod copy;
mod document;
mod edits;
mod fault;
mod filled_in;
mod geometry;
mod list_formats;
mod list_sheet;
mod memory;
mod note_block;
mod note_writing;
mod notes;
mod own_parts;
mod parts;
mod relations;
mod shapes;
mod sheet_drawing;
mod sheet_rows;
mod sheet_sites;
mod sheet_walk;
mod sheet_work;
mod style_lists;
mod styles;
mod tags;
mod tree;
mod workbook;

use super::WriteError;
use crate::grid::FileFormat;
use crate::read::Limits;
use crate::read::detect::main_part;
use crate::read::office_password::package_of;
use crate::report::FileReport;
use copy::{Copy, fingerprint};
use parts::Parts;

pub use document::{QuotedFinding, annotated_report, document_extension};

/// Returns the unit's own xlsx or xlsm with the cells of findings filled and noted, and with a sheet 差异清单 at its
/// end.
///
/// `report` must be the report of exactly these bytes. Marks of an earlier run are removed first; notes that people
/// wrote stay, ours stand below them. Findings that are set aside are not marked. The same input gives the same bytes.
///
/// # Errors
///
/// [`WriteError::NoTable`] without a table, [`WriteError::NotAnnotatable`] for other formats, [`WriteError::OtherFile`]
/// when the report is of other bytes, [`WriteError::Source`] and [`WriteError::OddPackage`] when the package is damaged,
/// beyond a limit or cannot be changed without loss.
///
/// ```
/// # use hebiao::{check_bytes, standard::Standard};
/// use hebiao::write::annotated_copy;
///
/// let bytes = std::fs::read("samples/部门评价表-信丰.xlsx")?;
/// let report = check_bytes("部门评价表-信丰.xlsx", &bytes, Standard::ministry()).report;
/// let copy = annotated_copy(&bytes, &report)?;
/// let again = check_bytes("部门评价表-信丰.xlsx", &copy, Standard::ministry()).report;
/// assert_eq!(again.tables, report.tables);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn annotated_copy(original: &[u8], report: &FileReport) -> Result<Vec<u8>, WriteError> {
    if report.tables.is_empty() {
        return Err(WriteError::NoTable);
    }
    if !matches!(report.format, Some(FileFormat::Xlsx | FileFormat::Xlsm)) {
        return Err(WriteError::NotAnnotatable);
    }
    if report
        .sha256
        .as_ref()
        .is_some_and(|noted| *noted != fingerprint(original))
    {
        return Err(WriteError::OtherFile);
    }
    let limits = parts::limits();
    // Encrypted with the password that everybody has, it is no secret; the copy is the package itself.
    let package = package_of(original, Limits::default().file_bytes);
    let mut copy = Copy::open(&package, &limits)?;
    copy.clean()?;
    let memory = copy.mark(report)?;
    copy.finish(report, &memory)
}

/// Returns whether the file carries a digital signature, which no longer holds for a copy that is annotated. A
/// signature of macros alone is not meant: it holds.
pub fn is_signed(original: &[u8]) -> bool {
    let limits = parts::limits();
    let parts = Parts::open(original, &limits);
    parts.is_ok_and(|mut parts| parts.source().any_part(|part| part.starts_with("_xmlsignatures/")))
}

/// Returns the extension that fits a copy of these bytes (`xlsx`, `xlsm`, `xltx`, `xltm`), by what the package says
/// of itself; programs refuse a file whose extension says otherwise. `None` when it is no package that can be
/// annotated.
pub fn annotated_extension(original: &[u8]) -> Option<&'static str> {
    let limits = parts::limits();
    let mut parts = Parts::open(original, &limits).ok()?;
    let main = main_part(parts.source()).ok()?;
    let kind = content_types::type_of(&mut parts, &main).ok()?.unwrap_or_default();
    if kind.contains("binary") || !main.to_lowercase().ends_with(".xml") || main.starts_with("word/") {
        return None;
    }
    Some(match (kind.contains("template"), kind.contains("macroenabled")) {
        (false, false) => "xlsx",
        (false, true) => "xlsm",
        (true, false) => "xltx",
        (true, true) => "xltm",
    })
}
