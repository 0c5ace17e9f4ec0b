//! Family B: scores against their own row.

family! {
    quantitative_score_mismatch,
    inverse_score_mismatch,
    negative_actual,
    execution_score_mismatch,
    qualitative_score_out_of_band,
    deduction_despite_match,
    percentage_used_as_score_rate,
    over_achievement_unexplained,
    over_achievement_deducted,
    text_for_quantity,
    score_without_actual,
    points_for_not_applicable,
    review_score_blank,
    review_above_declared,
}
