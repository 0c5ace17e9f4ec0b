//! The dataset: many reports as Parquet files that analysis programs open as they are. Every figure is a decimal, every
//! column is described in `DATASET.md`, and the keys `file`, `table_index` and `row_index` join the files.
//!
//! Rows wait in memory in groups of bounded size, so that the number of reports does not matter. It knows no rules and
//! judges nothing: a row says what a report says.

mod column;
mod discrepancies;
mod error;
mod files;
mod funds;
mod held_column;
mod indicators;
mod page;
mod rows;
mod sink;
mod tables;

use std::fs::File;
use std::io::BufWriter;
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use crate::files::{OutputError, ProtectedInputs, name, refuse_new_file, unnamed};
use crate::model::{Discrepancy, FundRow, Indicator, RescoredRow};
use crate::report::FileReport;
use column::{Kind, Value};
pub use error::DatasetError;
pub use page::description;
use rows::{PartColumn, PartRow};
use sink::Sink;

/// Version of the columns: a column may be added, none renamed, removed or given another meaning.
pub const SCHEMA_VERSION: u32 = 1;
/// Names of the files, without `.parquet`, in the order of their columns in `DATASET.md`.
pub const FILES: [&str; 5] = ["files", "tables", "indicators", "funds", "discrepancies"];

/// Writes a dataset, one report after the other.
///
/// Rows stand in the order of the reports; reports in the order of their paths give the same bytes however they came
/// about. Nothing is seen in the folder before [`DatasetWriter::finish`]; without it nothing is left behind.
///
/// ```
/// use hebiao::dataset::DatasetWriter;
/// use hebiao::{check_bytes, standard::Standard};
///
/// let bytes = std::fs::read("samples/部门评价表-信丰.xlsx")?;
/// let report = check_bytes("部门评价表-信丰.xlsx", &bytes, Standard::ministry()).report;
/// let folder = tempfile::tempdir()?;
/// let mut dataset = DatasetWriter::new(folder.path(), false)?;
/// dataset.add(&report)?;
/// let written = dataset.finish()?;
/// assert!(written.iter().any(|path| path.ends_with("indicators.parquet")));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct DatasetWriter {
    files: Part,
    tables: Part,
    indicators: Part,
    funds: Part,
    discrepancies: Part,
    force: bool,
}

/// One Parquet file under a name of its own until all are done.
struct Part {
    sink: Sink<BufWriter<File>>,
    file: NamedTempFile,
    path: PathBuf,
}

impl std::fmt::Debug for DatasetWriter {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("DatasetWriter")
            .field("tables", &self.tables.path)
            .finish_non_exhaustive()
    }
}

impl DatasetWriter {
    /// Begins a dataset in a folder, which is made when it is missing.
    ///
    /// # Errors
    /// When the folder cannot be made or written to, or holds a dataset already and `force` is not given.
    pub fn new(folder: &Path, force: bool) -> Result<Self, DatasetError> {
        let paths = FILES.map(|name| folder.join(format!("{name}.parquet")));
        for path in &paths {
            refuse_new_file(path, force, &ProtectedInputs::default())?;
        }
        std::fs::create_dir_all(folder).map_err(|error| OutputError::Folder(folder.to_owned(), error))?;
        let [files, tables, indicators, funds, discrepancies] = paths;
        Ok(Self {
            files: Part::new(folder, files, &page::files_columns())?,
            tables: Part::new(folder, tables, &page::tables_columns())?,
            indicators: Part::new(folder, indicators, &page::indicators_columns())?,
            funds: Part::new(folder, funds, &page::funds_columns())?,
            discrepancies: Part::new(folder, discrepancies, &page::discrepancies_columns())?,
            force,
        })
    }

    /// Adds a report's rows.
    ///
    /// # Errors
    /// When they cannot be written.
    pub fn add(&mut self, report: &FileReport) -> Result<(), DatasetError> {
        let row = rows::FileRow { report };
        self.files
            .push(files::COLUMNS.iter().map(|column| (column.value)(&row)))?;
        for table in rows::tables(report) {
            self.tables
                .push(tables::COLUMNS.iter().map(|column| (column.value)(&table)))?;
            let evaluation = &table.table.evaluation;
            let items = table.table.rescoring.by_row(evaluation);
            for row in rows::parts::<Indicator>(table, &evaluation.indicators, |row| {
                items.get(RescoredRow::Indicator(row))
            }) {
                self.indicators.push(values(
                    &row,
                    [&indicators::KEYS, &indicators::COLUMNS, &indicators::RESCORED],
                ))?;
            }
            for row in rows::parts::<FundRow>(table, &evaluation.funds, |row| items.get(RescoredRow::Fund(row))) {
                self.funds
                    .push(values(&row, [&funds::KEYS, &funds::COLUMNS, &funds::RESCORED]))?;
            }
            for row in rows::findings(table) {
                self.discrepancies.push(values::<Discrepancy, 2>(
                    &row,
                    [&discrepancies::KEYS, &discrepancies::COLUMNS],
                ))?;
            }
        }
        Ok(())
    }

    /// Ends the files and gives them their names; says where they are. A file of no rows is there too.
    ///
    /// # Errors
    /// When they cannot be written; those that have their names by then stay.
    pub fn finish(self) -> Result<[PathBuf; 5], DatasetError> {
        let Self {
            files,
            tables,
            indicators,
            funds,
            discrepancies,
            force,
        } = self;
        let whole = [
            files.whole()?,
            tables.whole()?,
            indicators.whole()?,
            funds.whole()?,
            discrepancies.whole()?,
        ];
        let paths = whole.each_ref().map(|(_, path)| path.clone());
        for (file, path) in whole {
            name(file, &path, force)?;
        }
        Ok(paths)
    }
}

fn values<'a, T, const N: usize>(
    row: &PartRow<'a, T>,
    columns: [&'static [PartColumn<T>]; N],
) -> impl Iterator<Item = Value<'a>> {
    columns.into_iter().flatten().map(|column| (column.value)(row))
}

impl Part {
    fn new(folder: &Path, path: PathBuf, columns: &[(&'static str, Kind)]) -> Result<Self, DatasetError> {
        let failed = |error| DatasetError::write(&path, error);
        let file = unnamed(folder).map_err(failed)?;
        let output = BufWriter::new(file.reopen().map_err(failed)?);
        let name = path
            .file_stem()
            .map(|stem| stem.to_string_lossy().into_owned())
            .unwrap_or_default();
        let sink = Sink::new(output, &name, columns).map_err(|error| DatasetError::parquet(&path, error))?;
        Ok(Self { sink, file, path })
    }

    fn push<'v>(&mut self, row: impl Iterator<Item = Value<'v>>) -> Result<(), DatasetError> {
        self.sink
            .push(row)
            .map_err(|error| DatasetError::parquet(&self.path, error))
    }

    /// Returns the file with all its bytes, not yet under its name.
    fn whole(self) -> Result<(NamedTempFile, PathBuf), DatasetError> {
        let Self { sink, file, path } = self;
        let output = sink.finish().map_err(|error| DatasetError::parquet(&path, error))?;
        let written = output.into_inner().map_err(std::io::IntoInnerError::into_error);
        written.map_err(|error| DatasetError::write(&path, error))?;
        Ok((file, path))
    }
}
