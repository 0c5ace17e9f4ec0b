//! The words by which the program knows again what it added to a normalized workbook, shared with its writers.
//!
//! No form in the wild uses them; a table that does is read as the program's own additions.

use super::trimmed;

/// The band under which only additions follow.
pub const ANNEX_BAND: &str = "核表附注";
/// Begins the header or label of content for which the normalized form has no column or row; the rest is the label.
pub const KEPT_PREFIX: &str = "原表栏目：";
/// Begins the first cell of every sheet that only accompanies a normalized table.
pub const COMPANION_PREFIX: &str = "核表附页：";

/// Begins the name of a sheet that lists discrepancies.
pub const LIST_SHEET: &str = "差异清单";
/// The text of such a sheet's first cell.
pub const LIST_FIRST_HEADER: &str = "序号";

/// Begins the name of the sheet of a summary that lists the indicators of many tables.
pub const SUMMARY_INDICATORS: &str = "指标明细";
/// The text of that sheet's first cell.
pub const SUMMARY_INDICATORS_FIRST_HEADER: &str = "表序号";

/// Title and sheet of the workbook that lists what was converted.
pub const INDEX_TITLE: &str = "目录";
/// Title of the workbook that lists the letters to units.
pub const LEDGER_TITLE: &str = "修改通知台账";

/// What follows an input's name in that of its normalized table, before the extension.
pub const NORMALIZED_STEM: &str = ".规范表";
/// What follows an input's name in that of its annotated copy, before the extension.
pub const ANNOTATED_STEM: &str = ".批注副本";

/// Returns the label of kept content, of a header or label that begins with [`KEPT_PREFIX`].
pub(crate) fn kept_label(text: &str) -> Option<&str> {
    trimmed(text).strip_prefix(KEPT_PREFIX)
}

/// Returns why a sheet that the program itself wrote beside its tables is none; `None` for any other sheet.
pub(crate) fn companion_reason(sheet: &str, first_text: &str) -> Option<String> {
    if let Some(name) = first_text.strip_prefix(COMPANION_PREFIX) {
        return Some(format!("核表附页（{}），不是评价表", name.trim()));
    }
    if sheet.starts_with(SUMMARY_INDICATORS) && first_text == SUMMARY_INDICATORS_FIRST_HEADER {
        return Some(format!("核表汇总的“{SUMMARY_INDICATORS}”，不是评价表"));
    }
    (sheet.starts_with(LIST_SHEET) && first_text == LIST_FIRST_HEADER)
        .then(|| format!("核表附页（{LIST_SHEET}），不是评价表"))
}
