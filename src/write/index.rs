//! 目录: one line a converted file, its outputs linked, so that a person finds his way through a folder of results.

use std::io::Write;

use serde::{Deserialize, Serialize};

use crate::disk::{DiskVec, stored};
use crate::report::{FileReport, Totals};
use crate::text::own_markers::INDEX_TITLE;
use crate::text::plain;
use crate::write::WriteError;
use crate::write::kit::book::Book;
use crate::write::kit::cell_text;
use crate::write::kit::link::link_base;
use crate::write::kit::list_sheet::{CellLink, ListCell, ListColumn, ListSheet, Standing};
use crate::write::kit::number_format::CellContent;
use crate::write::kit::properties::Properties;

const COLUMNS: [ListColumn; 9] = [
    ("序号", 6, Standing::Centred),
    ("文件", 36, Standing::Text),
    ("错误", 6, Standing::Centred),
    ("预警", 6, Standing::Centred),
    ("提示", 6, Standing::Centred),
    ("申报总分", 10, Standing::Centred),
    ("复算总分", 16, Standing::Centred),
    ("规范表", 29, Standing::Text),
    ("其他结果", 29, Standing::Text),
];

/// What was converted, one row a file. Rows wait on disk.
#[derive(Debug, Default)]
pub struct ConversionIndex {
    rows: DiskVec<IndexRow>,
}

/// One converted file.
#[derive(Debug, Serialize, Deserialize)]
struct IndexRow {
    /// The path as the report gives it.
    file: String,
    totals: Totals,
    declared: String,
    rescored: String,
    /// Why there is no result, where there is none.
    fault: Option<String>,
    /// The results' paths from the index's folder, `/` between their parts; the normalized table first.
    outputs: Vec<String>,
}

stored!(IndexRow);

impl IndexRow {
    fn of(report: &FileReport, totals: Totals, outputs: Vec<String>) -> Self {
        let tables = &report.tables;
        let declared = tables.iter().map(|table| {
            let rescoring = &table.rescoring;
            let total = rescoring.declared_total.or(rescoring.sum_of_scores);
            total.map_or_else(|| "—".to_owned(), plain)
        });
        let rescored = tables.iter().map(|table| table.rescoring.rescored_total_text());
        Self {
            file: report.file.clone(),
            totals,
            declared: declared.collect::<Vec<_>>().join("、"),
            rescored: rescored.collect::<Vec<_>>().join("、"),
            fault: report.error.as_ref().map(|error| error.message.clone()),
            outputs,
        }
    }

    fn write(&self, number: usize, list: &mut ListSheet<'_>) -> Result<(), WriteError> {
        let counts = [self.totals.errors, self.totals.warnings, self.totals.infos];
        let [errors, warnings, infos] = counts.map(|level| ListCell::from(CellContent::count(level.found)));
        let mut outputs = self.outputs.iter();
        let normalized = match (outputs.next(), &self.fault) {
            (Some(output), _) => linked(output),
            (None, Some(fault)) => text(&format!("没有结果：{fault}")),
            (None, None) => text(""),
        };
        list.row([
            ListCell::from(CellContent::count(number)),
            text(&self.file),
            errors,
            warnings,
            infos,
            number_or_text(&self.declared),
            number_or_text(&self.rescored),
            normalized,
            outputs.next().map_or_else(|| text(""), |output| linked(output)),
        ])
    }
}

impl ConversionIndex {
    /// Takes in a file and the paths of its results from the index's folder, `/` between their parts, the normalized
    /// table first; how many errors were found.
    ///
    /// # Errors
    /// When the temporary file cannot be written.
    pub fn add(&mut self, report: &FileReport, outputs: Vec<String>) -> Result<usize, WriteError> {
        let tables = report.tables.iter();
        let totals = tables.fold(Totals::default(), |sum, table| {
            sum.plus(Totals::of(&table.discrepancies))
        });
        let row = IndexRow::of(report, totals, outputs);
        self.rows.push(&row).map_err(WriteError::internal)?;
        Ok(totals.errors.found)
    }

    /// Writes the index as an xlsx file. The same rows give the same bytes.
    ///
    /// # Errors
    /// When the output takes no more, a row cannot be read back, or the library refuses what it is given.
    pub fn write(&self, output: impl Write) -> Result<(), WriteError> {
        let mut book = Book::new();
        book.set_properties(Properties::of_tool(INDEX_TITLE, "核对结果的目录"));
        let mut list = ListSheet::streamed(&mut book, INDEX_TITLE, INDEX_TITLE, &COLUMNS)?;
        list.header()?;
        for (number, row) in (1..).zip(self.rows.iter()) {
            row.map_err(WriteError::internal)?.write(number, &mut list)?;
        }
        list.finish()?;
        book.write_into(output).map(|_| ())
    }
}

fn linked(path: &str) -> ListCell {
    ListCell {
        link: link_base(path).map(CellLink::to),
        ..text(path.rsplit('/').next().unwrap_or(path))
    }
}

fn number_or_text(shown: &str) -> ListCell {
    ListCell::from(CellContent::number_like(&cell_text::for_cell(shown, None)))
}

fn text(text: &str) -> ListCell {
    ListCell::from(if text.is_empty() {
        CellContent::Blank
    } else {
        CellContent::Text(cell_text::for_cell(text, None))
    })
}
