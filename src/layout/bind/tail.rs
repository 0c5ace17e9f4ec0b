//! 总分, 小计 and 评价等次.

use rust_decimal::Decimal;

use super::super::figure::{Quantity, read_figure};
use super::super::grade::{GradeText, read_grade};
use super::super::header::{ColumnRole, column_of};
use super::super::view::{RowView, Slot, shown_text};
use super::super::vocabulary::RowWord;
use super::heading::Label;
use super::sums::names_score;
use super::{Binder, Block};
use crate::grid::CellAddress;
use crate::model::{Field, FieldPath, LabelledField, Subtotal, Total};
use crate::model::{GradePlace, IndicatorField, ReadingGuess, TotalPlaces};
use crate::text::keys::{gives_no_value, joined_label, match_key};
use crate::text::trimmed;

impl<'v> Binder<'v, '_> {
    /// Binds the 总分 row; its figures stand in the weight and score columns, or follow the label.
    pub(super) fn bind_total_row(&mut self, row: &'v RowView<'_>, label: &Slot) {
        self.decorate(label);
        for slot in row
            .own()
            .filter(|slot| slot.range.last.column < label.range.first.column)
        {
            if self.is_margin_heading(slot) || self.view.is(slot, RowWord::Block) {
                self.decorate(slot);
            }
        }
        self.block = Block::Tail;
        let place = |column: IndicatorField| {
            self.header
                .column(column)
                .map(|header| CellAddress::new(row.row, header.first))
        };
        let mut places = TotalPlaces {
            label: label.range.first,
            weight: place(IndicatorField::Weight).filter(|cell| !label.range.contains(*cell)),
            score: place(IndicatorField::Score),
        };
        self.prefer_total_row(row, label);
        let mut total = Total::default();
        let mut loose = Vec::new();
        let behind: Vec<Slot> = row
            .own()
            .filter(|slot| slot.range.first.column > label.range.last.column)
            .copied()
            .collect();
        let grade = behind.iter().position(|slot| self.label(slot) == Some(Label::Grade));
        let (figures, of_grade) = behind.split_at(grade.unwrap_or(behind.len()));
        if let Some((name, values)) = of_grade.split_first()
            && !self.bind_grade(name, values)
        {
            loose.extend_from_slice(of_grade);
        }
        let is_figure = |slot: &&Slot| self.points_at(slot).is_some();
        // 总分值 says which of the two it is, and a score in a row of its own below.
        let is_said = || {
            let below = self.view.row_below(row).and_then(|below| below.own().next());
            self.view.key(label).ends_with("分值") || below.is_some_and(|name| names_score(self.view.key(name)))
        };
        let is_one = figures.iter().filter(is_figure).count() == 1 && !is_said();
        let scores_at = self.header.column(IndicatorField::Score).map(|column| column.first);
        for slot in figures {
            match column_of(&self.header.columns, slot).map(|column| column.role) {
                // One figure over both columns is the total.
                Some(ColumnRole::Column(IndicatorField::Weight))
                    if is_one && scores_at.is_some_and(|at| slot.range.last.column >= at) =>
                {
                    total.score = self.figure_field(slot, Quantity::Points, FieldPath::TOTAL_SCORE);
                    places.score = Some(slot.range.first);
                    places.weight = None;
                }
                Some(ColumnRole::Column(IndicatorField::Weight)) if total.weight.is_none() => {
                    total.weight = self.figure_field(slot, Quantity::Points, FieldPath::TOTAL_WEIGHT);
                    places.weight = Some(slot.range.first);
                }
                Some(ColumnRole::Column(IndicatorField::Score)) if total.score.is_none() => {
                    total.score = self.figure_field(slot, Quantity::Points, FieldPath::TOTAL_SCORE);
                    places.score = Some(slot.range.first);
                }
                Some(ColumnRole::Derived) => self.decorate(slot),
                Some(ColumnRole::Column(IndicatorField::ReviewScore) | ColumnRole::LevelWeight(_)) => {
                    self.keep_figure(label, slot);
                }
                _ => loose.push(*slot),
            }
        }
        for slot in loose {
            if self.is_used(&slot) {
                continue;
            }
            let text = self.view.text(&slot);
            if gives_no_value(text) {
                self.decorate(&slot);
            } else if self.bind_grade_text(&slot, text) {
                // 总分 | 100 | 96 | 优
            } else if (total.score.is_some() || self.is_deduction(&slot)) && self.is_extra_figure(&slot) {
                self.keep_figure(label, &slot);
            } else if total.score.is_none() && self.points_at(&slot).is_some() {
                // One figure beside the columns it belongs to is the score; of two, the first is the weight.
                let field = self.figure_field(&slot, Quantity::Points, FieldPath::TOTAL_SCORE);
                self.guess(&slot, "总分行的数字不在得分列下，按总分得分读取".to_owned());
                if total.weight.is_none() && has_figure_after(self, row, &slot) {
                    total.weight = field;
                    places.weight = Some(slot.range.first);
                } else {
                    total.score = field;
                    places.score = Some(slot.range.first);
                }
            } else if self.view.cell(&slot).is_some_and(|cell| cell.number().is_none()) {
                self.push_note(&slot);
            }
        }
        // The first total holds, wherever it stands; a later one only adds what it lacks.
        match (&mut self.evaluation.total, &mut self.places.total) {
            (Some(known), Some(known_places)) => {
                if known.weight.is_none() && total.weight.is_some() {
                    known.weight = total.weight;
                    known_places.weight = places.weight;
                }
                if known.score.is_none() && total.score.is_some() {
                    known.score = total.score;
                    known_places.score = places.score;
                }
            }
            _ => {
                self.evaluation.total = Some(total);
                self.places.total = Some(places);
            }
        }
    }

    /// Keeps the total of the heading beside the table, where the row of the total states another that is no sum of the
    /// scores: of two totals the one that is wrong is to be checked.
    fn prefer_total_row(&mut self, row: &RowView<'_>, label: &Slot) {
        let is_score = |slot: &&Slot| {
            slot.range.first.column > label.range.last.column
                && column_of(&self.header.columns, slot)
                    .is_some_and(|column| column.role == ColumnRole::Column(IndicatorField::Score))
        };
        let Some(stated) = row.own().find(is_score) else { return };
        let Some(points) = self.points_at(stated) else { return };
        if self.is_sum_of_scores(points) {
            return;
        }
        let known = self.total_of_heading().and_then(|total| total.score.as_ref());
        let Some(score) = known.filter(|score| score.value != points) else {
            return;
        };
        let value = Field::new(score.text.clone(), &score.text, score.cell);
        let place = self.places.total.take().map_or(value.cell, |places| places.label);
        let name = self.view.sheet.cell(place).map_or("", |cell| trimmed(shown_text(cell)));
        let name = name.split([':', '：']).next().unwrap_or(name).trim_end().to_owned();
        self.guesses.push(ReadingGuess {
            cell: value.cell,
            message: format!("“{name}”与总分行 {} 的得分不同，总分按总分行读取", stated.range.first),
        });
        let path = FieldPath::extra(self.evaluation.extra.len());
        self.bindings
            .rename(|field| if field == FieldPath::TOTAL_SCORE { path } else { field });
        self.evaluation.extra.push(LabelledField { label: name, value });
        self.evaluation.total = None;
    }

    /// Returns the total that the heading above the indicators states.
    pub(super) fn total_of_heading(&self) -> Option<&Total> {
        let total = self.evaluation.total.as_ref();
        total.filter(|total| {
            let score = total.score.as_ref();
            score.is_some_and(|score| self.is_above_header(score.cell.row))
        })
    }

    /// Returns whether a slot stands below what was taken off (扣分), which is no score.
    fn is_deduction(&self, slot: &Slot) -> bool {
        column_of(&self.header.columns, slot).is_some_and(|column| column.text.contains(['扣', '减']))
    }

    fn is_extra_figure(&self, slot: &Slot) -> bool {
        column_of(&self.header.columns, slot).is_some_and(|column| column.role == ColumnRole::Extra)
            && self.points_at(slot).is_some()
    }

    /// Returns the points in a slot, be they kept as text.
    pub(super) fn points_at(&self, slot: &Slot) -> Option<Decimal> {
        read_figure(self.view.cell(slot)?, Quantity::Points).number()
    }

    /// A printed figure that the totals of the model have no field for: 合计·复核得分.
    pub(super) fn keep_figure(&mut self, label: &Slot, slot: &Slot) {
        let Some(header) = column_of(&self.header.columns, slot) else {
            return;
        };
        if self.view.is_placeholder(slot) {
            self.decorate(slot);
            return;
        }
        let label = joined_label(self.view.text(label), &header.text);
        let path = FieldPath::extra(self.evaluation.extra.len());
        if let Some(value) = self.text_field(slot, path) {
            self.evaluation.extra.push(LabelledField { label, value });
        }
    }

    /// `自评总分 | 95` above the indicators; whether the value was taken.
    pub(super) fn bind_head_total(&mut self, label: &Slot, value: Option<&Slot>) -> bool {
        self.decorate(label);
        let Some(value) = value.filter(|value| self.label(value).is_none()) else {
            return false;
        };
        if self.evaluation.total.is_none()
            && let Some(score) = self.figure_field(value, Quantity::Points, FieldPath::TOTAL_SCORE)
        {
            self.places.total = Some(TotalPlaces {
                label: label.range.first,
                weight: None,
                score: Some(score.cell),
            });
            self.evaluation.total = Some(Total {
                weight: None,
                score: Some(score),
            });
        }
        true
    }

    /// `总分：95` in one cell.
    pub(super) fn bind_inline_total(&mut self, slot: &Slot, value: &str) {
        let digits = match_key(value);
        let number = super::super::figure::parse_decimal(digits.trim_end_matches('分'));
        if let Some(number) = number
            && self.evaluation.total.is_none()
        {
            self.mark_bound(slot, FieldPath::TOTAL_SCORE);
            let score = Field::new(number, self.view.text(slot), slot.range.first);
            self.evaluation.total = Some(Total {
                weight: None,
                score: Some(score),
            });
            self.places.total = Some(TotalPlaces {
                label: slot.range.first,
                weight: None,
                score: Some(slot.range.first),
            });
        }
    }

    /// Binds a printed 小计, which is never summed again.
    pub(super) fn bind_subtotal_row(&mut self, row: &'v RowView<'_>, label: &Slot) {
        let index = self.evaluation.subtotals.len();
        let Some(name) = self.text_field(label, FieldPath::subtotal_label(index)) else {
            return;
        };
        for slot in row
            .own()
            .filter(|slot| slot.range.last.column < label.range.first.column)
        {
            if self.is_margin_heading(slot) || self.view.is(slot, RowWord::Block) || self.is_level_in_force(slot) {
                self.decorate(slot);
            }
        }
        let mut subtotal = Subtotal {
            label: name,
            weight: None,
            score: None,
        };
        for slot in row
            .own()
            .filter(|slot| slot.range.first.column > label.range.last.column)
        {
            match column_of(&self.header.columns, slot).map(|column| column.role) {
                Some(ColumnRole::Column(IndicatorField::Weight)) => {
                    subtotal.weight = self.figure_field(slot, Quantity::Points, FieldPath::subtotal_weight(index));
                }
                Some(ColumnRole::Column(IndicatorField::Score)) => {
                    subtotal.score = self.figure_field(slot, Quantity::Points, FieldPath::subtotal_score(index));
                }
                Some(ColumnRole::Derived) => self.decorate(slot),
                Some(ColumnRole::Column(IndicatorField::ReviewScore) | ColumnRole::LevelWeight(_)) => {
                    self.keep_figure(label, slot);
                }
                _ if self.view.is_placeholder(slot) => self.decorate(slot),
                _ => {}
            }
        }
        self.evaluation.subtotals.push(subtotal);
    }

    /// Binds the grade that stands behind its label, in one cell or over several; `false` when no grade is there.
    pub(super) fn bind_grade(&mut self, label: &Slot, values: &[Slot]) -> bool {
        let all: String = values
            .iter()
            .map(|slot| self.view.text(slot))
            .collect::<Vec<_>>()
            .join(" ");
        if all.trim().is_empty() {
            self.decorate(label);
            self.places.grade.get_or_insert(GradePlace {
                cell: label.range.first,
                is_tick_line: false,
                ticked: Vec::new(),
                text: String::new(),
            });
            return true;
        }
        let Some(first) = values.first().copied() else {
            return false;
        };
        if self.bind_grade_text(&first, self.view.text(&first)) {
            self.decorate(label);
            // Boxes of their own cells: the rest of the line belongs to the same grade.
            if values.len() > 1
                && let Some(GradeText::Ticks(ticked)) = read_grade(&all, self.vocabulary)
            {
                self.bind_grade_over_cells(values, ticked);
            } else {
                for slot in values.iter().skip(1) {
                    if self.label(slot).is_none() && !self.is_used(slot) {
                        self.push_note(slot);
                    }
                }
            }
            return true;
        }
        // ☑ | 优 | □ | 良: the line begins with a box, which is no grade by itself.
        if values.len() > 1
            && let Some(GradeText::Ticks(ticked)) = read_grade(&all, self.vocabulary)
        {
            self.decorate(label);
            self.bind_grade_over_cells(values, ticked);
            return true;
        }
        false
    }

    fn bind_grade_over_cells(&mut self, values: &[Slot], ticked: Vec<crate::model::Grade>) {
        let holds_tick = |binder: &Self, slot: &Slot| {
            matches!(
                read_grade(binder.view.text(slot), binder.vocabulary),
                Some(GradeText::Ticks(ticked)) if !ticked.is_empty()
            ) || binder.view.text(slot).contains(['☑', '☒', '√', '✓', '✔', '■', '●'])
        };
        let chosen = values
            .iter()
            .find(|slot| holds_tick(self, slot))
            .or(values.first())
            .copied();
        let Some(chosen) = chosen else { return };
        for slot in values {
            self.mark_bound(slot, FieldPath::GRADE);
        }
        let text = self.view.text(&chosen).to_owned();
        self.evaluation.grade = match ticked.as_slice() {
            [grade] => Some(Field::new(*grade, text.clone(), chosen.range.first)),
            _ => None,
        };
        self.places.grade = Some(GradePlace {
            cell: chosen.range.first,
            is_tick_line: true,
            ticked,
            text,
        });
    }

    /// Binds a text that is a grade; `false` when it is none.
    pub(super) fn bind_grade_text(&mut self, slot: &Slot, text: &str) -> bool {
        let Some(read) = read_grade(text, self.vocabulary) else {
            return false;
        };
        if self.places.grade.as_ref().is_some_and(|place| !place.text.is_empty()) {
            return false;
        }
        let (is_tick_line, ticked) = match read {
            GradeText::Word(grade) => (false, vec![grade]),
            GradeText::Ticks(ticked) => (true, ticked),
        };
        self.mark_bound(slot, FieldPath::GRADE);
        let whole = self.view.text(slot).to_owned();
        if let [grade] = ticked.as_slice() {
            self.evaluation.grade = Some(Field::new(*grade, whole.clone(), slot.range.first));
        }
        self.places.grade = Some(GradePlace {
            cell: slot.range.first,
            is_tick_line,
            ticked,
            text: whole,
        });
        true
    }
}

fn has_figure_after(binder: &Binder<'_, '_>, row: &RowView<'_>, slot: &Slot) -> bool {
    row.own()
        .filter(|other| other.range.first.column > slot.range.last.column)
        .any(|other| binder.points_at(other).is_some())
}
