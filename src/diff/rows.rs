//! Which row of one table is which of the other, and which field path the one is in the other.

use super::changes::{fund_fields, indicator_fields};
use super::matching::Matching;
use super::shown::Shown;
use crate::model::{Evaluation, Field, FundRow, Indicator};
use crate::text::likeness::{self, REWRITTEN, REWRITTEN_WITH_EQUAL_VALUE};
use crate::text::match_key;

/// Letters of a name by which it is compared.
const NAME_CHARS: usize = 48;

/// The matched rows of two tables.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct RowMatches {
    pub indicators: Matching,
    pub funds: Matching,
    pub goals: Matching,
    pub subtotals: Matching,
    pub signatures: Matching,
    pub notes: Matching,
    pub extra: Matching,
}

impl RowMatches {
    /// Matches the rows of two evaluations.
    pub(super) fn of(old: &Evaluation, new: &Evaluation) -> Self {
        let goal = |evaluation: &Evaluation, index: usize| {
            evaluation
                .goals
                .get(index)
                .map(|goal| (key(goal.expected.as_ref()), key(goal.actual.as_ref())))
        };
        let mut goals = Matching::new(old.goals.len(), new.goals.len());
        goals.by_key(|index| goal(old, index), |index| goal(new, index));
        goals.by_key(
            |index| goal(old, index).and_then(|(expected, _)| expected),
            |index| goal(new, index).and_then(|(expected, _)| expected),
        );
        goals.in_order();

        let subtotal = |evaluation: &Evaluation, index: usize| {
            let row = evaluation.subtotals.get(index)?;
            Some((
                match_key(&row.label.value),
                number(row.weight.as_ref()),
                number(row.score.as_ref()),
            ))
        };
        let mut subtotals = Matching::new(old.subtotals.len(), new.subtotals.len());
        subtotals.by_key(|index| subtotal(old, index), |index| subtotal(new, index));
        subtotals.by_key(
            |index| subtotal(old, index).map(|(label, ..)| label),
            |index| subtotal(new, index).map(|(label, ..)| label),
        );

        let signature = |evaluation: &Evaluation, index: usize| {
            let row = evaluation.signatures.get(index)?;
            Some((match_key(&row.label), key(row.value.as_ref())))
        };
        let mut signatures = Matching::new(old.signatures.len(), new.signatures.len());
        signatures.by_key(|index| signature(old, index), |index| signature(new, index));
        signatures.by_key(
            |index| signature(old, index).map(|(label, _)| label),
            |index| signature(new, index).map(|(label, _)| label),
        );

        let note = |evaluation: &Evaluation, index: usize| key(evaluation.notes.get(index));
        let mut notes = Matching::new(old.notes.len(), new.notes.len());
        notes.by_key(|index| note(old, index), |index| note(new, index));
        notes.in_order();

        let labelled = |evaluation: &Evaluation, index: usize| {
            let row = evaluation.extra.get(index)?;
            Some((match_key(&row.label), key(Some(&row.value))))
        };
        let mut extra = Matching::new(old.extra.len(), new.extra.len());
        extra.by_key(|index| labelled(old, index), |index| labelled(new, index));
        extra.by_key(
            |index| labelled(old, index).map(|(label, _)| label),
            |index| labelled(new, index).map(|(label, _)| label),
        );

        Self {
            indicators: indicators(&old.indicators, &new.indicators),
            funds: funds(&old.funds, &new.funds),
            goals,
            subtotals,
            signatures,
            notes,
            extra,
        }
    }

    /// Returns a field path of the earlier table in the later one; `None` when its row is gone.
    pub(super) fn renewed(&self, path: &str) -> Option<String> {
        let Some((list, rest)) = path.split_once('[') else {
            return Some(path.to_owned());
        };
        let (index, rest) = rest.split_once(']')?;
        let matching = match list {
            "indicators" => &self.indicators,
            "funds" => &self.funds,
            "goals" => &self.goals,
            "subtotals" => &self.subtotals,
            "signatures" => &self.signatures,
            "notes" => &self.notes,
            "extra" => &self.extra,
            _ => return Some(path.to_owned()),
        };
        let index: usize = index.parse().ok()?;
        let renewed = (*matching.new_of_old.get(index)?)?;
        Some(format!("{list}[{renewed}]{rest}"))
    }
}

/// Returns rows that are the same through and through come first, so that of two indicators of one name the unchanged
/// one keeps its place; then those of the same name under the same levels, then of the same name, then of a name
/// alike.
fn indicators(old: &[Indicator], new: &[Indicator]) -> Matching {
    let mut matching = Matching::new(old.len(), new.len());
    let whole = |row: &Indicator| Some(whole_key(&indicator_fields(row)));
    let named = |row: &Indicator| {
        let name = key(row.level3.as_ref())?;
        Some((key(row.level1.as_ref()), key(row.level2.as_ref()), name))
    };
    let name = |row: &Indicator| key(row.level3.as_ref());
    join(&mut matching, old, new, whole);
    join(&mut matching, old, new, named);
    join(&mut matching, old, new, name);
    let names: [Vec<String>; 2] = [old, new].map(|rows| rows.iter().map(short_name).collect());
    matching.by_likeness(|earlier, later| {
        let [old_names, new_names] = &names;
        likeness(
            old.get(earlier)?,
            old_names.get(earlier)?,
            new.get(later)?,
            new_names.get(later)?,
        )
    });
    // Rows without a name are told apart by their levels and targets.
    join(&mut matching, old, new, |row| {
        let nameless = key(row.level3.as_ref()).is_none();
        nameless.then(|| {
            (
                key(row.level1.as_ref()),
                key(row.level2.as_ref()),
                key(row.target.as_ref()),
            )
        })
    });
    matching
}

/// Returns how alike two indicators are, in thousandths; `None` when they are not the same.
fn likeness(old: &Indicator, old_name: &str, new: &Indicator, new_name: &str) -> Option<u32> {
    if old_name.is_empty() || new_name.is_empty() {
        return None;
    }
    // Names of very different lengths are not alike, which is cheaper to see than to compute.
    let (shorter, longer) = (old_name.len().min(new_name.len()), old_name.len().max(new_name.len()));
    if shorter * 4 < longer {
        return None;
    }
    let alike = likeness::likeness(old_name, new_name);
    let same = |field: fn(&Indicator) -> &Option<Field<String>>| {
        let value = key(field(old).as_ref());
        value.is_some() && value == key(field(new).as_ref())
    };
    let same_level = same(|row| &row.level2);
    let same_target = same(|row| &row.target);
    let is_same = alike >= REWRITTEN || (alike >= REWRITTEN_WITH_EQUAL_VALUE && same_level && same_target);
    is_same.then(|| alike + u32::from(same_level) * 100 + u32::from(same_target) * 100)
}

fn short_name(row: &Indicator) -> String {
    key(row.level3.as_ref())
        .unwrap_or_default()
        .chars()
        .take(NAME_CHARS)
        .collect()
}

fn funds(old: &[FundRow], new: &[FundRow]) -> Matching {
    let mut matching = Matching::new(old.len(), new.len());
    let source = |row: &FundRow| row.source as u8;
    join(&mut matching, old, new, |row| {
        Some((source(row), whole_key(&fund_fields(row))))
    });
    join(&mut matching, old, new, |row| {
        Some((source(row), key(row.label.as_ref())?))
    });
    join(&mut matching, old, new, |row| key(row.label.as_ref()));
    join(&mut matching, old, new, |row| Some(source(row)));
    matching
}

fn whole_key(fields: &[(&'static str, Option<Shown>)]) -> Vec<String> {
    fields
        .iter()
        .map(|(_, shown)| shown.as_ref().map(|shown| shown.key.clone()).unwrap_or_default())
        .collect()
}

fn join<T, K: Ord>(matching: &mut Matching, old: &[T], new: &[T], key: impl Fn(&T) -> Option<K>) {
    matching.by_key(
        |index| old.get(index).and_then(&key),
        |index| new.get(index).and_then(&key),
    );
}

fn key(field: Option<&Field<String>>) -> Option<String> {
    field.map(|field| match_key(&field.value)).filter(|key| !key.is_empty())
}

fn number(field: Option<&Field<rust_decimal::Decimal>>) -> Option<rust_decimal::Decimal> {
    field.map(|field| field.value.normalize())
}
