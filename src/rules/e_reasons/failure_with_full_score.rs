//! E04: full marks beside words that admit a failure.

use crate::model::RescoredRow;
use crate::rules::kit::texts::{Word, words};
use crate::rules::kit::{reasons, words};
use crate::rules::{Finding, Findings, RuleContext};
use crate::text::plain;

rule! { "E04", "failure-with-full-score", "写明未完成却得满分", Info, Reasons }

/// Words that admit a failure.
const FAILURES: [Word; 14] = words![
    "未完成",
    "未达到",
    "未达标",
    "未能完成",
    "未能达到",
    "没有完成",
    "没有达到",
    "未实现",
    "未按时",
    "未按期",
    "逾期完成",
    "进度滞后",
    "完成滞后",
    "推迟完成",
];

/// Words that take the failure back, or speak of a deduction (E12).
const TAKEN_BACK: [Word; 8] = words!["已", "无未", "不存在", "扣", "没有未", "上年", "如", "若"];

fn check(context: &RuleContext, findings: &mut Findings) {
    for (row, indicator) in context.indicators() {
        let (Some(reason), Some(score), Some(weight)) = (&indicator.reason, &indicator.score, &indicator.weight) else {
            continue;
        };
        let text = context.folded(reason);
        let is_full = weight.value > rust_decimal::Decimal::ZERO
            && reasons::lost(indicator).is_some_and(|lost| lost.abs() < context.standard.tolerance.score);
        if !is_full
            || reasons::is_shared(context, row)
            || !text.has_any(&FAILURES)
            || text.has_any(&TAKEN_BACK)
            || findings.any_condemned([reason.cell, score.cell, weight.cell].map(Some))
            || findings.any_condemned([indicator.actual.as_ref().map(|actual| actual.cell)])
            || findings.is_weight_doubtful(RescoredRow::Indicator(row))
        {
            continue;
        }
        findings.report(
            Finding::new(
                score.cell,
                format!(
                    "未完成绩效目标的不能得满分；{}原因栏（{}）写“{}”，得分（{}）却是满分 {}。",
                    context.name(row),
                    reason.cell,
                    words::shortened(&reason.text),
                    score.cell,
                    plain(score.value)
                ),
                format!(
                    "核对完成值：确未完成的调整 {} 的得分；已经完成的改正 {}。",
                    score.cell, reason.cell
                ),
            )
            .field(format!("indicators[{row}].score"))
            .declared(plain(score.value))
            .basis(&context.standard.clauses.reasons)
            .related([reason.cell]),
        );
    }
}
