//! K05: projects of the roster that were not received, by department.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use crate::summary::SummaryError;
use crate::summary::amounts::quotient;
use crate::summary::coverage::{RosterRow, RosterStanding};
use crate::summary::names::{listed, unit_name_key};
use crate::summary::rules::{BatchContext, CrossFinding, CrossFindings};
use crate::text::plain;

cross_rule! { "K05", "not-received", "名单中的项目没有报送", Error, Batch }

/// Projects that a letter names: it has no list of them beside it.
const NAMED_TO_UNIT: usize = 20;

fn check(context: &BatchContext<'_>, findings: &mut CrossFindings) -> Result<(), SummaryError> {
    let Some(roster) = context.roster else { return Ok(()) };
    let mut departments: BTreeMap<(bool, String), Vec<&RosterRow>> = BTreeMap::new();
    for row in &roster.rows {
        let key = row.department.as_deref().map(unit_name_key).unwrap_or_default();
        departments
            .entry((row.department.is_none(), key))
            .or_default()
            .push(row);
    }
    for rows in departments.values() {
        let missing = || rows.iter().filter(|row| row.standing == RosterStanding::Missing);
        let Some(first) = missing().next() else { continue };
        let received = rows
            .iter()
            .filter(|row| row.standing == RosterStanding::Received)
            .count();
        let unsure = rows.iter().filter(|row| row.standing == RosterStanding::Unsure).count();
        let unsure = if unsure == 0 {
            String::new()
        } else {
            format!("待确认 {unsure} 项，")
        };
        let not_filled_in = missing().filter(|row| row.not_filled_in).count();
        let not_filled_in = if not_filled_in == 0 {
            String::new()
        } else {
            format!("其中 {not_filled_in} 项交来的表没有填写。")
        };
        let rate = quotient(Decimal::from(received * 100), Decimal::from(rows.len()));
        let names = || missing().filter_map(|row| row.project.as_deref().or(row.unit.as_deref()));
        let mut finding = CrossFinding::nowhere(
            format!(
                "名单中的项目都应报送；{}应报 {} 项，已报 {received} 项，{unsure}未报 {} 项：{}。{not_filled_in}",
                first.department.as_deref().unwrap_or("未注明部门的"),
                rows.len(),
                missing().count(),
                listed(names(), 5)
            ),
            "请催报；全部未报项目见“未报名单”。",
        )
        .asks_unit(format!(
            "请补报（属于所属单位的，督促其补报）：{}；不需要报送的，在“单位说明”栏写明理由。",
            listed(names(), NAMED_TO_UNIT)
        ))
        .measure(format!("按个数已报 {}%", plain(rate.unwrap_or_default().round_dp(1))));
        finding.department.clone_from(&first.department);
        findings.report(finding);
    }
    Ok(())
}
