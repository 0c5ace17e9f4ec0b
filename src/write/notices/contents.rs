//! What a letter says of a unit: its tables, its files that could not be read, and what was found between tables.

use std::collections::BTreeMap;
use std::io;

use serde::{Deserialize, Serialize};

use super::groups::NoticeUnit;
use super::table::NoticeTable;
use crate::disk::{DiskVec, stored};
use crate::model::Severity;
use crate::report::FileReport;
use crate::summary::{CrossFinding, FailedFile};
use crate::write::kit::styles;

/// What a letter to one unit says. Tables and findings wait on disk: a unit may have any number of them.
#[derive(Debug, Default)]
#[non_exhaustive]
pub struct NoticeContents {
    /// Who sends it, and what it asks for.
    pub sender: NoticeSender,
    pub(super) tables: DiskVec<NoticeTable>,
    pub(super) unread: DiskVec<NoticeUnread>,
    pub(super) cross: DiskVec<NoticeCross>,
    pub(super) facts: ContentFacts,
}

/// What the letter says of all its tables and findings in sum.
#[derive(Debug, Default)]
pub(super) struct ContentFacts {
    /// Tables with something to change or to explain.
    pub to_change: usize,
    /// Whether a finding quotes a report.
    pub has_quotes: bool,
    /// Whether there is anything to say of how a total was rescored.
    pub has_total_notes: bool,
    /// The standards of the tables, each once, in their order.
    pub standards: Vec<String>,
    /// Findings by level, those between tables included.
    counts: BTreeMap<Severity, usize>,
}

impl ContentFacts {
    /// Returns how many findings are of this level.
    pub fn count(&self, severity: Severity) -> usize {
        self.counts.get(&severity).copied().unwrap_or_default()
    }
}

/// What the sender says of himself; what he does not say is left blank in the letter, to be filled in by hand.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct NoticeSender {
    /// Until when the unit is to answer, as in `2026年12月15日`.
    pub deadline: Option<String>,
    /// Who stamps the letter.
    pub issuer: Option<String>,
    /// Whom to ask, with the telephone.
    pub contact: Option<String>,
}

impl NoticeContents {
    /// Adds a table of the unit.
    ///
    /// # Errors
    /// When the temporary file cannot be written.
    pub fn add_table(&mut self, table: &NoticeTable) -> io::Result<()> {
        let facts = &mut self.facts;
        facts.to_change += usize::from(!table.findings.is_empty());
        facts.has_quotes |= table.findings.iter().any(|finding| finding.quote.is_some());
        facts.has_total_notes |= table.total_note.is_some();
        if !facts.standards.contains(&table.standard) {
            facts.standards.push(table.standard.clone());
        }
        for severity in [Severity::Error, Severity::Warning, Severity::Info] {
            *facts.counts.entry(severity).or_default() += table.count(severity);
        }
        self.tables.push(table)
    }

    fn add_unread(&mut self, unread: &NoticeUnread) -> io::Result<()> {
        self.unread.push(unread)
    }

    fn add_cross(&mut self, finding: &NoticeCross) -> io::Result<()> {
        *self.facts.counts.entry(finding.severity).or_default() += 1;
        self.cross.push(finding)
    }

    /// Returns whether there is nothing that the unit has to do.
    pub(super) const fn is_empty(&self) -> bool {
        self.tables.is_empty() && self.unread.is_empty() && self.cross.is_empty()
    }
}

impl NoticeUnit {
    /// Returns what its letter says. `report` and `finding` give back what lies at the positions under which reports and
    /// findings between tables were taken in.
    ///
    /// # Errors
    /// Those of `report` and `finding`, and when the temporary file cannot be written.
    pub fn contents(
        &self,
        report: impl Fn(usize) -> io::Result<FileReport>,
        finding: impl Fn(usize) -> io::Result<Option<CrossFinding>>,
    ) -> io::Result<NoticeContents> {
        let mut contents = NoticeContents::default();
        for position in &self.positions {
            for table in self.tables_of(&report(*position)?) {
                contents.add_table(&table)?;
            }
        }
        for position in &self.unread {
            if let Some(unread) = NoticeUnread::of(&report(*position)?) {
                contents.add_unread(&unread)?;
            }
        }
        for position in &self.cross {
            if let Some(finding) = finding(*position)? {
                contents.add_cross(&finding.into())?;
            }
        }
        Ok(contents)
    }
}

/// A file that gave no table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct NoticeUnread {
    /// The file's own name, without its folder.
    pub file: String,
    /// Why.
    pub reason: String,
    /// What to do.
    pub advice: String,
}

stored!(NoticeUnread, NoticeCross);

impl NoticeUnread {
    /// Returns what a letter says of this report's file; `None` for one with tables.
    pub fn of(report: &FileReport) -> Option<Self> {
        let failed = FailedFile::of(report)?;
        Some(Self {
            file: styles::source_name(report).to_owned(),
            advice: to_the_unit(failed.unit_advice().map(str::to_owned), failed.advice),
            reason: failed.reason,
        })
    }
}

/// A finding between tables, or between years.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct NoticeCross {
    /// 级别.
    pub severity: Severity,
    /// The project that it was found at; empty where it is about none in particular.
    pub project: String,
    /// The rule's Chinese title.
    pub title: String,
    /// Rule and fact.
    pub message: String,
    /// How alike or how far apart.
    pub measure: String,
    /// 修改要求.
    pub suggestion: String,
}

impl From<CrossFinding> for NoticeCross {
    fn from(finding: CrossFinding) -> Self {
        Self {
            severity: finding.severity,
            project: finding.project.unwrap_or_default(),
            title: finding.title,
            message: finding.message,
            measure: finding.measure.unwrap_or_default(),
            suggestion: to_the_unit(finding.unit_suggestion, finding.suggestion),
        }
    }
}

/// Returns what the unit is asked: advice that is for others as it is put for the unit, else the advice as one says it
/// to the unit itself.
fn to_the_unit(asked: Option<String>, advice: String) -> String {
    asked.unwrap_or_else(|| advice.replace("请单位", "请"))
}
