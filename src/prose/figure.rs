//! Figures in a sentence: value, printed precision, unit, and whether they are meant exactly.

use rust_decimal::Decimal;

use crate::model::MoneyUnit;
use crate::model::measure::spelled_number;

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
    match unit {
        MoneyUnit::Yuan => Decimal::ONE,
        MoneyUnit::TenThousandYuan => Decimal::from_parts(10_000, 0, 0, false, 0),
        MoneyUnit::HundredMillionYuan => Decimal::from_parts(100_000_000, 0, 0, false, 0),
    }
}

/// Counting words, the longer first.
const COUNTED: [&str; 52] = [
    "平方公里",
    "立方米",
    "平方米",
    "百分点",
    "公里",
    "千米",
    "公顷",
    "人次",
    "场次",
    "班次",
    "课时",
    "小时",
    "分钟",
    "个",
    "家",
    "项",
    "人",
    "户",
    "次",
    "份",
    "件",
    "台",
    "套",
    "米",
    "亩",
    "吨",
    "天",
    "日",
    "月",
    "名",
    "座",
    "条",
    "处",
    "场",
    "期",
    "篇",
    "册",
    "所",
    "辆",
    "只",
    "头",
    "株",
    "棵",
    "村",
    "批",
    "笔",
    "本",
    "宗",
    "起",
    "种",
    "类",
    "位",
];

/// Figures of a text, in order. Numbers of documents and what stands in 《》 are none.
pub fn figures(text: &str) -> Vec<Figure> {
    let mut found: Vec<Figure> = Vec::new();
    let mut at = 0;
    let mut last = '\n';
    while let Some(c) = text.get(at..).and_then(|rest| rest.chars().next()) {
        let rest = text.get(at..).unwrap_or_default();
        let skipped = match c {
            '《' => rest.find('》').map(|end| end + '》'.len_utf8()),
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
                at += c.len_utf8();
                last = c;
            }
        }
    }
    found
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

/// `2023年`, `2023年12月31日`, `12月31日` (a month and a day without a year are left out).
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
        && (1949..2100).contains(&year)
    {
        if let Some((month, rest)) = small(rest)
            && let Some(rest) = rest.strip_prefix('月')
            && let Some((day, rest)) = small(rest)
            && let Some(rest) = rest.strip_prefix('日')
            && (1..=12).contains(&month)
            && (1..=31).contains(&day)
        {
            let length = text.len() - at - rest.len();
            return Some(figure(year * 10_000 + month * 100 + day, FigureUnit::Day, length));
        }
        return Some(figure(year, FigureUnit::Year, number.len() + '年'.len_utf8()));
    }
    None
}

/// 百分之九十五, 十二个, 得九十六分.
fn spelled(text: &str, at: usize) -> Option<Figure> {
    let rest = text.get(at..)?;
    if rest.starts_with("百分之") || rest.starts_with("千分之") {
        let (value, sign, after) = spelled_number::fraction(rest)?;
        let percent = if sign == "‰" {
            value.checked_div(Decimal::TEN)?
        } else {
            value
        };
        let end = text.len() - after.len();
        let mut figure = plain(at, end, percent, percent.normalize().scale(), FigureUnit::Percent);
        judge(text, &mut figure, after);
        return Some(figure);
    }
    let (value, after) = spelled_number::chinese(rest)?;
    let (value, after, decimals) = match after.strip_prefix('点').and_then(spelled_number::digits) {
        Some((fraction, after)) => {
            let joined = format!("{}.{fraction}", value.normalize());
            let decimals = u32::try_from(fraction.len()).unwrap_or(u32::MAX);
            (Decimal::from_str_exact(&joined).ok()?, after, decimals)
        }
        None => (value, after, 0),
    };
    let before = text.get(..at)?.chars().next_back();
    // 十分重要 is no score, 第二个 no count, 一家 in 统一家庭 neither: only what surely counts is taken.
    let counts = after.starts_with("个一级指标")
        || after.starts_with("个二级指标")
        || after.starts_with("个三级指标")
        || after.starts_with("项一级指标")
        || after.starts_with("项二级指标")
        || after.starts_with("项三级指标")
        || (after.starts_with('分')
            && before.is_some_and(|c| "得为扣是计：分".contains(c))
            && ends_points(after.get('分'.len_utf8()..)?))
        || (after.starts_with('元')
            && text.len() - at - after.len() > '万'.len_utf8()
            && before.is_none_or(|c| !is_spelled(c)));
    if !counts || before == Some('第') {
        return None;
    }
    finished(text, at, text.len() - after.len(), value, decimals)
}

fn is_spelled(c: char) -> bool {
    "零一二三四五六七八九十百千万亿第".contains(c)
}

fn ends_points(rest: &str) -> bool {
    rest.chars().next().is_none_or(|c| "，。；、)（(””".contains(c))
}

fn plain(start: usize, end: usize, value: Decimal, decimals: u32, unit: FigureUnit) -> Figure {
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
fn finished(text: &str, start: usize, number_end: usize, value: Decimal, decimals: u32) -> Option<Figure> {
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

fn unit(text: &str) -> (FigureUnit, Decimal, &str) {
    let ten_thousand = yuan(MoneyUnit::TenThousandYuan);
    for (word, unit) in [
        ("%", FigureUnit::Percent),
        ("亿元", FigureUnit::Money(MoneyUnit::HundredMillionYuan)),
        ("万元", FigureUnit::Money(MoneyUnit::TenThousandYuan)),
    ] {
        if let Some(rest) = text.strip_prefix(word) {
            return (unit, Decimal::ONE, rest);
        }
    }
    if let Some(rest) = text.strip_prefix('元')
        && !rest.starts_with(['/', '每', '旦'])
    {
        return (FigureUnit::Money(MoneyUnit::Yuan), Decimal::ONE, rest);
    }
    if let Some(rest) = text.strip_prefix('分')
        && !rest.starts_with([
            '钟', '之', '别', '配', '类', '公', '项', '年', '数', '析', '布', '散', '期', '批',
        ])
    {
        return (FigureUnit::Points, Decimal::ONE, rest);
    }
    let (factor, counted) = match text.strip_prefix('万') {
        Some(rest) => (ten_thousand, rest),
        None => (Decimal::ONE, text),
    };
    let counted = counted
        .strip_prefix('个')
        .filter(|rest| rest.starts_with("百分点"))
        .unwrap_or(counted);
    if let Some(word) = COUNTED.iter().find(|word| counted.starts_with(**word)) {
        let rest = counted.get(word.len()..).unwrap_or_default();
        return (FigureUnit::Counted(word), factor, rest);
    }
    let ends = |rest: &str| rest.chars().next().is_none_or(|c| !is_word(c));
    if let Some(rest) = text.strip_prefix('万')
        && ends(rest)
    {
        return (FigureUnit::Money(MoneyUnit::TenThousandYuan), Decimal::ONE, rest);
    }
    if let Some(rest) = text.strip_prefix('亿')
        && ends(rest)
    {
        return (FigureUnit::Money(MoneyUnit::HundredMillionYuan), Decimal::ONE, rest);
    }
    (FigureUnit::None, Decimal::ONE, text)
}

fn is_word(c: char) -> bool {
    super::folded::is_han(c) || c.is_ascii_alphanumeric()
}

/// Words before a figure that make it no exact one.
const ABOUT_BEFORE: [&str; 11] = [
    "约", "近", "大约", "将近", "接近", "超过", "超", "逾", "约为", "约占", "不足",
];
/// Words behind it.
const ABOUT_AFTER: [&str; 5] = ["左右", "上下", "余", "多元", "多万"];
/// Words before a figure that make it a bound and no value.
const BOUND_BEFORE: [&str; 24] = [
    "≥",
    "≤",
    ">",
    "<",
    "不少于",
    "不低于",
    "不高于",
    "不超过",
    "不大于",
    "不小于",
    "大于",
    "小于",
    "低于",
    "高于",
    "至少",
    "最多",
    "少于",
    "多于",
    "不得低于",
    "不得超过",
    "大于等于",
    "小于等于",
    "控制在",
    "达不到",
];

fn judge(text: &str, figure: &mut Figure, after: &str) {
    let before = text.get(..figure.start).unwrap_or_default();
    // 接近, 临近 and 附近 end with 近, but only the first is said of a number.
    figure.is_about |= ABOUT_BEFORE.iter().any(|word| before.ends_with(word))
        || ABOUT_AFTER.iter().any(|word| after.starts_with(word));
    let is_range = |c: Option<char>| c.is_some_and(|c| matches!(c, '-' | '~' | '至' | '—'));
    let next = after.chars().next();
    let ranged_on = is_range(next)
        && after
            .get(next.map_or(0, char::len_utf8)..)
            .is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
    let previous = before.chars().next_back();
    let ranged_back = is_range(previous)
        && before
            .trim_end_matches(['-', '~', '至', '—'])
            .ends_with(|c: char| c.is_ascii_digit() || matches!(c, '%' | '分' | ')' | '元'));
    figure.is_bound |= ranged_on
        || ranged_back
        || previous == Some('第')
        || previous == Some('列')
        || BOUND_BEFORE.iter().any(|word| before.ends_with(word))
        || ["以上", "以下", "以内", "及以上", "(含)以上", "(含)", "以外"]
            .iter()
            .any(|word| after.starts_with(word));
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
