//! What answers to which unit: tables by the names in them, files that could not be read by where they lie, and findings
//! between tables by the units that they concern. Of each report only its position and short marks are kept, so that
//! memory does not grow with what the reports say.

use std::collections::{BTreeMap, BTreeSet};

use super::table::NoticeTable;
use crate::layout::{is_placeholder, match_key};
use crate::report::{FileReport, Severity, TableReport};
use crate::summary::CrossFinding;
use crate::write::safe_output::{PathMark, kept_apart, path_mark, safe_stem};

/// Who is written to where a table names nobody.
pub const UNNAMED_UNIT: &str = "未写单位";
/// Ending of a notice's file name.
pub const NOTICE_SUFFIX: &str = ".修改通知.docx";

/// Units by the tables that name them.
///
/// Reports may be added in any order: the notices are the same. Findings between tables come after all reports.
#[derive(Debug, Default)]
pub struct NoticeGroups {
    /// By the keys of their names.
    units: BTreeMap<String, Group>,
    /// Units and departments that a roster or a table names, by their keys.
    known: BTreeMap<String, String>,
    /// The only unit of the tables in a folder; `None` where there are more.
    folders: BTreeMap<String, Option<String>>,
    /// Paths and positions of reports without a table.
    unread: Vec<(String, usize)>,
    /// Marks of units' keys by marks of the paths of their files.
    files: BTreeSet<(PathMark, PathMark)>,
    /// Units' keys by their marks.
    keys: BTreeMap<PathMark, String>,
}

/// What is known of one unit.
#[derive(Debug, Default)]
struct Group {
    names: BTreeMap<String, usize>,
    positions: BTreeSet<usize>,
    unread: BTreeSet<usize>,
    cross: Vec<usize>,
    has_findings: bool,
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
    /// The units, by name.
    pub units: Vec<NoticeUnit>,
    /// Files without a table of which it is not known whose they are.
    pub unplaced: usize,
}

impl NoticeGroups {
    /// Makes a unit or department known by name, as from a roster, so that a folder of that name is known to be its own.
    pub fn know(&mut self, name: &str) {
        let key = unit_key(name);
        if is_name(name, &key) {
            self.known.entry(key).or_insert_with(|| one_line(name));
        }
    }

    /// Takes in a report; `position` is how it is to be asked for again.
    pub fn add(&mut self, position: usize, report: &FileReport) {
        if report.tables.is_empty() {
            self.unread.push((report.file.clone(), position));
            return;
        }
        for table in &report.tables {
            let name = answering(table);
            let key = unit_key(&name);
            if name != UNNAMED_UNIT {
                let only = self.folders.entry(folder_of(&report.file).to_owned());
                let only = only.or_insert_with(|| Some(key.clone()));
                only.take_if(|only| *only != key);
                self.files.insert((path_mark(&report.file), path_mark(&key)));
            }
            let evaluation = &table.evaluation;
            for field in [&evaluation.implementing_unit, &evaluation.department]
                .into_iter()
                .flatten()
            {
                self.know(&field.value);
            }
            self.keys.entry(path_mark(&key)).or_insert_with(|| key.clone());
            let group = self.units.entry(key).or_default();
            *group.names.entry(name).or_default() += 1;
            group.positions.insert(position);
            group.has_findings |= table
                .discrepancies
                .iter()
                .any(|finding| finding.severity > Severity::Info);
        }
    }

    /// Takes in a finding between tables, after all reports; `position` is how it is to be asked for again. A finding
    /// goes to the unit that it names, and one about several tables of this year to the units of all of them; remarks
    /// and what is for reviewers go to nobody.
    pub fn add_cross(&mut self, position: usize, finding: &CrossFinding) {
        if finding.severity == Severity::Info || !finding.is_for_units() {
            return;
        }
        let mut keys = BTreeSet::new();
        let named = finding.unit.as_deref().or(finding.department.as_deref());
        if let Some(name) = named {
            let key = unit_key(name);
            if is_name(name, &key) {
                self.know(name);
                keys.insert(key);
            }
        }
        // What is related to a finding between years is last year's.
        if finding.is_of_one_year() {
            for path in &finding.related {
                let mark = path_mark(path);
                let own = self.files.range((mark, PathMark::default())..);
                let own = own.take_while(|(of, _)| *of == mark);
                keys.extend(own.filter_map(|(_, unit)| self.keys.get(unit)).cloned());
            }
        }
        for key in keys {
            let group = self.units.entry(key).or_default();
            group.cross.push(position);
            group.has_findings = true;
        }
    }

    /// The units with an error, a warning or a file that could not be read, by name. A unit with remarks alone has
    /// nothing to send back.
    pub fn into_units(mut self) -> NoticeUnits {
        let mut unplaced = 0;
        for (path, position) in std::mem::take(&mut self.unread) {
            match self.unit_of(&path) {
                Some(key) => {
                    self.units.entry(key).or_default().unread.insert(position);
                }
                None => unplaced += 1,
            }
        }
        let Self { units, known, .. } = self;
        let with_findings: Vec<(String, String, Group)> = units
            .into_iter()
            .filter(|(_, group)| group.has_findings || !group.unread.is_empty())
            .map(|(key, mut group)| {
                // Of spellings that are equally common, the first in order, whichever came first.
                let mut name = (0, known.get(&key).map_or(UNNAMED_UNIT, String::as_str).to_owned());
                for (spelling, count) in std::mem::take(&mut group.names) {
                    if count > name.0 {
                        name = (count, spelling);
                    }
                }
                (key, name.1, group)
            })
            .collect();
        let stems = kept_apart(with_findings.iter().map(|(_, name, _)| safe_stem(name)));
        let units = with_findings
            .into_iter()
            .zip(stems)
            .map(|((key, name, group), stem)| NoticeUnit {
                name,
                file_name: format!("{stem}{NOTICE_SUFFIX}"),
                positions: group.positions.into_iter().collect(),
                unread: group.unread.into_iter().collect(),
                cross: group.cross,
                key,
            });
        NoticeUnits {
            units: units.collect(),
            unplaced,
        }
    }

    /// Whose a file without a table is: that of the nearest folder that has a unit's or department's name, else the only
    /// one with tables in its folder.
    fn unit_of(&self, path: &str) -> Option<String> {
        let folder = folder_of(path);
        let named = folder.rsplit('/').map(unit_key);
        let mut known = named.filter(|key| self.known.contains_key(key));
        known.next().or_else(|| self.folders.get(folder)?.clone())
    }
}

impl NoticeUnit {
    /// This unit's tables in a report.
    pub fn tables_of(&self, report: &FileReport) -> Vec<NoticeTable> {
        report
            .tables
            .iter()
            .filter(|table| unit_key(&answering(table)) == self.key)
            .map(|table| NoticeTable::of(report, table))
            .collect()
    }
}

/// The folder of a file's path, or the archive that it lies in; empty for a name alone.
fn folder_of(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// 实施单位, else 主管部门, else [`UNNAMED_UNIT`], on one line; a stroke or 无 names nobody.
fn answering(table: &TableReport) -> String {
    let evaluation = &table.evaluation;
    [&evaluation.implementing_unit, &evaluation.department]
        .into_iter()
        .flatten()
        .map(|field| one_line(&field.value))
        .find(|name| is_name(name, &unit_key(name)))
        .unwrap_or_else(|| UNNAMED_UNIT.to_owned())
}

fn one_line(name: &str) -> String {
    name.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether a text with this key names somebody.
fn is_name(name: &str, key: &str) -> bool {
    let name = name.trim();
    !name.is_empty() && name != "无" && !is_placeholder(name) && !key.is_empty()
}

/// What is left of a unit's name when width, blanks, punctuation and case are taken away.
fn unit_key(name: &str) -> String {
    match_key(name).chars().filter(|c| c.is_alphanumeric()).collect()
}
