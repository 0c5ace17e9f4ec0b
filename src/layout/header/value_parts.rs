//! One header over several columns, told apart by what stands below it: ≥ | 50 | 处 below 年度指标值, 1 | 场地数 below
//! 三级指标.

use super::super::lines::is_number_of_row;
use super::super::view::{RowView, SheetView};
use super::super::vocabulary::{IndicatorWord, RowWord, Vocabulary};
use super::indicators::{is_level_word, names_indicator};
use super::leaf::Leaf;
use crate::model::IndicatorField;
use crate::model::measure::{ColumnUnit, OperatorWord};

/// Rows looked at below a header.
const MOST_ROWS: usize = 12;

/// What stands in one column below a header of several.
struct Part {
    first: u32,
    are_signs: bool,
    are_units: bool,
    are_row_numbers: bool,
    /// Nothing but a number, and its sign.
    are_bare: bool,
    has_figures: bool,
}

impl Part {
    const fn new(first: u32) -> Self {
        Self {
            first,
            are_signs: true,
            are_units: true,
            are_row_numbers: true,
            are_bare: true,
            has_figures: false,
        }
    }

    fn take(&mut self, key: &str, unit_follows: bool) {
        let has_figure = key.contains(|c: char| c.is_ascii_digit());
        let is_bare = || key.chars().all(|c| c.is_ascii_digit() || ".≥≤<>=-".contains(c));
        self.are_signs &= OperatorWord::parse(key).is_some();
        self.are_units &= !has_figure && ColumnUnit::parse(key).is_some();
        self.are_row_numbers &= is_number_of_row(key);
        self.are_bare &= !has_figure || !unit_follows || is_bare();
        self.has_figures |= has_figure;
    }
}

/// Puts a header for each of its columns in the place of one whose columns hold signs, values and units, or numbers and
/// names. A header that is not merged reaches up to the next.
pub(super) fn divide_by_values(leaves: &mut Vec<Leaf<'_>>, below: &[RowView<'_>], view: &SheetView<'_>) {
    let mut units = Vec::new();
    let mut at = 0;
    while let Some(leaf) = leaves.get(at) {
        let last = reach(leaves, at);
        let words = leaf
            .word
            .filter(|_| last > leaf.first)
            .and_then(|word| words_of_parts(word, &parts_below(leaf.first, last, below, view), leaves));
        let Some(words) = words else {
            at += 1;
            continue;
        };
        let parts = leaf.divided(&words, last);
        let unit = parts
            .last()
            .filter(|part| matches!(part.word, Some(UNIT | IndicatorWord::Extra)));
        units.extend(unit.map(|unit| unit.first));
        let start = at;
        at += parts.len();
        leaves.splice(start..=start, parts);
    }
    // One unit holds for target and actual alike, or for neither.
    if let [of_target, of_actual] = *units
        && !are_alike(of_target, of_actual, below, view)
        && let Some(leaf) = leaves.iter_mut().find(|leaf| leaf.first == of_target)
    {
        leaf.word = Some(IndicatorWord::Extra);
    }
}

/// Returns whether two columns say the same in each row that has both.
fn are_alike(one: u32, other: u32, below: &[RowView<'_>], view: &SheetView<'_>) -> bool {
    below.iter().take(MOST_ROWS).all(|row| {
        let key_in = |column: u32| {
            let slot = row.own().find(|slot| slot.range.first.column == column);
            slot.filter(|slot| !view.is_placeholder(slot))
                .map(|slot| view.key(slot))
        };
        let keys = key_in(one).zip(key_in(other));
        keys.is_none_or(|(one, other)| one == other)
    })
}

/// Puts a header for each level in the place of one 绩效指标 over the columns of several, which begin with the name of a
/// level.
pub(super) fn divide_names(
    leaves: &mut Vec<Leaf<'_>>,
    below: &[RowView<'_>],
    view: &SheetView<'_>,
    vocabulary: &Vocabulary,
) {
    use IndicatorField::{Level1, Level2, Level3};
    let is_level = |leaf: &Leaf<'_>| {
        [Level1, Level2, Level3]
            .into_iter()
            .any(|level| leaf.word == Some(IndicatorWord::Column(level)))
    };
    if leaves.iter().any(is_level) {
        return;
    }
    let Some(at) = leaves.iter().position(names_indicator) else {
        return;
    };
    let Some(leaf) = leaves.get(at) else { return };
    let last = reach(leaves, at);
    let first_name = || {
        let mut rows = below.iter();
        rows.find_map(|row| row.own().find(|slot| slot.range.first.column == leaf.first))
    };
    if last == leaf.first || !first_name().is_some_and(|slot| vocabulary.is_level_name(view.text(slot))) {
        return;
    }
    let parts = parts_below(leaf.first, last, below, view);
    let has_name = leaves.iter().any(|leaf| leaf.word.is_some_and(is_level_word));
    let levels: &[IndicatorField] = match (parts.len(), has_name) {
        (2, true) => &[Level1, Level2],
        (3, false) => &[Level1, Level2, Level3],
        _ => return,
    };
    let words = parts.iter().zip(levels);
    let words: Vec<(u32, IndicatorWord)> = words
        .map(|(part, level)| (part.first, IndicatorWord::Column(*level)))
        .collect();
    let parts = leaf.divided(&words, last);
    leaves.splice(at..=at, parts);
}

/// Returns the last column that a header reaches to: its own, or the one before the next header.
fn reach(leaves: &[Leaf<'_>], at: usize) -> u32 {
    let own = leaves.get(at).map_or(0, |leaf| leaf.last);
    let next = leaves.get(at + 1);
    next.map_or(own, |next| own.max(next.first.saturating_sub(1)))
}

const SIGN: IndicatorWord = IndicatorWord::Column(IndicatorField::Operator);
const UNIT: IndicatorWord = IndicatorWord::Column(IndicatorField::MeasureUnit);

/// Returns what the columns below a header hold; `None` where they are not told apart.
fn words_of_parts(word: IndicatorWord, parts: &[Part], leaves: &[Leaf<'_>]) -> Option<Vec<(u32, IndicatorWord)>> {
    use IndicatorField::{Actual, Target};
    let is_free = |wanted: IndicatorWord| leaves.iter().all(|leaf| leaf.word != Some(wanted));
    let is_value = |part: &Part| part.has_figures && part.are_bare;
    match (word, parts) {
        (level, [number, name]) if is_level_word(level) && number.are_row_numbers && !name.are_row_numbers => {
            Some(vec![(number.first, IndicatorWord::Ordinal), (name.first, level)])
        }
        (IndicatorWord::Column(Target), [sign, value, unit])
            if sign.are_signs && is_value(value) && unit.are_units && is_free(SIGN) && is_free(UNIT) =>
        {
            Some(vec![(sign.first, SIGN), (value.first, word), (unit.first, UNIT)])
        }
        (IndicatorWord::Column(Target), [sign, value]) if sign.are_signs && value.has_figures && is_free(SIGN) => {
            Some(vec![(sign.first, SIGN), (value.first, word)])
        }
        (IndicatorWord::Column(Target), [value, unit]) if is_value(value) && unit.are_units && is_free(UNIT) => {
            Some(vec![(value.first, word), (unit.first, UNIT)])
        }
        (IndicatorWord::Column(Actual), [sign, value, unit]) if sign.are_signs && is_value(value) && unit.are_units => {
            let kept = IndicatorWord::Extra;
            Some(vec![(sign.first, kept), (value.first, word), (unit.first, kept)])
        }
        (IndicatorWord::Column(Actual), [sign, value]) if sign.are_signs && value.has_figures => {
            Some(vec![(sign.first, IndicatorWord::Extra), (value.first, word)])
        }
        (IndicatorWord::Column(Actual), [value, unit]) if is_value(value) && unit.are_units => {
            Some(vec![(value.first, word), (unit.first, IndicatorWord::Extra)])
        }
        _ => None,
    }
}

/// Returns what stands in the columns from one to another in the rows below a header, up to the total.
fn parts_below(first: u32, last: u32, below: &[RowView<'_>], view: &SheetView<'_>) -> Vec<Part> {
    /// A sign, a value and a unit, and one more to be told from them.
    const MOST: usize = 4;
    let mut parts: Vec<Part> = Vec::new();
    let is_inside = |column: u32| first <= column && column <= last;
    for row in below.iter().take(MOST_ROWS) {
        if row.own().any(|slot| view.is(slot, RowWord::Total)) {
            break;
        }
        let slots = row.own().filter(|slot| !view.is_placeholder(slot));
        let mut slots = slots.filter(|slot| is_inside(slot.range.first.column)).peekable();
        while let Some(slot) = slots.next() {
            let column = slot.range.first.column;
            let at = parts.partition_point(|part| part.first < column);
            if parts.get(at).is_none_or(|part| part.first != column) {
                parts.insert(at, Part::new(column));
            }
            if parts.len() > MOST || slot.range.last.column > last {
                return Vec::new();
            }
            let unit_follows = slots.peek().is_some();
            if let Some(part) = parts.get_mut(at) {
                part.take(view.key(slot), unit_follows);
            }
        }
    }
    if let Some(part) = parts.first_mut() {
        part.first = first;
    }
    parts
}
