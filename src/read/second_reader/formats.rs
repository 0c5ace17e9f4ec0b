//! How the second reader goes through each format.

use std::collections::BTreeMap;
use std::io::Cursor;

use calamine::{Cell, DataRef, Dimensions, Ods, Reader, SheetType, Xls, XlsOptions, Xlsb, Xlsx};

use super::bounds;
use super::compare::{Account, SheetComparison};
use super::value::{Terms, Theirs};
use crate::grid::{CellAddress, CellRange, Confirmation, FileFormat, Sheet, Workbook};
use crate::read::number_format::Epoch;
use crate::read::{Limits, xls};

/// What the rectangle around the cells of xls and ods sheets may take in the second reader, which builds it whole.
const MOST_DENSE_BYTES: u64 = 32 * 1024 * 1024;
const DENSE_CELL_BYTES: u64 = 32;

type Bytes<'a> = Cursor<&'a [u8]>;

/// Compares the second reader's reading with the first.
pub(super) fn confirm<'a>(bytes: &'a [u8], workbook: &'a Workbook, limits: &Limits) -> Confirmation {
    let mut comparing = Comparing {
        workbook,
        terms: Terms {
            format: workbook.format,
            epoch: Epoch::Year1900,
            text_length: limits.text_length,
        },
        account: Account::default(),
    };
    let done = match workbook.format {
        FileFormat::Xlsx | FileFormat::Xlsm => comparing.xlsx(bytes, limits),
        FileFormat::Xlsb => comparing.xlsb(bytes),
        FileFormat::Xls => comparing.xls(bytes, limits),
        _ => comparing.ods(bytes),
    };
    match done {
        Ok(()) => comparing.account.finish(),
        Err(why) => Confirmation::none(why),
    }
}

/// Why a file is not compared at all.
type NotCompared = &'static str;

const NOT_OPENED: NotCompared = "另一读取程序打不开这个文件";

struct Comparing<'a> {
    workbook: &'a Workbook,
    terms: Terms,
    account: Account,
}

impl<'a> Comparing<'a> {
    fn xlsx(&mut self, bytes: &'a [u8], limits: &Limits) -> Result<(), NotCompared> {
        if !bounds::are_kept(bytes, limits) {
            return Err("文件里有另一读取程序承受不了的内容，没有交给它读");
        }
        let mut book: Xlsx<Bytes> = Xlsx::new(Cursor::new(bytes)).map_err(|_| NOT_OPENED)?;
        if book.has_1904_epoch() {
            self.terms.epoch = Epoch::Year1904;
        }
        for (sheet, name) in self.pairs(&book)? {
            let Some(comparison) = self.begin(sheet) else {
                continue;
            };
            let cells = book.worksheet_cells_reader(&name);
            let is_whole = cells.is_ok_and(|mut cells| self.stream(comparison, || cells.next_cell()));
            match book.merge_cells_by_sheet_name(&name) {
                Ok(merges) if is_whole => self.merges(sheet, merges),
                _ => self.unread(sheet),
            }
        }
        Ok(())
    }

    fn xlsb(&mut self, bytes: &'a [u8]) -> Result<(), NotCompared> {
        let mut book: Xlsb<Bytes> = Xlsb::new(Cursor::new(bytes)).map_err(|_| NOT_OPENED)?;
        for (sheet, name) in self.pairs(&book)? {
            let Some(comparison) = self.begin(sheet) else {
                continue;
            };
            let cells = book.worksheet_cells_reader(&name);
            if !cells.is_ok_and(|mut cells| self.stream(comparison, || cells.next_cell())) {
                self.unread(sheet);
            }
        }
        self.say_of_merges();
        Ok(())
    }

    fn xls(&mut self, bytes: &'a [u8], limits: &Limits) -> Result<(), NotCompared> {
        self.is_fit_for_dense()?;
        let mut options = XlsOptions::default();
        options.force_codepage = Some(xls::code_page(bytes, limits).ok_or("文件里标明的文字编码与中文并用，没有比对")?);
        let mut book: Xls<Bytes> = Xls::new_with_options(Cursor::new(bytes), options).map_err(|_| NOT_OPENED)?;
        for (sheet, name) in self.pairs(&book)? {
            if self.dense(sheet, &mut book, &name) {
                match book.merge_cells_by_sheet_name(&name) {
                    Ok(merges) => self.merges(sheet, merges),
                    Err(_) => self.unread(sheet),
                }
            }
        }
        Ok(())
    }

    fn ods(&mut self, bytes: &'a [u8]) -> Result<(), NotCompared> {
        self.is_fit_for_dense()?;
        let mut book: Ods<Bytes> = Ods::new(Cursor::new(bytes)).map_err(|_| NOT_OPENED)?;
        for (sheet, name) in self.pairs(&book)? {
            self.dense(sheet, &mut book, &name);
        }
        self.say_of_merges();
        Ok(())
    }

    /// Returns each worksheet with the second reader's name of it. Both readers list sheets in the order of their
    /// tabs.
    fn pairs<R: Reader<Bytes<'a>>>(&mut self, book: &R) -> Result<Vec<(&'a Sheet, String)>, NotCompared> {
        let names: Vec<String> = book
            .sheets_metadata()
            .iter()
            .filter(|sheet| sheet.typ == SheetType::WorkSheet)
            .map(|sheet| sheet.name.clone())
            .collect();
        if names.len() != self.workbook.sheets.len() {
            return Err("两个读取程序看到的工作表个数不同，没有比对");
        }
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for name in &names {
            *counts.entry(name).or_default() += 1;
        }
        let is_single = |name: &String| counts.get(name.as_str()) == Some(&1);
        if !names.iter().all(is_single) {
            self.account.say("同名的工作表没有比对");
        }
        let pairs = self.workbook.sheets.iter().zip(&names);
        Ok(pairs
            .filter(|(_, name)| is_single(name))
            .map(|(sheet, name)| (sheet, name.clone()))
            .collect())
    }

    /// Begins a sheet, unless the first reader did not list everything that it lost of it.
    fn begin(&mut self, sheet: &'a Sheet) -> Option<SheetComparison<'a>> {
        let comparison = SheetComparison::begin(sheet, self.may_be_lost(sheet), self.terms);
        if comparison.is_none() {
            self.account.leave_sheet();
        }
        comparison
    }

    /// Returns whether the first reader may have lost the sheet as a whole, which the workbook's losses then say.
    fn may_be_lost(&self, sheet: &Sheet) -> bool {
        sheet.cells().is_empty() && sheet.merges().is_empty() && !self.workbook.losses.is_empty()
    }

    fn merges(&mut self, sheet: &Sheet, merges: Vec<Dimensions>) {
        if !self.may_be_lost(sheet) {
            self.account.merges(sheet, merges.into_iter().map(range));
        }
    }

    /// Compares cells as they come; says whether they came to an end.
    fn stream<'b, E>(
        &mut self,
        mut comparison: SheetComparison,
        mut next: impl FnMut() -> Result<Option<Cell<DataRef<'b>>>, E>,
    ) -> bool {
        let is_whole = loop {
            match next() {
                Ok(Some(cell)) => comparison.offer(cell.get_position(), &Theirs::from(cell.get_value())),
                Ok(None) => break true,
                Err(_) => break false,
            }
        };
        comparison.finish(is_whole, &mut self.account);
        is_whole
    }

    /// Compares the cells of a sheet that the second reader holds whole; says whether it gave them.
    fn dense<R: Reader<Bytes<'a>>>(&mut self, sheet: &'a Sheet, book: &mut R, name: &str) -> bool {
        let Some(mut comparison) = self.begin(sheet) else {
            return false;
        };
        let Ok(cells) = book.worksheet_range(name) else {
            self.unread(sheet);
            return false;
        };
        let (first_row, first_column) = cells.start().unwrap_or_default();
        for (row, column, value) in cells.used_cells() {
            let place = u32::try_from(row).ok().zip(u32::try_from(column).ok());
            let place =
                place.and_then(|(row, column)| Some((first_row.checked_add(row)?, first_column.checked_add(column)?)));
            if let Some(place) = place {
                comparison.offer(place, &Theirs::from(value));
            }
        }
        comparison.finish(true, &mut self.account);
        true
    }

    fn unread(&mut self, sheet: &Sheet) {
        self.account.say(format!("另一读取程序没有读完工作表“{}”", sheet.name));
    }

    fn say_of_merges(&mut self) {
        if self.workbook.sheets.iter().any(|sheet| !sheet.merges().is_empty()) {
            self.account.say("另一读取程序不读这种格式的合并区域");
        }
    }

    /// Returns whether the second reader may build the sheets of the workbook whole: nothing was lost of them, and
    /// they are not too large.
    fn is_fit_for_dense(&self) -> Result<(), NotCompared> {
        let sheets = &self.workbook.sheets;
        if sheets.iter().any(|sheet| !sheet.losses.is_empty()) {
            return Err("读取时已列出须留意之处，没有比对");
        }
        let cells = |range: CellRange| u64::from(range.width()).saturating_mul(range.height().into());
        let cells: u64 = sheets.iter().filter_map(Sheet::extent).map(cells).sum();
        if cells.saturating_mul(DENSE_CELL_BYTES) >= MOST_DENSE_BYTES {
            return Err("有字的格子散得太开，没有比对");
        }
        Ok(())
    }
}

fn range(merge: Dimensions) -> CellRange {
    let cell = |(row, column)| CellAddress::new(row, column);
    CellRange::new(cell(merge.start), cell(merge.end))
}
