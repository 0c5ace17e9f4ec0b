//! A serial through the date and time tokens of a section.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::calendar::{Day, Epoch, day_of_serial};
use super::chinese::{numeral, spell_date_part};
use super::section::{DatePart, Section, Token};
use crate::read::kit::decimal::round;

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
const WEEKDAYS: [&str; 7] = [
    "Sunday",
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
];
const CHINESE_WEEKDAYS: [&str; 7] = ["日", "一", "二", "三", "四", "五", "六"];
const SECONDS_OF_DAY: i64 = 86_400;

/// A moment, cut to what the section shows.
struct Moment {
    day: Day,
    /// Seconds since midnight, and since the epoch's midnight for elapsed time.
    second_of_day: i64,
    elapsed: i64,
    /// The digits after the point of the seconds.
    fraction: String,
}

/// Returns a serial that is not negative through a section; `None` when not understood or out of the calendar.
pub(super) fn render(section: &Section, serial: Decimal, epoch: Epoch) -> Option<String> {
    if section.is_unknown {
        return None;
    }
    let moment = Moment::of(section, serial, epoch)?;
    let has_half_days = section
        .tokens
        .iter()
        .any(|token| matches!(token, Token::Date(DatePart::HalfDay(_))));
    let mut out = String::new();
    for token in &section.tokens {
        match token {
            Token::Literal(literal) => out.push_str(literal),
            Token::Date(part) => push_part(&mut out, *part, section, &moment, has_half_days)?,
            Token::Percent => out.push('%'),
            _ => return None,
        }
    }
    Some(out)
}

impl Moment {
    fn of(section: &Section, serial: Decimal, epoch: Epoch) -> Option<Self> {
        let mut places = None;
        for token in &section.tokens {
            match token {
                Token::Date(DatePart::SubSecond(digits)) => places = Some(u32::try_from(*digits).ok()?),
                Token::Date(DatePart::Second(_) | DatePart::ElapsedSeconds(_)) => places = places.or(Some(0)),
                _ => {}
            }
        }
        // Ten-thousandths of a second are below what a serial of 15 digits can tell; 8:00 must not show as 7:59.
        let seconds = round(serial.checked_mul(Decimal::from(SECONDS_OF_DAY))?, 4);
        let seconds = match places {
            Some(places @ 0..=3) => round(seconds, places),
            Some(_) => return None,
            None => seconds.floor(),
        };
        let whole = seconds.floor().to_i64()?;
        let fraction = seconds.fract().to_string();
        Some(Self {
            day: day_of_serial(whole.div_euclid(SECONDS_OF_DAY), epoch)?,
            second_of_day: whole.rem_euclid(SECONDS_OF_DAY),
            elapsed: whole,
            fraction: fraction
                .split_once('.')
                .map(|(_, digits)| digits.to_owned())
                .unwrap_or_default(),
        })
    }
}

fn push_part(out: &mut String, part: DatePart, section: &Section, moment: &Moment, has_half_days: bool) -> Option<()> {
    let day = moment.day;
    let hour = moment.second_of_day / 3600;
    let mut number = |value: i64, width: usize| -> Option<()> {
        match section.numerals {
            Some(numerals) => out.push_str(&spell_date_part(u32::try_from(value).ok()?, numerals)?),
            None => out.push_str(&format!("{value:0width$}")),
        }
        Some(())
    };
    match part {
        DatePart::Year(length) => {
            let year = day.year;
            let digits = if length <= 2 {
                format!("{:02}", year % 100)
            } else {
                format!("{year:04}")
            };
            match section.numerals {
                Some(numerals) => out.extend(digits.chars().map(|digit| numeral(digit, numerals))),
                None => out.push_str(&digits),
            }
        }
        DatePart::Month(length @ 1..=2) => number(day.month.into(), length)?,
        DatePart::Day(length @ 1..=2) => number(day.day.into(), length)?,
        // Names of months in Chinese differ between versions.
        DatePart::Month(_) if section.is_chinese => return None,
        DatePart::Month(length) => {
            let name = name_of(&MONTHS, day.month.checked_sub(1)?)?;
            out.push_str(match length {
                3 => name.get(..3)?,
                4 => name,
                5 => name.get(..1)?,
                _ => return None,
            });
        }
        DatePart::Day(4) if section.is_chinese => {
            out.push_str("星期");
            out.push_str(name_of(&CHINESE_WEEKDAYS, day.weekday)?);
        }
        DatePart::Day(_) if section.is_chinese => return None,
        DatePart::Day(length) => {
            let name = name_of(&WEEKDAYS, day.weekday)?;
            out.push_str(if length == 3 { name.get(..3)? } else { name });
        }
        DatePart::ChineseWeekday(length) => {
            if length == 4 {
                out.push_str("星期");
            }
            out.push_str(name_of(&CHINESE_WEEKDAYS, day.weekday)?);
        }
        DatePart::Hour(length) => {
            let shown = if has_half_days { (hour + 11) % 12 + 1 } else { hour };
            number(shown, length.min(2))?;
        }
        DatePart::Minute(length) => number(moment.second_of_day / 60 % 60, length.min(2))?,
        DatePart::Second(length) => number(moment.second_of_day % 60, length.min(2))?,
        DatePart::SubSecond(places) => {
            out.push('.');
            out.push_str(&format!("{:0<places$}", moment.fraction));
        }
        DatePart::ElapsedHours(length) => number(moment.elapsed / 3600, length)?,
        DatePart::ElapsedMinutes(length) => number(moment.elapsed / 60, length)?,
        DatePart::ElapsedSeconds(length) => number(moment.elapsed, length)?,
        DatePart::HalfDay(is_chinese) => out.push_str(match (is_chinese || section.is_chinese, hour < 12) {
            (true, true) => "上午",
            (true, false) => "下午",
            (false, true) => "AM",
            (false, false) => "PM",
        }),
    }
    Some(())
}

fn name_of(names: &[&'static str], index: u32) -> Option<&'static str> {
    names.get(usize::try_from(index).ok()?).copied()
}
