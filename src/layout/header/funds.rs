//! The header of a fund block.

use rust_decimal::Decimal;

use super::super::points::points_in_header;
use super::super::view::{RowView, SheetView, Slot};
use super::super::vocabulary::{FundWord, RowWord, Vocabulary};
use super::HeaderColumn;
use super::fund_contest::Contest;
use super::fund_parts::HeadsAbove;
use super::fund_years::FundYears;
use crate::grid::CellAddress;
use crate::model::FundField;

/// What a physical column of the fund block holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::layout) enum FundRole {
    /// A column of the model.
    Column(FundField),
    /// Kept beside the table under its header.
    Extra,
    /// A source of money whose budget stands below it: 中央资金 beside 地方资金.
    Source,
    /// Row numbers.
    Ordinal,
    /// Written by this program.
    Derived,
    /// Not known, kept beside the table under its header.
    Unknown,
}

/// The header of a fund block.
#[derive(Debug, Clone)]
pub(in crate::layout) struct FundHeader {
    pub columns: Vec<HeaderColumn<FundRole>>,
    /// Points that a header carries in place of a 分值 column: 得分(20分*执行率).
    pub points: Option<(CellAddress, String, Decimal)>,
    /// Fund rows of the table above this header.
    pub rows_above: usize,
    /// Where columns begin that no known one holds, or those of the header above, which this one divides.
    figures_from: Option<u32>,
}

impl FundHeader {
    /// This header with the row below it, which divides some of its columns.
    pub(in crate::layout) fn divided_by(mut self, below: Self) -> Self {
        self.figures_from = Some(self.first_figure_column().min(below.first_figure_column()));
        self.columns.retain(|column| {
            !below
                .columns
                .iter()
                .any(|part| column.first <= part.last && part.first <= column.last)
        });
        self.columns.extend(below.columns);
        self.columns.sort_by_key(|column| column.first);
        self.points = self.points.or(below.points);
        self
    }

    /// Returns the first physical column behind the names of the rows.
    pub(in crate::layout) fn first_figure_column(&self) -> u32 {
        let figures = self.known_figures();
        let first = figures.into_iter().chain(self.figures_from).min();
        // A row that only divides the heads above may have nothing that is known.
        first
            .or_else(|| self.columns.iter().map(|column| column.first).min())
            .unwrap_or_default()
    }

    /// Returns the first physical column of known figures.
    fn known_figures(&self) -> Option<u32> {
        let is_figure = |column: &&HeaderColumn<FundRole>| match column.role {
            FundRole::Column(role) => role != FundField::Label,
            FundRole::Source => true,
            _ => false,
        };
        self.columns.iter().filter(is_figure).map(|column| column.first).min()
    }

    /// Returns whether a slot reaches over what is known to be a figure's column.
    pub(in crate::layout) fn reaches_figures(&self, slot: &Slot) -> bool {
        let from = self.known_figures().unwrap_or_else(|| self.first_figure_column());
        slot.range.last.column > from
    }
}

/// Reads a row as the header of a fund block: an annual budget or an executed amount, and one more fund column; or a row
/// that divides such amounts of the header above. What is merged down from the row above, and what a text says below its
/// head, counts as if it stood in the row.
pub(in crate::layout) fn fund_header(
    view: &SheetView<'_>,
    row: &RowView<'_>,
    vocabulary: &Vocabulary,
) -> Option<FundHeader> {
    let heads = HeadsAbove::of(view, row);
    let contest = Contest { view, row, vocabulary };
    let mut columns = known_columns(&contest, heads.as_ref());
    if let Some(heads) = heads
        .as_ref()
        .filter(|heads| !columns.is_empty() && heads.has_texts_below(row))
    {
        for slot in heads.undivided(row) {
            add_column(&mut columns, view, slot, view.meanings(slot).fund, None);
        }
    }
    columns.extend(contest.loose_budget(&columns));
    if makes_header(&columns) {
        let has = |column: FundField| columns.iter().any(|known| known.role == FundRole::Column(column));
        if !has(FundField::AnnualBudget) && !has(FundField::InitialBudget) {
            columns.extend(source_columns(view, row, vocabulary));
        }
        if columns.iter().all(|column| column.role != FundRole::Source) {
            contest.take_sum(&mut columns);
        }
    } else {
        let heads =
            heads.filter(|heads| (!columns.is_empty() || heads.has_names_below(row)) && heads.are_divided_by(row))?;
        let above = Contest {
            row: heads.row(),
            ..contest
        };
        if !makes_header(&known_columns(&above, None)) {
            return None;
        }
        let unknown = heads
            .parts(row)
            .filter(|slot| columns.iter().all(|known| known.cell != slot.range.first));
        columns.extend(
            unknown
                .map(|slot| column(view, slot, FundRole::Unknown))
                .collect::<Vec<_>>(),
        );
    }
    columns.sort_by_key(|column| column.first);
    columns.extend(unknown_columns(view, row, &columns));
    let before = contest.unknown_before(&columns);
    let figures_from = before.iter().map(|column| column.first).min();
    columns.extend(before);
    columns.sort_by_key(|column| column.first);
    let has_weight = columns
        .iter()
        .any(|known| known.role == FundRole::Column(FundField::Weight));
    let points = if has_weight {
        None
    } else {
        row.slots.iter().find_map(|slot| {
            let text = view.text(slot);
            Some((slot.range.first, text.to_owned(), points_in_header(text)?))
        })
    };
    Some(FundHeader {
        columns,
        points,
        rows_above: 0,
        figures_from,
    })
}

/// Returns whether columns are those of a fund block: an annual budget or an executed amount, and one more of its own.
fn makes_header(columns: &[HeaderColumn<FundRole>]) -> bool {
    use FundField::{AnnualBudget, Executed, ExecutionRate, InitialBudget};
    let has = |column: FundField| columns.iter().any(|known| known.role == FundRole::Column(column));
    let own = [InitialBudget, AnnualBudget, Executed, ExecutionRate];
    (has(AnnualBudget) || has(Executed)) && own.into_iter().filter(|column| has(*column)).count() >= 2
}

/// Returns the columns that a row names.
fn known_columns(contest: &Contest<'_, '_>, heads: Option<&HeadsAbove<'_, '_>>) -> Vec<HeaderColumn<FundRole>> {
    let Contest { view, row, vocabulary } = *contest;
    let word = |slot: &Slot| view.meanings(slot).fund;
    // 年度预算数（万元） heads the whole block where 调整后预算数 stands to its right.
    let heads_block = |slot: &Slot| {
        view.is(slot, RowWord::Block)
            && row
                .own()
                .filter(|other| other.range.first.column > slot.range.last.column)
                .any(|other| word(other) == word(slot))
    };
    let years = FundYears::of(contest);
    let mut columns = Vec::new();
    for slot in row.own().filter(|slot| !heads_block(slot)) {
        let of_year = || years.as_ref().and_then(|years| years.word(slot));
        let named = word(slot)
            .or_else(of_year)
            .or_else(|| heads?.joined_word(slot, vocabulary));
        add_column(&mut columns, view, slot, named, Some(contest));
    }
    columns
}

/// Adds the column of a header; of two of the same field the first, unless the other one outranks it.
fn add_column(
    columns: &mut Vec<HeaderColumn<FundRole>>,
    view: &SheetView<'_>,
    slot: &Slot,
    word: Option<FundWord>,
    contest: Option<&Contest<'_, '_>>,
) {
    let role = match word {
        Some(FundWord::Column(column)) => {
            let role = FundRole::Column(column);
            if let Some(known) = columns.iter_mut().find(|known| known.role == role)
                && !contest.is_some_and(|contest| contest.displace(known, slot, column))
            {
                return;
            }
            role
        }
        Some(FundWord::Extra) => FundRole::Extra,
        Some(FundWord::Ordinal) => FundRole::Ordinal,
        Some(FundWord::Derived) => FundRole::Derived,
        _ => return,
    };
    columns.push(column(view, slot, role));
}

pub(super) fn column(view: &SheetView<'_>, slot: &Slot, role: FundRole) -> HeaderColumn<FundRole> {
    HeaderColumn {
        first: slot.range.first.column,
        last: slot.range.last.column,
        role,
        cell: slot.range.first,
        text: view.text(slot).to_owned(),
    }
}

/// Headers that nobody knows between those of figures, or next to the last of them.
fn unknown_columns(
    view: &SheetView<'_>,
    row: &RowView<'_>,
    known: &[HeaderColumn<FundRole>],
) -> Vec<HeaderColumn<FundRole>> {
    let figures = |column: &&HeaderColumn<FundRole>| column.role != FundRole::Column(FundField::Label);
    let Some(first) = known.iter().filter(figures).map(|column| column.first).min() else {
        return Vec::new();
    };
    let mut end = first;
    let mut found = Vec::new();
    let last_known = known.iter().map(|column| column.last).max().unwrap_or_default();
    for slot in row.own().filter(|slot| slot.range.first.column >= first) {
        let meanings = view.meanings(slot);
        let is_known = known.iter().any(|column| column.cell == slot.range.first);
        let is_label = meanings.heading.is_some() || meanings.goal.is_some() || meanings.is_row_label();
        let is_within = slot.range.first.column <= last_known.max(end.saturating_add(1));
        let is_text = view.cell(slot).is_some_and(|cell| cell.number().is_none()) && !view.is_placeholder(slot);
        if !is_known && !is_within {
            break;
        }
        if !is_known && !is_label && is_text && points_in_header(view.text(slot)).is_none() {
            found.push(column(view, slot, FundRole::Unknown));
        }
        end = slot.range.last.column;
    }
    found
}

/// Sources of money named side by side in a fund header without a column for the budget; none where only one is.
fn source_columns(view: &SheetView<'_>, row: &RowView<'_>, vocabulary: &Vocabulary) -> Vec<HeaderColumn<FundRole>> {
    let found: Vec<HeaderColumn<FundRole>> = row
        .own()
        .filter(|slot| {
            let meanings = view.meanings(slot);
            meanings.fund.is_none() && !meanings.is(RowWord::Block) && vocabulary.named_source(view.key(slot)).is_some()
        })
        .map(|slot| column(view, slot, FundRole::Source))
        .collect();
    if found.len() < 2 { Vec::new() } else { found }
}
