//! Dates and deadlines as tables write them: 2023年12月31日前, 12月底, 第四季度, 年内, 2023-12-31, 2023.12前, 12.31前.

use super::number::small;
use super::{Date, DatePart, Deadline};
use crate::text::words::{Word, strip_prefix, words};

/// Returns a normalised text that is a date or deadline and nothing more (a verb like 完成 may follow).
pub(super) fn parse(text: &str) -> Option<Deadline> {
    // Every part of a date has one of these.
    if !text.contains(['年', '月', '季', '-', '/', '.', '前', '止', '底', '末', '完']) {
        return None;
    }
    let (mut before, body) = take_lead(text);
    let (year, part, mut tail) = take_date(body)?;
    for bound in BOUNDS {
        if let Some(after) = tail.strip_prefix(bound) {
            // 年内 and 12月内 name the span itself, not a day before it.
            before |= !bound.ends_with('内');
            tail = after;
            break;
        }
    }
    is_verb(tail).then_some(Deadline { year, part, before })
}

/// What follows a date that is a bound.
const BOUNDS: [&str; 7] = ["之前", "以前", "前", "止", "之内", "以内", "内"];

/// Returns a normalised text of figures alone that is a date where it is known that one is meant: 2023.12, 202312,
/// 20231231, 2023. Of 2023.1 a sheet does not tell whether it was 2023.10.
pub(super) fn parse_figures(text: &str) -> Option<Deadline> {
    let (before, body) = take_lead(text);
    let (year, part) = match body.split_once('.') {
        Some((year, "1")) if year.len() == 4 => return None,
        Some((year, month)) if year.len() == 4 && month.len() <= 2 => (year, month_of(month)?),
        Some(_) => return None,
        None if body.len() == 4 => (body, DatePart::Year),
        None => {
            let (year, part, rest) = take_compact(body)?;
            return rest.is_empty().then_some(Deadline {
                year: Some(year),
                part,
                before,
            });
        }
    };
    let year = Some(year_of(year)?);
    Some(Deadline { year, part, before })
}

/// Returns a normalised text of figures alone that is a day where it is known that one is meant: 11.30, 9.15. Of 9.3 a
/// sheet does not tell whether it was 9.30.
pub(super) fn parse_day_figures(text: &str) -> Option<Deadline> {
    let (month, day) = text.split_once('.')?;
    if matches!(day, "1" | "2" | "3") {
        return None;
    }
    let part = day_of(month.parse().ok()?, day.parse().ok()?)?;
    Some(Deadline {
        year: None,
        part,
        before: false,
    })
}

/// Returns whether a day is meant before which it is due, and what follows the word for it.
fn take_lead(text: &str) -> (bool, &str) {
    ["≤", "不晚于", "不迟于", "截至", "截止到", "截止", "于", "在"]
        .iter()
        .find_map(|lead| {
            text.strip_prefix(lead)
                .map(|rest| (!matches!(*lead, "于" | "在"), rest))
        })
        .unwrap_or((false, text))
}

fn take_date(text: &str) -> Option<(Option<i32>, DatePart, &str)> {
    if let Some((year, part, rest)) = take_compact(text) {
        // 202306 with nothing behind it, or with 完成, may be a number.
        let is_date = is_bound(rest) || matches!(part, DatePart::Day { .. }) && !rest.is_empty();
        return is_date.then_some((Some(year), part, rest));
    }
    let (year, rest) = take_year(text);
    if year.is_none()
        && let Some((day, rest)) = take_bare_day(rest)
    {
        return Some((None, day, rest));
    }
    take_part(rest, year.is_some()).map(|(part, rest)| (year, part, rest))
}

/// 20231231, 202312: a year with month and day, or month, in six or eight figures.
fn take_compact(text: &str) -> Option<(i32, DatePart, &str)> {
    let figures = text.bytes().take_while(u8::is_ascii_digit).count();
    let (figures, rest) = text.split_at_checked(figures)?;
    let year = year_of(figures.get(..4)?)?;
    let month = figures.get(4..6)?;
    let part = match figures.get(6..)? {
        "" => month_of(month)?,
        day if day.len() == 2 => day_of(month.parse().ok()?, day.parse().ok()?)?,
        _ => return None,
    };
    Some((year, part, rest))
}

/// 12.31前, 6/30前: without a year only what follows tells a day from a number.
fn take_bare_day(text: &str) -> Option<(DatePart, &str)> {
    let (month, rest) = small(text)?;
    let (day, rest) = small(rest.strip_prefix(['.', '-', '/'])?)?;
    Some((day_of(month, day).filter(|_| is_bound(rest))?, rest))
}

fn is_bound(tail: &str) -> bool {
    BOUNDS
        .iter()
        .any(|bound| !bound.ends_with('内') && tail.starts_with(bound))
}

fn year_of(figures: &str) -> Option<i32> {
    let is_year = figures.len() == 4 && figures.bytes().all(|b| b.is_ascii_digit());
    figures
        .parse()
        .ok()
        .filter(|year| is_year && (1949..=2100).contains(year))
}

fn month_of(figures: &str) -> Option<DatePart> {
    let month = figures.parse().ok().filter(|month| (1..=12).contains(month))?;
    Some(DatePart::Month(month))
}

fn day_of(month: u32, day: u32) -> Option<DatePart> {
    // 2月29日 exists in some year; which one is settled later.
    Date::new(2000, month, day).map(|_| DatePart::Day { month, day })
}

fn is_verb(tail: &str) -> bool {
    const VERBS: [Word; 16] = words![
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
    while let Some(after) = strip_prefix(rest, &VERBS) {
        rest = after;
    }
    rest.is_empty()
}

fn take_year(text: &str) -> (Option<i32>, &str) {
    if let Some((figures, rest)) = text.split_at_checked(4)
        && let Some(year) = year_of(figures)
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
        return day_of(month, day).map(|day| (day, end));
    }
    Some((DatePart::Month(month), rest))
}

/// `12-31`, `12/31`, `12.31`, `12` after a year; a time of midnight may follow. `2023.12` with nothing behind it stays a
/// number.
fn take_separated(text: &str, dotted: bool) -> Option<(DatePart, &str)> {
    let (month @ 1..=12, rest) = small(text)? else {
        return None;
    };
    let Some(after) = rest.strip_prefix(['-', '/', '.']) else {
        if let Some(after) = rest.strip_prefix(['底', '末']) {
            return Some((DatePart::MonthEnd(month), after));
        }
        return (!dotted || !rest.is_empty()).then_some((DatePart::Month(month), rest));
    };
    let (day, end) = small(after)?;
    let end = end
        .strip_prefix(" 00:00:00")
        .or_else(|| end.strip_prefix(" 0:00:00"))
        .or_else(|| end.strip_prefix(" 0:00"))
        .unwrap_or(end);
    day_of(month, day).map(|day| (day, end))
}
