//! The account of a bound table: every filled cell is bound, decorative or unread; and what is remembered of single cells.

use std::collections::BTreeMap;

use super::super::figure::{Figure, Quantity, read_figure};
use super::super::view::{Slot, is_filled, shown_text};
use super::cell_uses::CellUse;
use super::{Binder, BoundTable, TableRows};
use crate::grid::{CellRange, Sheet, Visibility};
use crate::model::{CellFact, CellFactAt, Coverage, FieldPath, LabelText, ReadingGuess, UnreadCell};
use crate::text::trimmed;

impl Binder<'_, '_> {
    pub(super) fn finish(mut self, rows: &TableRows) -> Option<BoundTable> {
        self.settle_year();
        self.settle_own_names();
        self.settle_substitutes();
        self.settle_amounts();
        self.settle_fractions();
        let sheet = self.view.sheet;
        let cells_at = self.view.cell_span(rows.first, rows.end);
        let (first_cell, end_cell) = (cells_at.start, cells_at.end);
        let mut coverage = Coverage::default();
        let mut labels = Vec::new();
        let mut ranges: Vec<CellRange> = Vec::new();
        // All three go by the order of cells, so that one walk meets each with its region.
        let mut covered = self.view.covered_from(first_cell).iter().peekable();
        let rows = self.view.rows.get(rows.first..rows.end).unwrap_or_default();
        let mut regions = rows.iter().flat_map(|row| row.own()).peekable();
        for (index, cell) in (first_cell..end_cell).zip(sheet.cells().get(first_cell..end_cell).unwrap_or_default()) {
            let under = covered.next_if(|(at, _)| *at == index);
            let region = regions.next_if(|slot| slot.cell == index).map(|slot| slot.range);
            if !is_filled(cell) {
                continue;
            }
            coverage.filled += 1;
            let used = self.uses.usage(index);
            let usage = used.or_else(|| {
                // A value under a merged region that repeats what the region shows says nothing of its own.
                let (_, region) = under?;
                let corner = sheet.cell(region.first)?;
                (trimmed(shown_text(corner)) == trimmed(shown_text(cell))).then_some(CellUse::Decorative)
            });
            match usage {
                Some(usage) => {
                    if usage == CellUse::Bound {
                        coverage.bound += 1;
                    } else {
                        coverage.decorative += 1;
                        if used.is_some() {
                            labels.push(LabelText {
                                cell: cell.address,
                                text: trimmed(shown_text(cell)).to_owned(),
                            });
                        }
                    }
                    let region = region.unwrap_or(CellRange::single(cell.address));
                    match ranges
                        .last_mut()
                        .filter(|range| range.first.part() == region.first.part())
                    {
                        Some(range) => *range = range.including(region.first).including(region.last),
                        None => ranges.push(region),
                    }
                }
                None => coverage.unread.push(UnreadCell {
                    cell: cell.address,
                    text: trimmed(shown_text(cell)).to_owned(),
                }),
            }
        }
        self.note_hidden_figures(sheet, first_cell, end_cell);
        self.guesses.extend(self.indicator_rows.levels.guesses());
        self.guesses.sort_by_key(|guess| guess.cell);
        self.guessed.sort_by_key(|guess| guess.cell);
        self.unknown_headers.sort_by_key(|header| header.cell);
        self.facts.sort_by_key(|fact| fact.cell);
        self.bindings.sort_by_cell();
        let mut ranges = ranges.into_iter();
        let range = ranges.next()?;
        Some(BoundTable {
            evaluation: self.evaluation,
            places: self.places,
            bindings: self.bindings,
            labels,
            guesses: self.guesses,
            guessed: self.guessed,
            unknown_headers: self.unknown_headers,
            facts: self.facts,
            coverage,
            range,
            further: ranges.map(CellRange::on_its_sheet).collect(),
        })
    }

    pub(super) fn guess(&mut self, slot: &Slot, message: String) {
        self.guesses.push(ReadingGuess {
            cell: slot.range.first,
            message,
        });
    }

    pub(super) fn fact(&mut self, slot: &Slot, field: FieldPath, fact: CellFact) {
        self.facts.push(CellFactAt {
            cell: slot.range.first,
            text: self.view.text(slot).to_owned(),
            field: Some(field.into()),
            fact,
        });
    }

    fn note_hidden_figures(&mut self, sheet: &Sheet, first: usize, end: usize) {
        if sheet.visibility == Visibility::Visible && sheet.hidden_rows.is_empty() && sheet.hidden_columns.is_empty() {
            return;
        }
        let fields: BTreeMap<_, _> = self.bindings.iter().map(|b| (b.cell, b.field)).collect();
        for cell in sheet.cells().get(first..end).unwrap_or_default() {
            if !sheet.is_hidden(cell.address) {
                continue;
            }
            let has_figure = cell.number().is_some()
                || matches!(
                    read_figure(cell, Quantity::Points),
                    Figure::Text { .. } | Figure::Uncomputed(_)
                );
            if has_figure {
                let field = fields.get(&cell.address).copied();
                let scored = field.is_some_and(FieldPath::is_scored);
                self.facts.push(CellFactAt {
                    cell: cell.address,
                    text: trimmed(shown_text(cell)).to_owned(),
                    field: field.map(String::from),
                    fact: CellFact::HiddenFigure { scored },
                });
            }
        }
    }
}
