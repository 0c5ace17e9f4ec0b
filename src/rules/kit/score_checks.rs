//! Declared scores against rescored ones: what B02, B04, B08 and B11 share. They differ in the rows they look at.

use rust_decimal::Decimal;

use crate::model::{Field, Indicator, RescoredRow, RescoringItem};
use crate::rescore::Assessment;
use crate::rules::{Finding, Findings, RuleContext};
use crate::text::plain;

/// An indicator row in which nothing is left out: what is claimed, and what rescoring says of it.
pub struct WholeRow<'a> {
    /// Index of the row.
    pub row: usize,
    /// 得分.
    pub score: &'a Field<Decimal>,
    /// 分值.
    pub weight: &'a Field<Decimal>,
    /// 年度指标值.
    pub target: &'a Field<String>,
    /// 实际完成值.
    pub actual: &'a Field<String>,
    /// The rescoring of the row.
    pub item: &'a RescoringItem,
    /// The values as rescoring understands them.
    pub assessment: &'a Assessment,
}

impl<'a> WholeRow<'a> {
    fn of(context: &'a RuleContext<'_>, row: usize, indicator: &'a Indicator) -> Option<Self> {
        Some(Self {
            row,
            score: indicator.score.as_ref()?,
            weight: indicator.weight.as_ref()?,
            target: indicator.target.as_ref()?,
            actual: indicator.actual.as_ref()?,
            item: context.indicator_item(row)?,
            assessment: context.assessment(row)?,
        })
    }

    /// Returns whether an earlier finding explains something of the row's figures.
    pub fn is_condemned(&self, findings: &Findings) -> bool {
        findings.any_condemned([self.score.cell, self.weight.cell, self.target.cell, self.actual.cell].map(Some))
    }

    /// Returns the finding at the row's score, with the path and the cells that it rests on.
    pub fn at_score(&self, message: String, suggestion: String) -> Finding {
        Finding::new(self.score.cell, message, suggestion)
            .field(format!("indicators[{}].score", self.row))
            .declared(plain(self.score.value))
            .related([self.target.cell, self.actual.cell, self.weight.cell])
    }
}

/// Reports what is found in indicator rows with weight, score, target and actual.
pub fn report_whole_rows<'a>(
    context: &'a RuleContext<'_>,
    findings: &mut Findings,
    find: impl Fn(&WholeRow<'a>, &mut Findings) -> Option<Finding>,
) {
    for (row, indicator) in context.indicators() {
        let Some(whole) = WholeRow::of(context, row, indicator) else {
            continue;
        };
        if let Some(finding) = find(&whole, findings) {
            findings.report(finding);
        }
    }
}

/// Condemns a score whose row is due other points. Returns those points, unless the score is accepted or the row's
/// weight is in doubt.
pub fn refuse(
    findings: &mut Findings,
    row: usize,
    score: &Field<Decimal>,
    item: &RescoringItem,
) -> Option<(Decimal, Decimal)> {
    let row = RescoredRow::Indicator(row);
    if findings.is_weight_doubtful(row) {
        return None;
    }
    let (least, greatest) = refused(item)?;
    findings.condemn(score.cell);
    findings.bound_score(row, least, greatest);
    Some((least, greatest))
}

/// Reports each indicator row of the kind, by its index and assessment, whose declared score rescoring does not accept.
pub fn report_indicators(
    context: &RuleContext,
    findings: &mut Findings,
    law: &str,
    basis: &str,
    is_of_kind: impl Fn(usize, &Assessment) -> bool,
) {
    for (row, indicator) in context.indicators() {
        let (Some(score), Some(weight)) = (&indicator.score, &indicator.weight) else {
            continue;
        };
        let (Some(item), Some(assessment)) = (context.indicator_item(row), context.assessment(row)) else {
            continue;
        };
        if !is_of_kind(row, assessment)
            || findings.any_condemned([Some(score.cell), Some(weight.cell)])
            || findings.any_condemned(
                [&indicator.target, &indicator.actual].map(|field| field.as_ref().map(|field| field.cell)),
            )
        {
            continue;
        }
        let Some((least, greatest)) = refuse(findings, row, score, item) else {
            continue;
        };
        let related = [indicator.target.as_ref(), indicator.actual.as_ref()]
            .into_iter()
            .flatten()
            .map(|field| field.cell);
        let due = due(least, greatest);
        findings.report(
            Finding::new(
                score.cell,
                format!(
                    "{law}；{}复算 {due} 分（{}），{} 填的是 {}。",
                    context.name(row),
                    item.trace,
                    score.cell,
                    plain(score.value)
                ),
                way_out(score, least, greatest),
            )
            .field(format!("indicators[{row}].score"))
            .declared(plain(score.value))
            .expected(due)
            .difference(distance(score.value, least, greatest))
            .basis(basis)
            .related(related.chain([weight.cell])),
        );
    }
}

/// Returns the points due, if the declared score is not among those that rescoring accepts.
pub fn refused(item: &RescoringItem) -> Option<(Decimal, Decimal)> {
    let (declared, rescored) = (item.declared?, item.rescored?);
    let (least, greatest) = (item.expected_min?, item.expected_max?);
    (declared != rescored).then_some((least, greatest))
}

/// Returns one figure, or both ends of a band.
pub fn due(least: Decimal, greatest: Decimal) -> String {
    if least == greatest {
        plain(least)
    } else {
        format!("{}～{}", plain(least), plain(greatest))
    }
}

/// Returns what to write instead: a cell holds one figure, of a band any within it.
pub fn to_write(least: Decimal, greatest: Decimal) -> String {
    if least == greatest {
        plain(least)
    } else {
        format!("{} 至 {} 之间的数", plain(least), plain(greatest))
    }
}

/// Returns how far a score lies outside what is due.
pub fn distance(score: Decimal, least: Decimal, greatest: Decimal) -> Decimal {
    if score < least { least - score } else { score - greatest }
}

fn way_out(score: &Field<Decimal>, least: Decimal, greatest: Decimal) -> String {
    let due = to_write(least, greatest);
    if score.value < least {
        format!("把 {} 改为 {due}；确有扣分理由的，如实改写完成值。", score.cell)
    } else {
        format!("把 {} 改为 {due}；指标值或完成值填错的，先改正它们。", score.cell)
    }
}
