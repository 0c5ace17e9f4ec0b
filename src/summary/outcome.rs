//! What many reports amount to, gathered in one pass over their tables and by the rules between them.

use super::SummaryError;
use super::builder::SummaryOptions;
use super::collected_results::Standing;
use super::coverage::RosterOutcome;
use super::doubtful;
use super::failed::FailedFile;
use super::groups::{GroupRow, Overview, ProblemRow};
use super::previous::{YearPairs, pairs};
use super::roster::Roster;
use super::roster_outcome;
use super::rules::{self, BatchContext, CrossFinding, CrossFindings, YearPair};
use super::tables::Tables;
use crate::disk::DiskVec;

/// What many reports amount to. Lists of tables, files and findings wait on disk.
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
    /// The tables with their details, by path and place in the file.
    pub tables: Tables,
    /// Files without a table, by path.
    pub failed: DiskVec<FailedFile>,
    /// Findings between units, between tables and between years.
    pub findings: DiskVec<CrossFinding>,
    /// Who has reported, where a roster was given.
    pub roster: Option<RosterOutcome>,
    /// Tables that were compared with last year's; `None` when last year's were not given.
    pub compared_years: Option<usize>,
    /// Tables that were not because what was given as last year's is of their own year, or of a later one.
    pub of_no_earlier_year: usize,
}

impl Summary {
    pub(super) fn of(standing: Standing, options: &SummaryOptions) -> Result<Self, SummaryError> {
        let Standing {
            mut tables,
            failed,
            index,
            totals,
            problems,
        } = standing;
        let roster = match &options.roster {
            Some(roster) => Some(roster_outcome::outcome(roster, &tables)?),
            None => None,
        };
        let mut findings = CrossFindings::default();
        let context = BatchContext {
            tables: &tables,
            index: &index,
            roster: roster.as_ref(),
        };
        rules::check_batch(&context, &mut findings)?;
        drop(index);
        let compared = compare_years(&tables, options, &mut findings)?;
        let mut unrecognized = 0;
        for file in failed.iter() {
            unrecognized += usize::from(file?.unrecognized);
        }
        let (mut overview, departments, department_kinds) = totals.finish(
            failed.len() - unrecognized,
            unrecognized,
            &options.roster.as_ref().map(Roster::order).unwrap_or_default(),
        );
        overview.doubtful_amounts = doubtful::sums(&overview.all.amounts, &tables)?;
        tables.drop_briefs();
        Ok(Self {
            overview,
            departments,
            department_kinds,
            problems: problems.finish(),
            findings: findings.sorted()?,
            tables,
            failed,
            roster,
            of_no_earlier_year: compared.as_ref().map_or(0, |pairs| pairs.of_no_earlier_year),
            compared_years: compared.map(|pairs| pairs.pairs.len()),
        })
    }
}

/// Runs the rules over each project that goes on from last year; which they are.
fn compare_years(
    tables: &Tables,
    options: &SummaryOptions,
    findings: &mut CrossFindings,
) -> Result<Option<YearPairs>, SummaryError> {
    let Some(previous) = &options.previous else {
        return Ok(None);
    };
    let pairs = pairs(tables, previous);
    let before = previous.tables();
    for (this, last) in &pairs.pairs {
        let (Some(row), Some(last_row)) = (tables.row(*this)?, before.row(*last)?) else {
            continue;
        };
        let pair = YearPair {
            this: &row,
            this_detail: &tables.detail(*this)?,
            last: &last_row,
            last_detail: &before.detail(*last)?,
        };
        rules::check_years(&pair, findings);
    }
    Ok(Some(pairs))
}
