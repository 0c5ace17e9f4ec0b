//! K03: units share their indicators, values or reasons.

use std::collections::BTreeSet;

use super::{BatchContext, Check, CrossFinding, CrossFindings, CrossRule};
use crate::report::Severity;
use crate::summary::SummaryError;
use crate::summary::names::{answering_unit, listed, project_key, unit_key};
use crate::summary::rows::TableRow;
use crate::summary::similar::{groups, shared};

/// K03.
pub const RULE: CrossRule = CrossRule {
    code: "K03",
    slug: "indicators-shared",
    title: "不同单位的指标或文字雷同",
    severity: Severity::Warning,
    page: include_str!("indicators-shared.md"),
    check: Check::Batch(check),
};

/// Fewer indicators may be alike by chance.
const LEAST_INDICATORS: usize = 4;

/// What is compared, its marks, how many it takes to tell, and the level.
type Way = (&'static str, fn(&TableRow) -> &[u64], usize, Severity);

fn check(context: &BatchContext<'_>, findings: &mut CrossFindings) -> Result<(), SummaryError> {
    let mut told: BTreeSet<Vec<usize>> = BTreeSet::new();
    let ways: [Way; 3] = [
        (
            "指标名称、指标值和完成值",
            |row| &row.content_marks,
            LEAST_INDICATORS,
            Severity::Warning,
        ),
        ("偏差原因", |row| &row.reason_marks, 1, Severity::Warning),
        // The same indicators with values of their own are what a common form asks for.
        ("指标名称", |row| &row.name_marks, LEAST_INDICATORS, Severity::Info),
    ];
    for (what, marks, least, severity) in ways {
        let sets = context
            .tables
            .iter()
            .enumerate()
            .map(|(index, row)| (index, marks(row)));
        for group in groups(sets, least) {
            let rows = context.rows(group.iter().copied());
            let Some((first, rest)) = rows.split_first() else {
                continue;
            };
            let units: BTreeSet<String> = rows.iter().map(|row| unit_key(row)).collect();
            // One unit's tables of one project twice are K04's; several units' tables with equal indicators for one
            // and the same project follow one plan.
            let projects: BTreeSet<Option<String>> = rows.iter().map(|row| project_key(row)).collect();
            if units.len() < 2 || (severity == Severity::Info && projects.len() < 2) || told.contains(&group) {
                continue;
            }
            let (common, all) = rest
                .iter()
                .map(|row| shared(marks(first), marks(row)))
                .min()
                .unwrap_or_default();
            findings.report_as(
                severity,
                CrossFinding::at(
                    first,
                    format!(
                        "各单位应按自己的情况填写；{} 张表的{what}雷同，涉及 {}。",
                        rows.len(),
                        listed(
                            rows.iter()
                                .filter_map(|row| answering_unit(row))
                                .collect::<BTreeSet<_>>(),
                            5
                        )
                    ),
                    "请有关单位说明是否照抄，按实际情况重新填写。",
                )
                .related(rest.iter().copied())
                .measure(format!("{what}至少 {common} 项相同，共 {all} 项")),
            );
            told.insert(group);
        }
    }
    Ok(())
}
