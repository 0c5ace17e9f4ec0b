//! Which texts of a row are labels of goals: those that are known, and those that can but be some where they stand.

use super::super::view::{RowView, Slot};
use super::super::vocabulary::{GoalWord, RowWord};
use super::{Binder, Block};

impl<'v> Binder<'v, '_> {
    /// Returns the labels of goals in a row, from the column in which the goals begin.
    pub(super) fn goal_words(&self, row: &'v RowView<'_>, goals_from: u32) -> Vec<(GoalWord, Slot)> {
        let mut words: Vec<(GoalWord, Slot)> = row
            .own()
            .filter(|slot| slot.range.first.column >= goals_from)
            .filter_map(|slot| Some((self.view.meanings(slot).goal?, *slot)))
            .collect();
        let is_above = matches!(self.block, Block::Head | Block::Funds(_) | Block::FundPairs(_));
        if is_above && !self.is_past_header(row) {
            for word in [GoalWord::Expected, GoalWord::Actual] {
                let is_known = words.iter().any(|(known, _)| *known == word);
                if !is_known && let Some(label) = self.supposed_goal_word(row, word, &words) {
                    words.push((word, label));
                }
            }
            words.sort_by_key(|(_, slot)| slot.range.first.column);
        }
        words
    }

    /// Returns the label of a goal, or of what came of one, that is none by itself: with its text right behind it, and
    /// what came of it only beside a goal or below one.
    fn supposed_goal_word(&self, row: &'v RowView<'_>, word: GoalWord, known: &[(GoalWord, Slot)]) -> Option<Slot> {
        if known.is_empty() && !self.may_be_named(word) {
            return None;
        }
        let slots: Vec<&Slot> = row.own().collect();
        let (at, label) = slots.iter().enumerate().find(|(_, slot)| {
            let meanings = self.view.meanings(slot);
            // 年度总体目标 heads the block, unless its text stands beside it and nothing below it.
            let heads_block = word == GoalWord::Expected && self.view.is(slot, RowWord::Block);
            let is_free = meanings.heading.is_none() && (heads_block || !meanings.is_row_label());
            is_free
                && (!heads_block || slot.range.first.row == slot.range.last.row)
                && meanings.goal.is_none()
                && self.vocabulary.goal(self.view.key(slot)) == Some(word)
        })?;
        let has_text = match slots.get(at + 1) {
            Some(behind) => {
                let is_last = slots
                    .get(at + 2)
                    .is_none_or(|next| !self.is_plain_text(next) || !self.supposed_text(next));
                is_last && self.is_plain_text(behind) && self.supposed_text(behind)
            }
            None => word == GoalWord::Actual && (!known.is_empty() || slots.len() == 1),
        };
        has_text.then_some(**label)
    }

    /// Puts 项目绩效目标 over its text in the place of 绩效目标, where that is the block's heading beside it, without a text of
    /// its own.
    pub(super) fn prefer_goal_over_heading(&self, row: &'v RowView<'_>, words: &mut [(GoalWord, Slot)]) {
        let [(GoalWord::Expected, heading), (GoalWord::Actual, _)] = words else {
            return;
        };
        let is_heading = self.view.is(heading, RowWord::Block) && !self.have_texts_below(row, [heading, heading]);
        let is_goal = |slot: &&Slot| {
            slot.range.first.column > heading.range.last.column
                && self.vocabulary.goal(self.view.key(slot)) == Some(GoalWord::Expected)
                && self.heads_goal_text(row, slot)
        };
        if is_heading && let Some(goal) = row.own().find(is_goal) {
            *heading = *goal;
        }
    }

    /// Returns whether a label by its words alone may ask for a goal, or for what came of the one above.
    pub(super) fn may_be_named(&self, word: GoalWord) -> bool {
        let last = self.evaluation.goals.last();
        word == GoalWord::Expected || last.is_some_and(|goal| goal.expected.is_some() && goal.actual.is_none())
    }

    /// Returns whether a text is no label that is put together from words of goals.
    fn supposed_text(&self, slot: &Slot) -> bool {
        self.vocabulary.goal(self.view.key(slot)).is_none() && !self.view.is_placeholder(slot)
    }
}
