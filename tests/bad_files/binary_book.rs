//! Hand-made xlsb files: records written out one by one.

use std::collections::BTreeMap;

use hebiao::grid::{CellValue, Sheet};

use crate::package::{Package, relationships};

pub const NUMBER: u16 = 0x0005;
pub const TEXT: u16 = 0x0006;
pub const SHARED_TEXT: u16 = 0x0007;

/// One tab: its name, the last segment of its relationship's type, its part.
pub struct Tab {
    pub name: &'static str,
    pub kind: &'static str,
    pub part: Vec<u8>,
}

pub struct BinaryBook {
    pub formats: Vec<String>,
    pub shared: Vec<Vec<u8>>,
    pub tabs: Vec<Tab>,
}

impl BinaryBook {
    pub fn with_records(records: &[Vec<u8>]) -> Self {
        Self {
            formats: Vec::new(),
            shared: Vec::new(),
            tabs: vec![Tab {
                name: "自评表",
                kind: "worksheet",
                part: sheet_part(records),
            }],
        }
    }

    /// A sheet cell by cell, with its merged regions.
    pub fn from_sheet(sheet: &Sheet) -> Self {
        let mut book = Self::with_records(&[]);
        let (rows, formats) = records_of(sheet);
        book.formats = formats;
        book.tabs[0].part = sheet_part(&rows);
        book.tabs[0].part.extend(merges_of(sheet));
        book
    }

    pub fn tab(mut self, name: &'static str, kind: &'static str, part: Vec<u8>) -> Self {
        self.tabs.push(Tab { name, kind, part });
        self
    }

    pub fn package(&self) -> Package {
        let mut links = vec![
            ("rIdS".to_owned(), "styles", "styles.bin".to_owned()),
            ("rIdT".to_owned(), "sharedStrings", "sharedStrings.bin".to_owned()),
        ];
        let mut workbook = record(0x0083, &[]);
        let mut package = Package::default();
        for (index, tab) in self.tabs.iter().enumerate() {
            let id = format!("rId{}", index + 1);
            let target = format!("worksheets/sheet{}.bin", index + 1);
            let head = [0_u32.to_le_bytes(), u32::try_from(index + 1).unwrap().to_le_bytes()].concat();
            workbook.extend(record(0x009C, &[head, wide(&id), wide(tab.name)].concat()));
            let mut part = tab.part.clone();
            // The first sheet is whole, whatever its records say; others are put in as they are.
            if index == 0 {
                part.extend(record(0x0082, &[]));
            }
            package = package.bytes_part(&format!("xl/{target}"), &part);
            links.push((id, tab.kind, target));
        }
        workbook.extend(record(0x0084, &[]));
        let links: Vec<(&str, &str, &str)> = links
            .iter()
            .map(|(id, kind, target)| (id.as_str(), *kind, target.as_str()))
            .collect();
        let mut styles = Vec::new();
        for (index, code) in self.formats.iter().enumerate() {
            styles.extend(record(
                0x002C,
                &[(164 + index as u16).to_le_bytes().to_vec(), wide(code)].concat(),
            ));
        }
        styles.extend(record(0x0269, &[]));
        for index in 0..=self.formats.len() {
            let format = if index == 0 { 0 } else { 163 + index as u16 };
            styles.extend(record(
                0x002F,
                &[&[0, 0], format.to_le_bytes().as_slice(), &[0; 12]].concat(),
            ));
        }
        styles.extend(record(0x026A, &[]));
        package
            .part(
                "_rels/.rels",
                &relationships(&[("rId1", "officeDocument", "xl/workbook.bin")]),
            )
            .part("xl/_rels/workbook.bin.rels", &relationships(&links))
            .bytes_part("xl/workbook.bin", &workbook)
            .bytes_part("xl/styles.bin", &styles)
            .bytes_part("xl/sharedStrings.bin", &self.shared.concat())
    }
}

fn records_of(sheet: &Sheet) -> (Vec<Vec<u8>>, Vec<String>) {
    let mut formats: Vec<String> = Vec::new();
    let mut styles: BTreeMap<String, u32> = BTreeMap::new();
    let mut records = Vec::new();
    let mut row = None;
    for cell in sheet.cells() {
        if row != Some(cell.address.row) {
            row = Some(cell.address.row);
            records.push(row_record(cell.address.row));
        }
        let style = match &cell.number_format {
            None => 0,
            Some(code) => *styles.entry(code.to_string()).or_insert_with(|| {
                formats.push(code.to_string());
                formats.len() as u32
            }),
        };
        let column = cell.address.column;
        records.push(match &cell.value {
            CellValue::Number(value) => cell_record(
                NUMBER,
                column,
                style,
                &value.to_string().parse::<f64>().unwrap().to_le_bytes(),
            ),
            CellValue::Text(text) => cell_record(TEXT, column, style, &wide(text)),
            other => panic!("{other:?}"),
        });
    }
    (records, formats)
}

fn merges_of(sheet: &Sheet) -> Vec<u8> {
    let one =
        |range: &hebiao::grid::CellRange| merge(range.first.row, range.last.row, range.first.column, range.last.column);
    sheet.merges().iter().flat_map(one).collect()
}

/// A sheet part with these records among its rows.
pub fn sheet_part(records: &[Vec<u8>]) -> Vec<u8> {
    [
        record(0x0081, &[]),
        record(0x0091, &[]),
        records.concat(),
        record(0x0092, &[]),
    ]
    .concat()
}

pub fn record(kind: u16, data: &[u8]) -> Vec<u8> {
    let mut bytes = record_head(kind, data.len() as u32);
    bytes.extend(data);
    bytes
}

pub fn record_head(kind: u16, mut length: u32) -> Vec<u8> {
    let mut bytes = if kind < 0x80 {
        vec![kind as u8]
    } else {
        vec![(kind & 0x7F) as u8 | 0x80, (kind >> 7) as u8]
    };
    loop {
        let low = (length & 0x7F) as u8;
        length >>= 7;
        if length == 0 {
            bytes.push(low);
            return bytes;
        }
        bytes.push(low | 0x80);
    }
}

pub fn wide(text: &str) -> Vec<u8> {
    let units: Vec<u16> = text.encode_utf16().collect();
    let count = (units.len() as u32).to_le_bytes();
    [
        count.to_vec(),
        units.iter().flat_map(|unit| unit.to_le_bytes()).collect(),
    ]
    .concat()
}

pub fn row_record(row: u32) -> Vec<u8> {
    record(
        0x0000,
        &[row.to_le_bytes().as_slice(), &[0; 4], &300_u16.to_le_bytes(), &[0; 7]].concat(),
    )
}

pub fn cell_record(kind: u16, column: u32, style: u32, value: &[u8]) -> Vec<u8> {
    record(kind, &[&column.to_le_bytes(), &style.to_le_bytes(), value].concat())
}

pub fn merge(first_row: u32, last_row: u32, first_column: u32, last_column: u32) -> Vec<u8> {
    let places: Vec<u8> = [first_row, last_row, first_column, last_column]
        .iter()
        .flat_map(|place| place.to_le_bytes())
        .collect();
    record(0x00B0, &places)
}
