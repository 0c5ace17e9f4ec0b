//! Points by 一级指标: what the rules on the make-up of the hundred share.

use rust_decimal::Decimal;

use crate::grid::CellAddress;
use crate::model::{IndicatorField, RescoredRow, TableKind};
use crate::rules::{Findings, RuleContext};

/// One 一级指标 and the points of its rows.
pub struct LevelSum {
    /// Its name without white space.
    pub name: String,
    /// Its first cell.
    pub cell: CellAddress,
    /// Points.
    pub weight: Decimal,
}

/// Returns the header of a level, in a project's scored self-evaluation of so many indicators or more whose levels are
/// named and whose weights nothing has explained.
pub fn header_of_scored(
    context: &RuleContext,
    findings: &Findings,
    level: IndicatorField,
    fewest: usize,
) -> Option<CellAddress> {
    let is_judged = context.table.kind == TableKind::ProjectSelfEvaluation
        && context.evaluation().indicators.len() >= fewest
        && context.is_scored()
        && names_its_levels(context)
        && !findings.are_weights_explained();
    let header = context.table.places.indicator_headers.get(&level);
    header.copied().filter(|_| is_judged)
}

/// Returns the points of each 一级指标, in the table's order; `None` where a row lacks its level or weight, where a
/// weight is in doubt, or where the whole is not the full mark.
pub fn level_sums(context: &RuleContext, findings: &Findings) -> Option<Vec<LevelSum>> {
    if findings.are_weights_explained() || context.has_condemned_weight(findings) {
        return None;
    }
    let mut sums: Vec<LevelSum> = Vec::new();
    for (row, indicator) in context.indicators() {
        let (level1, weight) = (indicator.level1.as_ref()?, indicator.weight.as_ref()?);
        if findings.is_weight_doubtful(RescoredRow::Indicator(row)) {
            return None;
        }
        let name = &context.texts(row).level1;
        match sums.last_mut().filter(|last| last.name == name.as_str()) {
            Some(last) => last.weight = last.weight.checked_add(weight.value)?,
            None => sums.push(LevelSum {
                name: name.as_str().to_owned(),
                cell: level1.cell,
                weight: weight.value,
            }),
        }
    }
    let sum = context.sum_of_weights()?;
    let full = context.full_marks();
    let fits = |sum: Decimal| sum.saturating_sub(full).abs() <= context.standard.tolerance.weight;
    (fits(sum)
        || context
            .execution_weight()
            .is_some_and(|weight| fits(sum.saturating_add(weight))))
    .then_some(sums)
}

/// Returns whether every row names its 一级指标 in a column that the table has.
pub fn names_its_levels(context: &RuleContext) -> bool {
    context.has_column(IndicatorField::Level1)
        && context.has_column(IndicatorField::Level3)
        && context.indicators().all(|(_, indicator)| indicator.level1.is_some())
}
