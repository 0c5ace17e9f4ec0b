//! Rules between tables: across units (family K) and across years (family L). One a file, each with its page.
//!
//! They look at rows and details of a summary, where the rules of [`crate::rules`] look at one table.

/// Declares a rule: code, slug (also the name of its page, which stands beside it), title, usual level, and what it looks
/// at. Its `check` stands below.
macro_rules! cross_rule {
    ($code:literal, $slug:literal, $title:literal, $severity:ident, $looks_at:ident) => {
        pub(in crate::summary::rules) const RULE: crate::summary::rules::CrossRule = crate::summary::rules::CrossRule {
            code: $code,
            slug: $slug,
            title: $title,
            severity: crate::model::Severity::$severity,
            page: include_str!(concat!($slug, ".md")),
            check: crate::summary::rules::Check::$looks_at(check),
        };
    };
}

/// Declares the rules of a family, by code: the one list that a new rule is entered in.
macro_rules! cross_family {
    ($($rule:ident),* $(,)?) => {
        $(mod $rule;)*

        pub(in crate::summary::rules) const RULES: &[crate::summary::rules::CrossRule] = &[$($rule::RULE),*];
    };
}

pub(super) mod finding;
mod kit;
pub(crate) mod registry;

mod k_units;
mod l_years;

use super::SummaryError;
use super::coverage::RosterOutcome;
use super::cross_index::{CrossIndex, Spot};
use super::rows::{IndicatorRow, TableDetail, TableRow};
use super::tables::Tables;
use crate::model::Severity;

use finding::MOST_RELATED;
pub(super) use finding::{CrossFinding, CrossFindings};
pub use registry::registry;

/// One rule between tables, with its documentation.
#[derive(Debug, Clone, Copy)]
pub struct CrossRule {
    /// Family letter and two digits; never reused.
    pub code: &'static str,
    /// Name in kebab-case; states the defect.
    pub slug: &'static str,
    /// Chinese title; states the defect.
    pub title: &'static str,
    /// Usual level; a single finding may carry another.
    pub severity: Severity,
    /// Its page: what, why, basis, a wrong and a right example, what to do.
    pub page: &'static str,
    /// What it looks at.
    check: Check,
}

/// What a rule looks at.
#[derive(Debug, Clone, Copy)]
enum Check {
    /// All tables together.
    Batch(fn(&BatchContext<'_>, &mut CrossFindings) -> Result<(), SummaryError>),
    /// A project this year and last year.
    Years(fn(&YearPair<'_>, &mut CrossFindings)),
}

/// All tables together.
pub(crate) struct BatchContext<'a> {
    /// The tables, in order.
    pub tables: &'a Tables,
    /// What they have in common.
    pub index: &'a CrossIndex,
    /// Who should have reported.
    pub roster: Option<&'a RosterOutcome>,
}

impl BatchContext<'_> {
    /// Returns the indicator at a spot; an empty one for no such place.
    fn indicator(&self, spot: Spot) -> Result<IndicatorRow, SummaryError> {
        let detail = self.tables.detail(spot.table as usize)?;
        Ok(detail
            .indicators
            .into_iter()
            .nth(spot.indicator as usize)
            .unwrap_or_default())
    }

    /// Returns the paths of the tables at these positions, each once, the first of many.
    fn paths(&self, positions: impl IntoIterator<Item = usize>) -> Result<Vec<String>, SummaryError> {
        let mut paths = Vec::new();
        let mut last = None;
        for position in positions {
            if paths.len() == MOST_RELATED {
                break;
            }
            let file = self.tables.briefs().get(position).map(|brief| brief.file);
            // A file's tables lie together.
            if file == last {
                continue;
            }
            last = file;
            if let Some(row) = self.tables.row(position)?
                && !paths.contains(&row.file)
            {
                paths.push(row.file);
            }
        }
        Ok(paths)
    }
}

/// A project this year and last year.
pub(crate) struct YearPair<'a> {
    /// This year's table.
    pub this: &'a TableRow,
    /// Its details.
    pub this_detail: &'a TableDetail,
    /// Last year's table.
    pub last: &'a TableRow,
    /// Its details.
    pub last_detail: &'a TableDetail,
}

/// Returns the rule with this code (any case), slug or Chinese title.
pub fn find(name: &str) -> Option<&'static CrossRule> {
    let name = name.trim();
    registry()
        .iter()
        .find(|rule| rule.code.eq_ignore_ascii_case(name) || rule.slug.eq_ignore_ascii_case(name) || rule.title == name)
}

/// Runs the rules over all tables.
pub(super) fn check_batch(context: &BatchContext<'_>, findings: &mut CrossFindings) -> Result<(), SummaryError> {
    for rule in registry() {
        if let Check::Batch(check) = rule.check {
            findings.begin(rule);
            check(context, findings)?;
        }
    }
    Ok(())
}

/// Runs the rules over one project's two years.
pub(super) fn check_years(pair: &YearPair<'_>, findings: &mut CrossFindings) {
    for rule in registry() {
        if let Check::Years(check) = rule.check {
            findings.begin(rule);
            check(pair, findings);
        }
    }
}
