//! L07: the money was not spent, two years running.

use rust_decimal::Decimal;

use crate::summary::names::described;
use crate::summary::rules::{CrossFinding, CrossFindings, YearPair};
use crate::text::plain;

cross_rule! { "L07", "low-execution-again", "连续两年执行率低", Warning, Years }

/// 80 %.
const LOW: Decimal = Decimal::from_parts(8, 0, 0, false, 1);

fn check(pair: &YearPair<'_>, findings: &mut CrossFindings) {
    let Some((this, last)) = pair.this.execution_rate.zip(pair.last.execution_rate) else {
        return;
    };
    if this >= LOW || last >= LOW {
        return;
    }
    let percent = |rate: Decimal| {
        let percent = rate.checked_mul(Decimal::ONE_HUNDRED).unwrap_or(rate);
        format!("{}%", plain(percent.round_dp(2)))
    };
    findings.report(
        CrossFinding::at(
            pair.this,
            format!(
                "预算执行率连续两年低于 80% 的项目，应核减预算或说明原因；{}上年 {}，今年 {}。",
                described(pair.this),
                percent(last),
                percent(this)
            ),
            "安排下年预算时请核减，或由单位说明原因。",
        )
        .asks_unit("请说明连续两年执行率低的原因和改进措施。")
        .related(vec![pair.last.file.clone()])
        .measure(format!("{}，{}", percent(last), percent(this))),
    );
}
