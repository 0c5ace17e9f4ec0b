//! K10: one company or cooperative stands in several projects.

use std::collections::BTreeSet;

use super::{BatchContext, Check, CrossFinding, CrossFindings, CrossRule};
use crate::report::Severity;
use crate::summary::SummaryError;
use crate::summary::names::{described, listed, project_key};

/// K10.
pub const RULE: CrossRule = CrossRule {
    code: "K10",
    slug: "party-in-several-projects",
    title: "同一对象出现在几个项目中",
    severity: Severity::Warning,
    page: include_str!("party-in-several-projects.md"),
    check: Check::Batch(check),
};

/// Who stands in more projects than this serves everybody, as a bank or an auditor does.
const MOST_PROJECTS: usize = 20;

fn check(context: &BatchContext<'_>, findings: &mut CrossFindings) -> Result<(), SummaryError> {
    for (party, tables) in &context.index.parties {
        let rows = context.rows(tables.iter().copied());
        let projects: BTreeSet<String> = rows.iter().filter_map(|row| project_key(row)).collect();
        let Some((first, rest)) = rows.split_first() else {
            continue;
        };
        if projects.len() < 2 || projects.len() > MOST_PROJECTS {
            continue;
        }
        let names: Vec<String> = rows.iter().map(|row| described(row)).collect();
        findings.report(
            CrossFinding::at(
                first,
                format!(
                    "同一内容不得从几个项目重复安排资金；“{party}”出现在 {} 个项目的表中：{}。",
                    projects.len(),
                    listed(names, 5)
                ),
                "请核对是否为同一内容的重复补助或重复立项；内容不同的不需处理。",
            )
            .related(rest.iter().copied())
            .measure(format!("{} 个项目", projects.len())),
        );
    }
    Ok(())
}
