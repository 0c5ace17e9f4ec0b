//! What a run comes to, over all its files.

use hebiao::report::{FileReport, FileStatus, Totals};

/// Counts over tables or files.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    files: usize,
    tables: usize,
    missed: usize,
    totals: Totals,
    set_aside: usize,
}

impl Tally {
    /// Takes one file into account.
    pub fn add(&mut self, file: &FileReport) {
        self.files += 1;
        self.tables += file.tables.len();
        self.missed += usize::from(matches!(file.status, FileStatus::Unreadable | FileStatus::Unrecognized));
        for table in &file.tables {
            self.totals = self.totals.plus(Totals::of(&table.discrepancies));
            self.set_aside += table.set_aside.len();
        }
    }

    /// Returns both as one.
    pub const fn with(self, other: Self) -> Self {
        Self {
            files: self.files + other.files,
            tables: self.tables + other.tables,
            missed: self.missed + other.missed,
            totals: self.totals.plus(other.totals),
            set_aside: self.set_aside + other.set_aside,
        }
    }

    /// Takes a report in prose into account, whose table is in another file.
    pub const fn add_report(&mut self) {
        self.files += 1;
    }

    /// Takes files into account that could not be checked after all.
    pub const fn add_missed(&mut self, files: usize) {
        self.missed += files;
    }

    /// `错误 1 项，预警 0 项，提示 2 项`.
    pub fn counts(&self) -> String {
        let mut text = self.totals.text();
        if self.set_aside > 0 {
            text.push_str(&format!("，另有 {} 项已忽略", self.set_aside));
        }
        text
    }

    /// Returns the last line of a run.
    pub fn line(&self) -> String {
        let missed = if self.missed > 0 {
            format!("；{} 个文件未能核对", self.missed)
        } else {
            String::new()
        };
        format!(
            "共 {} 个文件、{} 张评价表：{}{missed}",
            self.files,
            self.tables,
            self.counts()
        )
    }
}
