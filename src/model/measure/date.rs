//! Dates and deadlines as tables write them: 2023年12月31日前, 12月底, 第四季度, 年内.
//!
//! Knows the calendar, not the clock: a date without its year is settled with the year of the table.

use std::fmt;

use super::number::small;

/// A day of the calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Date {
    /// Year.
    pub year: i32,
    /// Month, 1 to 12.
    pub month: u32,
    /// Day of the month, 1 to 31.
    pub day: u32,
}

impl Date {
    /// The day, if the calendar has it.
    pub fn new(year: i32, month: u32, day: u32) -> Option<Self> {
        ((1..=12).contains(&month) && (1..=days_in(year, month)).contains(&day)).then_some(Self { year, month, day })
    }

    fn day_before(self) -> Self {
        if self.day > 1 {
            Self {
                day: self.day - 1,
                ..self
            }
        } else if self.month > 1 {
            let month = self.month - 1;
            Self {
                month,
                day: days_in(self.year, month),
                ..self
            }
        } else {
            Self {
                year: self.year - 1,
                month: 12,
                day: 31,
            }
        }
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}年{}月{}日", self.year, self.month, self.day)
    }
}

fn days_in(year: i32, month: u32) -> u32 {
    match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// How precisely a date is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DatePart {
    /// 12月31日.
    Day {
        /// Month.
        month: u32,
        /// Day.
        day: u32,
    },
    /// 12月.
    Month(u32),
    /// 12月底.
    MonthEnd(u32),
    /// 第四季度.
    Quarter(u32),
    /// 上半年 (1) or 下半年 (2).
    Half(u32),
    /// 2023年, 年内.
    Year,
    /// 年底.
    YearEnd,
}

/// A date or deadline as written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Deadline {
    /// The year, if written.
    pub year: Option<i32>,
    /// The rest.
    pub part: DatePart,
    /// Written with 前, 之前, 以前 or 截至.
    pub before: bool,
}

impl Deadline {
    /// First and last day that the text can mean; `None` without any year or for a day that the year lacks.
    pub fn span(&self, table_year: Option<i32>) -> Option<(Date, Date)> {
        let year = self.year.or(table_year)?;
        let months =
            |first: u32, last: u32| Some((Date::new(year, first, 1)?, Date::new(year, last, days_in(year, last))?));
        match self.part {
            DatePart::Day { month, day } => Date::new(year, month, day).map(|date| (date, date)),
            DatePart::Month(month) => months(month, month),
            DatePart::MonthEnd(month) => Some((
                Date::new(year, month, 21)?,
                Date::new(year, month, days_in(year, month))?,
            )),
            DatePart::Quarter(quarter) => months((quarter * 3).saturating_sub(2), quarter * 3),
            DatePart::Half(half) => months((half * 6).saturating_sub(5), half * 6),
            DatePart::Year => months(1, 12),
            DatePart::YearEnd => months(12, 12),
        }
    }

    /// The last day that surely is in time, and the last day that may be: 9月前 can mean before September or
    /// by its end, 12月31日前 includes its day.
    pub fn limits(&self, table_year: Option<i32>) -> Option<(Date, Date)> {
        let (first, last) = self.span(table_year)?;
        let vague = matches!(self.part, DatePart::Month(_) | DatePart::Quarter(_) | DatePart::Half(_))
            || (self.part == DatePart::Year && self.year.is_some());
        Some(if self.before && vague {
            (first.day_before(), last)
        } else {
            (last, last)
        })
    }
}

impl fmt::Display for Deadline {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.year, self.part) {
            (Some(year), DatePart::YearEnd) => write!(f, "{year}年底")?,
            (Some(year), _) => write!(f, "{year}年")?,
            (None, DatePart::Year) => f.write_str("年内")?,
            (None, DatePart::YearEnd) => f.write_str("年底")?,
            (None, _) => {}
        }
        match self.part {
            DatePart::Day { month, day } => write!(f, "{month}月{day}日")?,
            DatePart::Month(month) => write!(f, "{month}月")?,
            DatePart::MonthEnd(month) => write!(f, "{month}月底")?,
            DatePart::Quarter(quarter) => write!(f, "第{}季度", quarter_numeral(quarter))?,
            DatePart::Half(half) => f.write_str(if half == 1 { "上半年" } else { "下半年" })?,
            DatePart::Year | DatePart::YearEnd => {}
        }
        f.write_str(if self.before { "前" } else { "" })
    }
}

const fn quarter_numeral(quarter: u32) -> &'static str {
    match quarter {
        1 => "一",
        2 => "二",
        3 => "三",
        _ => "四",
    }
}

/// A normalised text that is a date or deadline and nothing more (a verb like 完成 may follow).
pub(super) fn parse(text: &str) -> Option<Deadline> {
    let mut body = text;
    let mut before = false;
    for lead in ["≤", "不晚于", "不迟于", "截至", "截止到", "截止", "于", "在"] {
        if let Some(rest) = body.strip_prefix(lead) {
            before |= !matches!(lead, "于" | "在");
            body = rest;
            break;
        }
    }
    let (year, rest) = take_year(body);
    let (part, rest) = take_part(rest, year.is_some())?;
    let mut tail = rest;
    for bound in ["之前", "以前", "前", "止", "之内", "以内", "内"] {
        if let Some(after) = tail.strip_prefix(bound) {
            // 年内 and 12月内 name the span itself, not a day before it.
            before |= !bound.ends_with('内');
            tail = after;
            break;
        }
    }
    is_verb(tail).then_some(Deadline { year, part, before })
}

fn is_verb(tail: &str) -> bool {
    const VERBS: [&str; 16] = [
        "完成",
        "完工",
        "竣工",
        "验收",
        "交付",
        "投入使用",
        "实施",
        "拨付",
        "支付",
        "发放",
        "到位",
        "办结",
        "全部",
        "已",
        "并",
        "建成",
    ];
    let mut rest = tail;
    while let Some(after) = VERBS.iter().find_map(|verb| rest.strip_prefix(verb)) {
        rest = after;
    }
    rest.is_empty()
}

fn take_year(text: &str) -> (Option<i32>, &str) {
    let four = text
        .split_at_checked(4)
        .filter(|(digits, _)| digits.bytes().all(|b| b.is_ascii_digit()));
    if let Some((digits, rest)) = four
        && let Ok(year @ 1949..=2100) = digits.parse::<i32>()
        && rest.starts_with(['年', '-', '/', '.'])
    {
        return (Some(year), rest);
    }
    (None, text)
}

fn take_part(text: &str, has_year: bool) -> Option<(DatePart, &str)> {
    if has_year && let Some(rest) = text.strip_prefix(['-', '/', '.']) {
        return take_separated(rest, text.starts_with('.'));
    }
    let body = if has_year {
        text.strip_prefix('年')?.trim_start_matches('度')
    } else {
        text
    };
    if has_year
        && (body.is_empty() || body.starts_with(['前', '内']) || body.starts_with("之前") || body.starts_with("以前"))
    {
        return Some((DatePart::Year, body));
    }
    let named = [
        (if has_year { "底" } else { "年底" }, DatePart::YearEnd),
        (if has_year { "末" } else { "年末" }, DatePart::YearEnd),
        ("当年底", DatePart::YearEnd),
        ("上半年", DatePart::Half(1)),
        ("下半年", DatePart::Half(2)),
    ];
    if let Some(found) = named
        .iter()
        .find_map(|(word, part)| body.strip_prefix(word).map(|rest| (*part, rest)))
    {
        return Some(found);
    }
    if !has_year
        && let Some(rest) = ["年内", "本年度内", "本年内", "当年内", "年度内"]
            .iter()
            .find_map(|word| body.strip_prefix(word))
    {
        return Some((DatePart::Year, rest));
    }
    if let Some((quarter @ 1..=4, rest)) = small(body.strip_prefix('第').unwrap_or(body))
        && let Some(after) = rest.strip_prefix("季度")
    {
        return Some((
            DatePart::Quarter(quarter),
            after.strip_prefix(['末', '底']).unwrap_or(after),
        ));
    }
    let (month @ 1..=12, rest) = small(body)? else {
        return None;
    };
    let rest = rest.strip_prefix("月份").or_else(|| rest.strip_prefix('月'))?;
    if let Some(after) = rest.strip_prefix(['底', '末']) {
        return Some((DatePart::MonthEnd(month), after));
    }
    if let Some((day, after)) = small(rest)
        && let Some(end) = after.strip_prefix(['日', '号'])
    {
        // 2月29日 exists in some year; which one is settled later.
        return Date::new(2000, month, day).map(|_| (DatePart::Day { month, day }, end));
    }
    Some((DatePart::Month(month), rest))
}

/// `12-31`, `12/31`, `12.31`, `12` after a year; a time of midnight may follow. `2023.12` alone stays a number.
fn take_separated(text: &str, dotted: bool) -> Option<(DatePart, &str)> {
    let (month @ 1..=12, rest) = small(text)? else {
        return None;
    };
    let Some(after) = rest.strip_prefix(['-', '/', '.']) else {
        return (!dotted).then_some((DatePart::Month(month), rest));
    };
    let (day, end) = small(after)?;
    let end = end
        .strip_prefix(" 00:00:00")
        .or_else(|| end.strip_prefix(" 0:00:00"))
        .or_else(|| end.strip_prefix(" 0:00"))
        .unwrap_or(end);
    Date::new(2000, month, day).map(|_| (DatePart::Day { month, day }, end))
}
