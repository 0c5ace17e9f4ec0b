//! E12: the reason states a deduction, and the score shows another.

use rust_decimal::{Decimal, RoundingStrategy};

use crate::model::RescoredRow;
use crate::rules::kit::texts::{Word, words};
use crate::rules::kit::{reasons, words};
use crate::rules::{Finding, Findings, RuleContext};
use crate::text::plain;

rule! { "E12", "deduction-conflicts-with-reason", "写明的扣分与得分不符", Error, Reasons }

/// Words of a scoring rule that is quoted rather than applied, or of a deduction that was not made.
const QUOTED: [Word; 10] = words![
    "每",
    "最多",
    "至多",
    "不扣",
    "未扣",
    "应扣",
    "可扣",
    "酌情",
    "扣完",
    "评分标准",
];

fn check(context: &RuleContext, findings: &mut Findings) {
    for (row, indicator) in context.indicators() {
        let (Some(weight), Some(score), Some(reason)) = (&indicator.weight, &indicator.score, &indicator.reason) else {
            continue;
        };
        let deduction = weight.value.saturating_sub(score.value);
        let stated = stated_deductions(&reason.value, weight.value);
        let Some(sum) = stated
            .iter()
            .try_fold(Decimal::ZERO, |sum, points| sum.checked_add(*points))
            .filter(|_| !stated.is_empty())
        else {
            continue;
        };
        // 扣1.7分 is what is left of 1.67 at the places that it is written with.
        let agrees = |points: Decimal| {
            points.saturating_sub(deduction).abs() <= context.standard.tolerance.score
                || points.scale() > 0
                    && deduction.round_dp_with_strategy(points.scale(), RoundingStrategy::MidpointAwayFromZero)
                        == points
        };
        // 共扣3分，其中…扣1分、…扣2分 names its sum as well as its parts.
        if agrees(sum)
            || stated.iter().any(|points| agrees(*points))
            || reasons::is_shared(context, row)
            || findings.any_condemned([score.cell, weight.cell, reason.cell].map(Some))
            || findings.is_weight_doubtful(RescoredRow::Indicator(row))
        {
            continue;
        }
        findings.report(
            Finding::new(
                score.cell,
                format!(
                    "原因栏写明的扣分应等于分值减得分；{}原因栏（{}）写扣 {} 分，分值 {}、得分 {}（{}）却相差 {} 分。",
                    context.name(row),
                    reason.cell,
                    plain(sum),
                    plain(weight.value),
                    plain(score.value),
                    score.cell,
                    plain(deduction)
                ),
                format!(
                    "核对扣分：改正 {} 的得分，或改正 {} 写的扣分。",
                    score.cell, reason.cell
                ),
            )
            .field(format!("indicators[{row}].score"))
            .figures(score.value, weight.value.saturating_sub(sum))
            .basis(&context.standard.clauses.reasons)
            .related([weight.cell, reason.cell]),
        );
    }
}

/// Returns the points of each `扣2分`, `扣30%` or `扣除分值的30%` (of the weight) in a reason; none where the text
/// quotes a rule, or what a percentage is of cannot be told.
fn stated_deductions(reason: &str, weight: Decimal) -> Vec<Decimal> {
    let text = words::tight(reason);
    if text.has_any(&QUOTED) {
        return Vec::new();
    }
    let mut stated = Vec::new();
    let parts: Vec<&str> = text.split('扣').skip(1).collect();
    for part in &parts {
        let part = part.trim_start_matches(['除', '减', '去', '掉', '了', ':']);
        // 扣分30%, 扣分：10分 and 扣除分值的30%.
        let part = ["该项分值的", "本项分值的", "指标分值的", "分值的", "分数", "分"]
            .iter()
            .find_map(|word| part.strip_prefix(word))
            .unwrap_or(part)
            .trim_start_matches(['为', ':']);
        let rest = part.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
        let digits = words::before_rest(part, rest).unwrap_or_default();
        if let Some(after) = rest.strip_prefix('%') {
            let share = digits
                .parse::<Decimal>()
                .ok()
                .filter(|_| is_of_weight(after) && stated.is_empty() && parts.len() == 1);
            let points = share.and_then(|share| weight.checked_mul(share)?.checked_div(Decimal::ONE_HUNDRED));
            return points.map(|points| vec![points.normalize()]).unwrap_or_default();
        }
        if let (true, Ok(points)) = (rest.starts_with('分'), digits.parse::<Decimal>()) {
            stated.push(points);
        }
    }
    stated
}

/// Returns whether a percentage taken off is one of the weight: nothing else is named behind it.
fn is_of_weight(after: &str) -> bool {
    let after = after.strip_prefix('的').unwrap_or(after);
    after.chars().next().is_none_or(|c| ",.;，。；、)）".contains(c))
        || ["分值", "分数", "得分"].iter().any(|word| after.starts_with(word))
        || after == "分"
        || after.starts_with("分,")
        || after.starts_with("分。")
        || after.starts_with("分;")
}
