//! What both outputs of a comparison say in the same words.

use crate::diff::{BatchOutcome, Comparison, FindingState, TableComparison, TablePlace};

/// Returns the table's name and sheet, or its sheet alone.
pub fn table_name(table: &TableComparison) -> String {
    if let Some(file) = table.new_file.as_ref().or(table.old_file.as_ref()) {
        let name = table.name.as_deref().map(str::trim).filter(|name| !name.is_empty());
        let parts = [table.unit.as_deref(), name.or(Some(file))];
        return parts.into_iter().flatten().collect::<Vec<_>>().join(" ");
    }
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
        (Some(_), None) if table.old_file.is_some() => "没有再报，原有问题不作比较".to_owned(),
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

/// Returns the sum of two batches: tables in both by what became of their findings, then those in one alone.
pub fn batch_totals(comparison: &Comparison) -> String {
    let tables = || comparison.tables.iter();
    let (paired, added): (Vec<_>, Vec<_>) = tables()
        .filter(|table| table.new.is_some())
        .partition(|table| table.old.is_some());
    let gone = tables().filter(|table| table.new.is_none()).count();
    let counts = FindingState::ALL.map(|state| {
        let count: usize = paired.iter().map(|table| table.count(state)).sum();
        format!("{} {count} 项", state.title())
    });
    let of_added: usize = added.iter().map(|table| table.count(FindingState::New)).sum();
    format!(
        "对上 {} 张表：问题{}；内容改动 {} 处。新报的表 {} 张，问题 {of_added} 项；没有再报的表 {gone} 张",
        paired.len(),
        counts.join("、"),
        comparison.changes(),
        added.len(),
    )
}

/// Returns what has no like in the other batch: what it is, its name, why or what follows.
pub fn unpaired(comparison: &Comparison, batches: &BatchOutcome) -> Vec<[String; 3]> {
    let owned = |what: &str, name: &str, why: &str| [what.to_owned(), name.to_owned(), why.to_owned()];
    let unlike = batches.unlike.iter().map(|pair| {
        let why = if pair.misfits.is_empty() {
            "没有可以对上的名称".to_owned()
        } else {
            pair.misfits.join("；")
        };
        owned("文件名相同，不像同一张表", &pair.file, &why)
    });
    let missing = batches.missing_units.iter();
    let missing = missing.map(|unit| owned("没有再报的单位", unit, "原有问题不作比较，不算已解决"));
    let new = batches.new_units.iter();
    let new = new.map(|unit| owned("新报的单位", unit, "上一批没有这个单位的表"));
    let alone = comparison
        .tables
        .iter()
        .filter_map(|table| match (&table.old, &table.new) {
            (Some(_), None) => Some(owned(
                "没有再报的表",
                &table_name(table),
                "原有问题不作比较，不算已解决",
            )),
            (None, Some(_)) => Some(owned("新报的表", &table_name(table), &verdict(table))),
            _ => None,
        });
    let unread = batches.unread.iter();
    let unread = unread.map(|file| owned("没有读到评价表的文件", &file.file, &file.message));
    unlike.chain(missing).chain(new).chain(alone).chain(unread).collect()
}
