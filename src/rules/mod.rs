//! The rules: one a file, each with its page. They look at one table and know no output.
//!
//! A rule is a [`Rule`]: its code, slug, title, level, page and one function that reads a [`RuleContext`] and
//! reports into [`Findings`]. Rules run by [`Stage`], so that a rule never judges a cell that an earlier
//! finding has already condemned.

/// Declares a rule: code, slug (also the name of its page, which stands beside it), title, usual level, stage. Its
/// `check` stands below.
macro_rules! rule {
    ($code:literal, $slug:literal, $title:literal, $severity:ident, $stage:ident) => {
        pub(in crate::rules) const RULE: crate::rules::Rule = crate::rules::Rule {
            code: $code,
            slug: $slug,
            title: $title,
            severity: crate::model::Severity::$severity,
            stage: crate::rules::Stage::$stage,
            page: include_str!(concat!($slug, ".md")),
            check,
        };
    };
}

/// Declares the rules of a family, by code: the one list that a new rule is entered in.
macro_rules! family {
    ($($rule:ident),* $(,)?) => {
        $(mod $rule;)*

        pub(in crate::rules) const RULES: &[crate::rules::Rule] = &[$($rule::RULE),*];
    };
}

mod context;
mod finding;
mod findings;
mod guessed;
mod kit;
pub(crate) mod registry;
pub(crate) mod run;
mod stage;

mod a_totals;
mod b_scores;
mod c_funds;
mod d_values;
mod e_reasons;
mod f_grade;
mod g_structure;
mod h_text;
mod j_report;
mod r_reading;

use crate::grid::FileFormat;
use crate::model::{Discrepancy, Rescoring, Severity, TableReading};
use crate::standard::Standard;
use crate::text::likeness;

pub(crate) use context::RuleContext;
pub(crate) use finding::Finding;
pub(crate) use findings::{ComparedClaim, Findings};
pub use registry::registry;
pub(crate) use run::{CheckedTable, Source, check_assessed, settle_guesses};
use stage::Stage;

/// One rule with its documentation.
#[derive(Debug, Clone, Copy)]
pub struct Rule {
    /// Family letter and two digits; never reused.
    pub code: &'static str,
    /// Name in kebab-case; states the defect.
    pub slug: &'static str,
    /// Chinese title; states the defect.
    pub title: &'static str,
    /// Usual level; a single finding may carry another.
    pub severity: Severity,
    /// When it runs.
    stage: Stage,
    /// Its page: what, why, basis, a wrong and a right table, what to do.
    pub page: &'static str,
    /// Reports what it finds in one table.
    check: fn(&RuleContext, &mut Findings),
}

impl Rule {
    /// Returns whether the rule only names what a person has to decide: its entries are no findings, unless a
    /// standard or the settings give it a level.
    pub fn is_for_review(&self) -> bool {
        self.stage == Stage::Review
    }

    /// Returns the usual level in Chinese.
    pub fn level_title(&self) -> &'static str {
        if self.is_for_review() {
            FOR_REVIEW
        } else {
            self.severity.title()
        }
    }
}

/// What the list for a person is called.
pub const FOR_REVIEW: &str = "需人工判断";

/// Returns the rule with this code (any case), slug or Chinese title.
pub fn find(name: &str) -> Option<&'static Rule> {
    let name = name.trim();
    registry()
        .iter()
        .find(|rule| rule.code.eq_ignore_ascii_case(name) || rule.slug.eq_ignore_ascii_case(name) || rule.title == name)
}

/// Returns the rule whose code, slug or title is nearest to a name that [`find`] does not know, if any is near.
pub fn nearest(name: &str) -> Option<&'static Rule> {
    likeness::nearest(
        name,
        registry()
            .iter()
            .flat_map(|rule| [rule.code, rule.slug, rule.title].map(|known| (known, rule))),
    )
}

/// Runs every rule on one table; findings by cell (row, then column), then code.
///
/// `rescoring` must be the table's own, made under the same standard.
pub fn check(table: &TableReading, format: FileFormat, rescoring: &Rescoring, standard: &Standard) -> Vec<Discrepancy> {
    let source = Source {
        format,
        file: None,
        tables: 1,
        report: None,
        evidence: None,
        references: None,
    };
    run::check_table(table, &source, rescoring, standard).discrepancies
}
