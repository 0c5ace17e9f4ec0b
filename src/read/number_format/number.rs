//! A number through the digit placeholders of a section.

use rust_decimal::Decimal;

use super::section::{Section, Token};
use super::{chinese, general};
use crate::read::kit::decimal::round;

/// What the tokens of a section ask for.
struct DigitLayout {
    /// Token indices of the placeholders before and after the point, and of the exponent.
    whole: Vec<usize>,
    fraction: Vec<usize>,
    exponent: Vec<usize>,
    is_grouped: bool,
    thousands: u32,
    percents: u32,
    /// `E+` (true) or `E-`.
    exponent_sign: Option<bool>,
}

/// A magnitude as a section shows it.
pub(super) struct Rendered {
    pub text: String,
    /// Nothing but zeros is left of the number.
    pub is_zero: bool,
    /// The section shows the number, not only words.
    pub is_number_shown: bool,
}

/// Returns the magnitude of a number through a section.
///
/// `None` when the section was not understood, or the number is too large for it.
pub(super) fn render(section: &Section, magnitude: Decimal) -> Option<Rendered> {
    if section.is_unknown || section.has_text() {
        return None;
    }
    let has_digits = section.tokens.iter().any(|token| matches!(token, Token::Digit(_)));
    if !has_digits {
        return render_without_digits(section, magnitude);
    }
    let plan = DigitLayout::of(section)?;
    let mut value = magnitude;
    for _ in 0..plan.percents {
        value = value.checked_mul(Decimal::ONE_HUNDRED)?;
    }
    for _ in 0..plan.thousands {
        value /= Decimal::ONE_THOUSAND;
    }
    let places = u32::try_from(plan.fraction.len()).ok().filter(|places| *places <= 28)?;
    let mut power = 0;
    if plan.exponent_sign.is_some() {
        let step = i32::try_from(plan.whole.len())
            .ok()
            .filter(|step| (1..=15).contains(step))?;
        (value, power) = mantissa(value, step, places);
    }
    let rounded = round(value, places);
    let written = rounded.to_string();
    let (whole, fraction) = written.split_once('.').unwrap_or((&written, ""));
    let whole = whole.trim_start_matches('0');
    let fraction = fraction.trim_end_matches('0');
    let mut pieces: Vec<String> = vec![String::new(); section.tokens.len()];
    fill_whole(&mut pieces, section, &plan.whole, whole, plan.is_grouped);
    fill_fraction(&mut pieces, section, &plan.fraction, fraction);
    fill_whole(
        &mut pieces,
        section,
        &plan.exponent,
        &power.unsigned_abs().to_string(),
        false,
    );
    let mut out = String::new();
    for (token, piece) in section.tokens.iter().zip(pieces) {
        match token {
            Token::Literal(literal) => out.push_str(literal),
            Token::Digit(_) => match section.numerals {
                Some(numerals) => out.extend(piece.chars().map(|digit| chinese::numeral(digit, numerals))),
                None => out.push_str(&piece),
            },
            Token::Point => out.push('.'),
            Token::Percent => out.push('%'),
            Token::Exponent(with_plus) => {
                out.push('E');
                match (power < 0, with_plus) {
                    (true, _) => out.push('-'),
                    (false, true) => out.push('+'),
                    (false, false) => {}
                }
            }
            Token::Comma => {}
            Token::General | Token::Text | Token::Date(_) => return None,
        }
    }
    Some(Rendered {
        text: out,
        is_zero: rounded.is_zero(),
        is_number_shown: true,
    })
}

fn render_without_digits(section: &Section, magnitude: Decimal) -> Option<Rendered> {
    let mut out = String::new();
    // A section of numerals alone spells the number.
    let spells_alone = section.numerals.is_some() && !section.tokens.contains(&Token::General);
    if spells_alone {
        out.push_str(&chinese::spell(magnitude, section.numerals?)?);
    }
    let mut is_number_shown = spells_alone;
    for token in &section.tokens {
        match token {
            Token::Literal(literal) => out.push_str(literal),
            Token::General => {
                is_number_shown = true;
                match section.numerals {
                    Some(numerals) => out.push_str(&chinese::spell(magnitude, numerals)?),
                    None => out.push_str(&general::text(magnitude)),
                }
            }
            Token::Percent => out.push('%'),
            Token::Point => out.push('.'),
            Token::Comma => out.push(','),
            _ => return None,
        }
    }
    Some(Rendered {
        text: out,
        is_zero: magnitude.is_zero(),
        is_number_shown,
    })
}

impl DigitLayout {
    fn of(section: &Section) -> Option<Self> {
        let mut plan = Self {
            whole: Vec::new(),
            fraction: Vec::new(),
            exponent: Vec::new(),
            is_grouped: false,
            thousands: 0,
            percents: 0,
            exponent_sign: None,
        };
        let mut seen_point = false;
        // Commas since the last placeholder, as long as nothing else stood between.
        let mut commas = 0;
        let mut follows_digit = false;
        for (index, token) in section.tokens.iter().enumerate() {
            match token {
                Token::Digit(_) => {
                    let places = match (plan.exponent_sign, seen_point) {
                        (Some(_), _) => &mut plan.exponent,
                        (None, false) => &mut plan.whole,
                        (None, true) => &mut plan.fraction,
                    };
                    places.push(index);
                    plan.is_grouped |= commas > 0;
                    commas = 0;
                    follows_digit = true;
                    continue;
                }
                Token::Comma if follows_digit => {
                    commas += 1;
                    continue;
                }
                // A comma after something else is neither grouping nor scaling.
                Token::Comma => return None,
                Token::Point if seen_point || plan.exponent_sign.is_some() => return None,
                Token::Point => seen_point = true,
                Token::Percent => plan.percents += 1,
                Token::Exponent(_) if plan.exponent_sign.is_some() => return None,
                Token::Exponent(with_plus) => plan.exponent_sign = Some(*with_plus),
                _ => {}
            }
            plan.thousands += commas;
            commas = 0;
            follows_digit = false;
        }
        plan.thousands += commas;
        let is_sound = plan.exponent_sign.is_none() || !(plan.exponent.is_empty() || plan.whole.is_empty());
        (is_sound && plan.thousands <= 8 && plan.percents <= 4).then_some(plan)
    }
}

/// Returns the value as a mantissa of at most `step` whole digits and a power of ten that is a multiple of `step`.
fn mantissa(value: Decimal, step: i32, places: u32) -> (Decimal, i32) {
    if value.is_zero() {
        return (value, 0);
    }
    let exponent = general::exponent(value.normalize());
    let power = exponent - exponent.rem_euclid(step);
    let mantissa = general::shifted(value, -power);
    if general::exponent(round(mantissa, places).normalize()) >= step {
        (general::shifted(mantissa, -step), power + step)
    } else {
        (mantissa, power)
    }
}

/// Digits before the point, from the right; the first placeholder takes what is left over.
fn fill_whole(pieces: &mut [String], section: &Section, places: &[usize], digits: &str, is_grouped: bool) {
    let mut left = digits.chars().rev();
    let mut written = 0;
    for (position, &index) in places.iter().enumerate().rev() {
        let (Some(piece), Some(Token::Digit(kind))) = (pieces.get_mut(index), section.tokens.get(index)) else {
            continue;
        };
        let mut reversed = String::new();
        let mut push = |c: char| {
            if is_grouped && written > 0 && written % 3 == 0 {
                reversed.push(if c == ' ' { ' ' } else { ',' });
            }
            reversed.push(c);
            written += 1;
        };
        match (left.next(), kind) {
            (Some(digit), _) => push(digit),
            (None, '0') => push('0'),
            (None, '?') => push(' '),
            (None, _) => {}
        }
        if position == 0 {
            left.by_ref().for_each(&mut push);
        }
        *piece = reversed.chars().rev().collect();
    }
}

/// Digits after the point, from the left; zeros at the end show only where a placeholder asks for them.
fn fill_fraction(pieces: &mut [String], section: &Section, places: &[usize], digits: &str) {
    let mut left = digits.chars();
    for &index in places {
        let (Some(piece), Some(Token::Digit(kind))) = (pieces.get_mut(index), section.tokens.get(index)) else {
            continue;
        };
        match (left.next(), kind) {
            (Some(digit), _) => piece.push(digit),
            (None, '0') => piece.push('0'),
            (None, '?') => piece.push(' '),
            (None, _) => {}
        }
    }
}
