//! What a header of the fund block means by the words that it is put together from.

use super::meanings::FundWord;
use super::parts::Lexicon;
use crate::model::FundField;

/// Classes of the words that headers of the fund block are made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum FundPart {
    Plain,
    Initial,
    Year,
    Adjusted,
    After,
    Budget,
    Spent,
    Done,
    Arrived,
    Amount,
    Rate,
    Weight,
    Score,
    Basis,
    Reason,
}

impl FundPart {
    /// Returns the class of this name in the vocabulary.
    pub(super) fn named(name: &str) -> Option<Self> {
        Some(match name {
            "plain" => Self::Plain,
            "initial" => Self::Initial,
            "year" => Self::Year,
            "adjusted" => Self::Adjusted,
            "after" => Self::After,
            "budget" => Self::Budget,
            "spent" => Self::Spent,
            "done" => Self::Done,
            "arrived" => Self::Arrived,
            "amount" => Self::Amount,
            "rate" => Self::Rate,
            "weight" => Self::Weight,
            "score" => Self::Score,
            "basis" => Self::Basis,
            "reason" => Self::Reason,
            _ => return None,
        })
    }
}

/// Returns what a header of the fund block says; nothing where some word of it is unknown, such as 上年 or 1-6月.
pub(super) fn fund_sense(lexicon: &Lexicon<FundPart>, wording: &str) -> Option<FundWord> {
    use FundPart::*;
    let parts = lexicon.parts(wording)?;
    let has = |wanted: FundPart| parts.iter().any(|part| part == wanted);
    let at = |wanted: FundPart| parts.iter().position(|part| part == wanted);
    let last = parts.iter().rfind(|part| *part != Plain)?;
    let is_definite = last == Amount || has(Year) || has(Initial) || has(Adjusted);
    let is_of_execution = (has(Spent) || has(Budget)) && !has(Arrived) && !has(Initial);
    let column = |column: FundField| Some(FundWord::Column(column));
    let is_plain = parts.iter().all(|part| matches!(part, Plain | Weight | Score));
    match last {
        Weight if is_plain && !has(Score) => column(FundField::Weight),
        Score if is_plain && !has(Weight) => column(FundField::Score),
        Weight if is_of_execution && has(Rate) => column(FundField::Weight),
        Score if is_of_execution => column(FundField::Score),
        Reason if is_of_execution => column(FundField::Reason),
        Basis if is_of_execution || has(Score) || has(Rate) => Some(FundWord::Extra),
        Weight | Score | Reason | Basis => None,
        _ if has(Arrived) => (last == Amount || last == Rate).then_some(FundWord::Extra),
        Rate if has(Spent) && !has(Adjusted) && !has(Initial) => column(FundField::ExecutionRate),
        Rate if has(Budget) && has(Done) && !has(Adjusted) && !has(Initial) => column(FundField::ExecutionRate),
        Rate => None,
        // 预算调整数 is what was added, 调整后预算数 what came of it.
        _ if has(Adjusted) && !has(After) => {
            let follows = at(Budget).is_none() || at(Budget) < at(Adjusted);
            (last == Amount && follows && !has(Spent)).then_some(FundWord::Extra)
        }
        Amount | Spent if has(Spent) && !has(Initial) && !has(Adjusted) && is_definite => column(FundField::Executed),
        Amount | Budget if has(Budget) && is_definite && !has(Spent) && !has(Done) => {
            if has(Initial) && !has(Adjusted) {
                column(FundField::InitialBudget)
            } else if has(Initial) {
                None
            } else {
                column(FundField::AnnualBudget)
            }
        }
        _ => None,
    }
}
