//! E09: a reason beyond the unit's control that another full score speaks against, for a person to look at.

use crate::model::Indicator;
use crate::rules::kit::texts::{Word, words};
use crate::rules::kit::{reasons, words};
use crate::rules::{Finding, Findings, RuleContext};
use crate::text::sentence;

rule! { "E09", "reason-against-full-score", "原因说资金不足，资金类指标却得满分", Info, Review }

/// Reasons that there was too little money.
const SHORT_OF_MONEY: [Word; 20] = words![
    "资金额度有限",
    "资金有限",
    "资金不足",
    "资金不够",
    "资金紧张",
    "资金短缺",
    "资金缺口",
    "资金未到位",
    "资金不到位",
    "资金到位不及时",
    "资金未及时到位",
    "资金未足额到位",
    "经费不足",
    "经费有限",
    "经费紧张",
    "经费短缺",
    "拨款不足",
    "预算不足",
    "预算有限",
    "财力有限",
];

/// Indicators whose full score says that the money was there and enough.
const ENOUGH_MONEY: [Word; 9] = words![
    "资金到位",
    "到位率",
    "预算编制",
    "资金分配",
    "预算匹配",
    "预算与目标",
    "资金落实",
    "资金保障",
    "预算安排",
];

/// Contradicting rows named one by one.
const NAMED: usize = 4;

fn check(context: &RuleContext, findings: &mut Findings) {
    let full: Vec<(usize, &Indicator)> = context
        .rows()
        .filter(|(_, indicator, texts)| texts.level3.has_any(&ENOUGH_MONEY) && is_full(context, indicator))
        .map(|(row, indicator, _)| (row, indicator))
        .collect();
    if full.is_empty() {
        return;
    }
    for (row, reason) in reasons::of_deductions(context, findings) {
        let text = context.folded(reason);
        let Some(phrase) = text.first_of(&SHORT_OF_MONEY) else {
            continue;
        };
        let others: Vec<_> = full.iter().filter(|(other, _)| *other != row).take(NAMED).collect();
        let named: Vec<String> = others
            .iter()
            .filter_map(|(other, indicator)| {
                let score = indicator.score.as_ref()?;
                Some(sentence![context.name(*other), "（", score.cell, "）"])
            })
            .collect();
        if named.is_empty() {
            continue;
        }
        findings.report(
            Finding::new(
                reason.cell,
                format!(
                    "扣分的原因不应与别的得分互相矛盾；{}的原因（{}）说“{phrase}”，{}却得满分，哪一处不实须由人判断。",
                    context.name(row),
                    reason.cell,
                    named.join("、")
                ),
                format!("核对资金是否确实不够：不够的调整满分的指标，够的改写 {}。", reason.cell),
            )
            .field(format!("indicators[{row}].reason"))
            .declared(words::shortened(&reason.text))
            .basis(&context.standard.clauses.reasons)
            .related(
                others
                    .iter()
                    .filter_map(|(_, indicator)| indicator.score.as_ref().map(|score| score.cell)),
            ),
        );
    }
}

fn is_full(context: &RuleContext, indicator: &Indicator) -> bool {
    let has_weight = indicator
        .weight
        .as_ref()
        .is_some_and(|weight| weight.value > rust_decimal::Decimal::ZERO);
    has_weight && reasons::lost(indicator).is_some_and(|lost| lost < context.standard.tolerance.score)
}
