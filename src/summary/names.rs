//! Names made comparable.

use super::rows::TableRow;
use crate::text::keys::without_unit_code;
pub(super) use crate::text::keys::{mark, name_key, unit_name_key, without_year};

/// Returns the unit that answers for a table, as texts name it: 实施单位, else 主管部门, without the code that a system
/// puts before it.
pub fn answering_unit(row: &TableRow) -> Option<&str> {
    answering(row).map(without_unit_code)
}

/// Returns it as the table has it.
fn answering(row: &TableRow) -> Option<&str> {
    row.unit.as_deref().or(row.department.as_deref())
}

/// Returns the key of the unit that answers for a table; empty when nobody is named.
pub fn unit_key(row: &TableRow) -> String {
    answering(row).map(unit_name_key).unwrap_or_default()
}

/// Returns the key of a table's project; of a table about a whole department or unit, none.
pub fn project_key(row: &TableRow) -> Option<String> {
    row.project.as_deref().map(name_key).filter(|key| !key.is_empty())
}

/// `单位“…”项目“…”`, as far as they are known, else the file's name.
pub fn described(row: &TableRow) -> String {
    match (answering_unit(row), row.project.as_deref()) {
        (Some(unit), Some(project)) => format!("{unit}“{project}”"),
        (None, Some(project)) => format!("“{project}”"),
        (Some(unit), None) => format!("{unit}（{}）", row.kind.title()),
        (None, None) => format!("文件“{}”", file_name(&row.file)),
    }
}

/// Returns the last part of a path.
pub fn file_name(path: &str) -> &str {
    path.rsplit(['/', '\\']).next().unwrap_or_default()
}

/// Returns the first names of a list, and how many there are in all where some are left out.
pub fn listed<S: AsRef<str>>(names: impl IntoIterator<Item = S>, most: usize) -> String {
    let mut shown = Vec::new();
    let mut count = 0_usize;
    for name in names {
        count += 1;
        if shown.len() < most {
            shown.push(name.as_ref().to_owned());
        }
    }
    let text = shown.join("、");
    if count > shown.len() {
        format!("{text} 等 {count} 项")
    } else {
        text
    }
}
