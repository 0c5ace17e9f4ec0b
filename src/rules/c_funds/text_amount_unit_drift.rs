//! C22: an amount in a text is one of the fund block, ten thousand times too small or too large: 208元 for 208万元.

use rust_decimal::Decimal;

use crate::grid::CellAddress;
use crate::model::{Field, MoneyUnit};
use crate::prose::{Figure, FigureUnit, figures};
use crate::rules::kit::amounts::yuan;
use crate::rules::kit::fund_sums::{self, AMOUNTS};
use crate::rules::kit::texts::{FoldedText, Word};
use crate::rules::{Finding, Findings, RuleContext};
use crate::text::plain;

rule! { "C22", "text-amount-unit-drift", "文字中的金额与资金栏相差一万倍", Warning, Reasons }

const MONEY: Word = Word::new("元");

fn check(context: &RuleContext, findings: &mut Findings) {
    let Some(unit) = context.evaluation().money_unit else {
        return;
    };
    let mut amounts: Vec<(Decimal, &Field<Decimal>)> = context
        .funds()
        .flat_map(|(_, fund)| {
            AMOUNTS
                .iter()
                .filter_map(|(column, ..)| fund_sums::amount(fund, *column))
        })
        .filter(|field| field.value > Decimal::ZERO && !findings.is_explained(field.cell))
        .filter_map(|field| Some((field.value.checked_mul(yuan(unit))?, field)))
        .collect();
    amounts.sort_unstable_by_key(|(amount, field)| (*amount, field.cell));
    for (index, goal) in context.evaluation().goals.iter().enumerate() {
        for (leaf, text) in [("expected", &goal.expected), ("actual", &goal.actual)] {
            let Some(field) = text.as_ref().filter(|field| !findings.is_explained(field.cell)) else {
                continue;
            };
            let text = context.folded(field);
            if !text.has(&MONEY) {
                continue;
            }
            let drifted = figures(&text).into_iter().find_map(|figure| {
                let (cell, amount) = drifted(&amounts, &text, &figure)?;
                Some((text.get(figure.start..figure.end)?.to_owned(), cell, amount))
            });
            let Some((written, cell, amount)) = drifted else {
                continue;
            };
            findings.report(
                Finding::new(
                    field.cell,
                    format!(
                        "文字里的金额应与资金栏一致；{} 写的是“{written}”，资金栏 {cell} 是 {}{}，正好相差 10000 倍，像是“元”和“万元”写混了。",
                        field.cell,
                        plain(amount),
                        unit.title()
                    ),
                    format!("核对 {} 里“{written}”的单位。", field.cell),
                )
                .field(format!("goals[{index}].{leaf}"))
                .declared(written)
                .expected(format!("{}{}", plain(amount), unit.title()))
                .related([cell]),
            );
        }
    }
}

/// Before an amount that is paid for one of many.
const FOR_ONE: [&str; 12] = [
    "每", "人均", "户均", "标准", "单价", "平均", "/", "月", "补贴", "补助", "增收", "收入",
];

/// What an amount of the fund block is called in a sentence.
const FUNDS: [&str; 9] = ["资金", "预算", "投入", "拨付", "拨款", "支出", "经费", "投资", "到位"];

/// Returns the amount of the fund block that a figure misses by exactly ten thousand, where it fits none.
fn drifted(
    amounts: &[(Decimal, &Field<Decimal>)],
    text: &FoldedText<'_>,
    figure: &Figure,
) -> Option<(CellAddress, Decimal)> {
    let FigureUnit::Money(_) = figure.unit else { return None };
    let written = figure.scaled().filter(|_| !figure.is_about && !figure.is_bound)?;
    let clause = text.get(..figure.start)?;
    let clause = clause
        .rsplit(['。', ';', '；', ',', '，', '、', '\n'])
        .next()
        .unwrap_or(clause);
    let behind = text.get(figure.end..)?;
    let is_of_funds = FUNDS.iter().any(|word| clause.contains(word));
    let is_for_one = FOR_ONE.iter().any(|word| clause.contains(word)) || behind.starts_with(['/', '每', '的']);
    // 10元 and 20元 may be anything.
    let is_telling = figure.value.normalize().mantissa().abs() >= 100;
    if !is_of_funds || is_for_one || !is_telling {
        return None;
    }
    let find = |wanted: Decimal| {
        let at = amounts.partition_point(|(amount, _)| *amount < wanted);
        amounts.get(at).filter(|(amount, _)| *amount == wanted)
    };
    let ten_thousand = yuan(MoneyUnit::TenThousandYuan);
    if find(written).is_some() {
        return None;
    }
    [written.checked_mul(ten_thousand), written.checked_div(ten_thousand)]
        .into_iter()
        .flatten()
        .find_map(find)
        .map(|(_, field)| (field.cell, field.value))
}
