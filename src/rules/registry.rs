//! Every rule, in the order of its code.

use super::Rule;

/// All rules, by code.
pub fn registry() -> &'static [Rule] {
    RULES
}

static RULES: &[Rule] = &[
    super::total_score_mismatch::RULE,
    super::total_weight_mismatch::RULE,
    super::execution_score_outside_hundred::RULE,
    super::execution_score_repeated::RULE,
    super::level_weight_mismatch::RULE,
    super::level2_weight_mismatch::RULE,
    super::score_exceeds_weight::RULE,
    super::score_negative::RULE,
    super::score_or_weight_missing::RULE,
    super::number_stored_as_text::RULE,
    super::weights_not_100::RULE,
    super::quantitative_score_mismatch::RULE,
    super::inverse_score_mismatch::RULE,
    super::execution_score_mismatch::RULE,
    super::qualitative_score_out_of_band::RULE,
    super::percentage_used_as_score_rate::RULE,
    super::over_achievement_unexplained::RULE,
    super::text_for_quantity::RULE,
    super::score_without_actual::RULE,
    super::fund_sum_mismatch::RULE,
    super::execution_rate_mismatch::RULE,
    super::executed_exceeds_budget::RULE,
    super::low_execution_unexplained::RULE,
    super::target_missing::RULE,
    super::actual_missing::RULE,
    super::measure_unit_mismatch::RULE,
    super::magnitude_drift::RULE,
    super::rate_above_whole::RULE,
    super::cost_without_limit::RULE,
    super::sign_against_name::RULE,
    super::completed_after_year_end::RULE,
    super::target_of_another_year::RULE,
    super::name_is_not_an_indicator::RULE,
    super::hedged_target::RULE,
    super::deviation_reason_missing::RULE,
    super::deduction_conflicts_with_reason::RULE,
    super::grade_mismatch::RULE,
    super::grade_tick_not_single::RULE,
    super::duplicate_indicator::RULE,
    super::operator_conflict::RULE,
    super::execution_rate_conflict::RULE,
    super::standard_does_not_fit::RULE,
    super::heading_field_missing::RULE,
    super::formula_error::RULE,
    super::formula_without_value::RULE,
    super::stale_formula::RULE,
    super::unread_content::RULE,
    super::hidden_content::RULE,
];
