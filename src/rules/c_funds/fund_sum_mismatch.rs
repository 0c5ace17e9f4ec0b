//! C01: 年度资金总额 is not the sum of its parts.

use rust_decimal::Decimal;

use crate::grid::CellAddress;
use crate::model::{FundField, FundRow, Severity};
use crate::rules::kit::fund_sums::{self, AMOUNTS, FundGroup, SumMismatch};
use crate::rules::kit::words;
use crate::rules::{Finding, Findings, RuleContext};
use crate::text::plain;

rule! { "C01", "fund-sum-mismatch", "资金总额与各项资金之和不符", Error, Funds }

fn check(context: &RuleContext, findings: &mut Findings) {
    let tolerance = context.standard.tolerance.money;
    for group in fund_sums::groups(context) {
        for column @ (kind, _, _) in AMOUNTS {
            let rows = group.parts.iter().map(|&(row, _)| row).chain([group.total]);
            if findings.any_condemned(rows.map(|row| context.fund_cell(row, kind))) {
                continue;
            }
            let Some(found) = fund_sums::mismatch(context, &group, kind, tolerance) else {
                continue;
            };
            report(context, findings, &group, column, &found);
            // Rates and scores that fit once one of these is put right have the same cause.
            let excess = found.declared.unwrap_or(Decimal::ZERO) - found.expected;
            findings.suppose(found.cell, found.expected);
            for &(row, cell, value) in &found.parts {
                findings.suppose(cell, value + excess);
                if is_culprit(context, row, kind, value + excess) {
                    findings.condemn(cell);
                }
            }
            findings.condemn(found.cell);
        }
    }
}

/// A fund block has four to eight rows; a longer sum is not written out.
const MOST_ADDENDS: usize = 8;

fn report(
    context: &RuleContext,
    findings: &mut Findings,
    group: &FundGroup,
    (column, field, name): (FundField, &str, &str),
    found: &SumMismatch,
) {
    let addends: Vec<String> = found
        .parts
        .iter()
        .take(MOST_ADDENDS)
        .map(|(_, cell, value)| format!("{cell} {}", plain(*value)))
        .chain((found.parts.len() > MOST_ADDENDS).then(|| "…".to_owned()))
        .collect();
    let (stands, difference) = match found.declared {
        Some(declared) => {
            let word = if declared > found.expected { "多" } else { "少" };
            let gap = (declared - found.expected).abs();
            (
                format!("总额 {} 填的是 {}，{word} {}", found.cell, plain(declared), plain(gap)),
                gap,
            )
        }
        None => (format!("总额 {} 没有填", found.cell), found.expected),
    };
    let excess = found.declared.unwrap_or(Decimal::ZERO) - found.expected;
    let culprit: Option<(CellAddress, Decimal)> = found
        .parts
        .iter()
        .find(|&&(row, _, value)| is_culprit(context, row, column, value + excess))
        .map(|&(_, cell, value)| (cell, value + excess));
    let hint = match culprit {
        Some((cell, value)) => format!("按同一行的执行率推算，可能是 {cell} 填错（复算为 {}）。", plain(value)),
        None if is_other_unit(found) => "相差一万倍，像是一处按元、一处按万元填的。".to_owned(),
        None => String::new(),
    };
    let cells: Vec<CellAddress> = found.parts.iter().map(|&(_, cell, _)| cell).collect();
    let mut finding = Finding::new(
        found.cell,
        format!(
            "年度资金总额应等于各项资金之和；{name}：{} 合计 {}，{stands}。{hint}",
            addends.join(" + "),
            plain(found.expected)
        ),
        format!("核对{}与 {}，改正填错的一处。", words::cells(&cells), found.cell),
    )
    .basis(&context.standard.clauses.funds)
    .field(format!("funds[{}].{field}", group.total))
    .expected(plain(found.expected))
    .difference(difference)
    .related(culprit.map(|(cell, _)| cell).into_iter().chain(cells));
    if let Some(declared) = found.declared {
        finding = finding.declared(plain(declared));
    } else if context.evaluation().funds.get(group.total).is_some_and(has_no_amount) {
        // A total row that is left empty altogether is a way to fill in the form, not a slip in one column.
        finding = finding.severity(Severity::Info);
    }
    findings.report(finding);
}

/// Returns whether total and sum are the same amount in 元 and 万元.
fn is_other_unit(found: &SumMismatch) -> bool {
    const YUAN_A_WAN: u32 = 10_000;
    let Some(declared) = found.declared.filter(|declared| !declared.is_zero()) else {
        return false;
    };
    let (low, high) = (declared.min(found.expected), declared.max(found.expected));
    low.checked_mul(YUAN_A_WAN.into()) == Some(high)
}

fn has_no_amount(fund: &FundRow) -> bool {
    fund.initial_budget.is_none() && fund.annual_budget.is_none() && fund.executed.is_none()
}

/// Returns whether the row's printed rate fits with this amount in the column, and does not with the printed one.
fn is_culprit(context: &RuleContext, row: usize, column: FundField, supposed: Decimal) -> bool {
    let Some(fund) = context.evaluation().funds.get(row) else {
        return false;
    };
    let (Some(rate), Some(annual), Some(executed)) = (&fund.execution_rate, &fund.annual_budget, &fund.executed) else {
        return false;
    };
    let fits =
        |executed, annual| fund_sums::quotient(executed, annual).is_some_and(|ratio| fund_sums::rate_fits(rate, ratio));
    if supposed <= Decimal::ZERO || fits(executed.value, annual.value) {
        return false;
    }
    match column {
        FundField::AnnualBudget => fits(executed.value, supposed),
        FundField::Executed => fits(supposed, annual.value),
        _ => false,
    }
}
