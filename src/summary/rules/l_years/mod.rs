//! Family L: across years.

cross_family! {
    target_lowered,
    copied_from_last_year,
    score_jumps,
    failed_indicator_dropped,
    carryover_differs,
    deduction_comes_back,
    low_execution_again,
    old_document_number,
}
