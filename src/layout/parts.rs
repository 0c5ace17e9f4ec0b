//! One form over several sheets, as programs leave it that make a sheet of each page or of each table of a document:
//! which sheets belong together, told by what each holds.
//!
//! It decides only that; the sheets are then read as one, and what does not become one table is read singly.

use super::figure::{Figure, Quantity, read_figure};
use super::header::{ColumnRole, IndicatorHeader, column_of, fund_header, indicator_header};
use super::left_out::neighbour_in;
use super::lines::{is_note, is_page_mark, is_title, is_year_line};

use super::view::{RowView, SheetView, Slot};
use super::vocabulary::{RowWord, Vocabulary};
use crate::grid::{CellRange, MAX_PARTS, Sheet, Visibility};
use crate::model::IndicatorField;
use crate::text::own_markers::companion_reason;

/// Sheets of a workbook that are read together, by their positions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Stretch {
    /// The sheets, one or more.
    pub sheets: Vec<usize>,
    /// Another sheet that may hold a part of the same form, where nothing tells.
    pub perhaps: Option<usize>,
}

impl Stretch {
    fn one(sheet: usize) -> Self {
        Self {
            sheets: vec![sheet],
            perhaps: None,
        }
    }
}

/// Returns the sheets of a workbook, in order, those of one form together.
pub(super) fn stretches(views: &[SheetView<'_>], vocabulary: &Vocabulary) -> Vec<Stretch> {
    if views.len() < 2 {
        return (0..views.len()).map(Stretch::one).collect();
    }
    let outlines: Vec<Outline> = views.iter().map(|view| Outline::of(view, vocabulary)).collect();
    let mut found: Vec<Stretch> = Vec::with_capacity(views.len());
    let mut next = 0;
    while next < views.len() {
        let stretch = stretch_from(next, views, &outlines, vocabulary);
        let last = stretch.sheets.last().copied().unwrap_or(next);
        // Empty sheets between the parts stay what they are.
        let between = (next..last).filter(|sheet| !stretch.sheets.contains(sheet));
        found.extend(between.map(Stretch::one));
        found.push(stretch);
        next = last + 1;
    }
    for at in 0..found.len() {
        let told = found
            .get(at)
            .and_then(|stretch| Some((stretch.sheets.first().copied()?, stretch.perhaps?)));
        if let Some((first, other)) = told
            && let Some(stretch) = found.iter_mut().find(|stretch| stretch.sheets.first() == Some(&other))
        {
            stretch.perhaps.get_or_insert(first);
        }
    }
    found
}

/// What goes on from one sheet to the next.
enum Step {
    /// The next sheet is of another form, or of none.
    No,
    /// It may be a part of this one.
    Perhaps,
    /// It is, if the form comes to its end further on.
    IfItEnds,
    /// It is.
    Yes,
}

fn stretch_from(first: usize, views: &[SheetView<'_>], outlines: &[Outline], vocabulary: &Vocabulary) -> Stretch {
    let mut stretch = Stretch::one(first);
    let (Some(view), Some(outline)) = (views.get(first), outlines.get(first)) else {
        return stretch;
    };
    if !outline.may_go_on {
        return stretch;
    }
    let mut header = outline.header.as_ref();
    let mut sure = 1;
    let mut ends = false;
    for (at, (next, told)) in views.iter().zip(outlines).enumerate().skip(first + 1) {
        if next.rows.is_empty() {
            continue;
        }
        if next.sheet.visibility != view.sheet.visibility || stretch.sheets.len() >= MAX_PARTS as usize {
            break;
        }
        let step = told.follows(header, next, vocabulary);
        match step {
            Step::No => break,
            Step::Perhaps => {
                stretch.perhaps = Some(at);
                break;
            }
            Step::Yes | Step::IfItEnds => stretch.sheets.push(at),
        }
        header = told.header.as_ref().or(header);
        ends = told.ends;
        if ends || matches!(step, Step::Yes) {
            sure = stretch.sheets.len();
        }
        if ends {
            break;
        }
    }
    if header.is_none() {
        return Stretch::one(first);
    }
    if let Some(unsure) = stretch.sheets.get(sure) {
        stretch.perhaps = Some(*unsure);
        stretch.sheets.truncate(sure);
    }
    // A table in itself may well have no total; only its next sheet makes it doubtful.
    if !ends && sure == 1 && outline.header.is_none() {
        return Stretch::one(first);
    }
    stretch
}

/// What a sheet holds, as far as it tells parts of a form from whole ones.
struct Outline {
    /// The header of its indicators.
    header: Option<IndicatorHeader>,
    /// It has a title or a heading of its own, or is something else altogether.
    begins_anew: bool,
    /// It begins a form that may go on: a heading without indicators, or indicators without an end.
    may_go_on: bool,
    /// It has a part of a form above the indicators.
    has_head: bool,
    /// A total, a signature or a note stands below its indicators.
    ends: bool,
}

impl Outline {
    fn of(view: &SheetView<'_>, vocabulary: &Vocabulary) -> Self {
        const TOP: usize = 40;
        let nothing = Self {
            header: None,
            begins_anew: true,
            may_go_on: false,
            has_head: false,
            ends: true,
        };
        if view.rows.is_empty()
            || view.sheet.visibility == Visibility::VeryHidden
            || companion_reason(&view.sheet.name, view.first_text()).is_some()
            || neighbour_in(view, 0, TOP, vocabulary).is_some()
        {
            return nothing;
        }
        let found = (0..view.rows.len()).find_map(|at| Some((at, indicator_header(view, at, vocabulary)?)));
        if found.as_ref().is_some_and(|(_, header)| !header.is_evaluation()) {
            return nothing;
        }
        let header_at = found.as_ref().map_or(view.rows.len(), |(at, _)| *at);
        let body_at = found.as_ref().map_or(0, |(at, header)| at + header.rows);
        let above = view.rows.get(..header_at).unwrap_or_default();
        let below = view.rows.get(body_at..).unwrap_or_default();
        let is_headed = above.iter().any(|row| names_heading(view, row));
        let has_blocks = above.iter().any(|row| {
            fund_header(view, row, vocabulary).is_some()
                || row.own().filter(|slot| view.meanings(slot).goal.is_some()).count() > 1
        });
        let ends = below.iter().any(|row| is_end(view, row));
        let begins_anew = is_headed || above.iter().any(|row| is_titled(view, row));
        Self {
            begins_anew,
            may_go_on: match found {
                None => is_headed,
                Some(_) => begins_anew && !ends,
            },
            has_head: found.is_none() && has_blocks,
            header: found.map(|(_, header)| header),
            ends,
        }
    }

    /// Returns whether this sheet goes on with a form whose last header so far is `before`, or of which only the head
    /// was seen.
    fn follows(&self, before: Option<&IndicatorHeader>, view: &SheetView<'_>, vocabulary: &Vocabulary) -> Step {
        let is_of_other_kind = || neighbour_in(view, 0, usize::MAX, vocabulary).is_some();
        if self.begins_anew {
            return Step::No;
        }
        match (before, &self.header) {
            (None, Some(_)) => Step::Yes,
            (None, None) if self.has_head => Step::Yes,
            (None, None) => Step::No,
            (Some(before), Some(header)) if header.has_columns_of(before) => Step::IfItEnds,
            (Some(_), Some(_)) => Step::Perhaps,
            (Some(before), None) if !is_of_other_kind() => fit(before, view),
            (Some(_), None) => Step::No,
        }
    }
}

/// 项目名称 or another label of the heading that stands before its value, not beside other labels.
fn names_heading(view: &SheetView<'_>, row: &RowView<'_>) -> bool {
    let is_label = |slot: &Slot| {
        let meanings = view.meanings(slot);
        meanings.heading.is_some() || meanings.fund.is_some() || meanings.indicator.is_some()
    };
    let mut own = row.own();
    let Some(first) = own.next() else { return false };
    view.meanings(first).heading.is_some() && own.next().is_none_or(|value| !is_label(value))
}

fn is_titled(view: &SheetView<'_>, row: &RowView<'_>) -> bool {
    let mut own = row.own();
    let (Some(only), None) = (own.next(), own.next()) else {
        return false;
    };
    let key = view.key(only);
    is_title(key) && !view.is(only, RowWord::Block) && !is_page_mark(key) && !is_year_line(key)
}

fn is_end(view: &SheetView<'_>, row: &RowView<'_>) -> bool {
    let Some(first) = row.own().next() else { return false };
    [RowWord::Total, RowWord::Grade, RowWord::Signature]
        .iter()
        .any(|word| view.is(first, *word))
        || is_note(view.key(first))
}

/// Returns whether the rows of a sheet without any header stand under the columns of one: names under the levels,
/// points under 分值 and 得分.
fn fit(header: &IndicatorHeader, view: &SheetView<'_>) -> Step {
    let (mut fitting, mut misfitting) = (0_usize, 0_usize);
    for row in &view.rows {
        if is_end(view, row) {
            fitting += usize::from(fitting > 0 || has_points(header, view, row));
            break;
        }
        let mut own = row.own();
        let (Some(_), Some(_)) = (own.next(), own.next()) else {
            continue;
        };
        let stands = row.own().all(|slot| stands_under(header, view, slot));
        let names = row.own().any(|slot| {
            column_of(&header.columns, slot)
                .is_some_and(|column| column.role == ColumnRole::Column(IndicatorField::Level3))
                && view.cell(slot).is_some_and(|cell| cell.number().is_none())
        });
        match (stands, names) {
            (true, true) => fitting += usize::from(has_points(header, view, row)),
            (true, false) => {}
            (false, _) => misfitting += 1,
        }
    }
    match (fitting, misfitting) {
        (0, _) => Step::No,
        (_, 0) => Step::Yes,
        (fitting, misfitting) if fitting > misfitting => Step::Perhaps,
        _ => Step::No,
    }
}

/// Returns whether a slot begins under a header, and is a figure where figures belong.
fn stands_under(header: &IndicatorHeader, view: &SheetView<'_>, slot: &Slot) -> bool {
    let Some(column) = column_of(&header.columns, slot) else {
        return false;
    };
    let begins = column.first <= slot.range.first.column && slot.range.first.column <= column.last;
    begins && (!is_points_column(column.role) || view.is_placeholder(slot) || points(view, slot))
}

fn has_points(header: &IndicatorHeader, view: &SheetView<'_>, row: &RowView<'_>) -> bool {
    let has_column = header.columns.iter().any(|column| is_points_column(column.role));
    !has_column
        || row.own().any(|slot| {
            column_of(&header.columns, slot).is_some_and(|column| is_points_column(column.role)) && points(view, slot)
        })
}

fn points(view: &SheetView<'_>, slot: &Slot) -> bool {
    view.cell(slot).is_some_and(|cell| {
        matches!(
            read_figure(cell, Quantity::Points),
            Figure::Number(_) | Figure::Shown { .. } | Figure::Text { .. } | Figure::Uncomputed(_) | Figure::Error(_)
        )
    })
}

const fn is_points_column(role: ColumnRole) -> bool {
    matches!(
        role,
        ColumnRole::Column(IndicatorField::Weight | IndicatorField::Score | IndicatorField::ReviewScore)
    )
}

/// Returns the sheets as one, each below the one before, every cell at its place among the parts.
pub(super) fn joined(sheets: &[&Sheet]) -> Sheet {
    let mut cells = Vec::with_capacity(sheets.iter().map(|sheet| sheet.cells().len()).sum());
    let mut merges = Vec::new();
    let mut hidden_rows = Vec::new();
    for (part, sheet) in (0_u32..).zip(sheets) {
        cells.extend(sheet.cells().iter().cloned().map(|mut cell| {
            cell.address = cell.address.in_part(part);
            cell
        }));
        merges.extend(sheet.merges().iter().map(|merge: &CellRange| merge.in_part(part)));
        let row = |row: u32| crate::grid::CellAddress::new(row, 0).in_part(part).row;
        hidden_rows.extend(sheet.hidden_rows.iter().map(|(first, last)| (row(*first), row(*last))));
    }
    let Some(first) = sheets.first() else {
        return Sheet::default();
    };
    let mut sheet = Sheet::new(first.name.clone(), cells, merges);
    sheet.visibility = first.visibility;
    sheet.hidden_rows = hidden_rows;
    // A column hidden on one of the sheets only is seen on the others.
    if sheets.iter().all(|other| other.hidden_columns == first.hidden_columns) {
        sheet.hidden_columns.clone_from(&first.hidden_columns);
    }
    sheet.form_mark.clone_from(&first.form_mark);
    sheet
}
