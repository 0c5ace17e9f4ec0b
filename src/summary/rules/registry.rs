//! All rules between tables, in the order people read them.

use super::CrossRule;

/// The rules, by code.
pub fn registry() -> &'static [CrossRule] {
    &REGISTRY
}

static REGISTRY: [CrossRule; 20] = [
    super::scores_all_alike::RULE,
    super::unit_mean_stands_out::RULE,
    super::indicators_shared::RULE,
    super::project_twice::RULE,
    super::not_received::RULE,
    super::not_on_roster::RULE,
    super::units_differ::RULE,
    super::listed_amount_differs::RULE,
    super::review_differs::RULE,
    super::party_in_several_projects::RULE,
    super::unit_cost_stands_out::RULE,
    super::deducted_unequally::RULE,
    super::target_lowered::RULE,
    super::copied_from_last_year::RULE,
    super::score_jumps::RULE,
    super::failed_indicator_dropped::RULE,
    super::carryover_differs::RULE,
    super::deduction_comes_back::RULE,
    super::low_execution_again::RULE,
    super::old_document_number::RULE,
];
