//! What became of each finding: matched by rule and by the field it concerns, wherever that field moved.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use super::rows::RowMatches;
use super::{ComparedFinding, FindingState};
use crate::model::{Discrepancy, Evaluation, field_title};
use crate::report::TableReport;

/// Returns findings of both tables: resolved, remaining, new, each in the order of its report.
pub(super) fn compared(old: Option<(&TableReport, &RowMatches)>, new: &TableReport) -> Vec<ComparedFinding> {
    let earlier: &[Discrepancy] = old.map_or(&[], |(table, _)| &table.discrepancies);
    // Where the field of an earlier finding is now; `None` when its row is gone.
    let places: Vec<Option<String>> = earlier
        .iter()
        .map(|finding| match (&finding.field, old) {
            (Some(field), Some((_, rows))) => rows.renewed(field),
            _ => Some(String::new()),
        })
        .collect();
    let later = &new.discrepancies;
    let mut old_of_new: Vec<Option<usize>> = vec![None; later.len()];
    let mut is_matched = vec![false; earlier.len()];
    // The very field; then another field of the same row, where the rule reports a row at one of its cells.
    let very: fn(&str) -> &str = |path| path;
    for narrowed in [very, row_of] {
        let mut waiting: BTreeMap<(&str, &str), VecDeque<usize>> = BTreeMap::new();
        for (index, (finding, place)) in earlier.iter().zip(&places).enumerate() {
            if let Some(place) = place
                && is_matched.get(index) == Some(&false)
            {
                let key = (finding.code.as_str(), narrowed(place));
                waiting.entry(key).or_default().push_back(index);
            }
        }
        for (finding, known) in later.iter().zip(&mut old_of_new) {
            if known.is_some() {
                continue;
            }
            let place = finding.field.as_deref().unwrap_or_default();
            let found = waiting
                .get_mut(&(finding.code.as_str(), narrowed(place)))
                .and_then(VecDeque::pop_front);
            if let Some(index) = found {
                *known = Some(index);
                if let Some(matched) = is_matched.get_mut(index) {
                    *matched = true;
                }
            }
        }
    }
    // What settings set aside in the later table is still there.
    let set_aside: BTreeSet<(&str, &str)> = new
        .set_aside
        .iter()
        .map(|aside| (aside.code.as_str(), aside.field.as_deref().unwrap_or_default()))
        .collect();
    let resolved = earlier
        .iter()
        .zip(places.iter().zip(&is_matched))
        .filter(|(finding, (place, matched))| {
            let is_aside = place
                .as_ref()
                .is_some_and(|place| set_aside.contains(&(finding.code.as_str(), place)));
            !**matched && !is_aside
        })
        .filter_map(|(finding, _)| {
            let (table, _) = old?;
            Some(ComparedFinding {
                old_cell: Some(finding.cell),
                new_cell: None,
                ..entry(FindingState::Resolved, finding, &table.evaluation)
            })
        });
    let current = later.iter().zip(&old_of_new).map(|(finding, known)| {
        let known = known.and_then(|index| earlier.get(index));
        let state = if known.is_some() {
            FindingState::Remaining
        } else {
            FindingState::New
        };
        ComparedFinding {
            old_cell: known.map(|known| known.cell),
            new_cell: Some(finding.cell),
            ..entry(state, finding, &new.evaluation)
        }
    });
    let mut all: Vec<ComparedFinding> = resolved.chain(current).collect();
    all.sort_by_key(|finding| finding.state);
    all
}

/// Returns the row of a field path: `indicators[3]` of `indicators[3].score`.
fn row_of(path: &str) -> &str {
    path.split_once("].").map_or(path, |(_, leaf)| {
        path.get(..path.len() - leaf.len() - 1).unwrap_or(path)
    })
}

fn entry(state: FindingState, finding: &Discrepancy, evaluation: &Evaluation) -> ComparedFinding {
    ComparedFinding {
        state,
        code: finding.code.clone(),
        rule: finding.rule.clone(),
        title: finding.title.clone(),
        severity: finding.severity,
        field: finding.field.as_deref().map(|path| field_title(path, evaluation)),
        old_cell: None,
        new_cell: None,
        message: finding.message.clone(),
        suggestion: finding.suggestion.clone(),
    }
}
