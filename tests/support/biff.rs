//! Hand-made xls files: records written out one by one, in a compound file.
#![allow(
    dead_code,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    missing_docs
)]

use std::collections::BTreeMap;
use std::io::{Cursor, Write as _};

use encoding_rs::GBK;
use hebiao::grid::{CellValue, Sheet, Visibility};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Version {
    /// Excel 5 and 95: texts in GBK.
    Biff5,
    /// Excel 97 and later: texts in UTF-16.
    Biff8,
}

/// One tab: name, hidden state, kind, and the records between its BOF and EOF.
#[derive(Debug, Clone)]
pub struct Tab {
    pub name: String,
    pub hidden: u8,
    pub kind: u8,
    pub records: Vec<Vec<u8>>,
}

impl Tab {
    pub fn new(name: &str, records: Vec<Vec<u8>>) -> Self {
        Self {
            name: name.to_owned(),
            hidden: 0,
            kind: 0,
            records,
        }
    }
}

#[derive(Debug, Clone)]
pub struct Book {
    pub version: Version,
    /// Styles 1, 2, 3 … have these format codes; style 0 is General.
    pub formats: Vec<String>,
    pub shared: Vec<String>,
    /// Further records of the globals, before the list of sheets.
    pub globals: Vec<Vec<u8>>,
    pub tabs: Vec<Tab>,
}

impl Book {
    /// A workbook of one visible sheet, `表1`.
    pub fn with_records(version: Version, records: Vec<Vec<u8>>) -> Self {
        Self {
            version,
            formats: Vec::new(),
            shared: Vec::new(),
            globals: Vec::new(),
            tabs: vec![Tab::new("表1", records)],
        }
    }

    pub fn formats(mut self, codes: &[&str]) -> Self {
        self.formats = codes.iter().map(|code| (*code).to_owned()).collect();
        self
    }

    pub fn shared(mut self, texts: &[&str]) -> Self {
        self.shared = texts.iter().map(|text| (*text).to_owned()).collect();
        self
    }

    pub fn global(mut self, record: Vec<u8>) -> Self {
        self.globals.push(record);
        self
    }

    pub fn tab(mut self, tab: Tab) -> Self {
        self.tabs.push(tab);
        self
    }

    /// A sheet with all its facts, written cell by cell.
    pub fn from_sheet(sheet: &Sheet, version: Version) -> Self {
        let mut book = Self::with_records(version, Vec::new());
        book.tabs[0].name = sheet.name.clone();
        book.tabs[0].hidden = u8::from(sheet.visibility != Visibility::Visible);
        let mut styles: BTreeMap<String, u16> = BTreeMap::new();
        let mut records = Vec::new();
        for (first, last) in &sheet.hidden_columns {
            records.push(column(*first as u16, *last as u16, true));
        }
        for (first, last) in &sheet.hidden_rows {
            records.extend((*first..=*last).map(|number| row(number as u16, true)));
        }
        for cell in sheet.cells() {
            let style = match &cell.number_format {
                None => 0,
                Some(code) => *styles.entry(code.to_string()).or_insert_with(|| {
                    book.formats.push(code.to_string());
                    book.formats.len() as u16
                }),
            };
            let (row, column) = (cell.address.row as u16, cell.address.column as u16);
            records.push(match &cell.value {
                CellValue::Number(value) => number(row, column, style, value.to_string().parse().unwrap()),
                CellValue::Text(text) if version == Version::Biff5 => label(version, row, column, style, text),
                CellValue::Text(text) => {
                    book.shared.push(text.clone());
                    shared_text(row, column, style, book.shared.len() as u32 - 1)
                }
                CellValue::Boolean(value) => boolean(row, column, style, *value),
                other => panic!("{other:?}"),
            });
        }
        records.push(record(0x023E, &[0; 18]));
        if !sheet.merges().is_empty() {
            let ranges: Vec<[u16; 4]> = sheet
                .merges()
                .iter()
                .map(|range| {
                    [range.first.row, range.last.row, range.first.column, range.last.column].map(|at| at as u16)
                })
                .collect();
            records.push(merges(&ranges));
        }
        book.tabs[0].records = records;
        book
    }

    /// The record stream.
    pub fn stream(&self) -> Vec<u8> {
        let version = self.version;
        let bof = |kind: u16| {
            let number: u16 = if version == Version::Biff8 { 0x0600 } else { 0x0500 };
            record(0x0809, &words(&[number, kind, 0, 0, 0, 0, 0, 0]))
        };
        let mut globals = bof(5);
        let has_code_page = self.globals.iter().any(|record| record.starts_with(&[0x42, 0]));
        if version == Version::Biff5 && !has_code_page {
            globals.extend(record(0x0042, &words(&[936])));
        }
        globals.extend(self.globals.concat());
        for (index, code) in self.formats.iter().enumerate() {
            let text = if version == Version::Biff8 {
                long_text(version, code)
            } else {
                short_text(version, code)
            };
            globals.extend(record(0x041E, &[words(&[164 + index as u16]), text].concat()));
        }
        for index in 0..=self.formats.len() {
            let format = if index == 0 { 0 } else { 163 + index as u16 };
            globals.extend(record(0x00E0, &words(&[0, format, 0, 0, 0, 0, 0, 0, 0, 0])));
        }
        if !self.shared.is_empty() {
            globals.extend(shared_texts(&self.shared));
        }
        let entry_size = |tab: &Tab| 4 + 6 + short_text(version, &tab.name).len();
        let end = record(0x000A, &[]);
        let mut offset = globals.len() + self.tabs.iter().map(entry_size).sum::<usize>() + end.len();
        let mut sheets = Vec::new();
        for tab in &self.tabs {
            let body = [bof(0x10), tab.records.concat(), end.clone()].concat();
            let head = [(offset as u32).to_le_bytes().to_vec(), vec![tab.hidden, tab.kind]].concat();
            globals.extend(record(0x0085, &[head, short_text(version, &tab.name)].concat()));
            offset += body.len();
            sheets.extend(body);
        }
        [globals, end, sheets].concat()
    }

    /// The file.
    pub fn file(&self) -> Vec<u8> {
        let name = if self.version == Version::Biff8 {
            "Workbook"
        } else {
            "Book"
        };
        compound(&[(name, &self.stream())])
    }
}

/// A compound file with these streams.
pub fn compound(streams: &[(&str, &[u8])]) -> Vec<u8> {
    let mut file = cfb::CompoundFile::create(Cursor::new(Vec::new())).unwrap();
    for (name, bytes) in streams {
        file.create_stream(format!("/{name}"))
            .unwrap()
            .write_all(bytes)
            .unwrap();
    }
    file.into_inner().into_inner()
}

pub fn record(kind: u16, data: &[u8]) -> Vec<u8> {
    [&kind.to_le_bytes(), &(data.len() as u16).to_le_bytes(), data].concat()
}

pub fn words(values: &[u16]) -> Vec<u8> {
    values.iter().flat_map(|value| value.to_le_bytes()).collect()
}

/// Characters with their width before them, or in GBK without.
fn characters(version: Version, text: &str) -> (usize, Vec<u8>) {
    match version {
        Version::Biff5 => {
            let bytes = GBK.encode(text).0.into_owned();
            (bytes.len(), bytes)
        }
        Version::Biff8 if text.chars().all(|c| u32::from(c) < 256) => {
            let bytes: Vec<u8> = text.chars().map(|c| c as u8).collect();
            (bytes.len(), [vec![0], bytes].concat())
        }
        Version::Biff8 => {
            let units: Vec<u16> = text.encode_utf16().collect();
            (units.len(), [vec![1], words(&units)].concat())
        }
    }
}

pub fn short_text(version: Version, text: &str) -> Vec<u8> {
    let (count, bytes) = characters(version, text);
    [vec![count as u8], bytes].concat()
}

pub fn long_text(version: Version, text: &str) -> Vec<u8> {
    let (count, bytes) = characters(version, text);
    [words(&[count as u16]), bytes].concat()
}

/// The table of shared texts; a text that does not fit into a record goes on in the next, as Excel writes it.
pub fn shared_texts(texts: &[String]) -> Vec<u8> {
    const LONGEST: usize = 8224;
    let count = (texts.len() as u32).to_le_bytes();
    let mut parts = vec![[count, count].concat()];
    for text in texts {
        let units: Vec<u16> = text.encode_utf16().collect();
        if parts.last().unwrap().len() + 3 > LONGEST {
            parts.push(Vec::new());
        }
        parts
            .last_mut()
            .unwrap()
            .extend([words(&[units.len() as u16]), vec![1]].concat());
        for unit in units {
            if parts.last().unwrap().len() + 2 > LONGEST {
                parts.push(vec![1]);
            }
            parts.last_mut().unwrap().extend(unit.to_le_bytes());
        }
    }
    let kinds = std::iter::once(0x00FC).chain(std::iter::repeat(0x003C));
    parts
        .iter()
        .zip(kinds)
        .flat_map(|(part, kind)| record(kind, part))
        .collect()
}

fn cell(kind: u16, row: u16, column: u16, style: u16, rest: &[u8]) -> Vec<u8> {
    record(kind, &[words(&[row, column, style]), rest.to_vec()].concat())
}

pub fn number(row: u16, column: u16, style: u16, value: f64) -> Vec<u8> {
    cell(0x0203, row, column, style, &value.to_le_bytes())
}

pub fn rk(row: u16, column: u16, style: u16, bits: u32) -> Vec<u8> {
    cell(0x027E, row, column, style, &bits.to_le_bytes())
}

pub fn label(version: Version, row: u16, column: u16, style: u16, text: &str) -> Vec<u8> {
    cell(0x0204, row, column, style, &long_text(version, text))
}

pub fn shared_text(row: u16, column: u16, style: u16, index: u32) -> Vec<u8> {
    cell(0x00FD, row, column, style, &index.to_le_bytes())
}

pub fn boolean(row: u16, column: u16, style: u16, value: bool) -> Vec<u8> {
    cell(0x0205, row, column, style, &[value.into(), 0])
}

pub fn error(row: u16, column: u16, style: u16, code: u8) -> Vec<u8> {
    cell(0x0205, row, column, style, &[code, 1])
}

/// A formula with its last result as stored, and its tokens.
pub fn formula(row: u16, column: u16, style: u16, result: [u8; 8], tokens: &[u8]) -> Vec<u8> {
    let head = [result.to_vec(), vec![0; 6], words(&[tokens.len() as u16])].concat();
    cell(0x0006, row, column, style, &[head, tokens.to_vec()].concat())
}

/// Results that are no number.
pub const TEXT_RESULT: [u8; 8] = [0, 0, 0, 0, 0, 0, 0xFF, 0xFF];
pub const EMPTY_RESULT: [u8; 8] = [3, 0, 0, 0, 0, 0, 0xFF, 0xFF];

pub fn error_result(code: u8) -> [u8; 8] {
    [2, 0, code, 0, 0, 0, 0xFF, 0xFF]
}

pub fn row(number: u16, hidden: bool) -> Vec<u8> {
    let flags = if hidden { 0x120 } else { 0x100 };
    record(0x0208, &words(&[number, 0, 0, 270, 0, 0, flags, 15]))
}

pub fn column(first: u16, last: u16, hidden: bool) -> Vec<u8> {
    record(0x007D, &words(&[first, last, 2000, 15, hidden.into(), 0]))
}

/// First row, last row, first column, last column of each.
pub fn merges(ranges: &[[u16; 4]]) -> Vec<u8> {
    record(
        0x00E5,
        &[words(&[ranges.len() as u16]), words(&ranges.concat())].concat(),
    )
}
