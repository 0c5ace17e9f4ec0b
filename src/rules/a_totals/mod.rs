//! Family A: totals, weights and sums.

family! {
    total_score_mismatch,
    total_weight_mismatch,
    execution_score_outside_hundred,
    execution_score_repeated,
    level_weight_mismatch,
    level2_weight_mismatch,
    subtotal_mismatch,
    subtotal_in_total,
    score_exceeds_weight,
    score_negative,
    score_or_weight_missing,
    total_beyond_full_mark,
    number_stored_as_text,
    hidden_decimals,
    weights_not_100,
    total_missing,
    criterion_full_mark_differs,
}
