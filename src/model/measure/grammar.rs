//! The grammar of values: signs in figures or words, numbers, ranges, changes, several values.
//!
//! Works on normalised text, from the most particular reading to free text.

use rust_decimal::Decimal;

use super::normalise::LONGEST_VALUE;
use super::words::{Rank, Tier, YesNo, is_nothing, is_placeholder, is_punctual, scale};
use super::{Comparator, Factor, Measure, MeasureKind, Quantity, Unit, date, number};

/// Signs and words before a value, longest first.
const BEFORE: [(&str, Comparator); 45] = [
    ("大于或等于", Comparator::AtLeast),
    ("大于等于", Comparator::AtLeast),
    ("不得低于", Comparator::AtLeast),
    ("不得少于", Comparator::AtLeast),
    ("不得小于", Comparator::AtLeast),
    ("不低于", Comparator::AtLeast),
    ("不少于", Comparator::AtLeast),
    ("不小于", Comparator::AtLeast),
    ("至少", Comparator::AtLeast),
    ("最少", Comparator::AtLeast),
    ("≥", Comparator::AtLeast),
    ("小于或等于", Comparator::AtMost),
    ("小于等于", Comparator::AtMost),
    ("不得超过", Comparator::AtMost),
    ("不得高于", Comparator::AtMost),
    ("不得多于", Comparator::AtMost),
    ("不得大于", Comparator::AtMost),
    ("不超过", Comparator::AtMost),
    ("不超出", Comparator::AtMost),
    ("未超过", Comparator::AtMost),
    ("未超出", Comparator::AtMost),
    ("不突破", Comparator::AtMost),
    ("不高于", Comparator::AtMost),
    ("不多于", Comparator::AtMost),
    ("不大于", Comparator::AtMost),
    ("不晚于", Comparator::AtMost),
    ("控制在", Comparator::AtMost),
    ("控制到", Comparator::AtMost),
    ("至多", Comparator::AtMost),
    ("最多", Comparator::AtMost),
    ("不超", Comparator::AtMost),
    ("≤", Comparator::AtMost),
    ("等于", Comparator::Equal),
    ("=", Comparator::Equal),
    ("大于", Comparator::Above),
    ("高于", Comparator::Above),
    ("多于", Comparator::Above),
    ("超过", Comparator::Above),
    ("超出", Comparator::Above),
    (">", Comparator::Above),
    ("小于", Comparator::Below),
    ("低于", Comparator::Below),
    ("少于", Comparator::Below),
    ("<", Comparator::Below),
    ("下降到", Comparator::AtMost),
];

/// Words after a value, longest first.
const AFTER: [(&str, Comparator); 14] = [
    ("及以上", Comparator::AtLeast),
    ("或以上", Comparator::AtLeast),
    ("含以上", Comparator::AtLeast),
    ("以上", Comparator::AtLeast),
    ("及以下", Comparator::AtMost),
    ("或以下", Comparator::AtMost),
    ("含以下", Comparator::AtMost),
    ("以下", Comparator::AtMost),
    ("及以内", Comparator::AtMost),
    ("范围内", Comparator::AtMost),
    ("以内", Comparator::AtMost),
    ("之内", Comparator::AtMost),
    ("内", Comparator::AtMost),
    ("封顶", Comparator::AtMost),
];

/// Words before a number that name the act or say "in all", and change nothing about it.
const LEADS: [&str; 72] = [
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
const TRAILS: [&str; 12] = [
    "已全部完成",
    "全部完成",
    "已完成",
    "完成",
    "全覆盖",
    "覆盖",
    "达标",
    "到位",
    "发放到位",
    "拨付到位",
    "落实",
    "合格",
];

/// Reads a normalised text.
pub(super) fn parse(text: &str) -> Measure {
    let plain = |kind| Measure { comparator: None, kind };
    if text.is_empty() {
        return plain(MeasureKind::Blank);
    }
    if is_placeholder(text) {
        return plain(MeasureKind::Placeholder);
    }
    if text.chars().nth(LONGEST_VALUE).is_some() {
        return plain(MeasureKind::Text(text.to_owned()));
    }
    if let Some(kind) = word(text) {
        return plain(kind);
    }
    if let Some(deadline) = date::parse(text) {
        return plain(MeasureKind::Date(deadline));
    }
    growth(text)
        .or_else(|| zero(text).map(plain))
        .or_else(|| figure(text))
        .unwrap_or_else(|| {
            plain(if is_several(text) {
                MeasureKind::Several
            } else {
                MeasureKind::Text
            }(text.to_owned()))
        })
}

fn word(text: &str) -> Option<MeasureKind> {
    if is_nothing(text) {
        return Some(MeasureKind::Nothing);
    }
    if let Some((question, answer)) = YesNo::parse(text) {
        return Some(MeasureKind::Boolean { question, answer });
    }
    if let Some(rank) = Rank::parse(text) {
        return Some(MeasureKind::Rank(rank));
    }
    if let Some((steps, highest)) = scale(text) {
        return Some(MeasureKind::Scale { steps, highest });
    }
    if is_punctual(text) {
        return Some(MeasureKind::Punctual);
    }
    Tier::parse(text).map(MeasureKind::Tier)
}

/// 同比增长≥10%, 较上年下降5个百分点. 提高到 and 下降到 name a level, not a change.
fn growth(text: &str) -> Option<Measure> {
    const SINCE: [&str; 12] = [
        "与上年相比",
        "较上年度",
        "比上年度",
        "较上年",
        "比上年",
        "较去年",
        "比去年",
        "同比",
        "环比",
        "年均",
        "较年初",
        "平均",
    ];
    const RISE: [&str; 8] = ["增长率", "增长", "提高", "提升", "增加", "上升", "增幅", "增收"];
    const FALL: [&str; 6] = ["下降率", "下降", "降低", "减少", "降幅", "压减"];
    let mut body = text;
    while let Some(rest) = SINCE.iter().find_map(|word| body.strip_prefix(word)) {
        body = rest;
    }
    let find = |words: &[&str]| words.iter().find_map(|word| body.strip_prefix(word));
    let (rising, rest) = find(&RISE)
        .map(|rest| (true, rest))
        .or_else(|| find(&FALL).map(|rest| (false, rest)))?;
    if rest.starts_with(['到', '至']) {
        return None;
    }
    let Measure {
        comparator,
        kind: MeasureKind::Quantity(amount),
    } = figure(rest.trim_start_matches('了'))?
    else {
        return None;
    };
    Some(Measure {
        comparator,
        kind: MeasureKind::Growth { rising, amount },
    })
}

/// 零投诉, 无安全事故, 未发生重大事故: zero of something.
fn zero(text: &str) -> Option<MeasureKind> {
    const COUNTED: [&str; 12] = [
        "事故", "投诉", "上访", "信访", "差错", "违规", "违纪", "违法", "案件", "事件", "拖欠", "超支",
    ];
    let thing = ["零", "无", "未发生", "没有发生", "未出现", "没有"]
        .iter()
        .find_map(|lead| text.strip_prefix(*lead))?;
    let counted = COUNTED
        .iter()
        .any(|word| thing.ends_with(word) || thing.strip_suffix("发生").is_some_and(|t| t.ends_with(word)));
    let unit = Unit::parse(thing.strip_suffix("发生").unwrap_or(thing)).filter(|_| counted)?;
    Some(MeasureKind::Quantity(Quantity {
        value: Decimal::ZERO,
        factor: Factor::ONE,
        unit,
    }))
}

struct Bounds<'a> {
    comparator: Option<Comparator>,
    body: &'a str,
}

impl<'a> Bounds<'a> {
    fn add(&mut self, comparator: Comparator, body: &'a str) -> Option<()> {
        self.body = body;
        match self.comparator {
            Some(known) if known != comparator => None,
            _ => {
                self.comparator = Some(comparator);
                Some(())
            }
        }
    }
}

/// A number or range with its signs. `None` when anything is left over or the signs contradict each other.
fn figure(text: &str) -> Option<Measure> {
    let mut bounds = Bounds {
        comparator: None,
        body: text,
    };
    loop {
        if let Some((comparator, rest)) = strip_any(bounds.body, &BEFORE) {
            bounds.add(comparator, rest)?;
        } else if let Some(rest) = LEADS
            .iter()
            .find_map(|lead| bounds.body.strip_prefix(lead))
            .or_else(|| after_name(bounds.body))
        {
            bounds.body = rest.trim_start_matches(':');
        } else {
            break;
        }
    }
    bounds.body = without_bracket(bounds.body);
    let trail = TRAILS
        .iter()
        .find_map(|trail| bounds.body.strip_suffix(trail))
        .filter(|rest| rest.ends_with(['%', '上', '下']));
    bounds.body = trail.unwrap_or(bounds.body);
    if let Some((comparator, rest)) = AFTER
        .iter()
        .find_map(|(word, c)| bounds.body.strip_suffix(word).map(|rest| (*c, rest)))
    {
        bounds.add(comparator, rest)?;
    }
    let body = bounds.body.replace("(含)", "");
    let kind = range(&body).or_else(|| quantity(&body).map(MeasureKind::Quantity))?;
    Some(Measure {
        comparator: bounds.comparator,
        kind,
    })
}

fn strip_any<'a>(text: &'a str, words: &[(&str, Comparator)]) -> Option<(Comparator, &'a str)> {
    words
        .iter()
        .find_map(|(word, comparator)| text.strip_prefix(word).map(|rest| (*comparator, rest)))
}

/// What follows a name written before its value: 群众满意度≥95%, 合格率达到100%.
fn after_name(text: &str) -> Option<&str> {
    let end = text
        .find(|c: char| c.is_ascii_digit() || "≥≤=<>-:".contains(c))
        .unwrap_or(text.len());
    let (head, _) = text.split_at_checked(end)?;
    let last = head.rfind(['率', '度', '量', '额', '数'])?;
    let name = head.get(..last)?;
    if name.is_empty() || name.chars().nth(16).is_some() || !name.chars().all(char::is_alphabetic) {
        return None;
    }
    let rest = text.get(last..)?;
    let mut characters = rest.chars();
    characters.next()?;
    Some(characters.as_str())
}

/// Without a remark in brackets at the end, if it holds no figure.
fn without_bracket(text: &str) -> &str {
    let Some((head, remark)) = text.strip_suffix(')').and_then(|rest| rest.rsplit_once('(')) else {
        return text;
    };
    let harmless =
        !head.is_empty() && remark != "含" && !remark.contains(|c: char| c.is_numeric() || number::is_numeral(c));
    if harmless { head } else { text }
}

fn quantity(text: &str) -> Option<Quantity> {
    if let Some((value, sign, rest)) = number::fraction(text) {
        let unit = Unit::parse(sign)?;
        return rest.is_empty().then_some(Quantity {
            value,
            factor: Factor::ONE,
            unit,
        });
    }
    if let Some((value, rest)) = number::arabic(text) {
        let (factor, rest) = Factor::take(rest);
        return Some(Quantity {
            value,
            factor,
            unit: Unit::parse(rest)?,
        });
    }
    let (value, rest) = number::chinese(text)?;
    let unit = Unit::parse(rest)?;
    // A bare or oddly followed numeral is more often a word (一般, 一定) than a number.
    unit.is_well_known().then_some(Quantity {
        value,
        factor: Factor::ONE,
        unit,
    })
}

fn range(text: &str) -> Option<MeasureKind> {
    let (first, rest) = number::arabic(text)?;
    let separator = rest.find(['-', '~', '至', '到'])?;
    let (inner, after) = rest.split_at_checked(separator)?;
    let mut tail = after.chars();
    tail.next()?;
    let high = quantity(tail.as_str())?;
    let (factor, unit) = Factor::take(inner);
    let unit = Unit::parse(unit)?;
    // 5-10次 gives the unit once, 5次-10次 twice; 5次-10家 is no range.
    let once = factor == Factor::ONE && unit.is_none();
    let calendar = matches!(high.unit.text(), "月" | "日" | "年" | "号");
    if first.is_sign_negative()
        || first > high.value
        || calendar
        || !(once || (factor == high.factor && unit == high.unit))
    {
        return None;
    }
    Some(MeasureKind::Range { low: first, high })
}

/// Two or more parts with figures of their own: 培训3期,150人次; 1、…2、….
fn is_several(text: &str) -> bool {
    let parts = text
        .split([',', ';', '、', '。', ' '])
        .filter(|part| part.contains(|c: char| c.is_ascii_digit()))
        .take(2)
        .count();
    parts >= 2
}
