//! J07: the report lists an indicator that the table has not, or leaves one out.

use crate::rules::kit::report_lists::{is_name, level_lists, names_in_scope};
use crate::rules::kit::report_names::BASIS;
use crate::rules::kit::report_names::listed;
use crate::rules::{Finding, Findings, RuleContext};

rule! { "J07", "report-name-not-in-table", "报告所列指标与表不符", Warning, ReportText }

fn check(context: &RuleContext, findings: &mut Findings) {
    let Some(report) = &context.report else { return };
    for list in level_lists(report) {
        let names = names_in_scope(report, &list);
        let Some(cell) = names.first().map(|name| name.cell) else {
            continue;
        };
        if list.items.len() < 2 {
            continue;
        }
        let is_any =
            |position: usize, item: &str| report.all_names().iter().any(|name| is_name(item, position == 0, name));
        let foreign: Vec<&str> = list
            .items
            .iter()
            .enumerate()
            .filter(|(position, item)| !is_any(*position, item))
            .map(|(_, item)| item.as_str())
            .collect();
        // A list that shares nothing with the table speaks of something else.
        if foreign.len() == list.items.len() {
            continue;
        }
        let missing: Vec<&str> = names
            .iter()
            .filter(|name| {
                !list
                    .items
                    .iter()
                    .enumerate()
                    .any(|(position, item)| is_name(item, position == 0, name))
            })
            .map(|name| name.plain.as_str())
            .collect();
        if foreign.is_empty() && missing.is_empty() {
            continue;
        }
        let level = ["一级", "二级", "三级"]
            .get(usize::from(list.level).saturating_sub(1))
            .unwrap_or(&"");
        let mut facts = Vec::new();
        if !foreign.is_empty() {
            facts.push(format!("报告列了{}，表中没有", listed(foreign.iter().copied())));
        }
        if !missing.is_empty() {
            facts.push(format!("表中有{}，报告没有列", listed(missing.iter().copied())));
        }
        findings.report(
            Finding::new(
                cell,
                format!(
                    "报告所列的{level}指标应与表（自 {cell} 起）相同；{}。",
                    facts.join("；")
                ),
                "按表改正报告所列的指标；确有该指标的，补到表中。",
            )
            .declared(foreign.join("、"))
            .expected(missing.join("、"))
            .basis(BASIS)
            .quote(report.quote(list.claim)),
        );
    }
}
