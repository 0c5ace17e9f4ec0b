//! One header cell with its meaning, and the second row of headers that divides those above it.

use std::collections::BTreeSet;

use super::super::view::{SheetView, Slot};
use super::super::vocabulary::{IndicatorWord, Meanings, RowWord, Vocabulary};
use super::indicators::is_level_word;
use super::years::{is_year_of_value, turn_other_years};
use crate::grid::CellAddress;
use crate::model::IndicatorField;
use crate::text::keys::header_key;
use crate::text::own_markers::kept_label;
use crate::text::words::{Word, any_in, words};

#[derive(Clone)]
pub(super) struct Leaf<'v> {
    pub first: u32,
    pub last: u32,
    pub cell: CellAddress,
    pub text: &'v str,
    pub key: &'v str,
    pub meanings: Meanings,
    pub word: Option<IndicatorWord>,
    /// The last row that it is merged down to.
    pub last_row: u32,
    /// The head over it, where that is a reviewer's.
    pub reviewer: Option<&'v str>,
    /// The wording that it was taken for, where it has a slip of the pen.
    pub guessed: Option<String>,
}

impl<'v> Leaf<'v> {
    pub(super) fn new(view: &'v SheetView<'_>, slot: &Slot, word: Option<IndicatorWord>) -> Self {
        let kept = kept_label(view.text(slot));
        Self {
            first: slot.range.first.column,
            last: slot.range.last.column,
            cell: slot.range.first,
            text: kept.unwrap_or(view.text(slot)),
            key: view.key(slot),
            meanings: view.meanings(slot),
            word: kept.map_or(word, |_| Some(IndicatorWord::Extra)),
            last_row: slot.range.last.row,
            reviewer: None,
            guessed: None,
        }
    }

    /// Returns it once for each of these first columns, with what each holds. All keep its cell but those of a level or a
    /// unit, which have a place of their own to the right.
    pub(super) fn divided(&self, words: &[(u32, IndicatorWord)], last: u32) -> Vec<Self> {
        let ends = words.iter().skip(1).map(|(first, _)| first.saturating_sub(1));
        let parts = words.iter().zip(ends.chain([last]));
        parts
            .map(|((first, word), last)| {
                let mut part = self.clone();
                (part.first, part.last, part.word) = (*first, last, Some(*word));
                let is_new_level = is_level_word(*word) && self.word != Some(*word);
                if is_new_level || *word == IndicatorWord::Column(IndicatorField::MeasureUnit) {
                    part.cell.column = *first;
                }
                part
            })
            .collect()
    }
}

/// Returns the row below, when it only divides spanning headers of the row above (年度指标值 over 指标性质, 指标值,
/// 度量单位).
///
/// Headers merged down, or repeated, show what is not divided; where all others are, the cells below are headers whatever
/// they say. Without either every cell of the row below must be a header, some head must stand over several of them, and
/// another over none; or all must be texts below one head, where an indicator has none of its own.
pub(super) fn second_header_row<'v>(
    view: &'v SheetView<'_>,
    index: usize,
    above: &[Leaf<'v>],
    vocabulary: &Vocabulary,
) -> Option<Vec<Leaf<'v>>> {
    let upper = view.rows.get(index)?;
    let lower = view.rows.get(index + 1)?;
    let reaches_down = upper.own().any(|slot| slot.range.last.row >= lower.row);
    if !reaches_down && lower.row > upper.row + 2 {
        return None;
    }
    let parent_of = |slot: &Slot| {
        let position = above
            .partition_point(|leaf| leaf.first <= slot.range.first.column)
            .checked_sub(1)?;
        // An unmerged head spans the blanks to its right.
        let next = above.get(position + 1).map_or(u32::MAX, |leaf| leaf.first);
        Some((position, above.get(position)?, next))
    };
    let repeats = |slot: &Slot| {
        parent_of(slot).is_some_and(|(_, parent, _)| {
            parent.first == slot.range.first.column && parent.key == view.key(slot) && parent.word.is_some()
        })
    };
    let shown = reaches_down || lower.own().any(repeats);
    let mut below = Vec::new();
    let mut divided: Vec<usize> = Vec::new();
    for slot in lower.own().filter(|slot| !repeats(slot)) {
        let (position, parent, next) = parent_of(slot)?;
        let spans = if shown {
            slot.range.last.column <= parent.last && parent.last > parent.first
        } else {
            slot.range.last.column < next
        };
        if !spans {
            return None;
        }
        divided.push(position);
        below.push(part_of(parent, view, slot, vocabulary));
    }
    let heads: Vec<Option<&str>> = divided
        .iter()
        .map(|position| above.get(*position).map(|head| head.key))
        .collect();
    turn_other_years(&mut below, &heads, view.rows.get(..index).unwrap_or_default(), view);
    keep_one_value(&mut below, &divided, vocabulary);
    keep_options(&mut below, &divided);
    take_average(&mut below, &divided, above);
    let known = below.iter().filter(|leaf| leaf.word.is_some()).count();
    // Where the heads stand that are divided, and those that are printed again below.
    let below_heads: BTreeSet<u32> = divided
        .iter()
        .filter_map(|position| above.get(*position))
        .map(|leaf| leaf.first)
        .chain(
            lower
                .own()
                .filter(|slot| repeats(slot))
                .map(|slot| slot.range.first.column),
        )
        .collect();
    let is_shown_whole =
        |slot: &Slot| slot.range.last.row >= lower.row || below_heads.contains(&slot.range.first.column);
    let heads_are_known = divided
        .iter()
        .all(|position| above.get(*position).is_some_and(|leaf| leaf.word.is_some()));
    let is_header = if shown {
        let mut known_heads = upper.own().filter(|slot| view.meanings(slot).indicator.is_some());
        let is_certain = heads_are_known && known_heads.all(is_shown_whole);
        !below.is_empty() && (is_certain || known * 2 >= below.len())
    } else {
        let over_several = divided
            .windows(2)
            .any(|pair| matches!(pair, [one, other] if one == other));
        let over_none = (0..above.len()).any(|position| {
            !divided.contains(&position) && above.get(position).is_some_and(|leaf| leaf.word.is_some())
        });
        let is_one_head = divided.iter().all(|position| divided.first() == Some(position));
        let is_level = |position: &usize| {
            above
                .get(*position)
                .and_then(|leaf| leaf.word)
                .is_some_and(is_level_word)
        };
        let all_texts = || {
            lower
                .own()
                .all(|slot| view.cell(slot).is_some_and(|cell| cell.number().is_none()))
        };
        let can_but_head = known > 0 && is_one_head && heads_are_known && !divided.iter().any(is_level) && all_texts();
        (known == below.len() || can_but_head) && over_several && over_none
    };
    is_header.then_some(below)
}

/// Returns a header below a head that it divides: of its own meaning, or one half of the head's (得分 over 自评 and
/// 复核).
fn part_of<'v>(head: &Leaf<'v>, view: &'v SheetView<'_>, slot: &Slot, vocabulary: &Vocabulary) -> Leaf<'v> {
    let meanings = view.meanings(slot);
    let own = meanings.indicator;
    if meanings.is(RowWord::Review) && head.word.is_some() {
        let mut leaf = Leaf::new(view, slot, head.word);
        leaf.reviewer = Some(std::mem::replace(&mut leaf.text, head.text));
        return leaf;
    }
    let whole = || {
        let whole = format!("{}{}", header_key(view.key(slot)), header_key(head.key));
        vocabulary.meanings(&whole).indicator
    };
    let word = match (head.word, own) {
        // 年度指标值 over 年初值 and 调整后.
        (Some(IndicatorWord::Column(IndicatorField::Target)), None | Some(IndicatorWord::AdjustedValue))
            if whole() == Some(IndicatorWord::AdjustedTarget) =>
        {
            Some(IndicatorWord::AdjustedTarget)
        }
        // 指标值 over 2023年 and 2024年.
        (Some(head), None | Some(IndicatorWord::Other)) if is_year_of_value(view.key(slot), head) => Some(head),
        // 上年 over 指标值 and 完成值: what stands below is of that year.
        (_, Some(IndicatorWord::Column(_) | IndicatorWord::PlannedOrDone | IndicatorWord::Points))
            if vocabulary.turns(head.key) =>
        {
            Some(IndicatorWord::Other)
        }
        (Some(IndicatorWord::Column(_)), None | Some(IndicatorWord::Other | IndicatorWord::Perhaps(_)))
        | (Some(IndicatorWord::Column(_)), Some(IndicatorWord::Content | IndicatorWord::Name))
            if inherits(view.key(slot), meanings, vocabulary) =>
        {
            head.word
        }
        // 指标值 over 目标 and 实际, 完成值 over 半年 and 全年.
        (Some(IndicatorWord::Column(IndicatorField::Target | IndicatorField::Actual)), None) if whole().is_some() => {
            whole()
        }
        // 一级指标 over 名称 and 权重.
        (Some(level), _)
            if is_level_word(level) && matches!(&*header_key(view.key(slot)), "名称" | "指标名称" | "内容") =>
        {
            head.word
        }
        (Some(IndicatorWord::Column(column)), _) if meanings.is(RowWord::SelfReview) => {
            Some(IndicatorWord::Column(column))
        }
        // 年度 over 目标值, 自评 over 得分, 实际 over 数值.
        (None | Some(IndicatorWord::Other), None) => {
            let whole = format!("{}{}", header_key(head.key), header_key(view.key(slot)));
            vocabulary.meanings(&whole).indicator
        }
        _ => own,
    };
    let mut leaf = Leaf::new(view, slot, word);
    if head.meanings.is(RowWord::Review) {
        leaf.reviewer = Some(head.text);
    }
    leaf
}

/// Returns whether a header below a column's says nothing but that its value stands there.
fn inherits(key: &str, meanings: Meanings, vocabulary: &Vocabulary) -> bool {
    vocabulary.is_bare_value(key) || meanings.indicator == Some(IndicatorWord::Perhaps(IndicatorField::Target))
}

/// What is ticked below 完成情况 is kept beside the indicator: 完成, 部分完成, 未完成.
fn keep_options(below: &mut [Leaf<'_>], divided: &[usize]) {
    const OPTIONS: [&str; 16] = [
        "完成",
        "未完成",
        "部分完成",
        "已完成",
        "基本完成",
        "全部完成",
        "没有完成",
        "超额完成",
        "是",
        "否",
        "达标",
        "未达标",
        "达成",
        "未达成",
        "达到",
        "未达到",
    ];
    let is_option = |leaf: &Leaf<'_>| OPTIONS.contains(&&*header_key(leaf.key));
    // Those below one head follow each other.
    let mut rest = below;
    for group in divided.chunk_by(|one, other| one == other) {
        let Some((here, behind)) = rest.split_at_mut_checked(group.len()) else {
            return;
        };
        if here.len() > 1 && here.iter().all(is_option) {
            for leaf in here {
                leaf.word = Some(IndicatorWord::Extra);
            }
        }
        rest = behind;
    }
}

/// Takes the 平均分 of several scores below one head for the score; each of the others is kept beside it.
fn take_average(below: &mut [Leaf<'_>], divided: &[usize], above: &[Leaf<'_>]) {
    const SCORE: Option<IndicatorWord> = Some(IndicatorWord::Column(IndicatorField::Score));
    let mut rest = below;
    for group in divided.chunk_by(|one, other| one == other) {
        let Some((here, behind)) = rest.split_at_mut_checked(group.len()) else {
            return;
        };
        rest = behind;
        let of_score = group.first().and_then(|head| above.get(*head));
        let is_average = |leaf: &Leaf<'_>| leaf.word != SCORE && leaf.key.contains("平均");
        let averages = here.iter().filter(|leaf| is_average(leaf)).count();
        if averages != 1 || of_score.is_none_or(|head| head.word != SCORE) || here.iter().any(|leaf| leaf.word == SCORE)
        {
            continue;
        }
        for leaf in here {
            leaf.word = if is_average(leaf) {
                SCORE
            } else {
                Some(IndicatorWord::Extra)
            };
        }
    }
}

/// Of several values below one head the first figure holds, 内容 only where no other does; the rest is kept beside it.
fn keep_one_value(below: &mut [Leaf<'_>], divided: &[usize], vocabulary: &Vocabulary) {
    const CONTENT: [Word; 2] = words!["内容", "描述"];
    let is_content = |leaf: &Leaf<'_>| any_in(&header_key(leaf.key), &CONTENT);
    for at in 0..below.len() {
        let Some(leaf) = below.get(at) else { continue };
        let (word, head) = (leaf.word, divided.get(at));
        if !is_content(leaf) || !vocabulary.is_bare_value(leaf.key) {
            continue;
        }
        let has_figure = below
            .iter()
            .zip(divided)
            .any(|(other, of)| Some(of) == head && other.word == word && other.cell != leaf.cell && !is_content(other));
        if has_figure && let Some(leaf) = below.get_mut(at) {
            leaf.word = Some(IndicatorWord::Extra);
        }
    }
}
