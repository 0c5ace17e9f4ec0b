//! Findings on the sheet: fill, note and 差异标记. The mark's words carry the meaning; the fill only repeats it.

use std::collections::BTreeMap;

use super::plan::SheetPlan;
use crate::grid::CellAddress;
use crate::model::{Discrepancy, Severity};
use crate::write::kit::number_format::CellContent;

/// Annotates the places of all findings and marks their rows. Findings that have no place, or one in a row without a
/// mark (heading, goals, notes), are handed back with their place, to be named in the annex.
pub fn annotate<'a>(plan: &mut SheetPlan, findings: &'a [Discrepancy]) -> Vec<(Option<CellAddress>, &'a Discrepancy)> {
    let mut by_row: BTreeMap<u32, Vec<(Severity, &str)>> = BTreeMap::new();
    let mut unmarked = Vec::new();
    for finding in findings {
        for cell in finding.cells() {
            // The field is that of the finding's own cell.
            let field = finding.field.as_deref().filter(|_| cell == finding.cell);
            let Some(place) = plan.places.locate(field, cell) else {
                if cell == finding.cell {
                    unmarked.push((None, finding));
                }
                continue;
            };
            let annotation = plan.annotations.entry(place).or_default();
            annotation.severity = annotation.severity.max(Some(finding.severity));
            annotation.notes.push(note(finding));
            if plan.places.marks.contains_key(&place.row) {
                by_row
                    .entry(place.row)
                    .or_default()
                    .push((finding.severity, &finding.code));
            } else if cell == finding.cell {
                unmarked.push((Some(place), finding));
            }
        }
    }
    for (row, mut marks) in by_row {
        marks.sort_by_key(|&(severity, code)| (std::cmp::Reverse(severity), code));
        marks.dedup();
        let Some(&(highest, _)) = marks.first() else { continue };
        let lines: Vec<String> = marks
            .iter()
            .map(|(severity, code)| format!("{} {code}", severity.title()))
            .collect();
        let Some(cell) = plan.places.marks.get(&row).and_then(|&index| plan.cells.get_mut(index)) else {
            continue;
        };
        cell.content = CellContent::Text(lines.join("\n"));
        let annotation = plan.annotations.entry(cell.range.first).or_default();
        annotation.severity = annotation.severity.max(Some(highest));
    }
    unmarked
}

/// Returns a finding as a note's paragraph: level, code, title, source cell, message, way out.
fn note(finding: &Discrepancy) -> String {
    let mut text = format!(
        "【{} {}】{}（源文件 {}）\n{}",
        finding.severity.title(),
        finding.code,
        finding.title,
        finding.cell,
        finding.message
    );
    if !finding.suggestion.trim().is_empty() {
        text.push_str("\n修改建议：");
        text.push_str(&finding.suggestion);
    }
    text
}
