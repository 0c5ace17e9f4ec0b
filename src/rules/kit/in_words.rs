//! Figures inside sentences: 养护100公里 beside 养护90公里, and whether the second falls short of the first.

use rust_decimal::Decimal;

use super::words;
use crate::model::Indicator;
use crate::model::measure::{Dimension, Measure, MeasureKind, compare, normalise, spelled_number};
use crate::rescore::{Assessment, Direction};

/// What people count and measure in sentences, the longer before what it begins with.
pub(super) const UNITS: [&str; 44] = [
    "平方公里",
    "平方米",
    "立方米",
    "公里",
    "千米",
    "米",
    "公顷",
    "亩",
    "吨",
    "公斤",
    "千克",
    "人次",
    "人",
    "名",
    "户",
    "家次",
    "家",
    "批次",
    "批",
    "期",
    "班次",
    "场次",
    "场",
    "次",
    "项",
    "件",
    "份",
    "处",
    "座",
    "栋",
    "所",
    "台套",
    "台",
    "套",
    "辆",
    "条",
    "株",
    "棵",
    "头",
    "盏",
    "村",
    "万元",
    "元",
    "%",
];

/// The same units in letters, the longer before what it begins with.
const LETTERS: [(&str, &str); 6] = [
    ("km2", "平方公里"),
    ("KM", "公里"),
    ("Km", "公里"),
    ("km", "公里"),
    ("千米", "公里"),
    ("kg", "公斤"),
];

/// What is counted in spelled numbers; 一次性, 一期工程 and 一人一策 are none.
const SPELLED: [&str; 13] = [
    "公里", "米", "亩", "户", "家", "名", "场", "座", "所", "台", "套", "辆", "条",
];

/// Words that turn the direction, or leave it open, anywhere in a sentence.
const OPEN: [&str; 39] = [
    "不超",
    "不高于",
    "不大于",
    "不多于",
    "以内",
    "以下",
    "之内",
    "低于",
    "小于",
    "少于",
    "≤",
    "<",
    "控制",
    "降",
    "减",
    "不足",
    "误差",
    "投诉",
    "事故",
    "逾期",
    "损失",
    "每",
    "缩短",
    "成本",
    "单价",
    "据实",
    "按实",
    "实际发生",
    "预计",
    "±",
    "信访",
    "火灾",
    "伤亡",
    "故障",
    "差错",
    "违规",
    "失业",
    "能耗",
    "排放",
];

/// Parts of a figure said to be about so much that leave it as good as reached: nine in ten.
const NEARLY_ALL: Decimal = Decimal::from_parts(9, 0, 0, false, 1);

/// A number with its unit.
#[derive(Debug, Clone, PartialEq)]
pub struct Figure {
    /// The number with its 万 or 亿.
    pub number: Decimal,
    /// The unit as written.
    pub unit: &'static str,
    /// Number and unit as written.
    pub text: String,
    /// It is said to be about so much: 约120公里, 80批次左右.
    is_about: bool,
}

impl Figure {
    /// The least that is as good as it: somewhat less, where it is said to be about so much.
    fn least(&self) -> Decimal {
        let part = if self.is_about { NEARLY_ALL } else { Decimal::ONE };
        self.number.checked_mul(part).unwrap_or(self.number)
    }
}

/// A figure of the target and the smaller one of the actual.
#[derive(Debug, Clone, PartialEq)]
pub struct Shortfall {
    /// Of the target.
    pub target: Figure,
    /// Of the actual.
    pub actual: Figure,
}

/// Returns the first figure of a target that the actual names as well, in the same unit, once in each, and smaller.
/// `None` where the values compare as figures or dates anyway, or where more is not better.
pub fn shortfall(indicator: &Indicator, assessment: &Assessment) -> Option<Shortfall> {
    if assessment.figures.is_some() || assessment.met.is_some() || assessment.direction == Some(Direction::Inverse) {
        return None;
    }
    let (target, actual) = (indicator.target.as_ref()?, indicator.actual.as_ref()?);
    let name = indicator.level3.as_ref().map_or("", |name| name.value.as_str());
    let kind = indicator.level2.as_ref().map_or("", |kind| kind.value.as_str());
    let (target, actual) = (normalise(&target.value), normalise(&actual.value));
    if [&*target, &*actual, name, kind]
        .iter()
        .any(|text| OPEN.iter().any(|word| text.contains(word)))
    {
        return None;
    }
    let (wanted, reached) = (figures(&target, false)?, figures(&actual, true)?);
    let is_about_the_same = || {
        let about = words_of(&target);
        let said = words_of(&actual);
        about.is_empty()
            || about.chars().count() < 2
            || said.contains(first_two(&about))
            || said.chars().count() <= MOST_AROUND
    };
    let once = |figures: &[Figure], unit: &str| figures.iter().filter(|figure| figure.unit == unit).count() == 1;
    wanted
        .iter()
        .filter(|figure| once(&wanted, figure.unit) && once(&reached, figure.unit))
        .find_map(|target| {
            let actual = reached.iter().find(|actual| actual.unit == target.unit)?;
            (actual.number < target.least()).then(|| Shortfall {
                target: target.clone(),
                actual: actual.clone(),
            })
        })
        .filter(|_| is_about_the_same())
}

/// Returns how an actual that is a figure and a remark, or a figure of what was aimed at, misses its target: 8500元，材料涨价
/// beside ≤8000元, 6个/8个 beside ≥8个.
pub fn missed_before_remark(indicator: &Indicator, assessment: &Assessment) -> Option<String> {
    const REMARKS: [char; 5] = [',', ';', '。', '(', ':'];
    const AGREED: [&str; 6] = ["含税", "批准", "批复", "同意", "调标", "调整"];
    if assessment.figures.is_some() || assessment.met.is_some() {
        return None;
    }
    let MeasureKind::Quantity(target) = &assessment.target.kind else {
        return None;
    };
    let text = normalise(&indicator.actual.as_ref()?.value);
    let quantity = |text: &str| match Measure::parse(text).kind {
        MeasureKind::Quantity(quantity) => Some(quantity),
        _ => None,
    };
    let is_target = |text: &str| quantity(text).as_ref() == Some(target);
    let of_target = text.split_once('/').filter(|(_, whole)| is_target(whole));
    // A second figure may be the one that counts; bare ones may be anything.
    let remarked = || {
        let has_figure =
            |remark: &str| remark.contains(|c: char| c.is_ascii_digit() || "一二两三四五六七八九十".contains(c));
        let is_agreed = |remark: &str| AGREED.iter().any(|word| remark.contains(word));
        text.split_once(REMARKS)
            .filter(|(_, remark)| !has_figure(remark) && !is_agreed(remark))
    };
    // 44%/45% may be of two groups.
    let of_target = of_target.filter(|_| target.unit.dimension() != Dimension::Ratio);
    let (first, _) = of_target.or_else(remarked)?;
    let actual = quantity(first).filter(|actual| !actual.unit.is_none() && !target.unit.is_none())?;
    let compared = compare(target, &actual, assessment.column_unit.as_ref(), false).ok()?;
    let (is_missed, how) = match assessment.direction? {
        Direction::Positive => (compared.actual < compared.target, "少于"),
        Direction::Inverse => (compared.actual > compared.target, "多于"),
    };
    is_missed.then(|| format!("{actual} {how} {target}"))
}

/// Characters around a figure that name no other subject: 完成, 左右, 约.
const MOST_AROUND: usize = 4;

fn first_two(text: &str) -> &str {
    let end = text.char_indices().nth(2).map_or(text.len(), |(at, _)| at);
    text.get(..end).unwrap_or(text)
}

/// Returns the Chinese characters of a text that stand outside its figures.
fn words_of(text: &str) -> String {
    let mut rest = text;
    let mut kept = String::new();
    while let Some(first) = rest.chars().next() {
        if is_digit(first)
            && let Some((_, after)) = number_at(rest, None)
        {
            rest = unit_of(after).map_or(after, |(_, end)| end);
            continue;
        }
        if words::is_han(first) {
            kept.push(first);
        }
        rest = rest.get(first.len_utf8()..).unwrap_or_default();
    }
    kept
}

/// Returns the figures of a text; `None` where one is an ordinal, a range, or said to be more than it says.
fn figures(text: &str, is_actual: bool) -> Option<Vec<Figure>> {
    let mut found = Vec::new();
    let mut rest = text;
    let mut before: Option<char> = None;
    while let Some(first) = rest.chars().next() {
        // 城60/乡45批次: parts, of which the last alone has a unit; 1 050公里: one number or two.
        if matches!(first, '/' | ' ') && before.is_some_and(is_digit) {
            return None;
        }
        let Some((number, after)) = number_at(rest, before) else {
            before = Some(first);
            rest = rest.get(first.len_utf8()..)?;
            continue;
        };
        let digits = words::before_rest(rest, after)?;
        if let Some((unit, end)) = unit_of(after).filter(|(unit, _)| is_digit(first) || SPELLED.contains(unit)) {
            let is_open = before.is_some_and(|c| "第超逾过余近-~至到".contains(c))
                || end.starts_with(['多', '余', '/', '-', '~', '至'])
                || (is_actual && end.starts_with("以上"));
            if is_open {
                return None;
            }
            let text = words::before_rest(rest, end)?.to_owned();
            let is_about = before == Some('约') || ["左右", "上下"].iter().any(|word| end.starts_with(word));
            found.push(Figure {
                number,
                unit,
                text,
                is_about,
            });
        }
        before = digits.chars().last();
        rest = after;
    }
    Some(found)
}

const fn is_digit(c: char) -> bool {
    c.is_ascii_digit()
}

/// Returns the number that a text begins with, in figures or spelled, with its factor; and what follows.
fn number_at(text: &str, before: Option<char>) -> Option<(Decimal, &str)> {
    if !text.starts_with(is_digit) {
        let is_within = before.is_some_and(|c| is_digit(c) || "第之几数".contains(c));
        // 两 is spelled 二 for what counts only.
        return match text.strip_prefix('两') {
            Some(after) => Some((Decimal::TWO, after)),
            None => spelled_number::chinese(text),
        }
        .filter(|_| !is_within);
    }
    let after = text.trim_start_matches(|c: char| is_digit(c) || matches!(c, '.' | ','));
    let number: Decimal = words::before_rest(text, after)?.replace(',', "").parse().ok()?;
    let (factor, tail) = [("万", 10_000_u32), ("亿", 100_000_000), ("千", 1000)]
        .into_iter()
        .find_map(|(word, times)| Some((times, after.strip_prefix(word)?)))
        .filter(|(_, tail)| !tail.starts_with('元') && !tail.starts_with(['米', '克', '瓦']))
        .unwrap_or((1, after));
    Some((number.checked_mul(Decimal::from(factor))?, tail))
}

/// Returns the unit that a text begins with, and what follows.
fn unit_of(text: &str) -> Option<(&'static str, &str)> {
    let in_letters = LETTERS
        .iter()
        .find_map(|(letters, unit)| Some((*unit, text.strip_prefix(letters)?)));
    in_letters.or_else(|| UNITS.iter().find_map(|unit| Some((*unit, text.strip_prefix(unit)?))))
}
