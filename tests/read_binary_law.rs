//! Law 7: the same table as xls, xlsb and ods gives what it gives as xlsx; and in every format the same Evaluation.
//!
//! Any xlsx is rewritten by code; files that LibreOffice made of the samples (`tests/data`) stand witness besides.
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

use std::path::{Path, PathBuf};

use biff::Version::{Biff5, Biff8};
use hebiao::check_bytes;
use hebiao::grid::{CellAddress, CellValue, FileFormat, ReadingLoss, Sheet, Visibility, Workbook};
use hebiao::layout::read_tables;
use hebiao::model::TableReading;
use hebiao::read::{Limits, read_workbook};
use hebiao::report::TableReport;
use hebiao::standard::Standard;
use ods::Shown;
use package::{Package, relationships, worksheet};
use serde_json::Value;
use table_writers as write;

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

/// Every sample with its name without the extension, by name.
fn samples() -> Vec<(String, Vec<u8>)> {
    let mut samples: Vec<(String, Vec<u8>)> = std::fs::read_dir(folder("samples"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "xlsx"))
        .map(|path| {
            let stem = path.file_stem().unwrap().to_str().unwrap().to_owned();
            (stem, std::fs::read(path).unwrap())
        })
        .collect();
    samples.sort();
    assert!(samples.len() >= 2);
    samples
}

fn read(bytes: &[u8], name: &str) -> Workbook {
    let workbook = read_workbook(bytes, Some(name), &Limits::default()).unwrap();
    assert_eq!(workbook.losses, [], "{name}");
    for sheet in &workbook.sheets {
        assert_eq!(sheet.losses, [], "{name}");
    }
    workbook
}

/// Everything that is said of a file's tables, places and findings included.
fn tables(bytes: &[u8], name: &str) -> Vec<TableReport> {
    check_bytes(name, bytes, Standard::ministry()).report.tables
}

/// The same sheets in each binary format that can hold their facts: what it is, a name for it, the file.
fn rewritten(sheets: &[Sheet]) -> Vec<(&'static str, &'static str, FileFormat, Vec<u8>)> {
    let with_texts = ods::Document::from_sheets(sheets, Shown::InTheFile);
    let with_formats = ods::Document::from_sheets(sheets, Shown::ByFormat);
    let biff8 = biff::Book::from_sheets(sheets, Biff8);
    vec![
        ("xls", "表.xls", FileFormat::Xls, biff8.file()),
        ("et of WPS", "表.et", FileFormat::Xls, biff8.file()),
        (
            "xlsb",
            "表.xlsb",
            FileFormat::Xlsb,
            xlsb::Book::from_sheets(sheets).file(),
        ),
        ("ods", "表.ods", FileFormat::Ods, with_texts.file()),
        (
            "ods without shown texts",
            "表.ods",
            FileFormat::Ods,
            with_formats.file(),
        ),
        ("flat ods", "表.fods", FileFormat::Ods, with_texts.flat()),
    ]
}

fn without_cells(tables: &[TableReading]) -> Value {
    fn strip(value: &mut Value) {
        match value {
            Value::Object(map) => {
                map.remove("cell");
                map.values_mut().for_each(strip);
            }
            Value::Array(items) => items.iter_mut().for_each(strip),
            _ => {}
        }
    }
    let mut value: Value = tables
        .iter()
        .map(|table| serde_json::to_value(&table.evaluation).unwrap())
        .collect();
    strip(&mut value);
    value
}

#[test]
fn every_sample_gives_the_same_tables_cells_and_findings_included() {
    for (sample, bytes) in samples() {
        let expected = tables(&bytes, &sample);
        assert_eq!(expected.len(), 1, "{sample}");
        let mut original = read(&bytes, "表.xlsx");
        for sheet in &mut original.sheets {
            // Widths of columns are looks, which only the readers of xlsx take along.
            sheet.column_widths.clear();
        }
        for (label, name, format, bytes) in rewritten(&original.sheets) {
            let workbook = read(&bytes, name);
            assert_eq!(workbook.format, format, "{sample} as {label}");
            assert_eq!(workbook.sheets, original.sheets, "{sample} as {label}");
            assert_eq!(tables(&bytes, name), expected, "{sample} as {label}");
        }
    }
}

/// A workbook with every fact that the binary formats share.
fn every_fact() -> Workbook {
    let row = |number: u32, attributes: &str, cells: &str| format!(r#"<row r="{number}" {attributes}>{cells}</row>"#);
    let rows = [
        row(1, "", r#"<c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c>"#),
        row(
            2,
            "",
            r#"<c r="A2"><v>0.30000000000000004</v></c><c r="B2" s="1"><v>0.95</v></c><c r="C2" s="2"><v>12</v></c><c r="D2" s="3"><v>1234.5</v></c><c r="E2" s="4"><v>45351</v></c><c r="F2" s="5"><v>-0.5</v></c>"#,
        ),
        row(
            3,
            r#"hidden="1""#,
            r#"<c r="A3" t="b"><v>1</v></c><c r="B3" t="b"><v>0</v></c><c r="C3" t="e"><v>#REF!</v></c><c r="D3" t="e"><v>#DIV/0!</v></c>"#,
        ),
        row(4, r#"hidden="1""#, r#"<c r="B4" s="6"><v>0.125</v></c>"#),
        row(
            9,
            "",
            r#"<c r="H9"><v>123456789012345</v></c><c r="I9"><v>-1e-05</v></c>"#,
        ),
    ];
    let first = format!(
        r#"<cols><col min="3" max="4" hidden="1"/><col min="8" max="8" hidden="1"/></cols><sheetData>{}</sheetData><mergeCells count="2"><mergeCell ref="A1:A2"/><mergeCell ref="B9:D10"/></mergeCells>"#,
        rows.concat()
    );
    let second = format!(
        "<sheetData>{}</sheetData>",
        row(1, "", r#"<c r="A1" t="inlineStr"><is><t>藏起来的</t></is></c>"#)
    );
    let note = r#"<?xml version="1.0"?><comments xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><authors><author>某</author></authors><commentList><comment ref="B2" authorId="0"><text><r><t>请核实
第二行</t></r></text></comment></commentList></comments>"#;
    let package = Package::with_sheet(&first)
        .workbook("", &[("评价表 一", "", "rId1"), ("底稿", r#"state="hidden""#, "rId2")])
        .part(
            "xl/_rels/workbook.xml.rels",
            &relationships(&[
                ("rId1", "worksheet", "worksheets/sheet1.xml"),
                ("rId2", "worksheet", "worksheets/sheet2.xml"),
                ("rId8", "styles", "styles.xml"),
                ("rId9", "sharedStrings", "sharedStrings.xml"),
            ]),
        )
        .part("xl/worksheets/sheet2.xml", &worksheet(&second))
        .part(
            "xl/worksheets/_rels/sheet1.xml.rels",
            &relationships(&[("rId1", "comments", "../comments1.xml")]),
        )
        .part("xl/comments1.xml", note)
        .number_formats(&[
            "0%",
            "0\"家\"",
            "#,##0.00",
            "yyyy\"年\"m\"月\"d\"日\"",
            "\"≥\"0.0%",
            "0.0##",
        ])
        .shared_strings(&["<t>项目\n资金 &lt;万元&gt;</t>", "<t>😀</t>"]);
    read(&package.zip(), "表.xlsx")
}

#[test]
fn every_fact_is_kept() {
    let original = every_fact();
    let first = &original.sheets[0];
    // What is compared is there at all.
    assert_eq!(first.cells().len(), 15);
    assert_eq!(first.cell("F2".parse().unwrap()).unwrap().shown(), "-≥50.0%");
    assert_eq!((first.merges().len(), first.notes.len()), (2, 1));
    assert_eq!(first.hidden_rows, [(2, 3)]);
    assert_eq!(first.hidden_columns, [(2, 3), (7, 7)]);
    assert_eq!(original.sheets[1].visibility, Visibility::Hidden);
    for (label, name, _, bytes) in rewritten(&original.sheets) {
        assert_eq!(read(&bytes, name).sheets, original.sheets, "{label}");
    }
}

#[test]
fn a_very_hidden_sheet_stays_so_where_the_format_knows_it() {
    let mut sheets = every_fact().sheets;
    sheets[1].visibility = Visibility::VeryHidden;
    for (label, name, format, bytes) in rewritten(&sheets) {
        let expected = match format {
            FileFormat::Ods => Visibility::Hidden,
            _ => Visibility::VeryHidden,
        };
        assert_eq!(read(&bytes, name).sheets[1].visibility, expected, "{label}");
    }
}

/// The ticks that GBK has no signs for, as the signs that it has.
fn in_gbk(sheet: &Sheet) -> Sheet {
    let mut cells = sheet.cells().to_vec();
    for cell in &mut cells {
        if let CellValue::Text(text) = &mut cell.value {
            *text = text.replace('☑', "√");
            cell.shown_otherwise = None;
        }
    }
    let mut copy = Sheet::new(sheet.name.clone(), cells, sheet.merges().to_vec());
    copy.hidden_rows = sheet.hidden_rows.clone();
    copy.hidden_columns = sheet.hidden_columns.clone();
    copy
}

#[test]
fn as_xls_of_excel_5_in_gbk_which_has_no_merged_regions() {
    for (sample, bytes) in samples() {
        let original = in_gbk(&read(&bytes, "表.xlsx").sheets[0]);
        let book = biff::Book::from_sheets(std::slice::from_ref(&original), Biff5);
        let workbook = read(&book.file(), "表.xls");
        assert_eq!(workbook.sheets[0].cells(), original.cells(), "{sample}");
        let original = Workbook {
            format: FileFormat::Xlsx,
            sheets: vec![original],
            losses: Vec::<ReadingLoss>::new(),
            text: Vec::new(),
        };
        let (found, expected) = (read_tables(&workbook).tables, read_tables(&original).tables);
        assert_eq!(without_cells(&found), without_cells(&expected), "{sample}");
        assert_eq!(found[0].coverage.unread, [], "{sample}");
    }
}

#[test]
fn as_libreoffice_writes_it() {
    for (sample, bytes) in samples() {
        let original = read(&bytes, "表.xlsx");
        for extension in ["xls", "ods"] {
            let name = format!("{sample}.{extension}");
            let bytes = std::fs::read(folder("tests/data").join(&name)).unwrap();
            let workbook = read(&bytes, &name);
            let facts = |workbook: &Workbook| -> Vec<(CellAddress, CellValue, String)> {
                let cells = workbook.sheets[0].cells().iter();
                cells
                    .map(|cell| (cell.address, cell.value.clone(), cell.shown().to_owned()))
                    .collect()
            };
            assert_eq!(facts(&workbook), facts(&original), "{name}");
            assert_eq!(workbook.sheets[0].merges(), original.sheets[0].merges(), "{name}");
            assert_eq!(
                tables(&bytes, &name),
                tables(&self::read_sample(&sample), &sample),
                "{name}"
            );
        }
    }
}

fn read_sample(stem: &str) -> Vec<u8> {
    std::fs::read(folder("samples").join(format!("{stem}.xlsx"))).unwrap()
}

#[test]
fn in_every_format_the_same_evaluation() {
    for (sample, bytes) in samples() {
        let original = read(&bytes, "表.xlsx");
        let expected = without_cells(&read_tables(&original).tables);
        let sheet = &original.sheets[0];
        let mut files: Vec<(&str, &str, Vec<u8>)> = rewritten(&original.sheets)
            .into_iter()
            .map(|(label, name, _, bytes)| (label, name, bytes))
            .collect();
        files.extend([
            ("html", "表.html", write::html(sheet, "utf-8").into_bytes()),
            ("SpreadsheetML", "表.xml", write::spreadsheetml(sheet).into_bytes()),
            ("docx", "表.docx", write::docx(&write::docx_table(sheet))),
            ("csv", "表.csv", write::csv(sheet, ',').into_bytes()),
        ]);
        for (label, name, bytes) in files {
            let found = read_tables(&read(&bytes, name)).tables;
            assert_eq!(without_cells(&found), expected, "{sample} as {label}");
            assert_eq!(found[0].coverage.unread, [], "{sample} as {label}");
        }
    }
}
