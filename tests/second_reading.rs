//! The second reader: no false alarm on any table at hand, every true difference told with its cell, and a file that the
//! second reader cannot take costs the confirmation and never the reading.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, missing_docs)]

#[path = "support/biff.rs"]
mod biff;
mod common;
#[path = "support/ods.rs"]
mod ods;
#[path = "support/package.rs"]
mod package;
mod support;
#[path = "support/xlsb.rs"]
mod xlsb;

use std::path::Path;

use biff::Version;
use common::{Folder, SEED, hebiao};
use hebiao::grid::{Cell, CellAddress, CellDifference, CellValue, Confirmation, Sheet, Workbook};
use hebiao::read::{Limits, confirm, read_confirmed, read_workbook};
use package::Package;
use serde_json::{Value, json};
use support::form_page;

fn confirmed(bytes: &[u8], name: &str) -> (Workbook, Confirmation) {
    let workbook = read_workbook(bytes, Some(name), &Limits::default()).unwrap();
    let confirmation = confirm(bytes, &workbook, &Limits::default());
    (workbook, confirmation)
}

/// Cells with something in them, and merged regions, of all sheets.
fn counts(workbook: &Workbook) -> (usize, usize) {
    let sheets = workbook.sheets.iter();
    let counts = sheets.map(|sheet| {
        let filled = sheet.cells().iter().filter(|cell| !cell.is_blank()).count();
        (filled, sheet.merges().len())
    });
    counts.fold((0, 0), |sum, next| (sum.0 + next.0, sum.1 + next.1))
}

const NO_MERGES: &str = "另一读取程序不读这种格式的合并区域";

/// Asserts that both readers agree on everything that both read.
fn assert_alike(bytes: &[u8], name: &str) {
    let (workbook, confirmation) = confirmed(bytes, name);
    let (cells, merges) = counts(&workbook);
    let reads_merges = !name.ends_with(".ods") && !name.ends_with(".xlsb");
    let expected = Confirmation {
        cells,
        merges: if reads_merges { merges } else { 0 },
        not_confirmed: (!reads_merges && merges > 0).then(|| NO_MERGES.to_owned()),
        differing: Vec::new(),
    };
    assert_eq!(confirmation, expected, "{name}");
}

#[test]
fn both_readers_read_the_samples_alike() {
    let mut seen = 0;
    for folder in ["samples", "tests/data", "tests/data/annotated"] {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.to_string_lossy().into_owned();
            if [".xlsx", ".xlsm", ".xls", ".ods"].iter().any(|end| name.ends_with(end)) {
                assert_alike(&std::fs::read(&path).unwrap(), &name);
                seen += 1;
            }
        }
    }
    assert!(seen > 10, "{seen}");
}

#[test]
fn both_readers_read_every_table_of_the_catalogue_alike() {
    for page in form_page::pages() {
        let sheets = &page.workbook.sheets;
        let name = |extension: &str| format!("{}.{extension}", page.name);
        assert_alike(&xlsx(sheets), &name("xlsx"));
        assert_alike(&biff::Book::from_sheets(sheets, Version::Biff8).file(), &name("xls"));
        assert_alike(&xlsb::Book::from_sheets(sheets).file(), &name("xlsb"));
        assert_alike(
            &ods::Document::from_sheets(sheets, ods::Shown::InTheFile).file(),
            &name("ods"),
        );
    }
}

/// The sheets as a common program would save them.
fn xlsx(sheets: &[Sheet]) -> Vec<u8> {
    let mut workbook = rust_xlsxwriter::Workbook::new();
    let plain = rust_xlsxwriter::Format::new();
    for sheet in sheets {
        let worksheet = workbook.add_worksheet();
        worksheet.set_name(&sheet.name).unwrap();
        let column = |address: CellAddress| u16::try_from(address.column).unwrap();
        for range in sheet.merges() {
            let (first, last) = (range.first, range.last);
            worksheet
                .merge_range(first.row, column(first), last.row, column(last), "", &plain)
                .unwrap();
        }
        for Cell { address, value, .. } in sheet.cells() {
            match value {
                CellValue::Number(number) => {
                    let number: f64 = number.to_string().parse().unwrap();
                    worksheet.write_number(address.row, column(*address), number).unwrap()
                }
                CellValue::Text(text) => worksheet.write_string(address.row, column(*address), text).unwrap(),
                CellValue::Boolean(value) => worksheet.write_boolean(address.row, column(*address), *value).unwrap(),
                CellValue::Blank | CellValue::Error(_) => continue,
            };
        }
    }
    workbook.save_to_buffer().unwrap()
}

/// Dates, percentages, errors, truth values, escapes and line ends, shared and inline texts.
fn mixed() -> Vec<u8> {
    Package::with_sheet(
        r#"<sheetData><row r="1"><c r="A1" s="1"><v>45351.5</v></c><c r="B1"><v>0.30000000000000004</v></c><c r="C1" t="e"><v>#DIV/0!</v></c><c r="D1" t="b"><v>1</v></c></row>
        <row r="2"><c r="A2" t="s"><v>0</v></c><c r="B2" t="str"><f>A2&amp;""</f><v>结_x000D_果</v></c><c r="C2" t="inlineStr"><is><t>优</t></is></c><c r="D2"><f>A1</f></c><c r="E2" t="s"><v>1</v></c></row>
        <row r="3"><c r="A3" t="d"><v>2024-02-29T12:00:00</v></c><c r="B3"><v>123456789012345678</v></c></row></sheetData><mergeCells><mergeCell ref="A2:A3"/><mergeCell ref="F1:F1"/></mergeCells>"#,
    )
    .shared_strings(&["<t>第一行_x000D_\n第二行</t>", "<t> </t>"])
    .number_formats(&["yyyy-mm-dd"])
    .zip()
}

#[test]
fn every_kind_of_value_is_compared() {
    let (_, confirmation) = confirmed(&mixed(), "表.xlsx");
    let expected = Confirmation {
        cells: 9,
        merges: 1,
        ..Confirmation::default()
    };
    assert_eq!(confirmation, expected);
}

/// The sample's first sheet with cells changed and regions taken or added.
fn changed(change: impl Fn(&mut Vec<Cell>)) -> Confirmation {
    let bytes = std::fs::read(SEED).unwrap();
    let mut workbook = read_workbook(&bytes, Some(SEED), &Limits::default()).unwrap();
    let sheet = &workbook.sheets[0];
    let mut cells = sheet.cells().to_vec();
    change(&mut cells);
    workbook.sheets[0] = Sheet::new(sheet.name.clone(), cells, sheet.merges().to_vec());
    confirm(&bytes, &workbook, &Limits::default())
}

fn difference(cell: &str, ours: &str, theirs: &str) -> CellDifference {
    CellDifference {
        sheet: "部门评价表".to_owned(),
        cell: cell.parse().unwrap(),
        ours: ours.to_owned(),
        theirs: theirs.to_owned(),
    }
}

#[test]
fn each_difference_is_told_with_its_cell_and_both_values() {
    let bytes = std::fs::read(SEED).unwrap();
    let (workbook, all) = confirmed(&bytes, SEED);
    let sheet = workbook.sheets[0].name.clone();
    let at = |place: &str| place.parse::<CellAddress>().unwrap();
    let stored = |place: &str| workbook.sheets[0].cell(at(place)).unwrap().value.clone();
    assert_eq!(stored("G30"), CellValue::Number(96.into()));

    let found = changed(|cells| {
        let total = cells.iter_mut().find(|cell| cell.address == at("G30")).unwrap();
        total.value = CellValue::Number(94.into());
    });
    let expected = CellDifference {
        sheet: sheet.clone(),
        ..difference("G30", "数 94", "数 96")
    };
    assert_eq!(found.differing, [expected]);
    assert_eq!((found.cells, found.merges), (all.cells - 1, all.merges));

    let found = changed(|cells| cells.retain(|cell| cell.address != at("G30")));
    let expected = CellDifference {
        sheet: sheet.clone(),
        ..difference("G30", "空格", "数 96")
    };
    assert_eq!(found.differing, [expected]);

    let found = changed(|cells| {
        let mut cell = cells[0].clone();
        cell.address = at("Z90");
        cell.value = CellValue::Text("多出".to_owned());
        cells.push(cell);
    });
    let expected = CellDifference {
        sheet,
        ..difference("Z90", "“多出”", "空格")
    };
    assert_eq!(found.differing, [expected]);
    assert_eq!(found.cells, all.cells);
}

#[test]
fn a_merged_region_that_only_one_reader_sees_is_told() {
    let bytes = std::fs::read(SEED).unwrap();
    let mut workbook = read_workbook(&bytes, Some(SEED), &Limits::default()).unwrap();
    let sheet = &workbook.sheets[0];
    let mut merges = sheet.merges().to_vec();
    let taken = merges.remove(0);
    merges.push("Y80:Z81".parse().unwrap());
    workbook.sheets[0] = Sheet::new(sheet.name.clone(), sheet.cells().to_vec(), merges);
    let found = confirm(&bytes, &workbook, &Limits::default());
    let told: Vec<(String, &str, &str)> = found
        .differing
        .iter()
        .map(|one| (one.cell.to_string(), one.ours.as_str(), one.theirs.as_str()))
        .collect();
    let taken_is = format!("合并区域 {taken}");
    assert_eq!(
        told,
        [
            ("Y80".to_owned(), "合并区域 Y80:Z81", "没有合并"),
            (taken.first.to_string(), "没有合并", taken_is.as_str()),
        ]
    );
}

#[test]
fn a_difference_is_a_loss_of_its_sheet() {
    let mut workbook = read_workbook(&mixed(), Some("表.xlsx"), &Limits::default()).unwrap();
    let sheet = workbook.sheets[0].name.clone();
    let confirmation = Confirmation {
        differing: vec![CellDifference {
            sheet,
            ..difference("B1", "数 0.3", "数 0.4")
        }],
        ..Confirmation::default()
    };
    confirmation.add_to_losses(&mut workbook);
    let loss = &workbook.sheets[0].losses[0];
    assert_eq!(loss.cell, "B1".parse().ok());
    assert!(
        loss.message.contains("数 0.3") && loss.message.contains("数 0.4"),
        "{}",
        loss.message
    );
}

#[test]
fn what_the_second_reader_does_not_read_is_said_and_is_no_difference() {
    let csv = confirmed("项目名称,得分\n甲,5\n".as_bytes(), "表.csv").1;
    assert_eq!(csv, Confirmation::none("另一读取程序不读这种格式"));

    // A cell that was read as lost is told already.
    let lost = Package::with_rows(r#"<row r="1"><c r="A1"><v>1e400</v></c><c r="B1"><v>5</v></c></row>"#).zip();
    let (workbook, confirmation) = confirmed(&lost, "表.xlsx");
    assert_eq!(workbook.sheets[0].losses.len(), 1);
    assert_eq!((confirmation.cells, confirmation.differing.len()), (1, 0));
    assert!(confirmation.not_confirmed.is_some());
}

#[test]
fn a_count_that_asks_for_all_memory_is_not_given_to_the_second_reader() {
    let rows = r#"<row r="1"><c r="A1" t="s"><v>0</v></c></row>"#;
    let strings = r#"<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" uniqueCount="99999999999"><si><t>得分</t></si></sst>"#;
    let package = Package::with_rows(rows)
        .shared_strings(&["<t>得分</t>"])
        .without("xl/sharedStrings.xml");
    let bytes = package.part("xl/sharedStrings.xml", strings).zip();
    let (workbook, confirmation) = confirmed(&bytes, "表.xlsx");
    assert_eq!(counts(&workbook), (1, 0));
    assert_eq!(confirmation.cells, 0);
    assert!(confirmation.not_confirmed.unwrap().contains("承受不了"));
}

#[test]
fn in_this_process_only_harmless_formats_are_read_twice() {
    let bytes = std::fs::read("tests/data/部门评价表-信丰.xls").unwrap();
    let (workbook, confirmation) = read_confirmed(&bytes, Some("表.xls"), &Limits::default()).unwrap();
    assert_eq!(workbook, confirmed(&bytes, "表.xls").0);
    assert!(confirmation.not_confirmed.is_some() && confirmation.cells == 0);
}

/// An xls whose DIMENSIONS record lies, which ends a process that believes it.
fn lying_xls() -> Vec<u8> {
    let dimensions = [0_u32.to_le_bytes(), u32::MAX.to_le_bytes()].concat();
    let dimensions = [dimensions, biff::words(&[0, u16::MAX, 0])].concat();
    let records = vec![
        biff::record(0x0200, &dimensions),
        biff::label(Version::Biff8, 0, 0, 0, "项目支出绩效自评表"),
    ];
    biff::Book::with_records(Version::Biff8, records).file()
}

#[test]
fn a_second_reader_that_ends_its_process_costs_the_confirmation_only() {
    let folder = Folder::new();
    let path = folder.file("表.xls", &lying_xls());
    let read = |words: &[&str]| hebiao(&[&["check", "--format", "json", "--fail-on", "never"], words].concat()).file();
    let once = read(&[&path]);
    let mut twice = read(&["--confirm-reading", &path]);
    assert_eq!(
        twice.as_object_mut().unwrap().remove("reading_confirmed"),
        Some(json!({"cells": 0, "merges": 0, "not_confirmed": "另一读取程序读这个文件时中途停止", "differing": []}))
    );
    assert_eq!(twice, once);

    // The files behind it are read and confirmed as ever.
    let good = Path::new("tests/data/部门评价表-信丰.xls")
        .to_string_lossy()
        .into_owned();
    let both = hebiao(&[
        "check",
        "--format",
        "json",
        "--fail-on",
        "never",
        "--confirm-reading",
        &path,
        &good,
    ])
    .json();
    assert_eq!(both["files"][1]["reading_confirmed"]["cells"], 153);
}

#[test]
fn reports_say_it_where_it_was_asked_for() {
    let report = |words: &[&str]| -> Value { hebiao(words).file()["reading_confirmed"].clone() };
    let expected = json!({"cells": 153, "merges": 26, "not_confirmed": null, "differing": []});
    assert_eq!(report(&["check", "--format", "json", SEED]), Value::Null);
    assert_eq!(
        report(&["check", "--format", "json", "--confirm-reading", SEED]),
        expected
    );
    assert_eq!(report(&["inspect", "--format", "json", SEED]), expected);

    let line = "双读核对：另一读取程序读到的 153 格、26 个合并区域一致";
    assert!(hebiao(&["check", "--confirm-reading", SEED]).stdout.contains(line));
    assert!(!hebiao(&["check", SEED]).stdout.contains("双读核对"));
    assert!(hebiao(&["inspect", SEED]).stdout.contains(line));
    let folder = Folder::new();
    let out = folder.word("out");
    let converted = hebiao(&["convert", SEED, "-o", &out]);
    assert!(
        converted
            .stdout
            .contains("另一读取程序读到的 153 格、26 个合并区域一致"),
        "{}",
        converted.stdout
    );
}

#[test]
fn a_report_that_was_read_twice_keeps_to_the_schema_and_is_read_back() {
    let run = hebiao(&["check", "--format", "json", "--confirm-reading", SEED]);
    let schema = hebiao(&["schema", "report"]).json();
    assert!(jsonschema::validator_for(&schema).unwrap().is_valid(&run.json()));
    let folder = Folder::new();
    let path = folder.file("结果.json", run.stdout.as_bytes());
    let again = hebiao(&["check", "--format", "json", &path]).file();
    assert_eq!(again["reading_confirmed"], run.file()["reading_confirmed"]);
}
