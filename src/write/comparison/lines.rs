//! What both outputs of a comparison say in the same words.

use crate::diff::{Comparison, FindingState, TableComparison, TablePlace};

/// Returns the table's name and sheet, or its sheet alone.
pub fn table_name(table: &TableComparison) -> String {
    let place = table.new.as_ref().or(table.old.as_ref());
    let sheet = place.map(|place| place.sheet.as_str()).unwrap_or_default();
    match &table.name {
        Some(name) => format!("{}（{sheet}）", name.split_whitespace().collect::<String>()),
        None => sheet.to_owned(),
    }
}

/// Returns where the table stands in one of the files.
pub fn place(place: Option<&TablePlace>) -> String {
    place.map_or_else(|| "没有".to_owned(), |place| format!("{} {}", place.sheet, place.range))
}

/// Returns what became of a table, in a few words.
pub fn verdict(table: &TableComparison) -> String {
    match (&table.old, &table.new) {
        (None, Some(_)) => format!("新增的表，问题 {} 项", table.count(FindingState::New)),
        (Some(_), None) => "新文件里没有这张表，原有问题不作比较".to_owned(),
        _ => {
            let counts = FindingState::ALL.map(|state| format!("{} {} 项", state.title(), table.count(state)));
            format!("问题{}；内容改动 {} 处", counts.join("、"), table.changes.len())
        }
    }
}

/// Returns the sum of all tables.
pub fn totals(comparison: &Comparison) -> String {
    let counts = FindingState::ALL.map(|state| format!("{} {} 项", state.title(), comparison.count(state)));
    format!("问题{}；内容改动 {} 处", counts.join("、"), comparison.changes())
}
