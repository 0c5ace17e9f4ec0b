//! Hand-made xlsb files: the parts of an xlsx, with records written out one by one.
#![allow(
    dead_code,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    missing_docs
)]

use std::collections::BTreeMap;

use hebiao::grid::{CellValue, Sheet, Visibility};

use super::package::{Package, relationships};

const CONTENT_TYPES: &str = r#"<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="bin" ContentType="application/vnd.ms-excel.worksheet"/><Override PartName="/xl/workbook.bin" ContentType="application/vnd.ms-excel.sheet.binary.macroEnabled.main"/><Override PartName="/xl/styles.bin" ContentType="application/vnd.ms-excel.styles"/><Override PartName="/xl/sharedStrings.bin" ContentType="application/vnd.ms-excel.sharedStrings"/></Types>"#;

/// One tab. Its part holds `before`, then the rows, then `after`.
#[derive(Debug, Clone)]
pub struct Tab {
    pub name: String,
    pub hidden: u32,
    /// The last segment of its relationship's type.
    pub kind: String,
    pub before: Vec<Vec<u8>>,
    pub rows: Vec<Vec<u8>>,
    pub after: Vec<Vec<u8>>,
    /// Notes: row, column, text.
    pub notes: Vec<(u32, u32, String)>,
}

impl Tab {
    pub fn new(name: &str, rows: Vec<Vec<u8>>) -> Self {
        Self {
            name: name.to_owned(),
            hidden: 0,
            kind: "worksheet".to_owned(),
            before: Vec::new(),
            rows,
            after: Vec::new(),
            notes: Vec::new(),
        }
    }

    fn part(&self) -> Vec<u8> {
        [
            record(0x0081, &[]),
            // Its extent, which programs write and which need not be true.
            record(0x0094, &longs(&[0, 0, 0, 0])),
            self.before.concat(),
            record(0x0091, &[]),
            self.rows.concat(),
            record(0x0092, &[]),
            self.after.concat(),
            record(0x0082, &[]),
        ]
        .concat()
    }

    fn comments(&self) -> Vec<u8> {
        let notes: Vec<u8> = self
            .notes
            .iter()
            .flat_map(|(row, column, note)| {
                let place = longs(&[0, *row, *row, *column, *column]);
                let begin = record(0x027B, &[place, vec![0; 16]].concat());
                [begin, record(0x027D, &rich_text(note)), record(0x027C, &[])].concat()
            })
            .collect();
        [
            record(0x0274, &[]),
            record(0x0279, &[]),
            notes,
            record(0x027A, &[]),
            record(0x0275, &[]),
        ]
        .concat()
    }
}

#[derive(Debug, Clone)]
pub struct Book {
    /// Styles 1, 2, 3 … have these format codes; style 0 is General.
    pub formats: Vec<String>,
    /// Records of the table of shared texts.
    pub shared: Vec<Vec<u8>>,
    /// Records of the workbook part before and after the list of sheets.
    pub before: Vec<Vec<u8>>,
    pub after: Vec<Vec<u8>>,
    pub tabs: Vec<Tab>,
}

impl Book {
    /// A workbook of one visible sheet, `表1`.
    pub fn with_rows(rows: Vec<Vec<u8>>) -> Self {
        Self {
            formats: Vec::new(),
            shared: Vec::new(),
            before: Vec::new(),
            after: Vec::new(),
            tabs: vec![Tab::new("表1", rows)],
        }
    }

    pub fn formats(mut self, codes: &[&str]) -> Self {
        self.formats = codes.iter().map(|code| (*code).to_owned()).collect();
        self
    }

    pub fn shared(mut self, texts: &[&str]) -> Self {
        self.shared = texts.iter().map(|text| record(0x0013, &rich_text(text))).collect();
        self
    }

    pub fn tab(mut self, tab: Tab) -> Self {
        self.tabs.push(tab);
        self
    }

    /// Records before the rows of the first sheet.
    pub fn before_rows(mut self, records: Vec<Vec<u8>>) -> Self {
        self.tabs[0].before = records;
        self
    }

    /// Records behind the rows of the first sheet.
    pub fn after_rows(mut self, records: Vec<Vec<u8>>) -> Self {
        self.tabs[0].after = records;
        self
    }

    /// Sheets with all their facts, written cell by cell; formulas have their results alone.
    pub fn from_sheets(sheets: &[Sheet]) -> Self {
        let mut book = Self::with_rows(Vec::new());
        book.tabs.clear();
        let mut styles: BTreeMap<String, u32> = BTreeMap::new();
        for sheet in sheets {
            let mut tab = Tab::new(&sheet.name, Vec::new());
            tab.hidden = match sheet.visibility {
                Visibility::Visible => 0,
                Visibility::Hidden => 1,
                Visibility::VeryHidden => 2,
            };
            tab.before = between(0x0186, 0x0187, columns_of(sheet));
            tab.after = between(
                0x00B1,
                0x00B2,
                sheet
                    .merges()
                    .iter()
                    .map(|range| merge([range.first.row, range.last.row, range.first.column, range.last.column]))
                    .collect(),
            );
            let notes = sheet.notes.iter();
            tab.notes = notes
                .map(|(cell, note)| (cell.row, cell.column, note.clone()))
                .collect();
            let mut cells = sheet.cells().iter().peekable();
            let last_filled = sheet.cells().last().map_or(0, |cell| cell.address.row);
            let last = sheet
                .hidden_rows
                .last()
                .map_or(last_filled, |(_, last)| last_filled.max(*last));
            for number in 0..=last {
                tab.rows.push(row(number, sheet.is_row_hidden(number)));
                while let Some(cell) = cells.next_if(|cell| cell.address.row == number) {
                    let style = match &cell.number_format {
                        None => 0,
                        Some(code) => *styles.entry(code.to_string()).or_insert_with(|| {
                            book.formats.push(code.to_string());
                            book.formats.len() as u32
                        }),
                    };
                    let column = cell.address.column;
                    tab.rows.push(match &cell.value {
                        CellValue::Number(value) => match value.to_string().parse::<i32>() {
                            Ok(integer) if integer.abs() < 1 << 29 => rk(column, style, (integer << 2) as u32 | 2),
                            _ => real(column, style, value.to_string().parse().unwrap()),
                        },
                        CellValue::Text(text) => {
                            book.shared.push(record(0x0013, &rich_text(text)));
                            shared_text(column, style, book.shared.len() as u32 - 1)
                        }
                        CellValue::Boolean(value) => boolean(column, style, *value),
                        CellValue::Error(code) => error(column, style, error_code(code)),
                        CellValue::Blank => blank(column, style),
                    });
                }
            }
            book.tabs.push(tab);
        }
        book
    }

    /// The package, so that a test can change a part of it.
    pub fn package(&self) -> Package {
        let sheets: Vec<(String, String, String)> = (1..)
            .zip(&self.tabs)
            .map(|(number, tab)| {
                (
                    format!("rId{number}"),
                    tab.kind.clone(),
                    format!("worksheets/sheet{number}.bin"),
                )
            })
            .collect();
        let mut list: Vec<(&str, &str, &str)> = sheets
            .iter()
            .map(|(id, kind, target)| (id.as_str(), kind.as_str(), target.as_str()))
            .collect();
        list.extend([
            ("rIdA", "styles", "styles.bin"),
            ("rIdB", "sharedStrings", "sharedStrings.bin"),
        ]);
        let entries: Vec<Vec<u8>> = (1..)
            .zip(&self.tabs)
            .map(|(number, tab)| sheet_entry(tab.hidden, number, &format!("rId{number}"), &tab.name))
            .collect();
        let workbook = [
            record(0x0083, &[]),
            self.before.concat(),
            record(0x008F, &[]),
            entries.concat(),
            record(0x0090, &[]),
            self.after.concat(),
            record(0x0084, &[]),
        ];
        let count = longs(&[self.shared.len() as u32; 2]);
        let shared = [record(0x009F, &count), self.shared.concat(), record(0x00A0, &[])];
        let mut package = Package::default()
            .part("[Content_Types].xml", CONTENT_TYPES)
            .part(
                "_rels/.rels",
                &relationships(&[("rId1", "officeDocument", "xl/workbook.bin")]),
            )
            .part("xl/_rels/workbook.bin.rels", &relationships(&list))
            .bytes_part("xl/workbook.bin", &workbook.concat())
            .bytes_part("xl/styles.bin", &styles(&self.formats))
            .bytes_part("xl/sharedStrings.bin", &shared.concat());
        for (number, tab) in (1..).zip(&self.tabs) {
            package = package.bytes_part(&format!("xl/worksheets/sheet{number}.bin"), &tab.part());
            if !tab.notes.is_empty() {
                let target = format!("../comments{number}.bin");
                package = package
                    .part(
                        &format!("xl/worksheets/_rels/sheet{number}.bin.rels"),
                        &relationships(&[("rId1", "comments", &target)]),
                    )
                    .bytes_part(&format!("xl/comments{number}.bin"), &tab.comments());
            }
        }
        package
    }

    /// The file.
    pub fn file(&self) -> Vec<u8> {
        self.package().zip()
    }
}

fn columns_of(sheet: &Sheet) -> Vec<Vec<u8>> {
    let hidden = sheet.hidden_columns.iter();
    hidden.map(|(first, last)| column(*first, *last, true)).collect()
}

/// Records between a begin and an end; nothing when there are none.
fn between(begin: u16, end: u16, records: Vec<Vec<u8>>) -> Vec<Vec<u8>> {
    if records.is_empty() {
        return records;
    }
    let count = longs(&[records.len() as u32]);
    let head = if begin == 0x00B1 {
        record(begin, &count)
    } else {
        record(begin, &[])
    };
    std::iter::once(head).chain(records).chain([record(end, &[])]).collect()
}

/// Fonts, fills and borders of no interest, the formats, and one cell style for each.
fn styles(codes: &[String]) -> Vec<u8> {
    let one = longs(&[1]);
    let count = longs(&[codes.len() as u32 + 1]);
    let style = |format: u16| words(&[0, format, 0, 0, 0, 0, 0, 0]);
    let mut out = record(0x0116, &[]);
    out.extend(record(0x0267, &longs(&[codes.len() as u32])));
    for (id, code) in (164_u16..).zip(codes) {
        out.extend(record(0x002C, &[words(&[id]), text(code)].concat()));
    }
    out.extend(record(0x0268, &[]));
    // A style of the other kind, which cells do not count.
    out.extend([record(0x0272, &one), record(0x002F, &style(9)), record(0x0273, &[])].concat());
    out.extend(record(0x0269, &count));
    out.extend(record(0x002F, &style(0)));
    for (id, _) in (164_u16..).zip(codes) {
        out.extend(record(0x002F, &style(id)));
    }
    out.extend([record(0x026A, &[]), record(0x0117, &[])].concat());
    out
}

/// The line of a sheet in the workbook part.
pub fn sheet_entry(hidden: u32, number: u32, relationship: &str, name: &str) -> Vec<u8> {
    record(
        0x009C,
        &[longs(&[hidden, number]), text(relationship), text(name)].concat(),
    )
}

/// Type and length in seven bits a byte, then the bytes.
pub fn record(kind: u16, data: &[u8]) -> Vec<u8> {
    [head(kind, data.len()), data.to_vec()].concat()
}

/// The same with a length of its own choice.
pub fn head(kind: u16, mut length: usize) -> Vec<u8> {
    let mut out = Vec::new();
    if kind < 0x80 {
        out.push(kind as u8);
    } else {
        out.extend([(kind & 0x7F) as u8 | 0x80, (kind >> 7) as u8]);
    }
    while length >= 0x80 {
        out.push((length & 0x7F) as u8 | 0x80);
        length >>= 7;
    }
    out.push(length as u8);
    out
}

pub fn words(values: &[u16]) -> Vec<u8> {
    values.iter().flat_map(|value| value.to_le_bytes()).collect()
}

pub fn longs(values: &[u32]) -> Vec<u8> {
    values.iter().flat_map(|value| value.to_le_bytes()).collect()
}

pub fn text(text: &str) -> Vec<u8> {
    let units: Vec<u16> = text.encode_utf16().collect();
    [longs(&[units.len() as u32]), words(&units)].concat()
}

/// A text with one run, as it stands among the shared texts.
pub fn rich_text(characters: &str) -> Vec<u8> {
    [vec![1], text(characters), longs(&[1]), words(&[0, 0])].concat()
}

pub fn row(number: u32, hidden: bool) -> Vec<u8> {
    let head = [longs(&[number, 0]), words(&[270]), vec![0, u8::from(hidden) << 4, 0]].concat();
    record(0x0000, &[head, longs(&[0])].concat())
}

pub fn column(first: u32, last: u32, hidden: bool) -> Vec<u8> {
    record(
        0x003C,
        &[longs(&[first, last, 2304, 0]), words(&[hidden.into()])].concat(),
    )
}

/// First row, last row, first column, last column.
pub fn merge(range: [u32; 4]) -> Vec<u8> {
    record(0x00B0, &longs(&range))
}

pub fn cell(kind: u16, column: u32, style: u32, rest: &[u8]) -> Vec<u8> {
    record(kind, &[longs(&[column, style]), rest.to_vec()].concat())
}

/// A cell right of the one before it.
pub fn short_cell(kind: u16, style: u32, rest: &[u8]) -> Vec<u8> {
    record(kind, &[longs(&[style]), rest.to_vec()].concat())
}

pub fn blank(column: u32, style: u32) -> Vec<u8> {
    cell(0x0001, column, style, &[])
}

pub fn rk(column: u32, style: u32, bits: u32) -> Vec<u8> {
    cell(0x0002, column, style, &bits.to_le_bytes())
}

pub fn error(column: u32, style: u32, code: u8) -> Vec<u8> {
    cell(0x0003, column, style, &[code])
}

pub fn boolean(column: u32, style: u32, value: bool) -> Vec<u8> {
    cell(0x0004, column, style, &[value.into()])
}

pub fn real(column: u32, style: u32, value: f64) -> Vec<u8> {
    cell(0x0005, column, style, &value.to_le_bytes())
}

pub fn inline_text(column: u32, style: u32, characters: &str) -> Vec<u8> {
    cell(0x0006, column, style, &text(characters))
}

pub fn shared_text(column: u32, style: u32, index: u32) -> Vec<u8> {
    cell(0x0007, column, style, &index.to_le_bytes())
}

/// What stands behind a formula's result: flags, tokens, and what the tokens need besides.
pub fn tokens(tokens: &[u8], extra: &[u8]) -> Vec<u8> {
    let lengths = [tokens.len(), extra.len()].map(|length| longs(&[length as u32]));
    [&words(&[0]), &lengths[0], tokens, &lengths[1], extra].concat()
}

/// A formula with its result, by the kind of record that the result has.
pub fn formula(kind: u16, column: u32, style: u32, result: &[u8], own: &[u8]) -> Vec<u8> {
    cell(kind, column, style, &[result.to_vec(), tokens(own, &[])].concat())
}

/// The code of an error value.
pub fn error_code(text: &str) -> u8 {
    let codes = [
        ("#NULL!", 0x00),
        ("#DIV/0!", 0x07),
        ("#VALUE!", 0x0F),
        ("#REF!", 0x17),
        ("#NAME?", 0x1D),
        ("#NUM!", 0x24),
        ("#N/A", 0x2A),
    ];
    codes.into_iter().find(|(known, _)| *known == text).unwrap().1
}
