//! Rows that name the group of the indicators below them, in forms without a column for them: 一、产出指标（60分） over
//! the whole width, or with the sum of its points.

use rust_decimal::Decimal;

use super::super::figure::Quantity;
use super::super::header::{ColumnRole, HeaderColumn, column_of};
use super::super::lines::is_number_of_row;
use super::super::points::split_name_weight;
use super::super::view::{RowView, Slot};
use super::super::vocabulary::RowWord;
use super::Binder;
use super::heading::Label;
use super::levels::LevelName;
use super::running_sums::Points;
use super::sums::names_sum;
use crate::model::{Field, FieldPath, IndicatorField};
use crate::text::keys::{header_key, match_key, without_ordinal};

/// The name of a group as a row gives it.
struct Group {
    slot: Slot,
    /// As it is written, but for its points.
    written: String,
    /// Without its number.
    name: String,
    points: Option<Decimal>,
}

impl<'v> Binder<'v, '_> {
    /// Takes a row as the heading of the rows below it; `false` where it is none. In a form with a column for its level,
    /// it has the points of the rows below together, which name no level of their own.
    pub(super) fn bind_group_row(&mut self, row: &'v RowView<'_>) -> bool {
        // Most rows begin behind the names of their level.
        if let Some(level1) = self.header.column(IndicatorField::Level1)
            && row
                .own()
                .next()
                .is_none_or(|first| first.range.first.column > level1.last)
        {
            return false;
        }
        let Some(group) = self.group_named(row) else {
            return false;
        };
        let own = self.points_of(row);
        let heads = match self.header.column(IndicatorField::Level1) {
            Some(level1) => {
                let own = own.or(group.points);
                let wording = header_key(&group.name);
                own.is_some()
                    && !names_sum(&wording)
                    && self.label(&group.slot) != Some(Label::Total)
                    && level1.overlaps(&group.slot)
                    && !group.slot.carried
                    && self.leaves_level_blank(row, level1)
                    && self.heads_rows_below(row, own)
                    // What the total counts beside the rows below has points of its own.
                    && !self.is_counted_below(row, Points { weight: own, score: None })
            }
            None => self.heads_rows_below(row, own),
        };
        if !heads {
            return false;
        }
        let index = self.evaluation.indicators.len();
        let level = match self.header.column(IndicatorField::Level1) {
            Some(_) => IndicatorField::Level1,
            None => self.level_of_group(&group.name),
        };
        // Names of a level with a column of its own are in it.
        if self.header.column(IndicatorField::Level2).is_some() && level != IndicatorField::Level1 {
            return false;
        }
        let Group {
            slot, written, points, ..
        } = group;
        let whole = Field::new((), self.view.text(&slot), slot.range.first);
        let mut held = LevelName {
            slot,
            name: whole.with(written),
            weight: points.map(|points| whole.with(points)),
        };
        self.note_row(&slot);
        for other in row.own().filter(|other| other.cell != slot.cell) {
            match column_of(&self.header.columns, other).map(|column| column.role) {
                Some(ColumnRole::Column(IndicatorField::Weight)) if held.weight.is_none() => {
                    let path = FieldPath::indicator(index, level.level_weight().unwrap_or(level));
                    held.weight = self.figure_field(other, Quantity::Points, path);
                }
                Some(ColumnRole::Column(column)) if column.is_points() => self.keep_figure(&slot, other),
                _ => self.decorate(other),
            }
        }
        let levels = &mut self.indicator_rows.levels;
        if level == IndicatorField::Level1 {
            levels.level1 = Some(held);
            levels.level2 = None;
        } else {
            levels.level2 = Some(held);
        }
        true
    }

    /// Takes a row that only numbers the columns (栏次 | 1 | 2 | 3); `false` where it is none.
    pub(super) fn bind_column_numbers(&mut self, row: &'v RowView<'_>) -> bool {
        /// Numbers that are all there by chance are fewer.
        const LEAST: u32 = 3;
        let mut seen = 0_u64;
        let mut is_named = false;
        for slot in row.own() {
            let key = header_key(self.view.key(slot));
            let number = key.split_once('=').map_or(&*key, |(number, _)| number);
            match number.trim_matches(['(', ')']).parse::<u32>() {
                Ok(number @ 1..64) => seen |= 1 << (number - 1),
                _ if NUMBERED.contains(&&*key) => is_named = true,
                _ => return false,
            }
        }
        let count = seen.count_ones();
        let are_all = seen.trailing_ones() == count;
        if !are_all || count < LEAST + u32::from(!is_named) {
            return false;
        }
        row.own().for_each(|slot| self.decorate(slot));
        true
    }

    /// Returns the group that a row names, alone but for its number and its points: a level's usual name, or any in the
    /// column of its level.
    fn group_named(&self, row: &RowView<'_>) -> Option<Group> {
        let is_number = |slot: &Slot| is_number_of_row(self.view.key(slot));
        let mut texts = row
            .own()
            .filter(|slot| !is_number(slot) && !self.view.is_placeholder(slot));
        let slot = *texts.next()?;
        let is_points = |slot: &Slot| {
            column_of(&self.header.columns, slot).is_some_and(|column| match column.role {
                ColumnRole::Column(column) => column.is_points(),
                ColumnRole::Derived => true,
                _ => false,
            })
        };
        if slot.range.first.column > self.header.column(IndicatorField::Level3)?.last || !texts.all(is_points) {
            return None;
        }
        let (written, points) = split_name_weight(self.view.text(&slot));
        let key = match_key(&written);
        let name = without_ordinal(&key).or_else(|| without_figure(&key)).unwrap_or(&key);
        let level1 = self.header.column(IndicatorField::Level1);
        let is_named = level1.is_some_and(|level1| level1.overlaps(&slot)) || self.vocabulary.is_level_name(name);
        let name = is_named.then(|| name.to_owned())?;
        Some(Group {
            slot,
            written,
            name,
            points,
        })
    }

    /// Returns whether the row below has no name in the column of a level.
    fn leaves_level_blank(&self, row: &RowView<'_>, level: &HeaderColumn<ColumnRole>) -> bool {
        let below = self.view.rows.partition_point(|other| other.row <= row.row);
        let next = self.view.rows.get(below);
        next.is_some_and(|next| !next.slots.iter().any(|slot| level.overlaps(slot)))
    }

    /// Returns whether a row that names a group has no points, or just those of the rows below it together.
    fn heads_rows_below(&self, row: &RowView<'_>, own: Option<Decimal>) -> bool {
        /// Rows of a group at most.
        const MOST: usize = 200;
        let Some(own) = own else {
            return true;
        };
        let below = self.view.rows.partition_point(|other| other.row <= row.row);
        let mut sum = Decimal::ZERO;
        for next in self.view.rows.iter().skip(below).take(MOST) {
            if sum >= own || next.own().any(|slot| self.view.is(slot, RowWord::Total)) {
                break;
            }
            // The points of a group inside are those of its own rows.
            if self.group_named(next).is_none()
                && let Some(points) = self.points_of(next)
            {
                sum = sum.saturating_add(points);
            }
        }
        sum == own && !own.is_zero()
    }

    /// Returns what stands in a row's column of weights.
    pub(super) fn points_of(&self, row: &RowView<'_>) -> Option<Decimal> {
        self.points_in(row, IndicatorField::Weight)
    }

    /// Returns the points that stand in a row's column.
    pub(super) fn points_in(&self, row: &RowView<'_>, field: IndicatorField) -> Option<Decimal> {
        let is_in = |slot: &&Slot| {
            column_of(&self.header.columns, slot).is_some_and(|column| column.role == ColumnRole::Column(field))
        };
        self.points_at(row.own().find(is_in)?)
    }

    /// Returns the level of a group by its name: 产出指标 is a 一级指标, 数量指标 below it a 二级指标.
    fn level_of_group(&self, name: &str) -> IndicatorField {
        const LEVEL1: [&str; 10] = [
            "产出",
            "效益",
            "效果",
            "满意度",
            "成本",
            "决策",
            "过程",
            "投入",
            "管理",
            "绩效",
        ];
        let bare = name.strip_prefix("项目").unwrap_or(name);
        let bare = bare.strip_suffix("指标").unwrap_or(bare);
        let above = self.indicator_rows.levels.level1.as_ref();
        let is_of_satisfaction = name.contains("满意") && above.is_none_or(|above| !above.name.value.contains("满意"));
        if LEVEL1.contains(&bare) || is_of_satisfaction {
            IndicatorField::Level1
        } else {
            IndicatorField::Level2
        }
    }
}

/// What stands before the numbers of columns, and in the columns of names.
const NUMBERED: [&str; 9] = ["栏次", "列次", "行次", "项次", "序号", "甲", "乙", "丙", "丁"];

/// Returns a name without the figure right before it: 1产出指标.
fn without_figure(key: &str) -> Option<&str> {
    let name = key.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
    (name.len() < key.len() && !name.is_empty()).then_some(name)
}
