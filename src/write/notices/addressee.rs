//! Who a table answers to: the unit or department that it names, else nobody, and then its file stands for itself.

use crate::report::TableReport;
use crate::text::gives_no_value;
use crate::text::keys::{unit_name_key, without_unit_code};

/// Who is written to where a table names nobody.
pub const UNNAMED_UNIT: &str = "未写单位";
/// Parts the key of tables that name nobody from the path of their file; no unit's key has it.
pub(super) const FILE_FOLLOWS: char = '\u{0}';
/// What a unit may write for itself, by which no letter finds it.
const NOBODY: [&str; 13] = [
    "本单位",
    "我单位",
    "本部门",
    "我部门",
    "本局",
    "我局",
    "各单位",
    "各部门",
    "有关单位",
    "相关单位",
    "单位",
    "部门",
    "同上",
];

/// Returns by what a table's letter is told from others: its unit, or its file where it names nobody. Files of several
/// units in one letter would tell each of them about the others.
pub(super) fn key_of(name: &str, file: &str) -> String {
    let key = unit_key(name);
    if name == UNNAMED_UNIT {
        format!("{key}{FILE_FOLLOWS}{file}")
    } else {
        key
    }
}

/// Returns the name of a path's file without its extension.
pub(super) fn file_stem(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

/// Returns the folder of a file's path, or the archive that it lies in; empty for a name alone.
pub(super) fn folder_of(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// 实施单位, else 主管部门, else [`UNNAMED_UNIT`], as a letter names it; a stroke or 无 names nobody.
pub(super) fn answering(table: &TableReport) -> String {
    let evaluation = &table.evaluation;
    [&evaluation.implementing_unit, &evaluation.department]
        .into_iter()
        .flatten()
        .map(|field| addressed(&field.value))
        .find(|name| is_name(name, &unit_key(name)))
        .unwrap_or_else(|| UNNAMED_UNIT.to_owned())
}

/// Returns a name as a letter has it: on one line, without the code that a system puts before it.
pub(super) fn addressed(name: &str) -> String {
    let line = name.split_whitespace().collect::<Vec<_>>().join(" ");
    without_unit_code(&line).to_owned()
}

/// Returns whether a text with this key names somebody.
pub(super) fn is_name(name: &str, key: &str) -> bool {
    let name = name.trim();
    !name.is_empty() && !NOBODY.contains(&key) && name != "无" && !gives_no_value(name) && !key.is_empty()
}

/// Returns what is left of a unit's name when width, blanks, punctuation and case are taken away.
pub(super) fn unit_key(name: &str) -> String {
    unit_name_key(name)
}
