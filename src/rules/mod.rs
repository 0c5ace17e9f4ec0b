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
mod registry;

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

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::grid::FileFormat;
use crate::model::{Discrepancy, ForReview, Rescoring, Severity, TableReading};
use crate::prose::ReportPart;
use crate::reference::TableReferences;
use crate::rescore::{Assessment, assess_all, rescore_assessed};
use crate::standard::Standard;
use crate::text::likeness;
use crate::text::named_files::EvidenceFiles;

pub(crate) use context::RuleContext;
pub(crate) use finding::Finding;
pub(crate) use findings::{ComparedClaim, Findings};
pub use registry::{Family, families, registry};

/// When a rule runs. A later stage may ask what an earlier one has condemned.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Stage {
    /// Whether the form was filled in at all.
    Form,
    /// Cells that could not be read as what they should be (family R, A14).
    Reading,
    /// Values that are missing or no value of their kind.
    MissingValues,
    /// Amounts and rates of the fund block.
    Funds,
    /// Weights against the levels that declare them.
    LevelWeights,
    /// Weights against the printed total and the full mark.
    WeightTotals,
    /// Scores whose error has a name of its own.
    NamedSlips,
    /// Scores against their own row.
    RowScores,
    /// Reasons for the deductions that stand.
    Reasons,
    /// Printed 小计.
    Subtotals,
    /// The printed total score.
    TotalScore,
    /// The grade.
    Grade,
    /// A report's prose against the table, after all that the table says itself.
    ReportText,
    /// What no rule can decide: entries for a person, after all findings.
    Review,
}

impl Stage {
    /// All stages, in the order they run.
    const ALL: [Self; 14] = [
        Self::Form,
        Self::Reading,
        Self::MissingValues,
        Self::Funds,
        Self::LevelWeights,
        Self::WeightTotals,
        Self::NamedSlips,
        Self::RowScores,
        Self::Reasons,
        Self::Subtotals,
        Self::TotalScore,
        Self::Grade,
        Self::ReportText,
        Self::Review,
    ];
}

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
    pub stage: Stage,
    /// Its page: what, why, basis, a wrong and a right table, what to do.
    pub page: &'static str,
    /// Reports what it finds in one table.
    pub(crate) check: fn(&RuleContext, &mut Findings),
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
    check_counted(table, format, rescoring, standard).0
}

/// [`check`], and how many checks (one rule at one cell each) were not run because a finding condemns their input.
pub(crate) fn check_counted(
    table: &TableReading,
    format: FileFormat,
    rescoring: &Rescoring,
    standard: &Standard,
) -> (Vec<Discrepancy>, usize) {
    let checked = check_table(
        table,
        &Source {
            format,
            file: None,
            tables: 1,
            report: None,
            evidence: None,
            references: None,
        },
        rescoring,
        standard,
    );
    (checked.discrepancies, checked.not_run)
}

/// The file that a table comes from, as far as rules look at it.
#[derive(Debug, Clone, Copy)]
pub struct Source<'a> {
    /// Format by content.
    pub format: FileFormat,
    /// The path as given, where there is one; only its last part is looked at.
    pub file: Option<&'a str>,
    /// How many tables the file holds: the name of one with several is none of a single project.
    pub tables: usize,
    /// The report that restates the table, where there is one.
    pub report: Option<&'a ReportPart<'a>>,
    /// The files handed in as evidence, where a folder of them was given.
    pub evidence: Option<&'a EvidenceFiles>,
    /// What else it is held against from outside, where there is anything.
    pub references: Option<&'a TableReferences<'a>>,
}

/// What the rules say of one table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckedTable {
    /// Findings by cell (row, then column), then code.
    pub discrepancies: Vec<Discrepancy>,
    /// What a person has to decide, in the same order.
    pub for_review: Vec<ForReview>,
    /// Checks, one rule at one cell each, that were not run because a finding condemns their input.
    pub not_run: usize,
    /// What the claims of the report were held against, by their index in it.
    pub compared: BTreeMap<usize, ComparedClaim>,
}

impl CheckedTable {
    /// Adds what others have found, in its place by row, then column, then code.
    pub fn add(&mut self, discrepancies: Vec<Discrepancy>, for_review: Vec<ForReview>) {
        if !discrepancies.is_empty() {
            self.discrepancies.extend(discrepancies);
            self.discrepancies
                .sort_by(|one, other| one.cell.cmp(&other.cell).then_with(|| one.code.cmp(&other.code)));
        }
        if !for_review.is_empty() {
            self.for_review.extend(for_review);
            self.for_review
                .sort_by(|one, other| one.cell.cmp(&other.cell).then_with(|| one.code.cmp(&other.code)));
        }
    }
}

/// [`check_counted`], with the name of the file and what a person has to decide.
pub fn check_table(
    table: &TableReading,
    source: &Source<'_>,
    rescoring: &Rescoring,
    standard: &Standard,
) -> CheckedTable {
    let assessments = assess_all(&table.evaluation, standard);
    check_assessed(table, source, rescoring, &assessments, standard)
}

/// [`check_table`] with each indicator's assessment made already, as `rescoring` was.
pub(crate) fn check_assessed(
    table: &TableReading,
    source: &Source<'_>,
    rescoring: &Rescoring,
    assessments: &[Assessment],
    standard: &Standard,
) -> CheckedTable {
    let mut checked = run(table, source, rescoring, assessments, standard);
    settle_guesses(&mut checked, table, |table| {
        let assessments = assess_all(&table.evaluation, standard);
        let rescoring = rescore_assessed(&table.evaluation, &table.places, standard, &assessments);
        run(table, source, &rescoring, &assessments, standard).discrepancies
    });
    checked
}

/// Turns into entries for a person what is not found again in the table without its guessed headers.
pub(crate) fn settle_guesses(
    checked: &mut CheckedTable,
    table: &TableReading,
    find_again: impl FnOnce(&TableReading) -> Vec<Discrepancy>,
) {
    if table.guessed.is_empty() || checked.discrepancies.is_empty() {
        return;
    }
    let without = find_again(&guessed::without_guesses(table));
    guessed::settle(checked, &without, &table.guessed);
}

/// Runs every rule on a table as it is.
fn run(
    table: &TableReading,
    source: &Source<'_>,
    rescoring: &Rescoring,
    assessments: &[Assessment],
    standard: &Standard,
) -> CheckedTable {
    let bounded = kit::bounds::bounded(table);
    let again;
    let (rescoring, assessments) = match &bounded {
        Cow::Borrowed(_) => (rescoring, assessments),
        Cow::Owned(table) => {
            let assessments = assess_all(&table.evaluation, standard);
            let rescoring = rescore_assessed(&table.evaluation, &table.places, standard, &assessments);
            again = (rescoring, assessments);
            (&again.0, again.1.as_slice())
        }
    };
    let context = RuleContext::new(&bounded, source, rescoring, assessments, standard);
    let mut findings = Findings::default();
    for stage in Stage::ALL {
        for rule in registry().iter().filter(|rule| rule.stage == stage) {
            if context.table.other_part.is_some() && needs_the_whole(rule) {
                continue;
            }
            if findings.is_closed() {
                break;
            }
            findings.begin(rule, standard.severity.get(rule.code).copied());
            (rule.check)(&context, &mut findings);
        }
    }
    findings.into_checked()
}

/// Returns whether a rule judges the whole of a table, so that half a table says nothing to it.
fn needs_the_whole(rule: &Rule) -> bool {
    matches!(
        rule.stage,
        Stage::LevelWeights | Stage::WeightTotals | Stage::Subtotals | Stage::TotalScore | Stage::Grade
    ) || matches!(rule.slug, "heading-field-missing" | "total-missing" | "not-filled-in")
}
