//! A sheet as the record streams of xls and xlsb.

use hebiao::grid::{CellValue, Sheet};
use hebiao_fuzz::mutate::{biff_record, point_at_sheets, xlsb_record};

/// `=SUM(A1:B2)*2` as tokens of xls.
const XLS_TOKENS: &[u8] = &[0x25, 0, 0, 1, 0, 0, 0xC0, 1, 0xC0, 0x22, 1, 4, 0, 0x1E, 2, 0, 0x05];
/// The same as tokens of xlsb.
const XLSB_TOKENS: &[u8] = &[
    0x25, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0xC0, 1, 0xC0, 0x22, 1, 4, 0, 0x1E, 2, 0, 0x05,
];

fn bytes<const N: usize>(parts: [&[u8]; N]) -> Vec<u8> {
    parts.concat()
}

fn small(value: usize) -> [u8; 2] {
    u16::try_from(value).unwrap().to_le_bytes()
}

fn large(value: usize) -> [u8; 4] {
    u32::try_from(value).unwrap().to_le_bytes()
}

fn wide(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

/// A text of xls: characters, a flag for wide ones, the characters.
fn xls_text(text: &str) -> Vec<u8> {
    bytes([&small(text.encode_utf16().count()), &[1], &wide(text)])
}

/// A text of xlsb.
fn xlsb_text(text: &str) -> Vec<u8> {
    bytes([&large(text.encode_utf16().count()), &wide(text)])
}

fn binary(value: rust_decimal::Decimal) -> [u8; 8] {
    value.to_string().parse::<f64>().unwrap().to_le_bytes()
}

/// The workbook stream of one sheet.
pub fn xls(sheet: &Sheet) -> Vec<u8> {
    let mut records: Vec<(u16, Vec<u8>)> = Vec::new();
    let mut add = |kind: u16, content: Vec<u8>| records.push((kind, content));
    add(0x0809, vec![0, 6, 5, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    add(0x0042, vec![0xB0, 4]);
    add(0x0022, vec![0, 0]);
    add(0x041E, bytes([&[164, 0], &xls_text("0\"家\"")]));
    for format in [0_u8, 9, 164] {
        add(0x00E0, bytes([&[0, 0, format, 0], &[0; 16]]));
    }
    let name = wide("评价表");
    add(0x0085, bytes([&[0; 6], &[3, 1], &name]));
    add(0x01AE, vec![1, 0, 1, 4]);
    add(0x0017, vec![1, 0, 0, 0, 0, 0, 0, 0]);
    let texts: Vec<&str> = sheet.cells().iter().map(|cell| cell.shown()).collect();
    let mut table = bytes([&large(texts.len()), &large(texts.len())]);
    let mut parts = Vec::new();
    for text in &texts {
        if table.len() + 3 + 2 * text.len() > 8_000 {
            parts.push(std::mem::take(&mut table));
        }
        table.extend(xls_text(text));
    }
    parts.push(table);
    for (position, part) in parts.into_iter().enumerate() {
        add(if position == 0 { 0x00FC } else { 0x003C }, part);
    }
    add(0x000A, Vec::new());
    add(0x0809, vec![0, 6, 0x10, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    add(0x007D, vec![9, 0, 9, 0, 0, 8, 0, 0, 1, 0, 0, 0]);
    add(0x0208, vec![2, 0, 0, 0, 9, 0, 0, 1, 0, 0, 0, 0, 0x20, 1, 15, 0]);
    for (index, cell) in sheet.cells().iter().enumerate() {
        let row = small(cell.address.row.try_into().unwrap());
        let column = small(cell.address.column.try_into().unwrap());
        match &cell.value {
            CellValue::Number(number) if index % 3 == 0 => {
                let tokens = bytes([&small(XLS_TOKENS.len()), XLS_TOKENS]);
                add(
                    0x0006,
                    bytes([&row, &column, &[1, 0], &binary(*number), &[0; 6], &tokens]),
                );
            }
            CellValue::Number(number) if index % 3 == 1 => {
                add(0x0203, bytes([&row, &column, &[1, 0], &binary(*number)]));
            }
            CellValue::Number(_) => add(0x027E, bytes([&row, &column, &[2, 0], &(7_u32 << 2 | 3).to_le_bytes()])),
            CellValue::Boolean(value) => add(0x0205, bytes([&row, &column, &[0, 0, u8::from(*value), 0]])),
            CellValue::Error(_) => add(0x0205, bytes([&row, &column, &[0, 0, 0x17, 1]])),
            _ if index % 5 == 0 => add(0x0204, bytes([&row, &column, &[0, 0], &xls_text(cell.shown())])),
            _ => add(0x00FD, bytes([&row, &column, &[0, 0], &large(index)])),
        }
    }
    // A formula with a text as its result, one shared, one in an array, and a run of numbers.
    add(
        0x0006,
        bytes([
            &[50, 0, 0, 0, 0, 0],
            &[0, 0, 0, 0, 0, 0, 0xFF, 0xFF],
            &[0; 6],
            &[3, 0, 0x17, 0, 0],
        ]),
    );
    add(0x0207, xls_text("结果"));
    add(
        0x0006,
        bytes([
            &[51, 0, 0, 0, 0, 0],
            &[0; 8],
            &[8, 0, 0, 0, 0, 0],
            &[5, 0, 1, 51, 0, 0, 0],
        ]),
    );
    add(
        0x04BC,
        bytes([&[51, 0, 52, 0, 0, 1, 0, 2], &[5, 0, 0x4C, 0xFF, 0xFF, 1, 0xC0]]),
    );
    add(
        0x0006,
        bytes([&[52, 0, 1, 0, 0, 0], &[0; 8], &[0; 6], &[5, 0, 1, 52, 0, 1, 0]]),
    );
    add(
        0x0221,
        bytes([&[52, 0, 52, 0, 1, 1, 0, 0, 0, 0, 0, 0], &[3, 0, 0x1E, 1, 0]]),
    );
    add(
        0x00BD,
        bytes([&[53, 0, 0, 0], &[1, 0, 0, 0, 0xF0, 0x3F], &[2, 0, 2, 0, 0, 0], &[1, 0]]),
    );
    let merges: Vec<Vec<u8>> = sheet
        .merges()
        .iter()
        .map(|range| [range.first.row, range.last.row, range.first.column, range.last.column])
        .map(|corners| {
            corners
                .iter()
                .flat_map(|corner| small((*corner).try_into().unwrap()))
                .collect()
        })
        .collect();
    add(0x00E5, bytes([&small(merges.len()), &merges.concat()]));
    add(0x005D, bytes([&[0x15, 0, 0x12, 0, 0x19, 0, 1, 0], &[0; 14], &[0; 4]]));
    add(0x01B6, bytes([&[0; 10], &[2, 0, 8, 0, 0, 0, 0, 0]]));
    add(0x003C, bytes([&[1], &wide("批注")]));
    add(0x003C, vec![0; 16]);
    add(0x001C, bytes([&[1, 0, 1, 0, 0, 0, 1, 0], &xls_text("作者"), &[0]]));
    add(0x000A, Vec::new());
    point_at_sheets(&mut records);
    let mut stream = Vec::new();
    for (kind, content) in &records {
        biff_record(&mut stream, *kind, content);
    }
    stream
}

/// The parts of an xlsb of one sheet, in the order of an input.
pub fn xlsb(sheet: &Sheet) -> Vec<Vec<u8>> {
    let mut cells = Vec::new();
    let mut add = |kind: u16, content: Vec<u8>| xlsb_record(&mut cells, kind, &content);
    add(0x01E5, vec![0; 12]);
    add(0x003C, bytes([&large(9), &large(9), &large(2048), &large(0), &[1, 0]]));
    let mut row = None;
    for (index, cell) in sheet.cells().iter().enumerate() {
        if row != Some(cell.address.row) {
            row = Some(cell.address.row);
            let hidden = if cell.address.row == 2 { 0x10 } else { 0 };
            add(
                0,
                bytes([
                    &cell.address.row.to_le_bytes(),
                    &[0; 4],
                    &[0x2C, 1, 0, hidden, 0, 0, 0, 0, 0],
                ]),
            );
        }
        let head = bytes([&cell.address.column.to_le_bytes(), &large(index % 3)]);
        match &cell.value {
            CellValue::Number(number) if index % 3 == 0 => {
                let tokens = bytes([&large(XLSB_TOKENS.len()), XLSB_TOKENS, &large(0)]);
                add(9, bytes([&head, &binary(*number), &[0, 0], &tokens]));
            }
            CellValue::Number(number) if index % 3 == 1 => add(5, bytes([&head, &binary(*number)])),
            CellValue::Number(_) => add(2, bytes([&head, &(7_u32 << 2 | 3).to_le_bytes()])),
            CellValue::Boolean(value) => add(4, bytes([&head, &[u8::from(*value)]])),
            CellValue::Error(_) => add(3, bytes([&head, &[0x17]])),
            _ if index % 5 == 0 => add(6, bytes([&head, &xlsb_text(cell.shown())])),
            _ if index % 5 == 1 => add(0x3E, bytes([&head, &[0], &xlsb_text(cell.shown())])),
            _ => add(7, bytes([&head, &large(index)])),
        }
    }
    add(0, bytes([&large(50), &[0; 13]]));
    add(
        8,
        bytes([
            &large(0),
            &large(0),
            &xlsb_text("结果"),
            &[0, 0],
            &large(3),
            &[0x17, 0, 0],
            &large(0),
        ]),
    );
    add(
        9,
        bytes([
            &large(1),
            &large(0),
            &[0; 8],
            &[0, 0],
            &large(5),
            &[1, 50, 0, 0, 0],
            &large(4),
            &large(1),
        ]),
    );
    add(
        0x01AB,
        bytes([
            &large(50),
            &large(51),
            &large(1),
            &large(2),
            &large(7),
            &[0x4C, 0, 0, 0, 0, 1, 0xC0],
            &large(0),
        ]),
    );
    add(
        0x01AA,
        bytes([
            &large(50),
            &large(51),
            &large(1),
            &large(2),
            &[0],
            &large(3),
            &[0x1E, 1, 0],
            &large(0),
        ]),
    );
    add(0x0092, Vec::new());
    for range in sheet.merges() {
        let corners = [range.first.row, range.last.row, range.first.column, range.last.column];
        add(0x00B0, corners.iter().flat_map(|corner| corner.to_le_bytes()).collect());
    }
    let mut strings = Vec::new();
    for cell in sheet.cells() {
        xlsb_record(&mut strings, 0x0013, &bytes([&[0], &xlsb_text(cell.shown())]));
    }
    let mut styles = Vec::new();
    xlsb_record(&mut styles, 0x002C, &bytes([&small(164), &xlsb_text("0\"家\"")]));
    xlsb_record(&mut styles, 0x0269, &large(3));
    for format in [0_u8, 9, 164] {
        xlsb_record(&mut styles, 0x002F, &bytes([&[0, 0, format, 0], &[0; 12]]));
    }
    xlsb_record(&mut styles, 0x026A, &[]);
    let mut book = Vec::new();
    xlsb_record(&mut book, 0x0099, &[0; 8]);
    xlsb_record(
        &mut book,
        0x009C,
        &bytes([&large(0), &large(1), &xlsb_text("rId1"), &xlsb_text("评价表")]),
    );
    xlsb_record(&mut book, 0x0165, &[]);
    xlsb_record(&mut book, 0x016A, &bytes([&large(1), &[0; 12]]));
    xlsb_record(&mut book, 0x0027, &bytes([&[0; 9], &xlsb_text("名称")]));
    let mut notes = Vec::new();
    xlsb_record(
        &mut notes,
        0x027B,
        &bytes([&large(0), &large(1), &large(1), &large(1), &large(1), &[0; 16]]),
    );
    xlsb_record(&mut notes, 0x027D, &bytes([&[0], &xlsb_text("批注")]));
    vec![cells, strings, styles, book, notes]
}
