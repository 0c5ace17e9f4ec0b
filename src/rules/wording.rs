//! Texts that people wrote into a table, with their cells: what the rules on wording share.

use super::{Findings, RuleContext};
use crate::layout::Binding;

/// The bound texts of heading, goals, indicators and statements, each cell once, none that is condemned.
pub fn texts<'a>(context: &RuleContext<'a>, findings: &Findings) -> Vec<&'a Binding> {
    let mut texts: Vec<&Binding> = context
        .table
        .bindings
        .iter()
        .filter(|binding| is_wording(&binding.field) && !findings.is_explained(binding.cell))
        .collect();
    texts.sort_by_key(|binding| binding.cell);
    texts.dedup_by_key(|binding| binding.cell);
    texts
}

fn is_wording(field: &str) -> bool {
    let own = field.strip_suffix(".value").unwrap_or(field);
    matches!(own, "title" | "project_name" | "department" | "implementing_unit")
        || own.starts_with("goals[")
        || own.starts_with("extra[")
        || (own.starts_with("indicators[")
            && ["level1", "level2", "level3", "target", "actual", "reason"]
                .iter()
                .any(|column| own.ends_with(column)))
}
