//! Reports in, a summary out: whatever their order and however they were split.

use std::sync::Arc;

use super::SummaryError;
use super::collected_results::{CollectedResults, SummaryEntry};
use super::extract::GradeBook;
use super::outcome::Summary;
use super::previous::Previous;
use super::roster::Roster;
use crate::check::TargetsMet;
use crate::report::FileReport;
use crate::standard::Standard;

/// What a summary goes by, besides the reports.
#[derive(Debug, Default)]
#[non_exhaustive]
pub struct SummaryOptions {
    /// Standards that give a printed score its grade, by name, before the built-in ones. The first also serves tables
    /// whose standard nobody knows; without any, the ministry's.
    pub standards: Vec<Standard>,
    /// Who should have reported what.
    pub roster: Option<Roster>,
    /// The year before.
    pub previous: Option<Previous>,
}

/// Collects reports.
///
/// The same file given twice, by path and content, counts once; a file that could not be had in one run and was read
/// in another counts as read. Reports wait on disk: memory does not grow with what they say.
///
/// ```
/// use hebiao::{check_bytes, standard::Standard, summary::{SummaryBuilder, SummaryOptions}};
///
/// let path = "samples/部门评价表-信丰.xlsx";
/// let bytes = std::fs::read(path)?;
/// let checked = check_bytes(path, &bytes, Standard::ministry());
/// let mut builder = SummaryBuilder::new(SummaryOptions::default());
/// builder.add(&checked.report)?;
/// let summary = builder.finish()?;
/// assert_eq!(summary.overview.all.tables, 1);
/// let row = summary.tables.row(0)?.ok_or("no table")?;
/// assert_eq!(row.rescored_score, Some(94.into()));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct SummaryBuilder {
    options: SummaryOptions,
    extractor: SummaryExtractor,
    results: CollectedResults,
}

/// Takes from reports what a summary keeps of them, many at once if need be.
#[derive(Debug, Clone)]
pub struct SummaryExtractor(Arc<GradeBook>);

impl SummaryExtractor {
    /// Returns what a summary keeps of one file's report.
    ///
    /// # Errors
    /// When the report holds what cannot be kept.
    pub fn extract(&self, report: &FileReport) -> Result<SummaryEntry, SummaryError> {
        SummaryEntry::of(report, &[], &self.0)
    }

    /// [`extract`](Self::extract) of a report just made by standards that are [known here](Self::knows): what rescoring
    /// found is not looked for again.
    ///
    /// # Errors
    /// As [`extract`](Self::extract).
    pub fn extract_checked(&self, report: &FileReport, met: &[TargetsMet]) -> Result<SummaryEntry, SummaryError> {
        SummaryEntry::of(report, met, &self.0)
    }

    /// Returns whether tables that were scored by a standard are understood by the very same here.
    pub fn knows(&self, standard: &Standard) -> bool {
        self.0.has(standard)
    }
}

impl SummaryBuilder {
    /// Returns an empty collection.
    pub fn new(options: SummaryOptions) -> Self {
        Self {
            extractor: SummaryExtractor(Arc::new(GradeBook::new(&options.standards))),
            options,
            results: CollectedResults::default(),
        }
    }

    /// Takes one file's report in.
    ///
    /// # Errors
    /// When the temporary file cannot be written.
    pub fn add(&mut self, report: &FileReport) -> Result<(), SummaryError> {
        let entry = self.extractor.extract(report)?;
        self.add_entry(entry)
    }

    /// Returns what takes from reports what this collection keeps of them.
    pub fn extractor(&self) -> SummaryExtractor {
        self.extractor.clone()
    }

    /// Takes in what was kept of one file's report.
    ///
    /// # Errors
    /// When the temporary file cannot be written.
    pub fn add_entry(&mut self, entry: SummaryEntry) -> Result<(), SummaryError> {
        self.results.add(entry)
    }

    /// Everything that the reports amount to.
    ///
    /// # Errors
    /// When the temporary file cannot be written or read back.
    pub fn finish(self) -> Result<Summary, SummaryError> {
        Summary::of(self.results.finish()?, &self.options)
    }

    /// Returns the rows and details alone, as last year's.
    pub(super) fn into_previous(self) -> Result<Previous, SummaryError> {
        Ok(Previous::of(self.results.finish()?.tables))
    }
}
