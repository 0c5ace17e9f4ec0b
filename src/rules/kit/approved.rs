//! The rows of a table beside those of its approved targets: which row is which, and what of it differs.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use super::words;
use crate::model::measure::{Comparator, Measure, MeasureKind, OperatorWord, compare};
use crate::model::{Evaluation, Field, Indicator};
use crate::rescore::Assessment;
use crate::text::keys::{name_key, strip_indicator_prefix};
use crate::text::likeness::{self, REWRITTEN_WITH_EQUAL_VALUE, SAME_NAME};

/// Rows of the two tables, by their index in each.
#[derive(Debug, Default)]
pub struct Pairs {
    /// The table's row and the approved one of the same name.
    pub same: Vec<(usize, usize)>,
    /// The same place and target under another name.
    pub renamed: Vec<(usize, usize)>,
    /// Approved rows that the table lacks.
    pub missing: Vec<usize>,
    /// Rows that were never approved.
    pub added: Vec<usize>,
}

/// Unpaired rows are compared one by one only as far as this many.
const MOST_COMPARED: usize = 60;

/// Pairs the rows of a table with the approved ones.
pub fn pairs(table: &Evaluation, approved: &Evaluation) -> Pairs {
    let mut pairs = Pairs::default();
    let mut left = rows(table);
    let mut open = rows(approved);
    // Points of the 预算执行率 belong to the evaluation, not to the targets.
    left.retain(|row| !row.name.contains("执行率"));
    open.retain(|row| !row.name.contains("执行率"));
    for same_place in [true, false] {
        let mut by_name: BTreeMap<(String, String), Vec<usize>> = BTreeMap::new();
        let key = |row: &Row| {
            let place = if same_place { row.place.clone() } else { String::new() };
            (row.name.clone(), place)
        };
        for row in open.iter().rev() {
            by_name.entry(key(row)).or_default().push(row.index);
        }
        take_pairs(&mut left, &mut open, &mut pairs.same, |row| {
            by_name.get_mut(&key(row))?.pop()
        });
    }
    if left.len() <= MOST_COMPARED && open.len() <= MOST_COMPARED {
        for renamed in [false, true] {
            let candidates = open.clone();
            let mut used = BTreeSet::new();
            let found = if renamed { &mut pairs.renamed } else { &mut pairs.same };
            take_pairs(&mut left, &mut open, found, |row| {
                let best = candidates
                    .iter()
                    .filter(|other| !used.contains(&other.index))
                    .map(|other| (likeness::likeness(&row.name, &other.name), other))
                    .filter(|(alike, other)| {
                        let is_alike = *alike >= if renamed { REWRITTEN_WITH_EQUAL_VALUE } else { SAME_NAME };
                        is_alike && (!renamed || (row.place == other.place && row.target == other.target))
                    })
                    .max_by_key(|(alike, other)| (*alike, std::cmp::Reverse(other.index)))?;
                used.insert(best.1.index);
                Some(best.1.index)
            });
        }
    }
    pairs.missing = open.into_iter().map(|row| row.index).collect();
    pairs.added = left.into_iter().map(|row| row.index).collect();
    pairs.same.sort_unstable();
    pairs
}

/// Moves each row that finds its counterpart, with it, to the pairs.
fn take_pairs(
    left: &mut Vec<Row>,
    open: &mut Vec<Row>,
    pairs: &mut Vec<(usize, usize)>,
    mut counterpart: impl FnMut(&Row) -> Option<usize>,
) {
    let mut taken = BTreeSet::new();
    left.retain(|row| match counterpart(row) {
        Some(other) => {
            pairs.push((row.index, other));
            taken.insert(other);
            false
        }
        None => true,
    });
    open.retain(|row| !taken.contains(&row.index));
}

#[derive(Debug, Clone)]
struct Row {
    index: usize,
    name: String,
    place: String,
    target: String,
}

fn rows(evaluation: &Evaluation) -> Vec<Row> {
    let key = |field: &Option<Field<String>>| field.as_ref().map(|field| name_key(&field.value)).unwrap_or_default();
    let named = evaluation.indicators.iter().enumerate().filter_map(|(index, row)| {
        let name = words::given(row.level3.as_ref())?;
        Some(Row {
            index,
            name: name_key(strip_indicator_prefix(name)),
            place: key(&row.level2),
            // The unit stands in the value or in a column of its own.
            target: match (key(&row.target), key(&row.measure_unit)) {
                (target, unit) if target.ends_with(&unit) => target,
                (target, unit) => target + &unit,
            },
        })
    });
    named.filter(|row| !row.name.is_empty()).collect()
}

/// How a target stands to the approved one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TargetChange {
    /// Figures, dates or the direction of the sign differ.
    Figures,
    /// The words differ.
    Words,
}

/// Returns how a target differs from the approved one; `None` where it does not, or that cannot be told.
pub fn target_change(own: (&Indicator, &Assessment), approved: (&Indicator, &Assessment)) -> Option<TargetChange> {
    let texts = [own.0, approved.0].map(|row| words::given(row.target.as_ref()));
    let [Some(one), Some(other)] = texts else { return None };
    if name_key(one) == name_key(other) && signs_agree(own.1, approved.1) {
        return None;
    }
    let change = |is_same: bool| (!is_same).then_some(TargetChange::Figures);
    match (&own.1.target.kind, &approved.1.target.kind) {
        (MeasureKind::Quantity(one), MeasureKind::Quantity(other)) => {
            let fill =
                |quantity: &crate::model::measure::Quantity, assessment: &Assessment| match &assessment.column_unit {
                    Some(column) => quantity.with_column_unit(column),
                    None => quantity.clone(),
                };
            let (one, other) = (fill(one, own.1), fill(other, approved.1));
            match compare(&one, &other, None, false) {
                Ok(compared) => change(compared.target == compared.actual && signs_agree(own.1, approved.1)),
                // Units that do not convert: other figures are another target, the same may be another word for it.
                Err(_) => change(one.scaled() == other.scaled()),
            }
        }
        (MeasureKind::Date(one), MeasureKind::Date(other)) => change(one == other),
        (MeasureKind::Range { .. }, MeasureKind::Range { .. })
        | (MeasureKind::Growth { .. }, MeasureKind::Growth { .. }) => {
            change(own.1.target.kind == approved.1.target.kind)
        }
        _ => words_change(&own.1.target, &approved.1.target, one, other),
    }
}

fn words_change(one: &Measure, other: &Measure, text: &str, approved: &str) -> Option<TargetChange> {
    let (text, approved) = (name_key(text), name_key(approved));
    if one.kind == other.kind || text.contains(&approved) || approved.contains(&text) {
        return None;
    }
    (likeness::likeness(&text, &approved) < SAME_NAME).then_some(TargetChange::Words)
}

/// Returns whether no sign points the other way.
fn signs_agree(one: &Assessment, other: &Assessment) -> bool {
    let is_upper = |assessment: &Assessment| {
        let of_column = match assessment.operator {
            Some(OperatorWord::Sign(sign)) => Some(sign),
            _ => None,
        };
        match assessment.target.comparator.or(of_column)? {
            Comparator::AtMost | Comparator::Below => Some(true),
            Comparator::AtLeast | Comparator::Above => Some(false),
            Comparator::Equal => None,
        }
    };
    is_upper(one)
        .zip(is_upper(other))
        .is_none_or(|(one, other)| one == other)
}

/// Returns the sum of the weights; `None` where a row has none.
pub fn sum_of_weights(evaluation: &Evaluation) -> Option<Decimal> {
    let mut rows = evaluation.indicators.iter();
    let sum = rows.try_fold(Decimal::ZERO, |sum, row| sum.checked_add(row.weight.as_ref()?.value))?;
    (!sum.is_zero()).then_some(sum)
}
