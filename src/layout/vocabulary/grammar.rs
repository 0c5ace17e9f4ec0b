//! Headers and labels understood by the words that they are put together from, where the vocabulary has no entry for
//! them as a whole.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::fund_grammar::{BudgetStanding, FundPart, budget_standing, fund_sense, loose_budget};
use super::goal_grammar::goal_sense;
use super::header_grammar::{Sense, header_sense};
use super::header_parts::Part;
use super::label_grammar::{LabelPart, LabelSense, label_sense};
use super::meanings::{GoalWord, IndicatorWord, Meanings};
use super::parts::Lexicon;
use crate::text::keys::{header_key, without_column_number, without_ordinal};

/// The words of each block's headers.
#[derive(Debug, Clone)]
pub(super) struct Grammar {
    headers: Lexicon<Part>,
    funds: Lexicon<FundPart>,
    labels: Lexicon<LabelPart>,
}

impl Grammar {
    /// Returns the grammar of these words; a word of two classes is refused.
    pub(super) fn new(
        headers: &BTreeMap<String, Vec<String>>,
        funds: &BTreeMap<String, Vec<String>>,
        labels: &BTreeMap<String, Vec<String>>,
    ) -> Result<Self, String> {
        Ok(Self {
            headers: Lexicon::new(headers, Part::named)?,
            funds: Lexicon::new(funds, FundPart::named)?,
            labels: Lexicon::new(labels, LabelPart::named)?,
        })
    }

    /// Returns what is known of a text as a whole, completed by what its words say in blocks where the whole means
    /// nothing; `plain` is its [`header_key`].
    pub(super) fn completed(&self, mut whole: Meanings, plain: &str) -> Meanings {
        let wording = without_ordinal(plain).unwrap_or(plain);
        if whole.indicator.is_none()
            && let Sense::Word(word) = header_sense(&self.headers, wording)
        {
            whole.indicator = Some(word);
        }
        if whole.fund.is_none() {
            whole.fund = fund_sense(&self.funds, &fund_wording(plain));
        }
        if whole.heading.is_none() && !whole.is_row_label() {
            match label_sense(&self.labels, wording) {
                Some(LabelSense::Heading(word)) => whole.heading = Some(word),
                Some(LabelSense::Row(word)) => whole.add_row(word),
                None => {}
            }
        }
        whole
    }

    /// Returns what a label of the goal block says.
    pub(super) fn goal(&self, key: &str) -> Option<GoalWord> {
        goal_sense(&self.headers, &header_key(key))
    }

    /// Returns how plainly a head of the fund block names the budget of the whole year.
    pub(super) fn budget_standing(&self, key: &str) -> BudgetStanding {
        budget_standing(&self.funds, &fund_wording(&header_key(key)))
    }

    /// Returns how plainly a head speaks of a budget, where it says no more.
    pub(super) fn loose_budget(&self, key: &str) -> Option<BudgetStanding> {
        loose_budget(&self.funds, &fund_wording(&header_key(key)))
    }

    /// Returns whether a header says nothing but that a value stands there.
    pub(super) fn is_bare_value(&self, key: &str) -> bool {
        header_sense(&self.headers, &header_key(key)) == Sense::Bare
    }

    /// Returns whether a head speaks of another time or of a forecast.
    pub(super) fn turns(&self, key: &str) -> bool {
        let plain = header_key(key);
        match header_sense(&self.headers, &plain) {
            Sense::Word(IndicatorWord::Other) | Sense::Loose => {
                self.headers.mentions(&plain, |part| part == Part::Turning)
            }
            _ => false,
        }
    }
}

/// Returns a header's wording as the words of the fund block are looked for in it.
fn fund_wording(plain: &str) -> Cow<'_, str> {
    header_key(without_column_number(plain))
}
