//! Last year's tables, and which of this year's goes on from which of them.

use std::collections::BTreeMap;

use super::builder::SummaryBuilder;
use super::names::{project_key, unit_key};
use super::rows::{TableDetail, TableRow};
use super::spill::{Place, Spill, record};
use super::{SummaryError, SummaryOptions};
use crate::model::TableKind;
use crate::report::FileReport;

/// Last year's tables with their details.
#[derive(Debug)]
pub struct Previous {
    tables: Vec<TableRow>,
    places: Vec<Place>,
    spill: Spill,
}

impl Previous {
    /// From last year's reports.
    ///
    /// # Errors
    /// When a report could not be had, or the temporary file fails.
    pub fn from_reports(
        reports: impl IntoIterator<Item = Result<FileReport, SummaryError>>,
    ) -> Result<Self, SummaryError> {
        let mut builder = SummaryBuilder::new(SummaryOptions::default());
        for report in reports {
            builder.add(&report?)?;
        }
        Ok(builder.into_previous())
    }

    /// From rows and their details, such as an earlier summary's.
    ///
    /// # Errors
    /// When the temporary file fails.
    pub fn from_rows(rows: impl IntoIterator<Item = (TableRow, TableDetail)>) -> Result<Self, SummaryError> {
        let mut spill = Spill::new();
        let (mut tables, mut places) = (Vec::new(), Vec::new());
        for (row, detail) in rows {
            places.push(spill.write(&record(&detail)?)?);
            tables.push(row);
        }
        Ok(Self::of(tables, places, spill))
    }

    pub(super) fn of(tables: Vec<TableRow>, places: Vec<Place>, spill: Spill) -> Self {
        Self { tables, places, spill }
    }

    /// How many tables it holds.
    pub fn len(&self) -> usize {
        self.tables.len()
    }

    /// Whether it holds none.
    pub fn is_empty(&self) -> bool {
        self.tables.is_empty()
    }

    pub(super) fn table(&self, index: usize) -> Result<Option<(&TableRow, TableDetail)>, SummaryError> {
        match self.tables.get(index).zip(self.places.get(index)) {
            Some((row, place)) => Ok(Some((row, self.spill.read(*place)?))),
            None => Ok(None),
        }
    }
}

/// This year's tables with last year's of the same project: the same name, kind and unit; where the unit was renamed,
/// the same name and kind if nobody else has them in either year.
pub fn pairs(tables: &[TableRow], previous: &Previous) -> Vec<(usize, usize)> {
    type Names = (TableKind, String);
    let names = |row: &TableRow| -> Option<Names> {
        // A table about a whole unit goes on from the unit's own.
        let name = match row.kind {
            TableKind::OverallSelfEvaluation => String::new(),
            _ => project_key(row)?,
        };
        Some((row.kind, without_year(&name)))
    };
    let mut exact: BTreeMap<(Names, String), usize> = BTreeMap::new();
    let mut by_name: BTreeMap<Names, Vec<usize>> = BTreeMap::new();
    for (index, row) in previous.tables.iter().enumerate() {
        if let Some(names) = names(row) {
            exact.entry((names.clone(), unit_key(row))).or_insert(index);
            by_name.entry(names).or_default().push(index);
        }
    }
    let mut counts: BTreeMap<Names, usize> = BTreeMap::new();
    for names in tables.iter().filter_map(names) {
        *counts.entry(names).or_default() += 1;
    }
    let mut pairs = Vec::new();
    for (this, row) in tables.iter().enumerate() {
        let Some(names) = names(row) else { continue };
        let is_only = !names.1.is_empty() && counts.get(&names) == Some(&1);
        let last = exact.get(&(names.clone(), unit_key(row))).copied().or_else(|| {
            let all = by_name.get(&names).filter(|all| is_only && all.len() == 1)?;
            all.first().copied()
        });
        let Some(last) = last else { continue };
        let earlier = previous.tables.get(last).and_then(|row| row.year);
        // The same year twice is no pair of years.
        if row.year.zip(earlier).is_none_or(|(this, last)| last < this) {
            pairs.push((this, last));
        }
    }
    pairs
}

/// 2023年农村公路养护 goes on from 2022年农村公路养护.
fn without_year(name: &str) -> String {
    let rest = name.trim_start_matches(|c: char| c.is_ascii_digit());
    let digits = name.len() - rest.len();
    match rest.strip_prefix("年度").or_else(|| rest.strip_prefix('年')) {
        Some(rest) if digits == 4 && !rest.is_empty() => rest.to_owned(),
        _ => name.to_owned(),
    }
}
