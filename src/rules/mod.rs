//! The rules: one a file, each with its page. They look at one table and know no output.
//!
//! A rule is a [`Rule`]: its code, slug, title, level, page and one function that reads a [`RuleContext`] and
//! reports into [`Findings`]. Rules run by [`Stage`], so that a rule never judges a cell that an earlier
//! finding has already condemned.

mod amounts;
mod bounds;
mod catalogue;
mod context;
mod findings;
mod fund_sums;
mod grade_bands;
mod level_sums;
mod output_kinds;
mod reasons;
mod report_match;
mod report_scores;
mod report_funds;
mod report_names;
mod report_lists;
mod registry;
mod score_checks;
mod signs;
mod statements;
mod texts;
mod total_readings;
mod weight_blocks;
mod wording;
mod words;

mod actual_missing;
mod report_total_differs;
mod report_grade_differs;
mod report_amount_differs;
mod report_rate_differs;
mod report_score_differs;
mod report_count_differs;
mod report_name_not_in_table;
mod deduction_not_discussed;
mod report_goal_differs;
mod two_values_in_text;
mod shares_not_whole;
mod attachment_named_otherwise;
mod document_number_differs;
mod foreign_name_in_report;
mod one_thing_several_names;
mod amount_unit_drift;
mod blank_inside_word;
mod budget_addition_missing;
mod budget_adjustment_mismatch;
mod budget_as_indicator;
mod budget_change_unexplained;
mod carryover_missing;
mod completed_after_year_end;
mod content_weighed_twice;
mod conversion_residue;
mod cost_missing;
mod cost_without_limit;
mod cost_without_own_target;
mod countable_target_in_words;
mod deduction_conflicts_with_reason;
mod deduction_despite_match;
mod deviation_reason_missing;
mod duplicate_indicator;
mod executed_exceeds_budget;
mod execution_rate_conflict;
mod execution_rate_mismatch;
mod execution_rate_missing;
mod execution_rate_weighed_twice;
mod execution_score_mismatch;
mod execution_score_outside_hundred;
mod execution_score_repeated;
mod failure_with_full_score;
mod filled_in_before_year_end;
mod foreign_indicator;
mod formula_error;
mod formula_without_value;
mod fund_sum_mismatch;
mod goal_amount_differs;
mod goal_says_nothing;
mod grade_bands_with_gaps;
mod grade_differs_from_standard;
mod grade_mismatch;
mod grade_tick_not_single;
mod heading_field_missing;
mod hedged_target;
mod hidden_content;
mod hidden_decimals;
mod indicator_count;
mod indicator_under_wrong_kind;
mod instruction_left_in;
mod inverse_score_mismatch;
mod level2_misplaced;
mod level2_weight_mismatch;
mod level_missing;
mod level_name_comes_back;
mod level_weight_mismatch;
mod level_weights_unusual;
mod low_execution_unexplained;
mod magnitude_drift;
mod measure_unit_mismatch;
mod mixed_widths;
mod money_without_yuan;
mod name_is_not_an_indicator;
mod negative_actual;
mod number_stored_as_text;
mod operator_conflict;
mod output_kind_missing;
mod over_achievement_deducted;
mod over_achievement_unexplained;
mod percentage_of_nothing;
mod percentage_used_as_score_rate;
mod personal_number_shown;
mod placeholder_left_in;
mod points_for_not_applicable;
mod problems_left_out;
mod project_named_otherwise;
mod qualitative_score_out_of_band;
mod quantitative_score_mismatch;
mod quantity_in_words;
mod quantity_without_quality;
mod rate_above_whole;
mod rate_on_initial_budget;
mod rates_written_differently;
mod reason_about_something_else;
mod reason_against_full_score;
mod reason_repeated;
mod reason_says_nothing;
mod reason_without_measure;
mod results_beyond_spending;
mod results_weigh_too_little;
mod results_without_spending;
mod satisfaction_weighs_too_much;
mod satisfaction_without_survey;
mod score_exceeds_weight;
mod score_negative;
mod score_or_weight_missing;
mod score_without_actual;
mod sign_against_name;
mod sign_in_actual;
mod signature_blank;
mod stale_formula;
mod standard_does_not_fit;
mod stated_count_differs;
mod subtotal_mismatch;
mod target_copied;
mod target_missing;
mod target_of_another_year;
mod target_set_too_low;
mod text_for_quantity;
mod text_too_long;
mod total_beyond_full_mark;
mod total_score_mismatch;
mod total_weight_mismatch;
mod unbalanced_marks;
mod unit_not_written;
mod unread_content;
mod weight_concentrated;
mod weights_not_100;
mod year_conflict;
mod zero_budget;

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::grid::FileFormat;
use crate::model::{Discrepancy, ForReview, Rescoring, Severity, TableReading};
use crate::prose::ReportPart;
use crate::rescore::{Assessment, assess_all, rescore_assessed};
use crate::standard::Standard;

pub use catalogue::catalogue;
pub use context::RuleContext;
pub use findings::{ComparedClaim, Finding, Findings};
pub use registry::registry;

/// When a rule runs. A later stage may ask what an earlier one has condemned.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
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
    const ALL: [Self; 13] = [
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
#[derive(Debug)]
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
    pub check: fn(&RuleContext, &mut Findings),
}

impl Rule {
    /// Whether the rule only names what a person has to decide: its entries are no findings, unless a standard or the
    /// settings give it a level.
    pub fn is_for_review(&self) -> bool {
        self.stage == Stage::Review
    }

    /// The usual level in Chinese.
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

/// The rule with this code (any case), slug or Chinese title.
pub fn find(name: &str) -> Option<&'static Rule> {
    let name = name.trim();
    registry()
        .iter()
        .find(|rule| rule.code.eq_ignore_ascii_case(name) || rule.slug.eq_ignore_ascii_case(name) || rule.title == name)
}

/// The rule whose code, slug or title is nearest to a name that [`find`] does not know, if any is near.
pub fn nearest(name: &str) -> Option<&'static Rule> {
    let name = name.trim().to_lowercase();
    let mut best: Option<(f64, &'static Rule)> = None;
    for rule in registry() {
        let code = rule.code.to_lowercase();
        for candidate in [code.as_str(), rule.slug, rule.title] {
            let likeness = strsim::normalized_damerau_levenshtein(&name, candidate);
            if likeness >= NEAR && best.is_none_or(|(so_far, _)| likeness > so_far) {
                best = Some((likeness, rule));
            }
        }
    }
    best.map(|(_, rule)| rule)
}

/// Share of characters that must agree before a suggestion helps more than it misleads.
const NEAR: f64 = 0.5;

/// Runs every rule on one table; findings by cell (row, then column), then code.
///
/// `rescoring` must be the table's own, made under the same standard.
pub fn check(table: &TableReading, format: FileFormat, rescoring: &Rescoring, standard: &Standard) -> Vec<Discrepancy> {
    check_counted(table, format, rescoring, standard).0
}

/// [`check`], and how many checks (one rule at one cell each) were not run because a finding condemns their input.
pub fn check_counted(
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
pub fn check_assessed(
    table: &TableReading,
    source: &Source<'_>,
    rescoring: &Rescoring,
    assessments: &[Assessment],
    standard: &Standard,
) -> CheckedTable {
    let bounded = bounds::bounded(table);
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
            findings.begin(rule, standard.severity.get(rule.code).copied());
            (rule.check)(&context, &mut findings);
        }
    }
    findings.into_checked()
}
