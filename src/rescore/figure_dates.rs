//! Dates written in figures alone: 2023.12 beside 2023.9 under 完成时间 are months, not numbers.

use crate::model::Indicator;
use crate::model::measure::{DatePart, Deadline, Factor, Measure, MeasureKind, normalise};
use crate::text::words::{Word, any_in, words};

/// Words of a name, or of its level-2 name, whose values are points in time.
const POINTS_IN_TIME: [Word; 7] = words!["时间", "日期", "时点", "时效", "期限", "时限", "进度"];
/// Years around the table's that a date in figures may have; beyond them it is likelier a number.
const YEARS_AROUND: u32 = 3;

/// Returns both values with those that are dates in figures read as such; as they are where either stays a number.
pub(super) fn read(
    indicator: &Indicator,
    year: Option<i32>,
    target: (Measure, &str),
    actual: (Measure, &str),
) -> (Measure, Measure) {
    let mut dates = (date_of(&target, year), date_of(&actual, year));
    // 11.30 beside 12.31前.
    if matches!(target.0.kind, MeasureKind::Date(due) if matches!(due.part, DatePart::Day { .. }))
        && is_bare(&actual.0)
        && dates.1.is_none()
    {
        dates.1 = Measure::day_in_figures(actual.1);
    }
    let is_number = |measure: &Measure, date: Option<Deadline>| measure.is_quantitative() && date.is_none();
    if dates == (None, None)
        || is_number(&target.0, dates.0)
        || is_number(&actual.0, dates.1)
        || indicator.measure_unit.is_some()
        || !is_in_time(indicator)
    {
        return (target.0, actual.0);
    }
    let dated = |measure, date: Option<Deadline>| {
        date.map_or(measure, |date| Measure {
            comparator: None,
            kind: MeasureKind::Date(date),
        })
    };
    (dated(target.0, dates.0), dated(actual.0, dates.1))
}

fn date_of((measure, text): &(Measure, &str), year: Option<i32>) -> Option<Deadline> {
    if !is_bare(measure) {
        return None;
    }
    let date = Measure::date_in_figures(text)?;
    let is_likely = match (year, date.year) {
        (Some(of_table), Some(of_date)) => of_date.abs_diff(of_table) <= YEARS_AROUND,
        // 2000 alone is more often a number.
        _ => date.part != DatePart::Year,
    };
    is_likely.then_some(date)
}

fn is_bare(measure: &Measure) -> bool {
    measure
        .quantity()
        .is_some_and(|quantity| quantity.unit.is_none() && quantity.factor == Factor::ONE)
}

fn is_in_time(indicator: &Indicator) -> bool {
    [&indicator.level3, &indicator.level2]
        .into_iter()
        .flatten()
        .any(|name| any_in(&normalise(&name.value), &POINTS_IN_TIME))
}
