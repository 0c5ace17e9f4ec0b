//! Units: what they measure, and which convert into which.
//!
//! 人 and 人次, 家 and 户 are different units: neither counts what the other counts.

use std::borrow::Cow;
use std::fmt;

use rust_decimal::Decimal;

use super::dimension::{Dimension, Place};
use super::number::is_numeral;
use crate::text::words::{Word, any_in, strip_prefix, words};

/// A unit as written, without its factor.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Unit {
    text: String,
    /// Its place among the units that convert into others, looked up once.
    place: Option<Place>,
}

/// Classifiers that may be followed by what they count (家企业).
const CLASSIFIERS: &[Word] = &words![
    "人次",
    "人",
    "名",
    "位",
    "家次",
    "家",
    "户次",
    "户",
    "次",
    "起",
    "例",
    "件次",
    "件",
    "项次",
    "项",
    "个",
    "份",
    "篇",
    "场次",
    "场",
    "期",
    "班次",
    "台次",
    "台套",
    "台",
    "套",
    "辆",
    "座",
    "栋",
    "间",
    "所",
    "处",
    "条",
    "根",
    "棵",
    "株",
    "头",
    "只",
    "羽",
    "亩",
    "宗",
    "批次",
    "批",
    "部",
    "本",
    "册",
    "张",
    "幅",
    "块",
    "片",
    "点",
    "村",
    "镇",
    "县",
    "校",
    "种",
    "类",
    "门",
    "节",
    "课时",
    "学时",
    "轮",
    "支",
    "队",
    "组",
    "对",
    "盏",
    "孔",
    "眼",
    "口",
    "标段",
    "分",
    "倍",
    "折",
    "票",
    "字",
    "页",
    "颗",
    "粒",
    "箱",
    "袋",
    "瓶",
    "桶",
    "艘",
    "架",
    "枚",
    "盒",
    "床",
    "届",
    "天次",
    "车次",
    "千瓦",
    "瓦",
    "千瓦时",
    "度",
    "升",
    "毫升",
    "兆",
    "元",
];

/// Classifiers that count the same thing, with the one that stands for both.
const SYNONYMS: [(&str, &str); 6] = [
    ("名", "人"),
    ("位", "人"),
    ("口人", "人"),
    ("场次", "场"),
    ("批次", "批"),
    ("台套", "台"),
];

/// Ways to write what a unit is divided by, with the one that stands for all.
const DIVISORS: [(&str, &str); 15] = [
    ("千米", "公里"),
    ("km", "公里"),
    ("平米", "平方米"),
    ("m2", "平方米"),
    ("m", "米"),
    ("t", "吨"),
    ("kg", "公斤"),
    ("千克", "公斤"),
    ("千瓦时", "度"),
    ("kWh", "度"),
    ("h", "小时"),
    ("日", "天"),
    ("日历天", "天"),
    ("人天", "人·天"),
    ("人日", "人·天"),
];

/// Words that make a text after a number more than a unit.
const NOT_IN_UNITS: &[Word] = &words![
    "完成", "达", "提", "增", "减", "降", "升", "超", "未", "已", "均", "以", "左右", "上下", "其中", "和", "及", "或",
    "并", "且", "多", "余", "约", "近", "的", "是", "为", "于", "等", "前", "后", "内", "第", "至", "到", "性",
];

impl Unit {
    /// No unit.
    pub const NONE: Self = Self {
        text: String::new(),
        place: None,
    };

    /// Returns the unit as written (percent and point signs in their canonical form).
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Returns whether no unit is written.
    pub fn is_none(&self) -> bool {
        self.text.is_empty()
    }

    /// Returns a whole text as a unit; `None` when it says more than a unit does.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let sign = match text {
            "百分比" | "百分号" | "百分率" => "%",
            "千分比" => "‰",
            "百分点" | "pp" => "个百分点",
            other => other,
        };
        // 元/人*月 is 元/人·月, and KM is km.
        let sign: Cow<'_, str> = if sign.contains('/') && sign.contains('*') {
            Cow::Owned(sign.replace('*', "·"))
        } else if is_shouted(sign) {
            Cow::Owned(sign.to_ascii_lowercase())
        } else {
            Cow::Borrowed(sign)
        };
        let sign = sign.as_ref();
        if sign.is_empty() {
            return Some(Self::NONE);
        }
        let place = Place::of(sign);
        let unit = || Self {
            text: sign.to_owned(),
            place,
        };
        if place.is_some() {
            return Some(unit());
        }
        let length = sign.chars().count();
        let fits = sign
            .chars()
            .all(|c| (c.is_alphabetic() && !is_numeral(c) || is_power(c)) || matches!(c, '/' | '·' | '°' | '℃'));
        if !fits || any_in(sign, NOT_IN_UNITS) {
            return None;
        }
        let known = sign.contains('/') || strip_prefix(sign, CLASSIFIERS).is_some();
        (length <= if known { 10 } else { 4 }).then(unit)
    }

    /// Returns whether it is a word of the trade rather than any short text: a numeral like 一 needs that to be a
    /// number.
    pub(super) fn is_well_known(&self) -> bool {
        const BEFORE_NOUNS: [&str; 4] = ["家", "个", "名", "项"];
        !self.is_none()
            && (self.place.is_some()
                || is_classifier(&self.text)
                || BEFORE_NOUNS.iter().any(|word| self.text.starts_with(word)))
    }

    /// Returns what it measures.
    pub fn dimension(&self) -> Dimension {
        if self.is_none() {
            return Dimension::None;
        }
        self.place.map_or(Dimension::Count, Place::dimension)
    }

    /// The unit with the usual one of its synonyms (名学生 is 人学生), what it is divided by in one spelling, and without
    /// 次/年's year, which a table of one year takes for granted.
    fn canonical(&self) -> Cow<'_, str> {
        let Some((counted, divisors)) = self.text.split_once('/') else {
            return one_of_synonyms(&self.text);
        };
        let mut text = one_of_synonyms(counted).into_owned();
        // 元/人/月 divides by both, as 元/人·月 does.
        let divisors: Vec<&str> = divisors.split(['/', '·']).collect();
        let divisors = match divisors.as_slice() {
            [before @ .., "年"] => before,
            all => all,
        };
        let mut divisors: Vec<&str> = divisors.iter().map(|divisor| usual_divisor(divisor)).collect();
        divisors.sort_unstable();
        for (at, divisor) in divisors.iter().enumerate() {
            text.push(if at == 0 { '/' } else { '·' });
            text.push_str(divisor);
        }
        Cow::Owned(text)
    }

    /// Returns whether both count the same by things that convert: 万元/公顷 and 元/亩, 元/吨 and 元/公斤. This program does
    /// not convert them, and a person can.
    pub fn divides_alike(&self, other: &Self) -> bool {
        let parts = |unit: &Self| {
            let (counted, divisor) = unit.text.split_once('/')?;
            let divisor = usual_divisor(divisor);
            // 亩 is 666.67 平方米 or 667, and so is counted.
            let place = Place::of(if divisor == "亩" { "公顷" } else { divisor })?;
            Some((one_of_synonyms(counted).into_owned(), place.dimension()))
        };
        parts(self).is_some_and(|own| Some(own) == parts(other))
    }

    /// Size in the dimension's base unit; 1 for counts and where there is no unit.
    pub fn scale(&self) -> Decimal {
        self.place.map_or(Decimal::ONE, Place::scale)
    }

    /// Returns whether numbers in both units may be compared after scaling: the same dimension, or the same thing
    /// counted (家 and 家企业 are the same, 家 and 户 are not).
    pub fn converts_to(&self, other: &Self) -> bool {
        let (here, there) = (self.dimension(), other.dimension());
        if here != there {
            return false;
        }
        here != Dimension::Count || {
            let (one, two) = (self.canonical(), other.canonical());
            one == two || names_the_counted(&one, &two) || names_the_counted(&two, &one)
        }
    }
}

/// Returns a unit, or the thing counted in it, with the usual one of its synonyms.
fn one_of_synonyms(unit: &str) -> Cow<'_, str> {
    let known = SYNONYMS
        .iter()
        .find_map(|(word, same)| Some((*same, unit.strip_prefix(word)?)));
    known.map_or(Cow::Borrowed(unit), |(same, noun)| Cow::Owned([same, noun].concat()))
}

/// Returns what a unit is divided by in its usual spelling.
fn usual_divisor(divisor: &str) -> &str {
    let known = DIVISORS.iter().chain(&SYNONYMS).find(|(word, _)| *word == divisor);
    known.map_or(divisor, |(_, same)| same)
}

/// Returns whether `long` is the classifier `short` followed by the thing counted.
fn names_the_counted(short: &str, long: &str) -> bool {
    // 人次 is not "人" followed by a noun, nor is 次 in any other word.
    is_classifier(short)
        && long
            .strip_prefix(short)
            .is_some_and(|noun| !noun.starts_with(['次', '/', '月']) && !is_classifier(long))
}

/// Returns whether the text is a metric unit in capitals: KM, KG. One letter is none, for M and m are not the same.
fn is_shouted(text: &str) -> bool {
    const METRIC: [&str; 6] = ["KM", "KG", "CM", "Km", "Kg", "Cm"];
    METRIC.contains(&text)
}

fn is_classifier(text: &str) -> bool {
    CLASSIFIERS.iter().any(|word| word.text() == text)
}

fn is_power(c: char) -> bool {
    matches!(c, '百' | '千' | '万' | '亿')
}

impl fmt::Display for Unit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}
