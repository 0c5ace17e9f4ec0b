//! Family F: the grade.

family! {
    grade_mismatch,
    grade_tick_not_single,
    grade_bands_with_gaps,
    grade_differs_from_standard,
}
