//! The header of an indicator block, in one row or two, with typing errors mended.

use super::super::view::{RowView, SheetView, Slot};
use super::super::vocabulary::{IndicatorWord, RowWord, Vocabulary};
use super::IndicatorHeader;
use super::leaf::{Leaf, second_header_row};
use super::roles::assign_roles;
use super::value_parts::{divide_by_values, divide_names};
use super::years::tell_years;
use crate::model::IndicatorField;
use crate::text::keys::header_key;

/// Reads the row at `index` as the header of an indicator block: at least one level (or 指标名称) and two of
/// target, actual, weight, score and reason.
pub(in crate::layout) fn indicator_header(
    view: &SheetView<'_>,
    index: usize,
    vocabulary: &Vocabulary,
) -> Option<IndicatorHeader> {
    let row = view.rows.get(index)?;
    // Most rows are no header and are told by having no word of one.
    let is_header_word = |slot: &Slot| {
        view.meanings(slot)
            .indicator
            .is_some_and(|word| word != IndicatorWord::Other)
    };
    if !row.own().any(is_header_word) {
        return None;
    }
    let mut leaves: Vec<Leaf<'_>> = row
        .own()
        .map(|slot| Leaf::new(view, slot, view.meanings(slot).indicator))
        .collect();
    let above = view.rows.get(..index).unwrap_or_default();
    tell_years(&mut leaves, above, view, vocabulary);
    tell_kinds(
        &mut leaves,
        view.rows.get(index + 1..).unwrap_or_default(),
        view,
        vocabulary,
    );
    leave_margin(&mut leaves, row.row);
    let mut rows = 1;
    if let Some(below) = second_header_row(view, index, &leaves, vocabulary) {
        rows = 2;
        leaves.retain(|leaf| !below.iter().any(|sub| leaf.first <= sub.last && sub.first <= leaf.last));
        leaves.extend(below);
        leaves.sort_by_key(|leaf| leaf.first);
    }
    mend_typos(&mut leaves, vocabulary);
    if rows > 1 {
        tell_years(&mut leaves, above, view, vocabulary);
    }
    let below = view.rows.get(index + rows..).unwrap_or_default();
    divide_names(&mut leaves, below, view, vocabulary);
    if !makes_header(leaves.iter().filter_map(|leaf| leaf.word)) && !names_indicators(&mut leaves, row.row) {
        return None;
    }
    leave_out_beside(&mut leaves);
    divide_by_values(&mut leaves, below, view);
    let (columns, guessed) = assign_roles(&leaves);
    Some(IndicatorHeader { columns, rows, guessed })
}

/// Takes 指标类型 for the 一级指标 where their names stand below it, in place of 正向 and 定性.
fn tell_kinds(leaves: &mut [Leaf<'_>], below: &[RowView<'_>], view: &SheetView<'_>, vocabulary: &Vocabulary) {
    let is_of_kind =
        |leaf: &Leaf<'_>| leaf.word == Some(IndicatorWord::Column(IndicatorField::Operator)) && leaf.key.contains("类");
    let has_level = leaves
        .iter()
        .any(|leaf| leaf.word == Some(IndicatorWord::Column(IndicatorField::Level1)));
    let Some(leaf) = leaves.iter_mut().find(|leaf| is_of_kind(leaf)).filter(|_| !has_level) else {
        return;
    };
    let first = below
        .iter()
        .take(3)
        .filter(|row| row.row > leaf.last_row)
        .find_map(|row| row.own().find(|slot| slot.range.first.column == leaf.first));
    if first.is_some_and(|slot| vocabulary.is_level_name(view.text(slot))) {
        leaf.word = Some(IndicatorWord::Column(IndicatorField::Level1));
        leaf.guessed = Some("一级指标".to_owned());
    }
}

/// Takes the heading of the block to the left of the levels for no header: 绩效指标完成情况, merged down beside all rows.
fn leave_margin(leaves: &mut [Leaf<'_>], row: u32) {
    let Some(levels) = leaves.iter().position(|leaf| leaf.word.is_some_and(is_level_word)) else {
        return;
    };
    for leaf in leaves.iter_mut().take(levels) {
        if leaf.meanings.is(RowWord::Block) || leaf.last_row > row.saturating_add(1) {
            leaf.word = None;
        }
    }
}

/// Leaves out what stands to the right of the known headers behind an empty column: it is beside the table.
fn leave_out_beside(leaves: &mut Vec<Leaf<'_>>) {
    let known = leaves.iter().rposition(|leaf| leaf.word.is_some());
    let mut end = known.and_then(|at| leaves.get(at)).map_or(0, |leaf| leaf.last);
    let beside = (known.map_or(0, |at| at + 1)..leaves.len()).find(|at| {
        let Some(leaf) = leaves.get(*at) else { return true };
        let is_beside = leaf.first > end.saturating_add(1);
        end = leaf.last;
        is_beside
    });
    leaves.truncate(beside.unwrap_or(leaves.len()));
}

/// So many headers make a row a header whatever else stands in it.
pub(super) const SURE_WITHOUT: usize = 3;

pub(super) fn is_level_word(word: IndicatorWord) -> bool {
    use IndicatorField::{Level1, Level2, Level3};
    matches!(
        word,
        IndicatorWord::Name | IndicatorWord::Content | IndicatorWord::Column(Level1 | Level2 | Level3)
    )
}

/// Columns of figures or reasons.
const FIGURES: [IndicatorField; 6] = [
    IndicatorField::Target,
    IndicatorField::Actual,
    IndicatorField::Weight,
    IndicatorField::Score,
    IndicatorField::ReviewScore,
    IndicatorField::Reason,
];

/// Returns whether headers name a level and two columns of figures or reasons, or several levels and one such column
/// (points in the names and a 得分 beside them).
pub(super) fn makes_header(words: impl Iterator<Item = IndicatorWord>) -> bool {
    let mut seen = [false; 6];
    let mut either = 0;
    let mut levels = 0;
    for word in words {
        either += usize::from(matches!(word, IndicatorWord::Points | IndicatorWord::PlannedOrDone));
        levels += usize::from(is_level_word(word));
        for (column, seen) in FIGURES.into_iter().zip(&mut seen) {
            *seen |= word == IndicatorWord::Column(column);
        }
    }
    let figures = seen.into_iter().filter(|seen| *seen).count() + either;
    (figures >= 2 && levels >= 1) || (figures == 1 && levels >= 3)
}

/// Returns whether a header is a bare 绩效指标 or 指标.
pub(super) fn names_indicator(leaf: &Leaf<'_>) -> bool {
    const NAMES: [&str; 7] = [
        "指标",
        "绩效指标",
        "评价指标",
        "考核指标",
        "自评指标",
        "绩效评价指标",
        "绩效考核指标",
    ];
    NAMES.contains(&&*header_key(leaf.key))
}

/// Takes a bare 绩效指标 or 指标 for the column of names, in a row that is a header but for that; whether it did.
///
/// In the margin it heads the block and is merged down beside it.
fn names_indicators(leaves: &mut [Leaf<'_>], row: u32) -> bool {
    let is_name = |leaf: &Leaf<'_>| leaf.last_row == row && leaf.first == leaf.last && names_indicator(leaf);
    let Some(at) = leaves.iter().position(is_name) else {
        return false;
    };
    // One more figure than beside a name that is called so.
    let has = |column: &&IndicatorField| {
        leaves
            .iter()
            .any(|leaf| leaf.word == Some(IndicatorWord::Column(**column)))
    };
    let is_sure = FIGURES.iter().filter(has).count() >= SURE_WITHOUT;
    if is_sure && let Some(leaf) = leaves.get_mut(at) {
        leaf.word = Some(IndicatorWord::Name);
        leaf.guessed = Some("指标名称".to_owned());
    }
    is_sure
}

/// Takes headers with one wrong character for what they stand for, in a row that is a header without them.
fn mend_typos(leaves: &mut [Leaf<'_>], vocabulary: &Vocabulary) {
    let known = leaves.iter().filter(|leaf| leaf.word.is_some()).count();
    if known < SURE_WITHOUT || known == leaves.len() {
        return;
    }
    for index in 0..leaves.len() {
        let Some(leaf) = leaves.get(index).filter(|leaf| leaf.word.is_none()) else {
            continue;
        };
        // 绩效指标 in the margin is one character from 绩效指标值.
        if leaf.meanings.is(RowWord::Block) {
            continue;
        }
        let Some((word, wording)) = vocabulary.indicator_typo(leaf.key) else {
            continue;
        };
        let before = index.checked_sub(1).and_then(|before| leaves.get(before)?.word);
        let is_level_weight =
            word == IndicatorWord::Column(IndicatorField::Weight) && before.is_some_and(is_level_word);
        if !is_level_weight
            && leaves
                .iter()
                .any(|known| known.word == Some(word) && known.reviewer == leaf.reviewer)
        {
            continue;
        }
        if let Some(leaf) = leaves.get_mut(index) {
            leaf.guessed = Some(wording.to_owned());
            leaf.word = Some(word);
        }
    }
}
