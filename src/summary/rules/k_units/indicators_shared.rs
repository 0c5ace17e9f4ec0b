//! K03: units share their indicators, values or reasons.

use std::collections::BTreeSet;

use sha2::{Digest, Sha256};

use crate::model::Severity;
use crate::summary::SummaryError;
use crate::summary::names::{answering_unit, listed};
use crate::summary::rules::{BatchContext, CrossFinding, CrossFindings};
use crate::summary::similar::{Likeness, groups, shared};

cross_rule! { "K03", "indicators-shared", "不同单位的指标或文字雷同", Warning, Batch }

fn check(context: &BatchContext<'_>, findings: &mut CrossFindings) -> Result<(), SummaryError> {
    let mut told: BTreeSet<Vec<u8>> = BTreeSet::new();
    let mut bands = context.index.bands.iter().peekable();
    for likeness in Likeness::ALL {
        let (what, severity) = match likeness {
            Likeness::Contents => ("指标名称、指标值和完成值", Severity::Warning),
            Likeness::Reasons => ("偏差原因", Severity::Warning),
            // The same indicators with values of their own are what a common form asks for.
            Likeness::Names => ("指标名称", Severity::Info),
        };
        for group in groups(likeness, &mut bands, &context.index.marks)? {
            let briefs = || group.iter().filter_map(|table| context.tables.briefs().get(*table));
            let units: BTreeSet<u64> = briefs().map(|brief| brief.unit).collect();
            // One unit's tables of one project twice are K04's; several units' tables with equal indicators for one
            // and the same project follow one plan.
            let projects: BTreeSet<u64> = briefs().map(|brief| brief.project).collect();
            let is_plan = severity == Severity::Info && projects.len() < 2;
            if units.len() < 2 || is_plan || !told.insert(mark_of(&group)) {
                continue;
            }
            report(context, (likeness, what, severity), &group, findings)?;
        }
    }
    Ok(())
}

/// Returns a group of any size in few bytes.
fn mark_of(group: &[usize]) -> Vec<u8> {
    let mut hasher = Sha256::new();
    for table in group {
        hasher.update(table.to_le_bytes());
    }
    hasher.finalize().to_vec()
}

fn report(
    context: &BatchContext<'_>,
    (likeness, what, severity): (Likeness, &str, Severity),
    group: &[usize],
    findings: &mut CrossFindings,
) -> Result<(), SummaryError> {
    let Some((first, rest)) = group.split_first() else {
        return Ok(());
    };
    let Some(row) = context.tables.row(*first)? else {
        return Ok(());
    };
    let (mut marks, mut rows) = (context.index.marks.reader(), context.tables.row_reader());
    let model = marks.get(*first)?.unwrap_or_default();
    let mut least: Option<(usize, usize)> = None;
    let mut units: BTreeSet<String> = BTreeSet::new();
    units.extend(answering_unit(&row).map(str::to_owned));
    for table in rest {
        let of_table = marks.get(*table)?.unwrap_or_default();
        let both = shared(likeness.marks(&model), likeness.marks(&of_table));
        least = Some(least.map_or(both, |least| least.min(both)));
        let row = rows.get(*table)?;
        let unit = row.as_ref().and_then(|(row, _)| answering_unit(row));
        if let Some(unit) = unit.filter(|unit| !units.contains(*unit)) {
            units.insert(unit.to_owned());
        }
    }
    let (common, all) = least.unwrap_or_default();
    findings.report_as(
        severity,
        CrossFinding::at(
            &row,
            format!(
                "各单位应按自己的情况填写；{} 张表的{what}雷同，涉及 {}。",
                group.len(),
                listed(&units, 5)
            ),
            "请有关单位说明是否照抄，按实际情况重新填写。",
        )
        .asks_unit("请说明是否照抄，按本单位的实际情况重新填写。")
        .related(context.paths(rest.iter().copied())?)
        .measure(format!("{what}至少 {common} 项相同，共 {all} 项")),
    );
    Ok(())
}
