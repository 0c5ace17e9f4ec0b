//! A table of a report turned back into a reading, so that it can be rescored and checked again.

use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer};

use super::{ReportedPlaces, TableReport};
use crate::grid::CellAddress;
use crate::model::{Binding, Bindings, BoundCell, Evaluation, FormRecognition, TableReading};

impl TableReport {
    /// Returns the reading behind this part of a report.
    ///
    /// Form, headers and guesses are not part of a report and are missing here. A report without
    /// [`places`](Self::places) gives a reading that knows filled cells only.
    pub fn reading(&self) -> TableReading {
        let places = match &self.places {
            Some(places) => places.with_fields(&self.evaluation),
            None => ReportedPlaces::of_fields(&self.evaluation).with_fields(&self.evaluation),
        };
        TableReading {
            sheet: self.sheet.clone(),
            range: self.range,
            continued: self.continued.clone(),
            other_part: self.other_part.clone(),
            kind: self.kind,
            recognition: FormRecognition {
                form: "report".to_owned(),
                title: self.kind.title().to_owned(),
                confidence: 100,
                reasons: vec!["取自核对结果文件，没有再看原来的表格".to_owned()],
                missing: Vec::new(),
            },
            columns: Vec::new(),
            places,
            bindings: bindings(&self.evaluation, &self.bindings),
            evaluation: self.evaluation.clone(),
            labels: self.labels.clone(),
            guesses: Vec::new(),
            guessed: self.guessed.clone(),
            unknown_headers: self.unknown_headers.clone(),
            facts: self.facts.clone(),
            formulas: self.formulas.clone(),
            coverage: self.coverage.clone(),
        }
    }
}

/// Reads bindings of a report. A field that is not known here, of another version of the program, is passed over rather
/// than the report refused for it.
pub(super) fn bindings_of_known_fields<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Binding>, D::Error> {
    #[derive(Deserialize)]
    struct Written {
        field: String,
        cell: CellAddress,
        text: String,
    }
    let written = Vec::<Written>::deserialize(deserializer)?;
    let known = written.into_iter().filter_map(|Written { field, cell, text }| {
        Some(Binding {
            field: field.parse().ok()?,
            cell,
            text,
        })
    });
    Ok(known.collect())
}

/// Returns every bound cell: that of a field by the first field that it gave, and those that gave none.
fn bindings(evaluation: &Evaluation, others: &[Binding]) -> Bindings {
    let others = others.iter().map(|Binding { field, cell, text }| BoundCell {
        field: *field,
        cell: *cell,
        text,
    });
    let mut found: BTreeMap<CellAddress, BoundCell> = others.map(|bound| (bound.cell, bound)).collect();
    evaluation.each_field(|path, field| {
        found.entry(field.cell()).or_insert_with(|| BoundCell {
            field: path,
            cell: field.cell(),
            text: field.text(),
        });
    });
    found.into_values().collect()
}

/// Returns the bound cells that the fields of an evaluation do not tell, or tell of another field.
pub(super) fn untold_bindings(bindings: &Bindings, evaluation: &Evaluation) -> Vec<Binding> {
    // Bindings stand in the order of their cells. A cell that gave several fields is told by the first of them.
    let mut told: Vec<Option<bool>> = vec![None; bindings.len()];
    // Fields mostly follow each other as their cells do; levels merged over their rows come again in each of them.
    let mut next = 0;
    let mut above: [Option<(CellAddress, usize)>; 2] = [None; 2];
    evaluation.each_field(|path, field| {
        let cell = field.cell();
        let bound = |index: usize| bindings.place(index).map(|(_, bound)| bound);
        let is_next =
            bound(next) == Some(cell) && next.checked_sub(1).and_then(bound).is_none_or(|before| before < cell);
        let first = if is_next {
            next
        } else if let Some((_, first)) = above.iter().flatten().find(|(known, _)| *known == cell) {
            *first
        } else {
            let first = bindings.first_from(cell);
            above = [above[1], Some((cell, first))];
            first
        };
        // A level merged over its rows stands above; what follows goes on behind the row before.
        next = next.max(first + 1);
        for (index, is_told) in told.iter_mut().enumerate().skip(first) {
            let Some((field, _)) = bindings.place(index).filter(|(_, bound)| *bound == cell) else {
                break;
            };
            is_told.get_or_insert_with(|| path == field);
        }
    });
    let untold = bindings.iter().zip(told).filter(|(_, is_told)| *is_told != Some(true));
    untold.map(|(binding, _)| binding.into()).collect()
}
