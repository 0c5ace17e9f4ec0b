//! A file's sheets, drawn.

use hebiao::write::sheet_pictures;
use serde_json::{Value, json};

use crate::answer::Answer;
use crate::basis::Basis;
use crate::outputs::checked_as;

/// Returns the sheets of a file as pieces of HTML, with the findings of its report.
///
/// # Errors
/// When a report was handed over that is none, or of other bytes.
pub fn pictures(path: &str, bytes: &[u8], report: Option<&[u8]>, basis: &Basis) -> Answer {
    let checked = checked_as(path, bytes, report, basis)?;
    let sheets: Vec<Value> = sheet_pictures(&checked, basis.standard())
        .into_iter()
        .map(|sheet| {
            json!({
                "sheet": sheet.sheet,
                "is_hidden": sheet.is_hidden,
                "picture": sheet.picture,
                "account": sheet.account,
                "tables": sheet.tables,
            })
        })
        .collect();
    Ok((json!({ "sheets": sheets }), Vec::new()))
}
