//! Headings of a report: 一、 / （一） / 1. / （1） / ①, and short lines without a number.

/// A paragraph's number and the title behind it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// 1 for 一、 to 5 for ①; [`UNNUMBERED`] for a short line without a number.
    pub level: u8,
    /// Its number as written, e.g. `（一）`; empty where there is none.
    pub number: String,
    /// The title without its number.
    pub title: String,
    /// Bytes of the folded paragraph that are number and title; the rest is text.
    pub length: usize,
}

/// Level of a heading without a number.
pub const UNNUMBERED: u8 = 9;

/// Characters of a heading at most.
const LONGEST_TITLE: usize = 40;

/// Characters of a heading without a number at most.
const LONGEST_UNNUMBERED: usize = 22;

/// Returns the heading that a folded paragraph begins with.
pub fn heading(text: &str) -> Option<Heading> {
    let Some((level, number, rest)) = numbered(text) else {
        return unnumbered(text);
    };
    let end = rest.find(['。', '：', '；', '!']).unwrap_or(rest.len());
    let title = rest.get(..end).unwrap_or_default();
    let is_whole = end == rest.len() || rest.get(end..).is_some_and(|rest| rest.chars().count() == 1);
    let length = title.chars().count();
    // A numbered sentence is text: only what is short enough to be a title is one.
    let is_title = length > 0 && length <= LONGEST_TITLE && (is_whole || !title.contains('，'));
    if !is_title {
        return Some(Heading {
            level,
            number: number.to_owned(),
            title: String::new(),
            length: number.len(),
        });
    }
    let skipped = if is_whole { text.len() } else { number.len() + end };
    let says = has_claim(title);
    // 资金管理，满分10分，得分9.55分: the name is what stands before.
    let name = match title.split_once('，') {
        Some((name, _)) if says && !name.contains('(') => name,
        _ => title,
    };
    Some(Heading {
        level,
        number: number.to_owned(),
        title: name.to_owned(),
        length: if says { number.len() } else { skipped },
    })
}

/// Whether a title such as `1.资金到位率100%` says something itself.
fn has_claim(title: &str) -> bool {
    title.chars().any(|c| c.is_ascii_digit()) && (title.contains(['%', '分', '元']))
}

fn unnumbered(text: &str) -> Option<Heading> {
    let length = text.chars().count();
    let is_title = (2..=LONGEST_UNNUMBERED).contains(&length)
        && !text.contains(['，', '。', '；', '：', '、', '？', '！', '\n', '%'])
        && !text.chars().any(|c| c.is_ascii_digit());
    is_title.then(|| Heading {
        level: UNNUMBERED,
        number: String::new(),
        title: text.to_owned(),
        length: text.len(),
    })
}

/// Level, number and the rest of a numbered paragraph.
fn numbered(text: &str) -> Option<(u8, &str, &str)> {
    let split = |length: usize| text.split_at_checked(length);
    if let Some(rest) = text.strip_prefix('第') {
        let after = rest.trim_start_matches(is_chinese_figure);
        if after.len() < rest.len()
            && let Some(rest) = ["部分", "章", "节"].iter().find_map(|word| after.strip_prefix(word))
        {
            let rest = rest.trim_start_matches(['、', '：', ' ']);
            let (number, rest) = split(text.len() - rest.len())?;
            return Some((1, number, rest));
        }
        return None;
    }
    if let Some(rest) = text.strip_prefix('(') {
        let spelled = rest.trim_start_matches(is_chinese_figure);
        let figures = rest.trim_start_matches(|c: char| c.is_ascii_digit());
        let (level, after) = if spelled.len() < rest.len() {
            (2, spelled)
        } else if figures.len() < rest.len() && rest.len() - figures.len() <= 2 {
            (4, figures)
        } else {
            return None;
        };
        let after = after.strip_prefix(')')?;
        let after = after.trim_start_matches(['、', '.']);
        let (number, rest) = split(text.len() - after.len())?;
        return Some((level, number, rest));
    }
    let spelled = text.trim_start_matches(is_chinese_figure);
    if spelled.len() < text.len()
        && let Some(rest) = spelled.strip_prefix(['、', '.', '．'])
    {
        let (number, rest) = split(text.len() - rest.len())?;
        return Some((1, number, rest));
    }
    let figures = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let digits = text.len() - figures.len();
    if (1..=2).contains(&digits)
        && let Some(rest) = figures.strip_prefix(['、', '.', '．', ')'])
        && !rest.starts_with(|c: char| c.is_ascii_digit())
    {
        let (number, rest) = split(text.len() - rest.len())?;
        let level = if figures.starts_with(')') { 4 } else { 3 };
        return Some((level, number, rest));
    }
    // 1.1 and 2.1.3 number the parts of a chapter.
    if (1..=2).contains(&digits) && figures.starts_with('.') {
        let after = text.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
        let number = text.get(..text.len() - after.len())?;
        let parts = number.split('.').filter(|part| !part.is_empty()).count();
        let is_title = after.starts_with(super::folded::is_han)
            && !after.starts_with(['万', '亿', '元', '个', '家', '分', '人', '项', '倍'])
            && number.split('.').all(|part| part.len() <= 2);
        if is_title && parts >= 2 {
            let level = if parts == 2 { 3 } else { 4 };
            return Some((level, number, after));
        }
    }
    let first = text.chars().next()?;
    if ('①'..='⑳').contains(&first) {
        let (number, rest) = split(first.len_utf8())?;
        return Some((5, number, rest.trim_start_matches('、')));
    }
    None
}

const fn is_chinese_figure(c: char) -> bool {
    matches!(c, '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_titles_are_told_apart() {
        for (text, expected) in [
            ("一、基本情况", Some((1, "基本情况"))),
            ("(一)绩效评价目的、对象和范围。", Some((2, "绩效评价目的、对象和范围"))),
            (
                "1.项目背景、主要内容及实施情况",
                Some((3, "项目背景、主要内容及实施情况")),
            ),
            ("2、绩效目标", Some((3, "绩效目标"))),
            ("(1)立项依据充分性", Some((4, "立项依据充分性"))),
            ("第二部分 项目资金", Some((1, "项目资金"))),
            ("①立项依据", Some((5, "立项依据"))),
            ("评价结论", Some((UNNUMBERED, "评价结论"))),
            ("2.1资金到位情况", Some((3, "资金到位情况"))),
            (
                "(1)加快工业提产扩能。加快产业升级步伐，引导我县工业企业",
                Some((4, "加快工业提产扩能")),
            ),
            ("该项目预算208万元，到位资金208万元。", None),
            ("1.5万元用于设备购置", None),
            ("十个村完成了改造。", None),
        ] {
            let found = heading(text);
            let found = found.as_ref().map(|heading| (heading.level, heading.title.as_str()));
            assert_eq!(found, expected, "{text}");
        }
    }
}
