//! K04: a project, or a whole file, was handed in twice.

use std::collections::BTreeMap;

use super::{BatchContext, Check, CrossFinding, CrossFindings, CrossRule};
use crate::model::TableKind;
use crate::report::Severity;
use crate::summary::SummaryError;
use crate::summary::names::{described, project_key, unit_key};
use crate::summary::rows::TableRow;

/// K04.
pub const RULE: CrossRule = CrossRule {
    code: "K04",
    slug: "project-twice",
    title: "项目重复报送",
    severity: Severity::Error,
    page: include_str!("project-twice.md"),
    check: Check::Batch(check),
};

fn check(context: &BatchContext<'_>, findings: &mut CrossFindings) -> Result<(), SummaryError> {
    let mut files: BTreeMap<&str, Vec<&TableRow>> = BTreeMap::new();
    let mut projects: BTreeMap<(String, String, TableKind, Option<i32>), Vec<&TableRow>> = BTreeMap::new();
    for row in context.tables {
        if let Some(sha256) = row.sha256.as_deref() {
            let rows = files.entry(sha256).or_default();
            // A file's own tables are no copies of each other.
            if rows.last().is_none_or(|last| last.file != row.file) {
                rows.push(row);
            }
        }
        if let Some(project) = project_key(row) {
            projects
                .entry((project, unit_key(row), row.kind, row.year))
                .or_default()
                .push(row);
        }
    }
    for rows in files.values() {
        if let Some((first, rest)) = rows.split_first().filter(|(_, rest)| !rest.is_empty()) {
            findings.report(
                CrossFinding::at(
                    first,
                    format!(
                        "一个文件只应报送一次；“{}”有 {} 份内容完全相同的文件。",
                        first.file,
                        rows.len()
                    ),
                    "删去多余的文件后重新汇总；目前各份都计入了合计。",
                )
                .related(rest.iter().copied())
                .measure("文件内容完全相同"),
            );
        }
    }
    for rows in projects.values() {
        let Some((first, rest)) = rows.split_first() else {
            continue;
        };
        // Copies of one file have been told already.
        let others: Vec<&TableRow> = rest
            .iter()
            .copied()
            .filter(|row| row.sha256.is_none() || row.sha256 != first.sha256 || row.file == first.file)
            .collect();
        if others.is_empty() {
            continue;
        }
        findings.report(
            CrossFinding::at(
                first,
                format!(
                    "一个项目一个年度只应有一张同类的表；{}有 {} 张。",
                    described(first),
                    others.len() + 1
                ),
                "请单位确认以哪一张为准，删去其余的；目前各张都计入了合计。",
            )
            .related(others)
            .measure("单位、项目名称和年度相同"),
        );
    }
    Ok(())
}
