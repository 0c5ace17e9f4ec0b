//! K08: a project's budget is not what the roster gives, or a department's projects have more than the department.

use rust_decimal::Decimal;

use crate::summary::SummaryError;
use crate::summary::coverage::RosterStanding;
use crate::summary::names::described;
use crate::summary::rules::{BatchContext, CrossFinding, CrossFindings};
use crate::text::plain;

cross_rule! { "K08", "listed-amount-differs", "项目预算与名单或部门预算不符", Error, Batch }

/// 100 yuan: lists are kept in 万元 with two places.
const TOLERANCE: Decimal = Decimal::from_parts(1, 0, 0, false, 2);

fn check(context: &BatchContext<'_>, findings: &mut CrossFindings) -> Result<(), SummaryError> {
    against_roster(context, findings)?;
    against_departments(context, findings)
}

fn against_roster(context: &BatchContext<'_>, findings: &mut CrossFindings) -> Result<(), SummaryError> {
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

/// Project budgets of one department and year.
#[derive(Default)]
struct Projects {
    department: (u64, i32),
    last: u64,
    count: usize,
    /// `None` where a budget is not known, or the sum beyond computing: then nothing can be said.
    sum: Option<Decimal>,
}

/// Σ of a department's projects against the table about the whole department. Less is no fault: projects may be
/// missing, or be too small to be reported.
fn against_departments(context: &BatchContext<'_>, findings: &mut CrossFindings) -> Result<(), SummaryError> {
    let mut projects = Projects::default();
    for budget in context.index.budgets.iter() {
        let budget = budget?;
        let department = (budget.department, budget.year);
        if projects.department != department {
            projects = Projects {
                department,
                sum: Some(Decimal::ZERO),
                ..Projects::default()
            };
        }
        if !budget.is_whole {
            // A project that was handed in twice has one budget.
            if budget.project != 0 && projects.last == budget.project {
                continue;
            }
            projects.last = budget.project;
            projects.count += 1;
            let budget = budget.budget.map(|budget| budget.0);
            projects.sum = projects
                .sum
                .zip(budget)
                .and_then(|(sum, budget)| sum.checked_add(budget));
            continue;
        }
        let Some((sum, limit)) = projects.sum.zip(budget.budget.map(|limit| limit.0)) else {
            continue;
        };
        let over = sum.checked_sub(limit).unwrap_or_default();
        // Each project's amount is rounded on its own.
        let tolerance = TOLERANCE.checked_mul(Decimal::from(projects.count)).unwrap_or_default();
        if projects.count == 0 || over <= tolerance.max(TOLERANCE) {
            continue;
        }
        let Some(row) = context.tables.row(budget.table as usize)? else {
            continue;
        };
        findings.report(
            CrossFinding::at(
                &row,
                format!(
                    "各项目预算之和不应大于部门的预算；{}全年预算 {} 万元，{} 个项目的全年预算合计 {} 万元。",
                    described(&row),
                    plain(limit),
                    projects.count,
                    plain(sum)
                ),
                "请核对部门和各项目的预算数及金额单位，以批复为准更正。",
            )
            .measure(format!("多出 {} 万元", plain(over))),
        );
    }
    Ok(())
}
