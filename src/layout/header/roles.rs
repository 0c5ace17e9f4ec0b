//! What each column of an indicator block holds, with what only its neighbours can tell.

use super::super::vocabulary::IndicatorWord;
use super::leaf::Leaf;
use super::{ColumnRole, HeaderColumn, is_level};
use crate::model::IndicatorField;
use crate::text::keys::{header_key, joined_label};

/// Gives every header its role, with what only the neighbours can tell.
pub(super) fn assign_roles(leaves: &[Leaf<'_>]) -> Vec<HeaderColumn<ColumnRole>> {
    use IndicatorField::{Level1, Level2, Level3, Reason, Weight};
    let count = |column: IndicatorField| {
        leaves
            .iter()
            .filter(|l| l.word == Some(IndicatorWord::Column(column)))
            .count()
    };
    let several_weights = count(Weight) > 1;
    let has_reason = count(Reason) > 0;
    let has_level3 = count(Level3) > 0;
    let has_name = leaves.iter().any(|l| l.word == Some(IndicatorWord::Name));
    let has_target = count(IndicatorField::Target) > 0;
    let has_converted_score = leaves.iter().any(|l| l.word == Some(IndicatorWord::ConvertedScore));
    let first_known = leaves
        .iter()
        .find(|leaf| leaf.word.is_some())
        .map_or(0, |leaf| leaf.first);
    let mut taken: Vec<ColumnRole> = Vec::new();
    let mut previous = None;
    let mut columns = Vec::with_capacity(leaves.len());
    for leaf in leaves {
        let mut role = match leaf.word {
            Some(IndicatorWord::Column(IndicatorField::Score)) if leaf.reviewer.is_some() => {
                ColumnRole::Column(IndicatorField::ReviewScore)
            }
            Some(_) if leaf.reviewer.is_some() => ColumnRole::Extra,
            Some(IndicatorWord::Column(Weight)) if several_weights => match previous {
                Some(ColumnRole::Column(level @ (Level1 | Level2))) => ColumnRole::LevelWeight(level),
                _ => ColumnRole::Column(Weight),
            },
            Some(IndicatorWord::Column(IndicatorField::Score)) if has_converted_score => ColumnRole::Extra,
            Some(IndicatorWord::Column(column)) => ColumnRole::Column(column),
            Some(IndicatorWord::ConvertedScore) => ColumnRole::Column(IndicatorField::Score),
            Some(IndicatorWord::AdjustedTarget) if has_target => ColumnRole::AdjustedTarget,
            Some(IndicatorWord::AdjustedTarget) => ColumnRole::Column(IndicatorField::Target),
            Some(IndicatorWord::Name) if !has_level3 => ColumnRole::Column(Level3),
            Some(IndicatorWord::Content) if !has_level3 && !has_name => ColumnRole::Column(Level3),
            Some(IndicatorWord::Name | IndicatorWord::Content) => ColumnRole::Extra,
            // 备注 and 说明 hold the reasons where no other column does.
            Some(IndicatorWord::Extra)
                if !has_reason
                    && matches!(&*header_key(leaf.key), "备注" | "说明")
                    && !taken.contains(&ColumnRole::Column(Reason)) =>
            {
                ColumnRole::Column(Reason)
            }
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
    columns
}
