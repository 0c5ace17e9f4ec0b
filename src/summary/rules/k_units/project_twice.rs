//! K04: a project, or a whole file, was handed in twice.

use crate::summary::SummaryError;
use crate::summary::names::described;
use crate::summary::rules::{BatchContext, CrossFinding, CrossFindings};

cross_rule! { "K04", "project-twice", "项目重复报送", Error, Batch }

fn check(context: &BatchContext<'_>, findings: &mut CrossFindings) -> Result<(), SummaryError> {
    files_twice(context, findings)?;
    projects_twice(context, findings)
}

fn files_twice(context: &BatchContext<'_>, findings: &mut CrossFindings) -> Result<(), SummaryError> {
    let briefs = context.tables.briefs();
    for mut tables in context.tables.alike(|brief| brief.content) {
        // A file's own tables are no copies of each other.
        tables.dedup_by_key(|table| briefs.get(*table).map(|brief| brief.file));
        let Some((first, rest)) = tables.split_first().filter(|(_, rest)| !rest.is_empty()) else {
            continue;
        };
        let Some(row) = context.tables.row(*first)? else {
            continue;
        };
        findings.report(
            CrossFinding::at(
                &row,
                format!(
                    "一个文件只应报送一次；“{}”有 {} 份内容完全相同的文件。",
                    row.file,
                    tables.len()
                ),
                "删去多余的文件后重新汇总；目前各份都计入了合计。",
            )
            .asks_unit("请确认是否重复报送；把别的项目的文件报成了这一份的，重新报送正确的文件。")
            .related(context.paths(rest.iter().copied())?)
            .measure("文件内容完全相同"),
        );
    }
    Ok(())
}

fn projects_twice(context: &BatchContext<'_>, findings: &mut CrossFindings) -> Result<(), SummaryError> {
    let briefs = context.tables.briefs();
    let same = |one: &usize, other: &usize| {
        let what = |table: &usize| {
            let brief = briefs.get(*table)?;
            Some((brief.unit, brief.kind, brief.year))
        };
        what(one).cmp(&what(other))
    };
    for mut tables in context.tables.alike(|brief| brief.project) {
        // Tables of one project keep their order among those of one unit, kind and year.
        tables.sort_by(same);
        for tables in tables.chunk_by(|one, other| same(one, other).is_eq()) {
            let Some((first, rest)) = tables.split_first() else {
                continue;
            };
            let Some(brief) = briefs.get(*first) else { continue };
            // Copies of one file have been told already.
            let is_other = |table: &usize| {
                let other = briefs.get(*table);
                other.is_some_and(|other| {
                    other.content == 0 || other.content != brief.content || other.file == brief.file
                })
            };
            let others: Vec<usize> = rest.iter().copied().filter(is_other).collect();
            if others.is_empty() {
                continue;
            }
            let Some(row) = context.tables.row(*first)? else {
                continue;
            };
            findings.report(
                CrossFinding::at(
                    &row,
                    format!(
                        "一个项目一个年度只应有一张同类的表；{}有 {} 张。",
                        described(&row),
                        others.len() + 1
                    ),
                    "请单位确认以哪一张为准，删去其余的；目前各张都计入了合计。",
                )
                .asks_unit("请确认以哪一张为准，在“单位说明”栏写明；不是同一项目或者同一年度的，改正项目名称、年度后重新报送。")
                .related(context.paths(others)?)
                .measure("单位、项目名称和年度相同"),
            );
        }
    }
    Ok(())
}
