//! Working a condition out: exactly, in a bounded number of steps, and never guessing at what is blank.
//!
//! CEL's own interpreter knows no decimals, cannot be stopped and cannot say where a value stands, so only its grammar
//! is used. `&&` and `||` are as there: what decides the outcome hides what cannot be decided.

use std::borrow::Cow;
use std::rc::Rc;

use rust_decimal::Decimal;

use super::fields::Fields;
use super::functions::{arithmetic, call, compared, equal};
use super::node::{Loop, Node, Operator};
use super::value::{Data, Place, Row, Value};

/// Steps that one rule may take on one table: enough for each pair of 300 indicators, some milliseconds.
pub(super) const MOST_STEPS: u64 = 500_000;

/// Why a condition has no outcome.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Failure {
    /// A cell is blank, or values do not go together.
    Undecided(String, Option<Place>),
    /// Too many steps.
    Exhausted,
}

impl Failure {
    pub(super) fn undecided(why: impl Into<String>) -> Self {
        Self::Undecided(why.into(), None)
    }
}

/// Steps that are left.
#[derive(Debug)]
pub(super) struct Steps(u64);

impl Steps {
    pub(super) const fn new(most: u64) -> Self {
        Self(most)
    }

    /// Returns how many of those that were allowed have been taken.
    pub(super) const fn taken_of(&self, allowed: u64) -> u64 {
        allowed.saturating_sub(self.0)
    }

    /// Takes some; at the end nothing more goes.
    pub(super) fn take(&mut self, count: usize) -> Result<(), Failure> {
        let count = u64::try_from(count).unwrap_or(u64::MAX);
        match self.0.checked_sub(count) {
            Some(left) => {
                self.0 = left;
                Ok(())
            }
            None => {
                self.0 = 0;
                Err(Failure::Exhausted)
            }
        }
    }
}

/// One condition at one row.
#[derive(Debug)]
pub(super) struct Evaluator<'a, 's> {
    fields: Fields<'a>,
    row: Row,
    cell: Option<Place>,
    locals: Vec<Value<'a>>,
    steps: &'s mut Steps,
}

impl<'a, 's> Evaluator<'a, 's> {
    pub(super) const fn new(fields: Fields<'a>, row: Row, steps: &'s mut Steps) -> Self {
        Self {
            fields,
            row,
            cell: None,
            locals: Vec::new(),
            steps,
        }
    }

    /// Returns the same with the cell that a message speaks of.
    pub(super) const fn speaking_of(mut self, cell: Place) -> Self {
        self.cell = Some(cell);
        self
    }

    /// Returns whether a condition holds.
    pub(super) fn holds(&mut self, node: &'a Node) -> Result<bool, Failure> {
        let value = self.value(node)?;
        truth(&value)
    }

    /// Returns what a part of a condition is worth.
    pub(super) fn value(&mut self, node: &'a Node) -> Result<Value<'a>, Failure> {
        self.steps.take(1)?;
        Ok(match node {
            Node::Number(number) => Data::Number(*number).into(),
            Node::Text(text) => Data::Text(Cow::Borrowed(text)).into(),
            Node::Bool(truth) => Data::Bool(*truth).into(),
            Node::Null => Data::Null.into(),
            Node::Field(field) => {
                let own = self.fields.get(self.row, field);
                let value = own.or_else(|| self.fields.get(Row::Table, field));
                return self.counted(value.ok_or_else(|| no_such_field(field))?);
            }
            Node::Cell => {
                let cell = self.cell.map(|place| place.cell.to_string());
                Data::Text(Cow::Owned(cell.unwrap_or_default())).into()
            }
            Node::Local(index) => return self.local(*index).cloned(),
            Node::Select(row, field) => return self.select(row, field),
            Node::Index(list, index) => return self.element(list, index),
            Node::Not(inner) => Data::Bool(!self.holds(inner)?).into(),
            Node::Negate(inner) => {
                let inner = self.value(inner)?;
                let nothing = Value::from(Data::Number(Decimal::ZERO));
                arithmetic(Operator::Subtract, &nothing, &inner)?
            }
            Node::NotFalse(inner) => match self.holds(inner) {
                Err(Failure::Exhausted) => return Err(Failure::Exhausted),
                outcome => Data::Bool(outcome.unwrap_or(true)).into(),
            },
            Node::And(one, other) => self.decided(one, other, false)?,
            Node::Or(one, other) => self.decided(one, other, true)?,
            Node::Choice(asked, one, other) => {
                let chosen = if self.holds(asked)? { one } else { other };
                return self.value(chosen);
            }
            Node::Binary(operator, one, other) => self.binary(*operator, one, other)?,
            Node::Call(function, args) => {
                let args: Vec<Value<'a>> = args.iter().map(|arg| self.value(arg)).collect::<Result<_, _>>()?;
                call(*function, &args, self.steps)?
            }
            Node::List(elements) => {
                let elements: Vec<Value<'a>> = elements
                    .iter()
                    .map(|element| self.value(element))
                    .collect::<Result<_, _>>()?;
                Data::List(Rc::new(elements)).into()
            }
            Node::Append(index, element) => {
                let element = self.value(element)?;
                return self.append(*index, element);
            }
            Node::Loop(each) => return self.each(each),
        })
    }

    /// Lists of rows are made anew each time that they are named, and that takes its time.
    fn counted(&mut self, value: Value<'a>) -> Result<Value<'a>, Failure> {
        if let Data::List(values) = &value.data {
            self.steps.take(values.len())?;
        }
        Ok(value)
    }

    fn local(&self, index: usize) -> Result<&Value<'a>, Failure> {
        self.locals.get(index).ok_or_else(|| Failure::undecided("变量没有值"))
    }

    fn select(&mut self, row: &'a Node, field: &'static str) -> Result<Value<'a>, Failure> {
        let of = self.value(row)?;
        let Data::Row(row) = of.data else {
            return Err(Failure::undecided(format!(
                "点号前面应是一行，这里是{}",
                of.data.kind()
            )));
        };
        self.fields.get(row, field).ok_or_else(|| no_such_field(field))
    }

    fn element(&mut self, list: &'a Node, index: &'a Node) -> Result<Value<'a>, Failure> {
        let (list, index) = (self.value(list)?, self.value(index)?);
        let (Data::List(values), Data::Number(index)) = (&list.data, &index.data) else {
            return Err(Failure::undecided("方括号前面应是一列值，里面应是数"));
        };
        let place = index.is_integer().then(|| usize::try_from(*index).ok()).flatten();
        let element = place.and_then(|place| values.get(place));
        element
            .cloned()
            .ok_or_else(|| Failure::undecided(format!("一列值有 {} 个，没有第 {index} 个（从 0 数起）", values.len())))
    }

    fn decided(&mut self, one: &'a Node, other: &'a Node, deciding: bool) -> Result<Value<'a>, Failure> {
        let left = match self.holds(one) {
            Ok(left) if left == deciding => return Ok(Data::Bool(deciding).into()),
            Err(Failure::Exhausted) => return Err(Failure::Exhausted),
            left => left,
        };
        let right = self.holds(other)?;
        if right == deciding {
            return Ok(Data::Bool(deciding).into());
        }
        left.map(|_| Data::Bool(right).into())
    }

    fn binary(&mut self, operator: Operator, one: &'a Node, other: &'a Node) -> Result<Value<'a>, Failure> {
        let (one, other) = (self.value(one)?, self.value(other)?);
        let truth = match operator {
            Operator::Add | Operator::Subtract | Operator::Multiply | Operator::Divide => {
                return arithmetic(operator, &one, &other);
            }
            Operator::Equal => equal(&one, &other, self.steps)?,
            Operator::Unequal => !equal(&one, &other, self.steps)?,
            Operator::Less => compared(&one, &other)?.is_lt(),
            Operator::AtMost => compared(&one, &other)?.is_le(),
            Operator::Greater => compared(&one, &other)?.is_gt(),
            Operator::AtLeast => compared(&one, &other)?.is_ge(),
            Operator::In => {
                let Data::List(values) = &other.data else {
                    return Err(Failure::undecided("in 的后面应是一列值，例如 [\"优\", \"良\"]"));
                };
                let mut is_in = false;
                for value in values.iter() {
                    is_in = is_in || equal(&one, value, self.steps)?;
                }
                is_in
            }
        };
        Ok(Data::Bool(truth).into())
    }

    fn append(&mut self, index: usize, element: Value<'a>) -> Result<Value<'a>, Failure> {
        // The list is taken out of its variable, so that it is not copied: the outcome of the step takes its place.
        let taken = match self.locals.get_mut(index) {
            Some(local) => std::mem::replace(local, Data::Null.into()),
            None => return Err(Failure::undecided("变量没有值")),
        };
        let Data::List(mut values) = taken.data else {
            return Err(Failure::undecided("只有数能相加"));
        };
        Rc::make_mut(&mut values).push(element);
        Ok(Data::List(values).into())
    }

    fn each(&mut self, each: &'a Loop) -> Result<Value<'a>, Failure> {
        let range = self.value(&each.range)?;
        let Data::List(values) = &range.data else {
            return Err(Failure::undecided(format!(
                "筛选、存在、全部要对一列值用，例如 指标，这里是{}",
                range.data.kind()
            )));
        };
        let start = self.value(&each.start)?;
        let outside = self.locals.len();
        self.locals.push(start);
        let outcome = self.over(each, values, outside);
        self.locals.truncate(outside);
        outcome
    }

    fn over(&mut self, each: &'a Loop, values: &[Value<'a>], gathered: usize) -> Result<Value<'a>, Failure> {
        // An element that cannot be decided matters only where no other decides the outcome.
        let mut undecided = None;
        for value in values {
            if !self.holds(&each.going)? {
                break;
            }
            self.locals.push(value.clone());
            let step = self.value(&each.step);
            self.locals.truncate(gathered + 1);
            match step {
                Ok(next) => {
                    if let Some(local) = self.locals.get_mut(gathered) {
                        *local = next;
                    }
                }
                Err(failure @ Failure::Undecided(..)) if is_of_truths(&each.start) => {
                    undecided = undecided.or(Some(failure));
                }
                Err(failure) => return Err(failure),
            }
        }
        let outcome = self.value(&each.result)?;
        match (undecided, &outcome.data, &each.start) {
            // `all` that is false and `exists` that is true are so whatever the rest would be.
            (Some(_), Data::Bool(outcome_is), Node::Bool(start)) if outcome_is != start => Ok(outcome),
            (Some(failure), ..) => Err(failure),
            (None, ..) => Ok(outcome),
        }
    }
}

const fn is_of_truths(start: &Node) -> bool {
    matches!(start, Node::Bool(_))
}

fn no_such_field(field: &str) -> Failure {
    Failure::undecided(format!("这一行没有“{}”", super::names::chinese(field)))
}

fn truth(value: &Value<'_>) -> Result<bool, Failure> {
    match &value.data {
        Data::Bool(truth) => Ok(*truth),
        other => Err(Failure::Undecided(
            format!("条件的结果须是真或假，这里得出的是{}", other.kind()),
            value.place,
        )),
    }
}
