//! Figures as found in cells: numbers, numbers kept as text, placeholders, and what is none of these.

use rust_decimal::Decimal;

use super::money::{amount_with_unit, spelled_amount};
use super::view::shown_text;
use crate::grid::{Cell, CellValue};
use crate::text::keys::{gives_no_value, match_key};
use crate::text::trimmed;

/// What a figure's cell holds.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Figure {
    /// A number.
    Number(Decimal),
    /// A number that is shown as another than is stored: the point moved, or a % that is only a text.
    Shown { number: Decimal, stored: Decimal },
    /// A number in a text cell; `bare` when the text is nothing but the number.
    Text { number: Decimal, bare: bool },
    /// Nothing.
    Blank,
    /// `—`, `/` and the like.
    Placeholder,
    /// An error value.
    Error(String),
    /// A formula whose result is not stored.
    Uncomputed(String),
    /// Something else.
    Unreadable,
}

impl Figure {
    /// Returns the number, however it is kept.
    pub(super) const fn number(&self) -> Option<Decimal> {
        match self {
            Self::Number(number) | Self::Shown { number, .. } | Self::Text { number, .. } => Some(*number),
            _ => None,
        }
    }
}

/// Which quantity the cell's place asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Quantity {
    /// 分值, 得分: a percent stands for points of a hundred.
    Points,
    /// 金额 in the table's unit.
    Money,
    /// 率, a ratio; `in_percent` when the header says that bare numbers are percents.
    Rate { in_percent: bool },
}

/// Reads one cell as a figure.
pub(super) fn read_figure(cell: &Cell, quantity: Quantity) -> Figure {
    match &cell.value {
        CellValue::Blank => match &cell.formula {
            Some(formula) => Figure::Uncomputed(formula.clone()),
            None => Figure::Blank,
        },
        CellValue::Error(code) => Figure::Error(code.clone()),
        CellValue::Boolean(_) => Figure::Unreadable,
        CellValue::Number(stored) => read_number(cell, *stored, quantity),
        CellValue::Text(text) => {
            // A formula that gives an empty text has its result: nothing.
            if cell.is_blank() {
                return Figure::Blank;
            }
            // 一 and 无 stand for a dash where a figure belongs.
            if matches!(trimmed(text), "一" | "无") {
                return Figure::Placeholder;
            }
            let key = match_key(text);
            if gives_no_value(&key) {
                return Figure::Placeholder;
            }
            match text_number(&key) {
                Some(read) => {
                    let number = scale(read.number, read.percent, false, quantity);
                    let bare = !read.percent && !read.has_unit;
                    Figure::Text { number, bare }
                }
                None => match spelled_amount(&key).filter(|_| quantity == Quantity::Money) {
                    Some((number, _)) => Figure::Text { number, bare: false },
                    None => Figure::Unreadable,
                },
            }
        }
    }
}

/// Reads a stored number as it is shown; where the shown text is no number, as it is stored.
fn read_number(cell: &Cell, stored: Decimal, quantity: Quantity) -> Figure {
    match seen_otherwise(cell, stored) {
        Some(seen) => Figure::Shown {
            number: scale(seen.number, seen.percent, false, quantity),
            stored,
        },
        None => {
            let as_percent = trimmed(shown_text(cell)).ends_with(['%', '％']);
            Figure::Number(scale(stored, as_percent, true, quantity))
        }
    }
}

/// Returns the stored number of a cell whose format moves its point, or writes a % behind it that is no percent.
pub(super) fn stored_otherwise(cell: &Cell) -> Option<Decimal> {
    let stored = cell.number()?;
    let seen = seen_otherwise(cell, stored)?;
    seen.is_moved.then_some(stored)
}

/// A number as seen, where that is not the one that is stored.
struct SeenNumber {
    /// With all the digits that are stored.
    number: Decimal,
    percent: bool,
    /// It is the stored one but for the place of its point, or for its %.
    is_moved: bool,
}

fn seen_otherwise(cell: &Cell, stored: Decimal) -> Option<SeenNumber> {
    /// The point of an amount moves by eight places at most, for 亿; by twelve for millions of millions.
    const MOVES: [i32; 16] = [-4, -3, -8, -6, -1, -2, -5, -7, -9, -10, -11, -12, 1, 2, 3, 4];
    let shown = trimmed(shown_text(cell));
    if cell.shown_unsure || shown.parse() == Ok(stored) {
        return None;
    }
    if let Some(percent) = shown.strip_suffix('%')
        && let Ok(percent) = percent.parse::<Decimal>()
        && stored.checked_mul(Decimal::ONE_HUNDRED) == Some(percent)
    {
        return None;
    }
    let key = match_key(shown);
    // A format that moves the point leaves the commas where they were: 2,08.0.
    let regrouped = || text_number(&key.replace(',', ""));
    let grouped = text_number(&key);
    let is_regrouped = grouped.is_none();
    let seen = grouped.or_else(regrouped)?;
    // A colour alone may say that a number is below zero.
    let is_negative = stored.is_sign_negative() || seen.number.is_sign_negative();
    let (shown, magnitude) = (seen.number.abs(), stored.abs());
    let half = Decimal::new(5, seen.places.min(27).saturating_add(1));
    let agrees = |power: i32| {
        let moved = moved(magnitude, power)?;
        ((moved - shown).abs() <= half).then_some(moved)
    };
    let stored_power = if seen.percent { 2 } else { 0 };
    if agrees(stored_power).is_some() {
        return None;
    }
    let others = [0].into_iter().chain(MOVES);
    let moved = others.filter(|power| *power == 0 || !shown.is_zero()).find_map(agrees);
    if is_regrouped && moved.is_none() {
        return None;
    }
    let number = moved.unwrap_or(shown);
    Some(SeenNumber {
        number: if is_negative { -number } else { number }.normalize(),
        percent: seen.percent,
        is_moved: moved.is_some(),
    })
}

/// Returns a number times a power of ten; `None` when it is too large to compute with.
fn moved(number: Decimal, power: i32) -> Option<Decimal> {
    let factor = Decimal::from(10_u64.checked_pow(power.unsigned_abs())?);
    if power < 0 {
        number.checked_div(factor)
    } else {
        number.checked_mul(factor)
    }
}

/// `stored_as_ratio`: the number is what the cell stores (1 behind 100%), not what the text shows (100 of "100%").
fn scale(number: Decimal, percent: bool, stored_as_ratio: bool, quantity: Quantity) -> Decimal {
    let hundred = Decimal::ONE_HUNDRED;
    let scaled = match quantity {
        Quantity::Points if percent && stored_as_ratio => number.checked_mul(hundred),
        Quantity::Points | Quantity::Money => Some(number),
        Quantity::Rate { .. } if percent => {
            if stored_as_ratio {
                Some(number)
            } else {
                number.checked_div(hundred)
            }
        }
        // A bare 95.88 under 执行率 can only be a percent; a bare 1 is 100 %.
        Quantity::Rate { in_percent } => {
            if in_percent && number > Decimal::ONE || number > Decimal::new(15, 1) {
                number.checked_div(hundred)
            } else {
                Some(number)
            }
        }
    };
    scaled.unwrap_or(number).normalize()
}

struct TextNumber {
    number: Decimal,
    /// Digits written behind the point.
    places: u32,
    percent: bool,
    has_unit: bool,
}

/// Returns a text, by its [`match_key`], that is one number, with thousands separators, a percent sign or a unit of
/// points or money behind it.
fn text_number(key: &str) -> Option<TextNumber> {
    let (digits, percent) = match key.strip_suffix('%') {
        Some(rest) => (rest, true),
        None => (key, false),
    };
    let (digits, has_unit) = match amount_with_unit(digits) {
        Some((digits, _)) => (digits, true),
        None => (digits, false),
    };
    let digits = digits.strip_prefix("人民币").unwrap_or(digits);
    let digits = digits.trim_start_matches(['¥', '￥']);
    let number = parse_decimal(digits)?;
    let places = digits.split_once('.').map_or(0, |(_, fraction)| fraction.len());
    Some(TextNumber {
        number,
        places: u32::try_from(places).ok()?,
        percent,
        has_unit,
    })
}

/// Returns a half-width decimal with optional sign and well-placed thousands separators.
pub(super) fn parse_decimal(digits: &str) -> Option<Decimal> {
    /// So many digits any decimal holds.
    const FEW: usize = 18;
    if (1..=FEW).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return digits.parse().ok();
    }
    let (sign, body) = match digits.strip_prefix(['-', '−']) {
        Some(rest) => ("-", rest),
        None => ("", digits.strip_prefix('+').unwrap_or(digits)),
    };
    let (whole, fraction) = body.split_once('.').unwrap_or((body, ""));
    let groups: Vec<&str> = whole.split(',').collect();
    let grouped = groups.len() > 1;
    let well_grouped = groups.iter().enumerate().all(|(index, group)| {
        let length = group.len();
        group.bytes().all(|b| b.is_ascii_digit())
            && if !grouped {
                true
            } else if index == 0 {
                (1..=3).contains(&length)
            } else {
                length == 3
            }
    });
    if !well_grouped || !fraction.bytes().all(|b| b.is_ascii_digit()) || (whole.is_empty() && fraction.is_empty()) {
        return None;
    }
    let joined = format!(
        "{sign}{}.{}",
        groups.concat(),
        if fraction.is_empty() { "0" } else { fraction }
    );
    joined.parse::<Decimal>().ok().map(|number| number.normalize())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::grid::CellAddress;

    fn cell(value: CellValue, shown: &str) -> Cell {
        Cell {
            address: CellAddress::new(0, 0),
            shown_otherwise: value.shown_as(shown.to_owned()),
            value,
            shown_unsure: false,
            formula: None,
            number_format: None,
        }
    }

    fn text(text: &str) -> Cell {
        cell(CellValue::Text(text.to_owned()), text)
    }

    fn decimal(text: &str) -> Decimal {
        text.parse().unwrap_or_default()
    }

    #[test]
    fn numbers_as_text_are_told_from_placeholders_and_words() {
        let points = |t: &str| read_figure(&text(t), Quantity::Points);
        assert_eq!(
            points(" 10 "),
            Figure::Text {
                number: decimal("10"),
                bare: true
            }
        );
        assert_eq!(
            points("１００"),
            Figure::Text {
                number: decimal("100"),
                bare: true
            }
        );
        assert_eq!(
            points("10分"),
            Figure::Text {
                number: decimal("10"),
                bare: false
            }
        );
        assert_eq!(
            points("1,234.5"),
            Figure::Text {
                number: decimal("1234.5"),
                bare: true
            }
        );
        assert_eq!(points("—"), Figure::Placeholder);
        assert_eq!(points("/"), Figure::Placeholder);
        assert_eq!(points("　"), Figure::Blank);
        assert_eq!(points("无"), Figure::Placeholder);
        assert_eq!(points("满分"), Figure::Unreadable);
        assert_eq!(points("1,23"), Figure::Unreadable);
    }

    #[test]
    fn rates_become_ratios_whatever_the_cell_stores() {
        let rate = Quantity::Rate { in_percent: false };
        let stored = cell(CellValue::Number(decimal("1")), "100%");
        assert_eq!(read_figure(&stored, rate), Figure::Number(decimal("1")));
        assert_eq!(
            read_figure(&text("95.88%"), rate),
            Figure::Text {
                number: decimal("0.9588"),
                bare: false
            }
        );
        let bare = cell(CellValue::Number(decimal("95.88")), "95.88");
        assert_eq!(read_figure(&bare, rate), Figure::Number(decimal("0.9588")));
        let over = cell(CellValue::Number(decimal("1.2")), "1.2");
        assert_eq!(read_figure(&over, rate), Figure::Number(decimal("1.2")));
    }

    #[test]
    fn weights_in_percent_are_points_of_a_hundred() {
        let stored = cell(CellValue::Number(decimal("0.1")), "10%");
        assert_eq!(read_figure(&stored, Quantity::Points), Figure::Number(decimal("10")));
        assert_eq!(
            read_figure(&text("10%"), Quantity::Points),
            Figure::Text {
                number: decimal("10"),
                bare: false
            }
        );
    }
}
