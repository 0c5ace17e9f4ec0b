//! K02: a unit's mean is far from those of all units, or nearly all of its projects are 优.

use rust_decimal::Decimal;

use crate::model::Grade;
use crate::summary::SummaryError;
use crate::summary::amounts::quotient;
use crate::summary::names::answering_unit;
use crate::summary::rules::{BatchContext, CrossFinding, CrossFindings};
use crate::text::plain;

cross_rule! { "K02", "unit-mean-stands-out", "单位得分水平异常", Warning, Batch }

/// Projects that make a mean, and units that make a field to stand out from.
const LEAST_PROJECTS: usize = 3;
const LEAST_UNITS: usize = 5;
/// Projects of which a share can be said.
const LEAST_FOR_SHARE: usize = 20;
/// Points that are no difference, however alike the others are.
const NO_DIFFERENCE: Decimal = Decimal::from_parts(3, 0, 0, false, 0);

struct Unit {
    first: usize,
    mean: Decimal,
    tables: usize,
    excellent: usize,
}

fn check(context: &BatchContext<'_>, findings: &mut CrossFindings) -> Result<(), SummaryError> {
    let groups = context.tables.alike(|brief| brief.score.map_or(0, |_| brief.unit));
    let units: Vec<Unit> = groups
        .iter()
        .filter(|tables| tables.len() >= LEAST_PROJECTS)
        .filter_map(|tables| {
            let briefs = || tables.iter().filter_map(|table| context.tables.briefs().get(*table));
            let sum = briefs()
                .filter_map(|brief| brief.score)
                .try_fold(Decimal::ZERO, Decimal::checked_add)?;
            Some(Unit {
                first: *tables.first()?,
                mean: quotient(sum, Decimal::from(tables.len()))?,
                tables: tables.len(),
                excellent: briefs().filter(|brief| brief.grade == Some(Grade::Excellent)).count(),
            })
        })
        .collect();
    far_from_the_others(context, &units, findings)?;
    for unit in &units {
        // More than 95 %.
        if unit.tables >= LEAST_FOR_SHARE && unit.excellent * 100 > unit.tables * 95 {
            let Some(row) = context.tables.row(unit.first)? else {
                continue;
            };
            let name = answering_unit(&row).unwrap_or_default();
            findings.report(
                CrossFinding::at(
                    &row,
                    format!(
                        "评为“优”的项目一般不超过 95%；{name}的 {} 张表中有 {} 张自评为“优”。",
                        unit.tables, unit.excellent
                    ),
                    "请单位逐项核对得分依据，据实评定等次。",
                )
                .measure(format!("“优” {} ÷ {}", unit.excellent, unit.tables)),
            );
        }
    }
    Ok(())
}

/// Returns the mean of the units' means and their variance; `None` for too few of them, or figures beyond computing.
fn field(units: &[Unit]) -> Option<(Decimal, Decimal)> {
    if units.len() < LEAST_UNITS {
        return None;
    }
    let count = Decimal::from(units.len());
    let sum = units
        .iter()
        .try_fold(Decimal::ZERO, |sum, unit| sum.checked_add(unit.mean))?;
    let mean = quotient(sum, count)?;
    let squares = units.iter().try_fold(Decimal::ZERO, |sum, unit| {
        let distance = unit.mean.checked_sub(mean)?;
        sum.checked_add(distance.checked_mul(distance)?)
    })?;
    Some((mean, quotient(squares, count)?))
}

fn far_from_the_others(
    context: &BatchContext<'_>,
    units: &[Unit],
    findings: &mut CrossFindings,
) -> Result<(), SummaryError> {
    let Some((mean, variance)) = field(units) else {
        return Ok(());
    };
    for unit in units {
        let distance = unit.mean.checked_sub(mean).unwrap_or_default().abs();
        // Twice the standard deviation, without taking a root.
        let squares = distance
            .checked_mul(distance)
            .zip(variance.checked_mul(Decimal::from(4)));
        if squares.is_some_and(|(square, limit)| square > limit) && distance > NO_DIFFERENCE {
            let Some(row) = context.tables.row(unit.first)? else {
                continue;
            };
            let name = answering_unit(&row).unwrap_or_default();
            let side = if unit.mean > mean { "高" } else { "低" };
            let shown = |value: Decimal| plain(value.round_dp(2));
            findings.report(
                CrossFinding::at(
                    &row,
                    format!(
                        "各单位的平均得分应大致相近；{name}的 {} 张表平均 {} 分，比各单位的平均水平 {} 分{side} {} 分，超过两倍标准差。",
                        unit.tables,
                        shown(unit.mean),
                        shown(mean),
                        shown(distance)
                    ),
                    "请单位核对打分的尺度和依据。",
                )
                .measure(format!("相差 {} 分", shown(distance))),
            );
        }
    }
    Ok(())
}
