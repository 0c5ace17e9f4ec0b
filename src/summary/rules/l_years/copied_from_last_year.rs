//! L02: results, goals or reasons are last year's, word for word.

use std::collections::BTreeSet;

use crate::summary::names::{described, name_key};
use crate::summary::rows::TableDetail;
use crate::summary::rules::{CrossFinding, CrossFindings, YearPair};

cross_rule! { "L02", "copied-from-last-year", "文字与上年完全相同", Warning, Years }

/// Shorter texts, such as 100% or 按时完成, may come back every year.
const LEAST_CHARS: usize = 12;

fn check(pair: &YearPair<'_>, findings: &mut CrossFindings) {
    let before: BTreeSet<String> = texts(pair.last_detail).into_iter().map(|(key, _, _)| key).collect();
    let now = texts(pair.this_detail);
    let copied: Vec<_> = now.iter().filter(|(key, _, _)| before.contains(key)).collect();
    let Some((_, text, cell)) = copied.first() else { return };
    let shown: String = text.chars().take(40).collect();
    findings.report(
        CrossFinding::at(
            pair.this,
            format!(
                "完成情况和原因应写当年的；{}有 {} 段文字与上年完全相同，如“{shown}”。",
                described(pair.this),
                copied.len()
            ),
            "请按当年的实际情况重新填写。",
        )
        .cell(*cell)
        .related(vec![pair.last.file.clone()])
        .measure(format!("{} 段长文字中有 {} 段相同", now.len(), copied.len())),
    );
}

type Text<'a> = (String, &'a str, Option<crate::grid::CellAddress>);

/// Long texts about what was done and why.
fn texts(detail: &TableDetail) -> Vec<Text<'_>> {
    let goals = detail.goals.iter().map(|goal| (goal.as_str(), None));
    let rows = detail.indicators.iter();
    let rows = rows
        .flat_map(|row| [row.actual.as_deref(), row.reason.as_deref()].map(|text| text.map(|text| (text, row.cell))));
    goals
        .chain(rows.flatten())
        .map(|(text, cell)| (name_key(text), text, cell))
        .filter(|(key, _, _)| key.chars().count() >= LEAST_CHARS)
        .collect()
}
