//! Family G: how the indicators are set up.

family! {
    level_missing,
    level_weights_unusual,
    results_weigh_too_little,
    level2_misplaced,
    indicator_under_wrong_kind,
    output_kind_missing,
    cost_missing,
    weight_concentrated,
    indicator_count,
    duplicate_indicator,
    content_weighed_twice,
    foreign_indicator,
    execution_rate_weighed_twice,
    satisfaction_weighs_too_much,
    stated_count_differs,
    level_name_comes_back,
    cost_without_own_target,
    operator_conflict,
    execution_rate_conflict,
    standard_does_not_fit,
}
