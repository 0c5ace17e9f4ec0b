//! What a letter says of a unit: its tables, its files that could not be read, and what was found between tables.

use super::table::NoticeTable;
use crate::model::Severity;
use crate::report::FileReport;
use crate::summary::{CrossFinding, FailedFile};
use crate::write::kit::styles;

/// What a letter to one unit says.
#[derive(Debug, Clone, Default, PartialEq)]
#[non_exhaustive]
pub struct NoticeContents {
    /// The unit's tables.
    pub tables: Vec<NoticeTable>,
    /// Its files that could not be read, or hold no table.
    pub unread: Vec<NoticeUnread>,
    /// What was found between its tables and others, and against the year before.
    pub cross: Vec<NoticeCross>,
    /// Who sends it, and what it asks for.
    pub sender: NoticeSender,
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
    /// Returns how many findings are of this level, those between tables included.
    pub(super) fn count(&self, severity: Severity) -> usize {
        let of_tables: usize = self.tables.iter().map(|table| table.count(severity)).sum();
        of_tables + self.cross.iter().filter(|finding| finding.severity == severity).count()
    }

    /// Returns whether there is anything that the unit has to do.
    pub(super) fn is_empty(&self) -> bool {
        self.tables.is_empty() && self.unread.is_empty() && self.cross.is_empty()
    }
}

/// A file that gave no table.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct NoticeUnread {
    /// The file's own name, without its folder.
    pub file: String,
    /// Why.
    pub reason: String,
    /// What to do.
    pub advice: String,
}

impl NoticeUnread {
    /// Returns what a letter says of this report's file; `None` for one with tables.
    pub fn of(report: &FileReport) -> Option<Self> {
        let failed = FailedFile::of(report)?;
        Some(Self {
            file: styles::source_name(report).to_owned(),
            reason: failed.reason,
            advice: failed.advice,
        })
    }
}

/// A finding between tables, or between years.
#[derive(Debug, Clone, PartialEq, Eq)]
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
            suggestion: finding.suggestion,
        }
    }
}
