//! How a rescored score is written beside the row that it belongs to.

use rust_decimal::Decimal;

use crate::model::{ExecutionScorePlace, RescoringItem, RescoringMethod};
use crate::text::plain;
use crate::write::kit::number_format::CellContent;

/// Returns the 复算得分 cell of a row: a score, a band, or that a person must look.
pub fn content(item: Option<&RescoringItem>) -> CellContent {
    let Some(item) = item else { return CellContent::Blank };
    if item.method == RescoringMethod::Manual {
        return CellContent::Text("人工判断".to_owned());
    }
    match (item.expected_min, item.expected_max) {
        (Some(least), Some(most)) if least != most => CellContent::Text(band(least, most, item)),
        (least, most) => item
            .rescored
            .or(least)
            .or(most)
            .map_or(CellContent::Blank, CellContent::computed_number),
    }
}

fn band(least: Decimal, most: Decimal, item: &RescoringItem) -> String {
    let band = format!("{}～{}", plain(least), plain(most));
    match item.rescored.filter(|_| differs(item)) {
        Some(taken) => format!("{band}\n取{}", plain(taken)),
        None => band,
    }
}

/// Returns the derivation, where the rescored score is not the declared one.
pub fn derivation(item: Option<&RescoringItem>) -> Option<&str> {
    item.filter(|item| differs(item)).map(|item| item.trace.as_str())
}

fn differs(item: &RescoringItem) -> bool {
    item.method != RescoringMethod::Manual && item.rescored.is_some() && item.rescored != item.declared
}

/// Returns how the 预算执行率 points stand to the hundred, in words.
pub const fn execution_score_words(place: ExecutionScorePlace) -> &'static str {
    match place {
        ExecutionScorePlace::Inside => "预算执行率分值计入百分",
        ExecutionScorePlace::Outside => "指标分值已满百分，预算执行率分值不计入总分",
        ExecutionScorePlace::Absent => "资金栏没有预算执行率分值",
    }
}
