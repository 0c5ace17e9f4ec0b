//! Family E: reasons for deviations.

family! {
    deviation_reason_missing,
    reason_without_measure,
    failure_with_full_score,
    reason_says_nothing,
    reason_repeated,
    reason_about_something_else,
    reason_against_full_score,
    problems_left_out,
    deduction_conflicts_with_reason,
}
