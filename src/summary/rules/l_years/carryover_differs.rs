//! L05: what was left over last year is not what was carried over.

use rust_decimal::Decimal;

use crate::summary::names::described;
use crate::summary::rules::{CrossFinding, CrossFindings, YearPair};
use crate::text::plain;

cross_rule! { "L05", "carryover-differs", "上年结转与上年结余不符", Error, Years }

/// 100 yuan: tables are kept in 万元 with two places.
const TOLERANCE: Decimal = Decimal::from_parts(1, 0, 0, false, 2);

fn check(pair: &YearPair<'_>, findings: &mut CrossFindings) {
    let (Some(carried), Some(budget), Some(executed)) =
        (pair.this.carryover, pair.last.annual_budget, pair.last.executed)
    else {
        return;
    };
    let Some(left) = budget.checked_sub(executed) else {
        return;
    };
    let Some(distance) = carried.checked_sub(left).map(|distance| distance.abs()) else {
        return;
    };
    // Money that was left may have been taken back; none can be carried over that was not left.
    let is_taken_back = carried.is_zero() && left > Decimal::ZERO;
    if distance <= TOLERANCE || is_taken_back {
        return;
    }
    findings.report(
        CrossFinding::at(
            pair.this,
            format!(
                "今年的上年结转应等于上年没有用完的资金；{}填上年结转 {} 万元，上年预算 {} 万元、执行 {} 万元，结余 {} 万元。",
                described(pair.this),
                plain(carried),
                plain(budget),
                plain(executed),
                plain(left)
            ),
            "请核对两年的资金数；部分收回的说明依据。",
        )
        .related(vec![pair.last.file.clone()])
        .measure(format!("相差 {} 万元", plain(distance))),
    );
}
