//! Family C: the fund block.

family! {
    fund_sum_mismatch,
    execution_rate_mismatch,
    rate_on_initial_budget,
    execution_rate_missing,
    executed_exceeds_budget,
    zero_budget,
    budget_adjustment_mismatch,
    budget_change_unexplained,
    low_execution_unexplained,
    amount_unit_drift,
    goal_amount_differs,
    budget_addition_missing,
    carryover_missing,
    results_beyond_spending,
    results_without_spending,
    executed_missing,
    nothing_spent,
    goal_sum_differs,
    text_amount_unit_drift,
}
