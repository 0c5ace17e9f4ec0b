//! Family K: across units.

cross_family! {
    scores_all_alike,
    unit_mean_stands_out,
    indicators_shared,
    project_twice,
    not_received,
    not_on_roster,
    measure_units_differ,
    listed_amount_differs,
    review_differs,
    party_in_several_projects,
    unit_cost_stands_out,
    deducted_unequally,
    yuan_for_wan,
    listed_score_differs,
}
