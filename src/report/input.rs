//! The project's own report as an input: the machine-readable form that `check` prints, or its lines.

use super::{FileReport, Report, SCHEMA_VERSION};
use crate::read::{Limits, ReadError, decode};

/// Reads a report of this project: a whole one, one file's part of it, or one such part a line.
///
/// # Errors
///
/// `not_a_spreadsheet` when the bytes are no such report, `unsupported_format` when it is of a later version,
/// `limit_exceeded` when it is too large.
///
/// ```
/// let error = hebiao::report::read_json_report(br#"{"name": 1}"#).unwrap_err();
/// assert_eq!(error.code(), "not_a_spreadsheet");
/// ```
pub fn read_json_report(bytes: &[u8]) -> Result<Report, ReadError> {
    let foreign = || ReadError::not_a_spreadsheet("这个 JSON 文件不是本程序写出的核对结果");
    let text = json_text(bytes)?.ok_or_else(foreign)?;
    // From bytes, as everywhere: from a text all of it would be compiled a second time.
    let text = text.as_bytes();
    if let Ok(report) = serde_json::from_slice::<Report>(text) {
        return of_this_version(report);
    }
    let files: Result<Vec<FileReport>, _> = serde_json::Deserializer::from_slice(text).into_iter().collect();
    match files {
        Ok(files) if !files.is_empty() => Ok(Report::new(files)),
        _ => Err(foreign()),
    }
}

/// Returns the text of a JSON file; `None` when it is in no encoding that can be told.
///
/// # Errors
///
/// `limit_exceeded` when it is too large.
pub(crate) fn json_text(bytes: &[u8]) -> Result<Option<String>, ReadError> {
    let limits = Limits::default();
    let length = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
    if length > limits.file_bytes {
        return Err(ReadError::too_many_bytes("文件大小", length, limits.file_bytes));
    }
    Ok(decode(bytes, None).map(|decoded| decoded.text))
}

fn of_this_version(report: Report) -> Result<Report, ReadError> {
    if report.files.is_empty() {
        Err(ReadError::not_a_spreadsheet("这个核对结果里一个文件也没有"))
    } else if report.schema_version == SCHEMA_VERSION {
        Ok(report)
    } else {
        Err(ReadError::unsupported_format(
            &format!(
                "这个文件是第 {} 版的核对结果，本程序只认第 {SCHEMA_VERSION} 版",
                report.schema_version
            ),
            "请用写出它的程序打开，或换新版本的本程序",
        ))
    }
}
