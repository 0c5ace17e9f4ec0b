//! 年度总体目标: 预期目标 beside 实际完成情况, below their headers or to the right of them.

use std::collections::BTreeSet;
use std::rc::Rc;

use super::super::header::{HeaderColumn, column_of};
use super::super::view::{RowView, Slot};
use super::super::vocabulary::{GoalWord, IndicatorWord, RowWord};
use super::{Binder, Block};
use crate::model::IndicatorField;
use crate::model::{FieldPath, Goal, LabelledField};
use crate::text::keys::{gives_no_value, match_key};

impl<'v> Binder<'v, '_> {
    /// Recognises the header of the goal block, or a goal in label-and-value form; `false` when the row is neither.
    pub(super) fn bind_goal_header(&mut self, row: &'v RowView<'_>) -> bool {
        // The block's heading, repeated beside the goals, begins no block of its own.
        let goals_from = match &self.block {
            Block::Goals(columns) => columns.iter().map(|column| column.first).min().unwrap_or_default(),
            _ => 0,
        };
        let mut words = self.goal_words(row, goals_from);
        let has_figures = || {
            row.own()
                .any(|slot| self.view.cell(slot).is_some_and(|cell| cell.number().is_some()))
        };
        if words.is_empty() || (matches!(self.block, Block::Indicators) && has_figures()) {
            return false;
        }
        // 绩效目标 may be the block's own heading to the left of 预期目标.
        let count = |word: GoalWord| words.iter().filter(|(known, _)| *known == word).count();
        let (mut expected, mut actual) = (count(GoalWord::Expected), count(GoalWord::Actual));
        words.retain(|(word, slot)| {
            let are_too_many = expected > 1 || (expected > 0 && actual > 1);
            let is_heading = are_too_many && self.view.is(slot, RowWord::Block);
            match word {
                GoalWord::Expected => expected -= usize::from(is_heading),
                GoalWord::Actual => actual -= usize::from(is_heading),
                GoalWord::Other => {}
            }
            !is_heading
        });
        // 年度目标完成情况 left of 预期目标 and its 实际完成情况 can but be the block's heading.
        if let [(GoalWord::Actual, _), (GoalWord::Expected, _), (GoalWord::Actual, _)] = words.as_slice() {
            words.remove(0);
        }
        if self.bind_goals_beside_labels(row, &words) {
            return true;
        }
        // What is none by itself heads no column.
        if words.len() > 1 {
            words.retain(|(_, slot)| self.view.meanings(slot).goal.is_some());
        }
        self.prefer_goal_over_heading(row, &mut words);
        // A text behind the last label is its goal: what stands before the label is the block's heading, repeated.
        let last = words.last().map(|(_, slot)| slot.range.last.column).unwrap_or_default();
        let has_text = row
            .own()
            .any(|slot| slot.range.first.column > last && self.view.meanings(slot).indicator.is_none());
        if let [(_, heading), _] = words.as_slice()
            && has_text
            && self.view.is(heading, RowWord::Block)
        {
            words.remove(0);
        }
        if let [(GoalWord::Expected, label)] = words.as_slice()
            && self.view.meanings(label).goal.is_some()
            && let Some(header) = self.goal_result_header(row, label)
        {
            let message = format!("“{}”按“实际完成情况”读取", self.view.text(&header));
            self.guess(&header, message);
            words.push((GoalWord::Actual, header));
        }
        match words.as_slice() {
            [] => false,
            [(word, label)] => self.bind_goal_pair(row, *word, label),
            _ => {
                let headers: BTreeSet<usize> = words.iter().map(|(_, slot)| slot.cell).collect();
                let beside: Vec<(GoalWord, Slot)> = row
                    .own()
                    .filter_map(|slot| {
                        let is_goal = headers.contains(&slot.cell);
                        let is_kept = match self.view.meanings(slot).indicator {
                            None | Some(IndicatorWord::Other) => self.heads_goal_text(row, slot),
                            Some(other) => matches!(
                                other,
                                IndicatorWord::Extra
                                    | IndicatorWord::Perhaps(IndicatorField::Reason)
                                    | IndicatorWord::Column(IndicatorField::Reason)
                            ),
                        };
                        (!is_goal && is_kept).then_some((GoalWord::Other, *slot))
                    })
                    .collect();
                words.extend(beside);
                words.sort_by_key(|(_, slot)| slot.range.first.column);
                let columns: Vec<HeaderColumn<GoalWord>> = words
                    .iter()
                    .map(|(word, slot)| HeaderColumn {
                        first: slot.range.first.column,
                        last: slot.range.last.column,
                        role: *word,
                        cell: slot.range.first,
                        text: self.view.text(slot).to_owned(),
                    })
                    .collect();
                let first = columns.iter().map(|column| column.first).min().unwrap_or_default();
                let headers: BTreeSet<usize> = words.iter().map(|(_, slot)| slot.cell).collect();
                for slot in row.own() {
                    let is_header = headers.contains(&slot.cell);
                    if is_header || slot.range.last.column < first {
                        self.decorate(slot);
                    }
                }
                self.block = Block::Goals(Rc::new(columns));
                true
            }
        }
    }

    /// `预期目标 | 文字 | 完成情况 | 文字` in one row; `false` where some label has no text of its own behind it.
    fn bind_goals_beside_labels(&mut self, row: &'v RowView<'_>, labels: &[(GoalWord, Slot)]) -> bool {
        if matches!(self.block, Block::Indicators) || labels.len() < 2 {
            return false;
        }
        let starts = labels.iter().skip(1).map(|(_, next)| next.range.first.column);
        let pairs: Option<Vec<(GoalWord, Slot)>> = labels
            .iter()
            .zip(starts.chain([u32::MAX]))
            .filter_map(|((word, label), end)| {
                let between = label.range.last.column + 1..end;
                match row.own().find(|slot| between.contains(&slot.range.first.column)) {
                    Some(value) => Some(self.is_plain_text(value).then_some((*word, *value))),
                    // What came of the goal is not filled in, unless it is a head with a text below it.
                    None if end == u32::MAX && !self.have_texts_below(row, [label, label]) => None,
                    None => Some(None),
                }
            })
            .collect();
        let Some(pairs) = pairs.filter(|pairs| !pairs.is_empty()) else {
            return false;
        };
        for (_, label) in labels {
            self.decorate(label);
        }
        let last = pairs
            .last()
            .map(|(_, value)| value.range.first.column)
            .unwrap_or_default();
        let values: BTreeSet<usize> = pairs.iter().map(|(_, value)| value.cell).collect();
        for slot in row
            .own()
            .filter(|slot| slot.range.first.column < last && !values.contains(&slot.cell))
        {
            self.decorate(slot);
        }
        for (word, value) in pairs {
            self.bind_goal_half(word, &value);
        }
        self.block = Block::Head;
        true
    }

    /// Returns whether a slot beside heads of goals heads a text of its own: 实施期目标 before 年度目标.
    pub(super) fn heads_goal_text(&self, row: &RowView<'_>, slot: &Slot) -> bool {
        let meanings = self.view.meanings(slot);
        slot.range.first.row == slot.range.last.row
            && meanings.heading.is_none()
            && !meanings.is_row_label()
            && self.have_texts_below(row, [slot, slot])
    }

    /// Returns whether a slot is a text that no block knows as a label or a header.
    pub(super) fn is_plain_text(&self, slot: &Slot) -> bool {
        let meanings = self.view.meanings(slot);
        // 已完成 says what came of a goal.
        let is_statement = || {
            let key = self.view.key(slot);
            key.starts_with('已') && !key.ends_with(['值', '数', '量', '况'])
        };
        let is_known = (meanings.indicator.is_some() && !is_statement())
            || meanings.goal.is_some()
            || meanings.heading.is_some()
            || meanings.is_row_label();
        !is_known && self.view.cell(slot).is_some_and(|cell| cell.number().is_none())
    }

    /// Returns the only text to the right of 预期目标 where it can but head the results below: 年度总体目标完成综述, or
    /// 自评情况 with a text below each of the two.
    fn goal_result_header(&self, row: &RowView<'_>, label: &Slot) -> Option<Slot> {
        const LONGEST: usize = 14;
        if matches!(self.block, Block::Indicators) {
            return None;
        }
        let mut behind = row
            .own()
            .filter(|slot| slot.range.first.column > label.range.last.column);
        let (Some(only), None) = (behind.next(), behind.next()) else {
            return None;
        };
        let key = self.view.key(only).trim_end_matches(':');
        let names_results = ["完成", "实现", "达成"].iter().any(|word| key.contains(word))
            && ["情况", "综述", "概述", "结果", "效果"]
                .iter()
                .any(|end| key.ends_with(end));
        const RESULTS: [&str; 5] = ["完成", "实现", "达成", "自评", "实际"];
        let may_head = || RESULTS.iter().any(|word| key.contains(word));
        let is_header = key.chars().count() <= LONGEST
            && !key.contains(|c: char| c.is_ascii_digit())
            && (names_results || (may_head() && self.have_texts_below(row, [label, only])));
        is_header.then_some(*only)
    }

    /// Returns whether a text that is no label stands right below each of two heads.
    pub(super) fn have_texts_below(&self, row: &RowView<'_>, heads: [&Slot; 2]) -> bool {
        let Some(below) = self.view.row_below(row) else {
            return false;
        };
        heads.into_iter().all(|head| {
            let columns = head.range.first.column..=head.range.last.column;
            let mut under = below.own().filter(|slot| columns.contains(&slot.range.first.column));
            under.next().is_some_and(|slot| self.is_plain_text(slot)) && under.next().is_none()
        })
    }

    /// `预期目标 | 文字` in one row, `实际完成情况 | 文字` in another.
    fn bind_goal_pair(&mut self, row: &'v RowView<'_>, word: GoalWord, label: &Slot) -> bool {
        if matches!(self.block, Block::Indicators) {
            return false;
        }
        let value = row
            .own()
            .find(|slot| slot.range.first.column > label.range.last.column)
            .copied();
        let Some(value) = value else {
            // A block heading alone, or an empty goal.
            self.decorate(label);
            return true;
        };
        for slot in row
            .own()
            .filter(|slot| slot.range.last.column < value.range.first.column)
        {
            self.decorate(slot);
        }
        self.bind_goal_half(word, &value);
        self.block = Block::Head;
        true
    }

    fn bind_goal_half(&mut self, word: GoalWord, value: &Slot) {
        self.open_goal(word);
        let index = self.evaluation.goals.len().saturating_sub(1);
        let field = self.text_field(value, goal_path(index, word));
        if let Some(goal) = self.evaluation.goals.last_mut() {
            match word {
                GoalWord::Expected => goal.expected = field,
                GoalWord::Actual | GoalWord::Other => goal.actual = field,
            }
        }
    }

    /// Makes room for a goal's other half, or for a new goal.
    fn open_goal(&mut self, word: GoalWord) {
        let needs_new = match (word, self.evaluation.goals.last()) {
            (GoalWord::Expected, Some(goal)) => goal.expected.is_some() || goal.actual.is_some(),
            (GoalWord::Actual | GoalWord::Other, Some(goal)) => goal.actual.is_some(),
            (_, None) => true,
        };
        if needs_new {
            self.evaluation.goals.push(Goal::default());
        }
    }

    /// `预期目标：文字` in one cell; `false` when the cell begins with no such label.
    pub(super) fn bind_inline_goal(&mut self, slot: &Slot) -> bool {
        let text = self.view.text(slot);
        let Some((label, value)) = text.split_once([':', '：']) else {
            return false;
        };
        let key = match_key(label);
        let by_words = || self.vocabulary.goal(&key).filter(|word| self.may_be_named(*word));
        let Some(word) = self.vocabulary.meanings(&key).goal.or_else(by_words) else {
            return false;
        };
        let value = value.trim();
        if value.is_empty() || gives_no_value(value) {
            self.decorate(slot);
            return true;
        }
        self.open_goal(word);
        let index = self.evaluation.goals.len().saturating_sub(1);
        let field = self
            .text_field(slot, goal_path(index, word))
            .map(|whole| whole.with(value.to_owned()));
        if let Some(goal) = self.evaluation.goals.last_mut() {
            match word {
                GoalWord::Expected => goal.expected = field,
                GoalWord::Actual | GoalWord::Other => goal.actual = field,
            }
        }
        true
    }

    /// Binds the texts below the goal headers; `false` when none stands there.
    pub(super) fn bind_goal_row(&mut self, row: &'v RowView<'_>, columns: &[HeaderColumn<GoalWord>]) -> bool {
        let mut own = row.own();
        let first = own.next().map(|slot| self.view.meanings(slot)).unwrap_or_default();
        let is_other = first.heading.is_some() || (first.is(RowWord::Block) && own.next().is_none());
        if is_other {
            self.block = Block::Head;
            return false;
        }
        let index = self.evaluation.goals.len();
        let mut goal = Goal::default();
        let mut hit = false;
        for slot in row.own() {
            let starts_under = |column: &HeaderColumn<GoalWord>| {
                column.first <= slot.range.first.column && slot.range.first.column <= column.last
            };
            let Some(column) = column_of(columns, slot).filter(|column| starts_under(column)) else {
                // The block's heading, repeated beside its rows.
                if self.view.is(slot, RowWord::Block) || self.view.meanings(slot).goal.is_some() {
                    self.decorate(slot);
                }
                continue;
            };
            let target = match column.role {
                GoalWord::Expected => &goal.expected,
                GoalWord::Actual => &goal.actual,
                GoalWord::Other => {
                    self.keep_beside_goal(slot, &column.text);
                    continue;
                }
            };
            if target.is_some() {
                continue;
            }
            hit = true;
            if self.view.is_placeholder(slot) {
                self.decorate(slot);
                continue;
            }
            let field = self.text_field(slot, goal_path(index, column.role));
            match column.role {
                GoalWord::Expected => goal.expected = field,
                GoalWord::Actual | GoalWord::Other => goal.actual = field,
            }
        }
        if goal.expected.is_some() || goal.actual.is_some() {
            self.evaluation.goals.push(goal);
        }
        hit
    }

    /// What stands beside a goal under a header that the model has no field for.
    fn keep_beside_goal(&mut self, slot: &Slot, header: &str) {
        if self.view.is_placeholder(slot) {
            self.decorate(slot);
            return;
        }
        let path = FieldPath::extra(self.evaluation.extra.len());
        if let Some(value) = self.text_field(slot, path) {
            let label = header.to_owned();
            self.evaluation.extra.push(LabelledField { label, value });
        }
    }
}

fn goal_path(index: usize, word: GoalWord) -> FieldPath {
    match word {
        GoalWord::Expected => FieldPath::goal_expected(index),
        GoalWord::Actual | GoalWord::Other => FieldPath::goal_actual(index),
    }
}
