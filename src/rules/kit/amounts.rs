//! Amounts of money as people write them in sentences, and the fund block's unit in yuan.

use rust_decimal::Decimal;

use crate::model::MoneyUnit;

/// An amount as written in a text.
pub struct Written {
    /// The number, in `unit`.
    pub number: Decimal,
    /// Yuan to one of its unit.
    pub unit: Decimal,
    /// Number and unit, for messages.
    pub text: String,
}

/// More digits than this are no amount.
const MOST_DIGITS: usize = 15;

/// Amounts with a unit of money in a text without white space. One that says 约, 超过 or 余 is not meant to be exact.
pub fn written(text: &str) -> Vec<Written> {
    let is_of_number = |byte: u8| byte.is_ascii_digit() || matches!(byte, b'.' | b',');
    let mut amounts = Vec::new();
    let mut rest = text;
    let mut before = None;
    while let Some(start) = rest.bytes().position(is_of_number) {
        let Some((lead, from_number)) = rest.split_at_checked(start) else {
            break;
        };
        before = lead.chars().next_back().or(before);
        let length = from_number.bytes().take_while(|byte| is_of_number(*byte)).count();
        let Some((number, after)) = from_number.split_at_checked(length) else {
            break;
        };
        let is_vague = before.is_some_and(|c| "约近超过达逾足第-~至".contains(c));
        if let Some((word, unit)) = unit_of(after).filter(|_| !is_vague && number.len() <= MOST_DIGITS)
            && let Ok(value) = Decimal::from_str_exact(&number.replace(',', ""))
        {
            amounts.push(Written {
                number: value,
                unit,
                text: format!("{number}{word}"),
            });
        }
        before = number.chars().last();
        rest = after;
    }
    amounts
}

/// Returns the unit of money that a text begins with, in yuan. 万 alone is one only at the end of a phrase: 万人,
/// 万亩.
fn unit_of(text: &str) -> Option<(&'static str, Decimal)> {
    let units = [
        ("亿元", 100_000_000_u32),
        ("万元", 10_000),
        ("亿", 100_000_000),
        ("万", 10_000),
        ("元", 1),
    ];
    let (word, yuan) = units.into_iter().find(|(word, _)| text.starts_with(word))?;
    let next = text.get(word.len()..).and_then(|rest| rest.chars().next());
    let ends = if word.ends_with('元') {
        next.is_none_or(|c| !"/每余多左".contains(c))
    } else {
        next.is_none_or(|c| ",.;:+、。()".contains(c))
    };
    ends.then(|| (word, Decimal::from(yuan)))
}

/// Yuan to one of the fund block's unit.
pub const fn yuan(unit: MoneyUnit) -> Decimal {
    unit.yuan()
}
