//! C14: the text names an amount carried over from the year before, and its row in the fund block is empty.

use rust_decimal::Decimal;

use crate::model::{Field, FundField, FundRow, FundSource};
use crate::rules::kit::texts::{FoldedText, Word, words};
use crate::rules::kit::{amounts, wording, words};
use crate::rules::{Finding, Findings, RuleContext};
use crate::text::words::split_at_word;

rule! { "C14", "carryover-missing", "写明上年结转而结转栏是空的", Info, Reasons }

/// What was left of the year before.
const CARRIED: [Word; 3] = words!["上年结转", "上年结余", "上年度结转"];

/// Characters between the words and their amount: 资金, 金额为.
const NEAR: usize = 14;

fn check(context: &RuleContext, findings: &mut Findings) {
    let mut carried = context.funds().filter(|(_, fund)| fund.source == FundSource::Carryover);
    let (Some((row, fund)), None) = (carried.next(), carried.next()) else {
        return;
    };
    if [&fund.initial_budget, &fund.annual_budget, &fund.executed]
        .into_iter()
        .any(is_filled)
    {
        return;
    }
    let place = context
        .fund_cell(row, FundField::AnnualBudget)
        .or_else(|| context.fund_cell(row, FundField::Label));
    let Some(place) = place.filter(|place| !findings.is_condemned(*place)) else {
        return;
    };
    let told = wording::statements(context).find_map(|text| Some((text, amount(&context.folded(text))?)));
    let Some((text, written)) = told else { return };
    findings.report(
        Finding::new(
            place,
            format!(
                "上年结转的资金应填入资金栏；{} 写有上年结转 {written}，{}（{place}）没有填数。",
                text.cell,
                label(fund)
            ),
            format!(
                "在 {place} 一行补填结转资金的预算数和执行数，并计入年度资金总额；没有结转的改正 {}。",
                text.cell
            ),
        )
        .field(format!("funds[{row}].annual_budget"))
        .basis(&context.standard.clauses.funds)
        .related([text.cell]),
    );
}

fn is_filled(amount: &Option<Field<Decimal>>) -> bool {
    amount.as_ref().is_some_and(|amount| !amount.value.is_zero())
}

fn label(fund: &FundRow) -> String {
    fund.label.as_ref().map_or_else(
        || "结转资金行".to_owned(),
        |label| format!("“{}”", words::shortened(&label.value)),
    )
}

/// Returns the amount, with its unit, that follows the words in the same clause of a text without white space.
fn amount(text: &FoldedText<'_>) -> Option<String> {
    CARRIED.iter().filter(|word| text.has(word)).find_map(|word| {
        let (_, after) = split_at_word(text, word.text())?;
        let clause: String = after
            .chars()
            .take_while(|c| !",。;、".contains(*c))
            .take(NEAR)
            .collect();
        amounts::written(&clause)
            .into_iter()
            .find(|written| written.number > Decimal::ZERO)
            .map(|written| written.text)
    })
}
