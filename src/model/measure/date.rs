//! Dates and deadlines: a day, a month, a quarter, a year's end, and the days they can mean.
//!
//! Knows the calendar, not the clock: a date without its year is settled with the year of the table.

use std::fmt;

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
    /// Returns the day, if the calendar has it.
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
#[non_exhaustive]
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

    /// Returns the last day that surely is in time, and the last day that may be: 9月前 can mean before September or
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
