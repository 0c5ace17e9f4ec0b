//! Finds the evaluation tables of a workbook and says of every other sheet why it was left out.

use super::bind::{BoundTable, TableRows, bind};
use super::columns::column_readings;
use super::forms::{self, LEAST_CONFIDENCE};
use super::formulas::formulas;
use super::header::{IndicatorHeader, fund_header, indicator_header};
use super::library::FormLibrary;
use super::mark::FormMark;
use super::own_form::companion_reason;
use super::panels::panels;
use super::planned::add_planned;
use super::reading::{FormRecognition, IndicatorColumn, TableReading};
use super::text::match_key;
use super::view::{RowView, SheetView};
use super::vocabulary::{Neighbour, RowWord, Vocabulary};
use crate::grid::{CellAddress, CellRange, Sheet, Visibility, Workbook};
use crate::model::Indicator;
use crate::report::SkippedSheet;

/// What a workbook holds.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Recognition {
    /// Evaluation tables, by sheet, then from top to bottom.
    pub tables: Vec<TableReading>,
    /// Sheets without an evaluation table.
    pub skipped: Vec<SkippedSheet>,
}

/// Reads every evaluation table of a workbook, hidden sheets included.
///
/// ```
/// use hebiao::grid::{Cell, CellValue, FileFormat, Sheet, Workbook};
///
/// let rows = [["一级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分"], ["产出指标", "培训人数", "≥10人", "12人", "100", "100"]];
/// let cells = rows.iter().enumerate().flat_map(|(row, texts)| {
///     texts.iter().enumerate().map(move |(column, text)| Cell {
///         address: hebiao::grid::CellAddress::new(row as u32, column as u32),
///         value: CellValue::Text((*text).to_owned()),
///         shown: (*text).to_owned(),
///         shown_unsure: false,
///         formula: None,
///         number_format: None,
///     })
/// });
/// let sheet = Sheet::new("自评表", cells.collect(), Vec::new());
/// let workbook = Workbook { format: FileFormat::Csv, sheets: vec![sheet], losses: Vec::new() };
/// let recognition = hebiao::layout::read_tables(&workbook);
/// assert_eq!(recognition.tables[0].evaluation.indicators.len(), 1);
/// ```
pub fn read_tables(workbook: &Workbook) -> Recognition {
    read_tables_with(workbook, FormLibrary::builtin())
}

/// [`read_tables`] by the forms and wordings of a library, e.g. one that a user has added to.
pub fn read_tables_with(workbook: &Workbook, library: &FormLibrary) -> Recognition {
    let mut recognition = Recognition::default();
    for sheet in &workbook.sheets {
        let found = read_sheet(sheet, library, Wanted::Evaluations);
        let hidden = sheet.visibility != Visibility::Visible;
        let mark = sheet.form_mark.as_deref().and_then(FormMark::parse);
        let is_instructions = found.tables.is_empty() && mark.is_some_and(|mark| mark.is_instructions());
        recognition.tables.extend(found.tables);
        recognition
            .skipped
            .extend(found.skipped.into_iter().map(|reason| SkippedSheet {
                sheet: sheet.name.clone(),
                reason: if is_instructions {
                    "空白表附带的填表说明，没有要核对的内容".to_owned()
                } else if hidden {
                    format!("隐藏的工作表；{reason}")
                } else {
                    reason
                },
            }));
    }
    recognition
}

/// Reads every table of indicators with targets, evaluated or only planned: what a blank form can be made from.
///
/// Sheets without one are left out without a word; no table is turned down for being of another kind.
pub fn read_target_tables(workbook: &Workbook, library: &FormLibrary) -> Vec<TableReading> {
    let sheets = workbook.sheets.iter();
    sheets
        .flat_map(|sheet| read_sheet(sheet, library, Wanted::Targets).tables)
        .collect()
}

/// Which tables a reading is after.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Wanted {
    /// Tables that can be checked.
    Evaluations,
    /// Also those that only say what is to be reached.
    Targets,
}

#[derive(Default)]
struct SheetReading {
    tables: Vec<TableReading>,
    /// Why the sheet, or a table on it, was left out.
    skipped: Vec<String>,
}

impl SheetReading {
    fn skipped(reason: String) -> Self {
        Self {
            tables: Vec::new(),
            skipped: vec![reason],
        }
    }
}

fn read_sheet(sheet: &Sheet, library: &FormLibrary, wanted: Wanted) -> SheetReading {
    let vocabulary = library.vocabulary();
    let view = SheetView::new(sheet);
    if view.rows.is_empty() {
        return SheetReading::skipped("空工作表".to_owned());
    }
    if let Some(reason) = companion_reason(&sheet.name, view.first_text()) {
        return SheetReading::skipped(reason);
    }
    match panels(&view, vocabulary) {
        None => read_panel(&view, library, wanted),
        Some(panels) => {
            let mut found = SheetReading::default();
            for panel in &panels {
                let part = read_panel(&SheetView::new(panel), library, wanted);
                found.tables.extend(part.tables);
                found.skipped.extend(part.skipped);
            }
            found
        }
    }
}

/// Reads tables that stand one under another.
fn read_panel(view: &SheetView<'_>, library: &FormLibrary, wanted: Wanted) -> SheetReading {
    let vocabulary = library.vocabulary();
    let tables = gathered(view, headers(view, vocabulary), vocabulary);
    if wanted == Wanted::Evaluations && tables.iter().all(|table| !table.first.is_evaluation()) {
        return SheetReading::skipped(missing_header_reason(view, &tables, vocabulary));
    }
    let mut found = SheetReading::default();
    for (header, rows) in table_rows(view, tables, vocabulary) {
        let (header, rows) = (&header, &rows);
        if wanted == Wanted::Evaluations && !header.is_evaluation() {
            let neighbour = neighbour_in(view, rows.first, rows.header + 2, vocabulary);
            found.skipped.push(match neighbour {
                Some((cell, text, neighbour)) => neighbour_sentence(cell, text, &neighbour.name),
                None => plan_reason(view, rows.header, header),
            });
            continue;
        }
        let Some(mut bound) = bind(view, rows, header, vocabulary) else {
            continue;
        };
        if wanted == Wanted::Targets {
            let is_planned = |indicator: &Indicator| indicator.level3.is_some() || indicator.target.is_some();
            if !bound.evaluation.indicators.iter().any(is_planned) {
                continue;
            }
            let above = view.rows.get(rows.first..rows.header).unwrap_or_default();
            add_planned(&mut bound.evaluation, view, above, vocabulary);
        } else if let Some(reason) = neighbour_reason(view, rows, &bound, vocabulary) {
            found.skipped.push(reason);
            continue;
        }
        let labels: String = view
            .rows
            .get(rows.first..rows.end)
            .unwrap_or_default()
            .iter()
            .flat_map(|row| row.own())
            .filter(|slot| view.key(slot).len() <= 60)
            .map(|slot| view.key(slot))
            .collect::<Vec<_>>()
            .join("\n");
        let mark = view.sheet.form_mark.as_deref();
        let (kind, recognition) =
            forms::recognise(&bound.evaluation, &bound.places, header, &labels, library.forms(), mark);
        if wanted == Wanted::Evaluations && recognition.confidence < LEAST_CONFIDENCE {
            found.skipped.push(unsure_reason(bound.range, &recognition));
            continue;
        }
        found.tables.push(TableReading {
            sheet: view.sheet.name.clone(),
            range: bound.range,
            kind,
            columns: column_readings(view, header, &rows.more, &bound.places),
            recognition,
            evaluation: bound.evaluation,
            places: bound.places,
            formulas: formulas(view.sheet, &bound.bindings),
            bindings: bound.bindings,
            labels: bound.labels,
            guesses: bound.guesses,
            facts: bound.facts,
            coverage: bound.coverage,
        });
    }
    found
}

/// Why a table that may be an evaluation was left unread.
fn unsure_reason(range: CellRange, recognition: &FormRecognition) -> String {
    format!(
        "{range} 像是评价表，但把握只有 {}%（{LEAST_CONFIDENCE}% 以上才审核），没有审核；没见到的是：{}；见到的是：{}",
        recognition.confidence,
        recognition.missing.join("、"),
        recognition.reasons.join("；")
    )
}

/// Why a table with 完成值 or 得分 columns is none of the evaluations: a monitoring table, or a plan not yet carried out.
fn neighbour_reason(
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

/// The first wording between two view rows that belongs to a near neighbour of the evaluations.
fn neighbour_in<'v>(
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

fn neighbour_sentence(cell: CellAddress, text: &str, name: &str) -> String {
    format!("像是{name}（{cell} 写着“{text}”），不是绩效评价表，不审核")
}

fn plan_reason(view: &SheetView<'_>, index: usize, header: &IndicatorHeader) -> String {
    let row = view.rows.get(index).map_or(0, |row| row.row + 1);
    let what = if header.column(IndicatorColumn::Target).is_some() {
        "像是绩效目标表"
    } else {
        "像是指标清单"
    };
    format!("{what}：第 {row} 行的指标表头没有“实际完成值”，也没有“得分”，不是评价表")
}

/// Every indicator header of the sheet: of evaluations, and of tables that only plan (no 完成值, no 得分).
fn headers(view: &SheetView<'_>, vocabulary: &Vocabulary) -> Vec<(usize, IndicatorHeader)> {
    let mut found = Vec::new();
    let mut index = 0;
    while index < view.rows.len() {
        match indicator_header(view, index, vocabulary) {
            Some(header) => {
                let rows = header.rows;
                found.push((index, header));
                index += rows;
            }
            None => index += 1,
        }
    }
    found
}

/// The headers of one table.
struct TableHeaders {
    /// View row of the first.
    index: usize,
    first: IndicatorHeader,
    /// Later ones with other columns, by view row.
    more: Vec<(usize, IndicatorHeader)>,
}

/// Gathers headers into tables. A header below another with nothing but indicators in between begins no new table:
/// with the same columns it is printed again after a page break, with others the same evaluation goes on under it.
fn gathered(
    view: &SheetView<'_>,
    headers: Vec<(usize, IndicatorHeader)>,
    vocabulary: &Vocabulary,
) -> Vec<TableHeaders> {
    let mut tables: Vec<TableHeaders> = Vec::new();
    let mut previous = 0;
    for (index, header) in headers {
        let above = tables
            .last_mut()
            .filter(|_| !starts_new_table(view, previous + 1, index, vocabulary));
        previous = index;
        match above {
            Some(table) if header.repeats(&table.first) => {}
            Some(table) if header.is_evaluation() && table.first.is_evaluation() => {
                let latest = table.more.last().map_or(&table.first, |(_, latest)| latest);
                if !header.repeats(latest) {
                    table.more.push((index, header));
                }
            }
            _ => tables.push(TableHeaders {
                index,
                first: header,
                more: Vec::new(),
            }),
        }
    }
    tables
}

fn starts_new_table(view: &SheetView<'_>, from: usize, to: usize, vocabulary: &Vocabulary) -> bool {
    view.rows.get(from..to).unwrap_or_default().iter().any(|row| {
        fund_header(view, row, vocabulary).is_some()
            || is_title_row(view, row, vocabulary)
            || row.own().any(|slot| {
                let key = view.key(slot);
                vocabulary.heading_label(key).is_some() || vocabulary.is_row_label(key, RowWord::Total)
            })
    })
}

/// Shares the sheet's rows among its tables: each begins at its title, else at its first heading.
fn table_rows(
    view: &SheetView<'_>,
    tables: Vec<TableHeaders>,
    vocabulary: &Vocabulary,
) -> Vec<(IndicatorHeader, TableRows)> {
    let mut starts = Vec::with_capacity(tables.len());
    let mut after = 0;
    for (position, table) in tables.iter().enumerate() {
        starts.push(if position == 0 {
            0
        } else {
            table_start(view, after, table.index, vocabulary)
        });
        let (index, header) = table
            .more
            .last()
            .map_or((table.index, &table.first), |(index, header)| (*index, header));
        after = index + header.rows;
    }
    tables
        .into_iter()
        .enumerate()
        .map(|(position, table)| {
            let rows = TableRows {
                first: starts.get(position).copied().unwrap_or_default(),
                header: table.index,
                more: table.more,
                end: starts.get(position + 1).copied().unwrap_or(view.rows.len()),
            };
            (table.first, rows)
        })
        .collect()
}

/// The first row of the table whose indicator header is at `header`, below the table before it.
pub(super) fn table_start(view: &SheetView<'_>, after: usize, header: usize, vocabulary: &Vocabulary) -> usize {
    let rows = view.rows.get(after..header).unwrap_or_default();
    // The table before ends at its total at the earliest.
    let tail = rows
        .iter()
        .position(|row| {
            row.own()
                .any(|slot| vocabulary.is_row_label(view.key(slot), RowWord::Total))
        })
        .map_or(0, |at| at + 1);
    let body = rows.get(tail..).unwrap_or_default();
    let is_heading = |row: &RowView| {
        row.own().any(|slot| vocabulary.heading_label(view.key(slot)).is_some())
            || fund_header(view, row, vocabulary).is_some()
    };
    // A unit to be stamped may stand below the table before; the title is the surer beginning.
    let title = rows.iter().rposition(|row| is_title_row(view, row, vocabulary));
    let heading = || tail + body.iter().position(is_heading).unwrap_or(body.len());
    after + title.unwrap_or_else(heading)
}

/// A row of nothing but titles: one, or one for each of several tables side by side.
fn is_title_row(view: &SheetView<'_>, row: &RowView, vocabulary: &Vocabulary) -> bool {
    row.own().all(|slot| {
        let key = view.key(slot);
        key.contains('表')
            && (key.contains("绩效") || key.contains("评价") || key.contains("自评"))
            && key.chars().count() <= 60
            && !key.starts_with('注')
            && !vocabulary.is_row_label(key, RowWord::Block)
    })
}

fn missing_header_reason(view: &SheetView<'_>, plans: &[TableHeaders], vocabulary: &Vocabulary) -> String {
    const TOP: usize = 40;
    if let Some((cell, text, neighbour)) = neighbour_in(view, 0, TOP, vocabulary) {
        return neighbour_sentence(cell, text, &neighbour.name);
    }
    if let Some(plan) = plans.first() {
        return plan_reason(view, plan.index, &plan.first);
    }
    let mut seen: Vec<&str> = Vec::new();
    for slot in view.rows.iter().take(2000).flat_map(|row| row.own()) {
        if vocabulary.indicator_header(view.key(slot)).is_some() {
            let text = view.text(slot);
            if !seen.contains(&text) && seen.len() < 8 {
                seen.push(text);
            }
        }
    }
    let missing = "没有找到评价表的指标表头（要在同一行里有“一级指标/二级指标/三级指标”之一，以及“年度指标值”“实际完成值”“分值”“得分”中的两项）";
    if seen.is_empty() {
        missing.to_owned()
    } else {
        format!("{missing}；只见到：{}", seen.join("、"))
    }
}
