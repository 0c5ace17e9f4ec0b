//! What this program writes into a note, and how it is found again: between two lines of its own, so that what people
//! wrote before and after it stays.

use std::ops::Range;

use crate::model::{Discrepancy, Severity};
use crate::write::kit::cell_text;

/// Stands between what was in a note and what is added.
const OPENING: &str = "──── 核表批注 ────";
/// Stands below what is added; whatever people write below stays theirs.
const CLOSING: &str = "────────────";
/// Most UTF-16 units of what is added to one note.
const MAX_UNITS: usize = 1_000;
/// Most UTF-16 units of a note.
const MAX_NOTE_UNITS: usize = 32_767;

/// Returns the text added to a note for the findings of one cell. `existing` is the note's own text, if it has one.
///
/// `None` when the note is so long that nothing more fits.
pub fn block(findings: &[&Discrepancy], existing: Option<&str>) -> Option<String> {
    let body: Vec<String> = findings.iter().map(|finding| paragraph(finding)).collect();
    let body = cell_text::shortened(&body.join("\n\n"), MAX_UNITS);
    let text = match existing {
        Some(_) => format!("\n{OPENING}\n{body}\n{CLOSING}"),
        None => format!("{body}\n{CLOSING}"),
    };
    let units = |text: &str| text.encode_utf16().count();
    (units(existing.unwrap_or_default()) + units(&text) <= MAX_NOTE_UNITS).then_some(text)
}

fn paragraph(finding: &Discrepancy) -> String {
    let mut text = format!(
        "{}\n{}",
        heading(finding.severity, &finding.code, &finding.title),
        finding.message
    );
    if !finding.suggestion.trim().is_empty() {
        text.push_str("\n修改建议：");
        text.push_str(&finding.suggestion);
    }
    text
}

fn heading(severity: Severity, code: &str, title: &str) -> String {
    format!("【{} {code}】{title}", severity.title())
}

/// What an earlier run added to a note.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// Where it stands in the note's text; the line breaks that it brought belong to it.
    pub range: Range<usize>,
    /// Whether the note was there before, with or without a text: only then does the opening line stand.
    pub has_opening: bool,
}

/// Returns what an earlier run added. `is_ours` when the note is filed under this program's name: then people may have
/// written above it as well.
pub fn find_block(text: &str, is_ours: bool) -> Option<Block> {
    let mut start: Option<usize> = None;
    let mut has_opening = false;
    let mut at = 0;
    let mut previous_end = 0;
    let mut is_first = true;
    for line in text.split_inclusive('\n') {
        let content = bare(line);
        if content == OPENING && !has_opening {
            start = Some(previous_end);
            has_opening = true;
        } else if start.is_none() && (is_first || is_ours) && is_heading(content) {
            start = Some(at);
        } else if content == CLOSING
            && let Some(start) = start
        {
            let end = at + line.trim_end_matches(['\n', '\r']).len();
            return Some(Block {
                range: start..end,
                has_opening,
            });
        }
        is_first = is_first && content.is_empty();
        at += line.len();
        previous_end = at - (line.len() - line.trim_end_matches(['\n', '\r']).len());
    }
    // A heading alone may be a person's own words; the opening line is not.
    start.filter(|_| has_opening).map(|start| Block {
        range: start..text.len(),
        has_opening,
    })
}

/// Returns a line without its end, which some programs also write as an escape.
fn bare(line: &str) -> &str {
    line.trim_end_matches(['\n', '\r']).trim_end_matches("_x000D_").trim()
}

/// `【错误 A01】…`
fn is_heading(line: &str) -> bool {
    let Some((inner, _)) = line.strip_prefix('【').and_then(|rest| rest.split_once('】')) else {
        return false;
    };
    let Some((level, code)) = inner.split_once(' ') else {
        return false;
    };
    let is_level = [Severity::Error, Severity::Warning, Severity::Info]
        .iter()
        .any(|severity| severity.title() == level);
    is_level && !code.is_empty() && code.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn without(text: &str) -> Option<String> {
        let range = find_block(text, false)?.range;
        let mut text = text.to_owned();
        text.replace_range(range, "");
        Some(text)
    }

    #[test]
    fn what_people_wrote_stays() {
        let own = format!("【错误 A01】总分\n复算为 94\n{CLOSING}");
        assert_eq!(without(&own).as_deref(), Some(""));
        assert_eq!(without(&format!("{own}\n已改")).as_deref(), Some("\n已改"));
        let below = format!("原有\n两行\n{OPENING}\n【错误 A01】总分\n{CLOSING}");
        assert_eq!(without(&below).as_deref(), Some("原有\n两行"));
        assert_eq!(
            without(&format!("{below}\r\n答复")).as_deref(),
            Some("原有\n两行\r\n答复")
        );
        assert_eq!(without(&format!("原有\n{OPENING}\n末行被删")).as_deref(), Some("原有"));
    }

    #[test]
    fn notes_of_others_are_no_blocks() {
        for is_ours in [false, true] {
            assert_eq!(find_block("请核对", is_ours), None);
            assert_eq!(find_block("【错误 A01】请核对", is_ours), None);
            assert_eq!(find_block(&format!("请核对\n{CLOSING}"), is_ours), None);
            assert_eq!(find_block("", is_ours), None);
        }
    }

    #[test]
    fn what_is_written_above_a_note_of_ours_stays_and_a_note_without_text_is_a_note() {
        let ours = format!("已改\n【错误 A01】总分\n{CLOSING}\n请复核");
        assert_eq!(find_block(&ours, false), None);
        let block = find_block(&ours, true).map(|block| (ours.get(block.range).map(str::len), block.has_opening));
        assert_eq!(
            block,
            Some((Some(ours.len() - "已改\n".len() - "\n请复核".len()), false))
        );
        let empty = format!("\n{OPENING}\n【错误 A01】总分\n{CLOSING}");
        let block = find_block(&empty, false);
        assert!(block.is_some_and(|block| block.has_opening && block.range == (0..empty.len())));
    }
}
