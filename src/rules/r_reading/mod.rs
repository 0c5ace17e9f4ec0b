//! Family R: what the file itself holds.

family! {
    formula_error,
    formula_without_value,
    stale_formula,
    unread_content,
    hidden_content,
    table_perhaps_in_parts,
    shown_otherwise,
    amounts_in_other_units,
}
