//! K10: one company, cooperative or farm, or one village, stands in several projects.

use std::collections::BTreeSet;

use crate::model::Severity;
use crate::summary::SummaryError;
use crate::summary::cross_index::PartyUse;
use crate::summary::names::described;
use crate::summary::rules::{BatchContext, CrossFinding, CrossFindings};

cross_rule! { "K10", "party-in-several-projects", "同一对象出现在几个项目中", Warning, Batch }

/// Who stands in more projects than this serves everybody, as a bank or an auditor does.
const MOST_PROJECTS: usize = 20;

fn check(context: &BatchContext<'_>, findings: &mut CrossFindings) -> Result<(), SummaryError> {
    let mut group: Option<Group> = None;
    for party in context.index.parties.iter() {
        let PartyUse { party, is_place, table } = party?;
        let of_group = group.take_if(|group| group.party != party);
        if let Some(group) = of_group {
            report(context, &group, findings)?;
        }
        let group = group.get_or_insert_with(|| Group {
            party,
            is_place,
            ..Group::default()
        });
        group.add(context, table as usize);
    }
    group.map_or(Ok(()), |group| report(context, &group, findings))
}

/// The tables that name one party.
#[derive(Default)]
struct Group {
    party: String,
    is_place: bool,
    /// In order, each once, as many as can be of interest.
    tables: Vec<usize>,
    count: usize,
    projects: BTreeSet<u64>,
    last: Option<usize>,
}

impl Group {
    fn add(&mut self, context: &BatchContext<'_>, table: usize) {
        /// Tables of so many projects, in several years and kinds.
        const MOST_TABLES: usize = 20 * MOST_PROJECTS;
        // Uses of one party are sorted by table.
        if self.last.replace(table) == Some(table) {
            return;
        }
        self.count += 1;
        if self.tables.len() < MOST_TABLES {
            self.tables.push(table);
        }
        let project = context.tables.briefs().get(table).map_or(0, |brief| brief.project);
        if project != 0 && self.projects.len() <= MOST_PROJECTS {
            self.projects.insert(project);
        }
    }
}

fn report(context: &BatchContext<'_>, group: &Group, findings: &mut CrossFindings) -> Result<(), SummaryError> {
    /// Tables named in the sentence.
    const NAMED: usize = 5;
    if group.projects.len() < 2 || group.projects.len() > MOST_PROJECTS {
        return Ok(());
    }
    let Some((first, rest)) = group.tables.split_first() else {
        return Ok(());
    };
    let Some(row) = context.tables.row(*first)? else {
        return Ok(());
    };
    let mut names = Vec::new();
    for table in group.tables.iter().take(NAMED) {
        names.extend(context.tables.row(*table)?.as_ref().map(described));
    }
    let names = if group.count > NAMED {
        format!("{} 等 {} 项", names.join("、"), group.count)
    } else {
        names.join("、")
    };
    // A village has many works; that one stands in two projects is only worth knowing.
    let (severity, suggestion) = if group.is_place {
        (
            Severity::Info,
            "请核对是否在同一地点重复安排同一内容；内容不同的不需处理。",
        )
    } else {
        (
            Severity::Warning,
            "请核对是否为同一内容的重复补助或重复立项；内容不同的不需处理。",
        )
    };
    findings.report_as(
        severity,
        CrossFinding::at(
            &row,
            format!(
                "同一内容不得从几个项目重复安排资金；“{}”出现在 {} 个项目的表中：{names}。",
                group.party,
                group.projects.len(),
            ),
            suggestion,
        )
        .related(context.paths(rest.iter().copied())?)
        .measure(format!("{} 个项目", group.projects.len())),
    );
    Ok(())
}
