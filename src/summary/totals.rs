//! Everything added up in one pass over the tables: all together, by kind, by department, by department and kind.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::groups::{GroupRow, Overview};
use super::names::unit_name_key;
use super::rows::TableRow;
use crate::model::TableKind;
use crate::text::name_order::NameOrder;

/// Sums of the tables taken in so far. Memory grows with departments and units, never with tables.
#[derive(Debug, Default)]
pub struct Totals {
    all: GroupRow,
    kinds: BTreeMap<TableKind, GroupRow>,
    /// Tables without a department last.
    departments: BTreeMap<(bool, String), GroupRow>,
    department_kinds: BTreeMap<(bool, String, TableKind), GroupRow>,
    /// How departments are written, by their keys.
    spellings: BTreeMap<String, BTreeMap<String, usize>>,
    files: usize,
    last_file: Option<(String, Option<String>)>,
}

impl Totals {
    /// Takes in a table whose unit has this mark, 0 for none; tables of one file come one after another.
    pub fn add(&mut self, row: &TableRow, unit: u64) {
        let is_same = |(file, sha256): &(String, Option<String>)| *file == row.file && *sha256 == row.sha256;
        if !self.last_file.as_ref().is_some_and(is_same) {
            self.files += 1;
            self.last_file = Some((row.file.clone(), row.sha256.clone()));
        }
        let department = row.department.as_deref();
        let key = department.map(unit_name_key).unwrap_or_default();
        if let Some(name) = department {
            let spellings = self.spellings.entry(key.clone()).or_default();
            match spellings.get_mut(name) {
                Some(count) => *count += 1,
                None => {
                    spellings.insert(name.to_owned(), 1);
                }
            }
        }
        self.all.add(row, unit);
        self.kinds.entry(row.kind).or_default().add(row, unit);
        let by_kind = (department.is_none(), key.clone(), row.kind);
        self.department_kinds.entry(by_kind).or_default().add(row, unit);
        let by_name = (department.is_none(), key);
        self.departments.entry(by_name).or_default().add(row, unit);
    }

    /// Returns the overview with so many files that gave no table, then departments, then departments and kinds, both
    /// in the given order of departments with tables without one last.
    pub fn finish(
        self,
        unreadable: usize,
        unrecognized: usize,
        order: &NameOrder,
    ) -> (Overview, Vec<GroupRow>, Vec<GroupRow>) {
        let spellings = self.spellings;
        let usual = |key: &str| {
            let names = spellings.get(key).into_iter().flatten();
            let usual = names.max_by_key(|(name, count)| (**count, Reverse(name.as_str())));
            usual.map(|(name, _)| name.clone())
        };
        let all = self.all.finish(None, None);
        let kinds = self.kinds.into_iter();
        let overview = Overview {
            files: self.files + unreadable + unrecognized,
            unreadable,
            unrecognized,
            departments: spellings.len(),
            units: all.units,
            all,
            doubtful_amounts: None,
            kinds: kinds.map(|(kind, group)| group.finish(None, Some(kind))).collect(),
        };
        let mut departments: Vec<_> = self.departments.into_iter().collect();
        departments.sort_by_cached_key(|((is_nameless, key), _)| (*is_nameless, order.place(key)));
        let departments = departments.into_iter();
        let departments = departments.map(|((_, key), group)| group.finish(usual(&key), None));
        let mut by_kind: Vec<_> = self.department_kinds.into_iter().collect();
        by_kind.sort_by_cached_key(|((is_nameless, key, kind), _)| (*is_nameless, order.place(key), *kind));
        let by_kind = by_kind.into_iter();
        let by_kind = by_kind.map(|((_, key, kind), group)| group.finish(usual(&key), Some(kind)));
        (overview, departments.collect(), by_kind.collect())
    }
}
