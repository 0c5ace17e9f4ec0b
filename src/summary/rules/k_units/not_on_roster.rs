//! K06: a table that the roster does not know, or knows under another year or unit.

use std::collections::BTreeMap;

use crate::summary::SummaryError;
use crate::summary::coverage::{RosterStanding, UnsureMatch};
use crate::summary::names::described;
use crate::summary::rules::{BatchContext, CrossFinding, CrossFindings};

cross_rule! { "K06", "not-on-roster", "报送的表不在名单中", Warning, Batch }

fn check(context: &BatchContext<'_>, findings: &mut CrossFindings) -> Result<(), SummaryError> {
    let Some(roster) = context.roster else { return Ok(()) };
    for unlisted in &roster.unlisted {
        if let Some(row) = context.tables.row(unlisted.table)? {
            findings.report(
                CrossFinding::at(
                    &row,
                    format!("报送的项目应在名单中；名单里没有{}。", described(&row)),
                    "请核对项目名称和单位，确属应报的补进名单。",
                )
                .asks_unit(
                    "请核对项目名称和实施单位是否与批复一致，写错的改正；没有写错的，在“单位说明”栏写明应报的依据。",
                ),
            );
        }
    }
    for listed in &roster.rows {
        let Some(table) = listed.table else { continue };
        let year = context.tables.briefs().get(table).and_then(|brief| brief.year);
        if let Some((due, year)) = listed.year.zip(year).filter(|(due, year)| due != year)
            && let Some(row) = context.tables.row(table)?
        {
            findings.report(
                CrossFinding::at(
                    &row,
                    format!(
                        "报送的表应是名单要求的年度；名单第 {} 行要 {due} 年的，{}报的是 {year} 年的。",
                        listed.line,
                        described(&row)
                    ),
                    "请单位重新报送名单要求年度的表。",
                )
                .measure(format!("{due} 年与 {year} 年")),
            );
        }
    }
    let pairs: BTreeMap<u32, &UnsureMatch> = roster.unsure.iter().map(|pair| (pair.line, pair)).collect();
    for listed in roster.rows.iter().filter(|row| row.standing == RosterStanding::Unsure) {
        let row = listed
            .table
            .map(|table| context.tables.row(table))
            .transpose()?
            .flatten();
        let pair = pairs.get(&listed.line).filter(|pair| pair.why.contains("单位不同"));
        let Some((row, pair)) = row.zip(pair) else { continue };
        findings.report(
            CrossFinding::at(
                &row,
                format!(
                    "报送的单位应与名单一致；名单第 {} 行是“{}”，报来的是{}。",
                    pair.line, pair.listed, pair.received
                ),
                "请核对实施单位，写错的请单位改正。",
            )
            .measure(pair.why.clone()),
        );
    }
    Ok(())
}
