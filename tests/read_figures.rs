//! Figures as found, in every format: a number is its 15 significant digits; a text is kept to the letter, and told as
//! number kept as text, number with a unit, placeholder or blank.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, missing_docs)]

#[path = "support/biff.rs"]
mod biff;
#[path = "support/ods.rs"]
mod ods;
#[path = "support/package.rs"]
mod package;
#[path = "support/table_writers.rs"]
mod table_writers;
#[path = "support/xlsb.rs"]
mod xlsb;

use biff::Version::{Biff5, Biff8};
use hebiao::grid::{Cell, CellAddress, CellValue, Sheet};
use hebiao::layout::read_tables;
use hebiao::model::{CellFact, TableReading};
use hebiao::read::{Limits, read_workbook};
use ods::Shown;
use package::Package;
use rust_decimal::Decimal;
use table_writers as write;

fn read(label: &str, bytes: &[u8]) -> Sheet {
    let mut workbook = read_workbook(bytes, None, &Limits::default()).unwrap();
    assert_eq!(
        (workbook.losses.as_slice(), workbook.sheets.len()),
        ([].as_slice(), 1),
        "{label}"
    );
    let sheet = workbook.sheets.remove(0);
    assert_eq!(sheet.losses, [], "{label}");
    sheet
}

/// A number as a program calculated it, and the decimal that a person reads.
const NUMBERS: &[(f64, &str)] = &[
    (0.1 + 0.2, "0.3"),
    (1.1 * 3.0, "3.3"),
    (208.0, "208"),
    (434.999_999_999_999_94, "435"),
    (44_764.386_000_000_006, "44764.386"),
    ((0.1 + 0.7) * 10.0, "8"),
    (1.005, "1.005"),
    (0.95, "0.95"),
    (100.0 - 99.9, "0.0999999999999943"),
    (1.0 / 3.0, "0.333333333333333"),
    (2.0 / 3.0, "0.666666666666667"),
    (123_456_789_012_345.0, "123456789012345"),
    (123_456_789_012_345_678.0, "123456789012346000"),
    (-1e-5, "-0.00001"),
    (-0.0, "0"),
    (1e-20, "0.00000000000000000001"),
];

/// The numbers one below the other in every format that knows numbers.
fn columns_of_numbers() -> Vec<(&'static str, Vec<u8>)> {
    let rows = || NUMBERS.iter().map(|(number, _)| *number).enumerate();
    let xls = |version| {
        let records = rows()
            .map(|(row, number)| biff::number(row as u16, 0, 0, number))
            .collect();
        biff::Book::with_records(version, records).file()
    };
    let xlsx: String = rows()
        .map(|(row, number)| format!(r#"<row r="{0}"><c r="A{0}"><v>{number:?}</v></c></row>"#, row + 1))
        .collect();
    let xlsb = rows()
        .flat_map(|(row, number)| [xlsb::row(row as u32, false), xlsb::real(0, 0, number)])
        .collect();
    let ods: String = rows()
        .map(|(_, number)| ods::row(&ods::number(&format!("{number:?}"))))
        .collect();
    let spreadsheetml: String = rows()
        .map(|(_, number)| format!(r#"<Row><Cell><Data ss:Type="Number">{number:?}</Data></Cell></Row>"#))
        .collect();
    vec![
        ("xlsx", Package::with_rows(&xlsx).zip()),
        ("xls", xls(Biff8)),
        ("xls of Excel 5", xls(Biff5)),
        ("xlsb", xlsb::Book::with_rows(xlsb).file()),
        ("ods", ods::Document::with_rows(&ods).file()),
        (
            "SpreadsheetML",
            write::spreadsheetml_book(
                "",
                &format!(r#"<Worksheet ss:Name="Sheet1"><Table>{spreadsheetml}</Table></Worksheet>"#),
            )
            .into_bytes(),
        ),
    ]
}

#[test]
fn a_number_is_its_fifteen_significant_digits() {
    for (label, bytes) in columns_of_numbers() {
        let sheet = read(label, &bytes);
        let values: Vec<String> = sheet
            .cells()
            .iter()
            .map(|cell| match cell.value {
                CellValue::Number(number) => number.to_string(),
                ref other => panic!("{label}: {other:?}"),
            })
            .collect();
        let expected: Vec<&str> = NUMBERS.iter().map(|(_, decimal)| *decimal).collect();
        assert_eq!(values, expected, "{label}");
    }
}

/// A sheet in every format; `None` for those that cannot hold it.
fn in_every_format(sheet: &Sheet) -> Vec<(&'static str, Vec<u8>)> {
    let sheets = std::slice::from_ref(sheet);
    let mut rows = String::new();
    let mut cells = sheet.cells().iter().peekable();
    while let Some(row) = cells.peek().map(|cell| cell.address.row) {
        rows.push_str(&format!(r#"<row r="{}">"#, row + 1));
        while let Some(cell) = cells.next_if(|cell| cell.address.row == row) {
            rows.push_str(&match &cell.value {
                CellValue::Number(number) => format!(r#"<c r="{}"><v>{number}</v></c>"#, cell.address),
                _ => format!(
                    r#"<c r="{}" t="inlineStr"><is><t xml:space="preserve">{}</t></is></c>"#,
                    cell.address,
                    package::escape(cell.shown())
                ),
            });
        }
        rows.push_str("</row>");
    }
    let merges: String = sheet
        .merges()
        .iter()
        .map(|range| format!(r#"<mergeCell ref="{range}"/>"#))
        .collect();
    let content = format!("<sheetData>{rows}</sheetData><mergeCells>{merges}</mergeCells>");
    vec![
        ("xlsx", Package::with_sheet(&content).zip()),
        ("xls", biff::Book::from_sheets(sheets, Biff8).file()),
        ("xlsb", xlsb::Book::from_sheets(sheets).file()),
        ("ods", ods::Document::from_sheets(sheets, Shown::InTheFile).file()),
        ("SpreadsheetML", write::spreadsheetml(sheet).into_bytes()),
        ("csv", write::csv(sheet, ',').into_bytes()),
        ("html", write::html(sheet, "utf-8").into_bytes()),
        ("docx", write::docx(&write::docx_table(sheet))),
    ]
}

fn text_cell(address: CellAddress, text: &str) -> Cell {
    Cell {
        address,
        value: CellValue::Text(text.to_owned()),
        shown_otherwise: None,
        shown_unsure: false,
        formula: None,
        number_format: None,
    }
}

const TEXTS: &[&str] = &[
    "10分",
    "１００",
    "1,234.5",
    "１，２３４．５",
    "—",
    "——",
    "/",
    "／",
    "-",
    "无",
    "10",
    "007",
    "95%",
    "９５％",
    "≥95%",
    "1e5",
    "1/2",
    "2024-1-5",
    "十",
    "=1+1",
    "TRUE",
    "#N/A了",
];

#[test]
fn a_text_is_kept_to_the_letter_whatever_figure_it_looks_like() {
    let cells = (0..)
        .zip(TEXTS)
        .map(|(row, text)| text_cell(CellAddress::new(row, 0), text));
    let named = (0..)
        .zip(TEXTS)
        .map(|(row, _)| text_cell(CellAddress::new(row, 1), "旁"));
    let sheet = Sheet::new("Sheet1", cells.chain(named).collect(), Vec::new());
    for (label, bytes) in in_every_format(&sheet) {
        let found = read(label, &bytes);
        let column: Vec<(&CellValue, &str)> = found
            .cells()
            .iter()
            .filter(|cell| cell.address.column == 0)
            .map(|cell| (&cell.value, cell.shown()))
            .collect();
        let texts: Vec<CellValue> = TEXTS.iter().map(|text| CellValue::Text((*text).to_owned())).collect();
        let expected: Vec<(&CellValue, &str)> = texts.iter().zip(TEXTS.iter().copied()).collect();
        assert_eq!(column, expected, "{label}");
    }
}

/// What the score of the first indicator becomes: the number, the text as found, and the fact about its cell.
type Told = (Option<Decimal>, Option<String>, Option<CellFact>);

fn first_score(table: &TableReading, place: CellAddress) -> Told {
    let score = table.evaluation.indicators[0].score.as_ref();
    let facts: Vec<&CellFact> = table
        .facts
        .iter()
        .filter(|fact| fact.cell == place)
        .map(|fact| &fact.fact)
        .collect();
    assert!(facts.len() <= 1, "{facts:?}");
    (
        score.map(|score| score.value),
        score.map(|score| score.text.clone()),
        facts.first().map(|fact| (*fact).clone()),
    )
}

#[test]
fn number_as_text_number_with_unit_placeholder_and_blank_are_told_apart() {
    let bytes = std::fs::read(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/samples/项目支出绩效自评表-示例.xlsx"
    ))
    .unwrap();
    let original = read("the sample", &bytes);
    let tables = |sheet: &Sheet| {
        let workbook = hebiao::grid::Workbook {
            format: hebiao::grid::FileFormat::Xlsx,
            sheets: vec![sheet.clone()],
            losses: Vec::new(),
            text: Vec::new(),
        };
        read_tables(&workbook).tables
    };
    let place = tables(&original)[0].evaluation.indicators[0]
        .score
        .as_ref()
        .unwrap()
        .cell;
    let ten = Some(Decimal::TEN);
    let cases: [(&str, Option<Decimal>, Option<CellFact>); 9] = [
        ("10", ten, Some(CellFact::NumberAsText)),
        ("１０", ten, Some(CellFact::NumberAsText)),
        ("1,234.5", Some(Decimal::new(12_345, 1)), Some(CellFact::NumberAsText)),
        ("10分", ten, None),
        ("—", None, None),
        ("/", None, None),
        ("", None, None),
        ("　", None, None),
        ("十个", None, Some(CellFact::UnreadableFigure)),
    ];
    for (text, value, fact) in cases {
        let mut sheet = original.clone();
        sheet.put(text_cell(place, text));
        let shown = value.is_some().then(|| text.to_owned());
        for (label, bytes) in in_every_format(&sheet) {
            let workbook = read_workbook(&bytes, None, &Limits::default()).unwrap();
            let tables = read_tables(&workbook).tables;
            assert_eq!(tables.len(), 1, "{text} in {label}");
            let told = first_score(&tables[0], place);
            assert_eq!(told, (value, shown.clone(), fact.clone()), "{text} in {label}");
        }
    }
}
