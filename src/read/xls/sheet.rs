//! One sheet's records: cells, merged regions, what is hidden, notes.
//!
//! A sheet that breaks off among its cells is lost as a whole: half a table would be checked as if it were all.

use super::cells::{COLUMNS, RawCell, cells_of, head};
use super::formulas::Formulas;
use super::globals::Globals;
use super::notes::Notes;
use super::objects::Objects;
use super::records::{Record, Records, kind};
use super::strings::{Segments, Texts};
use crate::grid::{CellAddress, CellRange, CellValue};
use crate::read::kit::budget::Budget;
use crate::read::kit::cell_builder::{CellBuilder, error_value};
use crate::read::kit::cursor::Cursor;
use crate::read::kit::decimal::from_binary;
use crate::read::kit::package::PartError;
use crate::read::kit::sheet_builder::SheetBuilder;

/// Parts of a point in which heights are written.
const TWIPS: f64 = 20.0;

/// Reads the sheet whose records begin at an offset of the stream.
pub(super) fn read(
    stream: &[u8],
    offset: usize,
    globals: &Globals,
    budget: &mut Budget,
) -> Result<SheetBuilder, PartError> {
    let mut records = Records::at(stream, offset).ok_or(PartError::Broken)?;
    let first = records
        .next()
        .filter(|record| record.kind == kind::BOF)
        .ok_or(PartError::Broken)?;
    let mut reader = SheetReader {
        sheet: SheetBuilder::default(),
        globals,
        formulas: Formulas::default(),
        objects: Objects::default(),
        notes: Notes::default(),
        cells_done: false,
    };
    if first.is_too_long() {
        reader.too_long(first);
    }
    reader.read(&mut records, budget)?;
    let mut sheet = reader.sheet;
    reader.formulas.resolve(&mut sheet.cells, globals, budget)?;
    reader.objects.finish(&mut sheet.losses);
    sheet.notes = reader.notes.finish();
    Ok(sheet)
}

struct SheetReader<'a> {
    sheet: SheetBuilder,
    globals: &'a Globals,
    formulas: Formulas<'a>,
    objects: Objects,
    notes: Notes,
    cells_done: bool,
}

impl<'a> SheetReader<'a> {
    fn read(&mut self, records: &mut Records<'a>, budget: &mut Budget) -> Result<(), PartError> {
        // Charts are sheets within the sheet; their cells are copies.
        let mut depth = 0_usize;
        loop {
            let Some(record) = records.next() else {
                if !self.cells_done {
                    return Err(PartError::Broken);
                }
                let message = || "工作表末尾已损坏：单元格已读到，合并区域和批注可能不全".to_owned();
                self.sheet.losses.add(None, message);
                return Ok(());
            };
            if record.is_too_long() {
                self.too_long(record);
            }
            match record.kind {
                kind::BOF => depth += 1,
                kind::EOF if depth == 0 => return Ok(()),
                kind::EOF => depth -= 1,
                _ if depth == 0 => self.record(record, records, budget)?,
                _ => {}
            }
        }
    }

    fn record(&mut self, record: Record<'a>, records: &mut Records<'a>, budget: &mut Budget) -> Result<(), PartError> {
        let mut cursor = Cursor::new(record.data);
        match record.kind {
            kind::LABELSST | kind::LABEL | kind::RSTRING | kind::NUMBER | kind::RK | kind::MULRK | kind::BOOLERR => {
                self.values(record, budget)?;
            }
            // Excel 2 to 4 numbered formulas otherwise, and some writers still do.
            kind::FORMULA | 0x0206 | 0x0406 => self.formula(cursor, records, budget)?,
            kind::ROW => {
                self.row(&mut cursor);
            }
            kind::COLINFO => {
                self.columns(&mut cursor);
            }
            kind::DEFAULTROWHEIGHT => {
                self.sheet.rows_hidden_by_default = cursor.u16().is_some_and(|flags| flags & 0x02 != 0);
                self.sheet.geometry.default_height = cursor.u16().map(|height| f64::from(height) / TWIPS);
            }
            kind::DEFCOLWIDTH => self.sheet.geometry.default_width = cursor.u16().and_then(default_width),
            kind::MERGEDCELLS => self.merges(&mut cursor, budget)?,
            kind::WINDOW2 => self.cells_done = true,
            kind::MSODRAWING => self.objects.drawing(record.data),
            kind::OBJ => {
                self.objects.object(cursor);
            }
            kind::TXO => {
                let limit = budget.limits.text_length;
                self.objects.text(cursor, records, limit, &mut self.sheet.text_boxes);
            }
            kind::NOTE => {
                let texts = self.globals.texts;
                self.notes
                    .note(cursor, texts, &mut self.objects, budget, &mut self.sheet.losses);
            }
            _ => {}
        }
        Ok(())
    }

    fn values(&mut self, record: Record, budget: &mut Budget) -> Result<(), PartError> {
        let globals = self.globals;
        let mut builder = CellBuilder {
            epoch: globals.epoch,
            budget,
            losses: &mut self.sheet.losses,
        };
        let cells = &mut self.sheet.cells;
        let mut result = Ok(());
        let keep = |builder: &mut CellBuilder, raw: RawCell| {
            if result.is_ok() {
                let look = globals.formats.look(raw.style, &raw.runs);
                result = builder
                    .cell(raw.address, raw.value, None, look, None)
                    .map(|cell| cells.extend(cell));
            }
        };
        if cells_of(record, globals, &mut builder, keep).is_none() {
            match head(&mut Cursor::new(record.data)).filter(|_| record.kind != kind::MULRK) {
                Some((address, _)) => self.lost_cell(address),
                None => self.sheet.losses.add(None, || {
                    "有一个单元格的记录已损坏（位置无效或不完整），没有读到".to_owned()
                }),
            }
        }
        result
    }

    fn formula(
        &mut self,
        mut cursor: Cursor<'a>,
        records: &mut Records<'a>,
        budget: &mut Budget,
    ) -> Result<(), PartError> {
        let Some((address, style)) = head(&mut cursor) else {
            let message = || "有一个公式单元格的记录已损坏，没有读到".to_owned();
            self.sheet.losses.add(None, message);
            return Ok(());
        };
        let Some(result) = cursor.take(8) else {
            self.lost_cell(address);
            return Ok(());
        };
        // Recalculation flags, and a field that only Excel uses.
        if cursor.skip(6).is_some() {
            self.formulas.own(address, &mut cursor);
        } else {
            self.formulas.own(address, &mut Cursor::new(&[]));
        }
        let text = self.after_formula(address, records);
        let globals = self.globals;
        let mut builder = CellBuilder {
            epoch: globals.epoch,
            budget,
            losses: &mut self.sheet.losses,
        };
        let value = match *result {
            // A text result without its text was never calculated.
            [0, .., 0xFF, 0xFF] => text.map_or(CellValue::Blank, CellValue::Text),
            [1, _, value, .., 0xFF, 0xFF] => CellValue::Boolean(value != 0),
            [2, _, code, .., 0xFF, 0xFF] => error_value(code),
            [3, .., 0xFF, 0xFF] => CellValue::Text(String::new()),
            _ => match Cursor::new(result).f64() {
                Some(number) => builder.number(address, from_binary(number), number),
                None => CellValue::Blank,
            },
        };
        let look = globals.formats.look(style, &[]);
        let cell = builder.cell(address, value, Some(String::new()), look, None)?;
        self.sheet.cells.extend(cell);
        Ok(())
    }

    /// Reads what belongs to a formula and stands behind it; returns its text result.
    fn after_formula(&mut self, address: CellAddress, records: &mut Records<'a>) -> Option<String> {
        loop {
            let mut ahead = records.clone();
            let record = ahead.next()?;
            let cursor = Cursor::new(record.data);
            match record.kind {
                kind::SHRFMLA => {
                    self.formulas.shared(address, cursor);
                }
                kind::ARRAY => {
                    self.formulas.array(cursor);
                }
                kind::TABLE | kind::CONTINUE => {}
                kind::STRING => {
                    *records = ahead;
                    let following = records.continues();
                    let text = string_result(record.data, following, self.globals.texts);
                    if text.is_none() {
                        self.lost_cell(address);
                    }
                    return text;
                }
                _ => return None,
            }
            *records = ahead;
        }
    }

    fn too_long(&mut self, record: Record) {
        let is_cell = matches!(
            record.kind,
            kind::NUMBER | kind::RK | kind::LABELSST | kind::BOOLERR | kind::BLANK
        );
        let cell = head(&mut Cursor::new(record.data)).filter(|_| is_cell);
        let message = || "有一条记录的长度不对，排在它后面的内容可能没有读到".to_owned();
        self.sheet.losses.add(cell.map(|(cell, _)| cell), message);
    }

    fn lost_cell(&mut self, cell: CellAddress) {
        let message = || "单元格的记录已损坏，它的内容没有读到".to_owned();
        self.sheet.losses.add(Some(cell), message);
    }

    fn row(&mut self, cursor: &mut Cursor) -> Option<()> {
        let row = u32::from(cursor.u16()?);
        cursor.skip(4)?;
        let height = cursor.u16()? & 0x7FFF;
        cursor.skip(4)?;
        let is_hidden = cursor.u16()? & 0x20 != 0 || height == 0;
        self.sheet.row(row, is_hidden);
        self.sheet.geometry.add_rows(row, row, f64::from(height) / TWIPS);
        Some(())
    }

    fn columns(&mut self, cursor: &mut Cursor) -> Option<()> {
        let first = u32::from(cursor.u16()?);
        let last = u32::from(cursor.u16()?).min(COLUMNS - 1);
        let width = cursor.u16()?;
        cursor.skip(2)?;
        let is_hidden = cursor.u16()? & 1 != 0;
        self.sheet.columns(first, last, Some(width.into()), is_hidden);
        Some(())
    }

    fn merges(&mut self, cursor: &mut Cursor, budget: &mut Budget) -> Result<(), PartError> {
        let declared = cursor.u16().unwrap_or(0);
        for _ in 0..declared {
            let Some(range) = range(cursor) else {
                let message = || "合并区域的记录已损坏，后面的合并区域没有读到".to_owned();
                self.sheet.losses.add(None, message);
                break;
            };
            if range.last.column >= COLUMNS {
                let message = || "有一个合并区域不是有效的单元格范围，已忽略".to_owned();
                self.sheet.losses.add(None, message);
                continue;
            }
            budget.take_merge()?;
            self.sheet.merges.push(range);
        }
        Ok(())
    }
}

/// Returns the width of a column that is to hold so many digits, its margins included; the usual number says nothing.
fn default_width(digits: u16) -> Option<f64> {
    const USUAL: u16 = 8;
    const MARGINS: f64 = 0.71;
    (digits != USUAL).then(|| f64::from(digits) + MARGINS)
}

fn range(cursor: &mut Cursor) -> Option<CellRange> {
    let rows = (cursor.u16()?, cursor.u16()?);
    let columns = (cursor.u16()?, cursor.u16()?);
    Some(CellRange::new(
        CellAddress::new(rows.0.into(), columns.0.into()),
        CellAddress::new(rows.1.into(), columns.1.into()),
    ))
}

fn string_result(data: &[u8], following: Vec<&[u8]>, texts: Texts) -> Option<String> {
    match texts {
        Texts::Bytes(_) => texts.read(&mut Cursor::new(data), false),
        Texts::Wide => {
            let mut segments = Segments::new(data, following);
            let count = usize::from(segments.u16()?);
            let is_wide = segments.u8()? & 1 != 0;
            segments.characters(count, is_wide)
        }
    }
}
