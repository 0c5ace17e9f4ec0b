//! Rules between tables: across units (family K) and across years (family L). One a file, each with its page.
//!
//! They look at rows and details of a summary, where the rules of [`crate::rules`] look at one table.

mod finding;
mod registry;

mod carryover_differs;
mod copied_from_last_year;
mod deducted_unequally;
mod deduction_comes_back;
mod failed_indicator_dropped;
mod indicators_shared;
mod listed_amount_differs;
mod low_execution_again;
mod not_on_roster;
mod not_received;
mod old_document_number;
mod party_in_several_projects;
mod project_twice;
mod review_differs;
mod score_jumps;
mod scores_all_alike;
mod target_lowered;
mod unit_cost_stands_out;
mod unit_mean_stands_out;
mod units_differ;

use super::SummaryError;
use super::coverage::RosterOutcome;
use super::cross_index::{CrossIndex, Spot};
use super::rows::{IndicatorRow, TableDetail, TableRow};
use super::tables::Tables;
use crate::model::Severity;

pub use finding::CrossFinding;
pub(super) use finding::CrossFindings;
use finding::MOST_RELATED;
pub use registry::registry;

/// One rule between tables, with its documentation.
#[derive(Debug)]
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
    pub check: Check,
}

/// What a rule looks at.
#[derive(Debug, Clone, Copy)]
pub enum Check {
    /// All tables together.
    Batch(fn(&BatchContext<'_>, &mut CrossFindings) -> Result<(), SummaryError>),
    /// A project this year and last year.
    Years(fn(&YearPair<'_>, &mut CrossFindings)),
}

/// All tables together.
pub struct BatchContext<'a> {
    /// The tables, in order.
    pub tables: &'a Tables,
    /// What they have in common.
    pub index: &'a CrossIndex,
    /// Who should have reported.
    pub roster: Option<&'a RosterOutcome>,
}

impl BatchContext<'_> {
    /// The indicator at a spot; an empty one for no such place.
    fn indicator(&self, spot: Spot) -> Result<IndicatorRow, SummaryError> {
        let detail = self.tables.detail(spot.table as usize)?;
        Ok(detail
            .indicators
            .into_iter()
            .nth(spot.indicator as usize)
            .unwrap_or_default())
    }

    /// The paths of the tables at these positions, each once, the first of many.
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
pub struct YearPair<'a> {
    /// This year's table.
    pub this: &'a TableRow,
    /// Its details.
    pub this_detail: &'a TableDetail,
    /// Last year's table.
    pub last: &'a TableRow,
    /// Its details.
    pub last_detail: &'a TableDetail,
}

/// The rule with this code (any case), slug or Chinese title.
pub fn find(name: &str) -> Option<&'static CrossRule> {
    let name = name.trim();
    registry()
        .iter()
        .find(|rule| rule.code.eq_ignore_ascii_case(name) || rule.slug.eq_ignore_ascii_case(name) || rule.title == name)
}

/// The page of every rule one after another, under a list of them all: markdown, in Chinese.
pub fn catalogue() -> String {
    let mut text = String::from(
        "# 跨单位、跨年核对规则\n\n\
         本页由 `cargo run --example make_rules_page` 从各条规则自己的说明生成，请不要手工修改。\n\n\
         这些规则由 `hebiao summarize` 在汇总时核对。示例一行是一项指标，同一文件（或同一单位、项目、年度）的各行是一张表；\
         有两个年度时，较早的是上年的结果；“名单”是应报名单。\n\n\
         | 编号 | 级别 | 规则 | 名称 |\n|---|---|---|---|\n",
    );
    for rule in registry() {
        let level = rule.severity.title();
        text.push_str(&format!(
            "| {} | {level} | {} | `{}` |\n",
            rule.code, rule.title, rule.slug
        ));
    }
    for rule in registry() {
        text.push('\n');
        for line in rule.page.trim_end().lines() {
            // A page's own headings go one level down.
            if line.starts_with('#') {
                text.push('#');
            }
            text.push_str(line);
            text.push('\n');
        }
    }
    text
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
