//! Reports in, a summary out: whatever their order and however they were split.

use std::collections::{BTreeMap, BTreeSet};

use sha2::{Digest, Sha256};

use super::coverage::RosterOutcome;
use super::cross_index::{CrossIndex, CrossIndexer};
use super::extract::{self, GradeBook};
use super::failed::FailedFile;
use super::groups::{GroupRow, Overview, ProblemRow, Problems};
use super::previous::{Previous, pairs};
use super::roster::Roster;
use super::roster_match;
use super::rows::{TableDetail, TableRow};
use super::rules::{BatchContext, CrossFinding, CrossFindings, YearPair};
use super::spill::{Place, Spill, record};
use super::{SummaryError, groups, rules};
use crate::report::{FileReport, FileStatus};
use crate::standard::Standard;

/// What a summary goes by, besides the reports.
#[derive(Debug, Default)]
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
/// in another counts as read.
///
/// ```
/// use hebiao::{check_bytes, standard::Standard, summary::{SummaryBuilder, SummaryOptions}};
///
/// let path = "samples/部门评价表-信丰.xlsx";
/// let bytes = std::fs::read(path)?;
/// let checked = check_bytes(path, &bytes, &Standard::ministry());
/// let mut builder = SummaryBuilder::new(SummaryOptions::default());
/// builder.add(&checked.report)?;
/// let summary = builder.finish()?;
/// assert_eq!(summary.overview.all.tables, 1);
/// assert_eq!(summary.tables[0].rescored_score, Some(94.into()));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct SummaryBuilder {
    options: SummaryOptions,
    grades: GradeBook,
    spill: Spill,
    files: BTreeMap<(String, Option<String>), Entry>,
}

/// What is known of one file. Of two results for it, the one that read more stands, and among equals the one with
/// the lesser mark, so that the order in which they came decides nothing.
#[derive(Debug)]
struct Entry {
    rank: u8,
    mark: [u8; 32],
    tables: Vec<(TableRow, Place)>,
    failed: Option<FailedFile>,
}

impl SummaryBuilder {
    /// An empty collection.
    pub fn new(options: SummaryOptions) -> Self {
        Self {
            grades: GradeBook::new(&options.standards),
            options,
            spill: Spill::new(),
            files: BTreeMap::new(),
        }
    }

    /// Takes one file's report in.
    ///
    /// # Errors
    /// When the temporary file cannot be written.
    pub fn add(&mut self, report: &FileReport) -> Result<(), SummaryError> {
        let failed = FailedFile::of(report);
        let mut tables = Vec::new();
        let mut hasher = Sha256::new();
        hasher.update(record(&failed)?);
        for table in &report.tables {
            let (row, detail) = extract::table(report, table, &mut self.grades);
            let detail = record(&detail)?;
            hasher.update(record(&row)?);
            hasher.update(&detail);
            tables.push((row, detail));
        }
        let rank = match report.status {
            FileStatus::Clean | FileStatus::Findings => 0,
            FileStatus::Unrecognized => 1,
            FileStatus::Unreadable => 2,
        };
        let mark: [u8; 32] = hasher.finalize().into();
        let key = (report.file.clone(), report.sha256.clone());
        let stands = self
            .files
            .get(&key)
            .is_none_or(|known| (rank, mark) < (known.rank, known.mark));
        if !stands {
            return Ok(());
        }
        let tables = tables
            .into_iter()
            .map(|(row, detail)| Ok((row, self.spill.write(&detail)?)))
            .collect::<Result<_, SummaryError>>()?;
        let entry = Entry {
            rank,
            mark,
            tables,
            failed,
        };
        self.files.insert(key, entry);
        Ok(())
    }

    /// Everything that the reports amount to.
    ///
    /// # Errors
    /// When the temporary file cannot be read back.
    pub fn finish(self) -> Result<Summary, SummaryError> {
        let Self {
            options, spill, files, ..
        } = self;
        let (tables, places, failed) = sorted(files);
        Summary::of(tables, places, failed, spill, &options)
    }

    /// The rows and details alone, as last year's.
    pub(super) fn into_previous(self) -> Previous {
        let (tables, places, _) = sorted(self.files);
        Previous::of(tables, places, self.spill)
    }
}

/// Tables by path and place in their file, and files without any by path.
fn sorted(files: BTreeMap<(String, Option<String>), Entry>) -> (Vec<TableRow>, Vec<Place>, Vec<FailedFile>) {
    let read: BTreeSet<String> = files
        .iter()
        .filter(|(_, entry)| entry.failed.is_none())
        .map(|((file, _), _)| file.clone())
        .collect();
    // Rows are large; growing by doubling would hold them twice.
    let count = files.values().map(|entry| entry.tables.len()).sum();
    let (mut tables, mut places) = (Vec::with_capacity(count), Vec::with_capacity(count));
    let mut failed = Vec::new();
    for ((file, sha256), entry) in files {
        for (row, place) in entry.tables {
            tables.push(row);
            places.push(place);
        }
        // Nothing was seen of the file then, and all of it later.
        let was_had_later = sha256.is_none() && read.contains(&file);
        failed.extend(entry.failed.filter(|_| !was_had_later));
    }
    (tables, places, failed)
}

/// What many reports amount to. Rows are sorted by path, then place in the file.
#[derive(Debug)]
pub struct Summary {
    /// Counts, amounts and scores over everything, and by kind of table.
    pub overview: Overview,
    /// By department, all kinds together: scores and grades.
    pub departments: Vec<GroupRow>,
    /// By department and kind: amounts of one kind only are added up.
    pub department_kinds: Vec<GroupRow>,
    /// Rules by how often they were broken.
    pub problems: Vec<ProblemRow>,
    /// The tables.
    pub tables: Vec<TableRow>,
    /// Files without a table.
    pub failed: Vec<FailedFile>,
    /// Findings between units, between tables and between years.
    pub findings: Vec<CrossFinding>,
    /// Who has reported, where a roster was given.
    pub roster: Option<RosterOutcome>,
    /// Tables that were compared with last year's; `None` when last year's were not given.
    pub compared_years: Option<usize>,
    places: Vec<Place>,
    spill: Spill,
}

impl Summary {
    fn of(
        tables: Vec<TableRow>,
        places: Vec<Place>,
        failed: Vec<FailedFile>,
        spill: Spill,
        options: &SummaryOptions,
    ) -> Result<Self, SummaryError> {
        let mut problems = Problems::default();
        let mut indexer = CrossIndexer::default();
        for (number, (row, place)) in tables.iter().zip(&places).enumerate() {
            let detail: TableDetail = spill.read(*place)?;
            problems.add(&detail);
            indexer.add(number, row, &detail);
        }
        let index: CrossIndex = indexer.finish();
        let roster = options
            .roster
            .as_ref()
            .map(|roster| roster_match::outcome(roster, &tables));
        let mut findings = CrossFindings::default();
        let context = BatchContext {
            tables: &tables,
            index: &index,
            roster: roster.as_ref(),
            detail: &|table| match places.get(table) {
                Some(place) => spill.read(*place),
                None => Ok(TableDetail::default()),
            },
        };
        rules::check_batch(&context, &mut findings)?;
        let mut compared_years = None;
        if let Some(previous) = &options.previous {
            let pairs = pairs(&tables, previous);
            compared_years = Some(pairs.len());
            for (this, last) in pairs {
                let (Some(row), Some(place)) = (tables.get(this), places.get(this)) else {
                    continue;
                };
                let Some((last_row, last_detail)) = previous.table(last)? else {
                    continue;
                };
                let detail: TableDetail = spill.read(*place)?;
                let pair = YearPair {
                    this: row,
                    this_detail: &detail,
                    last: last_row,
                    last_detail: &last_detail,
                };
                rules::check_years(&pair, &mut findings);
            }
        }
        Ok(Self {
            overview: groups::overview(&tables, &failed),
            departments: groups::by_department(&tables, false),
            department_kinds: groups::by_department(&tables, true),
            problems: problems.finish(),
            findings: findings.sorted(),
            tables,
            failed,
            roster,
            compared_years,
            places,
            spill,
        })
    }

    /// The details of the table with this index in [`Summary::tables`]; empty details for no such table.
    ///
    /// # Errors
    /// When the temporary file cannot be read.
    pub fn detail(&self, index: usize) -> Result<TableDetail, SummaryError> {
        match self.places.get(index) {
            Some(place) => self.spill.read(*place),
            None => Ok(TableDetail::default()),
        }
    }

    /// Every table with its details, in order, one in memory at a time.
    pub fn details(&self) -> impl Iterator<Item = Result<(&TableRow, TableDetail), SummaryError>> {
        self.tables
            .iter()
            .zip(&self.places)
            .map(|(row, place)| Ok((row, self.spill.read(*place)?)))
    }
}
