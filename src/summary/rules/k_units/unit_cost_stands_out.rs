//! K11: a unit cost far from what others pay for the same.

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use crate::disk::Position;
use crate::summary::SummaryError;
use crate::summary::amounts::quotient;
use crate::summary::names::described;
use crate::summary::rules::{BatchContext, CrossFinding, CrossFindings};
use crate::text::plain;

cross_rule! { "K11", "unit-cost-stands-out", "单位成本与其他单位相差悬殊", Warning, Batch }

/// Units that must give the same cost before any of them can stand out.
const LEAST_UNITS: usize = 5;

fn check(context: &BatchContext<'_>, findings: &mut CrossFindings) -> Result<(), SummaryError> {
    let mut group: Option<Group> = None;
    for cost in context.index.costs.iter() {
        let (position, cost) = cost?;
        if let Some(group) = group.take_if(|group| group.product != cost.product) {
            report(context, &group, findings)?;
        }
        let group = group.get_or_insert_with(|| Group {
            product: cost.product,
            start: position,
            costs: 0,
            units: BTreeSet::new(),
        });
        group.costs += 1;
        let brief = context.tables.briefs().get(cost.spot.table as usize);
        if group.units.len() < LEAST_UNITS {
            group.units.extend(brief.map(|brief| brief.unit));
        }
    }
    group.map_or(Ok(()), |group| report(context, &group, findings))
}

/// The costs of one product.
struct Group {
    product: u64,
    start: Position,
    costs: usize,
    /// Marks of the units that give them, as many as decide.
    units: BTreeSet<u64>,
}

fn report(context: &BatchContext<'_>, group: &Group, findings: &mut CrossFindings) -> Result<(), SummaryError> {
    if group.units.len() < LEAST_UNITS {
        return Ok(());
    }
    let costs = || context.index.costs.from(group.start).take(group.costs);
    // Costs of one product are sorted by value.
    let Some(middle) = costs().nth(group.costs / 2) else {
        return Ok(());
    };
    let median = middle?.1.value.0;
    for cost in costs() {
        let (_, cost) = cost?;
        let value = cost.value.0;
        let is_high = median.checked_mul(Decimal::TWO).is_some_and(|limit| value > limit);
        let is_low = value.checked_mul(Decimal::TWO).is_some_and(|twice| twice < median);
        if !is_high && !is_low {
            continue;
        }
        let Some(row) = context.tables.row(cost.spot.table as usize)? else {
            continue;
        };
        let indicator = context.indicator(cost.spot)?;
        let times = quotient(value, median).unwrap_or_default().round_dp(2);
        findings.report(
            CrossFinding::at(
                &row,
                format!(
                    "同样的内容成本应相近；{}的“{}”是 {}，是 {} 张表中位数的 {} 倍。",
                    described(&row),
                    indicator.level3.as_deref().unwrap_or_default(),
                    indicator.actual.as_deref().unwrap_or_default(),
                    group.costs,
                    plain(times)
                ),
                "请核对单价、数量和计量单位；确有特殊情况的说明原因。",
            )
            .cell(indicator.cell)
            .measure(format!("中位数的 {} 倍", plain(times))),
        );
    }
    Ok(())
}
