//! C08: the annual budget is not the initial one and the adjustment beside it.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use crate::grid::CellAddress;
use crate::model::measure::{Dimension, Measure};
use crate::model::{Field, FundSource};
use crate::rules::kit::{amounts, words};
use crate::rules::{Finding, Findings, RuleContext};
use crate::text::plain;

rule! { "C08", "budget-adjustment-mismatch", "全年预算数不等于年初预算数加调整数", Error, Funds }

/// Names of the column. A column of additions or of cuts alone is not the whole adjustment.
const HEADERS: [&str; 10] = [
    "年中调整数",
    "年中调整",
    "年中调整金额",
    "预算调整数",
    "预算调整",
    "预算调整金额",
    "年度调整数",
    "年度调整金额",
    "调整数",
    "调整金额",
];

/// One row whose three amounts do not fit.
struct Broken<'a> {
    row: usize,
    source: FundSource,
    initial: &'a Field<Decimal>,
    adjustment: &'a Field<String>,
    adjusted_by: Decimal,
    annual: &'a Field<Decimal>,
    due: Decimal,
}

fn check(context: &RuleContext, findings: &mut Findings) {
    let tolerance = context.standard.tolerance.money;
    let adjustments = adjustments(context);
    let mut broken: Vec<Broken> = Vec::new();
    for (row, fund) in context.funds() {
        let (Some(initial), Some(annual)) = (&fund.initial_budget, &fund.annual_budget) else {
            continue;
        };
        let Some(&(adjustment, adjusted_by)) = adjustments.get(&annual.cell.row) else {
            continue;
        };
        let Some(due) = initial.value.checked_add(adjusted_by) else {
            continue;
        };
        // A sum that does not add up may be wrong in any of its amounts.
        let fits = findings.readings(annual).into_iter().any(|annual| {
            findings
                .readings(initial)
                .into_iter()
                .any(|initial| initial.saturating_add(adjusted_by).saturating_sub(annual).abs() <= tolerance)
        });
        if fits || findings.any_condemned([initial.cell, adjustment.cell, annual.cell].map(Some)) {
            continue;
        }
        broken.push(Broken {
            row,
            source: fund.source,
            initial,
            adjustment,
            adjusted_by,
            annual,
            due,
        });
    }
    // The total is out because a part is: one finding, at the total.
    let total = broken.iter().position(|broken| broken.source == FundSource::Total);
    let parts: Vec<_> = broken
        .iter()
        .filter(|broken| broken.source != FundSource::Total)
        .map(|broken| broken.annual.cell)
        .collect();
    match total.and_then(|total| broken.get(total)) {
        Some(total) => report(findings, total, &parts),
        None => {
            for broken in &broken {
                report(findings, broken, &[]);
            }
        }
    }
}

fn report(findings: &mut Findings, broken: &Broken, parts: &[CellAddress]) {
    let Broken {
        initial,
        adjustment,
        annual,
        ..
    } = broken;
    let others = if parts.is_empty() {
        String::new()
    } else {
        format!("{} 也不相符。", words::cells(parts))
    };
    findings.report(
        Finding::new(
            annual.cell,
            format!(
                "全年预算数应等于年初预算数加年中调整数；{} 年初 {}，{} 调整 {}，合计 {}，{} 填的是 {}。{others}",
                initial.cell,
                plain(initial.value),
                adjustment.cell,
                plain(broken.adjusted_by),
                plain(broken.due),
                annual.cell,
                plain(annual.value)
            ),
            format!(
                "核对 {}、{}、{}，按预算批复和调整文件改正。",
                initial.cell, adjustment.cell, annual.cell
            ),
        )
        .field(format!("funds[{}].annual_budget", broken.row))
        .figures(annual.value, broken.due)
        .related([initial.cell, adjustment.cell].into_iter().chain(parts.iter().copied())),
    );
}

/// Returns the adjustments by their row of the sheet, in the fund block's unit.
fn adjustments<'a>(context: &RuleContext<'a>) -> BTreeMap<u32, (&'a Field<String>, Decimal)> {
    let evaluation = context.evaluation();
    let amount = |field: &Field<String>| {
        let measure = Measure::parse(&field.value);
        let quantity = measure.quantity()?;
        match (quantity.unit.dimension(), evaluation.money_unit) {
            (Dimension::None, _) => quantity.scaled(),
            (Dimension::Money, Some(unit)) => quantity.base()?.checked_div(amounts::yuan(unit)),
            _ => None,
        }
    };
    let mut adjustments: BTreeMap<u32, Option<(&Field<String>, Decimal)>> = BTreeMap::new();
    for extra in evaluation.extra.iter().filter(|extra| is_adjustment(&extra.label)) {
        let read = amount(&extra.value).map(|amount| (&extra.value, amount));
        // Of two adjustments in a row neither is the whole.
        adjustments
            .entry(extra.value.cell.row)
            .and_modify(|first| *first = None)
            .or_insert(read);
    }
    adjustments
        .into_iter()
        .filter_map(|(row, adjustment)| Some((row, adjustment?)))
        .collect()
}

/// Returns whether a label, 年度资金总额·年中调整数, ends in the column's name. Signs of columns, （C）, are left
/// out.
fn is_adjustment(label: &str) -> bool {
    let header = label.rsplit('·').next().unwrap_or(label);
    let header = words::tight(header);
    let header = header.split(['(', '[']).next().unwrap_or_default();
    let header = header.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    HEADERS.contains(&header)
}
