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

const COLUMNS: [ListColumn; 7] = [
    ("序号", 6, Standing::Centred),
    ("文件", 36, Standing::Text),
    ("错误", 6, Standing::Centred),
    ("预警", 6, Standing::Centred),
    ("提示", 6, Standing::Centred),
    ("申报总分", 10, Standing::Centred),
    ("复算总分", 16, Standing::Centred),
];
/// What comes first of a file's results, and where it says why there is none.
const FIRST_RESULT: &str = "规范表";
const FIRST_RESULT_WIDTH: usize = 29;
const RESULT_WIDTH: usize = 15;
/// Kinds of results that stand on paper.
const PRINTED_RESULTS: usize = 2;
const NO_COUNT: &str = "—";

/// What was converted, one row a file. Rows wait on disk.
#[derive(Debug)]
pub struct ConversionIndex {
    rows: DiskVec<IndexRow>,
    /// The kinds of results, each a column, as they came.
    results: Vec<&'static str>,
}

impl Default for ConversionIndex {
    fn default() -> Self {
        Self {
            rows: DiskVec::default(),
            results: vec![FIRST_RESULT],
        }
    }
}

/// One converted file.
#[derive(Debug, Serialize, Deserialize)]
struct IndexRow {
    /// The path as the report gives it.
    file: String,
    /// Nothing is counted of a file without a table.
    totals: Option<Totals>,
    declared: String,
    rescored: String,
    /// Why there is no result, where there is none.
    fault: Option<String>,
    /// The results' columns, and their paths from the index's folder, `/` between their parts.
    outputs: Vec<(usize, String)>,
}

stored!(IndexRow);

impl IndexRow {
    fn of(report: &FileReport, totals: Totals, outputs: Vec<(usize, String)>) -> Self {
        let tables = &report.tables;
        let declared = tables.iter().map(|table| {
            let rescoring = &table.rescoring;
            let total = rescoring.declared_total.or(rescoring.sum_of_scores);
            total.map_or_else(|| "—".to_owned(), plain)
        });
        let rescored = tables.iter().map(|table| table.rescoring.rescored_total_text());
        Self {
            file: report.file.clone(),
            totals: (!tables.is_empty()).then_some(totals),
            declared: declared.collect::<Vec<_>>().join("、"),
            rescored: rescored.collect::<Vec<_>>().join("、"),
            fault: report.error.as_ref().map(|error| error.message.clone()),
            outputs,
        }
    }

    fn write(&self, number: usize, results: &[&'static str], list: &mut ListSheet<'_>) -> Result<(), WriteError> {
        let totals = self.totals.as_ref();
        let counts = totals.map(|totals| [totals.errors, totals.warnings, totals.infos]);
        let [errors, warnings, infos] = counts.map_or_else(
            || [NO_COUNT; 3].map(text),
            |counts| counts.map(|level| ListCell::from(CellContent::count(level.found))),
        );
        let head = [
            ListCell::from(CellContent::count(number)),
            text(&self.file),
            errors,
            warnings,
            infos,
            number_or_text(&self.declared),
            number_or_text(&self.rescored),
        ];
        let result = |(column, title): (usize, &&'static str)| {
            let output = self.outputs.iter().find(|(of, _)| *of == column);
            match (output, &self.fault) {
                // The names of all results of a file are alike, and as long as the file's.
                (Some((_, path)), _) => ListCell {
                    link: link_base(path).map(CellLink::to),
                    ..text(title)
                },
                (None, Some(fault)) if column == 0 => text(&format!("没有结果：{fault}")),
                _ => text(""),
            }
        };
        list.row(head.into_iter().chain(results.iter().enumerate().map(result)))
    }
}

impl ConversionIndex {
    /// Takes in a file and its results, each with what it is called and its path from the index's folder, `/` between its
    /// parts; how many errors were found.
    ///
    /// # Errors
    /// When the temporary file cannot be written.
    pub fn add(&mut self, report: &FileReport, outputs: Vec<(&'static str, String)>) -> Result<usize, WriteError> {
        let tables = report.tables.iter();
        let totals = tables.fold(Totals::default(), |sum, table| {
            sum.plus(Totals::of(&table.discrepancies))
        });
        let outputs = outputs.into_iter().map(|(title, path)| (self.column_of(title), path));
        let outputs = outputs.collect();
        let row = IndexRow::of(report, totals, outputs);
        self.rows.push(&row).map_err(WriteError::internal)?;
        Ok(totals.errors.found)
    }

    fn column_of(&mut self, title: &'static str) -> usize {
        self.results
            .iter()
            .position(|known| *known == title)
            .unwrap_or_else(|| {
                self.results.push(title);
                self.results.len() - 1
            })
    }

    /// Writes the index as an xlsx file. The same rows give the same bytes.
    ///
    /// # Errors
    /// When the output takes no more, a row cannot be read back, or the library refuses what it is given.
    pub fn write(&self, output: impl Write) -> Result<(), WriteError> {
        let mut book = Book::new();
        book.set_properties(Properties::of_tool(INDEX_TITLE, "核对结果的目录"));
        let width = |title: &str| {
            if title == FIRST_RESULT {
                FIRST_RESULT_WIDTH
            } else {
                RESULT_WIDTH
            }
        };
        let results = self.results.iter().map(|title| (*title, width(title), Standing::Text));
        let columns: Vec<ListColumn> = COLUMNS.into_iter().chain(results).collect();
        let mut list = ListSheet::streamed(&mut book, INDEX_TITLE, INDEX_TITLE, &columns)?;
        // Further results are for a click.
        list.print_first(COLUMNS.len() + PRINTED_RESULTS);
        list.header()?;
        for (number, row) in (1..).zip(self.rows.iter()) {
            row.map_err(WriteError::internal)?
                .write(number, &self.results, &mut list)?;
        }
        list.finish()?;
        book.write_into(output).map(|_| ())
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
