//! What a number of indicators is said of: the whole table, or one indicator of a higher level.

use crate::prose::{Claim, SectionRole};
use crate::rules::kit::report_match::ReportMatch;
use crate::rules::kit::report_naming::{Name, bare};

/// What a number of indicators is said of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Scope {
    /// The whole table.
    Whole,
    /// The rows of one higher indicator: 产出指标下设4个二级指标.
    Rows(Vec<usize>),
    /// A part that is not told plainly.
    Unclear,
}

impl Scope {
    /// Returns whether an indicator row is part of it.
    pub fn holds(&self, row: usize) -> bool {
        match self {
            Self::Whole => true,
            Self::Rows(rows) => rows.contains(&row),
            Self::Unclear => false,
        }
    }
}

/// Words by which a higher indicator has lower ones.
const HAVING: [&str; 14] = [
    "下设",
    "下含",
    "下有",
    "细化为",
    "细分为",
    "分解为",
    "设置",
    "设立",
    "设有",
    "包括",
    "包含",
    "涵盖",
    "分为",
    "设",
];

/// Words that point at an indicator named before.
const POINTING: [&str; 12] = [
    "该类指标",
    "该类",
    "此类指标",
    "本类指标",
    "本类",
    "该一级指标",
    "该二级指标",
    "该指标",
    "其中",
    "其下",
    "该部分",
    "该项",
];

/// Words that any name may be followed by.
const TAILS: [&str; 11] = [
    "一级指标",
    "二级指标",
    "类指标",
    "指标",
    "方面",
    "部分",
    "类",
    "情况",
    "共",
    "又",
    "”",
];

/// Returns what a number of indicators of a level is said of, by the words before it.
pub fn scope(report: &ReportMatch<'_>, claim: &Claim, level: u8, items: &[String]) -> Scope {
    if level < 2 {
        return Scope::Whole;
    }
    let place = claim.place;
    let text = report.part.text;
    let near = text.slice(place.paragraph, place.near, place.start);
    // 产出数量、产出质量2个二级指标: the list, not what it is of, stands before the number.
    let first = items.first().and_then(|item| near.find(item.as_str()));
    let until = first.map_or(place.start, |at| place.near + at);
    let lead = text.slice(place.paragraph, place.sentence, until);
    let having = HAVING
        .iter()
        .filter_map(|word| Some((lead.rfind(word)? + word.len(), word.len())))
        .max();
    let (before, has_verb) = match having {
        Some((end, length)) if is_joined(lead.get(end..).unwrap_or_default()) => {
            (lead.get(..end - length).unwrap_or_default(), true)
        }
        _ => (lead, false),
    };
    let subject = without_points(before);
    if POINTING.iter().any(|word| subject.ends_with(word)) {
        let above = report.heading(claim).filter(|name| name.level < level);
        return above.map_or(Scope::Unclear, |name| Scope::Rows(name.rows.clone()));
    }
    let named = report
        .all_names()
        .iter()
        .filter(|name| name.level < level && !name.rows.is_empty())
        .filter_map(|name| Some((ends_with_name(subject, name)?, name)))
        .max_by_key(|(length, _)| *length);
    if let Some((length, name)) = named {
        let before = subject.get(..subject.len().saturating_sub(length)).unwrap_or_default();
        // 决策、过程、产出、效益: of several the number is one of all or of some.
        return if before.ends_with(['、', '和', '及', '与']) {
            Scope::Unclear
        } else {
            Scope::Rows(name.rows.clone())
        };
    }
    // 下设4个二级指标 right below the heading 产出指标.
    let is_bare = subject.is_empty() && has_verb && claim.role == SectionRole::Analysis;
    match report.own_heading(claim).filter(|name| is_bare && name.level < level) {
        Some(name) => Scope::Rows(name.rows.clone()),
        None => Scope::Whole,
    }
}

/// Returns whether nothing of weight stands between 下设 and the number, or the list before it.
fn is_joined(between: &str) -> bool {
    between
        .trim_matches(['了', '有', '共', '“', '：', '，', '为', '含'])
        .is_empty()
}

/// Returns words without the points and the brackets that may follow a name: 产出指标(40分)，, 产出指标权重40分，.
fn without_points(words: &str) -> &str {
    let mut rest = words;
    loop {
        let mut shorter = rest.trim_end_matches(|c: char| {
            c.is_ascii_digit() || matches!(c, '.' | '%' | '，' | '(' | ')' | '：' | '。' | ' ')
        });
        for word in [
            "分",
            "权重",
            "满分",
            "分值",
            "共计",
            "合计",
            "为",
            "占",
            "总分",
            "计",
            "权重为",
        ] {
            shorter = shorter.strip_suffix(word).unwrap_or(shorter);
        }
        if shorter.len() == rest.len() {
            return rest;
        }
        rest = shorter;
    }
}

/// Returns how long the name at the end of words is, with what follows it.
fn ends_with_name(words: &str, name: &Name) -> Option<usize> {
    let mut rest = words;
    loop {
        for core in [name.plain.as_str(), bare(&name.plain)] {
            if core.chars().count() >= 2 && rest.ends_with(core) {
                let project = rest.strip_suffix(core)?.ends_with("项目");
                let own = core.len() + if project { "项目".len() } else { 0 };
                return Some(words.len() - rest.len() + own);
            }
        }
        rest = TAILS.iter().find_map(|tail| rest.strip_suffix(tail))?;
    }
}
