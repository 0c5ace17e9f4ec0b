//! C13: the text tells of money added during the year, and the budget has not changed.

use rust_decimal::Decimal;

use crate::model::Field;
use crate::rules::kit::texts::{FoldedText, Word, any_in, words};
use crate::rules::kit::wording;
use crate::rules::{Finding, Findings, RuleContext};
use crate::text::plain;

rule! { "C13", "budget-addition-missing", "写明年中追加而预算数没有变化", Info, Reasons }

/// Money that came during the year.
const ADDITIONS: [Word; 11] = words![
    "年中追加",
    "年中下达",
    "年中新增",
    "年中增加",
    "年中调增",
    "中途追加",
    "追加预算",
    "追加资金",
    "追加下达",
    "预算追加",
    "资金追加",
];

/// What turns the words before it around.
const DENIALS: [Word; 6] = words!["未", "无", "没有", "不", "拟", "申请"];

fn check(context: &RuleContext, findings: &mut Findings) {
    let Some((row, fund)) = context.fund_total() else {
        return;
    };
    let (Some(initial), Some(annual)) = (&fund.initial_budget, &fund.annual_budget) else {
        return;
    };
    if initial.value != annual.value
        || annual.value <= Decimal::ZERO
        || findings.any_condemned([Some(initial.cell), Some(annual.cell)])
    {
        return;
    }
    let told = wording::statements(context).find_map(|text| Some((text, addition(&context.folded(text))?)));
    let Some((text, word)) = told.filter(|(text, _): &(&Field<String>, &str)| !findings.is_explained(text.cell)) else {
        return;
    };
    findings.report(
        Finding::new(
            initial.cell,
            format!(
                "年中追加的资金应计入全年预算数，不计入年初预算数；{} 写有“{word}”，而年初预算数（{}）与全年预算数（{}）同为 {}。",
                text.cell,
                initial.cell,
                annual.cell,
                plain(annual.value)
            ),
            format!(
                "按年初批复改正 {}；追加没有计入的，补入 {}；追加后又等额调减的，在文字中写明。",
                initial.cell, annual.cell
            ),
        )
        .field(format!("funds[{row}].initial_budget"))
        .declared(plain(initial.value))
        .basis(&context.standard.clauses.funds)
        .related([annual.cell, text.cell]),
    );
}

/// Returns the words that tell of an addition, unless they are denied.
fn addition(text: &FoldedText<'_>) -> Option<&'static str> {
    let found = ADDITIONS.iter().filter(|word| text.has(word)).map(Word::text);
    found.into_iter().find(|word| {
        text.split_once(word).is_some_and(|(before, _)| {
            let clause = before.rsplit([',', '。', ';', '、']).next().unwrap_or(before);
            !any_in(clause, &DENIALS)
        })
    })
}
