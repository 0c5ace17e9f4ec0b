//! Finds the evaluation tables of a sheet and says of every other part of it why it was left out.

use super::bind::{TableRows, bind};
use super::columns::column_readings;
use super::forms::{self, LEAST_CONFIDENCE};
use super::formulas::formulas;
use super::header::{IndicatorHeader, fund_header, indicator_header};
use super::left_out::{
    add_unread, missing_header_reason, neighbour_in, neighbour_reason, neighbour_sentence, other_kind_reason,
    plan_reason, unread_cells, unsure_reason,
};
use super::library::FormLibrary;
use super::panels::panels;
use super::planned::add_planned;
use super::view::{RowView, SheetSlots, SheetView};
use super::vocabulary::{RowWord, Vocabulary};
use crate::grid::Cell;
use crate::model::{Indicator, SheetPart, TableReading, UnreadCell};
use crate::text::own_markers::companion_reason;

/// Which tables a reading is after.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wanted {
    /// Tables that can be checked.
    Evaluations,
    /// Also those that only say what is to be reached.
    Targets,
}

#[derive(Default)]
pub(super) struct SheetReading {
    pub tables: Vec<TableReading>,
    /// Why the sheet, or a table on it, was left out.
    pub skipped: Vec<String>,
    /// Cells of parts that are no table of another kind either, as long as no table has them in its account.
    unread: Vec<UnreadCell>,
}

impl SheetReading {
    fn skipped(reason: String) -> Self {
        Self {
            skipped: vec![reason],
            ..Self::default()
        }
    }

    fn push(&mut self, mut table: TableReading) {
        add_unread(&mut table, std::mem::take(&mut self.unread));
        self.tables.push(table);
    }

    /// Leaves out what may be a table or a part of one: its cells are unread ones of the table before, else of the next.
    fn leave_out(&mut self, reason: String, cells: &[Cell]) {
        self.skipped.push(reason);
        self.take_unread(unread_cells(cells).collect());
    }

    fn take_unread(&mut self, cells: Vec<UnreadCell>) {
        match self.tables.last_mut() {
            Some(table) => add_unread(table, cells),
            None => self.unread.extend(cells),
        }
    }

    /// Adds what was read of a part of the sheet.
    fn take(&mut self, part: Self) {
        self.take_unread(part.unread);
        part.tables.into_iter().for_each(|table| self.push(table));
        self.skipped.extend(part.skipped);
    }
}

/// Reads the tables of one sheet, side by side or one under another.
pub(super) fn read_sheet(view: &SheetView<'_>, library: &FormLibrary, wanted: Wanted) -> SheetReading {
    let vocabulary = library.vocabulary();
    if view.rows.is_empty() {
        return SheetReading::skipped("空工作表".to_owned());
    }
    if let Some(reason) = companion_reason(&view.sheet.name, view.first_text()) {
        return SheetReading::skipped(reason);
    }
    match panels(view, vocabulary) {
        None => read_panel(view, library, wanted),
        Some(panels) => {
            let mut found = SheetReading::default();
            for panel in &panels {
                let slots = SheetSlots::new(panel);
                found.take(read_panel(&SheetView::new(panel, &slots, vocabulary), library, wanted));
            }
            found
        }
    }
}

/// Reads tables that stand one under another.
pub(super) fn read_panel(view: &SheetView<'_>, library: &FormLibrary, wanted: Wanted) -> SheetReading {
    let vocabulary = library.vocabulary();
    let tables = gathered(view, headers(view, vocabulary), vocabulary);
    let mut found = SheetReading::default();
    if wanted == Wanted::Evaluations && tables.iter().all(|table| !table.first.is_evaluation()) {
        let plan = tables.first().map(|plan| (plan.index, &plan.first));
        if let Some(reason) = other_kind_reason(view, plan, vocabulary) {
            return SheetReading::skipped(reason);
        }
        found.leave_out(missing_header_reason(view), view.sheet.cells());
        return found;
    }
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
            found.take_unread(unread_cells(view.cells_of(rows.first, rows.end)).collect());
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
        let labels = short_texts(view, rows);
        let mark = view.sheet.form_mark.as_deref();
        let (kind, recognition) = forms::recognise(&bound.evaluation, &bound.places, header, &labels, library, mark);
        if wanted == Wanted::Evaluations && recognition.confidence < LEAST_CONFIDENCE {
            found.leave_out(
                unsure_reason(bound.range, &recognition),
                view.cells_of(rows.first, rows.end),
            );
            continue;
        }
        found.push(TableReading {
            sheet: view.sheet.name.clone(),
            range: bound.range,
            continued: bound
                .further
                .iter()
                .map(|range| SheetPart {
                    sheet: view.sheet.name.clone(),
                    range: *range,
                })
                .collect(),
            other_part: None,
            kind,
            columns: column_readings(view, header, &rows.more, &bound.places),
            recognition,
            evaluation: bound.evaluation,
            places: bound.places,
            formulas: formulas(view.sheet, &bound.bindings, &bound.facts),
            bindings: bound.bindings,
            labels: bound.labels,
            guesses: bound.guesses,
            guessed: bound.guessed,
            unknown_headers: bound.unknown_headers,
            facts: bound.facts,
            coverage: bound.coverage,
        });
    }
    found
}

/// Returns the comparable texts of a table that may be labels, one a line.
fn short_texts(view: &SheetView<'_>, rows: &TableRows) -> String {
    const LONGEST_LABEL: usize = 60;
    let mut texts = String::new();
    let rows = view.rows.get(rows.first..rows.end).unwrap_or_default();
    for key in rows.iter().flat_map(|row| row.own()).map(|slot| view.key(slot)) {
        if key.len() <= LONGEST_LABEL {
            texts.push_str(key);
            texts.push('\n');
        }
    }
    texts
}

/// Returns every indicator header of the sheet: of evaluations, and of tables that only plan (no 完成值, no 得分).
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
            || is_title_row(view, row)
            || row.own().any(|slot| {
                let meanings = view.meanings(slot);
                meanings.heading.is_some() || meanings.is(RowWord::Total)
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

/// Returns the first row of the table whose indicator header is at `header`, below the table before it.
pub(super) fn table_start(view: &SheetView<'_>, after: usize, header: usize, vocabulary: &Vocabulary) -> usize {
    let rows = view.rows.get(after..header).unwrap_or_default();
    // The table before ends at its total at the earliest.
    let tail = rows
        .iter()
        .position(|row| row.own().any(|slot| view.is(slot, RowWord::Total)))
        .map_or(0, |at| at + 1);
    let body = rows.get(tail..).unwrap_or_default();
    let is_heading = |row: &RowView<'_>| {
        row.own().any(|slot| view.meanings(slot).heading.is_some()) || fund_header(view, row, vocabulary).is_some()
    };
    // A unit to be stamped may stand below the table before; the title is the surer beginning.
    let title = rows.iter().rposition(|row| is_title_row(view, row));
    let heading = || tail + body.iter().position(is_heading).unwrap_or(body.len());
    after + title.unwrap_or_else(heading)
}

/// Returns a row of nothing but titles: one, or one for each of several tables side by side.
fn is_title_row(view: &SheetView<'_>, row: &RowView<'_>) -> bool {
    row.own().all(|slot| {
        let key = view.key(slot);
        key.contains('表')
            && (key.contains("绩效") || key.contains("评价") || key.contains("自评"))
            && key.chars().count() <= 60
            && !key.starts_with('注')
            && !view.is(slot, RowWord::Block)
    })
}
