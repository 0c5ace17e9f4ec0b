//! What all outputs of a comparison say in the same words.

use std::io;

use crate::diff::{BatchComparison, ComparedTables, Comparison, FindingState, TableLine, TablePlace};
use crate::text::keys::without_unit_code;

/// Returns the table's name and sheet, or its sheet alone.
pub fn table_name(table: &TableLine) -> String {
    if let Some(file) = table.new_file.as_ref().or(table.old_file.as_ref()) {
        let name = table.name.as_deref().map(str::trim).filter(|name| !name.is_empty());
        let parts = [table.unit_name(), name.or(Some(file))];
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
pub fn verdict(table: &TableLine) -> String {
    match (&table.old, &table.new) {
        (None, Some(_)) => format!("新增的表，问题 {} 项", table.count(FindingState::New)),
        (Some(_), None) if table.old_file.is_some() => "没有再报，原有问题不作比较".to_owned(),
        (Some(_), None) => "新文件里没有这张表，原有问题不作比较".to_owned(),
        _ => Sums::of(table).told(),
    }
}

/// Returns what became of all tables together.
///
/// # Errors
/// When a table cannot be read back.
pub fn sums(tables: &impl ComparedTables) -> io::Result<Sums> {
    let mut sums = Sums::default();
    for table in tables.lines() {
        sums.add(&table?);
    }
    Ok(sums)
}

/// Returns the sum of all tables of two files.
pub fn totals(comparison: &Comparison) -> String {
    let mut sums = Sums::default();
    for table in &comparison.tables {
        sums.add(&table.line());
    }
    sums.told()
}

/// Returns the sum of two batches: tables in both by what became of their findings, then those in one alone.
///
/// # Errors
/// When a table cannot be read back.
pub fn batch_totals(comparison: &BatchComparison) -> io::Result<String> {
    let [mut paired, mut added, mut gone] = [Sums::default(), Sums::default(), Sums::default()];
    for table in comparison.tables.lines() {
        let table = table?;
        let of = match (&table.old, &table.new) {
            (_, None) => &mut gone,
            (None, _) => &mut added,
            _ => &mut paired,
        };
        of.add(&table);
    }
    Ok(format!(
        "对上 {} 张表：{}。新报的表 {} 张，问题 {} 项；没有再报的表 {} 张",
        paired.tables,
        paired.told(),
        added.tables,
        added.count(FindingState::New),
        gone.tables,
    ))
}

/// What became of some tables.
#[derive(Default)]
pub struct Sums {
    /// Tables.
    pub tables: usize,
    states: [usize; 3],
    /// Changes.
    pub changes: usize,
}

impl Sums {
    fn of(table: &TableLine) -> Self {
        let mut sums = Self::default();
        sums.add(table);
        sums
    }

    /// Adds a table.
    pub fn add(&mut self, table: &TableLine) {
        self.tables += 1;
        for (sum, state) in self.states.iter_mut().zip(FindingState::ALL) {
            *sum += table.count(state);
        }
        self.changes += table.changes;
    }

    /// Returns how many findings there are in each state, in the order of [`FindingState::ALL`].
    pub const fn states(&self) -> [usize; 3] {
        self.states
    }

    /// Returns how many findings there are.
    pub fn findings(&self) -> usize {
        self.states.iter().sum()
    }

    fn count(&self, state: FindingState) -> usize {
        let counts = FindingState::ALL.iter().zip(self.states);
        counts.filter(|(of, _)| **of == state).map(|(_, count)| count).sum()
    }

    fn told(&self) -> String {
        let counts = FindingState::ALL.map(|state| format!("{} {} 项", state.title(), self.count(state)));
        format!("问题{}；内容改动 {} 处", counts.join("、"), self.changes)
    }
}

/// Returns what has no like in the other batch: what it is, its name, why or what follows.
pub fn unpaired(comparison: &BatchComparison) -> impl Iterator<Item = io::Result<[String; 3]>> {
    let owned = |what: &str, name: &str, why: &str| [what.to_owned(), name.to_owned(), why.to_owned()];
    let batches = comparison.batches.iter();
    let of_batches = batches.clone().flat_map(move |batches| {
        let unlike = batches.unlike.iter().map(move |pair| {
            let why = if pair.misfits.is_empty() {
                "没有可以对上的名称".to_owned()
            } else {
                pair.misfits.join("；")
            };
            owned("文件名相同，不像同一张表", &pair.file, &why)
        });
        let missing = batches.missing_units.iter();
        let missing = missing.map(move |unit| {
            owned(
                "没有再报的单位",
                without_unit_code(unit),
                "原有问题不作比较，不算已解决",
            )
        });
        let new = batches.new_units.iter();
        let new = new.map(move |unit| owned("新报的单位", without_unit_code(unit), "上一批没有这个单位的表"));
        unlike.chain(missing).chain(new)
    });
    let alone = comparison.tables.lines().filter_map(move |table| {
        let line = |table: &TableLine| match (&table.old, &table.new) {
            (Some(_), None) => Some(owned(
                "没有再报的表",
                &table_name(table),
                "原有问题不作比较，不算已解决",
            )),
            (None, Some(_)) => Some(owned("新报的表", &table_name(table), &verdict(table))),
            _ => None,
        };
        table.map(|table| line(&table)).transpose()
    });
    let unread = batches.flat_map(|batches| &batches.unread);
    let unread = unread.map(move |file| owned("没有读到评价表的文件", &file.file, &file.message));
    of_batches.map(Ok).chain(alone).chain(unread.map(Ok))
}
