//! Tables in their order: rows and details on disk, in memory a brief of each while rules run, some hundred bytes.

use std::io;
use std::ops::Range;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::SummaryError;
use super::names::{mark, project_key, unit_key, without_year};
use super::rows::{TableDetail, TableRow};
use super::stored_rows::{StoredFindings, StoredIndicator};
use crate::disk::{DiskReader, DiskVec, Place, Store, StoreReader, record, stored};
use crate::model::{Grade, MoneyUnit, TableKind};

stored!(TableDetail, StoredFindings, (TableRow, TablePlaces));

/// What is compared between tables again and again. Names are marks, 0 for none.
#[derive(Debug, Clone, Copy)]
pub struct Brief {
    /// Position of its file among the files.
    pub file: u32,
    /// Mark of the file's content.
    pub content: u64,
    /// Mark of the unit that answers for it.
    pub unit: u64,
    /// Mark of the project.
    pub project: u64,
    /// Mark of the project without a year before it; of the kind alone for a table about a whole unit.
    pub undertaking: u64,
    /// What it evaluates.
    pub kind: TableKind,
    /// 年度.
    pub year: Option<i32>,
    /// 总分 as declared.
    pub score: Option<Decimal>,
    /// Grade as declared.
    pub grade: Option<Grade>,
    /// 全年预算数 of a table in 万元 that takes part in sums.
    pub budget: Option<Decimal>,
}

/// How many rows a table has in the lists of details.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct TableSizes {
    /// Indicators.
    pub indicators: u32,
    /// Findings.
    pub discrepancies: u32,
}

/// Where in the store what waits of a table lies.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct TablePlaces {
    /// Its details without its findings.
    pub detail: Place,
    /// Its findings.
    pub findings: Place,
}

/// What waits of a table, as bytes.
#[derive(Debug)]
pub struct TableBytes {
    pub detail: Vec<u8>,
    pub findings: Vec<u8>,
}

impl TableBytes {
    /// Returns what waits of a table.
    pub fn of(mut detail: TableDetail) -> Result<Self, SummaryError> {
        let findings = StoredFindings(std::mem::take(&mut detail.discrepancies));
        Ok(Self {
            detail: record(&detail)?,
            findings: record(&findings)?,
        })
    }

    /// Writes it behind what waits of others; where it lies.
    pub fn write(&self, store: &mut Store) -> Result<TablePlaces, SummaryError> {
        Ok(TablePlaces {
            detail: store.write(&self.detail)?,
            findings: store.write(&self.findings)?,
        })
    }
}

/// Which of a table's details are read back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum DetailPart {
    /// All of them.
    All,
    /// Findings alone.
    Findings,
}

/// The tables of a summary, by path and place in their file.
#[derive(Debug, Default)]
pub struct Tables {
    /// Each with where the rest of it lies.
    rows: DiskVec<(TableRow, TablePlaces)>,
    store: Store,
    briefs: Vec<Brief>,
    sizes: Vec<TableSizes>,
    last_file: String,
    files: u32,
}

impl Tables {
    /// Where the details of the tables taken so far lie.
    pub(super) fn set_store(&mut self, store: Store) {
        self.store = store;
    }

    /// Makes room for so many tables more, and no more than that: a list that grows by itself may take twice as much.
    pub(super) fn reserve(&mut self, tables: usize) {
        self.rows.reserve(tables);
        self.briefs.reserve_exact(tables);
        self.sizes.reserve_exact(tables);
    }

    /// Takes a table of which the rest lies in the store that will be set; its brief. Tables of one path come one after
    /// another.
    pub(super) fn push(&mut self, table: &(TableRow, TablePlaces)) -> Result<Brief, SummaryError> {
        let (row, _) = table;
        if self.files == 0 || self.last_file != row.file {
            self.last_file.clone_from(&row.file);
            self.files += 1;
        }
        let brief = Brief::of(self.files, row);
        self.briefs.push(brief);
        let size = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        self.sizes.push(TableSizes {
            indicators: size(row.indicators),
            discrepancies: size(row.errors + row.warnings + row.infos),
        });
        self.rows.push(table)?;
        Ok(brief)
    }

    /// Takes a table with its details.
    pub(super) fn push_with(&mut self, row: TableRow, detail: TableDetail) -> Result<(), SummaryError> {
        let places = TableBytes::of(detail)?.write(&mut self.store)?;
        self.push(&(row, places)).map(drop)
    }

    /// Returns how many there are.
    pub const fn len(&self) -> usize {
        self.rows.len()
    }

    /// Returns whether there is none.
    pub const fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Returns the row at a position; `None` for no such position.
    ///
    /// # Errors
    /// When the temporary file cannot be read.
    pub fn row(&self, position: usize) -> Result<Option<TableRow>, SummaryError> {
        Ok(self.rows.get(position)?.map(|(row, _)| row))
    }

    /// Returns a reader of rows that mostly follow one another.
    pub(super) const fn row_reader(&self) -> DiskReader<'_, (TableRow, TablePlaces)> {
        self.rows.reader()
    }

    /// Returns the rows in order, one in memory at a time.
    pub fn rows(&self) -> impl Iterator<Item = Result<TableRow, SummaryError>> {
        self.rows.iter().map(|row| Ok(row?.0))
    }

    /// Returns the details of the table at a position; empty details for no such position.
    ///
    /// # Errors
    /// When the temporary file cannot be read.
    pub fn detail(&self, position: usize) -> Result<TableDetail, SummaryError> {
        match self.rows.get(position)? {
            Some((_, places)) => read_part(&mut self.store.reader(), places, DetailPart::All),
            None => Ok(TableDetail::default()),
        }
    }

    /// Returns rows with their details in order, one table in memory at a time.
    pub fn details(&self) -> impl Iterator<Item = Result<(TableRow, TableDetail), SummaryError>> {
        self.details_of(0..self.len(), DetailPart::All)
    }

    /// Returns a part of those of some tables.
    pub(crate) fn details_of(
        &self,
        tables: Range<usize>,
        part: DetailPart,
    ) -> impl Iterator<Item = Result<(TableRow, TableDetail), SummaryError>> {
        let mut reader = self.store.reader();
        self.rows.range(tables).map(move |row| {
            let (row, places) = row?;
            Ok((row, read_part(&mut reader, places, part)?))
        })
    }

    /// Returns the indicators of some tables, one table at a time.
    pub(crate) fn indicators_of(&self, tables: Range<usize>) -> IndicatorReader<'_> {
        IndicatorReader {
            tables,
            rows: self.rows.reader(),
            details: self.store.reader(),
        }
    }

    /// Returns how many rows each table has in the lists of details.
    pub(crate) fn sizes(&self) -> impl Iterator<Item = TableSizes> {
        self.sizes.iter().copied()
    }

    /// Returns the briefs in order.
    pub(super) fn briefs(&self) -> &[Brief] {
        &self.briefs
    }

    /// Lets go of the briefs, which only rules need.
    pub(super) fn drop_briefs(&mut self) {
        self.briefs = Vec::new();
    }

    /// Positions of like tables together, those of each group in order, groups of one left out. 0 is like nothing.
    pub(super) fn alike(&self, key: impl Fn(&Brief) -> u64) -> Vec<Vec<usize>> {
        let keyed = self.briefs.iter().map(key).enumerate().filter(|(_, key)| *key != 0);
        let mut keyed: Vec<(u64, u32)> = keyed
            .filter_map(|(position, key)| Some((key, u32::try_from(position).ok()?)))
            .collect();
        keyed.sort_unstable();
        several_of_one(&keyed)
    }
}

/// Reads the indicators of tables that follow one another.
pub(crate) struct IndicatorReader<'a> {
    tables: Range<usize>,
    rows: DiskReader<'a, (TableRow, TablePlaces)>,
    details: StoreReader<'a>,
}

impl IndicatorReader<'_> {
    /// Returns the next table's position, row and indicators.
    ///
    /// # Errors
    /// When the temporary file cannot be read.
    pub fn next(&mut self) -> Result<Option<(usize, TableRow, Vec<StoredIndicator<'_>>)>, SummaryError> {
        let Some(position) = self.tables.next() else {
            return Ok(None);
        };
        let Some((row, places)) = self.rows.get(position)? else {
            return Ok(None);
        };
        // They are the first field of the details.
        let (indicators, _) =
            postcard::take_from_bytes(self.details.bytes(places.detail)?).map_err(io::Error::other)?;
        Ok(Some((position, row, indicators)))
    }
}

fn read_part(reader: &mut StoreReader<'_>, places: TablePlaces, part: DetailPart) -> Result<TableDetail, SummaryError> {
    let mut detail = match part {
        DetailPart::Findings => TableDetail::default(),
        DetailPart::All => reader.read(places.detail)?,
    };
    let StoredFindings(findings) = reader.read(places.findings)?;
    detail.discrepancies = findings;
    Ok(detail)
}

/// Returns the positions that share a key, those of each group in order, of pairs that are sorted; groups of one left
/// out.
pub(super) fn several_of_one<K: PartialEq>(sorted: &[(K, u32)]) -> Vec<Vec<usize>> {
    sorted
        .chunk_by(|one, other| one.0 == other.0)
        .filter(|group| group.len() > 1)
        .map(|group| group.iter().map(|(_, position)| *position as usize).collect())
        .collect()
}

impl Brief {
    fn of(file: u32, row: &TableRow) -> Self {
        let named = |name: &str| if name.is_empty() { 0 } else { mark(name) };
        let project = project_key(row);
        let undertaking = match row.kind {
            // A table about a whole unit goes on from the unit's own.
            TableKind::OverallSelfEvaluation => Some(""),
            _ => project.as_deref(),
        };
        Self {
            file,
            content: row.sha256.as_deref().map_or(0, named),
            unit: named(&unit_key(row)),
            project: project.as_deref().map_or(0, named),
            undertaking: undertaking.map_or(0, |name| mark(&format!("{}\n{}", row.kind.title(), without_year(name)))),
            kind: row.kind,
            year: row.year,
            score: row.declared_score,
            grade: row.declared_grade,
            budget: row
                .annual_budget
                .filter(|_| row.amount_gap.is_none() && row.money_unit == Some(MoneyUnit::TenThousandYuan)),
        }
    }
}
