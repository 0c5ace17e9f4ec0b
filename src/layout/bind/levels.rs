//! Names of 一级 and 二级: merged, repeated, written once over blanks, or broken over two cells.

use rust_decimal::Decimal;

use super::super::header::{ColumnRole, column_of};
use super::super::points::split_name_weight;
use super::super::view::Slot;
use super::Binder;
use super::filled_down::FilledDown;
use crate::grid::{CellAddress, CellValue};
use crate::model::Field;
use crate::model::{FieldPath, IndicatorField, ReadingGuess};
use crate::text::keys::gives_no_value;

/// The level names in force: what a blank level cell continues.
#[derive(Default)]
pub(super) struct LevelNames {
    pub(super) level1: Option<LevelName>,
    pub(super) level2: Option<LevelName>,
    filled_down: FilledDown,
}

impl LevelNames {
    /// Under a new header no name above goes on.
    pub(super) fn begin_anew(&mut self) {
        self.level1 = None;
        self.level2 = None;
    }

    /// Returns what was taken for granted about blank level cells.
    pub(super) fn guesses(&self) -> impl Iterator<Item = ReadingGuess> {
        self.filled_down.guesses()
    }
}

/// A level's name with its weight and the cell that it was last seen in.
#[derive(Clone)]
pub(super) struct LevelName {
    pub(super) slot: Slot,
    pub(super) name: Field<String>,
    pub(super) weight: Option<Field<Decimal>>,
}

impl LevelName {
    /// Returns whether the cell holds more than points: (50分) alone is a group without a name.
    pub(super) const fn is_named(&self) -> bool {
        !self.name.value.is_empty()
    }
}

impl Binder<'_, '_> {
    /// Brings the level names in force up to date with this row's level cells.
    ///
    /// A new 一级 ends the 二级 before it; a 一级 merged over the 二级 column leaves no 二级.
    pub(super) fn take_level_names(&mut self, by_role: &[(ColumnRole, Slot)], index: usize) {
        let slot_of = |level: IndicatorField| {
            by_role
                .iter()
                .find(|(role, _)| *role == ColumnRole::Column(level))
                .map(|(_, slot)| *slot)
        };
        let level2_column = self.header.column(IndicatorField::Level2).map(|column| column.first);
        if let Some(slot) = slot_of(IndicatorField::Level1) {
            let known = self
                .indicator_rows
                .levels
                .level1
                .as_ref()
                .is_some_and(|level| level.slot.cell == slot.cell);
            if !known
                && let Some(level) = self.level_name(&slot, index, IndicatorField::Level1)
                && let Some(level) = self.not_broken(IndicatorField::Level1, level, index)
            {
                let same_name = self
                    .indicator_rows
                    .levels
                    .level1
                    .as_ref()
                    .is_some_and(|before| level.is_named() && before.name.value == level.name.value);
                if !same_name {
                    self.indicator_rows.levels.level2 = None;
                }
                self.indicator_rows.levels.level1 = Some(level);
            }
            if level2_column.is_some_and(|column| slot.range.last.column >= column) {
                self.indicator_rows.levels.level2 = None;
            }
        }
        if let Some(slot) = slot_of(IndicatorField::Level2) {
            let known = self
                .indicator_rows
                .levels
                .level2
                .as_ref()
                .is_some_and(|level| level.slot.cell == slot.cell);
            if !known
                && let Some(level) = self.level_name(&slot, index, IndicatorField::Level2)
                && let Some(level) = self.not_broken(IndicatorField::Level2, level, index)
            {
                self.indicator_rows.levels.level2 = Some(level);
            }
        }
    }

    /// Returns whether a slot repeats the 一级 or 二级 in force.
    pub(super) fn is_level_in_force(&self, slot: &Slot) -> bool {
        let (name, _) = split_name_weight(self.view.text(slot));
        let held = [&self.indicator_rows.levels.level1, &self.indicator_rows.levels.level2];
        held.into_iter()
            .flatten()
            .any(|level| level.is_named() && level.name.value == name)
    }

    /// Returns whether a text is the second part of the level name in force in its column (指标 below 满意度).
    pub(super) fn continues_level_name(&self, slot: &Slot) -> bool {
        let held = match column_of(&self.header.columns, slot).map(|column| column.role) {
            Some(ColumnRole::Column(IndicatorField::Level1)) => &self.indicator_rows.levels.level1,
            Some(ColumnRole::Column(IndicatorField::Level2)) => &self.indicator_rows.levels.level2,
            _ => return false,
        };
        let (name, _) = split_name_weight(self.view.text(slot));
        held.as_ref()
            .is_some_and(|held| self.vocabulary.is_level_name(&format!("{}{name}", held.name.value)))
    }

    /// Joins a name broken over two cells (产出 over 指标（60分）) to its first part; gives back any other name.
    fn not_broken(&mut self, column: IndicatorField, level: LevelName, index: usize) -> Option<LevelName> {
        let held = match column {
            IndicatorField::Level1 => &mut self.indicator_rows.levels.level1,
            _ => &mut self.indicator_rows.levels.level2,
        };
        let Some(first) = held.as_mut() else {
            return Some(level);
        };
        if !level.is_named() || self.vocabulary.is_level_name(&level.name.value) {
            return Some(level);
        }
        let whole = format!("{}{}", first.name.value, level.name.value);
        if !self.vocabulary.is_level_name(&whole) {
            return Some(level);
        }
        let part = first.name.value.clone();
        let message = format!("“{}”和“{}”按一个名称“{whole}”读取", first.name.value, level.name.value);
        first.name.value.clone_from(&whole);
        first.weight = level.weight.or(first.weight.take());
        first.slot = level.slot;
        let weight = first.weight.clone();
        for indicator in self.evaluation.indicators.iter_mut().rev() {
            let (known, known_weight) = match column {
                IndicatorField::Level1 => (&mut indicator.level1, &mut indicator.level1_weight),
                _ => (&mut indicator.level2, &mut indicator.level2_weight),
            };
            let Some(known) = known.as_mut().filter(|known| known.value == part) else {
                break;
            };
            known.value.clone_from(&whole);
            known_weight.clone_from(&weight);
        }
        self.guess(&level.slot, message);
        self.mark_bound(&level.slot, FieldPath::indicator(index.saturating_sub(1), column));
        None
    }

    pub(super) fn note_filled_levels(&mut self, by_role: &[(ColumnRole, Slot)], row: u32) {
        let in_force = [
            (IndicatorField::Level1, self.indicator_rows.levels.level1.is_some()),
            (IndicatorField::Level2, self.indicator_rows.levels.level2.is_some()),
        ];
        for (level, _) in in_force.into_iter().filter(|(_, named)| *named) {
            let is_blank = by_role.iter().all(|(role, _)| *role != ColumnRole::Column(level));
            if is_blank && let Some(header) = self.header.column(level) {
                let blank = CellAddress::new(row, header.first);
                self.indicator_rows.levels.filled_down.note(level, blank);
            }
        }
    }

    /// Returns a level's name and weight. The cell is bound when the first indicator uses the name.
    fn level_name(&mut self, slot: &Slot, index: usize, level: IndicatorField) -> Option<LevelName> {
        let text = self.view.text(slot);
        if gives_no_value(text) {
            self.decorate(slot);
            return None;
        }
        let readable = self
            .view
            .cell(slot)
            .is_some_and(|cell| !matches!(cell.value, CellValue::Error(_)));
        if text.is_empty() || !readable {
            self.text_field(slot, FieldPath::indicator(index, level));
            return None;
        }
        let whole = Field::new((), text, slot.range.first);
        let (name, weight) = split_name_weight(text);
        Some(LevelName {
            slot: *slot,
            weight: weight.map(|points| whole.with(points)),
            name: whole.with(name),
        })
    }
}
