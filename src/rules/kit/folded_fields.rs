//! The texts of a table's fields without white space, each made once for all rules.

use std::cell::Cell;

use super::texts::FoldedText;
use crate::grid::CellAddress;
use crate::model::{Evaluation, Field};

/// Returns what a table is about: its title, the project, who carries it out and what it is to reach.
pub fn heading_and_goals(evaluation: &Evaluation) -> impl Iterator<Item = &Field<String>> {
    let heading = [
        &evaluation.title,
        &evaluation.project_name,
        &evaluation.department,
        &evaluation.implementing_unit,
    ];
    let goals = evaluation.goals.iter().flat_map(|goal| [&goal.expected, &goal.actual]);
    heading.into_iter().chain(goals).flatten()
}

/// What people wrote into heading, goals, notes, statements, reasons and indicators, by cell.
#[derive(Debug, Default)]
pub struct FoldedFields<'a> {
    fields: Vec<(CellAddress, &'a str, FoldedText<'a>)>,
    /// Behind the one that was found last: rules ask for one cell after the other.
    next: Cell<usize>,
}

impl<'a> FoldedFields<'a> {
    /// Returns the texts of an evaluation; a level merged over its rows is one text.
    pub fn new(evaluation: &'a Evaluation) -> Self {
        let funds = evaluation.funds.iter().map(|fund| &fund.reason);
        // A level merged over its rows is taken once, which leaves the rest in the order of their cells.
        let above = std::iter::once(None).chain(evaluation.indicators.iter().map(Some));
        let rows = evaluation.indicators.iter().zip(above).flat_map(|(row, above)| {
            let own = |level: &'a Option<Field<String>>, above: Option<&Option<Field<String>>>| {
                let is_same = |above: &Field<String>, level: &Field<String>| {
                    above.cell == level.cell && above.value == level.value
                };
                let above = above.and_then(Option::as_ref);
                level
                    .as_ref()
                    .filter(|level| !above.is_some_and(|above| is_same(above, level)))
            };
            [
                own(&row.level1, above.map(|above| &above.level1)),
                own(&row.level2, above.map(|above| &above.level2)),
                row.level3.as_ref(),
                row.target.as_ref(),
                row.actual.as_ref(),
                row.reason.as_ref(),
            ]
        });
        let fields = heading_and_goals(evaluation).chain(funds.map(Option::as_ref).chain(rows).flatten());
        let others = evaluation.extra.iter().map(|extra| &extra.value);
        /// Texts of an indicator and of what stands around them, as most tables have them.
        const TEXTS: usize = 6;
        let mut texts: Vec<(CellAddress, &str)> = Vec::with_capacity(evaluation.indicators.len() * TEXTS + TEXTS);
        let fields = fields.chain(&evaluation.notes).chain(others);
        texts.extend(fields.map(|field| (field.cell, field.value.as_str())));
        texts.sort_by_key(|(cell, _)| *cell);
        texts.dedup();
        let folded = texts
            .into_iter()
            .map(|(cell, text)| (cell, text, FoldedText::new(text)));
        Self {
            fields: folded.collect(),
            next: Cell::default(),
        }
    }

    /// Returns the folded text of a cell, where it is that of one of the fields.
    pub fn find(&self, cell: CellAddress, text: &str) -> Option<&FoldedText<'a>> {
        let next = self.next.get();
        let is_before = |(other, ..): &(CellAddress, &str, FoldedText<'_>)| *other < cell;
        let (before, rest) = self.fields.split_at_checked(next).unwrap_or_default();
        let is_next = before.last().is_none_or(is_before) && rest.first().is_some_and(|(other, ..)| *other == cell);
        let first = if is_next {
            next
        } else {
            self.fields.partition_point(is_before)
        };
        self.next.set(first + 1);
        self.find_from(first, cell, text)
    }

    /// Returns the same among the texts from an index on.
    fn find_from(&self, first: usize, cell: CellAddress, text: &str) -> Option<&FoldedText<'a>> {
        let here = self
            .fields
            .get(first..)?
            .iter()
            .take_while(|(other, ..)| *other == cell);
        here.filter(|(_, other, _)| *other == text)
            .map(|(.., folded)| folded)
            .next()
    }

    /// Returns a walk over the texts in about the order of their cells.
    pub const fn walk(&self) -> FieldWalk<'_, 'a> {
        FieldWalk { fields: self, next: 0 }
    }
}

/// A walk over folded texts: whoever asks for one after the other finds most where the last one ended.
pub struct FieldWalk<'f, 'a> {
    fields: &'f FoldedFields<'a>,
    next: usize,
}

impl<'a> FieldWalk<'_, 'a> {
    /// Returns the text of a cell, folded anew where it is that of no field.
    pub fn folded(&mut self, cell: CellAddress, text: &'a str) -> FoldedText<'a> {
        let is_it = |(other, written, _): &&(CellAddress, &str, FoldedText<'a>)| {
            *other == cell && (std::ptr::eq(*written, text) || *written == text)
        };
        if let Some((.., folded)) = self.fields.fields.get(self.next).filter(is_it) {
            self.next += 1;
            return folded.clone();
        }
        let first = self.fields.fields.partition_point(|(other, ..)| *other < cell);
        // A level merged over its rows stands above; what follows goes on behind the row before.
        self.next = self.next.max(first + 1);
        match self.fields.find_from(first, cell, text) {
            Some(folded) => folded.clone(),
            None => FoldedText::new(text),
        }
    }
}
