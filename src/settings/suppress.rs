//! Findings that are known and set aside, each for a reason.

use std::path::Path;

use chrono::NaiveDate;
use serde::Deserialize;
use serde::de::{Deserializer, Error};

use super::pattern::matches;
use super::{Baseline, Settings};
use crate::grid::CellAddress;
use crate::model::{Discrepancy, ForReview};
use crate::report::{FileReport, FileStatus, SetAside, SetAsideBy, TableReport};

/// One kind of finding set aside.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Suppression {
    /// The rule; after reading, its code.
    pub rule: String,
    /// File name, sheet name or project name; `*` for any text.
    pub table: String,
    /// Field path (`total.score`) or cell (`G30`); `*` for any text.
    pub field: String,
    /// Why the finding is no fault.
    pub reason: String,
    /// The last day on which it holds.
    #[serde(default, deserialize_with = "optional_day")]
    pub expires: Option<NaiveDate>,
    /// Line of the entry in its file, from 1.
    #[serde(skip)]
    pub line: Option<usize>,
}

/// What became of the entries of one settings file over all files of a run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SuppressionUse {
    used: Vec<bool>,
}

impl SuppressionUse {
    /// None used so far.
    pub fn new(settings: &Settings) -> Self {
        Self {
            used: vec![false; settings.suppress.len()],
        }
    }

    /// Entries that set nothing aside, in their order.
    pub fn unused<'a>(&self, settings: &'a Settings) -> Vec<&'a Suppression> {
        let entries = settings.suppress.iter().zip(&self.used);
        entries.filter(|(_, used)| !**used).map(|(entry, _)| entry).collect()
    }
}

/// What an entry names of a finding, or of what is left to a person.
struct Named<'a> {
    code: &'a str,
    cell: CellAddress,
    field: Option<&'a str>,
    /// The other cells that a finding stands for.
    others: &'a [CellAddress],
}

impl<'a> Named<'a> {
    fn finding(finding: &'a Discrepancy) -> Self {
        Self {
            code: &finding.code,
            cell: finding.cell,
            field: finding.field.as_deref(),
            others: if finding.each_cell { &finding.related } else { &[] },
        }
    }

    fn for_review(entry: &'a ForReview) -> Self {
        Self {
            code: &entry.code,
            cell: entry.cell,
            field: entry.field.as_deref(),
            others: &[],
        }
    }
}

impl Suppression {
    /// Returns whether the entry holds no more.
    pub fn has_expired(&self, today: NaiveDate) -> bool {
        self.expires.is_some_and(|last| last < today)
    }

    /// Returns whether the entry is for findings of this rule in this table.
    fn is_about(&self, file: &str, table: &TableReport, code: &str) -> bool {
        let project = table.evaluation.project_name.as_ref().map(|name| name.value.as_str());
        self.rule == code
            && [Some(file), Some(table.sheet.as_str()), project]
                .into_iter()
                .flatten()
                .any(|name| matches(&self.table, name))
    }

    /// Returns whether the entry names the finding's first cell, by itself or by its field.
    fn names_first(&self, finding: &Named<'_>) -> bool {
        matches(&self.field, &finding.cell.to_string())
            || finding.field.is_some_and(|field| matches(&self.field, field))
    }

    /// Returns whether the entry names another cell of the finding: a path without `*` names the first alone.
    fn names_other(&self, finding: &Named<'_>, cell: CellAddress) -> bool {
        let by_path = self.field.contains('*') && finding.field.is_some_and(|field| matches(&self.field, field));
        by_path || matches(&self.field, &cell.to_string())
    }
}

/// Returns the file's name without its folder.
pub(super) fn file_name(file: &str) -> &str {
    Path::new(file)
        .file_name()
        .and_then(|name| name.to_str())
        .unwrap_or(file)
}

impl Settings {
    /// Returns the reason of the first entry that names a finding; the entries that name it count as used. A finding
    /// that stands for several cells is named only if each of them is.
    fn reason_for(
        &self,
        file: &str,
        table: &TableReport,
        named: &Named<'_>,
        today: NaiveDate,
        used: &mut SuppressionUse,
    ) -> Option<String> {
        let entries = || {
            let about = |entry: &Suppression| !entry.has_expired(today) && entry.is_about(file, table, named.code);
            self.suppress.iter().enumerate().filter(move |(_, entry)| about(entry))
        };
        let (first, entry) = entries().find(|(_, entry)| entry.names_first(named))?;
        let others: Option<Vec<usize>> = named
            .others
            .iter()
            .map(|cell| Some(entries().find(|(_, entry)| entry.names_other(named, *cell))?.0))
            .collect();
        for index in others?.into_iter().chain([first]) {
            if let Some(used) = used.used.get_mut(index) {
                *used = true;
            }
        }
        Some(entry.reason.clone())
    }

    /// Sets aside the findings and entries for a person that the settings name and, with a baseline, those that were there before. A file
    /// whose every finding is set aside is clean.
    pub fn set_aside(
        &self,
        report: &mut FileReport,
        today: NaiveDate,
        used: &mut SuppressionUse,
        baseline: Option<&mut Baseline>,
    ) {
        let mut baseline = baseline;
        let file = file_name(&report.file).to_owned();
        for table in &mut report.tables {
            let findings = std::mem::take(&mut table.discrepancies);
            for finding in findings {
                let by = self
                    .reason_for(&file, table, &Named::finding(&finding), today, used)
                    .map(|reason| (SetAsideBy::Settings, Some(reason)));
                let by = by.or_else(|| {
                    let known = baseline.as_deref_mut()?.take(&file, table, &finding);
                    known.then_some((SetAsideBy::Baseline, None))
                });
                match by {
                    Some((by, reason)) => table.set_aside.push(SetAside {
                        code: finding.code,
                        cell: finding.cell,
                        field: finding.field,
                        by,
                        reason,
                    }),
                    None => table.discrepancies.push(finding),
                }
            }
            let entries = std::mem::take(&mut table.for_review);
            for entry in entries {
                match self.reason_for(&file, table, &Named::for_review(&entry), today, used) {
                    Some(reason) => table.set_aside.push(SetAside {
                        code: entry.code,
                        cell: entry.cell,
                        field: entry.field,
                        by: SetAsideBy::Settings,
                        reason: Some(reason),
                    }),
                    None => table.for_review.push(entry),
                }
            }
        }
        if report.status == FileStatus::Findings && report.tables.iter().all(|table| table.discrepancies.is_empty()) {
            report.status = FileStatus::Clean;
        }
    }
}

/// Reads the day of a key that is there: `"2026-12-31"` or `2026-12-31`.
fn optional_day<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<NaiveDate>, D::Error> {
    let text = match toml::Value::deserialize(deserializer)? {
        toml::Value::String(text) => text,
        toml::Value::Datetime(date) => date.to_string(),
        _ => return Err(D::Error::custom("not a date")),
    };
    NaiveDate::parse_from_str(text.trim(), "%Y-%m-%d")
        .map(Some)
        .map_err(|_| D::Error::custom("not a date"))
}
