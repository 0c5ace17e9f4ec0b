//! A comparison as a workbook of lists: tables, findings, changes. Values only.

use std::io::Write;

use super::batches::put_batches;
use super::lines::{place, sums, table_name, totals, verdict};
use crate::diff::{
    BatchComparison, Change, ComparedFinding, ComparedTables, Comparison, FindingState, misfits_sentence,
};
use crate::grid::CellAddress;
use crate::write::WriteError;
use crate::write::kit::book::Book;
use crate::write::kit::list_sheet::{ListCell, ListColumn, ListSheet, Standing};
use crate::write::kit::number_format::CellContent;
use crate::write::kit::page::{FIRST_PRINTED_ROWS, told_of_long_lists};
use crate::write::kit::properties::Properties;
use crate::write::kit::styles::{BODY_SIZE, SMALLEST_ROW};
use crate::write::kit::text_width::{column_width, fit};
use crate::write::kit::{cell_text, styles};

const TABLES: [ListColumn; 8] = [
    ("序号", 6, Standing::Centred),
    ("表", 28, Standing::Text),
    ("旧表位置", 18, Standing::Text),
    ("新表位置", 18, Standing::Text),
    ("已解决", 8, Standing::Centred),
    ("仍存在", 8, Standing::Centred),
    ("新增", 8, Standing::Centred),
    ("说明", 40, Standing::Text),
];
const FINDINGS: [ListColumn; 11] = [
    ("序号", 5, Standing::Centred),
    ("变化", 7, Standing::Centred),
    ("级别", 6, Standing::Centred),
    ("编号", 6, Standing::Centred),
    ("规则", 14, Standing::Text),
    ("表", 14, Standing::Text),
    ("旧单元格", 9, Standing::Centred),
    ("新单元格", 9, Standing::Centred),
    ("字段", 16, Standing::Text),
    ("说明", 34, Standing::Text),
    ("修改建议", 20, Standing::Text),
];
const CHANGES: [ListColumn; 8] = [
    ("序号", 6, Standing::Centred),
    ("改动", 8, Standing::Centred),
    ("表", 18, Standing::Text),
    ("字段", 26, Standing::Text),
    ("旧单元格", 9, Standing::Centred),
    ("新单元格", 9, Standing::Centred),
    ("原来", 34, Standing::Text),
    ("现在", 34, Standing::Text),
];
const RESOLVED_FILL: u32 = 0x00E2_EFDA;

/// Begins a list: in memory for two files, on disk for two batches of any size.
type Begin = for<'a> fn(&'a mut Book, &str, &str, &'a [ListColumn]) -> Result<ListSheet<'a>, WriteError>;

/// Returns the comparison of two files as the bytes of an xlsx file: 对比概况, 问题对比, 内容改动. The same comparison gives
/// the same bytes.
///
/// # Errors
/// When the library refuses what it is given.
pub fn comparison_workbook(comparison: &Comparison) -> Result<Vec<u8>, WriteError> {
    let sha256 = |text: &Option<String>| text.clone().unwrap_or_default();
    let comment = format!(
        "旧表 SHA-256：{}；新表 SHA-256：{}",
        sha256(&comparison.old.sha256),
        sha256(&comparison.new.sha256)
    );
    let mut bytes = Vec::new();
    workbook(
        comparison,
        &comment,
        (put_tables, |book, title, footer, columns| {
            ListSheet::companion(book, title, footer, columns)
        }),
        &mut bytes,
    )?;
    Ok(bytes)
}

/// Writes the comparison of two batches as an xlsx file: 对比概况, 单位对比 and 没有对上, then 问题对比, 内容改动. The same
/// comparison gives the same bytes.
///
/// # Errors
/// When the output takes no more, a table cannot be read back, or the library refuses what it is given.
pub fn batch_workbook(comparison: &BatchComparison, mut output: impl Write) -> Result<(), WriteError> {
    workbook(
        comparison,
        "两批文件的对比",
        (put_batches, |book, title, footer, columns| {
            ListSheet::streamed_companion(book, title, footer, columns)
        }),
        &mut output,
    )
}

fn workbook<T: ComparedTables>(
    comparison: &Comparison<T>,
    comment: &str,
    (put_overview, begin): (
        impl FnOnce(&mut Book, &Comparison<T>, &str) -> Result<(), WriteError>,
        Begin,
    ),
    output: &mut dyn Write,
) -> Result<(), WriteError> {
    let mut book = Book::new();
    book.set_properties(Properties::of_tool("对比", comment));
    let footer = own_name(&comparison.new.file);
    put_overview(&mut book, comparison, footer)?;
    put_findings(&mut book, &comparison.tables, footer, begin)?;
    put_changes(&mut book, &comparison.tables, footer, begin)?;
    book.write_into(output).map(|_| ())
}

fn put_tables(book: &mut Book, comparison: &Comparison, footer: &str) -> Result<(), WriteError> {
    let mut list = ListSheet::companion(book, "对比概况", footer, &TABLES)?;
    list.line("旧表", &text(own_name(&comparison.old.file)))?;
    list.line("新表", &text(own_name(&comparison.new.file)))?;
    if !comparison.misfits.is_empty() {
        list.line("注意", &text(&misfits_sentence(&comparison.misfits)))?;
    }
    list.line("合计", &text(&totals(comparison)))?;
    put_way_to_print(&mut list, &comparison.tables, &[])?;
    list.header()?;
    for (number, table) in (1..).zip(&comparison.tables) {
        let table = table.line();
        let [resolved, remaining, new] = FindingState::ALL.map(|state| CellContent::count(table.count(state)));
        let cells = [
            CellContent::count(number),
            text(&table_name(&table)),
            text(&place(table.old.as_ref())),
            text(&place(table.new.as_ref())),
            resolved,
            remaining,
            new,
            text(&verdict(&table)),
        ];
        list.row(cells.map(ListCell::from))?;
    }
    list.finish()?;
    book.print_first_rows(comparison.tables.len(), &[]);
    Ok(())
}

/// Says how the lists that are too long for paper get on it.
pub(super) fn put_way_to_print(
    list: &mut ListSheet<'_>,
    tables: &impl ComparedTables,
    others: &[(&str, usize)],
) -> Result<(), WriteError> {
    let sums = sums(tables).map_err(WriteError::internal)?;
    let lists = [("对比概况", sums.tables)].into_iter();
    let lists = lists.chain(others.iter().copied());
    let lists = lists.chain([("问题对比", sums.findings()), ("内容改动", sums.changes)]);
    match told_of_long_lists(lists) {
        Some(told) => list.line("打印", &text(&told)),
        None => Ok(()),
    }
}

fn put_findings(book: &mut Book, tables: &impl ComparedTables, footer: &str, begin: Begin) -> Result<(), WriteError> {
    let mut list = begin(book, "问题对比", footer, &FINDINGS)?;
    list.header()?;
    let mut number = 0;
    let mut heights = FirstHeights::new(&FINDINGS);
    for (table, findings) in tables.lines().zip(tables.findings()) {
        let name = table_name(&table.map_err(WriteError::internal)?);
        for finding in findings.map_err(WriteError::internal)?.iter() {
            number += 1;
            let cells: Vec<ListCell> = finding_cells(number, &name, finding).collect();
            heights.add(&cells);
            list.row(cells)?;
        }
    }
    list.finish()?;
    book.print_first_rows(number, &heights.of_rows);
    Ok(())
}

fn finding_cells(number: usize, table: &str, finding: &ComparedFinding) -> impl Iterator<Item = ListCell> {
    let contents = [
        CellContent::count(number),
        text(finding.state.title()),
        text(finding.severity.title()),
        text(&finding.code),
        text(&finding.title),
        text(table),
        cell(finding.old_cell),
        cell(finding.new_cell),
        text(finding.field.as_deref().unwrap_or_default()),
        text(&finding.message),
        text(&finding.suggestion),
    ];
    let fill = match finding.state {
        FindingState::Resolved => RESOLVED_FILL,
        FindingState::Remaining | FindingState::New => styles::severity_fill(finding.severity),
    };
    contents.into_iter().enumerate().map(move |(column, content)| ListCell {
        fill: matches!(column, 1 | 2).then_some(fill),
        ..ListCell::from(content)
    })
}

fn put_changes(book: &mut Book, tables: &impl ComparedTables, footer: &str, begin: Begin) -> Result<(), WriteError> {
    let mut list = begin(book, "内容改动", footer, &CHANGES)?;
    list.header()?;
    let mut number = 0;
    let mut heights = FirstHeights::new(&CHANGES);
    for (table, changes) in tables.lines().zip(tables.changes()) {
        let name = table_name(&table.map_err(WriteError::internal)?);
        for change in changes.map_err(WriteError::internal)?.iter() {
            number += 1;
            let cells = change_cells(number, &name, change).map(ListCell::from);
            heights.add(&cells);
            list.row(cells)?;
        }
    }
    list.finish()?;
    book.print_first_rows(number, &heights.of_rows);
    Ok(())
}

fn change_cells(number: usize, table: &str, change: &Change) -> [CellContent; 8] {
    let value = |side: &Option<String>| match side {
        Some(shown) => CellContent::number_like(&cell_text::for_cell(shown, None)),
        None => CellContent::Blank,
    };
    [
        CellContent::count(number),
        text(change.kind.title()),
        text(table),
        text(&change.title),
        cell(change.old_cell),
        cell(change.new_cell),
        value(&change.old),
        value(&change.new),
    ]
}

/// Heights of the rows of a list that may be on its first page.
struct FirstHeights {
    /// The columns' widths in Excel's units.
    widths: Vec<f64>,
    of_rows: Vec<f64>,
}

impl FirstHeights {
    fn new(columns: &[ListColumn]) -> Self {
        let widths = columns.iter().map(|(_, width, _)| column_width(*width, BODY_SIZE));
        Self {
            widths: widths.collect(),
            of_rows: Vec::new(),
        }
    }

    fn add(&mut self, cells: &[ListCell]) {
        if self.of_rows.len() < FIRST_PRINTED_ROWS as usize {
            let heights = cells.iter().zip(&self.widths).map(|(cell, width)| {
                let (_, height) = fit(&cell.content.shown(), *width, BODY_SIZE);
                height
            });
            self.of_rows.push(heights.fold(SMALLEST_ROW, f64::max));
        }
    }
}

pub(super) fn text(text: &str) -> CellContent {
    if text.trim().is_empty() {
        CellContent::Blank
    } else {
        CellContent::Text(cell_text::for_cell(text, None))
    }
}

fn cell(cell: Option<CellAddress>) -> CellContent {
    cell.map_or(CellContent::Blank, |cell| CellContent::Text(cell.to_string()))
}

/// Returns the file's own name; folders say where a machine keeps it and stay out of outputs.
pub(super) fn own_name(path: &str) -> &str {
    path.rsplit(['/', '\\']).next().unwrap_or_default()
}
