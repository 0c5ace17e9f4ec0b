//! The reader of xls (BIFF8, BIFF5 in GBK, WPS .et), fact by fact, on files made here.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, missing_docs)]

#[path = "support/biff.rs"]
mod biff;

use biff::Version::{Biff5, Biff8};
use biff::{Book, Tab, Version, record, words};
use hebiao::grid::{Cell, CellAddress, CellValue, FileFormat, Sheet, Visibility, Workbook};
use hebiao::read::{Limits, ReadError, read_workbook};

fn read(book: &Book) -> Workbook {
    read_workbook(&book.file(), Some("表.xls"), &Limits::default()).unwrap()
}

fn refuse(bytes: &[u8]) -> ReadError {
    read_workbook(bytes, Some("表.xls"), &Limits::default()).unwrap_err()
}

/// The only sheet, after asserting that nothing was lost.
fn sheet(book: &Book) -> Sheet {
    let mut workbook = read(book);
    assert_eq!(workbook.format, FileFormat::Xls);
    assert_eq!(workbook.losses, []);
    assert_eq!(workbook.sheets.len(), 1);
    let sheet = workbook.sheets.remove(0);
    assert_eq!(sheet.losses, []);
    sheet
}

fn cell<'a>(sheet: &'a Sheet, place: &str) -> &'a Cell {
    sheet
        .cell(place.parse().unwrap())
        .unwrap_or_else(|| panic!("no {place}"))
}

fn number(text: &str) -> CellValue {
    CellValue::Number(text.parse().unwrap())
}

fn text(text: &str) -> CellValue {
    CellValue::Text(text.to_owned())
}

fn places(sheet: &Sheet) -> Vec<String> {
    sheet.cells().iter().map(|cell| cell.address.to_string()).collect()
}

const BOTH: [Version; 2] = [Biff5, Biff8];

#[test]
fn texts_are_read_in_both_versions() {
    for version in BOTH {
        let book = Book::with_records(
            version,
            vec![
                biff::label(version, 0, 0, 0, "项目名称"),
                biff::label(version, 0, 1, 0, "abc é"),
                biff::label(version, 1, 0, 0, "第一行\r\n第二行"),
                biff::label(version, 1, 1, 0, ""),
            ],
        );
        let sheet = sheet(&book);
        assert_eq!(sheet.name, "表1", "{version:?}");
        assert_eq!(places(&sheet), ["A1", "B1", "A2"], "{version:?}");
        assert_eq!(cell(&sheet, "A1").value, text("项目名称"));
        assert_eq!(cell(&sheet, "A1").shown(), "项目名称");
        assert_eq!(cell(&sheet, "A2").value, text("第一行\n第二行"));
    }
}

#[test]
fn wide_texts_ignore_the_code_page() {
    // Some programs name a page of bytes in a file whose texts are UTF-16.
    for page in [936, 1252, 65001, 21010] {
        let book = Book::with_records(Biff8, vec![biff::shared_text(0, 0, 0, 0)])
            .shared(&["项目名称"])
            .global(record(0x0042, &words(&[page])));
        assert_eq!(cell(&sheet(&book), "A1").value, text("项目名称"), "{page}");
    }
}

#[test]
fn byte_texts_are_gbk_unless_another_page_of_bytes_is_named() {
    for page in [936, 54936, 1252, 1200, 0, 10008] {
        let book = Book::with_records(Biff5, vec![biff::label(Biff5, 0, 0, 0, "绩效")])
            .global(record(0x0042, &words(&[page])));
        assert_eq!(cell(&sheet(&book), "A1").value, text("绩效"), "{page}");
    }
    let mut big5 = encoding_rs::BIG5.encode("績效").0.into_owned();
    let mut label = words(&[0, 0, 0, big5.len() as u16]);
    label.append(&mut big5);
    let mut book = Book::with_records(Biff5, vec![record(0x0204, &label)]).global(record(0x0042, &words(&[950])));
    book.tabs[0].name = "A".to_owned();
    assert_eq!(cell(&sheet(&book), "A1").value, text("績效"));
}

/// A label whose bytes are given as they are.
fn byte_label(row: u16, bytes: &[u8]) -> Vec<u8> {
    record(0x0204, &[&words(&[row, 0, 0, bytes.len() as u16]), bytes].concat())
}

#[test]
fn texts_of_other_single_byte_pages_are_decoded_by_them() {
    for (page, bytes, expected) in [
        (1251, &b"\xF0\xE0\xF1\xF7\xE5\xF2"[..], "расчет"),
        (1253, b"\xEC\xE5", "με"),
        (1250, b"\xB3\xF3d\x9F", "łódź"),
    ] {
        let mut book = Book::with_records(Biff5, vec![byte_label(0, bytes)]).global(record(0x0042, &words(&[page])));
        book.tabs[0].name = "A".to_owned();
        assert_eq!(cell(&sheet(&book), "A1").value, text(expected), "{page}");
    }
}

#[test]
fn under_the_western_page_a_text_is_western_unless_it_is_chinese() {
    let rows = [
        (&b"Festivit\xE0"[..], "Festività"),
        (b"M\xFCnchen", "München"),
        (b"\xD6\xEC\xE9\x46\xBB\xF9", "朱镕基"),
    ];
    let records = rows.iter().zip(0..).map(|((bytes, _), row)| byte_label(row, bytes));
    let mut book = Book::with_records(Biff5, records.collect()).global(record(0x0042, &words(&[1252])));
    book.tabs[0].name = "A".to_owned();
    let sheet = sheet(&book);
    let read: Vec<&CellValue> = sheet.cells().iter().map(|cell| &cell.value).collect();
    let expected: Vec<CellValue> = rows.iter().map(|(_, expected)| text(expected)).collect();
    assert_eq!(read, expected.iter().collect::<Vec<_>>());
}

#[test]
fn a_lone_carriage_return_ends_a_line() {
    for version in BOTH {
        let book = Book::with_records(version, vec![biff::label(version, 0, 0, 0, "right,\r\rThis\r")]);
        assert_eq!(cell(&sheet(&book), "A1").value, text("right,\n\nThis"));
    }
    let book = Book::with_records(Biff8, vec![biff::shared_text(0, 0, 0, 0)]).shared(&["甲\r乙\r\n丙"]);
    assert_eq!(cell(&sheet(&book), "A1").value, text("甲\n乙\n丙"));
}

#[test]
fn numbers_are_their_fifteen_digits() {
    let hundredths_of_integer = (12345_u32 << 2) | 3;
    let negative_integer = ((-208_i32) << 2) as u32 | 2;
    let binary = ((0.5_f64.to_bits() >> 32) as u32) & !3;
    let hundredths_of_binary = (((95.0_f64.to_bits() >> 32) as u32) & !3) | 1;
    let mut row_of_numbers = words(&[2, 1]);
    for (style, bits) in [(0_u16, negative_integer), (1, hundredths_of_integer), (0, binary)] {
        row_of_numbers.extend(style.to_le_bytes());
        row_of_numbers.extend(bits.to_le_bytes());
    }
    row_of_numbers.extend(3_u16.to_le_bytes());
    for version in BOTH {
        let book = Book::with_records(
            version,
            vec![
                biff::number(0, 0, 0, 0.1 + 0.2),
                biff::number(0, 1, 0, 208.0),
                biff::number(0, 2, 1, 0.95),
                biff::rk(1, 0, 0, hundredths_of_integer),
                biff::rk(1, 1, 0, negative_integer),
                biff::rk(1, 2, 0, binary),
                biff::rk(1, 3, 0, hundredths_of_binary),
                record(0x00BD, &row_of_numbers),
            ],
        )
        .formats(&["0%"]);
        let sheet = sheet(&book);
        let values = [
            ("A1", "0.3"),
            ("B1", "208"),
            ("C1", "0.95"),
            ("A2", "123.45"),
            ("B2", "-208"),
            ("C2", "0.5"),
            ("D2", "0.95"),
            ("B3", "-208"),
            ("C3", "123.45"),
            ("D3", "0.5"),
        ];
        assert_eq!(sheet.cells().len(), values.len());
        for (place, value) in values {
            assert_eq!(cell(&sheet, place).value, number(value), "{place}");
        }
        assert_eq!(cell(&sheet, "C1").shown(), "95%");
        assert_eq!(cell(&sheet, "C3").shown(), "12345%");
    }
}

#[test]
fn texts_with_runs_are_texts_and_cells_with_only_a_style_are_none() {
    for version in BOTH {
        let text = biff::long_text(version, "富文本");
        let with_runs = [words(&[0, 0, 0]), text, words(&[1, 0, 5])].concat();
        let book = Book::with_records(
            version,
            vec![
                record(0x00D6, &with_runs),
                biff::blank(0, 1, 0),
                record(0x00BE, &words(&[0, 2, 0, 0, 0, 4])),
                biff::number(0, 5, 0, 6.0),
            ],
        );
        let sheet = sheet(&book);
        assert_eq!(places(&sheet), ["A1", "F1"], "{version:?}");
        assert_eq!(cell(&sheet, "A1").shown(), "富文本", "{version:?}");
    }
}

#[test]
fn built_in_formats_need_no_code_in_the_file() {
    let style = |format: u16| record(0x00E0, &words(&[0, format, 0, 0, 0, 0, 0, 0, 0, 0]));
    // Style 0, and one for each: percent, thousands, a date, a Chinese date, text.
    let ids = [0, 9, 10, 4, 14, 31, 49];
    let mut book = Book::with_records(
        Biff8,
        (1..7).map(|column| biff::number(0, column, column, 45_351.5)).collect(),
    );
    for id in ids {
        book = book.global(style(id));
    }
    let sheet = sheet(&book);
    let shown: Vec<&str> = sheet.cells().iter().map(|cell| cell.shown()).collect();
    assert_eq!(
        shown,
        [
            "4535150%",
            "4535150.00%",
            "45,351.50",
            "2024/2/29",
            "2024年2月29日",
            "45351.5"
        ]
    );
}

#[test]
fn what_is_shown_goes_through_the_number_format() {
    let codes = ["0\"家\"", "\"≥\"0%", "#,##0.00", "yyyy\"年\"m\"月\"d\"日\"", "@\"个\""];
    for version in BOTH {
        // GBK has no such sign in one of the codes' places, but has this one.
        let book = Book::with_records(
            version,
            vec![
                biff::number(0, 0, 1, 12.0),
                biff::number(0, 1, 2, 0.95),
                biff::number(0, 2, 3, 1234.5),
                biff::number(0, 3, 4, 45_351.0),
                biff::label(version, 0, 4, 5, "三"),
                biff::number(0, 5, 0, 1234.5),
                biff::number(0, 6, 99, 1.5),
            ],
        )
        .formats(&codes);
        let sheet = sheet(&book);
        let shown: Vec<&str> = sheet.cells().iter().map(|cell| cell.shown()).collect();
        assert_eq!(
            shown,
            ["12家", "≥95%", "1,234.50", "2024年2月29日", "三个", "1234.5", "1.5"]
        );
        for (cell, code) in sheet.cells().iter().zip(codes) {
            assert_eq!(cell.number_format.as_deref(), Some(code));
            assert!(!cell.shown_unsure);
        }
        assert!(cell(&sheet, "G1").shown_unsure, "a style that the file does not have");
    }
}

#[test]
fn dates_may_count_from_1904() {
    let book = Book::with_records(Biff8, vec![biff::number(0, 0, 1, 43_889.0)])
        .formats(&["yyyy-mm-dd"])
        .global(record(0x0022, &words(&[1])));
    assert_eq!(cell(&sheet(&book), "A1").shown(), "2024-02-29");
}

#[test]
fn truth_and_error_values_are_their_own_kinds() {
    let codes = [
        (0x00, "#NULL!"),
        (0x07, "#DIV/0!"),
        (0x0F, "#VALUE!"),
        (0x17, "#REF!"),
        (0x1D, "#NAME?"),
        (0x24, "#NUM!"),
        (0x2A, "#N/A"),
    ];
    let mut records = vec![biff::boolean(0, 0, 0, true), biff::boolean(0, 1, 0, false)];
    records.extend(
        codes
            .iter()
            .zip(1..)
            .map(|((code, _), row)| biff::error(row, 0, 0, *code)),
    );
    let sheet = sheet(&Book::with_records(Biff8, records));
    assert_eq!(cell(&sheet, "A1").value, CellValue::Boolean(true));
    assert_eq!(cell(&sheet, "B1").shown(), "FALSE");
    for ((_, expected), cell) in codes.iter().zip(&sheet.cells()[2..]) {
        assert_eq!(cell.value, CellValue::Error((*expected).to_owned()));
        assert_eq!(cell.shown(), *expected);
    }
}

#[test]
fn a_formula_keeps_its_text_and_its_last_result() {
    // SUM(A1:A2): an area with relative corners, and the short form of SUM.
    let sum = [0x25, 0, 0, 1, 0, 0, 0xC0, 0, 0xC0, 0x19, 0x10, 0, 0];
    // A1>=0.5: a reference, a number, and the operator.
    let mut compare = vec![0x44, 0, 0, 0, 0xC0, 0x1F];
    compare.extend(0.5_f64.to_le_bytes());
    let greater = [compare.clone(), vec![0x0D]].concat();
    let at_least = [compare, vec![0x0C]].concat();
    let text_result = record(0x0207, &biff::long_text(Biff8, "达标"));
    let book = Book::with_records(
        Biff8,
        vec![
            biff::formula(2, 0, 1, 1.5_f64.to_le_bytes(), &sum),
            biff::formula(3, 0, 0, biff::TEXT_RESULT, &greater),
            text_result,
            biff::formula(4, 0, 0, [1, 0, 1, 0, 0, 0, 0xFF, 0xFF], &at_least),
            biff::formula(5, 0, 0, biff::error_result(0x17), &[0x2A, 0, 0, 0, 0, 0x1E, 2, 0, 0x03]),
            biff::formula(6, 0, 0, biff::EMPTY_RESULT, &[0x17, 0, 0]),
            biff::formula(7, 0, 0, biff::TEXT_RESULT, &sum),
        ],
    )
    .formats(&["0%"]);
    let sheet = sheet(&book);
    let facts: Vec<(CellValue, &str, &str)> = sheet
        .cells()
        .iter()
        .map(|cell| (cell.value.clone(), cell.shown(), cell.formula.as_deref().unwrap()))
        .collect();
    assert_eq!(
        facts,
        [
            (number("1.5"), "150%", "SUM(A1:A2)"),
            (text("达标"), "达标", "A1>0.5"),
            (CellValue::Boolean(true), "TRUE", "A1>=0.5"),
            (CellValue::Error("#REF!".to_owned()), "#REF!", "#REF!+2"),
            (text(""), "", "\"\""),
            (CellValue::Blank, "", "SUM(A1:A2)"),
        ],
        "the last one was never calculated"
    );
}

#[test]
fn formulas_of_excel_5_have_shorter_references() {
    // ROUND(B$3*$A1,2)&"甲"
    let mut tokens = vec![
        0x44, 0x02, 0x40, 1, 0x44, 0x00, 0x80, 0, 0x05, 0x1E, 2, 0, 0x41, 27, 0, 0x17, 2,
    ];
    tokens.extend(encoding_rs::GBK.encode("甲").0.iter());
    tokens.push(0x08);
    let book = Book::with_records(Biff5, vec![biff::formula(0, 3, 0, 2.0_f64.to_le_bytes(), &tokens)]);
    assert_eq!(
        cell(&sheet(&book), "D1").formula.as_deref(),
        Some("ROUND(B$3*$A1,2)&\"甲\"")
    );
}

#[test]
fn a_shared_formula_reads_in_each_cell_as_it_is_meant_there() {
    // One to the left, in the same row, times the absolute $A$1.
    let tokens = [0x4C, 0, 0, 0xFF, 0xC0, 0x44, 0, 0, 0, 0, 0x05];
    // Some programs give a range that begins above the cell which has the tokens.
    for first in [1, 0] {
        let mut group = words(&[first, 3]);
        group.extend([1, 1, 0, 3]);
        group.extend(words(&[tokens.len() as u16]));
        group.extend(tokens);
        let reference = [0x01, 1, 0, 1, 0];
        let mut records: Vec<Vec<u8>> = (1..4)
            .map(|row| biff::formula(row, 1, 0, 1.0_f64.to_le_bytes(), &reference))
            .collect();
        records.insert(1, record(0x04BC, &group));
        let sheet = sheet(&Book::with_records(Biff8, records));
        let formulas: Vec<&str> = sheet
            .cells()
            .iter()
            .map(|cell| cell.formula.as_deref().unwrap())
            .collect();
        assert_eq!(formulas, ["A2*$A$1", "A3*$A$1", "A4*$A$1"], "{first}");
    }
}

#[test]
fn an_array_formula_has_its_text_in_its_first_cell() {
    let tokens = [0x25, 0, 0, 1, 0, 0, 0xC0, 0, 0xC0];
    let mut array = words(&[0, 1]);
    array.extend([2, 2, 0, 0, 0, 0, 0, 0]);
    array.extend(words(&[tokens.len() as u16]));
    array.extend(tokens);
    let reference = [0x01, 0, 0, 2, 0];
    let book = Book::with_records(
        Biff8,
        vec![
            biff::formula(0, 2, 0, 1.0_f64.to_le_bytes(), &reference),
            record(0x0221, &array),
            biff::formula(1, 2, 0, 2.0_f64.to_le_bytes(), &reference),
        ],
    );
    let sheet = sheet(&book);
    assert_eq!(cell(&sheet, "C1").formula.as_deref(), Some("A1:A2"));
    assert_eq!(cell(&sheet, "C2").formula, None);
    assert_eq!(cell(&sheet, "C2").value, number("2"));
}

#[test]
fn references_to_other_sheets_name_them() {
    let book = Book::with_records(
        Biff8,
        vec![biff::formula(
            0,
            0,
            0,
            1.0_f64.to_le_bytes(),
            &[0x3A, 0, 0, 4, 0, 1, 0xC0],
        )],
    )
    .global(record(0x01AE, &words(&[2, 0x0401])))
    .global(record(0x0017, &words(&[1, 0, 1, 1])))
    .tab(Tab::new("明细 表", Vec::new()));
    let workbook = read(&book);
    assert_eq!(cell(&workbook.sheets[0], "A1").formula.as_deref(), Some("'明细 表'!B5"));
}

#[test]
fn references_to_other_workbooks_number_them() {
    let there = |index: u8| biff::formula(0, index.into(), 0, [0; 8], &[0x3A, index, 0, 4, 0, 1, 0xC0]);
    let outside = |sheet: &str| {
        let mut data = words(&[1]);
        data.extend(biff::long_text(Biff8, "a.xls"));
        data.extend(biff::long_text(Biff8, sheet));
        record(0x01AE, &data)
    };
    let book = Book::with_records(Biff8, vec![there(0), there(1), there(2)])
        .global(outside("表"))
        .global(record(0x01AE, &words(&[1, 0x0401])))
        .global(outside("明细 表"))
        .global(record(0x0017, &words(&[3, 0, 0, 0, 1, 0, 0, 2, 0, 0])));
    let sheet = sheet(&book);
    let formulas: Vec<Option<&str>> = sheet.cells().iter().map(|cell| cell.formula.as_deref()).collect();
    assert_eq!(formulas, [Some("[1]表!B5"), Some("表1!B5"), Some("'[2]明细 表'!B5")]);
}

#[test]
fn functions_younger_than_the_format_are_called_by_name() {
    // The name of the function, A1/0, 0, and the call of what comes first.
    let arguments = [0x44, 0, 0, 0, 0xC0, 0x1E, 0, 0, 0x06, 0x1E, 0, 0, 0x42, 3, 0xFF, 0];
    let by_name = [vec![0x23, 1, 0, 0, 0], arguments.to_vec()].concat();
    let by_add_in = [vec![0x39, 0, 0, 1, 0, 0, 0], arguments.to_vec()].concat();
    let formula = |column, tokens: &[u8]| biff::formula(0, column, 0, [0; 8], tokens);
    let name = [vec![0, 0, 0, 13], vec![0; 10], vec![0], b"_xlfn.IFERROR".to_vec()].concat();
    let external = [vec![0; 6], biff::short_text(Biff8, "_xlfn.IFERROR")].concat();
    let book = Book::with_records(Biff8, vec![formula(0, &by_name), formula(1, &by_add_in)])
        .global(record(0x0018, &name))
        .global(record(0x01AE, &words(&[1, 0x3A01])))
        .global(record(0x0023, &external))
        .global(record(0x0017, &words(&[1, 0, 0xFFFE, 0xFFFE])));
    let sheet = sheet(&book);
    assert_eq!(cell(&sheet, "A1").formula.as_deref(), Some("IFERROR(A1/0,0)"));
    assert_eq!(cell(&sheet, "B1").formula.as_deref(), Some("IFERROR(A1/0,0)"));
}

#[test]
fn merged_regions_are_kept_with_the_values_under_them() {
    let book = Book::with_records(
        Biff8,
        vec![
            biff::number(0, 0, 0, 1.0),
            biff::number(1, 1, 0, 2.0),
            biff::merges(&[[0, 1, 0, 1], [5, 3, 4, 2]]),
            biff::merges(&[[9, 9, 0, 6]]),
        ],
    );
    let sheet = sheet(&book);
    let merges: Vec<String> = sheet.merges().iter().map(ToString::to_string).collect();
    assert_eq!(
        merges,
        ["A1:B2", "C4:E6", "A10:G10"],
        "reversed corners are put in order"
    );
    assert_eq!(cell(&sheet, "B2").value, number("2"));
}

#[test]
fn hidden_rows_columns_and_sheets_are_told() {
    let records = vec![
        biff::column(1, 2, true),
        biff::column(3, 3, false),
        biff::column(5, 255, true),
        biff::row(0, false),
        biff::row(4, true),
        biff::row(5, true),
        biff::row(9, true),
    ];
    let mut hidden = Tab::new("藏", Vec::new());
    hidden.hidden = 1;
    let mut very_hidden = Tab::new("深藏", Vec::new());
    very_hidden.hidden = 2;
    let mut chart = Tab::new("图", Vec::new());
    chart.kind = 2;
    let workbook = read(
        &Book::with_records(Biff8, records)
            .tab(hidden)
            .tab(very_hidden)
            .tab(chart),
    );
    let sheet = &workbook.sheets[0];
    assert_eq!(sheet.hidden_rows, [(4, 5), (9, 9)]);
    assert_eq!(sheet.hidden_columns, [(1, 2), (5, 255)]);
    let visibilities: Vec<Visibility> = workbook.sheets.iter().map(|sheet| sheet.visibility).collect();
    assert_eq!(
        visibilities,
        [Visibility::Visible, Visibility::Hidden, Visibility::VeryHidden]
    );
    assert_eq!(workbook.losses.len(), 1);
    assert_eq!(workbook.losses[0].message, "“图”是图表页，没有可读的单元格，已跳过");
}

#[test]
fn rows_may_be_hidden_unless_said_otherwise() {
    let records = vec![
        record(0x0225, &words(&[2, 0])),
        biff::row(0, false),
        biff::row(1, false),
    ];
    let sheet = sheet(&Book::with_records(Biff8, records));
    assert_eq!(sheet.hidden_rows, [(2, 1_048_575)]);
}

#[test]
fn notes_are_found_by_their_objects() {
    let book = Book::with_records(
        Biff8,
        vec![
            biff::number(0, 0, 0, 1.0),
            biff::note_object(0x08, 1, "不是批注"),
            biff::note_object(0x19, 2, "请核实"),
            biff::note_place(0, 0, 2),
            biff::note_place(5, 5, 77),
        ],
    );
    assert_eq!(sheet(&book).notes, [(CellAddress::new(0, 0), "请核实".to_owned())]);
}

#[test]
fn notes_of_excel_5_go_on_over_records() {
    let long = "依据不足。".repeat(500);
    let records = vec![
        biff::note(Biff5, 3, 1, 0, &long),
        // A continuation of nothing, then a note that ends too early.
        record(0x001C, &words(&[0xFFFF, 0, 1, 0x4141])),
        record(0x001C, &[words(&[4, 0, 9]), b"abc".to_vec()].concat()),
    ];
    assert_eq!(
        sheet(&Book::with_records(Biff5, records)).notes,
        [(CellAddress::new(3, 1), long)]
    );
}

#[test]
fn shared_texts_go_on_over_records() {
    let long = "绩效目标".repeat(2_500);
    let texts = ["短", long.as_str(), "尾😀"];
    let records = (0..3).map(|row| biff::shared_text(row, 0, 0, row.into())).collect();
    let sheet = sheet(&Book::with_records(Biff8, records).shared(&texts));
    for (cell, expected) in sheet.cells().iter().zip(texts) {
        assert_eq!(cell.value, text(expected));
    }
}

#[test]
fn a_text_may_change_its_width_where_a_record_ends() {
    // "ab" in bytes, then "项目" in units; runs and phonetic guides around them.
    let first = [words(&[1, 0, 1, 0, 4]), vec![0x0C], words(&[1, 4, 0]), b"ab".to_vec()].concat();
    let second = [
        vec![1],
        words(&"项目".encode_utf16().collect::<Vec<u16>>()),
        vec![9; 4],
        vec![7; 4],
    ]
    .concat();
    let book = Book::with_records(Biff8, vec![biff::shared_text(0, 0, 0, 0)])
        .global(record(0x00FC, &first))
        .global(record(0x003C, &second));
    assert_eq!(cell(&sheet(&book), "A1").value, text("ab项目"));
}

#[test]
fn of_two_streams_the_newer_is_read() {
    let old = Book::with_records(Biff5, vec![biff::number(0, 0, 0, 5.0)]).stream();
    let new = Book::with_records(Biff8, vec![biff::number(0, 0, 0, 8.0)]).stream();
    let file = biff::compound(&[("Book", &old), ("Workbook", &new)]);
    let workbook = read_workbook(&file, Some("表.et"), &Limits::default()).unwrap();
    assert_eq!(cell(&workbook.sheets[0], "A1").value, number("8"));
    assert_eq!(workbook.losses, [], "an .et is this format too");
}

#[test]
fn charts_inside_a_sheet_are_passed_over() {
    let chart = [
        record(0x0809, &words(&[0x0600, 0x20, 0, 0])),
        biff::number(0, 0, 0, 99.0),
        record(0x000A, &[]),
    ]
    .concat();
    let sheet = sheet(&Book::with_records(
        Biff8,
        vec![biff::number(0, 0, 0, 1.0), chart, biff::number(1, 0, 0, 2.0)],
    ));
    assert_eq!(places(&sheet), ["A1", "A2"]);
    assert_eq!(cell(&sheet, "A1").value, number("1"));
}

#[test]
fn a_password_is_told() {
    for kind in [0, 1] {
        let book = Book::with_records(Biff8, Vec::new()).global(record(0x002F, &words(&[kind, 1, 1])));
        assert_eq!(refuse(&book.file()).code(), "password_protected");
    }
}

#[test]
fn limits_stop_the_file() {
    let records = |count: u16| (0..count).map(|row| biff::number(row, 0, 0, 1.0)).collect();
    let mut limits = Limits::default();
    limits.cells = 10;
    let file = |count| Book::with_records(Biff8, records(count)).file();
    assert!(read_workbook(&file(10), None, &limits).is_ok());
    let error = read_workbook(&file(11), None, &limits).unwrap_err();
    assert_eq!(error.code(), "limit_exceeded");
}

#[test]
fn versions_before_5_are_named() {
    let stream = record(0x0409, &words(&[0, 0x100, 0]));
    let error = refuse(&biff::compound(&[("Book", &stream)]));
    assert_eq!(error.code(), "unsupported_format");
}
