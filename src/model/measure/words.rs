//! Values that are a word: yes and no (合格), ranks (优), promptness (按时完成), nothing (无), placeholders.

use crate::text::placeholder;
use crate::text::words::{Word, strip_prefix, words};

/// A question that is answered yes or no, by its answers. 有 is answered by 无, which stands alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum YesNo {
    /// 是, 否.
    Yes,
    /// 合格, 不合格.
    Qualified,
    /// 通过, 未通过.
    Passed,
    /// 达标, 未达标.
    UpToStandard,
    /// 有.
    Present,
}

/// Answers; the first of each question and answer is its canonical word.
#[rustfmt::skip]
const ANSWERS: [(YesNo, bool, &[&str]); 9] = [
    (YesNo::Yes, true, &["是"]),
    (YesNo::Yes, false, &["否"]),
    (YesNo::Qualified, true, &["合格", "全部合格", "验收合格"]),
    (YesNo::Qualified, false, &["不合格", "未合格", "验收不合格"]),
    (YesNo::Passed, true, &["通过", "验收通过", "通过验收"]),
    (YesNo::Passed, false, &["未通过", "不通过", "未通过验收", "验收未通过", "没有通过"]),
    (YesNo::UpToStandard, true, &["达标", "全部达标"]),
    (YesNo::UpToStandard, false, &["未达标", "不达标"]),
    (YesNo::Present, true, &["有"]),
];

impl YesNo {
    pub(super) fn parse(text: &str) -> Option<(Self, bool)> {
        let body = text.strip_prefix('已').filter(|rest| !rest.is_empty()).unwrap_or(text);
        ANSWERS
            .iter()
            .find(|(_, _, words)| words.contains(&body))
            .map(|&(question, answer, _)| (question, answer))
    }

    pub(super) fn word(self, answer: bool) -> &'static str {
        let found = ANSWERS
            .iter()
            .find(|(question, yes, _)| *question == self && *yes == answer);
        found
            .and_then(|(_, _, words)| words.first())
            .copied()
            .unwrap_or_default()
    }
}

/// A rank of the four-step scale, 优 the highest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Rank {
    /// 差, 较差.
    Poor,
    /// 中, 一般.
    Fair,
    /// 良, 良好.
    Good,
    /// 优, 优秀.
    Excellent,
}

const RANKS: [(Rank, &[&str]); 4] = [
    (Rank::Excellent, &["优", "优秀"]),
    (Rank::Good, &["良", "良好"]),
    (Rank::Fair, &["中", "中等", "一般"]),
    (Rank::Poor, &["差", "较差"]),
];

impl Rank {
    pub(super) fn parse(text: &str) -> Option<Self> {
        RANKS
            .iter()
            .find(|(_, words)| words.contains(&text))
            .map(|&(rank, _)| rank)
    }

    pub(super) fn word(self) -> &'static str {
        let found = RANKS.iter().find(|(rank, _)| *rank == self);
        found.and_then(|(_, words)| words.first()).copied().unwrap_or_default()
    }
}

/// Returns a scale printed whole where its aimed-at step belongs (优良中低差): the text and its highest step.
pub(super) fn scale(text: &str) -> Option<(&'static str, &'static str)> {
    const SCALES: [(&str, &str); 10] = [
        ("优良中低差", "优"),
        ("优良中差", "优"),
        ("优良差", "优"),
        ("优中差", "优"),
        ("优秀良好合格不合格", "优"),
        ("优秀良好一般较差", "优"),
        ("优秀良好中等较差", "优"),
        ("好坏", "好"),
        ("好中差", "好"),
        ("高中低", "高"),
    ];
    let joined = || text.chars().filter(|c| !matches!(c, '/' | ',' | '、' | ';' | '-'));
    if !matches!(joined().next(), Some('优' | '好' | '高')) {
        return None;
    }
    SCALES.iter().find(|(word, _)| joined().eq(word.chars())).copied()
}

/// 按时完成, 及时, 如期: done in time, without a date.
pub(super) fn is_punctual(text: &str) -> bool {
    const LEADS: [Word; 11] = words![
        "按时间节点",
        "在规定时间内",
        "按规定时间",
        "按时",
        "按期",
        "如期",
        "及时",
        "准时",
        "按计划时间",
        "按进度",
        "提前",
    ];
    const VERBS: [Word; 16] = words![
        "全部", "完成", "完工", "发放", "拨付", "到位", "支付", "办结", "竣工", "验收", "交付", "报送", "下达", "足额",
        "兑现", "实施",
    ];
    let body = text.strip_prefix('已').unwrap_or(text);
    let Some(mut rest) = strip_prefix(body, &LEADS) else {
        return false;
    };
    while let Some(after) = strip_prefix(rest, &VERBS) {
        rest = after;
    }
    rest.is_empty()
}

/// 无 and its kin: nothing happened, nothing there, or nothing to say.
pub(super) fn is_nothing(text: &str) -> bool {
    matches!(
        text,
        "无" | "零"
            | "没有"
            | "未发生"
            | "没有发生"
            | "无发生"
            | "零发生"
            | "未出现"
            | "暂无"
            | "均无"
            | "均未发生"
            | "均未出现"
    )
}

/// Returns a mark that holds a place instead of a value, a form's own hint, or the answer that there is no value.
pub(super) fn is_no_value(text: &str) -> bool {
    placeholder::is_placeholder(text)
        || is_hint(text)
        || placeholder::is_not_applicable(text)
        || matches!(text, "未填" | "待填" | "待定" | "NULL")
}

/// (≥**人), ≥XX%: a form's own hint, never filled in.
fn is_hint(text: &str) -> bool {
    // Most texts have none of these signs; × begins with the byte C3.
    if !text.bytes().any(|byte| matches!(byte, b'x' | b'X' | b'*' | 0xc3)) {
        return false;
    }
    let crosses = |pair: &[u8]| matches!(pair, [b'x' | b'X', b'x' | b'X'] | [b'*', b'*']);
    (text.as_bytes().windows(2).any(crosses) || text.contains("××"))
        && !text.chars().any(|c| c.is_ascii_digit())
        && text.chars().nth(12).is_none()
}

/// 基本, 较好 …: a degree that promises less than the whole.
pub(super) fn is_hedging_word(text: &str) -> bool {
    ["较好", "较高", "较大", "较为", "比较", "大致", "大体", "一定程度"]
        .iter()
        .any(|lead| text.starts_with(lead))
}
