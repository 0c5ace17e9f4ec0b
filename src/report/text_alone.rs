//! Reports in prose whose table is in another file: checked as soon as that table was compared with them.

use super::{FileReport, FileStatus};

impl FileReport {
    /// Returns whether the file is a report in prose without a table of its own.
    pub fn is_text_alone(&self) -> bool {
        let mut texts = self.report_text.iter().chain(&self.more_report_texts);
        self.status == FileStatus::Unrecognized && texts.any(|text| text.file == self.file)
    }

    /// Returns the files of the reports that its tables were compared with.
    pub fn compared_texts(&self) -> impl Iterator<Item = &str> {
        let texts = self.report_text.iter().chain(&self.more_report_texts);
        let others = texts.filter(|text| !self.tables.is_empty() && text.file != self.file);
        others
            .filter(|text| text.not_compared.is_none())
            .map(|text| text.file.as_str())
    }
}
