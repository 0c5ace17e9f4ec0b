//! J06: the report counts other indicators than it lists or than the table has.

use rust_decimal::Decimal;

use crate::model::ExecutionScorePlace;
use crate::rules::kit::report_lists::{level_lists, names_in_scope};
use crate::rules::kit::report_names::BASIS;
use crate::rules::kit::report_scope::Scope;
use crate::rules::{Finding, Findings, RuleContext};

rule! { "J06", "report-count-differs", "报告的指标个数与所列或与表不符", Warning, ReportText }

fn check(context: &RuleContext, findings: &mut Findings) {
    let Some(report) = &context.report else { return };
    for list in level_lists(report) {
        let names = names_in_scope(report, &list);
        let Some(first) = names.first() else { continue };
        let Some((stated, _)) = list.claim.number() else {
            continue;
        };
        let rows = names.iter().flat_map(|name| &name.rows);
        let rows = rows.filter(|row| list.scope.holds(**row)).count();
        // Where the fund block's points are part of the hundred, 预算执行率 may be counted as one more.
        let more = context.rescoring.execution_score == ExecutionScorePlace::Inside && list.scope == Scope::Whole;
        let more = usize::from(more);
        let mut possible = vec![names.len(), names.len() + more];
        if list.level == 3 {
            possible.extend([rows, rows + more]);
        }
        let in_table = if list.level == 3 { rows } else { names.len() };
        let listed = Some(list.items.len()).filter(|count| *count >= 2);
        let is_tables = possible.iter().any(|count| Decimal::from(*count) == stated);
        let is_lists = listed.is_none_or(|count| Decimal::from(count) == stated);
        findings.compared(list.index, first.cell, is_tables && is_lists);
        if is_tables && is_lists {
            continue;
        }
        let level = ["一级", "二级", "三级"]
            .get(usize::from(list.level).saturating_sub(1))
            .unwrap_or(&"");
        let told = listed.map_or_else(String::new, |count| format!("，所列的名称是 {count} 个"));
        let verdict = if is_tables {
            "个数与表相符，所列的名称不对"
        } else if listed.is_some_and(|count| possible.contains(&count)) {
            "所列的名称与表相符，个数不对"
        } else {
            "个数与表不符"
        };
        findings.report(
            Finding::new(
                first.cell,
                format!(
                    "报告中{level}指标的个数应与所列名称、与表一致；报告写“{}”{told}，表中（自 {} 起）有 {in_table} 个：{verdict}。",
                    report.shown(list.claim),
                    first.cell
                ),
                format!("按表改正报告：{level}指标共 {in_table} 个。"),
            )
            .declared(report.shown(list.claim))
            .expected(in_table.to_string())
            .basis(BASIS)
            .quote(report.quote(list.claim)),
        );
    }
}
