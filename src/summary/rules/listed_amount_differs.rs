//! K08: a project's budget is not what the roster gives.

use rust_decimal::Decimal;

use super::{BatchContext, Check, CrossFinding, CrossFindings, CrossRule};
use crate::report::{Severity, plain};
use crate::summary::SummaryError;
use crate::summary::coverage::RosterStanding;
use crate::summary::names::described;

/// K08.
pub const RULE: CrossRule = CrossRule {
    code: "K08",
    slug: "listed-amount-differs",
    title: "项目预算与名单不符",
    severity: Severity::Error,
    page: include_str!("listed-amount-differs.md"),
    check: Check::Batch(check),
};

/// 100 yuan: lists are kept in 万元 with two places.
const TOLERANCE: Decimal = Decimal::from_parts(1, 0, 0, false, 2);

fn check(context: &BatchContext<'_>, findings: &mut CrossFindings) -> Result<(), SummaryError> {
    let Some(roster) = context.roster else { return Ok(()) };
    for listed in roster
        .rows
        .iter()
        .filter(|row| row.standing == RosterStanding::Received)
    {
        let Some((table, due)) = listed.table.zip(listed.amount) else {
            continue;
        };
        let Some(row) = context.tables.row(table)? else {
            continue;
        };
        let declared: Vec<(&str, Decimal)> = [("年初预算数", row.initial_budget), ("全年预算数", row.annual_budget)]
            .into_iter()
            .filter_map(|(label, amount)| Some((label, amount?)))
            .collect();
        let distance = |amount: Decimal| amount.checked_sub(due).map(|distance| distance.abs());
        let Some(nearest) = declared.iter().filter_map(|(_, amount)| distance(*amount)).min() else {
            continue;
        };
        if nearest <= TOLERANCE {
            continue;
        }
        let stated: Vec<String> = declared
            .iter()
            .map(|(label, amount)| format!("{label} {} 万元", plain(*amount)))
            .collect();
        findings.report(
            CrossFinding::at(
                &row,
                format!(
                    "表中的预算数应与名单（批复）一致；{}填的是{}，名单第 {} 行是 {} 万元。",
                    described(&row),
                    stated.join("、"),
                    listed.line,
                    plain(due)
                ),
                "请按批复核对预算数和金额单位；年中调整过的说明调整依据。",
            )
            .measure(format!("相差 {} 万元", plain(nearest))),
        );
    }
    Ok(())
}
