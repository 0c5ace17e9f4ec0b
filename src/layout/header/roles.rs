//! What each column of an indicator block holds, with what only its neighbours can tell.

use super::super::vocabulary::IndicatorWord;
use super::leaf::Leaf;
use super::{ColumnRole, GuessedColumn, HeaderColumn, is_level};
use crate::model::IndicatorField;
use crate::text::keys::joined_label;

/// Gives every header its role, with what only the neighbours can tell; and the headers that were guessed.
pub(super) fn assign_roles(leaves: &[Leaf<'_>]) -> (Vec<HeaderColumn<ColumnRole>>, Vec<GuessedColumn>) {
    use IndicatorField::{Actual, Level1, Level2, Level3, ReviewScore, Score, Target, Weight};
    let count = |column: IndicatorField| {
        leaves
            .iter()
            .filter(|l| l.word == Some(IndicatorWord::Column(column)))
            .count()
    };
    let several_weights = count(Weight) > 1;
    let has_level3 = count(Level3) > 0;
    let has_name = leaves.iter().any(|l| l.word == Some(IndicatorWord::Name));
    let has_target = count(Target) > 0;
    let alone = |word: IndicatorWord| leaves.iter().filter(|l| l.word == Some(word)).count() == 1;
    let has_converted_score = leaves.iter().any(|l| l.word == Some(IndicatorWord::ConvertedScore));
    // 评审得分 without a score beside it is the score.
    let review_is_score = count(Score) == 0
        && count(ReviewScore) == 1
        && !has_converted_score
        && leaves
            .iter()
            .all(|leaf| leaf.reviewer.is_none() && leaf.word != Some(IndicatorWord::Points));
    let first_known = leaves
        .iter()
        .find(|leaf| leaf.word.is_some())
        .map_or(0, |leaf| leaf.first);
    let mut taken: Vec<ColumnRole> = Vec::new();
    let mut guessed = Vec::new();
    let mut previous = None;
    let mut columns = Vec::with_capacity(leaves.len());
    for leaf in leaves {
        let mut role = match leaf.word {
            Some(IndicatorWord::Column(Score)) if leaf.reviewer.is_some() => ColumnRole::Column(ReviewScore),
            Some(_) if leaf.reviewer.is_some() => ColumnRole::Extra,
            Some(IndicatorWord::Column(ReviewScore)) if review_is_score => ColumnRole::Column(Score),
            Some(IndicatorWord::Column(Weight)) if several_weights => match previous {
                Some(ColumnRole::Column(level @ (Level1 | Level2))) => ColumnRole::LevelWeight(level),
                _ => ColumnRole::Column(Weight),
            },
            Some(IndicatorWord::Column(Score)) if has_converted_score => ColumnRole::Extra,
            Some(IndicatorWord::Column(column)) => ColumnRole::Column(column),
            Some(IndicatorWord::ConvertedScore) => ColumnRole::Column(Score),
            Some(IndicatorWord::AdjustedTarget) if has_target => ColumnRole::AdjustedTarget,
            Some(IndicatorWord::AdjustedTarget) => ColumnRole::Column(IndicatorField::Target),
            Some(IndicatorWord::AdjustedValue) if has_target && alone(IndicatorWord::AdjustedValue) => {
                guessed.push(GuessedColumn::new(leaf, "调整后的指标值", Target));
                ColumnRole::AdjustedTarget
            }
            Some(IndicatorWord::AdjustedValue) => ColumnRole::Unknown,
            Some(IndicatorWord::Name) if !has_level3 => ColumnRole::Column(Level3),
            Some(IndicatorWord::Content) if !has_level3 && !has_name => ColumnRole::Column(Level3),
            Some(IndicatorWord::Name | IndicatorWord::Content) => ColumnRole::Extra,
            // 备注 and 说明 hold the reasons where no other column does.
            Some(IndicatorWord::Perhaps(column))
                if count(column) == 0 && !taken.contains(&ColumnRole::Column(column)) =>
            {
                guessed.push(GuessedColumn::new(leaf, column.title(), column));
                ColumnRole::Column(column)
            }
            Some(IndicatorWord::Perhaps(_)) => ColumnRole::Extra,
            Some(IndicatorWord::Points) if alone(IndicatorWord::Points) => match (count(Weight), count(Score)) {
                (0, 1..) => ColumnRole::Column(Weight),
                (1.., 0) if !has_converted_score => ColumnRole::Column(Score),
                _ => ColumnRole::Unknown,
            },
            Some(IndicatorWord::PlannedOrDone) if alone(IndicatorWord::PlannedOrDone) => {
                match (count(Target), count(Actual)) {
                    (0, 1..) => ColumnRole::Column(Target),
                    (1.., 0) => ColumnRole::Column(Actual),
                    _ => ColumnRole::Unknown,
                }
            }
            Some(IndicatorWord::Points | IndicatorWord::PlannedOrDone | IndicatorWord::Other) => ColumnRole::Unknown,
            Some(IndicatorWord::Extra) => ColumnRole::Extra,
            Some(IndicatorWord::Ordinal) => ColumnRole::Ordinal,
            Some(IndicatorWord::Derived) => ColumnRole::Derived,
            None if leaf.last < first_known => ColumnRole::Margin,
            None => ColumnRole::Unknown,
        };
        let repeatable = matches!(
            role,
            ColumnRole::Margin | ColumnRole::Extra | ColumnRole::Ordinal | ColumnRole::Derived | ColumnRole::Unknown
        );
        if !repeatable && taken.contains(&role) {
            // A second score or target is kept under its header; a second level is of another table.
            role = if is_level(role) {
                ColumnRole::Unknown
            } else {
                ColumnRole::Extra
            };
        }
        let filled = match role {
            ColumnRole::Column(column) => Some(column),
            ColumnRole::AdjustedTarget => Some(Target),
            ColumnRole::LevelWeight(_) => Some(Weight),
            _ => None,
        };
        if let (Some(wording), Some(column)) = (&leaf.guessed, filled) {
            guessed.push(GuessedColumn::new(leaf, wording, column));
        }
        taken.push(role);
        previous = Some(role);
        columns.push(HeaderColumn {
            first: leaf.first,
            last: leaf.last,
            role,
            cell: leaf.cell,
            text: match &leaf.reviewer {
                Some(reviewer) => joined_label(reviewer, leaf.text),
                None => leaf.text.to_owned(),
            },
        });
    }
    (columns, guessed)
}
