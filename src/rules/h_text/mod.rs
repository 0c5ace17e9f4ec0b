//! Family H: headings and wording.

family! {
    heading_field_missing,
    project_named_otherwise,
    goal_says_nothing,
    text_too_long,
    instruction_left_in,
    placeholder_left_in,
    conversion_residue,
    mixed_widths,
    blank_inside_word,
    unbalanced_marks,
    money_without_yuan,
    rates_written_differently,
    personal_number_shown,
    signature_blank,
    filled_in_before_year_end,
    year_conflict,
}
