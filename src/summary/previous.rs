//! Last year's tables, and which of this year's goes on from which of them.

use std::collections::BTreeMap;

use super::builder::SummaryBuilder;
use super::rows::{TableDetail, TableRow};
use super::tables::{Brief, Tables};
use super::{SummaryError, SummaryOptions};
use crate::model::TableKind;
use crate::report::FileReport;

/// Last year's tables with their details.
#[derive(Debug)]
pub struct Previous {
    tables: Tables,
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
        builder.into_previous()
    }

    /// From rows and their details, such as an earlier summary's.
    ///
    /// # Errors
    /// When the temporary file fails.
    pub fn from_rows(rows: impl IntoIterator<Item = (TableRow, TableDetail)>) -> Result<Self, SummaryError> {
        let mut tables = Tables::default();
        for (row, detail) in rows {
            tables.push_with(row, detail)?;
        }
        Ok(Self { tables })
    }

    pub(super) const fn of(tables: Tables) -> Self {
        Self { tables }
    }

    /// Returns how many tables it holds.
    pub const fn len(&self) -> usize {
        self.tables.len()
    }

    /// Returns whether it holds none.
    pub const fn is_empty(&self) -> bool {
        self.tables.is_empty()
    }

    /// Returns the tables.
    pub(super) const fn tables(&self) -> &Tables {
        &self.tables
    }
}

/// This year's tables with last year's of the same project.
#[derive(Debug, Default)]
pub struct YearPairs {
    /// Positions of this year's and of last year's.
    pub pairs: Vec<(usize, usize)>,
    /// Tables whose project is there, but not of an earlier year.
    pub of_no_earlier_year: usize,
}

/// Returns the tables of one project: the same name, kind and unit; where the unit was renamed, the same name and kind if
/// nobody else has them in either year.
pub fn pairs(tables: &Tables, previous: &Previous) -> YearPairs {
    let mut exact: BTreeMap<(u64, u64), usize> = BTreeMap::new();
    let mut by_name: BTreeMap<u64, Option<usize>> = BTreeMap::new();
    let named = |brief: &&Brief| brief.undertaking != 0;
    for (index, brief) in previous.tables.briefs().iter().enumerate() {
        if named(&brief) {
            exact.entry((brief.undertaking, brief.unit)).or_insert(index);
            by_name
                .entry(brief.undertaking)
                .and_modify(|only| *only = None)
                .or_insert(Some(index));
        }
    }
    let mut counts: BTreeMap<u64, usize> = BTreeMap::new();
    for brief in tables.briefs().iter().filter(named) {
        *counts.entry(brief.undertaking).or_default() += 1;
    }
    let mut found = YearPairs::default();
    for (this, brief) in tables.briefs().iter().enumerate().filter(|(_, brief)| named(brief)) {
        let is_only = brief.kind != TableKind::OverallSelfEvaluation && counts.get(&brief.undertaking) == Some(&1);
        let last = exact.get(&(brief.undertaking, brief.unit)).copied().or_else(|| {
            let only = by_name.get(&brief.undertaking).filter(|_| is_only)?;
            *only
        });
        let Some(last) = last else { continue };
        let earlier = previous.tables.briefs().get(last).and_then(|brief| brief.year);
        // The same year twice is no pair of years.
        if brief.year.zip(earlier).is_none_or(|(this, last)| last < this) {
            found.pairs.push((this, last));
        } else {
            found.of_no_earlier_year += 1;
        }
    }
    found
}
