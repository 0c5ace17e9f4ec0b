//! Two batches as sheets: a line a table, a line a unit, and what has no like in the other batch.

use std::collections::BTreeMap;

use super::lines::{Sums, batch_totals, unpaired, verdict};
use super::workbook::{own_name, put_way_to_print, text};
use crate::diff::{BatchComparison, BatchOutcome, ComparedTables, FindingState, TableLine, misfits_sentence};
use crate::text::keys::unit_name_key;
use crate::write::WriteError;
use crate::write::kit::book::Book;
use crate::write::kit::list_sheet::{ListCell, ListColumn, ListSheet, Standing};
use crate::write::kit::number_format::CellContent;

const PAIRS: [ListColumn; 10] = [
    ("序号", 5, Standing::Centred),
    ("单位", 18, Standing::Text),
    ("表", 20, Standing::Text),
    ("旧文件", 18, Standing::Text),
    ("新文件", 18, Standing::Text),
    ("已解决", 7, Standing::Centred),
    ("仍存在", 7, Standing::Centred),
    ("新增", 6, Standing::Centred),
    ("内容改动", 8, Standing::Centred),
    ("说明", 14, Standing::Text),
];
const UNITS: [ListColumn; 8] = [
    ("序号", 6, Standing::Centred),
    ("单位", 34, Standing::Text),
    ("旧表", 8, Standing::Centred),
    ("新表", 8, Standing::Centred),
    ("已解决", 10, Standing::Centred),
    ("仍存在", 10, Standing::Centred),
    ("新增", 10, Standing::Centred),
    ("内容改动", 12, Standing::Centred),
];
const UNPAIRED: [ListColumn; 4] = [
    ("序号", 6, Standing::Centred),
    ("情形", 20, Standing::Text),
    ("名称", 50, Standing::Text),
    ("说明", 60, Standing::Text),
];

/// Puts the three sheets of two batches.
pub fn put_batches(book: &mut Book, comparison: &BatchComparison, footer: &str) -> Result<(), WriteError> {
    put_pairs(book, comparison, footer)?;
    put_units(book, comparison, footer)?;
    put_unpaired(book, comparison, footer)
}

fn put_pairs(book: &mut Book, comparison: &BatchComparison, footer: &str) -> Result<(), WriteError> {
    let mut list = ListSheet::streamed_companion(book, "对比概况", footer, &PAIRS)?;
    let folder = |path: &str, files: usize| text(&format!("{}（文件 {files} 个）", own_name(path)));
    let batches = comparison.batches.as_ref();
    let files = |count: fn(&BatchOutcome) -> usize| batches.map_or(0, count);
    list.line("旧", &folder(&comparison.old.file, files(|batches| batches.old_files)))?;
    list.line("新", &folder(&comparison.new.file, files(|batches| batches.new_files)))?;
    if !comparison.misfits.is_empty() {
        list.line("注意", &text(&misfits_sentence(&comparison.misfits)))?;
    }
    let unlike = files(|batches| batches.unlike.len());
    if unlike > 0 {
        let note = format!("文件名相同而不像同一张表的有 {unlike} 对，没有把哪个问题算作已解决，见“没有对上”");
        list.line("注意", &text(&note))?;
    }
    let totals = batch_totals(comparison).map_err(WriteError::internal)?;
    list.line("合计", &text(&totals))?;
    let alone = unpaired(comparison).count();
    put_way_to_print(&mut list, &comparison.tables, &[("没有对上", alone)])?;
    list.header()?;
    let mut count = 0;
    for (number, table) in (1..).zip(comparison.tables.lines()) {
        count = number;
        let table = table.map_err(WriteError::internal)?;
        let [resolved, remaining, new] = FindingState::ALL.map(|state| CellContent::count(table.count(state)));
        let file = |file: &Option<String>| text(file.as_deref().unwrap_or_default());
        let cells = [
            CellContent::count(number),
            text(table.unit_name().unwrap_or_default()),
            text(table.name.as_deref().unwrap_or_default()),
            file(&table.old_file),
            file(&table.new_file),
            resolved,
            remaining,
            new,
            CellContent::count(table.changes),
            text(&standing(&table)),
        ];
        list.row(cells.map(ListCell::from))?;
    }
    list.finish()?;
    book.print_first_rows(count, &[]);
    Ok(())
}

/// Returns what the counts do not say.
fn standing(table: &TableLine) -> String {
    match (&table.old, &table.new) {
        (Some(_), Some(_)) => String::new(),
        _ => verdict(table),
    }
}

/// What became of a unit's tables.
#[derive(Default)]
struct UnitSums {
    name: String,
    old: usize,
    new: usize,
    sums: Sums,
}

impl UnitSums {
    fn add(&mut self, table: &TableLine) {
        self.old += usize::from(table.old.is_some());
        self.new += usize::from(table.new.is_some());
        self.sums.add(table);
    }

    fn cells(&self, number: CellContent, name: &str) -> [ListCell; 8] {
        let [resolved, remaining, new] = self.sums.states().map(CellContent::count);
        [
            number,
            text(name),
            CellContent::count(self.old),
            CellContent::count(self.new),
            resolved,
            remaining,
            new,
            CellContent::count(self.sums.changes),
        ]
        .map(ListCell::from)
    }
}

fn put_units(book: &mut Book, comparison: &BatchComparison, footer: &str) -> Result<(), WriteError> {
    let mut list = ListSheet::streamed_companion(book, "单位对比", footer, &UNITS)?;
    list.header()?;
    // In the order of the tables, so that a unit stands where the reader found it before.
    let mut places: BTreeMap<String, usize> = BTreeMap::new();
    let mut units: Vec<UnitSums> = Vec::new();
    let mut all = UnitSums::default();
    for table in comparison.tables.lines() {
        let table = table.map_err(WriteError::internal)?;
        let key = table.unit.as_deref().map(unit_name_key).unwrap_or_default();
        let place = *places.entry(key).or_insert(units.len());
        if place == units.len() {
            units.push(UnitSums {
                name: table.unit_name().unwrap_or("未写单位").to_owned(),
                ..UnitSums::default()
            });
        }
        if let Some(unit) = units.get_mut(place) {
            unit.add(&table);
        }
        all.add(&table);
    }
    for (number, unit) in (1..).zip(&units) {
        list.row(unit.cells(CellContent::count(number), &unit.name))?;
    }
    list.row(all.cells(CellContent::Blank, "合计"))?;
    list.finish()
}

fn put_unpaired(book: &mut Book, comparison: &BatchComparison, footer: &str) -> Result<(), WriteError> {
    let mut list = ListSheet::streamed_companion(book, "没有对上", footer, &UNPAIRED)?;
    list.header()?;
    let mut lines = unpaired(comparison).peekable();
    if lines.peek().is_none() {
        list.instead_of_rows("两批的单位、项目和文件都对上了。")?;
    }
    let mut count = 0;
    for (number, line) in (1..).zip(lines) {
        count = number;
        let [what, name, why] = line.map_err(WriteError::internal)?;
        let cells = [CellContent::count(number), text(&what), text(&name), text(&why)];
        list.row(cells.map(ListCell::from))?;
    }
    list.finish()?;
    book.print_first_rows(count, &[]);
    Ok(())
}
