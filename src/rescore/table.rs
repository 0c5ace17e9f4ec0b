//! A whole table rescored: one item a row, the sums as the standard counts them, and the grade.

use rust_decimal::Decimal;

use super::assess::{Expected, assess_all};
use super::{Assessment, execution, points};
use crate::grid::CellAddress;
use crate::model::{
    Evaluation, ExecutionScorePlace, Field, FieldMap, FundField, FundRow, Indicator, IndicatorField, RescoredRow,
    Rescoring, RescoringItem, RescoringMethod, TablePlaces,
};
use crate::standard::Standard;

/// Rescores a table. Nothing declared is altered; each item stands beside what was declared.
///
/// Items come in the table's order, one an indicator with a weight or a score, the fund row's last.
/// Only the 年度资金总额 row's points can count towards a sum, and only where they are inside the hundred.
pub fn rescore(evaluation: &Evaluation, places: &TablePlaces, standard: &Standard) -> Rescoring {
    rescore_assessed(evaluation, places, standard, &assess_all(evaluation, standard))
}

/// [`rescore`] with each indicator's assessment made already, by [`assess_all`] of the same table and standard.
pub fn rescore_assessed(
    evaluation: &Evaluation,
    places: &TablePlaces,
    standard: &Standard,
    assessments: &[Assessment],
) -> Rescoring {
    let execution_score = execution::place(evaluation, standard);
    let decimals = decimals_of_scores(evaluation, standard);
    let mut items: Vec<RescoringItem> = Vec::with_capacity(evaluation.indicators.len() + 1);
    let rows = evaluation.indicators.iter().zip(assessments).enumerate();
    items.extend(rows.filter_map(|(index, (indicator, assessment))| {
        indicator_item(index, indicator, assessment, places, (standard, decimals))
    }));
    let scores = |items: &[RescoringItem], of: fn(&RescoringItem) -> Option<Decimal>| {
        items.iter().filter_map(of).fold(Decimal::ZERO, Decimal::saturating_add)
    };
    let has_scores = evaluation.indicators.iter().any(|indicator| indicator.score.is_some());
    let has_weights = evaluation.indicators.iter().any(|indicator| indicator.weight.is_some());
    let is_inside = execution_score == ExecutionScorePlace::Inside;
    let fund = execution::scored_row(evaluation).and_then(|(index, row)| {
        let weight = execution::weight(evaluation, row, standard);
        let other = evaluation.other_spending(index).map(|(amount, _)| amount);
        let other = other.filter(|_| standard.execution.counts_other_spending);
        fund_item(index, (row, other), weight, places, (standard, decimals))
    });
    let counted_fund = |of: fn(&RescoringItem) -> Option<Decimal>| {
        fund.as_ref()
            .filter(|_| is_inside)
            .and_then(of)
            .unwrap_or(Decimal::ZERO)
    };
    let sum = |of| scores(&items, of).saturating_add(counted_fund(of)).normalize();
    let sum_of_scores = has_scores.then(|| sum(|item| item.declared));
    let rescored_total = (has_scores && has_weights).then(|| sum(|item| item.rescored));
    items.extend(fund);
    let is_undecided = |item: &&RescoringItem| {
        item.method == RescoringMethod::Manual && (is_inside || !matches!(item.row, Some(RescoredRow::Fund(_))))
    };
    let undecided = items.iter().filter(is_undecided).count();
    let grade_is_open = rescored_total.is_some_and(|total| {
        let (least, greatest) = open_totals(total, items.iter().filter(is_undecided));
        standard.grade_of(least) != standard.grade_of(greatest)
    });
    Rescoring {
        standard: standard.name.clone(),
        standard_picked: None,
        execution_score,
        declared_total: evaluation
            .total
            .as_ref()
            .and_then(|total| total.score.as_ref())
            .map(|field| field.value),
        sum_of_scores,
        rescored_total,
        declared_grade: evaluation.grade.as_ref().map(|field| field.value),
        rescored_grade: rescored_total
            .filter(|_| !grade_is_open)
            .and_then(|total| standard.grade_of(total)),
        undecided,
        grade_is_open,
        items,
    }
}

/// Fewer scores do not show with how many decimals their column is written.
const FEWEST_SCORES: usize = 3;

/// Returns the decimal places that the table's scores are written with, at most the standard's.
fn decimals_of_scores(evaluation: &Evaluation, standard: &Standard) -> u32 {
    let indicators = evaluation.indicators.iter().filter_map(|row| row.score.as_ref());
    let funds = evaluation.funds.iter().filter_map(|row| row.score.as_ref());
    let (mut count, mut most) = (0, None);
    for score in indicators.chain(funds) {
        count += 1;
        most = most.max(Some(score.value.normalize().scale()));
    }
    most.filter(|_| count >= FEWEST_SCORES)
        .map_or(standard.rounding.places, |most| most.min(standard.rounding.places))
}

/// Returns the totals between which undecided scores leave the table's: each may be nothing, or all of its weight.
fn open_totals<'a>(total: Decimal, undecided: impl Iterator<Item = &'a RescoringItem>) -> (Decimal, Decimal) {
    undecided.fold((total, total), |(least, greatest), item| {
        let counted = item.rescored.unwrap_or_default();
        let most = item.weight.unwrap_or(counted).max(counted);
        (
            least.saturating_sub(counted),
            greatest.saturating_add(most.saturating_sub(counted)),
        )
    })
}

struct Scored {
    cell: CellAddress,
    name: String,
    method: RescoringMethod,
    expected: Option<Expected>,
    trace: String,
    row: RescoredRow,
}

fn indicator_item(
    index: usize,
    indicator: &Indicator,
    assessment: &Assessment,
    places: &TablePlaces,
    (standard, decimals): (&Standard, u32),
) -> Option<RescoringItem> {
    let named = [&indicator.level3, &indicator.level2, &indicator.level1]
        .into_iter()
        .flatten()
        .next();
    let cell = cell_of(
        places.indicators.get(index),
        IndicatorField::Score,
        &indicator.score,
        &indicator.weight,
    )?;
    let scored = Scored {
        cell,
        name: named.map_or_else(String::new, |field| field.value.clone()),
        method: assessment.method,
        expected: assessment.expected,
        trace: assessment.trace.clone(),
        row: RescoredRow::Indicator(index),
    };
    let weight = indicator.weight.as_ref().map(|field| field.value);
    Some(item(scored, weight, &indicator.score, (standard, decimals)))
}

fn fund_item(
    index: usize,
    (row, other): (&FundRow, Option<Decimal>),
    weight: Option<Decimal>,
    places: &TablePlaces,
    (standard, decimals): (&Standard, u32),
) -> Option<RescoringItem> {
    let cell = cell_of(places.funds.get(index), FundField::Score, &row.score, &row.weight)?;
    let outcome = execution::score(row, weight, other, standard);
    let scored = Scored {
        cell,
        name: "预算执行率".to_owned(),
        method: outcome.method,
        expected: outcome.expected,
        trace: outcome.trace,
        row: RescoredRow::Fund(index),
    };
    Some(item(scored, weight, &row.score, (standard, decimals)))
}

/// Returns the score's cell of a row that has a weight or a score; `None` for any other row.
fn cell_of<C: Ord>(
    columns: Option<&FieldMap<C>>,
    score_column: C,
    score: &Option<Field<Decimal>>,
    weight: &Option<Field<Decimal>>,
) -> Option<CellAddress> {
    let fallback = score.as_ref().or(weight.as_ref())?.cell;
    Some(
        columns
            .and_then(|columns| columns.get(&score_column))
            .copied()
            .unwrap_or(fallback),
    )
}

fn item(
    scored: Scored,
    weight: Option<Decimal>,
    score: &Option<Field<Decimal>>,
    (standard, decimals): (&Standard, u32),
) -> RescoringItem {
    let declared = score.as_ref().map(|field| field.value);
    let rescored = match (declared, &scored.expected) {
        (Some(declared), Some(expected)) => Some(match scored.method {
            // A band leaves room enough.
            RescoringMethod::Band => points::settle(declared, expected, standard),
            // In a column of whole numbers, full marks are a claim and no rounding, but for a hair.
            _ if decimals == 0 && weight == Some(declared) => points::settle_at(declared, expected, standard, 1),
            _ => points::settle_at(declared, expected, standard, decimals),
        }),
        // Without a declared score only a single value is due; a band leaves it to a person.
        (None, Some(Expected { min, max })) if min == max => Some(standard.rounded(*min)),
        (declared, _) => declared,
    };
    RescoringItem {
        cell: scored.cell,
        indicator: scored.name,
        weight,
        declared,
        expected_min: scored.expected.map(|expected| standard.rounded(expected.min)),
        expected_max: scored.expected.map(|expected| standard.rounded(expected.max)),
        rescored: rescored.map(|points| points.normalize()),
        method: scored.method,
        trace: scored.trace,
        basis: clause(scored.method, standard).to_owned(),
        row: Some(scored.row),
    }
}

/// Returns the clause that a method follows.
fn clause(method: RescoringMethod, standard: &Standard) -> &str {
    let clauses = &standard.clauses;
    match method {
        RescoringMethod::Full | RescoringMethod::Ratio | RescoringMethod::Boolean | RescoringMethod::Deadline => {
            &clauses.quantitative
        }
        RescoringMethod::Inverse => &clauses.inverse,
        RescoringMethod::Band => &clauses.qualitative,
        RescoringMethod::Execution => &clauses.execution,
        RescoringMethod::Manual => "",
    }
}
