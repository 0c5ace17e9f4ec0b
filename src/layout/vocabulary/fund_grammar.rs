//! What a header of the fund block means by the words that it is put together from.

use super::meanings::FundWord;
use super::parts::Lexicon;
use crate::model::FundField;

/// Classes of the words that headers of the fund block are made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum FundPart {
    Plain,
    Actual,
    Initial,
    Year,
    Adjusted,
    After,
    Budget,
    Issued,
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
            "actual" => Self::Actual,
            "initial" => Self::Initial,
            "year" => Self::Year,
            "adjusted" => Self::Adjusted,
            "after" => Self::After,
            "budget" => Self::Budget,
            "issued" => Self::Issued,
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
    let last = parts.iter().rfind(|part| !matches!(part, Plain | Actual))?;
    let is_definite = last == Amount || has(Year) || has(Initial) || has(Adjusted);
    let has_budget = has(Budget) || has(Issued);
    let is_of_execution = (has(Spent) || has_budget) && !has(Arrived) && !has(Initial);
    let column = |column: FundField| Some(FundWord::Column(column));
    let is_plain = parts.iter().all(|part| matches!(part, Plain | Actual | Weight | Score));
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
        Rate if has_budget && has(Done) && !has(Adjusted) && !has(Initial) => column(FundField::ExecutionRate),
        Rate => None,
        // 预算调整数 is what was added, 调整后预算数 what came of it.
        _ if has(Adjusted) && !has(After) => {
            let budget = at(Budget).or(at(Issued));
            let follows = budget.is_none() || budget < at(Adjusted);
            (last == Amount && follows && !has(Spent)).then_some(FundWord::Extra)
        }
        Amount | Spent if has(Spent) && !has(Initial) && !has(Adjusted) && (is_definite || has(Actual)) => {
            column(FundField::Executed)
        }
        Amount | Budget | Issued if has_budget && is_definite && !has(Spent) && !has(Done) => {
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

/// How plainly a head says that it names the budget of the whole year, the plainest last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub(in crate::layout) enum BudgetStanding {
    /// 本年下达数 may be a part of the budget.
    Issued,
    /// 调整预算数 may be what was added, or what came of it.
    Change,
    /// 年度预算安排 may be what was arranged before more was added.
    Arranged,
    /// 预算数.
    #[default]
    Plain,
    /// 全年预算数.
    WholeYear,
    /// 调整后预算数.
    Final,
}

/// Returns how plainly a head says that it names the budget of the whole year.
pub(super) fn budget_standing(lexicon: &Lexicon<FundPart>, wording: &str) -> BudgetStanding {
    use FundPart::{Adjusted, After, Budget, Issued, Year};
    let Some(parts) = lexicon.parts(wording) else {
        return BudgetStanding::default();
    };
    let has = |wanted: FundPart| parts.iter().any(|part| part == wanted);
    if has(Adjusted) && has(After) {
        BudgetStanding::Final
    } else if has(Adjusted) {
        BudgetStanding::Change
    } else if !has(Budget) {
        BudgetStanding::Issued
    } else if has(Issued) {
        BudgetStanding::Arranged
    } else if has(Year) {
        BudgetStanding::WholeYear
    } else {
        BudgetStanding::Plain
    }
}

/// Returns how plainly a head speaks of a budget without saying that it is an amount, as 预算安排 does; `None` where it
/// says anything else.
pub(super) fn loose_budget(lexicon: &Lexicon<FundPart>, wording: &str) -> Option<BudgetStanding> {
    use FundPart::{Actual, Budget, Issued, Plain};
    let parts = lexicon.parts(wording)?;
    let is_loose = parts
        .iter()
        .all(|part| matches!(part, Plain | Actual | Budget | Issued))
        && parts.iter().any(|part| !matches!(part, Plain | Actual));
    is_loose.then(|| budget_standing(lexicon, wording))
}
