//! Heads of a fund block that name their year each.

use super::super::view::Slot;
use super::super::vocabulary::FundWord;
use super::fund_contest::{Contest, holds_figure};
use super::years::{year_before, year_of_table};
use crate::model::FundField;

/// The heads of a fund block that name their year: 2023年预算数 beside 2024年预算数.
pub(super) struct FundYears<'c, 'v, 's> {
    contest: &'c Contest<'v, 's>,
    /// The year whose amounts are those of the table.
    evaluated: Option<u32>,
}

impl<'c, 'v, 's> FundYears<'c, 'v, 's> {
    /// Returns the years of a row's heads; `None` where no head names one. The year evaluated is that of the table, else
    /// the last one with an executed amount, unless a head without a year has it.
    pub(super) fn of(contest: &'c Contest<'v, 's>) -> Option<Self> {
        let Contest { view, row, .. } = *contest;
        let executed = Some(FundWord::Column(FundField::Executed));
        let mut years = Self {
            contest,
            evaluated: None,
        };
        let named: Vec<(u32, FundWord)> = row.own().filter_map(|slot| years.year_and_word(slot)).collect();
        // Beside figures they are labels of those.
        if named.is_empty() || row.own().any(|slot| holds_figure(view, slot)) {
            return None;
        }
        let first = view.rows.partition_point(|other| other.row < row.row);
        let of_table = year_of_table(view.rows.get(..first).unwrap_or_default(), view);
        let is_named = |year: &u32| named.iter().any(|(known, _)| known == year);
        let has_executed = row.own().any(|slot| view.meanings(slot).fund == executed);
        years.evaluated = match of_table {
            Some(year) if is_named(&year) => Some(year),
            Some(_) if has_executed => None,
            _ => {
                let of_executed = named.iter().filter(|(_, word)| Some(*word) == executed);
                let last = of_executed.map(|(year, _)| *year).max();
                last.or_else(|| named.iter().map(|(year, _)| *year).max())
            }
        };
        Some(years)
    }

    /// Returns what a head with a year means; of another year than the one evaluated it is kept beside the table.
    pub(super) fn word(&self, slot: &Slot) -> Option<FundWord> {
        let (year, word) = self.year_and_word(slot)?;
        let is_evaluated = self.evaluated == Some(year);
        Some(if is_evaluated { word } else { FundWord::Extra })
    }

    fn year_and_word(&self, slot: &Slot) -> Option<(u32, FundWord)> {
        let Contest { view, vocabulary, .. } = *self.contest;
        let (year, rest) = year_before(view.key(slot)).filter(|(_, rest)| !rest.is_empty())?;
        let word = vocabulary.meanings(rest).fund?;
        let is_amount = |column: FundField| column.is_amount() || column == FundField::ExecutionRate;
        matches!(word, FundWord::Column(column) if is_amount(column)).then_some((year, word))
    }
}
