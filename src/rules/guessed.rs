//! No error or warning rests on a guess alone: what is only found with a guessed column goes to a person.
//!
//! The rules run once more without what was guessed. A finding that they make then as well stands; one that they do
//! not becomes an entry for a person. So no rule needs to know of guesses.

use std::collections::BTreeSet;

use super::CheckedTable;
use crate::grid::CellAddress;
use crate::model::{
    Discrepancy, FieldPath, FieldSlot, ForReview, FundField, GuessedHeader, HeadingField, IndicatorField, Severity,
    TableReading,
};

/// Turns the findings that are not made `without` the guesses into entries for a person.
pub(super) fn settle(checked: &mut CheckedTable, without: &[Discrepancy], guessed: &[GuessedHeader]) {
    let standing: BTreeSet<(&str, CellAddress)> = without
        .iter()
        .map(|finding| (finding.code.as_str(), finding.cell))
        .collect();
    let rests_on_guess = |finding: &mut Discrepancy| {
        finding.severity > Severity::Info && !standing.contains(&(finding.code.as_str(), finding.cell))
    };
    let doubt = doubt(guessed);
    let moved: Vec<ForReview> = checked
        .discrepancies
        .extract_if(.., rests_on_guess)
        .map(|finding| ForReview {
            code: finding.code,
            title: finding.title,
            cell: finding.cell,
            field: finding.field,
            message: format!("{doubt}；读对了的话：{}{}", finding.message, finding.suggestion),
        })
        .collect();
    checked.for_review.extend(moved);
    checked
        .for_review
        .sort_by(|one, other| one.cell.cmp(&other.cell).then_with(|| one.code.cmp(&other.code)));
}

/// Names what was guessed.
fn doubt(guessed: &[GuessedHeader]) -> String {
    const MOST_NAMED: usize = 3;
    let named: Vec<String> = guessed
        .iter()
        .take(MOST_NAMED)
        .map(|guess| format!("{} 的“{}”是推定作“{}”的", guess.cell, guess.text, guess.taken_for))
        .collect();
    format!("{}，请先看读对没有", named.join("，"))
}

/// Returns a reading without what was guessed, as if those headers were not known.
pub(super) fn without_guesses(table: &TableReading) -> TableReading {
    let mut reading = table.clone();
    for guess in std::mem::take(&mut reading.guessed) {
        if let Some(leaf) = guess.field.strip_prefix("indicators[].") {
            forget_column(&mut reading, leaf);
        } else if let Some(leaf) = guess.field.strip_prefix("funds[].") {
            forget_fund_column(&mut reading, leaf);
        } else {
            forget_heading(&mut reading, &guess.field);
        }
    }
    reading
}

fn forget_column(reading: &mut TableReading, leaf: &str) {
    let Some(column) = IndicatorField::named(leaf) else {
        return;
    };
    reading.places.indicator_headers.remove(&column);
    for places in &mut reading.places.indicators {
        places.remove(&column);
    }
    for indicator in &mut reading.evaluation.indicators {
        empty(column.slot(indicator));
    }
    forget_paths(reading, |path| path.as_indicator() == Some(column));
}

fn forget_fund_column(reading: &mut TableReading, leaf: &str) {
    let Some(column) = FundField::named(leaf) else { return };
    reading.places.fund_headers.remove(&column);
    for places in &mut reading.places.funds {
        places.remove(&column);
    }
    for fund in &mut reading.evaluation.funds {
        empty(column.slot(fund));
    }
    forget_paths(reading, |path| path.as_fund() == Some(column));
}

fn empty(slot: FieldSlot<'_>) {
    match slot {
        FieldSlot::Text(field) => *field = None,
        FieldSlot::Number(field) => *field = None,
    }
}

fn forget_heading(reading: &mut TableReading, field: &str) {
    let evaluation = &mut reading.evaluation;
    let place = match field {
        "project_name" => {
            evaluation.project_name = None;
            HeadingField::ProjectName
        }
        "department" => {
            evaluation.department = None;
            HeadingField::Department
        }
        "implementing_unit" => {
            evaluation.implementing_unit = None;
            HeadingField::ImplementingUnit
        }
        "year" => {
            evaluation.year = None;
            HeadingField::Year
        }
        _ => return,
    };
    reading.places.headings.remove(&place);
    let path = FieldPath::heading(place);
    reading.bindings.retain(|field| field != path);
}

fn forget_paths(reading: &mut TableReading, is_of_column: impl Fn(FieldPath) -> bool) {
    reading.bindings.retain(|field| !is_of_column(field));
    let is_text_of_column = |field: &str| field.parse().is_ok_and(&is_of_column);
    reading.formulas.retain(|formula| !is_text_of_column(&formula.field));
    let is_fact = |field: &Option<String>| field.as_deref().is_some_and(is_text_of_column);
    reading.facts.retain(|fact| !is_fact(&fact.field));
}
