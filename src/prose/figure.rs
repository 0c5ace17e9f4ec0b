//! Figures in a sentence: value, printed precision, unit, and whether they are meant exactly.

use rust_decimal::Decimal;

use super::exactness::judge;
use super::spelled::spelled;
use super::unit::unit;
use crate::model::MoneyUnit;

/// What a figure counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum FigureUnit {
    /// %.
    Percent,
    /// 分.
    Points,
    /// 元, 万元, 亿元.
    Money(MoneyUnit),
    /// A year: `2023年`.
    Year,
    /// A day: `2023年12月31日`, its value is 20231231.
    Day,
    /// Anything counted, with its word: 个, 家, 人次.
    Counted(&'static str),
    /// Nothing named.
    None,
}

/// A figure of a sentence, by byte range.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figure {
    /// The number as written, without its unit's factor.
    pub value: Decimal,
    /// Digits behind the point.
    pub decimals: u32,
    /// 10⁴ for 万家, else 1.
    pub factor: Decimal,
    /// What it counts.
    pub unit: FigureUnit,
    /// Where the number begins.
    pub start: usize,
    /// Behind its unit.
    pub end: usize,
    /// 约, 近, 余, 左右: not meant exactly.
    pub is_about: bool,
    /// 不低于, ≥, 以上, a range, an ordinal: no value that was reached.
    pub is_bound: bool,
}

impl Figure {
    /// Returns the value in its base unit: yuan for money.
    pub fn scaled(&self) -> Option<Decimal> {
        let unit = match self.unit {
            FigureUnit::Money(unit) => yuan(unit),
            _ => self.factor,
        };
        self.value.checked_mul(unit)
    }
}

/// Yuan to one of a unit of money.
pub const fn yuan(unit: MoneyUnit) -> Decimal {
    unit.yuan()
}

/// Figures of a text, in order. Numbers of documents and what stands in 《》 are none.
pub fn figures(text: &str) -> Vec<Figure> {
    let mut found: Vec<Figure> = Vec::new();
    let mut at = 0;
    let mut last = '\n';
    while let Some(c) = text.get(at..).and_then(|rest| rest.chars().next()) {
        let rest = text.get(at..).unwrap_or_default();
        let skipped = match c {
            '《' => title(rest),
            '〔' | '[' | '(' | '【' => document_number(rest),
            _ => None,
        };
        if let Some(length) = skipped {
            at += length;
            last = '》';
            continue;
        }
        let is_inner = last.is_ascii_alphanumeric() || last == '.';
        let figure = if c.is_ascii_digit() && !is_inner {
            arabic(text, at)
        } else if c.is_ascii_digit() {
            None
        } else {
            spelled(text, at)
        };
        match figure {
            Some(figure) => {
                at = figure.end.max(at + c.len_utf8());
                last = text
                    .get(..at)
                    .and_then(|before| before.chars().next_back())
                    .unwrap_or('\n');
                found.push(figure);
            }
            None => {
                // A number that is none, too long or oddly parted, is passed over whole.
                let is_number = c.is_ascii_digit() && !is_inner;
                let length = if is_number { number_length(rest) } else { 0 };
                at += length.max(c.len_utf8());
                last = c;
            }
        }
    }
    found
}

/// Returns the length of `《…》` at the start.
fn title(text: &str) -> Option<usize> {
    const LONGEST: usize = 200;
    let (end, close) = text.char_indices().take(LONGEST).find(|(_, c)| *c == '》')?;
    Some(end + close.len_utf8())
}

/// Returns the length of `〔2022〕5号` at the start.
fn document_number(text: &str) -> Option<usize> {
    const LONGEST: usize = 24;
    let inner = text.get(text.chars().next()?.len_utf8()..)?;
    let year = inner.bytes().take_while(u8::is_ascii_digit).count();
    let rest = inner.get(year..)?;
    let close = rest.chars().next().filter(|c| "〕])】".contains(*c))?;
    let rest = rest.get(close.len_utf8()..)?;
    let rest = rest.strip_prefix('第').unwrap_or(rest);
    let number = rest.bytes().take_while(u8::is_ascii_digit).count();
    let rest = rest.get(number..)?;
    let after = rest.strip_prefix('号')?;
    let length = text.len() - after.len();
    (year == 4 && number > 0 && length <= LONGEST).then_some(length)
}

fn arabic(text: &str, at: usize) -> Option<Figure> {
    let rest = text.get(at..)?;
    let length = number_length(rest);
    let number = rest.get(..length)?;
    let value = Decimal::from_str_exact(&number.replace(',', "")).ok()?;
    let decimals = number
        .split_once('.')
        .map_or(0, |(_, fraction)| u32::try_from(fraction.len()).unwrap_or(u32::MAX));
    let after = rest.get(length..)?;
    if let Some(date) = date(text, at, number, after) {
        return Some(date);
    }
    if let Some(length) = month(number, after) {
        return Some(plain(at, at + number.len() + length, value, 0, FigureUnit::None));
    }
    finished(text, at, at + length, value, decimals)
}

/// Digits, thousands and a fraction.
fn number_length(text: &str) -> usize {
    let bytes = text.as_bytes();
    let mut length = 0;
    let mut has_point = false;
    while let Some(byte) = bytes.get(length) {
        let next_is_digit = bytes.get(length + 1).is_some_and(u8::is_ascii_digit);
        match byte {
            b'0'..=b'9' => {}
            b',' if next_is_digit && !has_point => {}
            b'.' if next_is_digit && !has_point => has_point = true,
            _ => break,
        }
        length += 1;
    }
    length
}

/// Returns the length of `月` or `月31日` behind a number that is a month of no year.
fn month(number: &str, after: &str) -> Option<usize> {
    number.parse::<u32>().ok().filter(|month| (1..=12).contains(month))?;
    let rest = after.strip_prefix('月')?;
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let day = rest.get(digits..).and_then(|rest| rest.strip_prefix('日'));
    Some(match day {
        Some(rest) if digits > 0 => after.len() - rest.len(),
        _ => '月'.len_utf8(),
    })
}

/// `2023年`, `2023年12月`, `2023年12月31日`; a day that no calendar has is one all the same, for it is wrong as written.
fn date(text: &str, at: usize, number: &str, after: &str) -> Option<Figure> {
    let small = |text: &str| {
        let length = text.bytes().take_while(u8::is_ascii_digit).count();
        let value: u32 = text.get(..length)?.parse().ok()?;
        Some((value, text.get(length..)?.to_owned()))
    };
    let figure = |value: u32, unit, length: usize| Figure {
        value: Decimal::from(value),
        decimals: 0,
        factor: Decimal::ONE,
        unit,
        start: at,
        end: at + length,
        is_about: false,
        is_bound: false,
    };
    if let Some(rest) = after.strip_prefix('年')
        && number.len() == 4
        && let Ok(year) = number.parse::<u32>()
        && (1000..10_000).contains(&year)
    {
        if let Some((month, rest)) = small(rest)
            && let Some(rest) = rest.strip_prefix('月')
            && let Some((day, rest)) = small(rest)
            && let Some(rest) = rest.strip_prefix('日')
            && (1..100).contains(&month)
            && (1..100).contains(&day)
        {
            let length = text.len() - at - rest.len();
            return Some(figure(year * 10_000 + month * 100 + day, FigureUnit::Day, length));
        }
        let month_length = small(rest)
            .filter(|(month, rest)| (1..=12).contains(month) && rest.starts_with('月'))
            .map_or(0, |(_, after)| rest.len() - after.len() + '月'.len_utf8());
        let length = number.len() + '年'.len_utf8() + month_length;
        return Some(figure(year, FigureUnit::Year, length));
    }
    None
}

pub(super) fn plain(start: usize, end: usize, value: Decimal, decimals: u32, unit: FigureUnit) -> Figure {
    Figure {
        value,
        decimals,
        factor: Decimal::ONE,
        unit,
        start,
        end,
        is_about: false,
        is_bound: false,
    }
}

/// Returns the figure with the unit that follows and what is said of its exactness.
pub(super) fn finished(text: &str, start: usize, number_end: usize, value: Decimal, decimals: u32) -> Option<Figure> {
    let mut figure = plain(start, number_end, value, decimals, FigureUnit::None);
    let mut rest = text.get(number_end..)?;
    if let Some(after) = rest.strip_prefix(['余', '多']) {
        figure.is_about = true;
        rest = after;
    }
    let (unit, factor, after) = unit(rest);
    figure.unit = unit;
    figure.factor = factor;
    figure.end = text.len() - after.len();
    judge(text, &mut figure, after);
    Some(figure)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> Vec<String> {
        let name = |figure: &Figure| match figure.unit {
            FigureUnit::Percent => "%".to_owned(),
            FigureUnit::Points => "分".to_owned(),
            FigureUnit::Money(unit) => unit.title().to_owned(),
            FigureUnit::Year => "年".to_owned(),
            FigureUnit::Day => "日期".to_owned(),
            FigureUnit::Counted(word) => word.to_owned(),
            FigureUnit::None => String::new(),
        };
        figures(text)
            .iter()
            .map(|figure| {
                let about = if figure.is_about { "约" } else { "" };
                let bound = if figure.is_bound { "界" } else { "" };
                format!("{about}{bound}{}{}", figure.value, name(figure))
            })
            .collect()
    }

    #[test]
    fn figures_carry_their_unit_and_their_exactness() {
        for (text, expected) in [
            ("预算208万元，到位1,329,120.67元", vec!["208万元", "1329120.67元"]),
            ("(赣财绩〔2022〕5号)等，得分96分", vec!["96分"]),
            ("《关于2023年第3批的通知》满意度为百分之九十五", vec!["95%"]),
            ("共十二个二级指标，十分重要，得九十六分。", vec!["12个", "96分"]),
            (
                "约200万元，近3年，100余家，95分左右",
                vec!["约200万元", "约3", "约100家", "约95分"],
            ),
            (
                "不少于20%，90-100分为优，列第3，30家以上",
                vec!["界20%", "界90", "界100分", "界3", "界30家"],
            ),
            (
                "2023年12月31日前完成，2023年预算301.4亿",
                vec!["20231231日期", "2023年", "301.4亿元"],
            ),
            (
                "5分钟，3万人次，PM2.5，提高2个百分点",
                vec!["5分钟", "3人次", "2百分点"],
            ),
        ] {
            assert_eq!(shown(text), expected, "{text}");
        }
    }
}
