//! Scores and weights of the whole, of a level and of an indicator, as the table gives them, for rules of family J.

use rust_decimal::Decimal;

use crate::grid::CellAddress;
use crate::model::{Field, IndicatorField};
use crate::prose::{Claim, ClaimKind, SectionRole};
use crate::rules::RuleContext;
use crate::rules::kit::report_match::{ReportMatch, is_connecting};
use crate::rules::kit::report_naming::Name;

/// What a claim in points is said of.
pub enum PointsOf<'a> {
    /// The whole.
    Total,
    /// A level or an indicator.
    Part(&'a Name),
}

/// Returns what a score, weight or deduction is said of; `None` where that cannot be told.
pub fn points_of<'m>(report: &'m ReportMatch<'_>, claim: &Claim) -> Option<PointsOf<'m>> {
    let place = claim.place;
    let near = report.part.text.slice(place.paragraph, place.near, place.start);
    if claim.kind == ClaimKind::TotalScore {
        // 项目决策评价得分18分 is one of a part.
        if let Some((name, between)) = report.named_near(claim)
            && is_connecting(between)
            && !near.contains("总")
        {
            return Some(PointsOf::Part(name));
        }
        return Some(PointsOf::Total);
    }
    if let Some(name) = report.subject(claim) {
        return Some(PointsOf::Part(name));
    }
    let says_whole = [
        "项目得",
        "项目最终",
        "整体支出",
        "项目评",
        "项目实际得",
        "综合",
        "本次评价",
        "本次绩效",
    ]
    .iter()
    .any(|word| near.contains(word))
        || (is_connecting(near) && !near.is_empty());
    let is_place = matches!(claim.role, SectionRole::Conclusion | SectionRole::Front);
    let is_whole = claim.kind == ClaimKind::Score && is_place && says_whole;
    is_whole.then_some(PointsOf::Total)
}

/// Figures that the table gives for one part, each with its printed digits.
pub struct PartPoints {
    /// The sum of its scores, and of its reviewed scores where there are any.
    pub scores: Vec<(Decimal, u32)>,
    /// The sum of its weights, and the weight declared with its name.
    pub weights: Vec<(Decimal, u32)>,
    /// Where the score stands; of several rows, the first.
    pub cell: CellAddress,
    /// The others.
    pub related: Vec<CellAddress>,
}

/// Returns what the table gives for a level or an indicator.
pub fn part_points(context: &RuleContext, name: &Name) -> Option<PartPoints> {
    let evaluation = context.evaluation();
    if name.rows.is_empty() {
        let (_, fund) = context.execution_row()?;
        let score = fund.score.as_ref()?;
        return Some(PartPoints {
            scores: vec![exact(score)],
            weights: fund.weight.iter().map(exact).collect(),
            cell: score.cell,
            related: Vec::new(),
        });
    }
    let rows: Vec<_> = name
        .rows
        .iter()
        .filter_map(|row| evaluation.indicators.get(*row))
        .collect();
    let sum = |of: fn(&crate::model::Indicator) -> Option<&Field<Decimal>>| -> Option<(Decimal, u32)> {
        let mut sum = Decimal::ZERO;
        let mut digits = 0;
        for row in &rows {
            let (value, own) = exact(of(row)?);
            sum = sum.checked_add(value)?;
            digits = digits.max(own);
        }
        Some((sum, digits))
    };
    let declared = rows.first().and_then(|row| match name.level {
        1 => row.level1_weight.as_ref(),
        2 => row.level2_weight.as_ref(),
        _ => None,
    });
    let scores: Vec<_> = [sum(|row| row.score.as_ref()), sum(|row| row.review_score.as_ref())]
        .into_iter()
        .flatten()
        .collect();
    let weights: Vec<_> = [sum(|row| row.weight.as_ref()), declared.map(exact)]
        .into_iter()
        .flatten()
        .collect();
    let mut cells = name
        .rows
        .iter()
        .filter_map(|row| context.indicator_cell(*row, IndicatorField::Score));
    let cell = cells.next().unwrap_or(name.cell);
    Some(PartPoints {
        scores,
        weights,
        cell,
        related: cells.collect(),
    })
}

/// Returns a number with all its digits behind the point.
pub fn exact(field: &Field<Decimal>) -> (Decimal, u32) {
    crate::rules::kit::report_numbers::printed(field)
}
