//! Whether two files can be two versions of one: findings of another project are not solved by being absent.

use serde::{Deserialize, Serialize};

use super::matching::Matching;
use crate::model::{Field, TableKind};
use crate::report::TableReport;
use crate::text::keys::unit_name_key;
use crate::text::likeness::{MAYBE_SAME_NAME, REWRITTEN, likeness};
use crate::text::match_key;

/// What two versions of a table have in common.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Identity {
    /// 项目名称.
    pub project: Option<String>,
    /// 实施单位.
    pub unit: Option<String>,
    /// What it evaluates.
    pub kind: TableKind,
}

impl Identity {
    /// Returns a table's; what says nothing is left out.
    pub(super) fn of(table: &TableReport) -> Self {
        let name = |field: &Option<Field<String>>| {
            let name = field.as_ref()?.value.trim();
            (!match_key(name).is_empty()).then(|| name.to_owned())
        };
        Self {
            project: name(&table.evaluation.project_name),
            unit: name(&table.evaluation.implementing_unit),
            kind: table.kind,
        }
    }
}

/// Names listed, at most, for each file.
const MOST_NAMED: usize = 3;

/// Returns why no table of one file can be an earlier version of one of the other: project, unit or form do not fit.
/// Empty where one pair fits, or one of the files holds nothing.
pub(super) fn misfits(old: &[TableReport], new: &[TableReport], matching: &Matching) -> Vec<String> {
    if old.is_empty() || new.is_empty() {
        return Vec::new();
    }
    let pairs = matching.old_of_new.iter().zip(new);
    let pairs: Vec<Vec<String>> = pairs
        .filter_map(|(earlier, later)| Some(misfits_of(&Identity::of(old.get((*earlier)?)?), &Identity::of(later))))
        .collect();
    if pairs.is_empty() {
        let names = |tables: &[TableReport]| named(tables);
        return vec![format!(
            "两个文件里没有同一个项目的表：旧文件是{}，新文件是{}",
            names(old),
            names(new)
        )];
    }
    if pairs.iter().any(Vec::is_empty) {
        return Vec::new();
    }
    pairs.into_iter().flatten().take(MOST_NAMED).collect()
}

/// Returns why two tables can be no two versions of one.
pub(super) fn misfits_of(old: &Identity, new: &Identity) -> Vec<String> {
    let mut misfits = Vec::new();
    let differ = |what: &str, one: &str, other: &str| format!("{what}不同：旧表“{one}”，新表“{other}”");
    if let Some((one, other)) = old.project.as_deref().zip(new.project.as_deref())
        && !are_one(&match_key(one), &match_key(other), REWRITTEN)
    {
        misfits.push(differ("项目名称", one, other));
    }
    if let Some((one, other)) = old.unit.as_deref().zip(new.unit.as_deref())
        && !are_one_unit(one, other)
    {
        misfits.push(differ("实施单位", one, other));
    }
    if old.kind != new.kind && old.kind != TableKind::Other && new.kind != TableKind::Other {
        misfits.push(differ("表式", old.kind.title(), new.kind.title()));
    }
    misfits
}

/// Returns whether two names can be one unit's. A unit is renamed far less often than a project: 教育局 and 科技局 are
/// near, and are two.
pub(super) fn are_one_unit(one: &str, other: &str) -> bool {
    are_one(&unit_name_key(one), &unit_name_key(other), MAYBE_SAME_NAME)
}

/// Returns whether two names can be one: alike enough, or one the other's short form (工信局, 工业和信息化局).
fn are_one(one: &str, other: &str, bound: u32) -> bool {
    likeness(one, other) >= bound || is_short_form(one, other) || is_short_form(other, one)
}

fn is_short_form(short: &str, long: &str) -> bool {
    let mut rest = long.chars();
    short.chars().all(|wanted| rest.any(|letter| letter == wanted))
}

fn named(tables: &[TableReport]) -> String {
    let mut names: Vec<String> = tables
        .iter()
        .take(MOST_NAMED)
        .map(|table| match &table.evaluation.project_name {
            Some(name) => format!("“{}”", name.value.trim()),
            None => format!("工作表“{}”", table.sheet),
        })
        .collect();
    if tables.len() > MOST_NAMED {
        names.push("等".to_owned());
    }
    names.join("、")
}
