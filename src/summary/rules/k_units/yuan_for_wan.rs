//! K13: the amounts of a table look as if yuan had been typed for 万元.

use crate::summary::SummaryError;
use crate::summary::doubtful;
use crate::summary::names::described;
use crate::summary::rules::{BatchContext, CrossFinding, CrossFindings};
use crate::text::plain;

cross_rule! { "K13", "yuan-for-wan", "金额像是把元填成了万元", Warning, Batch }

fn check(context: &BatchContext<'_>, findings: &mut CrossFindings) -> Result<(), SummaryError> {
    let positions = doubtful::positions(context.tables.briefs());
    let kinds = |position: usize| context.tables.briefs().get(position).map(|brief| brief.kind);
    for &position in &positions {
        let Some(row) = context.tables.row(position)? else {
            continue;
        };
        let others = context
            .tables
            .briefs()
            .iter()
            .enumerate()
            .filter(|(other, brief)| Some(brief.kind) == kinds(position) && !positions.contains(other));
        let largest = others.filter_map(|(_, brief)| brief.budget).max();
        let (Some(budget), Some(largest)) = (row.annual_budget, largest) else {
            continue;
        };
        findings.report(
            CrossFinding::at(
                &row,
                format!(
                    "金额应按表头的单位填列；{}的全年预算是 {} 万元，同类的其他表最多 {} 万元，像是把元填进了万元的表。",
                    described(&row),
                    plain(budget),
                    plain(largest)
                ),
                "请与批复核对金额单位：按元填的改为万元后重新汇总；确是这么多的，不必改。",
            )
            .asks_unit("请与批复核对金额单位：按元填的改为万元后重新报送；确是这么多的，在“单位说明”栏写明。")
            .measure(format!("全年预算 {} 万元，其他表最多 {} 万元", plain(budget), plain(largest))),
        );
    }
    Ok(())
}
