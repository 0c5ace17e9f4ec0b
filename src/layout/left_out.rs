//! Why a sheet, or a table on it, is left out, in the words for whoever filled it in; and the cells of what is left out
//! without being a table of another kind.

use super::bind::{BoundTable, TableRows};
use super::forms::LEAST_CONFIDENCE;
use super::header::{ColumnRole, IndicatorHeader};
use super::view::{SheetView, is_filled, shown_text};
use super::vocabulary::{Neighbour, Vocabulary};
use crate::grid::{Cell, CellAddress, CellRange};
use crate::model::UnreadCell;
use crate::model::{FormRecognition, IndicatorField, TableReading};
use crate::text::keys::match_key;

/// Returns what the cells of a part of a sheet that is no table show; they belong to no field of the table beside or
/// above it.
pub(super) fn unread_cells(cells: &[Cell]) -> impl Iterator<Item = UnreadCell> {
    cells.iter().filter(|cell| is_filled(cell)).map(|cell| UnreadCell {
        cell: cell.address,
        text: shown_text(cell).trim().to_owned(),
    })
}

/// Adds cells that no table of the sheet reads to a table's account.
pub(super) fn add_unread(table: &mut TableReading, cells: impl IntoIterator<Item = UnreadCell>) {
    let unread = &mut table.coverage.unread;
    let known = unread.len();
    unread.extend(cells);
    table.coverage.filled += unread.len() - known;
    unread.sort_by_key(|unread| unread.cell);
}

/// What may be quoted of a sheet in one sentence, in characters.
const MOST_QUOTED: usize = 36;

/// The way on, where a table is of another kind.
const CHOOSE_ANOTHER: &str = "请另选自评表或评价表核对";

/// Returns texts in quotation marks, as many as one sentence takes.
fn quoted<'t>(texts: impl IntoIterator<Item = &'t str>) -> String {
    let mut left = MOST_QUOTED;
    let mut all = String::new();
    for text in texts {
        let text: String = text.split_whitespace().collect();
        let length = text.chars().count();
        if length > left {
            if all.is_empty() {
                let short: String = text.chars().take(left.saturating_sub(1)).collect();
                all = format!("“{short}…”");
            }
            break;
        }
        left -= length;
        all.push_str(&format!("“{text}”"));
    }
    all
}

/// Returns why a table that may be an evaluation was left unread.
pub(super) fn unsure_reason(range: CellRange, recognition: &FormRecognition) -> String {
    const MOST_MISSING: usize = 5;
    let missing: Vec<&str> = recognition
        .missing
        .iter()
        .take(MOST_MISSING)
        .map(String::as_str)
        .collect();
    format!(
        "{range} 像是评价表，但把握只有 {}%（{LEAST_CONFIDENCE}% 以上才审核），{}，没有审核；请补全表头，或确认是否选错了表",
        recognition.confidence,
        missing.join("、"),
    )
}

/// Returns why a table with 完成值 or 得分 columns is none of the evaluations: a monitoring table, or a plan not yet
/// carried out.
pub(super) fn neighbour_reason(
    view: &SheetView<'_>,
    rows: &TableRows,
    bound: &BoundTable,
    vocabulary: &Vocabulary,
) -> Option<String> {
    let evaluation = &bound.evaluation;
    let title = evaluation
        .title
        .as_ref()
        .map(|title| match_key(&title.value))
        .unwrap_or_default();
    if title.contains("自评") || title.contains("评价") {
        return None;
    }
    let (cell, text, neighbour) = neighbour_in(view, rows.first, rows.header + 2, vocabulary)?;
    let is_filled = evaluation
        .indicators
        .iter()
        .any(|indicator| indicator.actual.is_some() || indicator.score.is_some());
    if is_filled && !neighbour.even_when_filled {
        return None;
    }
    Some(neighbour_sentence(cell, text, &neighbour.name))
}

/// Returns the first wording between two view rows that belongs to a near neighbour of the evaluations.
pub(super) fn neighbour_in<'v>(
    view: &'v SheetView<'_>,
    from: usize,
    to: usize,
    vocabulary: &'v Vocabulary,
) -> Option<(CellAddress, &'v str, &'v Neighbour)> {
    view.rows
        .get(from..to.min(view.rows.len()))?
        .iter()
        .flat_map(|row| row.own())
        .filter(|slot| view.key(slot).chars().count() <= 40)
        .find_map(|slot| Some((slot.range.first, view.text(slot), vocabulary.neighbour(view.key(slot))?)))
}

pub(super) fn neighbour_sentence(cell: CellAddress, text: &str, name: &str) -> String {
    format!(
        "像是{name}（{cell} 写着{}），不是绩效评价表，不审核；{CHOOSE_ANOTHER}",
        quoted([text])
    )
}

/// Returns why a table with indicators and without 完成值 or 得分 is none: a plan, a list, or an inspection whose
/// figures stand in columns of their own.
pub(super) fn plan_reason(view: &SheetView<'_>, index: usize, header: &IndicatorHeader) -> String {
    let row = view
        .rows
        .get(index)
        .map_or(0, |row| CellAddress::new(row.row, 0).on_its_sheet().row + 1);
    let weighs_levels = |role: ColumnRole| matches!(role, ColumnRole::LevelWeight(_));
    if header.columns.iter().any(|column| weighs_levels(column.role)) {
        let unusual = header.columns.iter().filter(|column| {
            column.role == ColumnRole::Column(IndicatorField::Target)
                || matches!(column.role, ColumnRole::Extra | ColumnRole::Unknown)
        });
        let seen = quoted(unusual.map(|column| column.text.as_str()));
        return format!(
            "像是检查考核表：第 {row} 行各级都有权重，并有{seen}，没有“实际完成值”和“得分”，不是绩效评价表；{CHOOSE_ANOTHER}"
        );
    }
    let what = if header.column(IndicatorField::Target).is_some() {
        "像是绩效目标表"
    } else {
        "像是指标清单"
    };
    let perhaps_scores = header
        .columns
        .iter()
        .filter(|column| column.role == ColumnRole::Unknown && column.text.contains('分'));
    let seen = quoted(perhaps_scores.map(|column| column.text.as_str()));
    if !seen.is_empty() {
        return format!(
            "{what}：第 {row} 行的指标表头没有“实际完成值”，也没有“得分”，{seen}看不出是谁的得分，没有审核；是得分的，请把表头改为“得分”再核对"
        );
    }
    format!(
        "{what}：第 {row} 行的指标表头没有“实际完成值”，也没有“得分”，不是绩效评价表；请选填了完成值和得分的自评表核对"
    )
}

/// Returns why a part of a sheet without the header of an evaluation is none, where it is a table of another kind;
/// `plan` is its header with the view row.
pub(super) fn other_kind_reason(
    view: &SheetView<'_>,
    plan: Option<(usize, &IndicatorHeader)>,
    vocabulary: &Vocabulary,
) -> Option<String> {
    const TOP: usize = 40;
    if let Some((cell, text, neighbour)) = neighbour_in(view, 0, TOP, vocabulary) {
        return Some(neighbour_sentence(cell, text, &neighbour.name));
    }
    plan.map(|(index, header)| plan_reason(view, index, header))
}

/// Returns what a part of a sheet without any indicator header lacks.
pub(super) fn missing_header_reason(view: &SheetView<'_>) -> String {
    const ROWS: usize = 2000;
    let mut seen: Vec<&str> = Vec::new();
    for slot in view.rows.iter().take(ROWS).flat_map(|row| row.own()) {
        if view.meanings(slot).indicator.is_some() {
            let text = view.text(slot);
            if !seen.contains(&text) && seen.len() < 8 {
                seen.push(text);
            }
        }
    }
    let seen = if seen.is_empty() {
        String::new()
    } else {
        format!("，只见到{}", quoted(seen))
    };
    format!(
        "没有找到评价表的指标表头{seen}；表头要在同一行里有三级指标和指标值、完成值、分值、得分中的两项；请核对表头或另选文件"
    )
}
