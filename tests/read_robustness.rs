//! No input makes the reader panic, hang or ask for memory out of proportion; and calamine reads the same.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, missing_docs)]

#[path = "support/package.rs"]
mod package;

use std::io::Cursor;

use calamine::{Data, Reader as _, Xlsx};
use hebiao::grid::{CellAddress, CellValue};
use hebiao::read::number_format::{Epoch, NumberFormat};
use hebiao::read::{Limits, read_workbook};
use package::Package;
use proptest::prelude::*;
use rust_decimal::Decimal;
use rust_xlsxwriter::{Format, Formula, Workbook};

fn sample() -> Package {
    Package::with_sheet(
        r#"<sheetFormatPr zeroHeight="0"/><cols><col min="1" max="2" hidden="1"/></cols><sheetData><row r="1" hidden="1"><c r="A1" s="1"><v>0.95</v></c>
        <c r="B1" t="s"><v>0</v></c><c r="C1" t="inlineStr"><is><r><t>a_x0041_</t></r></is></c><c r="D1"><f t="shared" ref="D1:E1" si="0">A1</f><v>1</v></c>
        <c r="E1"><f t="shared" si="0"/></c></row></sheetData><mergeCells><mergeCell ref="A1:B2"/></mergeCells>"#,
    )
    .shared_strings(&["<t>文字</t>"])
    .number_formats(&["0%"])
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn mutated_files_never_panic(changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8)) {
        let mut bytes = sample().zip();
        for (index, value) in changes {
            let index = index.index(bytes.len());
            bytes[index] = value;
        }
        let _ = read_workbook(&bytes, Some("a.xlsx"), &Limits::default());
    }

    #[test]
    fn mutated_parts_never_panic(
        part in prop::sample::select(vec!["xl/worksheets/sheet1.xml", "xl/styles.xml", "xl/sharedStrings.xml", "xl/workbook.xml"]),
        changes in prop::collection::vec((any::<prop::sample::Index>(), prop::sample::select(b"<>/\"'=&;09aAZ:$_x -\0\xFF".to_vec())), 1..6),
    ) {
        let mut package = sample();
        let content = package.parts.get_mut(part).unwrap();
        for (index, value) in changes {
            let index = index.index(content.len());
            content[index] = value;
        }
        let _ = read_workbook(&package.zip(), Some("a.xlsx"), &Limits::default());
    }

    #[test]
    fn any_bytes_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let _ = read_workbook(&bytes, Some("a.xlsx"), &Limits::default());
    }

    #[test]
    fn any_format_code_never_panics(
        code in "([0#?.,%@;_*!\\\\\"\\[\\]ymdhsaEGe/+\\- :]|General|AM/PM|\\[DBNum1\\]|\\[>=5\\]|\\[h\\]|年|元|ss\\.00){0,12}",
        digits in any::<i64>(),
        scale in 0_u32..28,
    ) {
        let format = NumberFormat::parse(&code);
        let value = Decimal::new(digits, scale);
        let _ = format.number(value, Epoch::Year1900);
        let _ = format.number(Decimal::MAX, Epoch::Year1904);
        let _ = format.text("文");
    }
}

#[test]
fn a_bomb_is_refused_before_it_is_unpacked() {
    let bomb = vec![b' '; 300 * 1024 * 1024];
    let bytes = Package::with_rows("")
        .bytes_part("xl/worksheets/sheet1.xml", &bomb)
        .zip();
    assert!(bytes.len() < 1024 * 1024);
    let error = read_workbook(&bytes, None, &Limits::default()).unwrap_err();
    assert_eq!(error.code(), "limit_exceeded");
}

#[test]
fn shared_texts_repeated_without_end_are_refused() {
    let rows: String = (1..=200)
        .map(|row| format!(r#"<row r="{row}"><c r="A{row}" t="s"><v>0</v></c></row>"#))
        .collect();
    let package = Package::with_rows(&rows).shared_strings(&[&format!("<t>{}</t>", "长".repeat(30_000))]);
    let limits = Limits {
        text_bytes: 8 * 1024 * 1024,
        ..Limits::default()
    };
    assert_eq!(
        read_workbook(&package.zip(), None, &limits).unwrap_err().code(),
        "limit_exceeded"
    );
}

#[test]
fn values_and_merges_are_those_that_calamine_reads() {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    let percent = Format::new().set_num_format("0.0%");
    for row in 0..40_u32 {
        sheet.write_string(row, 0, format!("指标{}\n第二行", row % 7)).unwrap();
        sheet
            .write_number_with_format(row, 2, f64::from(row) / 7.0, &percent)
            .unwrap();
        sheet.write_boolean(row, 3, row % 2 == 0).unwrap();
        sheet
            .write_formula(row, 4, Formula::new(format!("SUM(C1:C{})", row + 1)).set_result("12.5"))
            .unwrap();
    }
    sheet.merge_range(50, 0, 52, 3, "合并", &Format::new()).unwrap();
    sheet.merge_range(60, 1, 60, 2, "又", &Format::new()).unwrap();
    let bytes = workbook.save_to_buffer().unwrap();

    let ours = read_workbook(&bytes, Some("a.xlsx"), &Limits::default()).unwrap();
    assert_eq!(ours.losses, []);
    let ours = &ours.sheets[0];
    let mut theirs: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(&bytes)).unwrap();
    let range = theirs.worksheet_range("Sheet1").unwrap();
    let (first_row, first_column) = range.start().unwrap();
    let mut count = 0;
    for (row, column, value) in range.used_cells() {
        let address = CellAddress::new(first_row + row as u32, first_column + column as u32);
        let cell = ours.cell(address).unwrap();
        count += 1;
        match (value, &cell.value) {
            (Data::String(theirs), CellValue::Text(ours)) => assert_eq!(theirs, ours),
            (Data::Float(theirs), CellValue::Number(ours)) => {
                assert_eq!(
                    format!("{theirs:.14e}").parse::<f64>().unwrap(),
                    ours.to_string().parse::<f64>().unwrap()
                );
            }
            (Data::Bool(theirs), CellValue::Boolean(ours)) => assert_eq!(theirs, ours),
            other => panic!("{address}: {other:?}"),
        }
    }
    assert_eq!(count, ours.cells().len());
    let merges: Vec<((u32, u32), (u32, u32))> = ours
        .merges()
        .iter()
        .map(|range| {
            (
                (range.first.row, range.first.column),
                (range.last.row, range.last.column),
            )
        })
        .collect();
    let their_merges: Vec<((u32, u32), (u32, u32))> = theirs
        .merge_cells_by_sheet_name("Sheet1")
        .unwrap()
        .into_iter()
        .map(|range| (range.start, range.end))
        .collect();
    assert_eq!(merges, their_merges);
}
