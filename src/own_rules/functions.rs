//! Arithmetic, comparison and the functions of conditions, exact in decimals.

use std::cmp::Ordering;

use rust_decimal::{Decimal, RoundingStrategy};

use super::evaluate::{Failure, Steps};
use super::names;
use super::node::{Function, Operator};
use super::value::{Data, Value};
use crate::model::measure::{Dimension, Measure, MeasureKind};

/// Characters of a text that are worth one step.
const CHARACTERS_A_STEP: usize = 32;

fn costly(texts: &[&str], steps: &mut Steps) -> Result<(), Failure> {
    let length: usize = texts.iter().map(|text| text.len()).sum();
    steps.take(length / CHARACTERS_A_STEP)
}

/// Returns the value as a number.
fn number(value: &Value<'_>) -> Result<Decimal, Failure> {
    match &value.data {
        Data::Number(number) => Ok(*number),
        Data::Missing(why) => Err(missing(value, *why)),
        other => Err(Failure::Undecided(
            format!("这里要用数，{}是{}；文字里的数请写 数(…)", told(value), other.kind()),
            value.place,
        )),
    }
}

fn missing(value: &Value<'_>, why: Option<&'static str>) -> Failure {
    let why = why.map_or_else(|| format!("{}空白", told(value)), str::to_owned);
    Failure::Undecided(why, value.place)
}

/// Returns how a value is called: by its field and cell, where it has one.
fn told(value: &Value<'_>) -> String {
    match value.place {
        Some(place) => format!("{} 的“{}”", place.cell, names::chinese(place.field)),
        None => "其中一个值".to_owned(),
    }
}

/// Returns a sum, difference, product or quotient.
pub(super) fn arithmetic<'a>(operator: Operator, one: &Value<'_>, other: &Value<'_>) -> Result<Value<'a>, Failure> {
    let (left, right) = (number(one)?, number(other)?);
    let outcome = match operator {
        Operator::Subtract => left.checked_sub(right),
        Operator::Multiply => left.checked_mul(right),
        Operator::Divide if right.is_zero() => return Err(Failure::Undecided("除数是 0".to_owned(), other.place)),
        Operator::Divide => left.checked_div(right),
        _ => left.checked_add(right),
    };
    let outcome = outcome.ok_or_else(|| Failure::undecided("数太大，算不出来"))?;
    Ok(Data::Number(outcome).into())
}

/// Returns which of two numbers is the greater.
pub(super) fn compared(one: &Value<'_>, other: &Value<'_>) -> Result<Ordering, Failure> {
    Ok(number(one)?.cmp(&number(other)?))
}

/// Returns whether two values are the same. A blank cell holds no text, but which number it should hold nobody knows.
pub(super) fn equal(one: &Value<'_>, other: &Value<'_>, steps: &mut Steps) -> Result<bool, Failure> {
    match (&one.data, &other.data) {
        (Data::Null, Data::Null | Data::Missing(_)) | (Data::Missing(_), Data::Null) => Ok(true),
        (Data::Null, _) | (_, Data::Null) => Ok(false),
        (Data::Number(left), Data::Number(right)) => Ok(left == right),
        (Data::Bool(left), Data::Bool(right)) => Ok(left == right),
        (Data::Text(left), Data::Text(right)) => {
            costly(&[left, right], steps)?;
            Ok(left.trim() == right.trim())
        }
        (Data::Missing(_), Data::Text(_)) | (Data::Text(_), Data::Missing(_)) => Ok(false),
        (Data::Missing(why), _) => Err(missing(one, *why)),
        (_, Data::Missing(why)) => Err(missing(other, *why)),
        (left, right) => Err(Failure::Undecided(
            format!("{}和{}不能比较是否相等", left.kind(), right.kind()),
            one.place.or(other.place),
        )),
    }
}

fn text<'v>(value: &'v Value<'_>) -> Result<&'v str, Failure> {
    match &value.data {
        Data::Text(text) => Ok(text.trim()),
        Data::Missing(_) | Data::Null => Ok(""),
        other => Err(Failure::Undecided(
            format!("这里要用文字，{}是{}", told(value), other.kind()),
            value.place,
        )),
    }
}

fn list<'v, 'a>(value: &'v Value<'a>) -> Result<&'v [Value<'a>], Failure> {
    match &value.data {
        Data::List(values) => Ok(values),
        other => Err(Failure::undecided(format!("这里要用一列值，不能用{}", other.kind()))),
    }
}

/// Returns what a function gives; the number of its arguments has been checked.
pub(super) fn call<'a>(function: Function, args: &[Value<'a>], steps: &mut Steps) -> Result<Value<'a>, Failure> {
    let nothing = Value::from(Data::Null);
    let one = args.first().unwrap_or(&nothing);
    let other = args.get(1).unwrap_or(&nothing);
    let data = match function {
        Function::Size => match &one.data {
            Data::List(values) => Data::Number(Decimal::from(values.len())),
            _ => {
                let text = text(one)?;
                costly(&[text], steps)?;
                Data::Number(Decimal::from(text.chars().count()))
            }
        },
        Function::Contains | Function::StartsWith | Function::EndsWith => {
            let (whole, part) = (text(one)?, text(other)?);
            costly(&[whole, part], steps)?;
            Data::Bool(match function {
                Function::Contains => whole.contains(part),
                Function::StartsWith => whole.starts_with(part),
                _ => whole.ends_with(part),
            })
        }
        Function::Filled => Data::Bool(!matches!(one.data, Data::Missing(_) | Data::Null)),
        Function::Number => {
            return Ok(Value {
                data: Data::Number(quantity(one)?),
                place: one.place,
            });
        }
        Function::Abs => Data::Number(number(one)?.abs()),
        Function::Round => {
            let digits = u32::try_from(number(other)?).ok().filter(|digits| *digits <= 20);
            let digits = digits.ok_or_else(|| Failure::undecided("四舍五入的位数应是 0 到 20"))?;
            let strategy = RoundingStrategy::MidpointAwayFromZero;
            Data::Number(number(one)?.round_dp_with_strategy(digits, strategy))
        }
        Function::Sum => {
            let values = list(one)?;
            steps.take(values.len())?;
            let mut sum = Value::from(Data::Number(Decimal::ZERO));
            for value in values {
                sum = arithmetic(Operator::Add, &sum, value)?;
            }
            return Ok(sum);
        }
        Function::Min | Function::Max => return extreme(list(one)?, function == Function::Max, steps),
    };
    Ok(data.into())
}

fn extreme<'a>(values: &[Value<'a>], greatest: bool, steps: &mut Steps) -> Result<Value<'a>, Failure> {
    steps.take(values.len())?;
    let mut best: Option<(Decimal, &Value<'a>)> = None;
    for value in values {
        let number = number(value)?;
        let is_better = best.is_none_or(|(so_far, _)| if greatest { number > so_far } else { number < so_far });
        if is_better {
            best = Some((number, value));
        }
    }
    best.map(|(_, value)| value.clone())
        .ok_or_else(|| Failure::undecided("一个值也没有，说不出最大和最小"))
}

/// Returns the number that a text says: without its sign and unit, a percentage as a ratio, 万 and 亿 multiplied in.
fn quantity(value: &Value<'_>) -> Result<Decimal, Failure> {
    let written = match &value.data {
        Data::Number(number) => return Ok(*number),
        Data::Missing(why) => return Err(missing(value, *why)),
        _ => text(value)?,
    };
    let number = match Measure::parse(written).kind {
        MeasureKind::Quantity(quantity) if quantity.unit.dimension() == Dimension::Ratio => quantity.base(),
        MeasureKind::Quantity(quantity) => quantity.scaled(),
        _ => None,
    };
    number.ok_or_else(|| Failure::Undecided(format!("{}不是一个数", told(value)), value.place))
}
