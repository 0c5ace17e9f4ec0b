//! Two submissions of a table.

use hebiao::diff::compare as compare_reports;
use hebiao::write::comparison_workbook;
use serde_json::json;

use crate::answer::Answer;
use crate::check::{has_tables, report_of};

/// Compares two reports: the comparison, and its workbook as part 0. Where they do not look like one table handed in
/// twice, only says why, unless they are to be compared `anyway`.
///
/// # Errors
/// When either is no report with tables.
pub fn compare(old: &[u8], new: &[u8], anyway: bool) -> Answer {
    let (old, new) = (report_of(old)?, report_of(new)?);
    if !has_tables(&old) || !has_tables(&new) {
        return Err("两个文件都要能读出评价表才能对比".to_owned());
    }
    let comparison = compare_reports(&old, &new);
    if !comparison.misfits.is_empty() && !anyway {
        return Ok((json!({ "misfits": comparison.misfits }), Vec::new()));
    }
    let workbook = comparison_workbook(&comparison).map_err(|error| error.to_string())?;
    Ok((json!({ "comparison": comparison }), vec![workbook]))
}
