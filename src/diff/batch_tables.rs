//! Which table of one batch is which of the other: by project, unit and form over all files, so that files may be
//! renamed and moved; by the file's name only where nothing contradicts it.

use std::io;

use super::batches::{Batch, BatchTable};
use super::fit::{are_one_unit, misfits_of};
use super::matching::Matching;
use crate::model::TableKind;
use crate::text::keys::{mark, unit_name_key};
use crate::text::likeness::{REWRITTEN, likeness};
use crate::text::match_key;

/// What a table is paired by, each name by the mark of its key: few bytes a table, however long its names are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct TableMarks {
    file: u64,
    sheet: u64,
    /// The file's bytes, where they are known.
    content: Option<u64>,
    project: Option<u64>,
    unit: Option<u64>,
    /// 实施单位, else 主管部门.
    pub answering: Option<u64>,
    year: Option<i32>,
    kind: TableKind,
}

impl TableMarks {
    /// Returns a table's, of a file with this SHA-256.
    pub(super) fn of(table: &BatchTable, sha256: Option<&str>) -> Self {
        let unit = |name: &Option<String>| marked(unit_name_key(name.as_deref()?));
        Self {
            file: mark(&table.file),
            sheet: mark(&table.sheet),
            content: sha256.map(mark),
            project: project(table).and_then(marked),
            unit: unit(&table.identity.unit),
            answering: unit(&table.answering),
            year: table.year,
            kind: table.identity.kind,
        }
    }

    /// Of two years of one project, each goes with its own; a year that was corrected stands in the same file.
    fn is_of_year(&self, other: &Self) -> bool {
        self.year == other.year || self.year.is_none() || other.year.is_none() || self.file == other.file
    }
}

fn marked(key: String) -> Option<u64> {
    (!key.is_empty()).then(|| mark(&key))
}

/// Pairs, and those that share a file's name and nothing else: earlier, later, why they do not fit.
pub(super) struct Paired {
    /// Those that fit.
    pub matching: Matching,
    /// Those that do not.
    pub unlike: Vec<(usize, usize, Vec<String>)>,
}

/// Pairs the tables of two batches.
///
/// # Errors
/// When a table cannot be read back.
pub(super) fn paired(old: &Batch, new: &Batch) -> io::Result<Paired> {
    let mut pairing = Pairing {
        old,
        new,
        matching: Matching::new(old.marks.len(), new.marks.len()),
    };
    let any = |_: &TableMarks, _: &TableMarks| true;
    // A project that was handed in several times goes with its unchanged file, else with the file of its name.
    pairing.join(|table| Some((table.content?, table.sheet, table.file)), any);
    pairing.join(|table| Some((table.content?, table.sheet)), any);
    let names = |table: &TableMarks| Some((table.project?, table.unit?, table.kind));
    pairing.join(|table| Some((names(table)?, table.year, table.file, table.sheet)), any);
    pairing.join(|table| Some((names(table)?, table.year)), any);
    pairing.join(names, TableMarks::is_of_year);
    // The same file, whose names were corrected or left out.
    let fits = |one: &BatchTable, other: &BatchTable| misfits_of(&one.identity, &other.identity).is_empty();
    pairing.join_where(|table| Some((table.file, table.project, table.sheet)), any, fits)?;
    pairing.join_where(|table| Some((table.file, table.sheet)), any, fits)?;
    pairing.join_where(|table| Some(table.file), any, fits)?;
    // A unit in its short form; without a unit a project's name alone proves nothing, many have 办公经费.
    let one_unit = |one: &BatchTable, other: &BatchTable| {
        let units = one.identity.unit.as_deref().zip(other.identity.unit.as_deref());
        units.is_some_and(|(one, other)| are_one_unit(one, other))
    };
    let of_project = |table: &TableMarks| Some((table.project?, table.kind));
    pairing.join_where(of_project, TableMarks::is_of_year, one_unit)?;
    // A project whose name was corrected, of the same unit.
    let renamed = |one: &BatchTable, other: &BatchTable| {
        let names = project(one).zip(project(other));
        names.is_some_and(|(one, other)| likeness(&one, &other) >= REWRITTEN)
    };
    pairing.join_where(|table| Some((table.unit?, table.kind)), TableMarks::is_of_year, renamed)?;
    // A whole unit's own evaluation names no project.
    let of_whole = |table: &TableMarks| {
        let is_whole = table.kind == TableKind::OverallSelfEvaluation && table.project.is_none();
        Some((is_whole.then_some(table.unit).flatten()?, table.year))
    };
    pairing.join(of_whole, any);
    pairing.finish()
}

/// Tables being paired.
struct Pairing<'a> {
    old: &'a Batch,
    new: &'a Batch,
    matching: Matching,
}

impl Pairing<'_> {
    /// Joins tables with equal keys that fit by their marks.
    fn join<K: Ord>(
        &mut self,
        key: impl Fn(&TableMarks) -> Option<K>,
        fits: impl Fn(&TableMarks, &TableMarks) -> bool,
    ) {
        let (old, new) = (&self.old.marks, &self.new.marks);
        self.matching.by_key_where(
            |index| old.get(index).and_then(&key),
            |index| new.get(index).and_then(&key),
            |earlier, later| {
                let marks = old.get(earlier).zip(new.get(later));
                marks.is_some_and(|(earlier, later)| fits(earlier, later))
            },
        );
    }

    /// Joins tables with equal keys that may fit by their marks, and fit by their names, which are read back for it.
    fn join_where<K: Ord>(
        &mut self,
        key: impl Fn(&TableMarks) -> Option<K>,
        may_fit: impl Fn(&TableMarks, &TableMarks) -> bool,
        fits: impl Fn(&BatchTable, &BatchTable) -> bool,
    ) -> io::Result<()> {
        let (old, new) = (self.old, self.new);
        let mut failed = None;
        self.matching.by_key_where(
            |index| old.marks.get(index).and_then(&key),
            |index| new.marks.get(index).and_then(&key),
            |earlier, later| {
                let marks = old.marks.get(earlier).zip(new.marks.get(later));
                if !marks.is_some_and(|(earlier, later)| may_fit(earlier, later)) {
                    return false;
                }
                let tables = old.table(earlier).and_then(|earlier| Ok((earlier, new.table(later)?)));
                tables.map_or_else(
                    |error| {
                        failed.get_or_insert(error);
                        false
                    },
                    |(earlier, later)| fits(&earlier, &later),
                )
            },
        );
        failed.map_or(Ok(()), Err)
    }

    /// Returns the pairs, and what is left and lies under one name.
    fn finish(mut self) -> io::Result<Paired> {
        let matching = self.matching.clone();
        self.join(|table| Some((table.file, table.sheet)), |_, _| true);
        self.join(|table| Some(table.file), |_, _| true);
        let pairs = self.matching.old_of_new.iter().zip(&matching.old_of_new).enumerate();
        let unlike = pairs.filter_map(|(later, (earlier, fitting))| {
            let earlier = (*earlier).filter(|_| fitting.is_none())?;
            let tables = self
                .old
                .table(earlier)
                .and_then(|old| Ok((old, self.new.table(later)?)));
            Some(tables.map(|(old, new)| (earlier, later, misfits_of(&old.identity, &new.identity))))
        });
        let unlike = unlike.collect::<io::Result<Vec<_>>>()?;
        Ok(Paired { matching, unlike })
    }
}

fn project(table: &BatchTable) -> Option<String> {
    let key = match_key(table.identity.project.as_deref()?);
    (!key.is_empty()).then_some(key)
}
