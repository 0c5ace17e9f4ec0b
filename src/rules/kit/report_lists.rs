//! Lists of indicator names beside their number: 产出数量、产出质量…11个二级指标.

use crate::prose::{Claim, ClaimKind};
use crate::rules::kit::report_match::ReportMatch;
use crate::rules::kit::report_naming::{Name, plain_name};
use crate::rules::kit::report_scope::{Scope, scope};

/// A number of indicators of one level, and the names listed with it.
pub struct LevelList<'a> {
    /// The claim with the number.
    pub claim: &'a Claim,
    /// Its index.
    pub index: usize,
    /// 1 to 3.
    pub level: u8,
    /// The names; fewer than two are no list.
    pub items: Vec<String>,
    /// What the number is said of.
    pub scope: Scope,
}

/// Returns all of them in a report.
pub fn level_lists<'a>(report: &ReportMatch<'a>) -> Vec<LevelList<'a>> {
    report
        .part
        .claims()
        .filter_map(|(index, claim)| {
            let ClaimKind::LevelCount(level) = claim.kind else {
                return None;
            };
            let place = claim.place;
            let before = report.part.text.slice(place.paragraph, place.near, place.start);
            let after = report.part.text.slice(place.paragraph, place.end, place.sentence_end);
            let items = items_before(before).or_else(|| items_after(after)).unwrap_or_default();
            Some(LevelList {
                claim,
                index,
                level,
                scope: scope(report, claim, level, &items),
                items,
            })
        })
        .collect()
}

fn items_before(text: &str) -> Option<Vec<String>> {
    let mut list = text;
    for word in [
        "下设",
        "包括",
        "包含",
        "分为",
        "设置",
        "设立",
        "设",
        "含",
        "涵盖",
        "分别为",
        "分别是",
        "即",
        "：",
        "由",
    ] {
        if let Some(at) = list.rfind(word) {
            let rest = list.get(at + word.len()..).unwrap_or_default();
            // 可持续影响 and the like must not be cut by a word inside a name.
            if list.get(..at).is_some_and(|before| !before.contains('、')) {
                list = rest;
            }
        }
    }
    let list = list.trim_end_matches(['等', '共', '计', '合', '这', '的']);
    split(list)
}

fn items_after(text: &str) -> Option<Vec<String>> {
    let at = text.find("级指标")?;
    let rest = text.get(at + "级指标".len()..)?;
    let list = [
        "：",
        "，分别为",
        "，分别是",
        "，即",
        "，包括",
        "，包含",
        "(",
        "，分为",
        "分别为",
        "包括",
        "，为",
    ]
    .iter()
    .find_map(|word| rest.strip_prefix(word))?;
    let end = list.find(['，', '。', '；', ')', '：']).unwrap_or(list.len());
    split(list.get(..end)?.trim_end_matches('等'))
}

fn split(list: &str) -> Option<Vec<String>> {
    let mut items: Vec<String> = Vec::new();
    let parts: Vec<&str> = list.split('、').collect();
    let last = parts.len().saturating_sub(1);
    for (position, part) in parts.iter().enumerate() {
        let joined = position == last && position > 0;
        let two = ["和", "以及", "及", "与"]
            .iter()
            .find_map(|word| part.split_once(word))
            .filter(|(one, other)| joined && one.chars().count() >= 2 && other.chars().count() >= 2);
        match two {
            Some((one, other)) => items.extend([one, other].map(str::to_owned)),
            None => items.push((*part).to_owned()),
        }
    }
    let items: Vec<String> = items
        .into_iter()
        .map(|item| item.trim().to_owned())
        .filter(|item| !item.is_empty())
        .collect();
    (items.len() >= 2).then_some(items)
}

/// Returns whether an item of a list is a name of the table: one, or one part of the other. The first item may have
/// words before it.
pub fn is_name(item: &str, is_first: bool, name: &Name) -> bool {
    const LEAST: usize = 2;
    let item = plain_name(item);
    let bare = |text: &str| {
        text.strip_prefix("项目")
            .filter(|rest| !rest.is_empty())
            .unwrap_or(text)
            .to_owned()
    };
    let (own, known) = (bare(&item), bare(&name.plain));
    if own == known {
        return true;
    }
    let (shorter, longer) = if own.chars().count() <= known.chars().count() {
        (&own, &known)
    } else {
        (&known, &own)
    };
    let is_long = shorter.chars().count() > LEAST;
    (is_long && longer.contains(shorter.as_str()))
        || (is_first && item.ends_with(&known) && known.chars().count() >= LEAST)
}

/// Returns the names of a list's level within what it is said of; none where that cannot be told.
pub fn names_in_scope<'m>(report: &'m ReportMatch<'_>, list: &LevelList<'_>) -> Vec<&'m Name> {
    let is_held = |name: &&Name| name.rows.iter().any(|row| list.scope.holds(*row));
    report.names(list.level).filter(is_held).collect()
}
