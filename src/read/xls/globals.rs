//! What stands before the sheets: their list, shared texts, number formats, and what formulas name.

use std::collections::BTreeMap;
use std::rc::Rc;

use encoding_rs::GBK;

use super::records::{Record, Records, kind};
use super::references::{Book, book, builtin_name, prefix, without_byte_order_mark};
use super::strings::{FontTable, Segments, Texts};
use crate::grid::Visibility;
use crate::read::content::Content;
use crate::read::formula_tokens::{Dialect, Names, sheet_prefix};
use crate::read::kit::cell_builder::{cut, too_long};
use crate::read::kit::cell_format::{CellFormats, MOST_STYLES};
use crate::read::kit::code_page::encoding_of;
use crate::read::kit::cursor::Cursor;
use crate::read::kit::losses::Losses;
use crate::read::kit::symbol_font::SymbolFont;
use crate::read::kit::symbol_text::Run;
use crate::read::kit::tabs::Tab;
use crate::read::number_format::Epoch;
use crate::read::{Limits, ReadError};

/// Version of the BIFF of Excel 97 and later.
pub(super) const BIFF8: u16 = 0x0600;
/// Version of the BIFF of Excel 5 and 95.
const BIFF5: u16 = 0x0500;

/// Everything that sheets are read with.
pub(super) struct Globals {
    /// Each with where its records begin in the stream.
    pub tabs: Vec<Tab<usize>>,
    pub texts: Texts,
    pub dialect: Dialect,
    pub epoch: Epoch,
    pub strings: Vec<Box<str>>,
    /// The runs of those shared texts whose runs name fonts.
    pub string_runs: BTreeMap<usize, Box<[Run]>>,
    pub fonts: FontTable,
    pub formats: CellFormats,
    pub names: Names,
}

/// Reads the records up to the first sheet.
pub(super) fn read(stream: &[u8], limits: &Limits, losses: &mut Losses) -> Result<Globals, ReadError> {
    let mut records = Records::at(stream, 0).ok_or_else(broken)?;
    let first = records.next();
    if first.is_some_and(|record| record.is_too_long()) {
        losses.add(None, wrong_length);
    }
    let texts = match first {
        Some(Record { kind: kind::BOF, data }) => match Cursor::new(data).u16() {
            Some(BIFF8) => Texts::Wide,
            Some(BIFF5) => Texts::Bytes(GBK),
            _ => return Err(Content::OldXls.refusal()),
        },
        Some(Record {
            kind: 0x0009 | 0x0209 | 0x0409,
            ..
        }) => return Err(Content::OldXls.refusal()),
        _ => return Err(broken()),
    };
    let mut gathering = Gathering::new(texts, limits);
    loop {
        let Some(record) = records.next() else {
            losses.add(None, || "工作簿目录不完整，可能有工作表没有读到".to_owned());
            break;
        };
        if record.is_too_long() {
            losses.add(None, || {
                "工作簿目录里有一条记录的长度不对，排在它后面的内容可能没有读到".to_owned()
            });
        }
        if record.kind == kind::EOF {
            break;
        }
        gathering.record(record, &mut records, losses)?;
    }
    Ok(gathering.finish())
}

fn wrong_length() -> String {
    "工作簿目录里有一条记录的长度不对，排在它后面的内容可能没有读到".to_owned()
}

fn broken() -> ReadError {
    ReadError::damaged("工作簿目录读不出来")
}

struct Gathering<'a> {
    limits: &'a Limits,
    texts: Texts,
    epoch: Epoch,
    sheets: Vec<Tab<usize>>,
    /// Formulas count sheets; with one missing they would name the wrong ones.
    has_all_sheets: bool,
    strings: Vec<Box<str>>,
    string_runs: BTreeMap<usize, Box<[Run]>>,
    fonts: FontTable,
    codes: BTreeMap<u32, String>,
    style_formats: Vec<u32>,
    style_fonts: Vec<u16>,
    names: Vec<String>,
    books: Vec<Book>,
    /// (book, first sheet, last sheet) by the index that formulas use.
    references: Vec<(u16, i16, i16)>,
}

impl<'a> Gathering<'a> {
    fn new(texts: Texts, limits: &'a Limits) -> Self {
        Self {
            limits,
            texts,
            epoch: Epoch::Year1900,
            sheets: Vec::new(),
            has_all_sheets: true,
            strings: Vec::new(),
            string_runs: BTreeMap::new(),
            fonts: FontTable::default(),
            codes: BTreeMap::new(),
            style_formats: Vec::new(),
            style_fonts: Vec::new(),
            names: Vec::new(),
            books: Vec::new(),
            references: Vec::new(),
        }
    }

    /// Takes one record. One that is cut short is passed over: what needs it says so itself.
    fn record(&mut self, record: Record, records: &mut Records, losses: &mut Losses) -> Result<(), ReadError> {
        let mut cursor = Cursor::new(record.data);
        match record.kind {
            kind::FILEPASS => return Err(ReadError::password_protected()),
            kind::CODEPAGE => {
                if let (Texts::Bytes(encoding), Some(page)) = (&mut self.texts, cursor.u16()) {
                    *encoding = encoding_of(page);
                }
            }
            kind::DATEMODE if cursor.u16() == Some(1) => self.epoch = Epoch::Year1904,
            kind::FORMAT if self.codes.len() < MOST_STYLES => {
                if let (Some(id), Some(code)) = (cursor.u16(), self.format_code(&mut cursor)) {
                    self.codes.insert(id.into(), code);
                }
            }
            kind::XF if self.style_formats.len() < MOST_STYLES => {
                let (font, format) = (cursor.u16(), cursor.u16());
                self.style_fonts.push(font.unwrap_or(0));
                self.style_formats.push(format.unwrap_or(0).into());
            }
            kind::FONT if self.fonts.0.len() < MOST_STYLES => {
                let name = cursor.skip(14).and_then(|()| self.texts.read(&mut cursor, true));
                self.fonts.0.push(name.as_deref().and_then(SymbolFont::named));
            }
            kind::BOUNDSHEET => {
                if self.sheets.len() >= self.limits.sheets {
                    return Err(ReadError::too_many("工作表数", self.limits.sheets));
                }
                match self.sheet(&mut cursor) {
                    Some(sheet) => self.sheets.push(sheet),
                    None => {
                        self.has_all_sheets = false;
                        losses.add(None, || "工作簿目录里有一张工作表的记录已损坏，没有读到".to_owned());
                    }
                }
            }
            kind::SST => self.shared_strings(Segments::new(record.data, records.continues()), losses)?,
            kind::NAME if self.names.len() < MOST_STYLES => {
                let name = self.defined_name(&mut cursor);
                self.names.push(name.unwrap_or_else(|| "#NAME?".to_owned()));
            }
            kind::SUPBOOK if self.books.len() < MOST_STYLES => {
                let mut segments = Segments::new(record.data, records.continues());
                let mut book = book(&mut segments).unwrap_or_default();
                let before = self.books.last().map_or(0, |book| book.number);
                book.number = before + usize::from(!book.is_this_one);
                self.books.push(book);
            }
            kind::EXTERNNAME if self.texts == Texts::Wide => {
                let name = cursor.skip(6).and_then(|()| self.texts.read(&mut cursor, true));
                if let Some(book) = self.books.last_mut().filter(|book| book.names.len() < MOST_STYLES) {
                    book.names
                        .push(name.map_or_else(|| "#NAME?".to_owned(), without_byte_order_mark));
                }
            }
            kind::EXTERNSHEET if self.texts == Texts::Wide => {
                let mut segments = Segments::new(record.data, records.continues());
                let count = segments.u16().unwrap_or(0);
                for _ in 0..count {
                    let (Some(book), Some(first), Some(last)) = (segments.u16(), segments.u16(), segments.u16()) else {
                        break;
                    };
                    // Formulas count references in two bytes.
                    if self.references.len() <= usize::from(u16::MAX) {
                        self.references.push((book, first.cast_signed(), last.cast_signed()));
                    }
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn format_code(&self, cursor: &mut Cursor) -> Option<String> {
        self.texts.read(cursor, self.texts != Texts::Wide)
    }

    fn sheet(&self, cursor: &mut Cursor) -> Option<Tab<usize>> {
        let offset = usize::try_from(cursor.u32()?).ok()?;
        let visibility = match cursor.u8()? & 0x03 {
            0 => Visibility::Visible,
            1 => Visibility::Hidden,
            _ => Visibility::VeryHidden,
        };
        let other_kind = match cursor.u8()? {
            0 => None,
            1 => Some("宏表"),
            2 => Some("图表页"),
            6 => Some("宏模块"),
            _ => Some("其他内容"),
        };
        let name = self.texts.read(cursor, true)?;
        Some(Tab {
            name,
            visibility,
            other_kind,
            place: offset,
        })
    }

    /// Returns the shared texts that are there; how many there should be is not trusted.
    fn shared_strings(&mut self, mut segments: Segments, losses: &mut Losses) -> Result<(), ReadError> {
        let Some(declared) = segments.skip(4).and_then(|()| segments.u32()) else {
            return Ok(());
        };
        for _ in 0..declared {
            if self.strings.len() >= self.limits.cells {
                return Err(ReadError::too_many("共用文字条数", self.limits.cells));
            }
            // A count beyond what is there loses nothing by itself: each cell without its text says so.
            if segments.is_at_end() {
                break;
            }
            let Some((mut text, runs)) = segments.rich_text(&self.fonts) else {
                let count = self.strings.len();
                losses.add(None, || {
                    format!("共用文字部分已损坏，只读到前 {count} 条，引用其后文字的单元格没有读到")
                });
                break;
            };
            let limit = self.limits.text_length;
            if cut(&mut text, limit) {
                losses.add(None, || too_long(limit));
            }
            if !runs.is_empty() {
                self.string_runs.insert(self.strings.len(), runs.into_boxed_slice());
            }
            self.strings.push(text.into_boxed_str());
        }
        Ok(())
    }

    fn defined_name(&self, cursor: &mut Cursor) -> Option<String> {
        let is_builtin = cursor.u16()? & 0x20 != 0;
        cursor.skip(1)?;
        let count = usize::from(cursor.u8()?);
        cursor.skip(10)?;
        let name = self.texts.characters(cursor, count)?;
        Some(match name.chars().next() {
            Some(code) if is_builtin => builtin_name(code).to_owned(),
            _ => without_byte_order_mark(name),
        })
    }

    fn finish(self) -> Globals {
        let own = if self.has_all_sheets {
            self.sheets.as_slice()
        } else {
            &[]
        };
        let own: Vec<String> = own.iter().map(|sheet| sheet.name.clone()).collect();
        let (sheets, external) = match self.texts {
            // Excel 5 numbers the sheets of the workbook itself.
            Texts::Bytes(_) => (own.iter().map(|name| Some(sheet_prefix(name))).collect(), Vec::new()),
            Texts::Wide => {
                let names: Vec<Rc<[String]>> = self.books.iter().map(|book| book.names.as_slice().into()).collect();
                self.references
                    .iter()
                    .map(|(book, first, last)| {
                        let names = names.get(usize::from(*book)).cloned();
                        (
                            prefix(&self.books, &own, *book, *first, *last),
                            names.unwrap_or_default(),
                        )
                    })
                    .unzip()
            }
        };
        let dialect = match self.texts {
            Texts::Bytes(encoding) => Dialect::Biff5(encoding),
            Texts::Wide => Dialect::Biff8,
        };
        Globals {
            tabs: self.sheets,
            texts: self.texts,
            dialect,
            epoch: self.epoch,
            strings: self.strings,
            string_runs: self.string_runs,
            formats: CellFormats::new(
                &self.style_formats,
                self.style_fonts.iter().map(|font| self.fonts.get(*font)).collect(),
                &self.codes,
            ),
            fonts: self.fonts,
            names: Names {
                sheets,
                defined: self.names,
                external,
            },
        }
    }
}
