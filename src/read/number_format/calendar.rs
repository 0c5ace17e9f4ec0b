//! Serials and dates, in both epochs, with Excel's 29 February 1900.

/// Which day a workbook counts from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Epoch {
    /// Serial 1 is 1 January 1900, and 29 February 1900 is counted though there was none.
    #[default]
    Year1900,
    /// Serial 0 is 1 January 1904.
    Year1904,
}

/// Serial, counted from 1900, of the first day of the epoch of 1904.
const FIRST_DAY_OF_1904: i64 = 1462;
/// 31 December 9999.
const LAST_SERIAL: i64 = 2_958_465;
/// The day that never was.
const LEAP_DAY_OF_1900: i64 = 60;

/// A day of the calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Day {
    pub year: u32,
    pub month: u32,
    /// Zero for serial 0, which Excel shows as 1900-1-0.
    pub day: u32,
    /// 0 is Sunday.
    pub weekday: u32,
}

/// Returns the day of a whole serial; `None` outside what Excel shows as a date.
pub(super) fn day_of_serial(serial: i64, epoch: Epoch) -> Option<Day> {
    let serial = match epoch {
        Epoch::Year1900 => serial,
        Epoch::Year1904 => serial.checked_add(FIRST_DAY_OF_1904)?,
    };
    if !(0..=LAST_SERIAL).contains(&serial) {
        return None;
    }
    let weekday = u32::try_from((serial - 1).rem_euclid(7)).ok()?;
    let (year, month, day) = match serial {
        0 => (1900, 1, 0),
        LEAP_DAY_OF_1900 => (1900, 2, 29),
        _ => {
            let before_leap_day = i64::from(serial < LEAP_DAY_OF_1900);
            civil_of_days(serial + before_leap_day + days_of_civil(1899, 12, 30))
        }
    };
    Some(Day {
        year: u32::try_from(year).ok()?,
        month: u32::try_from(month).ok()?,
        day: u32::try_from(day).ok()?,
        weekday,
    })
}

/// Returns the serial of a date; `None` when there is no such day, or it lies before the epoch or after 9999.
pub fn serial_of_date(year: u32, month: u32, day: u32, epoch: Epoch) -> Option<i64> {
    if !(1..=12).contains(&month) || !(1..=31).contains(&day) || year > 9999 {
        return None;
    }
    let (year, month, day) = (i64::from(year), i64::from(month), i64::from(day));
    let days = days_of_civil(year, month, day);
    if civil_of_days(days) != (year, month, day) {
        return None;
    }
    let since_1900 = days - days_of_civil(1899, 12, 30);
    let serial = if since_1900 <= LEAP_DAY_OF_1900 {
        since_1900 - 1
    } else {
        since_1900
    };
    match epoch {
        Epoch::Year1900 => (serial >= 1).then_some(serial),
        Epoch::Year1904 => (serial >= FIRST_DAY_OF_1904).then_some(serial - FIRST_DAY_OF_1904),
    }
}

/// Days since 1 March of year 0 in the Gregorian calendar; years begin in March so that the leap day comes last.
const fn days_of_civil(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let month_from_march = (month + 9) % 12;
    year * 365 + year.div_euclid(4) - year.div_euclid(100)
        + year.div_euclid(400)
        + (month_from_march * 153 + 2) / 5
        + day
        - 1
}

const fn civil_of_days(days: i64) -> (i64, i64, i64) {
    const DAYS_OF_400_YEARS: i64 = 146_097;
    let era = days.div_euclid(DAYS_OF_400_YEARS);
    let day_of_era = days.rem_euclid(DAYS_OF_400_YEARS);
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = if month_from_march < 10 {
        month_from_march + 3
    } else {
        month_from_march - 9
    };
    let year = era * 400 + year_of_era + if month <= 2 { 1 } else { 0 };
    (year, month, day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn serials_and_dates_agree() {
        let cases = [
            (1, 1900, 1, 1),
            (59, 1900, 2, 28),
            (61, 1900, 3, 1),
            (45351, 2024, 2, 29),
            (2_958_465, 9999, 12, 31),
        ];
        for (serial, year, month, day) in cases {
            assert_eq!(serial_of_date(year, month, day, Epoch::Year1900), Some(serial));
            let found = day_of_serial(serial, Epoch::Year1900);
            assert_eq!(found.map(|d| (d.year, d.month, d.day)), Some((year, month, day)));
        }
        assert_eq!(serial_of_date(2024, 2, 29, Epoch::Year1904), Some(43889));
        assert_eq!(
            day_of_serial(43889, Epoch::Year1904),
            day_of_serial(45351, Epoch::Year1900)
        );
        assert_eq!(day_of_serial(45351, Epoch::Year1900).map(|day| day.weekday), Some(4));
        assert_eq!(serial_of_date(2023, 2, 29, Epoch::Year1900), None);
        assert_eq!(day_of_serial(2_958_466, Epoch::Year1900), None);
        assert_eq!(day_of_serial(-1, Epoch::Year1900), None);
    }
}
