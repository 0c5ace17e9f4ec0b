//! What a table of targets says above its indicators and an evaluation never does: amounts behind the names of their
//! sources without any header, and a goal behind the heading of its block.

use super::figure::{Quantity, read_figure};
use super::money::{amount_with_unit, money_unit};
use super::view::{RowView, SheetView, Slot};
use super::vocabulary::{RowWord, Vocabulary};
use crate::model::{Evaluation, Field, FundRow, FundSource, Goal, MoneyUnit};
use crate::text::keys::{gives_no_value, match_key};

/// A label is a word or two; anything longer is a text.
const LONGEST_LABEL: usize = 24;

/// Adds amounts, their unit and a goal that stand in rows above the indicators, where binding found none.
pub(super) fn add_planned(
    evaluation: &mut Evaluation,
    view: &SheetView<'_>,
    above: &[RowView<'_>],
    vocabulary: &Vocabulary,
) {
    let is_amountless = evaluation
        .funds
        .iter()
        .all(|fund| fund.annual_budget.is_none() && fund.initial_budget.is_none());
    let funds: Vec<FundRow> = pairs(above)
        .filter_map(|(label, value)| fund(view, &label, &value, vocabulary))
        .collect();
    if is_amountless && !funds.is_empty() {
        evaluation.funds = funds;
    }
    if evaluation.money_unit.is_none() {
        let mut slots = above.iter().flat_map(RowView::own);
        evaluation.money_unit = slots.find_map(|slot| money_unit(view.key(slot)));
    }
    if let Some(unit) = evaluation.money_unit {
        bring_to(unit, evaluation.funds.iter_mut().filter(|_| is_amountless));
    }
    if evaluation.goals.is_empty() {
        let goals = pairs(above).filter_map(|(label, value)| goal(view, &label, &value));
        evaluation.goals = goals.take(1).collect();
    }
}

/// Converts the amounts that name another unit behind them.
fn bring_to<'f>(unit: MoneyUnit, funds: impl Iterator<Item = &'f mut FundRow>) {
    for amount in funds.filter_map(|fund| fund.annual_budget.as_mut()) {
        let key = match_key(&amount.text);
        if let Some((_, own)) = amount_with_unit(&key)
            && let Some(converted) = own.convert(amount.value, unit)
        {
            amount.value = converted;
        }
    }
}

/// Neighbours in a row, the left one being a cell of the row or a heading merged down to it.
fn pairs(rows: &[RowView<'_>]) -> impl Iterator<Item = (Slot, Slot)> {
    rows.iter().flat_map(|row| {
        row.slots.windows(2).filter_map(|pair| match pair {
            [label, value] if !value.carried => Some((*label, *value)),
            _ => None,
        })
    })
}

fn fund(view: &SheetView<'_>, label: &Slot, value: &Slot, vocabulary: &Vocabulary) -> Option<FundRow> {
    const MONEY: [&str; 7] = ["资金", "拨款", "总额", "结转", "专户", "收入", "补助"];
    let key = view.key(label);
    let is_name = key.chars().count() <= LONGEST_LABEL
        && MONEY.iter().any(|word| key.contains(word))
        && !view.is(label, RowWord::Block)
        && view.meanings(label).heading.is_none();
    if !is_name || label.carried {
        return None;
    }
    let amount = read_figure(view.cell(value)?, Quantity::Money).number()?;
    let name = view.text(label);
    let source = vocabulary.fund_source(name);
    // 项目资金: 300 names no source, so it is the whole.
    let names_other = key.contains("其他") || key.contains("其它") || key.starts_with("其中");
    let source = if source == FundSource::Other && !names_other {
        FundSource::Total
    } else {
        source
    };
    let mut fund = FundRow::new(source);
    fund.label = Some(Field::new(name.to_owned(), name, label.range.first));
    fund.annual_budget = Some(Field::new(amount, view.text(value), value.range.first));
    Some(fund)
}

fn goal(view: &SheetView<'_>, label: &Slot, value: &Slot) -> Option<Goal> {
    let key = view.key(label);
    let text = view.text(value);
    let is_goal = key.contains("目标") && view.is(label, RowWord::Block);
    let is_text = text.chars().count() > LONGEST_LABEL / 2 && !gives_no_value(text);
    (is_goal && is_text).then(|| Goal {
        expected: Some(Field::new(text.to_owned(), text, value.range.first)),
        actual: None,
    })
}
