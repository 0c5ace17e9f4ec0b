//! The grammar of values: signs in figures or words, numbers, ranges, changes, several values.
//!
//! Works on normalised text, from the most particular reading to free text.

use rust_decimal::Decimal;

use super::normalise::LONGEST_VALUE;
use super::words::{Rank, YesNo, is_no_value, is_nothing, is_punctual, scale};
use super::{Factor, Measure, MeasureKind, Quantity, Tier, Unit, around, date_text, number};
use crate::text::words::{Word, strip_prefix, words};

/// Reads a normalised text.
pub(super) fn parse(text: &str) -> Measure {
    let plain = |kind| Measure { comparator: None, kind };
    if text.is_empty() {
        return plain(MeasureKind::Blank);
    }
    if is_no_value(text) {
        return plain(MeasureKind::Placeholder);
    }
    if text.chars().nth(LONGEST_VALUE).is_some() {
        return plain(MeasureKind::Text(text.to_owned()));
    }
    // No word, change or zero begins with a figure or a sign.
    let starts_with_figure = text.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '≥' | '≤' | '<' | '>' | '='));
    if !starts_with_figure && let Some(kind) = word(text) {
        return plain(kind);
    }
    // Dates, changes and figures have a digit, a numeral or a year in them.
    let may_be_figure = starts_with_figure || Measure::may_be_dated_or_counted(text);
    if may_be_figure && let Some(deadline) = date_text::parse(text) {
        return plain(MeasureKind::Date(deadline));
    }
    (!starts_with_figure && may_be_figure)
        .then(|| growth(text))
        .flatten()
        .or_else(|| zero(text).map(plain))
        .or_else(|| may_be_figure.then(|| figure(text)).flatten())
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
    const SINCE: [Word; 12] = words![
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
    const RISE: [Word; 8] = words!["增长率", "增长", "提高", "提升", "增加", "上升", "增幅", "增收"];
    const FALL: [Word; 6] = words!["下降率", "下降", "降低", "减少", "降幅", "压减"];
    let mut body = text;
    while let Some(rest) = strip_prefix(body, &SINCE) {
        body = rest;
    }
    let (rising, rest) = strip_prefix(body, &RISE)
        .map(|rest| (true, rest))
        .or_else(|| strip_prefix(body, &FALL).map(|rest| (false, rest)))?;
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
    const COUNTED: [&str; 18] = [
        "事故", "投诉", "上访", "信访", "差错", "违规", "违纪", "违法", "案件", "事件", "拖欠", "超支", "伤亡", "死亡",
        "病例", "火灾", "舆情", "纠纷",
    ];
    const NONE: [Word; 8] = words!["零", "无", "未发生", "没有发生", "未出现", "没有", "未收到", "未接到",];
    let thing = strip_prefix(text, &NONE)?;
    let counted = COUNTED
        .iter()
        .any(|word| thing.ends_with(word) || thing.strip_suffix("发生").is_some_and(|t| t.ends_with(word)));
    let thing = thing.strip_suffix("发生").unwrap_or(thing);
    let unit = Unit::parse(thing).filter(|_| counted && Factor::take(thing).0 == Factor::ONE)?;
    Some(MeasureKind::Quantity(Quantity {
        value: Decimal::ZERO,
        factor: Factor::ONE,
        unit,
    }))
}

/// 118.5(公里) is 118.5公里; any other bracket holds a remark.
fn without_brackets_around_unit(text: &str) -> Option<String> {
    let (number, unit) = text.strip_suffix(')')?.rsplit_once('(')?;
    let is_bare = number.ends_with(|c: char| c.is_ascii_digit());
    let (_, rest) = Factor::take(unit);
    (is_bare && Unit::parse(rest)?.is_well_known()).then(|| [number, unit].concat())
}

/// Returns a number or range with its signs. `None` when anything is left over or the signs contradict each other.
fn figure(text: &str) -> Option<Measure> {
    if let Some(plain) = without_brackets_around_unit(text) {
        return figure(&plain);
    }
    let (comparator, body) = around::strip(text)?;
    // 计划2023年底: a date behind a word that numbers have too.
    if body.len() < text.len()
        && let Some(deadline) = date_text::parse(&body)
    {
        // 下一年度2月底 lies in no year that anyone here knows.
        let before = text.split(&*body).next().unwrap_or_default();
        if before.contains('年') && !before.contains("本年") && !before.contains("当年") {
            return None;
        }
        return comparator.is_none().then_some(Measure {
            comparator,
            kind: MeasureKind::Date(deadline),
        });
    }
    let kind = range(&body).or_else(|| quantity(&body).map(MeasureKind::Quantity))?;
    Some(Measure { comparator, kind })
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
    let separators = ['-', '~', '至', '到'];
    if !text.contains(separators) {
        return None;
    }
    let (first, rest) = number::arabic(text)?;
    let separator = rest.find(separators)?;
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

/// Returns two or more parts with figures of their own: 培训3期,150人次; 1、…2、….
fn is_several(text: &str) -> bool {
    let parts = text
        .split([',', ';', '、', '。', ' '])
        .filter(|part| part.contains(|c: char| c.is_ascii_digit()))
        .take(2)
        .count();
    parts >= 2
}
