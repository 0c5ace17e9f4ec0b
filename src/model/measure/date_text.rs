//! Dates and deadlines as tables write them: 2023年12月31日前, 12月底, 第四季度, 年内, 2023-12-31.

use super::number::small;
use super::{Date, DatePart, Deadline};
use crate::text::words::{Word, strip_prefix, words};

/// Returns a normalised text that is a date or deadline and nothing more (a verb like 完成 may follow).
pub(super) fn parse(text: &str) -> Option<Deadline> {
    // Every part of a date has one of these.
    if !text.contains(['年', '月', '季', '-', '/', '.']) {
        return None;
    }
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
