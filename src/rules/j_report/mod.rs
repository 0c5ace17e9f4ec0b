//! Family J: a report's prose against its table.

family! {
    report_total_differs,
    report_grade_differs,
    report_amount_differs,
    report_rate_differs,
    report_score_differs,
    report_count_differs,
    report_name_not_in_table,
    deduction_not_discussed,
    report_goal_differs,
    two_values_in_text,
    shares_not_whole,
    attachment_named_otherwise,
    evidence_missing,
    document_number_differs,
    foreign_name_in_report,
    one_thing_several_names,
}
