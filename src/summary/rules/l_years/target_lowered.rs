//! L01: a continuing project aims lower than last year's target or result.

use rust_decimal::Decimal;

use crate::model::Severity;
use crate::model::measure::{ColumnUnit, Comparator, Measure, Quantity};
use crate::summary::names::described;
use crate::summary::rows::IndicatorRow;
use crate::summary::rules::kit::{by_name, name_of};
use crate::summary::rules::{CrossFinding, CrossFindings, YearPair};
use crate::summary::table_facts::quantity;

cross_rule! { "L01", "target-lowered", "指标值低于上年", Warning, Years }

fn check(pair: &YearPair<'_>, findings: &mut CrossFindings) {
    let last = by_name(&pair.last_detail.indicators);
    for this in &pair.this_detail.indicators {
        let Some(before) = name_of(this).and_then(|name| last.get(&name).copied()) else {
            continue;
        };
        let Some(Lowered {
            severity,
            is_limit,
            fact,
        }) = lowered(this, before)
        else {
            continue;
        };
        let (law, suggestion) = if is_limit {
            (
                "延续项目的上限指标一般不比上年放宽",
                "请说明放宽的理由（任务增加、政策调整等），没有理由的应收紧。",
            )
        } else {
            (
                "延续项目的指标值一般不低于上年的指标值和完成值",
                "请说明调低的理由（任务减少、预算压减等），没有理由的应调高。",
            )
        };
        findings.report_as(
            severity,
            CrossFinding::at(
                pair.this,
                format!(
                    "{law}；{}的“{}”{fact}。",
                    described(pair.this),
                    this.level3.as_deref().unwrap_or_default()
                ),
                suggestion,
            )
            .cell(this.cell)
            .related(vec![pair.last.file.clone()])
            .measure(fact.clone()),
        );
    }
}

/// A target that asks less than last year.
struct Lowered {
    severity: Severity,
    /// Whether less is better, so that it asks less by being higher.
    is_limit: bool,
    fact: String,
}

/// A target below last year's is a warning; one that only falls short of what was reached is worth knowing,
/// because results above a target are the rule where the target is a floor.
fn lowered(this: &IndicatorRow, last: &IndicatorRow) -> Option<Lowered> {
    let column = this.measure_unit.as_deref().and_then(ColumnUnit::parse);
    let last_column = last.measure_unit.as_deref().and_then(ColumnUnit::parse);
    let target = quantity(this.target.as_deref(), column.as_ref())?;
    let is_limit = is_limit(this)? || is_limit(last)?;
    // Below the old target is less ambition; for a limit, above it.
    let falls_short = |earlier: &Quantity| -> Option<bool> {
        let (now, then) = comparable(&target, earlier)?;
        Some(if is_limit { now > then } else { now < then })
    };
    let this_text = this.target.as_deref()?;
    let before = quantity(last.target.as_deref(), last_column.as_ref());
    if before.as_ref().and_then(falls_short) == Some(true) {
        let last_text = last.target.as_deref()?;
        let fact = if is_limit {
            format!("今年指标值 {this_text}，比上年指标值 {last_text} 放宽")
        } else {
            format!("今年指标值 {this_text}，低于上年指标值 {last_text}")
        };
        return Some(Lowered {
            severity: Severity::Warning,
            is_limit,
            fact,
        });
    }
    // A limit that was not used up was no promise.
    let reached = quantity(last.actual.as_deref(), last_column.as_ref()).filter(|_| !is_limit);
    if reached.as_ref().and_then(falls_short) == Some(true) {
        let fact = format!("今年指标值 {this_text}，低于上年完成值 {}", last.actual.as_deref()?);
        return Some(Lowered {
            severity: Severity::Info,
            is_limit,
            fact,
        });
    }
    None
}

/// Returns whether less is better; `None` where a text does not say which way it is meant.
fn is_limit(row: &IndicatorRow) -> Option<bool> {
    let measure = Measure::parse(row.target.as_deref()?);
    let sign = measure
        .comparator
        .or_else(|| Measure::parse(&format!("{}1", row.operator.as_deref()?)).comparator);
    match sign {
        Some(Comparator::AtMost | Comparator::Below) => Some(true),
        Some(Comparator::AtLeast | Comparator::Above | Comparator::Equal) => Some(false),
        // Costs and times without a sign may be meant either way.
        None => {
            let name = format!(
                "{}{}",
                row.level2.as_deref().unwrap_or_default(),
                row.level3.as_deref()?
            );
            let is_open = ["成本", "时效", "时间", "时限", "费用", "投诉", "事故", "死亡"]
                .iter()
                .any(|word| name.contains(word));
            (!is_open).then_some(false)
        }
    }
}

fn comparable(one: &Quantity, other: &Quantity) -> Option<(Decimal, Decimal)> {
    let same = one.unit.converts_to(&other.unit);
    same.then(|| Some((one.base()?, other.base()?)))?
}
