//! Names of roster lines and of tables made comparable: what each goes by, and whether two units may be one.

use std::collections::BTreeMap;

use super::names::{mark, name_key, project_key, unit_name_key};
use super::roster::RosterEntry;
use super::rows::TableRow;

/// Names that come again and again, each once.
#[derive(Default)]
pub(super) struct Names {
    numbers: BTreeMap<String, u32>,
    names: Vec<String>,
}

impl Names {
    fn number(&mut self, name: String) -> u32 {
        if let Some(number) = self.numbers.get(&name) {
            return *number;
        }
        let number = u32::try_from(self.names.len()).unwrap_or(u32::MAX);
        self.names.push(name.clone());
        self.numbers.insert(name, number);
        number
    }

    fn name(&self, number: u32) -> &str {
        self.names.get(number as usize).map_or("", String::as_str)
    }
}

/// A table's names made comparable: its own as a mark, those of its unit and department by number.
pub(super) struct Received {
    pub table: usize,
    pub name: u64,
    unit: u32,
    department: u32,
}

/// Returns the name that a table goes by in the roster; empty for none.
pub(super) fn name_of(row: &TableRow, lists_projects: bool) -> String {
    let key = |name: &Option<String>| name.as_deref().map(unit_name_key).filter(|name| !name.is_empty());
    if lists_projects {
        project_key(row).unwrap_or_default()
    } else {
        key(&row.unit).or_else(|| key(&row.department)).unwrap_or_default()
    }
}

impl Received {
    pub fn new(table: usize, row: &TableRow, lists_projects: bool, names: &mut Names) -> Self {
        let key = |name: &Option<String>| name.as_deref().map(unit_name_key).unwrap_or_default();
        let name = name_of(row, lists_projects);
        Self {
            table,
            name: if name.is_empty() { 0 } else { mark(&name) },
            unit: names.number(key(&row.unit)),
            department: names.number(key(&row.department)),
        }
    }

    /// Returns whether the entry's unit may be this table's. Who names no unit contradicts nobody.
    pub fn is_of(&self, entry: &RosterName, names: &Names) -> bool {
        let (unit, department) = (names.name(self.unit), names.name(self.department));
        let mine = [unit, department];
        if !entry.unit.is_empty() {
            let known = mine.iter().any(|name| !name.is_empty());
            return !known || mine.iter().any(|name| same_unit(name, &entry.unit));
        }
        entry.department.is_empty()
            || department.is_empty()
            || mine.iter().any(|name| same_unit(name, &entry.department))
    }
}

/// A roster line's names made comparable.
pub(super) struct RosterName {
    pub name: String,
    unit: String,
    department: String,
}

impl RosterName {
    pub fn new(entry: &RosterEntry) -> Self {
        let key = |name: &Option<String>| name.as_deref().map(unit_name_key).unwrap_or_default();
        Self {
            name: if let Some(project) = &entry.project {
                name_key(project)
            } else {
                key(&entry.unit)
            },
            unit: if entry.project.is_some() {
                key(&entry.unit)
            } else {
                String::new()
            },
            department: key(&entry.department),
        }
    }
}

/// 县教育局 and 某县教育局 are one; a name of two characters is too short to be part of another.
fn same_unit(one: &str, other: &str) -> bool {
    const SHORTEST: usize = 3;
    let (short, long) = if one.len() <= other.len() {
        (one, other)
    } else {
        (other, one)
    };
    short == long || (short.chars().count() >= SHORTEST && long.ends_with(short))
}

/// 一期 and 二期, 2022 and 2023 are not slips of the pen.
pub(super) fn numerals(name: &str) -> String {
    name.chars()
        .filter(|c| c.is_numeric() || "一二三四五六七八九十百千".contains(*c))
        .collect()
}
