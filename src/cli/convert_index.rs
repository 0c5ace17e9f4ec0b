//! What `convert` says at its end over many files: totals, the files with errors by name, and 目录.xlsx.

use std::path::{Path, PathBuf};

use hebiao::files::{ProtectedInputs, write_new_file_with};
use hebiao::report::FileReport;
use hebiao::write::ConversionIndex;

use super::Stop;
use super::convert_artifacts::Artifact;
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
    rows: ConversionIndex,
    tally: Tally,
    /// Files with errors, and the first of them with how many.
    with_errors: usize,
    named: Vec<(String, usize)>,
}

impl Index {
    /// Returns an index without rows, for results in a folder.
    pub fn new(folder: &Path) -> Self {
        Self {
            folder: folder.to_owned(),
            rows: ConversionIndex::default(),
            tally: Tally::default(),
            with_errors: 0,
            named: Vec::new(),
        }
    }

    /// Returns where it is written.
    pub fn path(&self) -> PathBuf {
        self.folder.join(NAME)
    }

    /// Takes in a file and what was written for it.
    ///
    /// # Errors
    /// When the row cannot be kept.
    pub fn add<'a>(
        &mut self,
        report: &FileReport,
        outputs: impl IntoIterator<Item = (Artifact, &'a Path)>,
    ) -> Result<(), Stop> {
        self.tally.add(report);
        let outputs = outputs
            .into_iter()
            .map(|(artifact, path)| {
                let path = path.strip_prefix(&self.folder).unwrap_or(path);
                (artifact.index_title(), path.to_string_lossy().replace('\\', "/"))
            })
            .collect();
        let errors = self
            .rows
            .add(report, outputs)
            .map_err(|error| Stop::Usage(error.to_string()))?;
        if errors > 0 {
            self.with_errors += 1;
            if self.named.len() < MOST_NAMED {
                self.named.push((report.file.clone(), errors));
            }
        }
        Ok(())
    }

    /// Writes it, and returns what to tell of the run.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn write(&self, force: bool, inputs: &ProtectedInputs) -> Result<String, Stop> {
        write_new_file_with(&self.path(), force, inputs, |file| self.rows.write(file))
            .map_err(|error| Stop::Usage(error.to_string()))?;
        let mut text = format!("\n{}\n", self.tally.line());
        if self.with_errors > 0 {
            text.push_str(&format!("有错误的文件 {} 个：\n", self.with_errors));
        }
        for (file, errors) in &self.named {
            text.push_str(&format!("  {}　错误 {errors} 项\n", one_line(file)));
        }
        if self.with_errors > self.named.len() {
            text.push_str(&format!("  其余 {} 个见目录\n", self.with_errors - self.named.len()));
        }
        text.push_str(&format!("目录　　{}\n", self.path().display()));
        Ok(text)
    }
}
