//! Reasons of deductions: what the rules on their wording share.

use rust_decimal::Decimal;

use super::texts::FoldedText;
use super::words;
use crate::model::{Field, Indicator, RescoredRow};
use crate::rules::{Findings, RuleContext};

/// Phrases that name no reason, without punctuation.
const PHRASES: [&str; 18] = [
    "同上",
    "正常",
    "略",
    "合理",
    "客观原因",
    "其他",
    "其他原因",
    "其它原因",
    "加强",
    "加强管理",
    "下一步加强",
    "下一步加强管理",
    "继续加强",
    "进一步加强",
    "继续努力",
    "无偏差",
    "已完成",
    "详见报告",
];

/// Characters of the longest of them.
const LONGEST_PHRASE: usize = 7;

/// Returns the rows that lost points beyond the tolerance and say something about it, where neither score nor weight
/// nor reason is in doubt.
pub fn of_deductions<'a>(context: &RuleContext<'a>, findings: &Findings) -> Vec<(usize, &'a Field<String>)> {
    context
        .indicators()
        .filter_map(|(row, indicator)| {
            let reason = indicator.reason.as_ref()?;
            let lost = lost(indicator)?;
            let counts = lost >= context.standard.tolerance.score && !words::is_empty_reason(&reason.value);
            let in_doubt = || {
                let cells = [
                    Some(reason.cell),
                    indicator.score.as_ref().map(|score| score.cell),
                    indicator.weight.as_ref().map(|weight| weight.cell),
                ];
                cells.into_iter().flatten().any(|cell| findings.is_explained(cell))
                    || findings.is_weight_doubtful(RescoredRow::Indicator(row))
            };
            (counts && !in_doubt()).then_some((row, reason))
        })
        .collect()
}

/// Points that the row lost; `None` without a weight and a score.
pub fn lost(indicator: &Indicator) -> Option<Decimal> {
    let (weight, score) = (indicator.weight.as_ref()?, indicator.score.as_ref()?);
    Some(weight.value.saturating_sub(score.value))
}

/// Returns whether a text is only a phrase that names no reason.
pub fn is_phrase(text: &FoldedText<'_>) -> bool {
    let bare = || {
        text.chars()
            .filter(|c| !matches!(c, '。' | '；' | ';' | '，' | ',' | '.'))
    };
    bare().nth(LONGEST_PHRASE).is_none() && PHRASES.iter().any(|phrase| bare().eq(phrase.chars()))
}

/// Returns whether the reason's cell is merged over other rows, of which it then speaks as well.
pub fn is_shared(context: &RuleContext, row: usize) -> bool {
    let cell = |row: usize| {
        let indicator = context.evaluation().indicators.get(row)?;
        indicator.reason.as_ref().map(|reason| reason.cell)
    };
    let own = cell(row);
    [row.checked_sub(1), row.checked_add(1)]
        .into_iter()
        .flatten()
        .any(|other| own.is_some() && cell(other) == own)
}
