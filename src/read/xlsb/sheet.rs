//! One sheet part: rows and cells, merged regions, what is hidden.
//!
//! A sheet that breaks off inside its rows is lost as a whole: half a table would be checked as if it were all.

use std::io::BufRead;

use rust_decimal::Decimal;

use super::Book;
use super::formulas::Formulas;
use super::records::{Records, kind};
use super::text::{rich, wide};
use crate::grid::{CellAddress, CellRange, CellValue, MAX_COLUMNS, MAX_ROWS};
use crate::read::kit::budget::Budget;
use crate::read::kit::cell_builder::{CellBuilder, error_value};
use crate::read::kit::cursor::Cursor;
use crate::read::kit::decimal::{from_binary, rk};
use crate::read::kit::package::PartError;
use crate::read::kit::sheet_builder::SheetBuilder;
use crate::read::kit::symbol_text::Run;

/// Parts of a digit in which widths are written, and of a point in which heights are.
const WIDTH_PARTS: f64 = 256.0;
const TWIPS: f64 = 20.0;

/// Reads a sheet part.
pub(super) fn read(part: impl BufRead, book: &Book, budget: &mut Budget) -> Result<SheetBuilder, PartError> {
    let mut reader = SheetReader {
        sheet: SheetBuilder::default(),
        book,
        formulas: Formulas::default(),
        row: None,
        next_column: 0,
        rows_done: false,
    };
    let mut records = Records::new(part);
    match reader.read(&mut records, budget) {
        Err(PartError::Broken) if reader.rows_done => {
            let message = || "工作表末尾已损坏：单元格已读到，合并区域可能不全".to_owned();
            reader.sheet.losses.add(None, message);
        }
        Ok(()) if !reader.rows_done => return Err(PartError::Broken),
        other => other?,
    }
    let mut sheet = reader.sheet;
    reader.formulas.resolve(&mut sheet.cells, &book.names, budget)?;
    Ok(sheet)
}

struct SheetReader<'a> {
    sheet: SheetBuilder,
    book: &'a Book,
    formulas: Formulas,
    /// The row that cells belong to; `None` outside the sheet.
    row: Option<u32>,
    next_column: u32,
    rows_done: bool,
}

impl SheetReader<'_> {
    fn read<R: BufRead>(&mut self, records: &mut Records<R>, budget: &mut Budget) -> Result<(), PartError> {
        while let Some((kind, data)) = records.next()? {
            let mut cursor = Cursor::new(data);
            match kind {
                kind::ROW if self.begin_row(&mut cursor).is_none() => {
                    self.row = None;
                    let message = || "有一行的记录已损坏或行号超出范围，该行没有读到".to_owned();
                    self.sheet.losses.add(None, message);
                }
                kind::CELL_BLANK..=kind::FORMULA_ERROR
                | kind::SHORT_BLANK..=kind::SHORT_SHARED_TEXT
                | kind::CELL_RICH_TEXT => self.cell(kind, cursor, budget)?,
                kind::END_SHEET_DATA => self.rows_done = true,
                kind::END_SHEET => return Ok(()),
                kind::COLUMN => {
                    self.columns(&mut cursor);
                }
                kind::SHEET_FORMAT => {
                    self.sheet_format(&mut cursor);
                }
                kind::MERGE => self.merge(&mut cursor, budget)?,
                kind::SHARED_FORMULA => {
                    let before = self.sheet.cells.last().map(|cell| cell.address);
                    self.formulas.shared(before, cursor);
                }
                kind::ARRAY_FORMULA => {
                    self.formulas.array(cursor);
                }
                _ => {}
            }
        }
        // A part may be cut off where a record ends.
        Err(PartError::Broken)
    }

    fn sheet_format(&mut self, cursor: &mut Cursor) -> Option<()> {
        let width = cursor.u32()?;
        // Where columns have no width of their own, they hold so many digits.
        cursor.skip(2)?;
        let height = cursor.u16()?;
        self.sheet.rows_hidden_by_default = cursor.u16()? & 0x02 != 0;
        self.sheet.geometry.default_width = (width != u32::MAX).then(|| f64::from(width) / WIDTH_PARTS);
        self.sheet.geometry.default_height = Some(f64::from(height) / TWIPS);
        Some(())
    }

    fn begin_row(&mut self, cursor: &mut Cursor) -> Option<()> {
        let row = cursor.u32().filter(|row| *row < MAX_ROWS)?;
        self.row = Some(row);
        self.next_column = 0;
        cursor.skip(4)?;
        let height = cursor.u16()?;
        cursor.skip(1)?;
        let is_hidden = cursor.u8()? & 0x10 != 0 || height == 0;
        self.sheet.row(row, is_hidden);
        self.sheet.geometry.add_rows(row, row, f64::from(height) / TWIPS);
        // The columns in use, as pairs behind their count.
        let pairs = cursor.skip(1).and_then(|()| cursor.u32()).map_or(0, u64::from);
        if u64::try_from(cursor.rest().len()).is_ok_and(|length| length > pairs * 8) {
            self.sheet.losses.add(None, wrong_length);
        }
        Some(())
    }

    fn cell(&mut self, kind: u16, mut cursor: Cursor, budget: &mut Budget) -> Result<(), PartError> {
        let Some(row) = self.row else {
            return Ok(());
        };
        let is_short = (kind::SHORT_BLANK..=kind::SHORT_SHARED_TEXT).contains(&kind);
        let column = if is_short { Some(self.next_column) } else { cursor.u32() };
        let column = column.filter(|column| *column < MAX_COLUMNS);
        let (Some(column), Some(style)) = (column, cursor.u32()) else {
            let message = || format!("第 {} 行有一个位置无效的单元格，没有读到", row + 1);
            self.sheet.losses.add(None, message);
            return Ok(());
        };
        self.next_column = column + 1;
        let address = CellAddress::new(row, column);
        let kind = if is_short {
            kind - kind::SHORT_BLANK + kind::CELL_BLANK
        } else {
            kind
        };
        let mut builder = CellBuilder {
            epoch: self.book.epoch,
            budget,
            losses: &mut self.sheet.losses,
        };
        let mut runs = Vec::new();
        let Some(value) = value_of(kind, &mut cursor, address, self.book, &mut runs, &mut builder) else {
            let message = || "单元格的记录已损坏，它的内容没有读到".to_owned();
            builder.losses.add(Some(address), message);
            return Ok(());
        };
        let has_fixed_length = (kind::CELL_BLANK..=kind::CELL_NUMBER).contains(&kind) || kind == kind::CELL_SHARED_TEXT;
        if has_fixed_length && !cursor.is_empty() {
            builder.losses.add(Some(address), wrong_length);
        }
        let limit = builder.budget.limits.text_length;
        let formula = (kind::FORMULA_TEXT..=kind::FORMULA_ERROR).contains(&kind).then(|| {
            let position = self.sheet.cells.len();
            self.formulas
                .own(position, address, &mut cursor, &self.book.names, limit)
        });
        // The upper byte of the style holds flags.
        let style = usize::try_from(style & 0x00FF_FFFF).unwrap_or(usize::MAX);
        let look = self.book.formats.look(style, &runs);
        let cell = builder.cell(address, value, formula, look, None)?;
        self.sheet.cells.extend(cell);
        Ok(())
    }

    fn columns(&mut self, cursor: &mut Cursor) -> Option<()> {
        let first = cursor.u32()?;
        let last = cursor.u32()?.min(MAX_COLUMNS - 1);
        let width = cursor.u32()?;
        cursor.skip(4)?;
        let is_hidden = cursor.u16()? & 1 != 0;
        self.sheet.columns(first, last, Some(width), is_hidden);
        Some(())
    }

    fn merge(&mut self, cursor: &mut Cursor, budget: &mut Budget) -> Result<(), PartError> {
        match range(cursor) {
            Some(range) => {
                budget.take_merge()?;
                self.sheet.merges.push(range);
            }
            None => {
                let message = || "有一个合并区域不是有效的单元格范围，已忽略".to_owned();
                self.sheet.losses.add(None, message);
            }
        }
        Ok(())
    }
}

fn wrong_length() -> String {
    "有一条记录的长度不对，排在它后面的内容可能没有读到".to_owned()
}

fn range(cursor: &mut Cursor) -> Option<CellRange> {
    let rows = (cursor.u32()?, cursor.u32()?);
    let columns = (cursor.u32()?, cursor.u32()?);
    let range = CellRange::new(CellAddress::new(rows.0, columns.0), CellAddress::new(rows.1, columns.1));
    (range.last.row < MAX_ROWS && range.last.column < MAX_COLUMNS).then_some(range)
}

/// Returns the stored value, or a formula's last result, and the runs of a text that names fonts.
fn value_of(
    kind: u16,
    cursor: &mut Cursor,
    address: CellAddress,
    book: &Book,
    runs: &mut Vec<Run>,
    builder: &mut CellBuilder,
) -> Option<CellValue> {
    let number =
        |(decimal, binary): (Option<Decimal>, f64), builder: &mut CellBuilder| builder.number(address, decimal, binary);
    Some(match kind {
        kind::CELL_BLANK => CellValue::Blank,
        kind::CELL_RK => number(rk(cursor.u32()?), builder),
        kind::CELL_ERROR | kind::FORMULA_ERROR => error_value(cursor.u8()?),
        kind::CELL_BOOLEAN | 0x000A => CellValue::Boolean(cursor.u8()? != 0),
        kind::CELL_NUMBER | 0x0009 => {
            let binary = cursor.f64()?;
            number((from_binary(binary), binary), builder)
        }
        kind::CELL_TEXT | kind::FORMULA_TEXT => CellValue::Text(wide(cursor)?),
        kind::CELL_RICH_TEXT => {
            let (text, of_text) = rich(cursor, &book.fonts)?;
            *runs = of_text;
            CellValue::Text(text)
        }
        kind::CELL_SHARED_TEXT => {
            let index = cursor.u32()?;
            let position = usize::try_from(index).unwrap_or(usize::MAX);
            match book.strings.texts.get(position) {
                Some(Some(text)) => {
                    if let Some(of_text) = book.strings.runs.get(&position) {
                        *runs = of_text.to_vec();
                    }
                    CellValue::Text(text.to_string())
                }
                Some(None) => return None,
                None => {
                    builder.losses.add(Some(address), || {
                        format!("单元格引用的文字（第 {index} 号）在文件里不存在，它的内容没有读到")
                    });
                    CellValue::Blank
                }
            }
        }
        _ => return None,
    })
}
