//! Weights written as fractions of the whole, beside scores in points: 0.3 of 100.

use rust_decimal::Decimal;

use super::Binder;
use crate::model::{Field, FundSource, ReadingGuess};

/// Fractions are written with so much less than one.
const TOLERANCE: Decimal = Decimal::from_parts(1, 0, 0, false, 3);

impl Binder<'_, '_> {
    /// Reads weights that together are one as parts of a hundred, where the scores beside them are points.
    pub(super) fn settle_fractions(&mut self) {
        let evaluation = &mut self.evaluation;
        let is_part = |weight: Decimal| weight > Decimal::ZERO && weight < Decimal::ONE;
        let weights = || evaluation.indicators.iter().filter_map(|row| row.weight.as_ref());
        let (Some(first), Some(_)) = (weights().next(), weights().nth(1)) else {
            return;
        };
        if !weights().all(|weight| is_part(weight.value)) {
            return;
        }
        let sum = weights()
            .map(|weight| weight.value)
            .fold(Decimal::ZERO, Decimal::saturating_add);
        let fund = evaluation.funds.iter().find(|fund| fund.source == FundSource::Total);
        let of_fund = fund.and_then(|fund| fund.weight.as_ref()).map(|weight| weight.value);
        let of_fund = of_fund.filter(|weight| is_part(*weight));
        let is_whole = |sum: Decimal| sum.saturating_sub(Decimal::ONE).abs() <= TOLERANCE;
        let are_fractions = is_whole(sum) || of_fund.is_some_and(|weight| is_whole(sum.saturating_add(weight)));
        let are_points = evaluation
            .indicators
            .iter()
            .filter_map(|row| row.score.as_ref())
            .any(|score| score.value > Decimal::ONE);
        if !are_fractions || !are_points {
            return;
        }
        let cell = first.cell;
        let rows = evaluation.indicators.iter_mut();
        let of_rows = rows.flat_map(|row| [&mut row.level1_weight, &mut row.level2_weight, &mut row.weight]);
        let of_funds = evaluation.funds.iter_mut().map(|fund| &mut fund.weight);
        let of_total = evaluation.total.iter_mut().map(|total| &mut total.weight);
        of_rows
            .chain(of_funds)
            .chain(of_total)
            .flatten()
            .for_each(bring_to_points);
        self.guesses.push(ReadingGuess {
            cell,
            message: "分值写成小数，合计是 1，得分是分数：按占 100 分的份额读取".to_owned(),
        });
    }
}

fn bring_to_points(weight: &mut Field<Decimal>) {
    if weight.value > Decimal::ZERO && weight.value <= Decimal::ONE {
        weight.value = weight.value.saturating_mul(Decimal::ONE_HUNDRED).normalize();
    }
}
