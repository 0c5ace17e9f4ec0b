//! J16: a document cited under two numbers, marks without their pair, and residue in the report's text.

use std::collections::BTreeMap;

use crate::rules::kit::report_match::ReportMatch;
use crate::rules::kit::report_names::BASIS;
use crate::rules::kit::report_names::first_cell;
use crate::rules::kit::words;
use crate::rules::{Finding, Findings, RuleContext};

rule! { "J16", "document-number-differs", "报告的文号、书名号或文字有误", Info, ReportText }

fn check(context: &RuleContext, findings: &mut Findings) {
    let Some(report) = &context.report else { return };
    let mut facts: Vec<String> = Vec::new();
    let mut place: Option<(usize, (usize, usize))> = None;
    let mut numbers: BTreeMap<String, String> = BTreeMap::new();
    let mut unpaired = 0_usize;
    let mut residue = 0_usize;
    let note = |at: usize, about: (usize, usize), place: &mut Option<(usize, (usize, usize))>| {
        if place.is_none() {
            *place = Some((at, about));
        }
    };
    for (index, paragraph) in report.part.paragraphs() {
        let text = paragraph.folded.as_str();
        for (title, number, at) in cited(text) {
            match numbers.get(&title) {
                Some(known) if *known != number => {
                    facts.push(format!(
                        "《{}》前后写了两个文号：{known}、{number}",
                        words::shortened(&title)
                    ));
                    note(index, (at, at + number.len()), &mut place);
                }
                Some(_) => {}
                None => {
                    numbers.insert(title, number);
                }
            }
        }
        if let Some(at) = unpaired_title_mark(text) {
            unpaired += 1;
            note(index, (at, at + '》'.len_utf8()), &mut place);
        }
        if paragraph.folded.residue() > 0 || doubled(text).is_some() {
            residue += 1;
            let about = doubled(text).map_or((0, text.len()), |at| (at, at + "级级".len()));
            note(index, about, &mut place);
        }
    }
    if unpaired > 0 {
        facts.push(format!("有 {unpaired} 段的书名号不成对"));
    }
    if residue > 0 {
        facts.push(format!("有 {residue} 段留有多余的空格、重字或转换时的标记"));
    }
    let Some((index, about)) = place else { return };
    let cell = first_cell(context);
    findings.report(
        Finding::new(
            cell,
            format!("报告的文号、标点和文字应准确；{}（表见 {cell}）。", facts.join("；")),
            "对照原文件改正文号，补全书名号，删去多余的空格和标记。",
        )
        .basis(BASIS)
        .quote(report.quote_of(index, sentence(report, index, about), about)),
    );
}

fn sentence(report: &ReportMatch<'_>, index: usize, about: (usize, usize)) -> (usize, usize) {
    let text = report
        .part
        .text
        .paragraphs
        .get(index)
        .map_or("", |paragraph| paragraph.folded.as_str());
    let from = text
        .get(..about.0)
        .and_then(|before| before.rfind('。'))
        .map_or(0, |at| at + '。'.len_utf8());
    let to = text
        .get(about.1..)
        .and_then(|rest| rest.find('。'))
        .map_or(text.len(), |at| about.1 + at + '。'.len_utf8());
    (from, to)
}

/// Characters of a document's title, or of its number, at most.
const LONGEST_TITLE: usize = 200;

/// Documents cited as 《title》(number): title, number, and where the number begins.
fn cited(text: &str) -> Vec<(String, String, usize)> {
    let mut found = Vec::new();
    for (open, _) in text.match_indices('《') {
        let rest = text.get(open + '《'.len_utf8()..).unwrap_or_default();
        let close = rest.char_indices().take(LONGEST_TITLE).find(|(_, c)| *c == '》');
        let Some((close, _)) = close else { continue };
        let (title, after) = (
            rest.get(..close).unwrap_or_default(),
            rest.get(close + '》'.len_utf8()..).unwrap_or_default(),
        );
        let Some(inner) = after.strip_prefix('(') else { continue };
        let end = inner.char_indices().take(LONGEST_TITLE).find(|(_, c)| *c == ')');
        let Some((end, _)) = end else { continue };
        let number = inner.get(..end).unwrap_or_default();
        if title.contains('《') || !number.ends_with('号') || !number.chars().any(|c| c.is_ascii_digit()) {
            continue;
        }
        let at = text.len() - inner.len();
        found.push((title.to_owned(), number.to_owned(), at));
    }
    found
}

/// Returns where a 》 stands without its 《, or a 《 without its 》.
fn unpaired_title_mark(text: &str) -> Option<usize> {
    let mut open: Vec<usize> = Vec::new();
    for (at, c) in text.char_indices() {
        match c {
            '《' => open.push(at),
            '》' if open.pop().is_none() => return Some(at),
            _ => {}
        }
    }
    open.first().copied()
}

/// 上级级资金: one character typed twice where no word has it twice.
fn doubled(text: &str) -> Option<usize> {
    [
        "级级",
        "的的",
        "了了",
        "和和",
        "在在",
        "为为为",
        "是是",
        "金金",
        "项项目",
        "目目标",
    ]
    .iter()
    .find_map(|word| text.find(word))
}
