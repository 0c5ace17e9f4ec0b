//! K11: a unit cost far from what others pay for the same.

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use super::{BatchContext, Check, CrossFinding, CrossFindings, CrossRule};
use crate::report::{Severity, plain};
use crate::summary::SummaryError;
use crate::summary::amounts::quotient;
use crate::summary::names::{described, unit_key};

/// K11.
pub const RULE: CrossRule = CrossRule {
    code: "K11",
    slug: "unit-cost-stands-out",
    title: "单位成本与其他单位相差悬殊",
    severity: Severity::Warning,
    page: include_str!("unit-cost-stands-out.md"),
    check: Check::Batch(check),
};

/// Units that must give the same cost before any of them can stand out.
const LEAST_UNITS: usize = 5;

fn check(context: &BatchContext<'_>, findings: &mut CrossFindings) -> Result<(), SummaryError> {
    for costs in context.index.costs.chunk_by(|one, other| one.product == other.product) {
        let units = costs
            .iter()
            .filter_map(|cost| context.tables.get(cost.spot.0))
            .map(unit_key);
        if units.collect::<BTreeSet<_>>().len() < LEAST_UNITS {
            continue;
        }
        // Records of one product are sorted by value.
        let Some(median) = costs.get(costs.len() / 2).map(|cost| cost.value) else {
            continue;
        };
        let double = Decimal::TWO;
        for cost in costs {
            let is_high = median.checked_mul(double).is_some_and(|limit| cost.value > limit);
            let is_low = cost.value.checked_mul(double).is_some_and(|twice| twice < median);
            let Some(row) = context.tables.get(cost.spot.0).filter(|_| is_high || is_low) else {
                continue;
            };
            let indicator = context.indicator(cost.spot)?;
            let times = quotient(cost.value, median).unwrap_or_default().round_dp(2);
            findings.report(
                CrossFinding::at(
                    row,
                    format!(
                        "同样的内容成本应相近；{}的“{}”是 {}，是 {} 张表中位数的 {} 倍。",
                        described(row),
                        indicator.level3.as_deref().unwrap_or_default(),
                        indicator.actual.as_deref().unwrap_or_default(),
                        costs.len(),
                        plain(times)
                    ),
                    "请核对单价、数量和计量单位；确有特殊情况的说明原因。",
                )
                .cell(indicator.cell)
                .measure(format!("中位数的 {} 倍", plain(times))),
            );
        }
    }
    Ok(())
}
