//! One indicator against the standard: what was aimed at, what was reached, and what that is worth.
//!
//! Rules read the [`Assessment`] instead of parsing again. Declared scores play no part here, with one exception
//! that the regulation itself makes (a reasoned deduction for a target set too low).

use rust_decimal::Decimal;

use super::direction::{self, Direction, DirectionSource};
use super::{deadline, figure_dates, named_rate, quality, quantity, satisfaction};
use crate::model::measure::{
    ColumnUnit, Dimension, Measure, MeasureKind, OperatorWord, UnitRelation, normalise, shown,
};
use crate::model::{Evaluation, Field, Indicator, RescoringMethod};
use crate::standard::Standard;

/// Exact points that a score may have, before rounding. One value where both ends are equal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Expected {
    /// Least.
    pub min: Decimal,
    /// Greatest.
    pub max: Decimal,
}

impl Expected {
    /// Returns one value.
    pub const fn exactly(points: Decimal) -> Self {
        Self {
            min: points,
            max: points,
        }
    }
}

/// Two figures that were compared, and what was noticed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figures {
    /// The target's number in the common unit.
    pub target: Decimal,
    /// The actual's number in the same unit.
    pub actual: Decimal,
    /// How the units stood to each other.
    pub relation: UnitRelation,
    /// Actual ÷ target; `None` when the target is zero.
    pub achievement: Option<Decimal>,
}

/// One indicator, understood.
#[derive(Debug, Clone, PartialEq)]
pub struct Assessment {
    /// 年度指标值.
    pub target: Measure,
    /// 实际完成值.
    pub actual: Measure,
    /// 指标性质 column.
    pub operator: Option<OperatorWord>,
    /// 计量单位 column.
    pub column_unit: Option<ColumnUnit>,
    /// Whether more or less is better; `None` when it cannot be told.
    pub direction: Option<Direction>,
    /// What told the direction.
    pub direction_source: DirectionSource,
    /// Both figures on one footing, where there are two that compare.
    pub figures: Option<Figures>,
    /// Both values have units and these do not convert (人 and 人次).
    pub units_differ: bool,
    /// Neither value has a unit, nothing else gives one, and they are too far apart to be surely of one kind.
    pub needs_unit: bool,
    /// 10, 100, 1000 or 10000 when the two are written that many times apart (0.95 beside 95%, 元 beside 万元).
    pub times_apart: Option<u32>,
    /// Whether the target was reached, where that can be told.
    pub met: Option<bool>,
    /// How the score was found.
    pub method: RescoringMethod,
    /// Points due; `None` when manual or without a weight.
    pub expected: Option<Expected>,
    /// The derivation, or for manual the reason.
    pub trace: String,
}

impl Assessment {
    /// A figure is due and the actual, which reads so, says only words (完成 for ≤30万元).
    pub fn is_text_for_quantity(&self, said: &str) -> bool {
        self.target.is_quantitative()
            && self.operator != Some(OperatorWord::Qualitative)
            && !self.actual.is_missing()
            && !self.actual.has_figures()
            && !self.says_the_whole(said)
            && !self.says_none(said)
    }

    /// 均无投诉 where few or none are wanted says 0 in words, which a person can hold against the target.
    fn says_none(&self, said: &str) -> bool {
        const NONE: [&str; 5] = ["无", "未发生", "未出现", "没有发生", "未收到"];
        let MeasureKind::Quantity(target) = &self.target.kind else {
            return false;
        };
        let is_wanted = target.value.is_zero()
            || self.direction == Some(Direction::Inverse) && target.unit.dimension() != Dimension::Money;
        is_wanted && NONE.iter().any(|word| said.contains(word))
    }

    /// 全覆盖, 全部合格 or 均通过验收 where a percentage is due says 100% in words, which a person can hold against the
    /// target.
    fn says_the_whole(&self, said: &str) -> bool {
        const WHOLE: [&str; 3] = ["全覆盖", "全部", "全面"];
        const EACH: [&str; 2] = ["均", "都"];
        const NOT_EACH: [&str; 4] = ["均未", "均不", "均无", "都没"];
        let said = normalise(said);
        let starts_with = |words: &[&str]| words.iter().any(|word| said.starts_with(word));
        let is_ratio =
            matches!(&self.target.kind, MeasureKind::Quantity(target) if target.unit.dimension() == Dimension::Ratio);
        let is_whole = WHOLE.iter().any(|word| said.contains(word)) && !said.starts_with('未');
        is_ratio && (is_whole || starts_with(&EACH) && !starts_with(&NOT_EACH))
    }

    /// Returns whether the score follows from figures (met, ratio or inverse) in the given direction.
    pub fn is_scored_by_figures(&self, direction: Direction) -> bool {
        self.figures.is_some() && self.direction == Some(direction) && self.method != RescoringMethod::Manual
    }
}

/// What the parts of the assessment share.
pub(super) struct Context<'a> {
    pub(super) indicator: &'a Indicator,
    pub(super) standard: &'a Standard,
    pub(super) year: Option<i32>,
    pub(super) weight: Decimal,
    pub(super) target: &'a Measure,
    pub(super) actual: &'a Measure,
    pub(super) operator: Option<OperatorWord>,
    pub(super) column_unit: Option<&'a ColumnUnit>,
    pub(super) direction: Option<Direction>,
    pub(super) source: &'a DirectionSource,
    /// Target and actual say the same, up to spelling.
    pub(super) same_text: bool,
}

/// What one way of scoring found.
pub(super) struct Outcome {
    pub(super) method: RescoringMethod,
    pub(super) met: Option<bool>,
    pub(super) expected: Option<Expected>,
    pub(super) trace: String,
    pub(super) figures: Option<Figures>,
    pub(super) units_differ: bool,
    pub(super) needs_unit: bool,
    pub(super) times_apart: Option<u32>,
}

impl Outcome {
    pub(super) fn new(method: RescoringMethod, met: Option<bool>, expected: Expected, trace: String) -> Self {
        Self {
            method,
            met,
            expected: Some(expected),
            trace,
            figures: None,
            units_differ: false,
            needs_unit: false,
            times_apart: None,
        }
    }

    pub(super) fn manual(reason: impl Into<String>) -> Self {
        Self {
            method: RescoringMethod::Manual,
            met: None,
            expected: None,
            trace: reason.into(),
            figures: None,
            units_differ: false,
            needs_unit: false,
            times_apart: None,
        }
    }
}

/// Assesses one indicator of a table of the given year.
pub fn assess(indicator: &Indicator, year: Option<i32>, standard: &Standard) -> Assessment {
    let column_unit = ColumnUnit::parse(text(&indicator.measure_unit));
    assess_with(indicator, column_unit, year, standard)
}

/// [`assess`] with what the column of units says.
fn assess_with(
    indicator: &Indicator,
    column_unit: Option<ColumnUnit>,
    year: Option<i32>,
    standard: &Standard,
) -> Assessment {
    let (target_text, actual_text) = (text(&indicator.target), text(&indicator.actual));
    let (target_text, actual_text) = (normalise(target_text), normalise(actual_text));
    let (target, actual) = figure_dates::read(
        indicator,
        year,
        (Measure::parse_normalised(&target_text), &target_text),
        (Measure::parse_normalised(&actual_text), &actual_text),
    );
    let operator = OperatorWord::parse(text(&indicator.operator));
    let (direction, source) = direction::find(indicator, &target, operator, column_unit.as_ref(), standard);
    let context = Context {
        indicator,
        standard,
        year,
        weight: indicator.weight.as_ref().map_or(Decimal::ZERO, |field| field.value),
        target: &target,
        actual: &actual,
        operator,
        column_unit: column_unit.as_ref(),
        direction,
        source: &source,
        same_text: target_text == actual_text || target == actual,
    };
    let outcome = less_deductions(&context, decide(&context));
    let weighed = indicator.weight.is_some();
    Assessment {
        operator,
        column_unit,
        direction,
        direction_source: source,
        figures: outcome.figures,
        units_differ: outcome.units_differ,
        needs_unit: outcome.needs_unit,
        times_apart: outcome.times_apart,
        met: outcome.met,
        method: if weighed {
            outcome.method
        } else {
            RescoringMethod::Manual
        },
        expected: outcome.expected.filter(|_| weighed),
        trace: if weighed {
            outcome.trace
        } else {
            "没有分值，无法复算得分".to_owned()
        },
        target,
        actual,
    }
}

/// Returns what is due once the points of the standard's deduction columns are taken off.
fn less_deductions(context: &Context<'_>, outcome: Outcome) -> Outcome {
    let columns = &context.standard.deduction_columns;
    let is_deduction = |label: &str| columns.iter().any(|known| *known == normalise(label));
    let taken_off = context
        .indicator
        .extra
        .iter()
        .filter(|extra| is_deduction(&extra.label));
    let taken_off = taken_off.filter_map(|extra| Some(Measure::parse(&extra.value.value).quantity()?.value.abs()));
    let sum = taken_off.fold(Decimal::ZERO, Decimal::saturating_add);
    match outcome.expected {
        Some(Expected { min, max }) if !sum.is_zero() => {
            let less = |points: Decimal| points.saturating_sub(sum).max(Decimal::ZERO);
            Outcome {
                expected: Some(Expected {
                    min: less(min),
                    max: less(max),
                }),
                trace: format!("{}；扣减 {}", outcome.trace, shown(sum)),
                ..outcome
            }
        }
        _ => outcome,
    }
}

fn text(field: &Option<Field<String>>) -> &str {
    field.as_ref().map_or("", |field| field.value.as_str())
}

/// Assesses every indicator of a table, in its order.
pub fn assess_all(evaluation: &Evaluation, standard: &Standard) -> Vec<Assessment> {
    let year = evaluation.year.as_ref().map(|field| field.value);
    // Most rows have the unit of the row above.
    let mut above: Option<(&str, Option<ColumnUnit>)> = None;
    let assessments = evaluation.indicators.iter().map(|indicator| {
        let written = text(&indicator.measure_unit);
        let unit = match above.take() {
            Some((same, unit)) if same == written => unit,
            _ => ColumnUnit::parse(written),
        };
        above = Some((written, unit.clone()));
        assess_with(indicator, unit, year, standard)
    });
    assessments.collect()
}

fn decide(context: &Context<'_>) -> Outcome {
    use MeasureKind::{Boolean, Date, Growth, Nothing, Punctual, Quantity, Range, Rank, Scale, Several, Text, Tier};
    let missing = (context.target.is_missing(), context.actual.is_missing());
    match missing {
        (true, true) => return Outcome::manual("没有指标值，也没有完成值"),
        (true, false) => return Outcome::manual("没有指标值，无法判断是否完成"),
        (false, true) => return Outcome::manual("没有完成值"),
        (false, false) => {}
    }
    if context.weight < Decimal::ZERO {
        return Outcome::manual("分值为负数");
    }
    if let Some(outcome) = named_rate::score(context).or_else(|| satisfaction::score(context)) {
        return outcome;
    }
    if context.operator == Some(OperatorWord::Qualitative) && context.target.is_quantitative() {
        return if context.actual.is_quantitative() && !context.same_text {
            Outcome::manual("指标性质为定性，指标值和完成值却是数字")
        } else {
            quality::score(context)
        };
    }
    match (&context.target.kind, &context.actual.kind) {
        (Several(_), _) => Outcome::manual("指标值里有多个数值，需逐项核对"),
        (_, Several(_)) => Outcome::manual("完成值里有多个数值，需逐项核对"),
        (Range { low, high }, Quantity(actual)) => quantity::score_range(context, *low, high, actual),
        (Range { .. }, _) => Outcome::manual("指标值是区间，完成值不是一个数"),
        (Growth { .. }, _) => Outcome::manual("指标值是增减幅度，需结合基期数核对"),
        (Quantity(_), Growth { .. }) => Outcome::manual("完成值是增减幅度，指标值不是"),
        (Quantity(_), Range { .. }) => Outcome::manual("完成值是区间，无法按数值计分"),
        (Quantity(target), Quantity(actual)) => quantity::score(context, target, actual),
        (Quantity(target), Nothing) => quantity::score_nothing(context, target),
        (Quantity(_), Text(words)) if words.contains(|c: char| c.is_ascii_digit()) => {
            Outcome::manual("指标值是数量，完成值不只是一个数量，需人工对照")
        }
        (Quantity(_), _) => Outcome::manual("指标值是数量，完成值没有数量"),
        (Nothing, Nothing) => quantity::score_none_of(context, None),
        (Nothing, Quantity(actual)) => quantity::score_none_of(context, Some(actual)),
        (Date(target), _) => deadline::score(context, target),
        (Boolean { .. } | Rank(_) | Scale { .. } | Tier(_) | Text(_) | Punctual | Nothing, _) => {
            quality::score(context)
        }
        (MeasureKind::Blank | MeasureKind::Placeholder, _) => Outcome::manual("没有指标值，无法判断是否完成"),
    }
}
