//! Which tables answer to which unit. Of each report only its position and the unit's name are kept, so that memory
//! does not grow with what the reports say.

use std::collections::{BTreeMap, BTreeSet};

use super::table::NoticeTable;
use crate::layout::{is_placeholder, match_key};
use crate::report::{FileReport, Severity, TableReport};
use crate::write::safe_output::{kept_apart, safe_stem};

/// Who is written to where a table names nobody.
pub const UNNAMED_UNIT: &str = "未写单位";
/// Ending of a notice's file name.
pub const NOTICE_SUFFIX: &str = ".修改通知.docx";

/// Units by the tables that name them.
///
/// Reports may be added in any order: the notices are the same.
#[derive(Debug, Default)]
pub struct NoticeGroups {
    units: BTreeMap<String, Group>,
}

#[derive(Debug, Default)]
struct Group {
    names: BTreeMap<String, usize>,
    positions: BTreeSet<usize>,
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
    key: String,
}

impl NoticeGroups {
    /// Takes in a report; `position` is how it is to be asked for again.
    pub fn add(&mut self, position: usize, report: &FileReport) {
        for table in &report.tables {
            let name = answering(table);
            let group = self.units.entry(unit_key(&name)).or_default();
            *group.names.entry(name).or_default() += 1;
            group.positions.insert(position);
            group.has_findings |= table
                .discrepancies
                .iter()
                .any(|finding| finding.severity > Severity::Info);
        }
    }

    /// The units with an error or a warning, by name. A unit with remarks alone has nothing to send back.
    pub fn into_units(self) -> Vec<NoticeUnit> {
        let with_findings: Vec<(String, String, Vec<usize>)> = self
            .units
            .into_iter()
            .filter(|(_, group)| group.has_findings)
            .map(|(key, group)| {
                // Of spellings that are equally common, the first in order, whichever came first.
                let mut name = (0, UNNAMED_UNIT.to_owned());
                for (spelling, count) in group.names {
                    if count > name.0 {
                        name = (count, spelling);
                    }
                }
                (key, name.1, group.positions.into_iter().collect())
            })
            .collect();
        let stems = kept_apart(with_findings.iter().map(|(_, name, _)| safe_stem(name)));
        with_findings
            .into_iter()
            .zip(stems)
            .map(|((key, name, positions), stem)| NoticeUnit {
                name,
                file_name: format!("{stem}{NOTICE_SUFFIX}"),
                positions,
                key,
            })
            .collect()
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

/// 实施单位, else 主管部门, else [`UNNAMED_UNIT`], on one line; a stroke or 无 names nobody.
fn answering(table: &TableReport) -> String {
    let evaluation = &table.evaluation;
    let named = |name: &str| !name.is_empty() && name != "无" && !is_placeholder(name) && !unit_key(name).is_empty();
    [&evaluation.implementing_unit, &evaluation.department]
        .into_iter()
        .flatten()
        .map(|field| field.value.split_whitespace().collect::<Vec<_>>().join(" "))
        .find(|name| named(name))
        .unwrap_or_else(|| UNNAMED_UNIT.to_owned())
}

/// What is left of a unit's name when width, blanks, punctuation and case are taken away.
fn unit_key(name: &str) -> String {
    match_key(name).chars().filter(|c| c.is_alphanumeric()).collect()
}
