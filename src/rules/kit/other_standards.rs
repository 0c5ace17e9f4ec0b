//! Which of the other built-in standards a table's points fit: what B08 and G22 say beside their finding.

use rust_decimal::Decimal;

use crate::model::FundRow;
use crate::rescore::execution_score_fits;
use crate::standard::Standard;

/// Returns the built-in standards with another rule for the execution score that give the row what it declares, for
/// the same points; of those in proportion, which are many, the first.
pub fn scoring_alike(fund: &FundRow, weight: Decimal, standard: &Standard) -> Vec<&'static Standard> {
    let mut alike: Vec<&'static Standard> = others(standard)
        .filter(|other| other.fund_weight == weight && other.execution.steps != standard.execution.steps)
        .filter(|other| execution_score_fits(fund, weight, other))
        .collect();
    if alike.iter().all(|other| other.execution.steps.is_empty()) {
        alike.truncate(1);
    }
    alike
}

/// Returns the first built-in standard with other points for the execution rate under which the row's score is right.
pub fn weighing_otherwise(fund: &FundRow, standard: &Standard) -> Option<&'static Standard> {
    others(standard)
        .filter(|other| other.fund_weight > Decimal::ZERO && other.fund_weight != standard.fund_weight)
        .find(|other| execution_score_fits(fund, other.fund_weight, other))
}

/// Returns the built-in standards but this one.
pub fn others(standard: &Standard) -> impl Iterator<Item = &'static Standard> {
    Standard::names()
        .into_iter()
        .filter_map(Standard::built_in)
        .filter(|other| other.name != standard.name)
}

/// `，与“…”（jiangxi）的计分相符`; nothing for none.
pub fn named(standards: &[&Standard]) -> String {
    let names: Vec<String> = standards
        .iter()
        .map(|standard| format!("“{}”（{}）", standard.title, standard.name))
        .collect();
    if names.is_empty() {
        String::new()
    } else {
        format!("，与{}的计分相符", names.join("、"))
    }
}

/// Returns how to choose one of the standards, or else what to do.
pub fn way_out(standards: &[&Standard], otherwise: &str) -> String {
    let names: Vec<String> = standards
        .iter()
        .map(|standard| format!("--standard {}", standard.name))
        .collect();
    format!("应当适用该标准的，核对时选用 {}；否则{otherwise}。", names.join(" 或 "))
}
