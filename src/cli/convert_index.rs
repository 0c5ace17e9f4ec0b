//! What `convert` says at its end over many files: totals, the files with errors by name, and 目录.xlsx.

use std::path::{Path, PathBuf};

use hebiao::files::{ProtectedInputs, write_new_file};
use hebiao::report::FileReport;
use hebiao::write::{IndexRow, index_workbook};

use super::Stop;
use super::tally::Tally;
use super::text::one_line;

/// The index's file name.
const NAME: &str = "目录.xlsx";
/// Files with errors named one by one; the index has them all.
const MOST_NAMED: usize = 30;

/// The files converted so far.
#[derive(Debug)]
pub struct Index {
    folder: PathBuf,
    rows: Vec<IndexRow>,
    tally: Tally,
}

impl Index {
    /// Returns an index without rows, for results in a folder.
    pub fn new(folder: &Path) -> Self {
        Self {
            folder: folder.to_owned(),
            rows: Vec::new(),
            tally: Tally::default(),
        }
    }

    /// Returns where it is written.
    pub fn path(&self) -> PathBuf {
        self.folder.join(NAME)
    }

    /// Takes in a file and what was written for it.
    pub fn add<'a>(&mut self, report: &FileReport, outputs: impl IntoIterator<Item = &'a Path>) {
        self.tally.add(report);
        let mut row = IndexRow::of(report);
        row.outputs = outputs
            .into_iter()
            .map(|path| path.strip_prefix(&self.folder).unwrap_or(path))
            .map(|path| path.to_string_lossy().replace('\\', "/"))
            .collect();
        self.rows.push(row);
    }

    /// Writes it, and returns what to tell of the run.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn write(&self, force: bool, inputs: &ProtectedInputs) -> Result<String, Stop> {
        let bytes = index_workbook(&self.rows).map_err(|error| Stop::Usage(error.to_string()))?;
        write_new_file(&self.path(), &bytes, force, inputs).map_err(|error| Stop::Usage(error.to_string()))?;
        let with_errors: Vec<&IndexRow> = self.rows.iter().filter(|row| row.errors() > 0).collect();
        let mut text = format!("\n{}\n", self.tally.line());
        if !with_errors.is_empty() {
            text.push_str(&format!("有错误的文件 {} 个：\n", with_errors.len()));
        }
        for row in with_errors.iter().take(MOST_NAMED) {
            text.push_str(&format!("  {}　错误 {} 项\n", one_line(&row.file), row.errors()));
        }
        if with_errors.len() > MOST_NAMED {
            text.push_str(&format!("  其余 {} 个见目录\n", with_errors.len() - MOST_NAMED));
        }
        text.push_str(&format!("目录　　{}\n", self.path().display()));
        Ok(text)
    }
}
