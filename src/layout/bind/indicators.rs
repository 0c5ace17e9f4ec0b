//! The indicator block: one row an indicator, level names merged, repeated or written once over blanks.

use super::super::figure::Quantity;
use super::super::header::{ColumnRole, column_of, with_columns};
use super::super::lines::{is_number_of_row, is_page_mark};
use super::super::points::split_name_weight;
use super::super::view::{RowView, Slot};
use super::super::vocabulary::RowWord;
use super::column_cells::ColumnCells;
use super::heading::Label;
use super::{Binder, Block};
use crate::grid::CellAddress;
use crate::model::{
    FieldPath, FieldSlot, GuessedHeader, Indicator, IndicatorField, LabelledField, ReadingGuess, UnknownHeader,
};
use crate::text::keys::strip_indicator_prefix;

impl<'v> Binder<'v, '_> {
    pub(super) fn begin_indicators(&mut self, rows_below: usize) {
        // Enough for nearly every form; a longer one grows as it is read.
        const MOST_RESERVED: usize = 64;
        let expected = rows_below.min(MOST_RESERVED);
        self.evaluation.indicators.reserve(expected);
        self.places.indicators.reserve(expected);
        for header in &self.header.columns {
            match header.role {
                ColumnRole::Column(column) => {
                    self.places.indicator_headers.insert_if_missing(column, header.cell);
                }
                ColumnRole::Unknown => self.unknown_headers.push(UnknownHeader {
                    cell: header.cell,
                    text: header.text.trim().to_owned(),
                }),
                _ => {}
            }
        }
        for guess in &self.header.guessed {
            self.guesses.push(ReadingGuess {
                cell: guess.cell,
                message: format!("表头“{}”按“{}”读取", guess.text, guess.wording),
            });
            self.guessed.push(GuessedHeader {
                cell: guess.cell,
                text: guess.text.clone(),
                taken_for: guess.wording.clone(),
                field: format!("indicators[].{}", guess.column.path()),
            });
        }
        self.block = Block::Indicators;
    }

    /// Binds a row below the indicator header; `false` when it belongs to no block.
    pub(super) fn bind_in_indicators(&mut self, row: &'v RowView<'_>) -> bool {
        let mut own = row.own();
        if let (Some(only), None) = (own.next(), own.next())
            && is_page_mark(self.view.key(only))
        {
            self.decorate(only);
            return true;
        }
        if self.bind_column_numbers(row) || self.bind_group_row(row) {
            return true;
        }
        let level_end = self.header.last_level_column();
        let leading = row.own().find(|slot| {
            slot.range.first.column <= level_end
                && !self.view.is(slot, RowWord::Block)
                && !self.is_row_number(slot)
                && !self.is_margin_heading(slot)
        });
        // 小计 and 合计 beside a level's name that is repeated in their row.
        let sum = row.own().find(|slot| {
            slot.range.first.column <= level_end
                && !self.is_row_number(slot)
                && (self.view.is(slot, RowWord::Subtotal) || self.label(slot) == Some(Label::Total))
        });
        let leading = sum.or(leading).copied();
        if let Some(slot) = leading {
            let label = self.label(&slot);
            let spans_figures = self
                .header
                .columns
                .iter()
                .filter(|column| !is_level_role(column.role) && column.first > level_end)
                .any(|column| column.first <= slot.range.last.column);
            if self.bind_sum(row, &slot) {
                return true;
            }
            let ends_block = match label {
                Some(Label::Grade | Label::Heading(_)) => true,
                Some(Label::Signature | Label::Conclusion) => {
                    !self.has_figures(row) && !self.is_within_level(row) && !self.names_indicator(row, &slot)
                }
                _ => false,
            };
            if ends_block || (spans_figures && !self.has_figures(row)) || self.is_closing_text(row, &slot) {
                self.block = Block::Tail;
                return false;
            }
        } else if row
            .own()
            .all(|slot| self.view.is(slot, RowWord::Block) && !self.continues_level_name(slot))
        {
            for slot in row.own() {
                self.decorate(slot);
            }
            return true;
        }
        self.bind_indicator(row);
        true
    }

    /// Returns a number in the column of row numbers; other texts there, such as a total's label, are what they say.
    pub(super) fn is_row_number(&self, slot: &Slot) -> bool {
        let is_of_number = |c: char| {
            c.is_ascii_alphanumeric()
                || matches!(c, '(' | ')' | '.' | ',' | '-' | '_' | '/')
                || matches!(c, '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十')
        };
        let key = self.view.key(slot);
        key.chars().all(is_of_number)
            && key.chars().count() <= 8
            && column_of(&self.header.columns, slot).is_some_and(|column| column.role == ColumnRole::Ordinal)
    }

    /// Returns the heading of the block in the margin, repeated in every row.
    pub(super) fn is_margin_heading(&self, slot: &Slot) -> bool {
        column_of(&self.header.columns, slot).is_some_and(|column| column.role == ColumnRole::Margin)
            && self.indicator_rows.margin_headings.contains(self.view.text(slot))
    }

    fn has_figures(&self, row: &RowView<'_>) -> bool {
        row.own().any(|slot| {
            column_of(&self.header.columns, slot).is_some_and(|column| {
                matches!(
                    column.role,
                    ColumnRole::Column(IndicatorField::Weight | IndicatorField::Score | IndicatorField::ReviewScore)
                )
            })
        })
    }

    /// Returns whether a row among the indicators has points, whatever its names are those of: 预算执行率 | 预算执行得分.
    pub(super) fn is_row_of_points(&self, row: &RowView<'_>) -> bool {
        use IndicatorField::{Score, Weight};
        let is_points = |slot: &Slot| {
            let role = column_of(&self.header.columns, slot).map(|column| column.role);
            matches!(role, Some(ColumnRole::Column(Weight | Score))) && self.points_at(slot).is_some()
        };
        matches!(self.block, Block::Indicators) && row.own().any(is_points)
    }

    /// Returns whether a name in the 三级指标 column stands beside a target and an actual, so that 日期 is an
    /// indicator.
    pub(super) fn names_indicator(&self, row: &RowView<'_>, name: &Slot) -> bool {
        let starts_in = |slot: &Slot, column: IndicatorField| {
            let header = self.header.column(column);
            header
                .is_some_and(|header| header.first <= slot.range.first.column && slot.range.first.column <= header.last)
        };
        let has_value = |column: IndicatorField| {
            row.own().any(|slot| {
                starts_in(slot, column) && self.label(slot).is_none() && self.inline_labels(slot).is_empty()
            })
        };
        name.range.first.column > self.header.first_level_column()
            && starts_in(name, IndicatorField::Level3)
            && has_value(IndicatorField::Target)
            && has_value(IndicatorField::Actual)
    }

    /// Returns whether a level name merged down from above reaches this row.
    fn is_within_level(&self, row: &RowView<'_>) -> bool {
        row.slots.iter().any(|slot| {
            slot.carried && column_of(&self.header.columns, slot).is_some_and(|column| is_level_role(column.role))
        })
    }

    /// Returns a row whose only text is a note (`注：…`) or a line of signatures.
    fn is_closing_text(&self, row: &RowView<'_>, slot: &Slot) -> bool {
        let key = self.view.key(slot);
        let only = row.own().count() == 1;
        only && (key.starts_with("注:")
            || key.starts_with("备注:")
            || key.starts_with("说明:")
            || key.starts_with("注1"))
            || !self.inline_labels(slot).is_empty()
            || (!self.has_figures(row) && self.is_signature_line(slot))
    }

    fn is_signature_line(&self, slot: &Slot) -> bool {
        let key = self.view.key(slot);
        key.split_once(':')
            .is_some_and(|(word, _)| self.vocabulary.meanings(word).is(RowWord::Signature))
    }

    fn bind_indicator(&mut self, row: &'v RowView<'_>) {
        let index = self.evaluation.indicators.len();
        let mut by_role: Vec<(ColumnRole, Slot)> = Vec::with_capacity(row.slots.len());
        for (slot, column) in with_columns(&self.header.columns, row.slots) {
            match column.map(|column| column.role) {
                Some(ColumnRole::Ordinal) if !self.is_row_number(slot) => {}
                Some(ColumnRole::Ordinal | ColumnRole::Derived) => self.decorate(slot),
                Some(ColumnRole::Margin)
                    if slot.carried
                        || self.is_margin_heading(slot)
                        || self.view.is(slot, RowWord::Block)
                        || is_number_of_row(self.view.key(slot)) =>
                {
                    self.decorate(slot);
                }
                // 加分项, 预算执行率 beside the block, over the columns of names or with none in them.
                Some(ColumnRole::Margin) if self.names_row_from_margin(row, slot) => {
                    by_role.extend(self.header.first_level().map(|role| (role, *slot)));
                }
                Some(ColumnRole::Margin) => {}
                Some(role) => by_role.push((role, *slot)),
                None if slot.range.last.column < self.header.first_level_column()
                    && (slot.carried || self.view.is(slot, RowWord::Block)) =>
                {
                    self.decorate(slot);
                }
                None => {}
            }
        }
        if self.is_unfilled(&by_role) {
            for (role, slot) in &by_role {
                let is_level_name = matches!(
                    role,
                    ColumnRole::Column(IndicatorField::Level1 | IndicatorField::Level2)
                );
                if is_level_name || self.view.is_placeholder(slot) {
                    self.decorate(slot);
                }
            }
            self.take_level_names(&by_role, index);
            return;
        }
        let mut indicator = Indicator::default();
        let mut cells = ColumnCells::default();
        for column in &self.header.columns {
            if let ColumnRole::Column(role) = column.role {
                cells.put(role, Some(CellAddress::new(row.row, column.first)));
            }
        }
        self.take_level_names(&by_role, index);
        self.note_filled_levels(&by_role, row.row);
        if let Some(level) = self.indicator_rows.levels.level1.clone() {
            self.mark_bound(&level.slot, FieldPath::indicator(index, IndicatorField::Level1));
            cells.put(IndicatorField::Level1, Some(level.name.cell));
            indicator.level1_weight.clone_from(&level.weight);
            indicator.level1 = level.is_named().then_some(level.name);
        }
        if let Some(level) = self.indicator_rows.levels.level2.clone() {
            self.mark_bound(&level.slot, FieldPath::indicator(index, IndicatorField::Level2));
            cells.put(IndicatorField::Level2, Some(level.name.cell));
            indicator.level2_weight.clone_from(&level.weight);
            indicator.level2 = level.is_named().then_some(level.name);
        }
        // What was adjusted takes the place of what was set, wherever it stands.
        by_role.sort_by_key(|(role, _)| match role {
            ColumnRole::AdjustedTarget => 1,
            ColumnRole::Extra | ColumnRole::Unknown => 2,
            _ => 0,
        });
        for (role, slot) in &by_role {
            let ColumnRole::Column(column) = *role else {
                self.bind_other(*role, slot, &mut indicator, index);
                continue;
            };
            if slot.carried && column.is_points() {
                // A figure merged over several rows belongs to the first of them; here nothing is missing.
                cells.put(column, None);
                continue;
            }
            match column.slot(&mut indicator) {
                FieldSlot::Number(field) if field.is_none() => {
                    *field = self.figure_field(slot, Quantity::Points, FieldPath::indicator(index, column));
                }
                FieldSlot::Text(field) if field.is_none() && !column.is_of_level() => {
                    *field = self.text_field(slot, FieldPath::indicator(index, column));
                    if column == IndicatorField::Level3
                        && let Some(name) = field
                    {
                        let stripped = strip_indicator_prefix(&name.value);
                        if stripped.len() < name.value.len() {
                            name.value = stripped.to_owned();
                        }
                    }
                }
                _ => continue,
            }
            cells.put(column, Some(slot.range.first));
        }
        let has_weights = self.header.columns.iter().any(|column| {
            matches!(
                column.role,
                ColumnRole::Column(IndicatorField::Weight) | ColumnRole::LevelWeight(_)
            )
        });
        if !has_weights && let Some(name) = indicator.level3.take() {
            // 受益人数（10分）: the points of a form without a column for them.
            let (bare, points) = split_name_weight(&name.value);
            indicator.weight = points.map(|points| name.with(points));
            indicator.level3 = Some(if points.is_some() { name.with(bare) } else { name });
        }
        self.indicator_rows.sums.add(&indicator);
        self.evaluation.indicators.push(indicator);
        let columns = cells.columns();
        let is_same = std::mem::replace(&mut self.indicator_rows.columns_above, columns) == columns;
        let above = self.places.indicators.last().filter(|_| is_same);
        self.places.indicators.push(cells.into_map(above));
    }

    /// Returns whether a text in the margin is the only name of its row.
    fn names_row_from_margin(&self, row: &RowView<'_>, slot: &Slot) -> bool {
        let levels = self.header.first_level_column()..=self.header.last_level_column();
        let mut others = row.slots.iter().filter(|other| other.cell != slot.cell);
        !others.any(|other| levels.contains(&other.range.first.column))
    }

    /// Binds what has no column of its own in the model: weights beside levels and known extra columns.
    fn bind_other(&mut self, role: ColumnRole, slot: &Slot, indicator: &mut Indicator, index: usize) {
        match role {
            ColumnRole::LevelWeight(level) => {
                let Some(field) = level.level_weight() else { return };
                let FieldSlot::Number(target) = field.slot(indicator) else {
                    return;
                };
                if target.is_none() {
                    *target = self.figure_field(slot, Quantity::Points, FieldPath::indicator(index, field));
                    let held = match level {
                        IndicatorField::Level1 => &mut self.indicator_rows.levels.level1,
                        _ => &mut self.indicator_rows.levels.level2,
                    };
                    if let Some(held) = held {
                        held.weight.clone_from(target);
                    }
                }
            }
            ColumnRole::AdjustedTarget if self.view.is_placeholder(slot) => self.decorate(slot),
            ColumnRole::AdjustedTarget => {
                let Some(adjusted) = self.text_field(slot, FieldPath::indicator(index, IndicatorField::Target)) else {
                    return;
                };
                let initial = self
                    .header
                    .column(IndicatorField::Target)
                    .map(|header| header.text.clone());
                if let (Some(value), Some(label)) = (indicator.target.replace(adjusted), initial) {
                    indicator.extra.push(LabelledField { label, value });
                }
            }
            ColumnRole::Extra | ColumnRole::Unknown if !slot.carried => {
                let Some(header) = column_of(&self.header.columns, slot) else {
                    return;
                };
                let label = header.text.clone();
                let position = indicator.extra.len();
                let field = FieldPath::indicator_extra(index, position);
                if self.view.is_placeholder(slot) {
                    self.decorate(slot);
                } else if let Some(value) = self.text_field(slot, field) {
                    indicator.extra.push(LabelledField { label, value });
                }
            }
            _ => {}
        }
    }

    /// Returns a row of the form that nobody filled in: at most level names and placeholders.
    fn is_unfilled(&self, by_role: &[(ColumnRole, Slot)]) -> bool {
        by_role.iter().all(|(role, slot)| {
            let empty = || {
                self.view.is_placeholder(slot)
                    || (self.view.text(slot).is_empty()
                        && self.view.cell(slot).is_some_and(|cell| cell.formula.is_none()))
            };
            match role {
                ColumnRole::Column(IndicatorField::Level1 | IndicatorField::Level2)
                | ColumnRole::LevelWeight(_)
                | ColumnRole::Unknown => true,
                ColumnRole::Column(_) | ColumnRole::AdjustedTarget => slot.carried || empty(),
                ColumnRole::Extra | ColumnRole::Ordinal | ColumnRole::Derived | ColumnRole::Margin => true,
            }
        })
    }
}

fn is_level_role(role: ColumnRole) -> bool {
    matches!(
        role,
        ColumnRole::Column(IndicatorField::Level1 | IndicatorField::Level2 | IndicatorField::Level3)
            | ColumnRole::LevelWeight(_)
            | ColumnRole::Ordinal
    )
}
