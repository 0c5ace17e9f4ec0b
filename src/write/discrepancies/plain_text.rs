//! The list as plain text, a line a finding.

use super::list::DiscrepancyList;

impl DiscrepancyList {
    /// Returns the list as plain text: code, cell and message, a line a finding.
    pub fn to_text(&self) -> String {
        let line = |row: &super::list::ListedDiscrepancy| format!("{} {} {}\n", row.code, row.cell, row.message);
        self.findings.iter().map(line).collect()
    }
}
