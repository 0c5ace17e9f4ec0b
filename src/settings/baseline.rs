//! The findings of an earlier run, so that only new ones are shown.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::suppress::file_name;
use crate::model::Discrepancy;
use crate::report::FileReport;

/// What tells one finding from another when rows may have moved: its place only where it is no field.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KnownFinding {
    /// File name without its folder.
    pub file: String,
    /// Sheet name.
    pub sheet: String,
    /// Rule code.
    pub code: String,
    /// Field path, else the cell.
    pub place: String,
    /// What was declared.
    pub declared: Option<String>,
}

/// Findings that were there before, each as often as it was.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Baseline {
    known: BTreeMap<KnownFinding, usize>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct BaselineFile {
    baseline_version: u32,
    findings: Vec<KnownFinding>,
}

/// Version of the file's form.
const VERSION: u32 = 1;

impl Baseline {
    /// Takes in all findings of a file.
    pub fn add(&mut self, report: &FileReport) {
        for table in &report.tables {
            for finding in &table.discrepancies {
                let known = known(file_name(&report.file), &table.sheet, finding);
                *self.known.entry(known).or_default() += 1;
            }
        }
    }

    /// Reads a baseline; `None` when the text is none.
    pub fn from_json(text: &str) -> Option<Self> {
        let file: BaselineFile = serde_json::from_str(text.trim_start_matches('\u{feff}')).ok()?;
        if file.baseline_version != VERSION {
            return None;
        }
        let mut baseline = Self::default();
        for finding in file.findings {
            *baseline.known.entry(finding).or_default() += 1;
        }
        Some(baseline)
    }

    /// Returns the baseline as it is kept, in an order of its own.
    ///
    /// # Errors
    /// Never for what was read or collected; whatever the writer refuses.
    pub fn to_json(&self) -> serde_json::Result<String> {
        let findings = self.known.iter();
        let file = BaselineFile {
            baseline_version: VERSION,
            findings: findings
                .flat_map(|(known, times)| std::iter::repeat_n(known.clone(), *times))
                .collect(),
        };
        serde_json::to_string_pretty(&file).map(|text| text + "\n")
    }

    /// Number of findings.
    pub fn len(&self) -> usize {
        self.known.values().sum()
    }

    /// Returns whether there is none.
    pub fn is_empty(&self) -> bool {
        self.known.is_empty()
    }

    /// Takes a finding off the list; whether it was there.
    pub(super) fn take(&mut self, file: &str, sheet: &str, finding: &Discrepancy) -> bool {
        match self.known.get_mut(&known(file, sheet, finding)) {
            Some(times) if *times > 0 => {
                *times -= 1;
                true
            }
            _ => false,
        }
    }
}

fn known(file: &str, sheet: &str, finding: &Discrepancy) -> KnownFinding {
    KnownFinding {
        file: file.to_owned(),
        sheet: sheet.to_owned(),
        code: finding.code.clone(),
        place: finding.field.clone().unwrap_or_else(|| finding.cell.to_string()),
        declared: finding.declared.clone(),
    }
}
