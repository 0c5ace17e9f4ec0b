//! What several rules share. Rules call the kit, never each other.

pub(in crate::rules) mod amounts;
pub(in crate::rules) mod bounds;
pub(in crate::rules) mod budget_costs;
pub(in crate::rules) mod fund_sums;
pub(in crate::rules) mod grade_bands;
pub(in crate::rules) mod in_words;
pub(in crate::rules) mod level_sums;
pub(in crate::rules) mod other_standards;
pub(in crate::rules) mod output_kinds;
pub(in crate::rules) mod rates;
pub(in crate::rules) mod reasons;
pub(in crate::rules) mod score_checks;
pub(in crate::rules) mod signs;
pub(in crate::rules) mod statements;
pub(in crate::rules) mod targets;
pub(in crate::rules) mod texts;
pub(in crate::rules) mod total_readings;
pub(in crate::rules) mod weight_blocks;
pub(in crate::rules) mod weight_findings;
pub(in crate::rules) mod wording;
pub(in crate::rules) mod words;
