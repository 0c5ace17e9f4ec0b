//! The lists under a checked table: scores with their derivations, findings, what a person has to decide.

use std::cmp::Reverse;

use hebiao::internals::plain;
use hebiao::model::{Discrepancy, Explanation, ForReview, RescoringItem};
use hebiao::report::TableReport;
use hebiao::rules::FOR_REVIEW;
use unicode_width::UnicodeWidthStr;

use super::text::{bold, level, one_line, pad, wrap};

/// Scores with their derivations, or with the reason why there is none.
pub(super) fn item_list(
    heading: &str,
    table: &TableReport,
    width: usize,
    is_wanted: impl Fn(&RescoringItem) -> bool,
) -> String {
    let lines: String = table
        .rescoring
        .items
        .iter()
        .filter(|item| is_wanted(item))
        .map(|item| {
            let due = match (item.expected_min, item.expected_max) {
                (Some(least), Some(most)) if least == most => format!("复算 {}：", plain(least)),
                (Some(least), Some(most)) => format!("复算 {}～{}：", plain(least), plain(most)),
                _ => "需人工判断：".to_owned(),
            };
            let declared = item
                .declared
                .map_or_else(|| "没有得分".to_owned(), |score| format!("填 {}", plain(score)));
            let name = shortened(&item.indicator);
            wrap(
                &format!("{} {name}　{declared}，{due}{}", item.cell, item.trace),
                4,
                width,
            )
        })
        .collect();
    if lines.is_empty() {
        lines
    } else {
        format!("\n  {}\n{lines}", bold(heading))
    }
}

/// Scores that no rule decides: those of one reason are one line.
pub(super) fn manual_list(table: &TableReport, width: usize, is_manual: impl Fn(&RescoringItem) -> bool) -> String {
    let mut kinds: Vec<(&str, Vec<&RescoringItem>)> = Vec::new();
    for item in table.rescoring.items.iter().filter(|item| is_manual(item)) {
        match kinds.iter_mut().find(|(trace, _)| *trace == item.trace) {
            Some((_, items)) => items.push(item),
            None => kinds.push((&item.trace, vec![item])),
        }
    }
    let lines: String = kinds
        .iter()
        .map(|(trace, items)| {
            let scores: Vec<String> = items
                .iter()
                .map(|item| {
                    let declared = item
                        .declared
                        .map_or_else(|| "没有得分".to_owned(), |score| format!("填 {}", plain(score)));
                    format!("{} {}　{declared}", item.cell, shortened(&item.indicator))
                })
                .collect();
            let line = match scores.as_slice() {
                [one] => format!("{one}，需人工判断：{trace}"),
                many => format!("{} 项需人工判断：{trace}（{}）", many.len(), many.join("；")),
            };
            wrap(&line, 4, width)
        })
        .collect();
    if lines.is_empty() {
        lines
    } else {
        format!("\n  {}\n{lines}", bold("需人工判断的得分"))
    }
}

/// Returns findings as a person takes them up: errors, then warnings, then infos, by cell within.
pub(super) fn finding_list(discrepancies: &[Discrepancy], width: usize) -> String {
    let mut discrepancies: Vec<&Discrepancy> = discrepancies.iter().collect();
    discrepancies.sort_by_key(|finding| (Reverse(finding.severity), finding.cell));
    let cells = discrepancies
        .iter()
        .map(|finding| finding.cell.to_string().width())
        .max()
        .unwrap_or_default();
    let codes = discrepancies
        .iter()
        .map(|finding| finding.code.width())
        .max()
        .unwrap_or_default();
    let mut text = String::new();
    for finding in discrepancies {
        let severity = finding.severity;
        let state = if finding.is_explained() { "（已说明）" } else { "" };
        text.push_str(&format!(
            "  {}  {}  {}  {}{state}\n",
            level(severity, severity.title()),
            pad(&finding.code, codes),
            pad(&finding.cell.to_string(), cells),
            bold(&one_line(&finding.title)),
        ));
        text.push_str(&wrap(&finding.message, 8, width));
        if !finding.suggestion.is_empty() {
            text.push_str(&wrap(&format!("建议：{}", finding.suggestion), 8, width));
        }
        let Explanation { unit, reviewer } = &finding.explanation;
        for (name, written) in [("单位说明", unit), ("处理意见", reviewer)] {
            if let Some(written) = written {
                text.push_str(&wrap(&format!("{name}：{written}"), 8, width));
            }
        }
    }
    text
}

/// Returns what a person has to decide, apart from the findings.
pub(super) fn review_list(entries: &[ForReview], width: usize) -> String {
    if entries.is_empty() {
        return String::new();
    }
    let lines: String = entries
        .iter()
        .map(|entry| {
            let text = format!("{} {} {}　{}", entry.code, entry.cell, entry.title, entry.message);
            wrap(&text, 4, width)
        })
        .collect();
    format!("\n  {}\n{lines}", bold(FOR_REVIEW))
}

/// Returns a cell's text cut to what a line can carry.
pub(super) fn shortened(text: &str) -> String {
    const LETTERS: usize = 12;
    let line = one_line(text);
    if line.chars().count() <= LETTERS {
        return line;
    }
    format!("{}…", line.chars().take(LETTERS).collect::<String>())
}
