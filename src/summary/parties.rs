//! Who and what is named in a text: companies, cooperatives and farms, by the endings of their names, and villages with
//! their townships. Persons are left alone: their names belong in no list.

use crate::text::words::{Word, any_in, words};

/// Returns names of companies, cooperatives and farms in a text.
pub fn parties(text: &str) -> Vec<String> {
    const ENDINGS: [Word; 7] = words![
        "有限责任公司",
        "股份有限公司",
        "有限公司",
        "专业合作社",
        "股份合作社",
        "合作联社",
        "家庭农场",
    ];
    const LONGEST: usize = 24;
    const SHORTEST: usize = 6;
    let mut names = Vec::new();
    if !any_in(text, &ENDINGS) {
        return names;
    }
    let mut rest = text;
    while let Some((at, ending)) = ENDINGS
        .iter()
        .filter_map(|ending| Some((rest.find(ending.text())?, ending.text())))
        .min_by_key(|(at, ending)| (*at, std::cmp::Reverse(ending.len())))
    {
        let (before, after) = rest.split_at_checked(at + ending.len()).unwrap_or((rest, ""));
        let is_of_name = |c: &char| c.is_alphanumeric() || "（）()".contains(*c);
        let name: Vec<char> = before.chars().rev().take_while(is_of_name).take(LONGEST).collect();
        let name: String = name.into_iter().rev().collect();
        let name = without_lead(&name);
        if name.chars().count() >= SHORTEST + ending.chars().count() / 2 {
            names.push(name.to_owned());
        }
        rest = after;
    }
    names
}

/// 支持某某有限公司 names 某某有限公司.
fn without_lead(name: &str) -> &str {
    const LEADS: [&str; 14] = [
        "补助给",
        "补助",
        "支持",
        "扶持",
        "奖励",
        "资助",
        "委托",
        "拨付给",
        "拨付",
        "完成",
        "对",
        "向",
        "给",
        "由",
    ];
    LEADS.iter().find_map(|lead| name.strip_prefix(lead)).unwrap_or(name)
}

/// Villages and communities with their townships in a text, as in 大阿镇莲塘村. One without its township may be any of
/// several.
pub fn places(text: &str) -> Vec<String> {
    const TOWNSHIPS: [Word; 3] = words!["街道", "镇", "乡"];
    const VILLAGES: [char; 2] = ['村', '社'];
    const LONGEST: usize = 5;
    let mut places = Vec::new();
    if !any_in(text, &TOWNSHIPS) {
        return places;
    }
    let townships = TOWNSHIPS.iter().map(Word::text);
    for (at, township) in townships.flat_map(|township| text.match_indices(township)) {
        let (before, after) = (text.get(..at), text.get(at + township.len()..));
        let (Some(before), Some(after)) = (before, after) else {
            continue;
        };
        // 大阿 of 信丰县大阿镇; what stands before a county's name is not the township's.
        let lead: Vec<char> = before.chars().rev().take_while(|c| is_han(*c)).take(LONGEST).collect();
        let lead: Vec<char> = lead
            .into_iter()
            .take_while(|c| !"县市区州在为对向于和及与、".contains(*c))
            .collect();
        let name: String = after.chars().take_while(|c| is_han(*c)).take(LONGEST).collect();
        let Some((end, last)) = name.char_indices().find(|(_, c)| VILLAGES.contains(c)) else {
            continue;
        };
        let village = name.get(..end).unwrap_or_default();
        let rest = name.get(end..).unwrap_or_default();
        let ending = if last == '社' { "社区" } else { "村" };
        if lead.len() < 2 || village.is_empty() || !rest.starts_with(ending) || !is_proper(village) {
            continue;
        }
        let lead: String = lead.into_iter().rev().collect();
        places.push(format!("{lead}{township}{village}{ending}"));
    }
    places
}

const fn is_han(c: char) -> bool {
    matches!(c, '\u{4E00}'..='\u{9FFF}')
}

/// 各村, 农村 and 行政村 name no village.
fn is_proper(village: &str) -> bool {
    const COMMON: [&str; 14] = [
        "各", "农", "行政", "每", "全", "的", "等", "所", "有", "自然", "贫困", "乡", "下", "本",
    ];
    let count = village.chars().count();
    count >= 2
        && !COMMON
            .iter()
            .any(|word| village.ends_with(word) || village.starts_with(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn companies_cooperatives_and_farms_are_named_by_their_endings() {
        let text = "支持信丰绿源电子有限公司，补助大阿镇莲塘种养专业合作社、奖励李庄生态家庭农场";
        assert_eq!(
            parties(text),
            ["信丰绿源电子有限公司", "大阿镇莲塘种养专业合作社", "李庄生态家庭农场"]
        );
    }

    #[test]
    fn a_village_is_named_with_its_township_and_villages_at_large_are_not() {
        assert_eq!(places("在信丰县大阿镇莲塘村新建水渠"), ["大阿镇莲塘村"]);
        assert_eq!(
            places("嘉定街道阳光社区、古陂镇太平村"),
            ["嘉定街道阳光社区", "古陂镇太平村"]
        );
        for text in ["全县16个乡镇行政村", "各镇各村", "大阿镇农村公路", "莲塘村", "镇村"] {
            assert_eq!(places(text), Vec::<String>::new(), "{text}");
        }
    }
}
