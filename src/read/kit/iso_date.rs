//! ISO 8601 dates, as strict workbooks store them, to serials.

use rust_decimal::Decimal;

use crate::read::kit::decimal::significant;
use crate::read::number_format::{Epoch, serial_of_date};

/// Returns the serial of `2024-02-29`, `2024-02-29T08:30:00.5` or `08:30:00`. A zone's `Z` is dropped, as Excel does.
pub(in crate::read) fn serial(text: &str, epoch: Epoch) -> Option<Decimal> {
    let text = text.trim().trim_end_matches('Z');
    let (date, time) = match text.split_once(['T', ' ']) {
        Some((date, time)) => (Some(date), Some(time)),
        None if text.contains(':') => (None, Some(text)),
        None => (Some(text), None),
    };
    let days = match date {
        Some(date) => Decimal::from(date_serial(date, epoch)?),
        None => Decimal::ZERO,
    };
    let part_of_day = match time {
        Some(time) => day_fraction(time)?,
        None => Decimal::ZERO,
    };
    Some(significant(days + part_of_day))
}

fn date_serial(text: &str, epoch: Epoch) -> Option<i64> {
    let mut parts = text.splitn(3, '-');
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    if year.len() != 4 || month.len() != 2 || day.len() != 2 {
        return None;
    }
    serial_of_date(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?, epoch)
}

fn day_fraction(text: &str) -> Option<Decimal> {
    let mut parts = text.splitn(3, ':');
    let hours: u32 = parts.next()?.parse().ok().filter(|hours| *hours < 24)?;
    let minutes: u32 = parts.next()?.parse().ok().filter(|minutes| *minutes < 60)?;
    let seconds: Decimal = parts.next().unwrap_or("0").parse().ok()?;
    if seconds.is_sign_negative() || seconds >= Decimal::from(60) {
        return None;
    }
    let seconds = Decimal::from(hours * 3600 + minutes * 60) + seconds;
    seconds.checked_div(Decimal::from(86_400))
}
