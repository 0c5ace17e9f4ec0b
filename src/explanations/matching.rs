//! Which finding a row speaks of.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use super::row::{Row, comparable};
use crate::grid::CellAddress;
use crate::model::field_title;
use crate::report::FileReport;

/// A table and a finding in it, by their positions in the report.
type Place = (usize, usize);

/// What a row may know of a finding; `None` where it does not, or where it shall not count.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    code: String,
    sheet: Option<String>,
    cell: Option<CellAddress>,
    field_title: Option<String>,
    /// The sentence of a report that it speaks of.
    quote: Option<String>,
}

/// A report's findings by all that a row may know of them. Each finding is taken once.
#[derive(Debug)]
pub(super) struct Index {
    findings: BTreeMap<Key, VecDeque<Place>>,
    sheets: BTreeSet<String>,
    taken: BTreeSet<Place>,
}

impl Index {
    pub(super) fn of(report: &FileReport) -> Self {
        let mut index = Self {
            findings: BTreeMap::new(),
            sheets: BTreeSet::new(),
            taken: BTreeSet::new(),
        };
        for (table_number, table) in report.tables.iter().enumerate() {
            for (number, finding) in table.discrepancies.iter().enumerate() {
                let title = finding.field.as_deref();
                let title = title.map_or_else(String::new, |path| comparable(&field_title(path, &table.evaluation)));
                let (sheet, cell) = table.place(finding.cell);
                let (sheet, cell) = (comparable(sheet), Some(cell));
                let quote = finding.quote.as_ref().map(|quote| comparable(&quote.text));
                for sheet in [None, Some(&sheet)] {
                    for (cell, title) in [(cell, Some(&title)), (cell, None), (None, Some(&title))] {
                        let key = Key {
                            code: finding.code.clone(),
                            sheet: sheet.cloned(),
                            cell,
                            field_title: title.cloned(),
                            quote: None,
                        };
                        if quote.is_some() {
                            let key = Key {
                                quote: quote.clone(),
                                ..key.clone()
                            };
                            index.findings.entry(key).or_default().push_back((table_number, number));
                        }
                        index.findings.entry(key).or_default().push_back((table_number, number));
                    }
                }
            }
            index.sheets.extend(table.sheets().map(comparable));
        }
        index
    }

    /// Returns the finding that agrees with everything the row says.
    pub(super) fn take_exact(&mut self, row: &Row, is_same_file: bool) -> Option<Place> {
        let title = row.field_title.as_deref().map(comparable)?;
        let cell = row.cell?;
        self.take(row, is_same_file, Some(cell), Some(title))
    }

    /// Returns the finding that agrees with what must: the cell in the file that the list was made from, the field in
    /// a file that was handed in again. A finding without a field has only its cell.
    pub(super) fn take_like(&mut self, row: &Row, is_same_file: bool) -> Option<Place> {
        let title = row.field_title.as_deref().map(comparable);
        match title.filter(|title| !title.is_empty() && !is_same_file) {
            Some(title) => self.take(row, is_same_file, None, Some(title)),
            None => self.take(row, is_same_file, Some(row.cell?), None),
        }
    }

    /// Of several findings of one rule at one cell the report's sentence tells which. A sentence that was changed since
    /// tells nothing.
    fn take(
        &mut self,
        row: &Row,
        is_same_file: bool,
        cell: Option<CellAddress>,
        field_title: Option<String>,
    ) -> Option<Place> {
        let sheet = row.sheet.as_deref().map(comparable);
        let sentence = row.quote.as_deref().map(sentence_in).map(comparable);
        let key = Key {
            code: row.code.clone(),
            // Whoever hands a file in again may have renamed its sheets.
            sheet: sheet.filter(|sheet| is_same_file || self.sheets.contains(sheet)),
            cell,
            field_title,
            quote: sentence,
        };
        self.take_of(&key).or_else(|| {
            let without = Key { quote: None, ..key };
            self.take_of(&without)
        })
    }

    fn take_of(&mut self, key: &Key) -> Option<Place> {
        let places = self.findings.get_mut(key)?;
        while let Some(place) = places.pop_front() {
            if self.taken.insert(place) {
                return Some(place);
            }
        }
        None
    }
}

/// Returns the sentence of a list's cell, without its marks and the place behind it.
fn sentence_in(cell: &str) -> &str {
    let inner = cell.trim().strip_prefix('“').unwrap_or(cell);
    inner.rsplit_once("”（第").map_or(inner, |(sentence, _)| sentence)
}
