//! What answers to which unit: tables by the names in them, files that could not be read by where they lie, and findings
//! between tables by the units that they concern. What is whose waits on disk; in memory are the names of folders, and of
//! the units that get a letter.

use std::collections::{BTreeMap, BTreeSet};
use std::io;

use serde::{Deserialize, Serialize};

use super::addressee::{
    FILE_FOLLOWS, UNNAMED_UNIT, addressed, answering, file_stem, folder_of, is_name, key_of, unit_key,
};
use super::table::NoticeTable;
use crate::disk::{DiskVec, Record, Sorter, stored};
use crate::model::Severity;
use crate::report::FileReport;
use crate::summary::CrossFinding;
use crate::text::file_names::{PathMark, kept_apart, path_mark, safe_stem};
use crate::text::name_order::NameOrder;

stored!((String, usize, bool));

/// Ending of a notice's file name.
pub const NOTICE_SUFFIX: &str = ".修改通知.docx";

/// Units by the tables that name them.
///
/// Reports may be added in any order: the notices are the same. Findings between tables come after all reports.
#[derive(Debug, Default)]
pub struct NoticeGroups {
    /// What is a unit's, on disk.
    answers: Sorter<Answer>,
    /// Marks of the keys of units and departments that a roster or a table names.
    known: BTreeSet<PathMark>,
    /// The only unit of the tables in a folder; `None` where there are more.
    folders: BTreeMap<String, Option<String>>,
    /// Marks of reports in prose that tables were compared with: those miss nothing.
    compared: BTreeSet<PathMark>,
    /// Paths and positions of reports without a table, and whether they are prose.
    unread: DiskVec<(String, usize, bool)>,
    /// Which unit has which file, and which finding is about which.
    files: Sorter<OfFile>,
    /// The roster's order of units and departments.
    order: NameOrder,
    /// Why something could not be put on disk; told at the end.
    failure: Option<io::Error>,
}

/// One thing that is a unit's, those of one unit together.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
struct Answer {
    key: String,
    what: What,
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
enum What {
    /// A table: the position of its report, the unit's name as it writes it, and whether there is anything to do.
    Table(usize, String, bool),
    /// The position of the report of a file without a table, and the name of the folder that it is known by.
    Unread(usize, Option<String>),
    /// The position of a finding between tables, and the name that it gives the unit.
    Cross(usize, Option<String>),
}

/// A unit or a finding by the mark of a file's path, units first.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
struct OfFile {
    path: PathMark,
    what: UnitOrFinding,
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
enum UnitOrFinding {
    Unit(String),
    Finding(usize),
}

impl Record for Answer {
    fn heap_bytes(&self) -> usize {
        let name = match &self.what {
            What::Table(_, name, _) => name.capacity(),
            What::Unread(_, name) | What::Cross(_, name) => name.as_ref().map_or(0, String::capacity),
        };
        self.key.capacity() + name
    }
}

impl Record for OfFile {
    fn heap_bytes(&self) -> usize {
        match &self.what {
            UnitOrFinding::Unit(key) => key.capacity(),
            UnitOrFinding::Finding(_) => 0,
        }
    }
}

/// A unit to be written to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoticeUnit {
    /// Its name, in the spelling that most of its tables have; [`UNNAMED_UNIT`] for tables that name nobody.
    pub name: String,
    /// File name of its notice; no two units have the same.
    pub file_name: String,
    /// Positions of the reports that hold its tables, ascending.
    pub positions: Vec<usize>,
    /// Positions of the reports of its files without a table, ascending.
    pub unread: Vec<usize>,
    /// Positions of the findings between tables that concern it, ascending.
    pub cross: Vec<usize>,
    key: String,
}

/// The units to be written to, and what is nobody's.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NoticeUnits {
    /// The units, in their order.
    pub units: Vec<NoticeUnit>,
    /// Files without a table of which it is not known whose they are.
    pub unplaced: usize,
}

impl NoticeGroups {
    /// Makes a unit or department known by name, as from a roster, so that a folder of that name is known to be its own,
    /// and its letter has its place in the order of the names made known.
    pub fn know(&mut self, name: &str) {
        self.order.list(name);
        self.know_name(name);
    }

    fn know_name(&mut self, name: &str) {
        let key = unit_key(name);
        if is_name(name, &key) {
            self.known.insert(path_mark(&key));
        }
    }

    /// Takes in a report; `position` is how it is to be asked for again.
    pub fn add(&mut self, position: usize, report: &FileReport) {
        if report.tables.is_empty() {
            let kept = self
                .unread
                .push(&(report.file.clone(), position, report.is_text_alone()));
            self.keep(kept);
            return;
        }
        self.compared.extend(report.compared_texts().map(path_mark));
        for table in &report.tables {
            let name = answering(table);
            let key = key_of(&name, &report.file);
            if name != UNNAMED_UNIT {
                let only = self.folders.entry(folder_of(&report.file).to_owned());
                let only = only.or_insert_with(|| Some(key.clone()));
                only.take_if(|only| *only != key);
                let of_file = OfFile {
                    path: path_mark(&report.file),
                    what: UnitOrFinding::Unit(key.clone()),
                };
                let kept = self.files.push(of_file);
                self.keep(kept);
            }
            let evaluation = &table.evaluation;
            let named = [&evaluation.implementing_unit, &evaluation.department];
            for field in named.into_iter().flatten() {
                self.know_name(&field.value);
            }
            let mut findings = table.discrepancies.iter();
            let is_to_change = findings.any(|finding| finding.severity > Severity::Info);
            self.answer(key, What::Table(position, name, is_to_change));
        }
    }

    /// Takes in a finding between tables, after all reports; `position` is how it is to be asked for again. A finding
    /// goes to the unit that it names, and one about several tables of this year to the units of all of them; remarks
    /// and what is for reviewers go to nobody.
    pub fn add_cross(&mut self, position: usize, finding: &CrossFinding) {
        if finding.severity == Severity::Info || !finding.is_for_units() {
            return;
        }
        let named = finding.unit.as_deref().or(finding.department.as_deref());
        if let Some(name) = named {
            let key = unit_key(name);
            if is_name(name, &key) {
                self.answer(key, What::Cross(position, Some(addressed(name))));
            }
        }
        // What is related to a finding between years is last year's.
        if finding.is_of_one_year() {
            for path in &finding.related {
                let kept = self.files.push(OfFile {
                    path: path_mark(path),
                    what: UnitOrFinding::Finding(position),
                });
                self.keep(kept);
            }
        }
    }

    fn answer(&mut self, key: String, what: What) {
        let kept = self.answers.push(Answer { key, what });
        self.keep(kept);
    }

    fn keep(&mut self, kept: io::Result<()>) {
        if let Err(error) = kept {
            self.failure.get_or_insert(error);
        }
    }

    /// Returns the units with an error, a warning or a file that could not be read, in the order of the names made known,
    /// the others behind them by pinyin. A unit with remarks
    /// alone has nothing to send back.
    ///
    /// # Errors
    /// When the temporary file cannot be written or read back.
    pub fn into_units(mut self) -> io::Result<NoticeUnits> {
        let unplaced = self.place_unread()?;
        self.place_cross()?;
        if let Some(failure) = self.failure {
            return Err(failure);
        }
        let mut units: Vec<NoticeUnit> = Vec::new();
        let mut group = Group::default();
        for answer in self.answers.finish()?.iter() {
            let Answer { key, what } = answer?;
            if key != group.key {
                units.extend(std::mem::take(&mut group).into_unit());
                group.key = key;
            }
            group.add(what);
        }
        units.extend(group.into_unit());
        let is_nameless = |unit: &NoticeUnit| unit.key.contains(FILE_FOLLOWS);
        units.sort_by_cached_key(|unit| (is_nameless(unit), self.order.place(&unit.key)));
        let stems = kept_apart(units.iter().map(|unit| match unit.key.split_once(FILE_FOLLOWS) {
            Some((_, path)) => safe_stem(file_stem(path)),
            None => safe_stem(&unit.name),
        }));
        for (unit, stem) in units.iter_mut().zip(stems) {
            unit.file_name = format!("{stem}{NOTICE_SUFFIX}");
        }
        Ok(NoticeUnits { units, unplaced })
    }

    /// Gives files without a table to their units; how many are left.
    fn place_unread(&mut self) -> io::Result<usize> {
        let mut unplaced = 0;
        for unread in std::mem::take(&mut self.unread).iter() {
            let (path, position, is_prose) = unread?;
            if is_prose && self.compared.contains(&path_mark(&path)) {
                continue;
            }
            match self.unit_of(&path) {
                Some((key, name)) => self.answer(key, What::Unread(position, name)),
                None => unplaced += 1,
            }
        }
        Ok(unplaced)
    }

    /// Gives findings about several files to the units of all of them.
    fn place_cross(&mut self) -> io::Result<()> {
        let mut path = None;
        let mut keys: Vec<String> = Vec::new();
        for of_file in std::mem::take(&mut self.files).finish()?.iter() {
            let of_file = of_file?;
            if path.replace(of_file.path) != Some(of_file.path) {
                keys.clear();
            }
            match of_file.what {
                UnitOrFinding::Unit(key) => keys.push(key),
                UnitOrFinding::Finding(position) => {
                    for key in keys.clone() {
                        self.answer(key, What::Cross(position, None));
                    }
                }
            }
        }
        Ok(())
    }

    /// Whose a file without a table is: that of the nearest folder that has a unit's or department's name, else the only
    /// one with tables in its folder. The key, and the name by the folder.
    fn unit_of(&self, path: &str) -> Option<(String, Option<String>)> {
        let folder = folder_of(path);
        let mut named = folder.rsplit('/').map(|name| (unit_key(name), name));
        let known = named.find(|(key, _)| !key.is_empty() && self.known.contains(&path_mark(key)));
        match known {
            Some((key, name)) => Some((key, Some(addressed(name)))),
            None => Some((self.folders.get(folder)?.clone()?, None)),
        }
    }
}

/// What is one unit's.
#[derive(Default)]
struct Group {
    key: String,
    names: BTreeMap<String, usize>,
    /// By which it goes where no table names it.
    other_name: Option<String>,
    positions: Vec<usize>,
    unread: Vec<usize>,
    cross: Vec<usize>,
    is_to_change: bool,
}

impl Group {
    /// Takes in the next of a unit's things: they come in order.
    fn add(&mut self, what: What) {
        let push = |positions: &mut Vec<usize>, position: usize| {
            if positions.last() != Some(&position) {
                positions.push(position);
            }
        };
        match what {
            What::Table(position, name, is_to_change) => {
                *self.names.entry(name).or_default() += 1;
                push(&mut self.positions, position);
                self.is_to_change |= is_to_change;
            }
            What::Unread(position, name) => {
                push(&mut self.unread, position);
                self.other_name = self.other_name.take().or(name);
            }
            What::Cross(position, name) => {
                push(&mut self.cross, position);
                self.other_name = self.other_name.take().or(name);
            }
        }
    }

    /// Returns the unit, its file not named yet; `None` for one with nothing to send back.
    fn into_unit(self) -> Option<NoticeUnit> {
        if !self.is_to_change && self.unread.is_empty() && self.cross.is_empty() {
            return None;
        }
        // Of spellings that are equally common, the first in order, whichever came first.
        let mut name = (0, self.other_name.unwrap_or_else(|| UNNAMED_UNIT.to_owned()));
        for (spelling, count) in self.names {
            if count > name.0 {
                name = (count, spelling);
            }
        }
        Some(NoticeUnit {
            name: name.1,
            file_name: String::new(),
            positions: self.positions,
            unread: self.unread,
            cross: self.cross,
            key: self.key,
        })
    }
}

impl NoticeUnit {
    /// This unit's tables in a report.
    pub fn tables_of(&self, report: &FileReport) -> Vec<NoticeTable> {
        report
            .tables
            .iter()
            .filter(|table| key_of(&answering(table), &report.file) == self.key)
            .map(|table| NoticeTable::of(report, table))
            .collect()
    }
}
