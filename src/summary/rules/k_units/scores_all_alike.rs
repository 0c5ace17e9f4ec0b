//! K01: a unit gives all its projects full marks, or nearly the same.

use rust_decimal::Decimal;

use crate::summary::SummaryError;
use crate::summary::names::answering_unit;
use crate::summary::rules::{BatchContext, CrossFinding, CrossFindings};
use crate::text::plain;

cross_rule! { "K01", "scores-all-alike", "单位各项目得分几乎一样", Warning, Batch }

/// Fewer projects may well be alike.
const LEAST_PROJECTS: usize = 3;

fn check(context: &BatchContext<'_>, findings: &mut CrossFindings) -> Result<(), SummaryError> {
    let briefs = context.tables.briefs();
    for unit in context.tables.alike(|brief| brief.score.map_or(0, |_| brief.unit)) {
        if unit.len() < LEAST_PROJECTS {
            continue;
        }
        let scores = || unit.iter().filter_map(|table| briefs.get(*table)?.score);
        let (Some(least), Some(most), Some(first)) = (scores().min(), scores().max(), unit.first()) else {
            continue;
        };
        if most.checked_sub(least).is_none_or(|spread| spread > Decimal::ONE) {
            continue;
        }
        let fact = if least >= Decimal::ONE_HUNDRED {
            "得分全部是满分".to_owned()
        } else if least == most {
            format!("得分全部是 {} 分", plain(least))
        } else {
            format!("得分都在 {} 分到 {} 分之间", plain(least), plain(most))
        };
        let Some(row) = context.tables.row(*first)? else {
            continue;
        };
        let name = answering_unit(&row).unwrap_or_default();
        findings.report(
            CrossFinding::at(
                &row,
                format!(
                    "各项目的完成情况不同，得分应有差别；{name}的 {} 张表{fact}，自评可能流于形式。",
                    unit.len()
                ),
                "请单位逐项核对得分依据，据实打分。",
            )
            .related(context.paths(unit.iter().skip(1).copied())?)
            .measure(format!(
                "{} 张表，最高与最低相差 {} 分",
                unit.len(),
                plain(most - least)
            )),
        );
    }
    Ok(())
}
