//! The headers of a bound table, each with what it was taken for.

use super::header::{ColumnRole, IndicatorHeader};
use super::view::{SheetView, shown_text};
use crate::model::{ColumnReading, TablePlaces};
use crate::text::sentence;

/// Headers of the fund block, then of the indicator block.
pub(super) fn column_readings(
    view: &SheetView<'_>,
    header: &IndicatorHeader,
    more: &[(usize, IndicatorHeader)],
    places: &TablePlaces,
) -> Vec<ColumnReading> {
    let mut funds: Vec<ColumnReading> = places
        .fund_headers
        .iter()
        .map(|(column, &cell)| ColumnReading {
            cell,
            header: view
                .sheet
                .cell(cell)
                .map_or("", |cell| shown_text(cell).trim())
                .to_owned(),
            field: Some(sentence!["funds[].", column.path()]),
            meaning: column.title().to_owned(),
        })
        .collect();
    funds.sort_by_key(|column| column.cell);
    let headers = std::iter::once(header).chain(more.iter().map(|(_, header)| header));
    let indicators = headers.flat_map(|header| &header.columns).map(|column| {
        let (leaf, meaning) = meaning(column.role);
        ColumnReading {
            cell: column.cell,
            header: column.text.trim().to_owned(),
            field: leaf.map(|leaf| sentence!["indicators[].", leaf]),
            meaning,
        }
    });
    funds.into_iter().chain(indicators).collect()
}

/// Returns the field of `Indicator` and the words for it.
fn meaning(role: ColumnRole) -> (Option<&'static str>, String) {
    match role {
        ColumnRole::Column(column) => (Some(column.path()), column.title().to_owned()),
        ColumnRole::LevelWeight(level) => {
            let field = level.level_weight().unwrap_or(level);
            (Some(field.path()), field.title().to_owned())
        }
        ColumnRole::AdjustedTarget => (Some("target"), "调整后的年度指标值，填了就以它为准".to_owned()),
        ColumnRole::Extra => (Some("extra"), "附带栏目，原样保留".to_owned()),
        ColumnRole::Ordinal => (None, "序号，不是数据".to_owned()),
        ColumnRole::Derived => (None, "本程序写出的栏目，不是申报数".to_owned()),
        ColumnRole::Margin => (None, "左侧的块标题".to_owned()),
        ColumnRole::Unknown => (Some("extra"), "不认识的表头，照原样保留".to_owned()),
    }
}
