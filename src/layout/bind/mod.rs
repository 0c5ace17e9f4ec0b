//! Binding: walks a table's rows from top to bottom and gives every filled cell its field or its role.
//!
//! Each block has its own file; this one holds the walk and the cell_uses in which every cell is accounted for.

mod account;
mod amounts;
mod apart;
mod cell_uses;
mod column_cells;
mod filled_down;
mod fraction_weights;
mod free_text;
mod fund_pairs;
mod funds;
mod goal_words;
mod goals;
mod group_rows;
mod heading;
mod indicators;
mod inline;
mod levels;
mod own_additions;
mod rows_below;
mod running_sums;
mod statements;
mod sums;
mod tail;

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use rust_decimal::Decimal;

use super::figure::{Figure, Quantity, read_figure, stored_otherwise};
use super::header::{FundHeader, HeaderColumn, IndicatorHeader, column_of, fund_header, indicator_header};
use super::points::split_name_weight;
use super::view::{RowView, SheetView, Slot};
use super::vocabulary::{GoalWord, Vocabulary};
use crate::grid::{CellAddress, CellRange, CellValue};
use crate::model::{Bindings, CellFact, CellFactAt, FieldPath, LabelText, ReadingGuess, TablePlaces};
use crate::model::{Coverage, Evaluation, Field, GuessedHeader, HeadingField, LabelledField, UnknownHeader};

use amounts::AmountUnit;
use cell_uses::CellUses;
use fund_pairs::PairColumn;
use heading::Label;
use levels::LevelNames;
use running_sums::RunningSums;

/// One table's share of a sheet, in view rows.
#[derive(Debug, Clone)]
pub(super) struct TableRows {
    /// First view row.
    pub first: usize,
    /// View row of the indicator header.
    pub header: usize,
    /// Further headers with other columns under which the same evaluation goes on, by view row.
    pub more: Vec<(usize, IndicatorHeader)>,
    /// One past the last view row.
    pub end: usize,
}

/// The block that the walk is in.
enum Block {
    Head,
    Funds(Rc<FundHeader>),
    FundPairs(Rc<Vec<PairColumn>>),
    Statements(Rc<Vec<HeaderColumn<()>>>),
    Apart(Rc<FundHeader>),
    Goals(Rc<Vec<HeaderColumn<GoalWord>>>),
    Indicators,
    Tail,
    /// Below the band of what this program added.
    Annex,
}

/// The result of binding, before the form is named.
pub(super) struct BoundTable {
    pub evaluation: Evaluation,
    pub places: TablePlaces,
    pub bindings: Bindings,
    pub labels: Vec<LabelText>,
    pub guesses: Vec<ReadingGuess>,
    pub guessed: Vec<GuessedHeader>,
    pub unknown_headers: Vec<UnknownHeader>,
    pub facts: Vec<CellFactAt>,
    pub coverage: Coverage,
    pub range: CellRange,
    /// What the table covers of each further sheet, in that sheet's own addresses.
    pub further: Vec<CellRange>,
}

/// Binds all rows of one table.
pub(super) fn bind<'v>(
    view: &'v SheetView<'_>,
    rows: &'v TableRows,
    header: &'v IndicatorHeader,
    vocabulary: &'v Vocabulary,
) -> Option<BoundTable> {
    // Enough for nearly every table; a longer one grows as it is read.
    const MOST_RESERVED: usize = 1024;
    let cells = view.cell_span(rows.first, rows.end);
    let mut binder = Binder {
        view,
        vocabulary,
        header,
        evaluation: Evaluation::default(),
        places: TablePlaces::default(),
        bindings: Bindings::with_capacity(cells.len().min(MOST_RESERVED)),
        uses: CellUses::new(cells),
        guesses: Vec::new(),
        guessed: Vec::new(),
        unknown_headers: Vec::new(),
        facts: Vec::new(),
        block: Block::Head,
        head: HeadState::default(),
        indicator_rows: IndicatorState::default(),
        amount_units: Vec::new(),
        last_row: u32::MAX,
        row_name: None,
    };
    binder.walk(rows);
    binder.finish(rows)
}

/// What the lines of the head know of each other.
#[derive(Default)]
struct HeadState {
    /// A reporting unit: its index among the signatures and its label's cell.
    reporting_unit: Option<(usize, CellAddress)>,
    /// How plainly the labels of the fields bound so far name them.
    plainness: BTreeMap<HeadingField, u8>,
    /// The last 主管部门 of a higher level, likewise.
    higher_department: Option<(usize, CellAddress)>,
    /// 评价对象 and its kin, likewise.
    evaluated: Option<(usize, CellAddress)>,
}

/// What the rows of the indicator block know of those above.
#[derive(Default)]
struct IndicatorState {
    levels: LevelNames,
    sums: RunningSums,
    /// Headings left of the levels beside a header, as their cells show them.
    margin_headings: BTreeSet<String>,
    /// The columns in which the indicator above has places, one bit each.
    columns_above: u16,
}

struct Binder<'v, 's> {
    view: &'v SheetView<'s>,
    vocabulary: &'v Vocabulary,
    header: &'v IndicatorHeader,
    uses: CellUses,
    evaluation: Evaluation,
    places: TablePlaces,
    bindings: Bindings,
    guesses: Vec<ReadingGuess>,
    guessed: Vec<GuessedHeader>,
    unknown_headers: Vec<UnknownHeader>,
    facts: Vec<CellFactAt>,
    block: Block,
    head: HeadState,
    indicator_rows: IndicatorState,
    /// Units that amounts of the fund block name.
    amount_units: Vec<AmountUnit>,
    /// The last row in which a cell was used.
    last_row: u32,
    /// The first cell of the row above.
    row_name: Option<&'v Slot>,
}

impl<'v> Binder<'v, '_> {
    fn walk(&mut self, rows: &'v TableRows) {
        let mut index = rows.first;
        let mut more = rows.more.iter().peekable();
        while index < rows.end {
            let Some(row) = self.view.rows.get(index) else { break };
            let next = more.next_if(|(at, _)| *at == index);
            if let Some((_, header)) = next {
                let goes_on = header.has_columns_of(self.header);
                self.header = header;
                if !goes_on {
                    self.indicator_rows.levels.begin_anew();
                }
            }
            if index == rows.header || next.is_some() {
                for extra in 0..self.header.rows {
                    self.bind_header_row(index + extra);
                }
                self.begin_indicators(rows.end.saturating_sub(index));
                index += self.header.rows;
                continue;
            }
            if index > rows.header
                && let Some(repeated) = indicator_header(self.view, index, self.vocabulary)
                && repeated.repeats(self.header)
            {
                for extra in 0..repeated.rows {
                    self.bind_header_row(index + extra);
                }
                self.block = Block::Indicators;
                index += repeated.rows;
                continue;
            }
            self.bind_row(row);
            index += 1;
        }
    }

    fn bind_row(&mut self, row: &'v RowView<'_>) {
        if self.bind_own_addition(row) || self.is_block_name_again(row) {
            return;
        }
        if self.bind_fund_pairs(row) {
            return;
        }
        if let Some(header) = fund_header(self.view, row, self.vocabulary)
            && !self.is_row_of_points(row)
        {
            self.begin_money(row, header);
            return;
        }
        if self.bind_goal_header(row) {
            return;
        }
        if self.bind_statement_header(row) {
            return;
        }
        let bound = match &self.block {
            Block::Indicators => self.bind_in_indicators(row),
            Block::Funds(header) => {
                let header = Rc::clone(header);
                self.bind_fund_row(row, &header)
            }
            Block::Apart(header) => {
                let header = Rc::clone(header);
                self.bind_row_apart(row, &header)
            }
            Block::Statements(columns) => {
                let columns = Rc::clone(columns);
                self.bind_statement_row(row, &columns)
            }
            Block::Goals(columns) => {
                let columns = Rc::clone(columns);
                self.bind_goal_row(row, &columns)
            }
            Block::FundPairs(_) => {
                self.block = Block::Head;
                false
            }
            Block::Tail => self.bind_sum_below_total(row),
            Block::Head | Block::Annex => false,
        };
        if !bound {
            self.bind_labelled_row(row);
        }
    }

    /// Returns whether a row holds nothing but the name of its block, as the row above did: an empty row beside a
    /// name that was written into each row of what was one merged cell.
    fn is_block_name_again(&mut self, row: &'v RowView<'_>) -> bool {
        let mut own = row.own();
        let Some(first) = own.next() else { return false };
        let above = self.row_name.replace(first);
        let is_again = own.next().is_none()
            && above.is_some_and(|above| {
                above.range.first.column == first.range.first.column && self.view.key(above) == self.view.key(first)
            })
            && self.label(first) == Some(Label::Block);
        if is_again {
            self.decorate(first);
        }
        is_again
    }

    /// Headers say nothing of their own, except the points of a block in its margin: 年度绩效目标1（40分）.
    fn bind_header_row(&mut self, index: usize) {
        let Some(row) = self.view.rows.get(index) else { return };
        let levels_from = self.header.first_level_column();
        for slot in row.slots {
            let is_header = column_of(&self.header.columns, slot).is_some_and(|column| column.cell == slot.range.first);
            if !is_header && self.is_beside(slot) && slot.range.first.column > levels_from {
                continue;
            }
            if slot.range.last.column < levels_from {
                self.indicator_rows
                    .margin_headings
                    .insert(self.view.text(slot).to_owned());
            }
            let (name, points) = split_name_weight(self.view.text(slot));
            if points.is_some() && !slot.carried && slot.range.last.column < levels_from {
                let path = FieldPath::extra(self.evaluation.extra.len());
                if let Some(value) = self.text_field(slot, path) {
                    self.evaluation.extra.push(LabelledField { label: name, value });
                }
            }
            self.decorate(slot);
        }
    }

    fn decorate(&mut self, slot: &Slot) {
        self.note_row(slot);
        self.uses.decorate(slot.cell);
    }

    fn is_used(&self, slot: &Slot) -> bool {
        self.uses.usage(slot.cell).is_some()
    }

    fn note_row(&mut self, slot: &Slot) {
        // Before anything was used, every row is near.
        let before = if self.last_row == u32::MAX { 0 } else { self.last_row };
        self.last_row = before.max(slot.range.last.row);
    }

    fn mark_bound(&mut self, slot: &Slot, field: FieldPath) {
        self.mark_bound_as(slot, field, self.view.text(slot));
    }

    fn mark_bound_as(&mut self, slot: &Slot, field: FieldPath, text: &str) {
        self.note_row(slot);
        if self.uses.bind(slot.cell) {
            self.bindings.push(field, slot.range.first, text);
        }
    }

    /// Binds a slot as a text. An error value or a formula without a result gives no field but a fact.
    fn text_field(&mut self, slot: &Slot, field: FieldPath) -> Option<Field<String>> {
        let cell = self.view.cell(slot)?;
        match (&cell.value, &cell.formula) {
            (CellValue::Error(code), _) => {
                self.mark_bound(slot, field);
                self.fact(slot, field, CellFact::ErrorValue(code.clone()));
                return None;
            }
            (CellValue::Blank, Some(formula)) => {
                self.mark_bound(slot, field);
                self.fact(slot, field, CellFact::FormulaWithoutValue(formula.clone()));
                return None;
            }
            _ => {}
        }
        let text = self.view.text(slot);
        if text.is_empty() {
            return None;
        }
        if let Some(stored) = stored_otherwise(cell) {
            self.fact(slot, field, CellFact::ShownOtherwise { stored });
        }
        self.mark_bound_as(slot, field, text);
        Some(Field::new(text.to_owned(), text, slot.range.first))
    }

    /// Binds a slot as a figure. What is no number gives no field but a fact; placeholders are decorative.
    fn figure_field(&mut self, slot: &Slot, quantity: Quantity, field: FieldPath) -> Option<Field<Decimal>> {
        let cell = self.view.cell(slot)?;
        let figure = read_figure(cell, quantity);
        let number = match figure {
            Figure::Number(number) => number,
            Figure::Shown { number, stored } => {
                self.fact(slot, field, CellFact::ShownOtherwise { stored });
                number
            }
            Figure::Text { number, bare } => {
                if bare {
                    self.fact(slot, field, CellFact::NumberAsText);
                }
                number
            }
            Figure::Blank => return None,
            Figure::Placeholder => {
                self.decorate(slot);
                return None;
            }
            Figure::Error(code) => {
                self.mark_bound(slot, field);
                self.fact(slot, field, CellFact::ErrorValue(code));
                return None;
            }
            Figure::Uncomputed(formula) => {
                self.mark_bound(slot, field);
                self.fact(slot, field, CellFact::FormulaWithoutValue(formula));
                return None;
            }
            // Left unread, so that it is listed as such.
            Figure::Unreadable => {
                self.fact(slot, field, CellFact::UnreadableFigure);
                return None;
            }
        };
        let text = self.view.text(slot);
        self.mark_bound_as(slot, field, text);
        Some(Field::new(number, text, slot.range.first))
    }
}
