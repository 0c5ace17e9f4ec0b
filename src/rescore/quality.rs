//! Words against words: tiers give a band of the weight, yes and no the whole or nothing, ranks the top or nothing certain.

use super::assess::{Context, Expected, Outcome};
use super::points::{self, InPercent};
use crate::model::RescoringMethod;
use crate::model::measure::{Measure, MeasureKind};
use crate::standard::TierBand;
use crate::text::sentence;
use rust_decimal::Decimal;

/// Returns a qualitative target.
pub(super) fn score(context: &Context<'_>) -> Outcome {
    match (&context.target.kind, &context.actual.kind) {
        (
            MeasureKind::Boolean { question, answer },
            MeasureKind::Boolean {
                question: asked,
                answer: given,
            },
        ) if question == asked => boolean(context, answer == given),
        (MeasureKind::Rank(target), MeasureKind::Rank(actual)) if actual >= target => top(context),
        (MeasureKind::Rank(target), MeasureKind::Rank(actual)) => Outcome {
            met: Some(false),
            ..Outcome::manual(format!(
                "完成值“{}”低于指标值“{}”，办法没有规定这样的档次怎样计分",
                rank_word(*actual),
                rank_word(*target)
            ))
        },
        (MeasureKind::Scale { highest, .. }, actual) if is_step(highest, actual) => top(context),
        _ if context.same_text => top(context),
        _ => match context.standard.tier_of(context.actual) {
            Some(tier) => band(context, tier),
            None => Outcome::manual(if context.actual.is_quantitative() && context.target.has_figures() {
                "指标值不是单一的数值，需人工判断"
            } else if context.actual.is_quantitative() {
                "指标值是定性描述，完成值是数字，需人工判断"
            } else {
                "定性描述，需对照佐证材料判断属于哪一档"
            }),
        },
    }
}

fn rank_word(rank: crate::model::measure::Rank) -> String {
    Measure {
        comparator: None,
        kind: MeasureKind::Rank(rank),
    }
    .spelled()
}

fn is_step(highest: &str, actual: &MeasureKind) -> bool {
    match actual {
        MeasureKind::Rank(rank) => rank_word(*rank) == highest,
        MeasureKind::Text(text) => text == highest,
        _ => false,
    }
}

fn boolean(context: &Context<'_>, is_met: bool) -> Outcome {
    let scores = &context.standard.boolean;
    let part = if is_met { scores.met } else { scores.not_met };
    let Some(points) = points::part(context.weight, part, Decimal::ONE) else {
        return Outcome::manual("数值过大，无法计算");
    };
    let trace = sentence![
        "完成值“",
        context.actual,
        "”，指标值“",
        context.target,
        if is_met {
            "”，相符，得 "
        } else {
            "”，不符，得 "
        },
        points,
    ];
    Outcome::new(RescoringMethod::Boolean, Some(is_met), Expected::exactly(points), trace)
}

/// The target is reached in its own words: the band of a reached target.
fn top(context: &Context<'_>) -> Outcome {
    let Some(tier) = context.standard.top_tier() else {
        return Outcome::manual("评价标准没有定性档次");
    };
    let outcome = band(context, tier);
    let trace = if context.same_text {
        sentence!["与指标值一致，", outcome.trace]
    } else {
        outcome.trace
    };
    Outcome {
        met: Some(true),
        trace,
        ..outcome
    }
}

fn band(context: &Context<'_>, tier: &TierBand) -> Outcome {
    let weight = context.weight;
    let (low, high) = tier.ratios;
    let of_weight = |ratio| points::part(weight, ratio, Decimal::ONE);
    let (Some(min), Some(max)) = (of_weight(low), of_weight(high)) else {
        return Outcome::manual("数值过大，无法计算");
    };
    let trace = sentence![
        "完成值“",
        context.actual,
        "”归“",
        tier.name,
        "”档：",
        weight,
        " × ",
        InPercent(low),
        "～",
        InPercent(high),
        " = ",
        context.standard.rounded(min),
        "～",
        context.standard.rounded(max),
    ];
    Outcome::new(RescoringMethod::Band, None, Expected { min, max }, trace)
}
