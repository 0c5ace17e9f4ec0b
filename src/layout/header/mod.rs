//! Headers: which row names the columns of the indicator block or the fund block, and what each column means.

mod extents;
mod fund_contest;
mod fund_parts;
mod fund_years;
mod funds;
mod indicators;
mod leaf;
mod roles;
mod value_parts;
mod years;

use super::view::Slot;
use crate::grid::CellAddress;
use crate::model::IndicatorField;

pub(super) use extents::{HeaderExtent, header_extents};
pub(super) use fund_contest::holds_figure;
pub(super) use fund_parts::HeadsAbove;
pub(super) use funds::{FundHeader, FundRole, fund_header};
pub(super) use indicators::indicator_header;
use leaf::Leaf;

/// What a physical column of the indicator block holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ColumnRole {
    /// A column of the model.
    Column(IndicatorField),
    /// The weight of the 一级 or 二级 beside it, in its own column.
    LevelWeight(IndicatorField),
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
    pub(super) fn overlaps(&self, slot: &Slot) -> bool {
        self.first <= slot.range.last.column && slot.range.first.column <= self.last
    }
}

/// The header of an indicator block; `rows` view rows long (one or two).
#[derive(Debug, Clone)]
pub(super) struct IndicatorHeader {
    pub columns: Vec<HeaderColumn<ColumnRole>>,
    pub rows: usize,
    /// Headers whose meaning was inferred.
    pub guessed: Vec<GuessedColumn>,
}

/// A header whose meaning was inferred: it has a slip of the pen, or it only may mean the column that it was taken for.
#[derive(Debug, Clone)]
pub(super) struct GuessedColumn {
    pub cell: CellAddress,
    pub text: String,
    /// The wording that it was taken for.
    pub wording: String,
    pub column: IndicatorField,
}

impl GuessedColumn {
    fn new(leaf: &Leaf<'_>, wording: &str, column: IndicatorField) -> Self {
        Self {
            cell: leaf.cell,
            text: leaf.text.trim().to_owned(),
            wording: wording.to_owned(),
            column,
        }
    }
}

impl IndicatorHeader {
    /// Returns the header of a column of the model.
    pub(super) fn column(&self, column: IndicatorField) -> Option<&HeaderColumn<ColumnRole>> {
        self.columns
            .iter()
            .find(|header| header.role == ColumnRole::Column(column))
    }

    /// Returns whether the block says what was achieved; without it the table is a plan.
    pub(super) fn is_evaluation(&self) -> bool {
        [
            IndicatorField::Actual,
            IndicatorField::Score,
            IndicatorField::ReviewScore,
        ]
        .iter()
        .any(|column| self.column(*column).is_some())
    }

    /// Returns the level whose column stands first.
    pub(super) fn first_level(&self) -> Option<ColumnRole> {
        let mut roles = self.columns.iter().map(|header| header.role);
        roles.find(|role| is_level(*role))
    }

    /// Returns the first physical column of the levels.
    pub(super) fn first_level_column(&self) -> u32 {
        self.columns
            .iter()
            .filter(|header| is_level(header.role))
            .map(|header| header.first)
            .min()
            .unwrap_or_default()
    }

    /// Returns the last physical column of the levels.
    pub(super) fn last_level_column(&self) -> u32 {
        self.columns
            .iter()
            .filter(|header| is_level(header.role))
            .map(|header| header.last)
            .max()
            .unwrap_or_default()
    }

    /// Returns whether another header names the same roles in the same order, wherever they stand.
    pub(super) fn has_columns_of(&self, other: &Self) -> bool {
        let roles = |header: &Self| -> Vec<ColumnRole> {
            let roles = header.columns.iter().map(|column| column.role);
            roles
                .filter(|role| !matches!(role, ColumnRole::Unknown | ColumnRole::Margin))
                .collect()
        };
        roles(self) == roles(other)
    }

    /// Returns whether another header names the same roles in the same columns, whatever unknown headers stand among
    /// them.
    pub(super) fn repeats(&self, other: &Self) -> bool {
        let roles = |header: &Self| -> Vec<(u32, ColumnRole)> {
            header
                .columns
                .iter()
                .filter(|column| column.role != ColumnRole::Unknown)
                .map(|column| (column.first, column.role))
                .collect()
        };
        roles(self) == roles(other)
    }
}

fn is_level(role: ColumnRole) -> bool {
    matches!(
        role,
        ColumnRole::Column(IndicatorField::Level1 | IndicatorField::Level2 | IndicatorField::Level3)
    )
}

/// Returns the column, of columns from left to right, under whose header a slot stands: the one that holds its first
/// column, else the first it overlaps.
pub(super) fn column_of<'h, R>(columns: &'h [HeaderColumn<R>], slot: &Slot) -> Option<&'h HeaderColumn<R>> {
    column_beside(
        columns,
        columns.partition_point(|column| column.first <= slot.range.first.column),
        slot,
    )
}

/// Returns the same by how many columns begin left of a slot or with it.
fn column_beside<'h, R>(columns: &'h [HeaderColumn<R>], beginning: usize, slot: &Slot) -> Option<&'h HeaderColumn<R>> {
    let before = beginning.checked_sub(1).and_then(|position| columns.get(position));
    before
        .filter(|column| column.overlaps(slot))
        .or_else(|| columns.get(beginning).filter(|column| column.overlaps(slot)))
}

/// Returns slots from left to right with the [`column_of`] each, found in one walk.
pub(super) fn with_columns<'h, 's, R>(
    columns: &'h [HeaderColumn<R>],
    slots: &'s [Slot],
) -> impl Iterator<Item = (&'s Slot, Option<&'h HeaderColumn<R>>)> {
    let mut beginning = 0;
    slots.iter().map(move |slot| {
        while columns
            .get(beginning)
            .is_some_and(|column| column.first <= slot.range.first.column)
        {
            beginning += 1;
        }
        (slot, column_beside(columns, beginning, slot))
    })
}
