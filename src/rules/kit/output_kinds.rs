//! 数量、质量、时效、成本: which kind of output a row is listed under, and whether its target is words only.

use super::texts::{FoldedText, Word};
use crate::model::Indicator;
use crate::model::measure::MeasureKind;
use crate::rescore::Assessment;

/// The 二级指标 of outputs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum OutputKind {
    /// 数量指标, 产出数量.
    Quantity,
    /// 质量指标, 产出质量.
    Quality,
    /// 时效指标, 产出时效.
    Timeliness,
    /// 成本指标, 产出成本.
    Cost,
}

const WORDS: [(Word, OutputKind); 4] = [
    (Word::new("数量"), OutputKind::Quantity),
    (Word::new("质量"), OutputKind::Quality),
    (Word::new("时效"), OutputKind::Timeliness),
    (Word::new("成本"), OutputKind::Cost),
];

impl OutputKind {
    /// Returns the kind that a 二级指标 names; `None` where it names none, or several.
    pub fn named_by(level2: &FoldedText<'_>) -> Option<Self> {
        let mut named = WORDS.iter().filter(|(word, _)| level2.has(word));
        let (_, kind) = named.next()?;
        named.next().is_none().then_some(*kind)
    }
}

/// Returns whether the target is a described state: words without any figure, date or claim about time.
pub fn is_described(assessment: &Assessment) -> bool {
    match assessment.target.kind {
        MeasureKind::Text(_) => !assessment.target.has_figures(),
        MeasureKind::Tier(_) | MeasureKind::Rank(_) | MeasureKind::Boolean { .. } => true,
        _ => false,
    }
}

/// Returns whether further columns of the row (评分标准, 指标解释) hold a figure: the measure that the target lacks.
pub fn has_figures_beside(indicator: &Indicator) -> bool {
    indicator
        .extra
        .iter()
        .any(|extra| extra.value.value.chars().any(|c| c.is_ascii_digit()))
}
