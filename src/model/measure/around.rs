//! What stands around a number: signs in figures or words, the act (培训), the name (满意度), remarks.

use std::borrow::Cow;

use super::{Comparator, number};
use crate::text::words::{Word, strip_prefix, strip_suffix, words};

/// Signs and words before a value. Longer words stand before those they begin with.
const BEFORE: [(Comparator, &[Word]); 5] = [
    (
        Comparator::AtLeast,
        &words![
            "≥",
            "大于或等于",
            "大于等于",
            "不得低于",
            "不得少于",
            "不得小于",
            "不低于",
            "不少于",
            "不小于",
            "至少",
            "最少",
        ],
    ),
    (
        Comparator::AtMost,
        &words![
            "≤",
            "小于或等于",
            "小于等于",
            "不得超过",
            "不得高于",
            "不得多于",
            "不得大于",
            "不超过",
            "不超出",
            "未超过",
            "未超出",
            "不突破",
            "不高于",
            "不多于",
            "不大于",
            "不晚于",
            "控制在",
            "控制到",
            "下降到",
            "至多",
            "最多",
            "不超",
        ],
    ),
    (Comparator::Equal, &words!["=", "等于"]),
    (Comparator::Above, &words![">", "大于", "高于", "多于", "超过", "超出"]),
    (Comparator::Below, &words!["<", "小于", "低于", "少于"]),
];

/// Words after a value. Longer words stand before those that end them.
const AFTER: [(Comparator, &[Word]); 2] = [
    (Comparator::AtLeast, &words!["及以上", "或以上", "含以上", "以上"]),
    (
        Comparator::AtMost,
        &words![
            "及以下",
            "或以下",
            "含以下",
            "以下",
            "及以内",
            "范围内",
            "以内",
            "之内",
            "内",
            "封顶",
        ],
    ),
];

/// Words before a number that name the act or say "in all", and change nothing about it.
const LEADS: &[Word] = &words![
    "已全部完成",
    "全部完成",
    "实际完成",
    "已完成",
    "计划完成",
    "完成率",
    "完成",
    "已达到",
    "达到",
    "达",
    "实现",
    "实际",
    "共计",
    "累计",
    "合计",
    "总计",
    "共",
    "为",
    "计划",
    "目标",
    "已",
    "培训",
    "举办",
    "开展",
    "组织",
    "新增",
    "新建",
    "建设",
    "建成",
    "采购",
    "购置",
    "购买",
    "发放",
    "补助",
    "资助",
    "支持",
    "扶持",
    "奖励",
    "印刷",
    "制作",
    "维修",
    "改造",
    "修建",
    "维护",
    "安装",
    "种植",
    "检查",
    "开办",
    "召开",
    "发布",
    "撰写",
    "编制",
    "出版",
    "走访",
    "慰问",
    "服务",
    "受益",
    "覆盖",
    "惠及",
    "涉及",
    "聘用",
    "聘请",
    "支付",
    "支出",
    "拨付",
    "提供",
    "接待",
    "办理",
    "巡查",
    "提高到",
    "提升到",
    "提升至",
];

/// Words after a number that repeat that it was reached.
const TRAILS: &[Word] = &words![
    "已全部完成",
    "全部完成",
    "已完成",
    "完成",
    "全覆盖",
    "覆盖",
    "达标",
    "发放到位",
    "拨付到位",
    "到位",
    "落实",
    "合格",
];

/// Returns the number's own text with the sign that stands before or after it. `None` when two signs contradict each
/// other.
pub(super) fn strip(text: &str) -> Option<(Option<Comparator>, Cow<'_, str>)> {
    let mut sign = None;
    let mut body = text;
    while !body.starts_with(|c: char| c.is_ascii_digit()) {
        if let Some((comparator, rest)) = first(&BEFORE, |words| strip_prefix(body, words)) {
            sign = agreed(sign, comparator)?;
            body = rest;
        } else if let Some(rest) = strip_prefix(body, LEADS).or_else(|| after_name(body)) {
            body = rest.trim_start_matches(':');
        } else {
            break;
        }
    }
    let body = without_bracket(body);
    if body.contains("(含)") {
        let body = body.replace("(含)", "");
        let (sign, rest) = strip_end(sign, &body)?;
        return Some((sign, Cow::Owned(rest.to_owned())));
    }
    let (sign, body) = strip_end(sign, body)?;
    Some((sign, Cow::Borrowed(body)))
}

/// Without the words and signs after the number; `sign` stands before it.
fn strip_end(mut sign: Option<Comparator>, body: &str) -> Option<(Option<Comparator>, &str)> {
    let trail = strip_suffix(body, TRAILS).filter(|rest| rest.ends_with(['%', '上', '下']));
    let mut body = trail.unwrap_or(body);
    if let Some((comparator, rest)) = first(&AFTER, |words| strip_suffix(body, words)) {
        sign = agreed(sign, comparator)?;
        body = rest;
    }
    Some((sign, body))
}

fn first<'a>(
    signs: &[(Comparator, &[Word])],
    strip: impl Fn(&[Word]) -> Option<&'a str>,
) -> Option<(Comparator, &'a str)> {
    signs
        .iter()
        .find_map(|(comparator, words)| Some((*comparator, strip(words)?)))
}

fn agreed(known: Option<Comparator>, found: Comparator) -> Option<Option<Comparator>> {
    if known.is_some_and(|known| known != found) {
        None
    } else {
        Some(Some(found))
    }
}

/// Returns what follows a name written before its value: 群众满意度≥95%, 合格率达到100%.
fn after_name(text: &str) -> Option<&str> {
    let end = text
        .find(|c: char| c.is_ascii_digit() || "≥≤=<>-:".contains(c))
        .unwrap_or(text.len());
    let (head, _) = text.split_at_checked(end)?;
    let last = head.rfind(['率', '度', '量', '额', '数'])?;
    let name = head.get(..last)?;
    // 每季度1次 is a frequency, not a name with its value.
    if name.is_empty()
        || name.starts_with('每')
        || name.chars().nth(16).is_some()
        || !name.chars().all(char::is_alphabetic)
    {
        return None;
    }
    let rest = text.get(last..)?;
    let mut characters = rest.chars();
    characters.next()?;
    Some(characters.as_str())
}

/// Without a remark in brackets at the end, if it holds no figure.
pub(super) fn without_bracket(text: &str) -> &str {
    let Some((head, remark)) = text.strip_suffix(')').and_then(|rest| rest.rsplit_once('(')) else {
        return text;
    };
    let harmless =
        !head.is_empty() && remark != "含" && !remark.contains(|c: char| c.is_numeric() || number::is_numeral(c));
    if harmless { head } else { text }
}
