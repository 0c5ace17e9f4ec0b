//! The reader of xlsb, fact by fact, on files made here.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, missing_docs)]

#[path = "support/package.rs"]
mod package;
#[path = "support/xlsb.rs"]
mod xlsb;

use hebiao::grid::{Cell, CellAddress, CellValue, FileFormat, Sheet, Visibility, Workbook};
use hebiao::read::{Limits, read_workbook};
use xlsb::{Book, Tab, longs, record, row, words};

fn read(book: &Book) -> Workbook {
    read_workbook(&book.file(), Some("表.xlsb"), &Limits::default()).unwrap()
}

/// The only sheet, after asserting that nothing was lost.
fn sheet(book: &Book) -> Sheet {
    let mut workbook = read(book);
    assert_eq!(workbook.format, FileFormat::Xlsb);
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

fn formulas(sheet: &Sheet) -> Vec<Option<&str>> {
    sheet.cells().iter().map(|cell| cell.formula.as_deref()).collect()
}

/// A reference to a cell whose row and column move with the formula.
fn relative(row: u32, column: u16) -> Vec<u8> {
    [longs(&[row]), words(&[column | 0xC000])].concat()
}

#[test]
fn texts_are_read_from_every_kind_of_cell() {
    let book = Book::with_rows(vec![
        row(0, false),
        xlsb::shared_text(0, 0, 1),
        xlsb::inline_text(1, 0, "第一行\r\n第二行"),
        xlsb::cell(0x003E, 2, 0, &xlsb::rich_text("富文本😀")),
        xlsb::inline_text(3, 0, ""),
        xlsb::blank(4, 0),
        xlsb::inline_text(5, 0, "right,\r\rThis\r"),
    ])
    .shared(&["别的", "项目名称"]);
    let sheet = sheet(&book);
    assert_eq!(sheet.name, "表1");
    assert_eq!(places(&sheet), ["A1", "B1", "C1", "F1"]);
    assert_eq!(cell(&sheet, "F1").value, text("right,\n\nThis"));
    assert_eq!(cell(&sheet, "A1").value, text("项目名称"));
    assert_eq!(cell(&sheet, "A1").shown(), "项目名称");
    assert_eq!(cell(&sheet, "B1").value, text("第一行\n第二行"));
    assert_eq!(cell(&sheet, "C1").value, text("富文本😀"));
}

#[test]
fn numbers_are_their_fifteen_digits() {
    let hundredths_of_integer = (12345_u32 << 2) | 3;
    let negative_integer = ((-208_i32) << 2) as u32 | 2;
    let binary = ((0.5_f64.to_bits() >> 32) as u32) & !3;
    let book = Book::with_rows(vec![
        row(0, false),
        xlsb::real(0, 0, 0.1 + 0.2),
        xlsb::real(1, 0, 208.0),
        xlsb::rk(2, 1, hundredths_of_integer),
        xlsb::rk(3, 0, negative_integer),
        xlsb::rk(4, 0, binary),
    ])
    .formats(&["0%"]);
    let sheet = sheet(&book);
    let values: Vec<&CellValue> = sheet.cells().iter().map(|cell| &cell.value).collect();
    let expected = ["0.3", "208", "123.45", "-208", "0.5"].map(number);
    assert_eq!(values, expected.iter().collect::<Vec<_>>());
    assert_eq!(cell(&sheet, "C1").shown(), "12345%");
}

#[test]
fn cells_without_a_column_stand_right_of_the_one_before() {
    let integer = (7_u32 << 2 | 2).to_le_bytes();
    let book = Book::with_rows(vec![
        row(0, false),
        xlsb::real(2, 0, 1.0),
        xlsb::short_cell(0x000C, 0, &[]),
        xlsb::short_cell(0x000D, 1, &integer),
        xlsb::short_cell(0x000E, 0, &[0x17]),
        xlsb::short_cell(0x000F, 0, &[1]),
        xlsb::short_cell(0x0010, 0, &0.5_f64.to_le_bytes()),
        xlsb::short_cell(0x0011, 0, &xlsb::text("甲")),
        xlsb::short_cell(0x0012, 0, &[0; 4]),
        row(1, false),
        xlsb::short_cell(0x0012, 0, &[0; 4]),
    ])
    .shared(&["乙"])
    .formats(&["0\"家\""]);
    let sheet = sheet(&book);
    assert_eq!(places(&sheet), ["C1", "E1", "F1", "G1", "H1", "I1", "J1", "A2"]);
    let shown: Vec<&str> = sheet.cells().iter().map(|cell| cell.shown()).collect();
    assert_eq!(shown, ["1", "7家", "#REF!", "TRUE", "0.5", "甲", "乙", "乙"]);
}

#[test]
fn what_is_shown_goes_through_the_number_format() {
    let codes = ["0\"家\"", "\"≥\"0%", "#,##0.00", "yyyy\"年\"m\"月\"d\"日\"", "@\"个\""];
    let book = Book::with_rows(vec![
        row(0, false),
        xlsb::real(0, 1, 12.0),
        xlsb::real(1, 2, 0.95),
        xlsb::real(2, 3, 1234.5),
        xlsb::real(3, 4, 45_351.0),
        xlsb::inline_text(4, 5, "三"),
        // The upper byte of the style holds flags.
        xlsb::real(5, 0x0100_0001, 3.0),
        xlsb::real(6, 99, 1.5),
    ])
    .formats(&codes);
    let sheet = sheet(&book);
    let shown: Vec<&str> = sheet.cells().iter().map(|cell| cell.shown()).collect();
    assert_eq!(
        shown,
        ["12家", "≥95%", "1,234.50", "2024年2月29日", "三个", "3家", "1.5"]
    );
    for (cell, code) in sheet.cells().iter().zip(codes) {
        assert_eq!(cell.number_format.as_deref(), Some(code));
        assert!(!cell.shown_unsure);
    }
    assert!(cell(&sheet, "G1").shown_unsure, "a style that the file does not have");
}

#[test]
fn dates_may_count_from_1904() {
    let mut book = Book::with_rows(vec![row(0, false), xlsb::real(0, 1, 43_889.0)]).formats(&["yyyy-mm-dd"]);
    book.before = vec![record(0x0099, &longs(&[1, 0, 0]))];
    assert_eq!(cell(&sheet(&book), "A1").shown(), "2024-02-29");
}

#[test]
fn truth_and_error_values_are_their_own_kinds() {
    let codes = ["#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A"];
    let mut rows = vec![row(0, false), xlsb::boolean(0, 0, true), xlsb::boolean(1, 0, false)];
    rows.extend(
        (2..)
            .zip(codes)
            .map(|(column, code)| xlsb::error(column, 0, xlsb::error_code(code))),
    );
    let sheet = sheet(&Book::with_rows(rows));
    assert_eq!(cell(&sheet, "A1").value, CellValue::Boolean(true));
    assert_eq!(cell(&sheet, "B1").shown(), "FALSE");
    for (code, cell) in codes.iter().zip(&sheet.cells()[2..]) {
        assert_eq!(cell.value, CellValue::Error((*code).to_owned()));
        assert_eq!(cell.shown(), *code);
    }
}

#[test]
fn a_formula_keeps_its_text_and_its_last_result() {
    // SUM(A1:A2) in its short form; A1>0.5; "甲"&A1.
    let area = [vec![0x25], longs(&[0, 1]), words(&[0xC000, 0xC000])].concat();
    let sum = [area, vec![0x19, 0x10, 0, 0]].concat();
    let first = [vec![0x44], relative(0, 0)].concat();
    let half = [vec![0x1F], 0.5_f64.to_le_bytes().to_vec()].concat();
    let greater = [first.clone(), half.clone(), vec![0x0D]].concat();
    let at_least = [first.clone(), half, vec![0x0C]].concat();
    let joined = [
        vec![0x17],
        words(&[1]),
        "甲".encode_utf16().flat_map(u16::to_le_bytes).collect(),
        first,
        vec![0x08],
    ];
    let broken = [vec![0x2A], vec![0; 6], vec![0x1E, 2, 0, 0x03]].concat();
    let book = Book::with_rows(vec![
        row(0, false),
        xlsb::formula(0x0009, 0, 1, &1.5_f64.to_le_bytes(), &sum),
        xlsb::formula(0x0008, 1, 0, &xlsb::text("甲1"), &joined.concat()),
        xlsb::formula(0x000A, 2, 0, &[1], &greater),
        xlsb::formula(0x000A, 3, 0, &[0], &at_least),
        xlsb::formula(0x000B, 4, 0, &[0x17], &broken),
        xlsb::formula(0x0008, 5, 0, &xlsb::text(""), &[0x17, 0, 0]),
        // A token that nobody knows: a formula all the same.
        xlsb::formula(0x0009, 6, 0, &2.0_f64.to_le_bytes(), &[0x7F]),
    ])
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
            (text("甲1"), "甲1", "\"甲\"&A1"),
            (CellValue::Boolean(true), "TRUE", "A1>0.5"),
            (CellValue::Boolean(false), "FALSE", "A1>=0.5"),
            (CellValue::Error("#REF!".to_owned()), "#REF!", "#REF!+2"),
            (text(""), "", "\"\""),
            (number("2"), "2", ""),
        ]
    );
}

/// A cell whose tokens stand at another cell.
fn elsewhere(column: u32, anchor_row: u32, anchor_column: u32) -> Vec<u8> {
    let own = [vec![0x01], longs(&[anchor_row])].concat();
    let result = 1.0_f64.to_le_bytes().to_vec();
    let rest = [result, xlsb::tokens(&own, &longs(&[anchor_column]))].concat();
    xlsb::cell(0x0009, column, 0, &rest)
}

#[test]
fn a_shared_formula_reads_in_each_cell_as_it_is_meant_there() {
    // One to the left, in the same row, times the absolute $A$1.
    let own = [
        vec![0x4C],
        relative(0, 0x3FFF),
        vec![0x44],
        longs(&[0]),
        words(&[0]),
        vec![0x05],
    ]
    .concat();
    let group = |first: u32| {
        let lengths = [longs(&[own.len() as u32]), longs(&[0])];
        record(
            0x01AB,
            &[
                longs(&[first, 3, 1, 1]),
                lengths[0].clone(),
                own.clone(),
                lengths[1].clone(),
            ]
            .concat(),
        )
    };
    // Some programs give a range that begins above the cell which has the tokens.
    for first in [1, 0] {
        let mut rows = Vec::new();
        for number in 1..4 {
            rows.extend([row(number, false), elsewhere(1, 1, 1)]);
        }
        rows.insert(2, group(first));
        let sheet = sheet(&Book::with_rows(rows));
        assert_eq!(
            formulas(&sheet),
            [Some("A2*$A$1"), Some("A3*$A$1"), Some("A4*$A$1")],
            "{first}"
        );
    }
}

#[test]
fn an_array_formula_has_its_text_in_its_first_cell() {
    let own = [vec![0x25], longs(&[0, 1]), words(&[0xC000, 0xC000])].concat();
    let array = [
        longs(&[0, 1, 2, 2]),
        vec![0],
        longs(&[own.len() as u32]),
        own,
        longs(&[0]),
    ]
    .concat();
    let sheet = sheet(&Book::with_rows(vec![
        row(0, false),
        elsewhere(2, 0, 2),
        record(0x01AA, &array),
        row(1, false),
        elsewhere(2, 0, 2),
    ]));
    assert_eq!(formulas(&sheet), [Some("A1:A2"), None]);
    assert_eq!(cell(&sheet, "C2").value, number("1"));
}

#[test]
fn references_to_other_sheets_name_them() {
    let there = |index: u16| [vec![0x3A], words(&[index]), longs(&[4]), words(&[0xC001])].concat();
    let name = [vec![0x23], longs(&[1])].concat();
    let mut book = Book::with_rows(vec![
        row(0, false),
        xlsb::formula(0x0009, 0, 0, &[0; 8], &there(0)),
        xlsb::formula(0x0009, 1, 0, &[0; 8], &name),
        xlsb::formula(0x0009, 2, 0, &[0; 8], &there(1)),
    ])
    .tab(Tab::new("明细 表", Vec::new()));
    // Another workbook, this one, and sheets of either.
    let sheets = longs(&[2, 1, 1, 1, 0, 0, 0]);
    book.after = vec![
        record(0x0163, &[]),
        record(0x0165, &[]),
        record(0x016A, &sheets),
        record(
            0x0027,
            &[longs(&[0]), vec![0], longs(&[u32::MAX]), xlsb::text("总预算")].concat(),
        ),
    ];
    let workbook = read(&book);
    assert_eq!(workbook.losses, []);
    let expected = [Some("'明细 表'!B5"), Some("总预算"), Some("")];
    assert_eq!(formulas(&workbook.sheets[0]), expected, "what is outside has no text");
}

#[test]
fn merged_regions_are_kept_with_the_values_under_them() {
    let rows = vec![
        row(0, false),
        xlsb::real(0, 0, 1.0),
        row(1, false),
        xlsb::real(1, 0, 2.0),
    ];
    let merges = vec![
        record(0x00B1, &longs(&[2])),
        xlsb::merge([0, 1, 0, 1]),
        xlsb::merge([5, 3, 4, 2]),
        record(0x00B2, &[]),
    ];
    let sheet = sheet(&Book::with_rows(rows).after_rows(merges));
    let merges: Vec<String> = sheet.merges().iter().map(ToString::to_string).collect();
    assert_eq!(merges, ["A1:B2", "C4:E6"], "reversed corners are put in order");
    assert_eq!(cell(&sheet, "B2").value, number("2"));
}

#[test]
fn hidden_rows_columns_and_sheets_are_told() {
    let rows = [(0, false), (4, true), (5, true), (9, true)].map(|(number, hidden)| row(number, hidden));
    let columns = vec![
        record(0x0186, &[]),
        xlsb::column(1, 2, true),
        xlsb::column(3, 3, false),
        xlsb::column(5, 0x3FFF, true),
        record(0x0187, &[]),
    ];
    let mut hidden = Tab::new("藏", Vec::new());
    hidden.hidden = 1;
    let mut very_hidden = Tab::new("深藏", Vec::new());
    very_hidden.hidden = 2;
    let mut others = ["chartsheet", "dialogsheet", "xlMacrosheet"].map(|kind| Tab::new(kind, Vec::new()));
    let mut book = Book::with_rows(rows.to_vec())
        .before_rows(columns)
        .tab(hidden)
        .tab(very_hidden);
    for other in &mut others {
        other.kind = other.name.clone();
        book = book.tab(other.clone());
    }
    let workbook = read(&book);
    assert_eq!(workbook.sheets[0].hidden_rows, [(4, 5), (9, 9)]);
    assert_eq!(workbook.sheets[0].hidden_columns, [(1, 2), (5, 0x3FFF)]);
    let visibilities: Vec<Visibility> = workbook.sheets.iter().map(|sheet| sheet.visibility).collect();
    assert_eq!(
        visibilities,
        [Visibility::Visible, Visibility::Hidden, Visibility::VeryHidden]
    );
    let messages: Vec<&str> = workbook.losses.iter().map(|loss| loss.message.as_str()).collect();
    assert_eq!(
        messages,
        [
            "“chartsheet”是图表页，没有可读的单元格，已跳过",
            "“dialogsheet”是对话框页，没有可读的单元格，已跳过",
            "“xlMacrosheet”是宏表，没有可读的单元格，已跳过",
        ]
    );
}

#[test]
fn rows_may_be_hidden_unless_said_otherwise() {
    let format = [longs(&[u32::MAX]), words(&[8, 0, 0x02]), vec![0, 0]].concat();
    let book = Book::with_rows(vec![row(0, false), row(1, false)]).before_rows(vec![record(0x01E5, &format)]);
    assert_eq!(sheet(&book).hidden_rows, [(2, 1_048_575)]);
}

#[test]
fn notes_are_found_by_the_sheet() {
    let mut book = Book::with_rows(vec![row(0, false), xlsb::real(0, 0, 1.0)]);
    book.tabs[0].notes = vec![(4, 1, "第二条".to_owned()), (0, 0, "请核实".to_owned())];
    assert_eq!(
        sheet(&book).notes,
        [
            (CellAddress::new(0, 0), "请核实".to_owned()),
            (CellAddress::new(4, 1), "第二条".to_owned())
        ]
    );
}

#[test]
fn limits_stop_the_file() {
    let mut limits = Limits::default();
    limits.cells = 10;
    let file = |count| {
        let cells = (0..count).map(|column| xlsb::real(column, 0, 1.0));
        Book::with_rows(std::iter::once(row(0, false)).chain(cells).collect()).file()
    };
    assert!(read_workbook(&file(10), None, &limits).is_ok());
    assert_eq!(
        read_workbook(&file(11), None, &limits).unwrap_err().code(),
        "limit_exceeded"
    );
}
