//! Header rows: which row names the columns of the indicator block or the fund block, and what each column means.

use std::collections::BTreeSet;

use super::reading::{FundColumn, IndicatorColumn};
use super::text::{header_key, joined_label, points_in_header};
use super::view::{RowView, SheetView, Slot};
use super::vocabulary::{FundWord, IndicatorWord, RowWord, Vocabulary};
use crate::grid::CellAddress;
use rust_decimal::Decimal;

/// What a physical column of the indicator block holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ColumnRole {
    /// A column of the model.
    Column(IndicatorColumn),
    /// The weight of the 一级 or 二级 beside it, in its own column.
    LevelWeight(IndicatorColumn),
    /// 调整指标值 beside a target.
    AdjustedTarget,
    /// Kept beside the indicator under its header.
    Extra,
    /// Row numbers.
    Ordinal,
    /// Written by this program.
    Derived,
    /// Left of the levels: the block's own heading, which may be merged down or repeated.
    Margin,
    /// A header that is not known.
    Unknown,
}

/// One header with the physical columns under it.
#[derive(Debug, Clone)]
pub(super) struct HeaderColumn<R> {
    pub first: u32,
    pub last: u32,
    pub role: R,
    pub cell: CellAddress,
    pub text: String,
}

impl<R> HeaderColumn<R> {
    fn overlaps(&self, slot: &Slot) -> bool {
        self.first <= slot.range.last.column && slot.range.first.column <= self.last
    }
}

/// The header of an indicator block; `rows` view rows long (one or two).
#[derive(Debug, Clone)]
pub(super) struct IndicatorHeader {
    pub columns: Vec<HeaderColumn<ColumnRole>>,
    pub rows: usize,
    /// Headers with a wrong character, each with the wording that it stands for.
    pub typos: Vec<(CellAddress, String, String)>,
}

impl IndicatorHeader {
    /// The header of a column of the model.
    pub(super) fn column(&self, column: IndicatorColumn) -> Option<&HeaderColumn<ColumnRole>> {
        self.columns
            .iter()
            .find(|header| header.role == ColumnRole::Column(column))
    }

    /// Whether the block says what was achieved; without it the table is a plan.
    pub(super) fn is_evaluation(&self) -> bool {
        [
            IndicatorColumn::Actual,
            IndicatorColumn::Score,
            IndicatorColumn::ReviewScore,
        ]
        .iter()
        .any(|column| self.column(*column).is_some())
    }

    /// The first physical column of the levels.
    pub(super) fn first_level_column(&self) -> u32 {
        self.columns
            .iter()
            .filter(|header| is_level(header.role))
            .map(|header| header.first)
            .min()
            .unwrap_or_default()
    }

    /// The last physical column of the levels.
    pub(super) fn last_level_column(&self) -> u32 {
        self.columns
            .iter()
            .filter(|header| is_level(header.role))
            .map(|header| header.last)
            .max()
            .unwrap_or_default()
    }

    /// Whether another header names the same roles in the same columns.
    pub(super) fn repeats(&self, other: &Self) -> bool {
        let roles = |header: &Self| -> Vec<(u32, ColumnRole)> {
            header
                .columns
                .iter()
                .map(|column| (column.first, column.role))
                .collect()
        };
        roles(self) == roles(other)
    }
}

fn is_level(role: ColumnRole) -> bool {
    matches!(
        role,
        ColumnRole::Column(IndicatorColumn::Level1 | IndicatorColumn::Level2 | IndicatorColumn::Level3)
    )
}

/// The column, of columns from left to right, under whose header a slot stands: the one that holds its first column, else the first it overlaps.
pub(super) fn column_of<'h, R>(columns: &'h [HeaderColumn<R>], slot: &Slot) -> Option<&'h HeaderColumn<R>> {
    let after = columns.partition_point(|column| column.first <= slot.range.first.column);
    let before = after.checked_sub(1).and_then(|position| columns.get(position));
    before
        .filter(|column| column.overlaps(slot))
        .or_else(|| columns.get(after).filter(|column| column.overlaps(slot)))
}

/// Reads the row at `index` as the header of an indicator block: at least one level (or 指标名称) and two of
/// target, actual, weight, score and reason.
pub(super) fn indicator_header(view: &SheetView<'_>, index: usize, vocabulary: &Vocabulary) -> Option<IndicatorHeader> {
    let row = view.rows.get(index)?;
    let mut leaves: Vec<Leaf> = row
        .own()
        .map(|slot| Leaf::new(view, slot, vocabulary.indicator_header(view.key(slot))))
        .collect();
    if !leaves.iter().any(|leaf| leaf.word.is_some()) {
        return None;
    }
    let mut rows = 1;
    if let Some(below) = second_header_row(view, index, &leaves, vocabulary) {
        rows = 2;
        leaves.retain(|leaf| !below.iter().any(|sub| leaf.first <= sub.last && sub.first <= leaf.last));
        leaves.extend(below);
        leaves.sort_by_key(|leaf| leaf.first);
    }
    let typos = mend_typos(&mut leaves, vocabulary);
    if !makes_header(leaves.iter().filter_map(|leaf| leaf.word)) {
        return None;
    }
    Some(IndicatorHeader {
        columns: assign_roles(&leaves),
        rows,
        typos,
    })
}

/// The columns of one indicator header in its row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct HeaderExtent {
    /// View row.
    pub index: usize,
    /// First physical column with a known header.
    pub first: u32,
    /// Last physical column with a known header.
    pub last: u32,
}

/// Where the indicator headers stand, several in one row counted singly: a header begins anew where a level is
/// named that was named before.
pub(super) fn header_extents(view: &SheetView<'_>, vocabulary: &Vocabulary) -> Vec<HeaderExtent> {
    let mut found = Vec::new();
    for (index, row) in view.rows.iter().enumerate() {
        let words = row_words(view, row, vocabulary);
        let extent = |words: &[(IndicatorWord, &Slot)]| {
            let (first, last) = (words.first()?.1, words.last()?.1);
            Some(HeaderExtent {
                index,
                first: first.range.first.column,
                last: last.range.last.column,
            })
        };
        let mut begin = 0;
        // Headers of the table at hand up to the first level named behind them, and those from there on.
        let mut named = BTreeSet::new();
        let mut next = None;
        let mut named_next = BTreeSet::new();
        for (at, (word, _)) in words.iter().enumerate() {
            if next.is_none() && is_level_word(*word) && makes_header(named.iter().copied()) {
                next = Some(at);
            }
            match next {
                Some(start) if is_level_word(*word) && named.contains(word) => {
                    found.extend(extent(words.get(begin..start).unwrap_or_default()));
                    begin = start;
                    next = None;
                    named = std::mem::take(&mut named_next);
                    named.insert(*word);
                }
                Some(_) => {
                    named_next.insert(*word);
                }
                None => {
                    named.insert(*word);
                }
            }
        }
        named.append(&mut named_next);
        if makes_header(named.into_iter()) {
            found.extend(extent(words.get(begin..).unwrap_or_default()));
        }
    }
    found
}

/// The known headers of a row, in a row of several also those with a wrong character.
fn row_words<'r>(view: &SheetView<'_>, row: &'r RowView, vocabulary: &Vocabulary) -> Vec<(IndicatorWord, &'r Slot)> {
    let known: Vec<(IndicatorWord, &Slot)> = row
        .own()
        .filter_map(|slot| Some((vocabulary.indicator_header(view.key(slot))?, slot)))
        .collect();
    if known.len() < SURE_WITHOUT {
        return known;
    }
    row.own()
        .filter_map(|slot| {
            let key = view.key(slot);
            let mended = || {
                vocabulary
                    .indicator_typo(key)
                    .map(|(word, _)| word)
                    .filter(|word| is_level_word(*word))
            };
            Some((vocabulary.indicator_header(key).or_else(mended)?, slot))
        })
        .collect()
}

/// So many headers make a row a header whatever else stands in it.
const SURE_WITHOUT: usize = 3;

fn is_level_word(word: IndicatorWord) -> bool {
    use IndicatorColumn::{Level1, Level2, Level3};
    matches!(
        word,
        IndicatorWord::Name | IndicatorWord::Content | IndicatorWord::Column(Level1 | Level2 | Level3)
    )
}

/// Whether headers name a level and two columns of figures or reasons, or several levels and one such column (points
/// in the names and a 得分 beside them).
fn makes_header(words: impl Iterator<Item = IndicatorWord>) -> bool {
    use IndicatorColumn::{Actual, Reason, ReviewScore, Score, Target, Weight};
    let words: Vec<IndicatorWord> = words.collect();
    let figures = [Target, Actual, Weight, Score, ReviewScore, Reason]
        .into_iter()
        .filter(|column| words.contains(&IndicatorWord::Column(*column)))
        .count();
    let levels = words.iter().filter(|word| is_level_word(**word)).count();
    (figures >= 2 && levels >= 1) || (figures == 1 && levels >= 3)
}

/// Takes headers with one wrong character for what they stand for, in a row that is a header without them.
fn mend_typos(leaves: &mut [Leaf], vocabulary: &Vocabulary) -> Vec<(CellAddress, String, String)> {
    let known = leaves.iter().filter(|leaf| leaf.word.is_some()).count();
    if known < SURE_WITHOUT || known == leaves.len() {
        return Vec::new();
    }
    let mut mended = Vec::new();
    for index in 0..leaves.len() {
        let Some(leaf) = leaves.get(index).filter(|leaf| leaf.word.is_none()) else {
            continue;
        };
        // 绩效指标 in the margin is one character from 绩效指标值.
        if vocabulary.is_row_label(&leaf.key, RowWord::Block) {
            continue;
        }
        let Some((word, wording)) = vocabulary.indicator_typo(&leaf.key) else {
            continue;
        };
        let before = index.checked_sub(1).and_then(|before| leaves.get(before)?.word);
        let is_level_weight =
            word == IndicatorWord::Column(IndicatorColumn::Weight) && before.is_some_and(is_level_word);
        if !is_level_weight
            && leaves
                .iter()
                .any(|known| known.word == Some(word) && known.reviewer == leaf.reviewer)
        {
            continue;
        }
        if let Some(leaf) = leaves.get_mut(index) {
            mended.push((leaf.cell, leaf.text.clone(), wording.to_owned()));
            leaf.word = Some(word);
        }
    }
    mended
}

struct Leaf {
    first: u32,
    last: u32,
    cell: CellAddress,
    text: String,
    key: String,
    word: Option<IndicatorWord>,
    /// The head over it, where that is a reviewer's.
    reviewer: Option<String>,
}

impl Leaf {
    fn new(view: &SheetView<'_>, slot: &Slot, word: Option<IndicatorWord>) -> Self {
        Self {
            first: slot.range.first.column,
            last: slot.range.last.column,
            cell: slot.range.first,
            text: view.text(slot).to_owned(),
            key: view.key(slot).to_owned(),
            word,
            reviewer: None,
        }
    }
}

/// The row below, when it only divides spanning headers of the row above (年度指标值 over 指标性质, 指标值, 度量单位).
///
/// Headers merged down, or repeated, show what is not divided. Without either every cell of the row below must be a
/// header, some head must stand over several of them, and another over none.
fn second_header_row(view: &SheetView<'_>, index: usize, above: &[Leaf], vocabulary: &Vocabulary) -> Option<Vec<Leaf>> {
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
    let known = below.iter().filter(|leaf| leaf.word.is_some()).count();
    let is_header = if shown {
        !below.is_empty() && known * 2 >= below.len()
    } else {
        let over_several = divided
            .windows(2)
            .any(|pair| matches!(pair, [one, other] if one == other));
        let over_none = (0..above.len()).any(|position| {
            !divided.contains(&position) && above.get(position).is_some_and(|leaf| leaf.word.is_some())
        });
        known == below.len() && over_several && over_none
    };
    is_header.then_some(below)
}

/// A header below a head that it divides: of its own meaning, or one half of the head's (得分 over 自评 and 复核).
fn part_of(head: &Leaf, view: &SheetView<'_>, slot: &Slot, vocabulary: &Vocabulary) -> Leaf {
    let key = view.key(slot);
    let own = vocabulary.indicator_header(key);
    if vocabulary.is_row_label(key, RowWord::Review) && head.word.is_some() {
        let mut leaf = Leaf::new(view, slot, head.word);
        leaf.reviewer = Some(std::mem::replace(&mut leaf.text, head.text.clone()));
        return leaf;
    }
    let is_half = header_key(key) == "值" || vocabulary.is_row_label(key, RowWord::SelfReview);
    let word = match head.word {
        Some(IndicatorWord::Column(column)) if is_half => Some(IndicatorWord::Column(column)),
        _ => own,
    };
    let mut leaf = Leaf::new(view, slot, word);
    if vocabulary.is_row_label(&head.key, RowWord::Review) {
        leaf.reviewer = Some(head.text.clone());
    }
    leaf
}

/// Gives every header its role, with what only the neighbours can tell.
fn assign_roles(leaves: &[Leaf]) -> Vec<HeaderColumn<ColumnRole>> {
    use IndicatorColumn::{Level1, Level2, Level3, Reason, Weight};
    let count = |column: IndicatorColumn| {
        leaves
            .iter()
            .filter(|l| l.word == Some(IndicatorWord::Column(column)))
            .count()
    };
    let several_weights = count(Weight) > 1;
    let has_reason = count(Reason) > 0;
    let has_level3 = count(Level3) > 0;
    let has_name = leaves.iter().any(|l| l.word == Some(IndicatorWord::Name));
    let has_target = count(IndicatorColumn::Target) > 0;
    let has_converted_score = leaves.iter().any(|l| l.word == Some(IndicatorWord::ConvertedScore));
    let first_known = leaves
        .iter()
        .find(|leaf| leaf.word.is_some())
        .map_or(0, |leaf| leaf.first);
    let mut taken: Vec<ColumnRole> = Vec::new();
    let mut previous = None;
    let mut columns = Vec::with_capacity(leaves.len());
    for leaf in leaves {
        let mut role = match leaf.word {
            Some(IndicatorWord::Column(IndicatorColumn::Score)) if leaf.reviewer.is_some() => {
                ColumnRole::Column(IndicatorColumn::ReviewScore)
            }
            Some(_) if leaf.reviewer.is_some() => ColumnRole::Extra,
            Some(IndicatorWord::Column(Weight)) if several_weights => match previous {
                Some(ColumnRole::Column(level @ (Level1 | Level2))) => ColumnRole::LevelWeight(level),
                _ => ColumnRole::Column(Weight),
            },
            Some(IndicatorWord::Column(IndicatorColumn::Score)) if has_converted_score => ColumnRole::Extra,
            Some(IndicatorWord::Column(column)) => ColumnRole::Column(column),
            Some(IndicatorWord::ConvertedScore) => ColumnRole::Column(IndicatorColumn::Score),
            Some(IndicatorWord::AdjustedTarget) if has_target => ColumnRole::AdjustedTarget,
            Some(IndicatorWord::AdjustedTarget) => ColumnRole::Column(IndicatorColumn::Target),
            Some(IndicatorWord::Name) if !has_level3 => ColumnRole::Column(Level3),
            Some(IndicatorWord::Content) if !has_level3 && !has_name => ColumnRole::Column(Level3),
            Some(IndicatorWord::Name | IndicatorWord::Content) => ColumnRole::Extra,
            // 备注 and 说明 hold the reasons where no other column does.
            Some(IndicatorWord::Extra)
                if !has_reason
                    && matches!(header_key(&leaf.key).as_str(), "备注" | "说明")
                    && !taken.contains(&ColumnRole::Column(Reason)) =>
            {
                ColumnRole::Column(Reason)
            }
            Some(IndicatorWord::Extra) => ColumnRole::Extra,
            Some(IndicatorWord::Ordinal) => ColumnRole::Ordinal,
            Some(IndicatorWord::Derived) => ColumnRole::Derived,
            None if leaf.last < first_known => ColumnRole::Margin,
            None => ColumnRole::Unknown,
        };
        let repeatable = matches!(
            role,
            ColumnRole::Margin | ColumnRole::Extra | ColumnRole::Ordinal | ColumnRole::Derived | ColumnRole::Unknown
        );
        if !repeatable && taken.contains(&role) {
            // A second score or target is kept under its header; a second level is of another table.
            role = if is_level(role) {
                ColumnRole::Unknown
            } else {
                ColumnRole::Extra
            };
        }
        taken.push(role);
        previous = Some(role);
        columns.push(HeaderColumn {
            first: leaf.first,
            last: leaf.last,
            role,
            cell: leaf.cell,
            text: match &leaf.reviewer {
                Some(reviewer) => joined_label(reviewer, &leaf.text),
                None => leaf.text.clone(),
            },
        });
    }
    columns
}

/// What a physical column of the fund block holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum FundRole {
    /// A column of the model.
    Column(FundColumn),
    /// Kept beside the table under its header.
    Extra,
    /// A source of money whose budget stands below it: 中央资金 beside 地方资金.
    Source,
    /// Row numbers.
    Ordinal,
    /// Written by this program.
    Derived,
}

/// The header of a fund block.
#[derive(Debug, Clone)]
pub(super) struct FundHeader {
    pub columns: Vec<HeaderColumn<FundRole>>,
    /// Points that a header carries in place of a 分值 column: 得分(20分*执行率).
    pub points: Option<(CellAddress, String, Decimal)>,
    /// Fund rows of the table above this header.
    pub rows_above: usize,
}

impl FundHeader {
    /// This header with the row below it, which divides some of its columns.
    pub(super) fn divided_by(mut self, below: Self) -> Self {
        self.columns.retain(|column| {
            !below
                .columns
                .iter()
                .any(|part| column.first <= part.last && part.first <= column.last)
        });
        self.columns.extend(below.columns);
        self.columns.sort_by_key(|column| column.first);
        self.points = self.points.or(below.points);
        self
    }

    /// The first physical column that holds figures.
    pub(super) fn first_figure_column(&self) -> u32 {
        self.columns
            .iter()
            .filter(|column| match column.role {
                FundRole::Column(role) => role != FundColumn::Label,
                FundRole::Source => true,
                _ => false,
            })
            .map(|column| column.first)
            .min()
            .unwrap_or_default()
    }
}

/// Reads a row as the header of a fund block: an annual budget or an executed amount, and one more fund column.
pub(super) fn fund_header(view: &SheetView<'_>, row: &RowView, vocabulary: &Vocabulary) -> Option<FundHeader> {
    use FundColumn::{AnnualBudget, Executed, ExecutionRate, InitialBudget};
    let mut columns: Vec<HeaderColumn<FundRole>> = Vec::new();
    let word = |slot: &Slot| vocabulary.fund_header(view.key(slot));
    for slot in row.own() {
        // 年度预算数（万元） heads the whole block where 调整后预算数 stands to its right.
        let heads_block = vocabulary.is_row_label(view.key(slot), RowWord::Block)
            && row
                .own()
                .filter(|other| other.cell != slot.cell)
                .any(|other| word(other) == word(slot));
        let role = match word(slot) {
            _ if heads_block => continue,
            Some(FundWord::Column(column)) if columns.iter().all(|known| known.role != FundRole::Column(column)) => {
                FundRole::Column(column)
            }
            Some(FundWord::Extra) => FundRole::Extra,
            Some(FundWord::Ordinal) => FundRole::Ordinal,
            Some(FundWord::Derived) => FundRole::Derived,
            _ => continue,
        };
        columns.push(HeaderColumn {
            first: slot.range.first.column,
            last: slot.range.last.column,
            role,
            cell: slot.range.first,
            text: view.text(slot).to_owned(),
        });
    }
    let has = |column: FundColumn| columns.iter().any(|known| known.role == FundRole::Column(column));
    let amounts = [InitialBudget, AnnualBudget, Executed, ExecutionRate]
        .into_iter()
        .filter(|c| has(*c))
        .count();
    if !(has(AnnualBudget) || has(Executed)) || amounts < 2 {
        return None;
    }
    let (has_budget, has_weight) = (has(AnnualBudget) || has(InitialBudget), has(FundColumn::Weight));
    if !has_budget {
        columns.extend(source_columns(view, row, vocabulary));
        columns.sort_by_key(|column| column.first);
    }
    let points = if has_weight {
        None
    } else {
        row.slots.iter().find_map(|slot| {
            let text = view.text(slot);
            Some((slot.range.first, text.to_owned(), points_in_header(text)?))
        })
    };
    Some(FundHeader {
        columns,
        points,
        rows_above: 0,
    })
}

/// Sources of money named side by side in a fund header without a column for the budget; none where only one is.
fn source_columns(view: &SheetView<'_>, row: &RowView, vocabulary: &Vocabulary) -> Vec<HeaderColumn<FundRole>> {
    let found: Vec<HeaderColumn<FundRole>> = row
        .own()
        .filter(|slot| {
            let key = view.key(slot);
            vocabulary.fund_header(key).is_none()
                && !vocabulary.is_row_label(key, RowWord::Block)
                && vocabulary.named_source(key).is_some()
        })
        .map(|slot| HeaderColumn {
            first: slot.range.first.column,
            last: slot.range.last.column,
            role: FundRole::Source,
            cell: slot.range.first,
            text: view.text(slot).to_owned(),
        })
        .collect();
    if found.len() < 2 { Vec::new() } else { found }
}
