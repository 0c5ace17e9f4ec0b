//! The annotated copy: findings filled and noted in the unit's own workbook, and nothing else changed in it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

mod annotated_support;

use std::collections::{BTreeMap, BTreeSet};

use annotated_support::*;
use hebiao::explanations::{Explanations, Inputs};
use hebiao::grid::{CellAddress, Sheet};
use hebiao::model::Severity;
use hebiao::read::read_workbook;
use hebiao::report::FileReport;
use hebiao::write::{WriteError, annotated_copy, annotated_extension};

const LIST: &str = "差异清单";

/// The parts that a copy of the file may change: those of sheets with findings and the lists that every sheet is in.
fn may_change(name: &str) -> bool {
    let shared = [
        "[Content_Types].xml",
        "xl/workbook.xml",
        "xl/_rels/workbook.xml.rels",
        "xl/styles.xml",
    ];
    // In every book the table stands on the first sheet.
    let of_sheet = [
        "xl/worksheets/sheet1.xml",
        "xl/worksheets/_rels/sheet1.xml.rels",
        "xl/comments1.xml",
        "xl/comments/comment1.xml",
        "xl/drawings/vmlDrawing1.vml",
        "xl/drawings/commentsDrawing1.vml",
    ];
    shared.contains(&name) || of_sheet.contains(&name)
}

fn finding_cells(report: &FileReport) -> BTreeMap<CellAddress, Severity> {
    let mut cells = BTreeMap::new();
    for finding in report.tables.iter().flat_map(|table| &table.discrepancies) {
        let severity = cells.entry(finding.cell).or_insert(finding.severity);
        *severity = finding.severity.max(*severity);
    }
    cells
}

fn without_notes(sheet: &Sheet) -> Sheet {
    let mut sheet = sheet.clone();
    sheet.notes.clear();
    sheet
}

fn notes(bytes: &[u8]) -> BTreeMap<CellAddress, String> {
    read(bytes).sheets[0].notes.iter().cloned().collect()
}

#[test]
fn parts_that_need_no_change_keep_their_stored_bytes_and_their_order() {
    for (file, original) in books() {
        let copy = annotate(file, &original);
        let (before, after) = (entries(&original), entries(&copy));
        let names: Vec<&String> = before.iter().map(|entry| &entry.name).collect();
        let kept: Vec<&String> = after.iter().map(|entry| &entry.name).take(names.len()).collect();
        assert_eq!(names, kept, "{file}");
        for (old, new) in before.iter().zip(&after) {
            if may_change(&old.name) {
                continue;
            }
            assert_eq!(old, new, "{file}: {}", old.name);
        }
        for new in after.iter().skip(before.len()) {
            assert_eq!(
                new.modified.as_deref(),
                Some("1980-01-01 00:00:00"),
                "{file}: {}",
                new.name
            );
        }
        assert!(
            after.len() - before.len() <= 4,
            "{file}: list, notes, frames, relationships at most"
        );
    }
}

#[test]
fn taking_the_marks_away_brings_back_every_byte() {
    for (file, original) in books() {
        let copy = annotate(file, &original);
        let nothing_found = annotated_copy(&original, &without_findings(check(file, &original))).unwrap();
        let corrected = annotated_copy(&copy, &without_findings(check(file, &copy))).unwrap();
        assert_eq!(differing(&nothing_found, &corrected), BTreeSet::new(), "{file}");
        // Without findings only the list and its place in the workbook are new.
        let lists = BTreeSet::from([
            "[Content_Types].xml".to_owned(),
            "xl/workbook.xml".to_owned(),
            "xl/_rels/workbook.xml.rels".to_owned(),
            "xl/styles.xml".to_owned(),
        ]);
        let changed: Vec<String> = differing(&original, &corrected)
            .into_iter()
            .filter(|name| !lists.contains(name) && !name.starts_with("xl/worksheets/sheet"))
            .collect();
        assert_eq!(changed, Vec::<String>::new(), "{file}");
        let (before, after) = (contents(&original), contents(&corrected));
        for (name, content) in &before {
            if !lists.contains(name) {
                assert_eq!(Some(content), after.get(name), "{file}: {name}");
            }
        }
    }
}

#[test]
fn a_second_run_gives_the_same_copy() {
    for (file, original) in books() {
        let copy = annotate(file, &original);
        assert_eq!(annotate(file, &original), copy, "{file}: same input, same bytes");
        let again = annotate(file, &copy);
        assert_eq!(differing(&copy, &again), BTreeSet::new(), "{file}");
        let third = annotate(file, &again);
        assert_eq!(differing(&copy, &third), BTreeSet::new(), "{file}");
    }
}

#[test]
fn the_copy_reads_as_the_original() {
    for (file, original) in books() {
        let copy = annotate(file, &original);
        let (before, after) = (check(file, &original), check(file, &copy));
        assert!(!before.tables.is_empty(), "{file}");
        assert_eq!(before.tables, after.tables, "{file}");
        assert_eq!(before.losses, after.losses, "{file}");
        assert_eq!(before.skipped_sheets.len() + 1, after.skipped_sheets.len(), "{file}");
        let (before, after) = (read(&original), read(&copy));
        for (old, new) in before.sheets.iter().zip(&after.sheets) {
            assert_eq!(without_notes(old), without_notes(new), "{file}");
        }
        let added = &after.sheets[before.sheets.len()..];
        assert_eq!(added.len(), 1, "{file}");
        assert!(added[0].name.starts_with(LIST), "{file}");
    }
}

#[test]
fn findings_are_filled_by_level_and_noted() {
    for (file, original) in books() {
        let copy = annotate(file, &original);
        let report = check(file, &original);
        let cells = finding_cells(&report);
        let (before, after) = (
            fills(&original, "xl/worksheets/sheet1.xml"),
            fills(&copy, "xl/worksheets/sheet1.xml"),
        );
        let notes = notes(&copy);
        for (cell, severity) in &cells {
            let fill = &after[cell];
            assert!(is_mark(fill), "{file}: {cell} {fill}");
            let level = match severity {
                Severity::Error => "solid FFF",
                Severity::Warning => "solid FFF",
                Severity::Info => "solid FFC",
            };
            assert!(fill.starts_with(level), "{file}: {cell} {fill}");
            let conversation = file == "conversation.xlsx" && cell.to_string() == "G30";
            if !conversation {
                let note = &notes[cell];
                for finding in report.tables[0].discrepancies.iter().filter(|it| it.cell == *cell) {
                    let heading = format!("【{} {}】{}", finding.severity.title(), finding.code, finding.title);
                    assert!(note.contains(&heading), "{file}: {cell}\n{note}");
                    assert!(
                        note.contains(&finding.message) || note.contains("余下见差异清单"),
                        "{note}"
                    );
                }
            }
        }
        for (cell, fill) in &after {
            if !cells.contains_key(cell) {
                assert_eq!(before.get(cell), Some(fill), "{file}: {cell}");
            }
        }
    }
}

#[test]
fn a_note_of_the_unit_stays_above_ours() {
    for (file, original) in books() {
        let copy = annotate(file, &original);
        let (before, after) = (notes(&original), notes(&copy));
        for (cell, text) in &before {
            assert!(after[cell].starts_with(text.as_str()), "{file}: {cell}");
        }
        if let Some(text) = before
            .get(&"G30".parse().unwrap())
            .filter(|_| file != "conversation.xlsx")
        {
            let ours = after[&"G30".parse().unwrap()].strip_prefix(text.as_str()).unwrap();
            assert!(ours.starts_with("\n──── 核表批注 ────\n【错误 "), "{file}: {ours}");
        }
    }
}

#[test]
fn a_conversation_is_left_alone() {
    let original = fixture("conversation.xlsx");
    let copy = annotate("a.xlsx", &original);
    let cell = "G30".parse().unwrap();
    assert!(notes(&original)[&cell].starts_with("[Threaded comment]"));
    assert_eq!(notes(&copy)[&cell], notes(&original)[&cell]);
    let changed = differing(&original, &copy);
    assert!(
        !changed
            .iter()
            .any(|name| name.contains("thread") || name.contains("person"))
    );
}

#[test]
fn the_list_links_to_each_cell() {
    for (file, original) in books() {
        let copy = annotate(file, &original);
        let report = check(file, &original);
        let parts = contents(&copy);
        let (_, list) = parts
            .iter()
            .find(|(_, text)| text.contains("差异清单（由核表加入"))
            .unwrap();
        let sheet = report.tables[0].sheet.replace('\'', "''");
        for finding in &report.tables[0].discrepancies {
            assert!(
                list.contains(&format!("location=\"'{sheet}'!{}\"", finding.cell)),
                "{file}"
            );
        }
        let links = list.matches("<hyperlink ").count();
        assert_eq!(links, report.tables[0].discrepancies.len(), "{file}");
        assert!(!list.contains("<f>"), "{file}");
    }
}

#[test]
fn the_list_gets_a_name_of_its_own() {
    let original = fixture("xlsxwriter.xlsx");
    let copy = annotate("a.xlsx", &original);
    let names: Vec<String> = read(&copy).sheets.iter().map(|sheet| sheet.name.clone()).collect();
    assert_eq!(names, ["自评", "差异清单", "差异清单 (2)"]);
    let again: Vec<String> = read(&annotate("a.xlsx", &copy))
        .sheets
        .iter()
        .map(|sheet| sheet.name.clone())
        .collect();
    assert_eq!(again, names);
}

#[test]
fn the_list_is_printed_up_to_its_last_column_whatever_the_sheets_are_called() {
    use rust_xlsxwriter::Workbook as Written;
    let source = read(&std::fs::read("samples/部门评价表-信丰.xlsx").unwrap());
    let mut book = Written::new();
    let sheet = book.add_worksheet().set_name("it's").unwrap();
    for cell in source.sheets[0].cells() {
        let (row, column) = (cell.address.row, cell.address.column as u16);
        sheet.write_string(row, column, cell.shown()).unwrap();
    }
    let copy = annotate("a.xlsx", &book.save_to_buffer().unwrap());
    let parts = contents(&copy);
    let workbook = &parts.iter().find(|(name, _)| *name == "xl/workbook.xml").unwrap().1;
    assert!(workbook.contains(">差异清单!$A:$L</definedName>"), "{workbook}");
    assert!(!workbook.contains("Print_Titles"), "LibreOffice 7 would open nothing");
}

#[test]
fn macros_stay_and_the_extension_follows_the_content() {
    let original = fixture("macro.xlsm");
    let copy = annotate("a.xlsm", &original);
    assert_eq!(annotated_extension(&copy), Some("xlsm"));
    assert_eq!(
        contents(&original)["xl/vbaProject.bin"],
        contents(&copy)["xl/vbaProject.bin"]
    );
    assert_eq!(annotated_extension(&fixture("strict.xlsx")), Some("xlsx"));
    let binary = std::fs::read("tests/data/部门评价表-信丰.xls").unwrap();
    let open = std::fs::read("tests/data/部门评价表-信丰.ods").unwrap();
    for bytes in [&binary, &open] {
        assert_eq!(annotated_extension(bytes), None);
        let report = check("a.xls", bytes);
        assert!(matches!(
            annotated_copy(bytes, &report),
            Err(WriteError::NotAnnotatable)
        ));
    }
}

#[test]
fn a_report_of_other_bytes_is_refused() {
    let original = fixture("openpyxl.xlsx");
    let report = check("a.xlsx", &fixture("xlsxwriter.xlsx"));
    assert!(matches!(annotated_copy(&original, &report), Err(WriteError::OtherFile)));
    let mut empty = report;
    empty.tables.clear();
    assert!(matches!(annotated_copy(&original, &empty), Err(WriteError::NoTable)));
}

/// What a unit sends back after it has opened and saved the copy in another program.
#[test]
fn marks_are_known_and_fills_come_back_after_another_program_has_saved_the_copy() {
    for (resaved, original) in [
        ("resaved_by_libreoffice.xlsx", "libreoffice.xlsx"),
        ("resaved_by_openpyxl.xlsx", "openpyxl.xlsx"),
    ] {
        let (returned, original) = (fixture(resaved), fixture(original));
        let part = "xl/worksheets/sheet1.xml";
        assert!(fills(&returned, part).values().any(|fill| is_mark(fill)), "{resaved}");
        let cleaned = annotated_copy(&returned, &without_findings(check(resaved, &returned))).unwrap();
        let mut before = fills(&original, part);
        let mut after = fills(&cleaned, part);
        // Programs leave out or put in empty cells as they like.
        before.retain(|_, fill| fill != "none" && fill != "-");
        after.retain(|_, fill| fill != "none" && fill != "-");
        assert_eq!(before, after, "{resaved}");
        assert_eq!(notes(&original), notes(&cleaned), "{resaved}");
        let names = |bytes: &[u8]| -> Vec<String> { read(bytes).sheets.into_iter().map(|sheet| sheet.name).collect() };
        assert_eq!(
            names(&returned),
            names(&cleaned),
            "{resaved}: the list is replaced, not added"
        );
        // Marked again, each finding is there once.
        let again = annotate(resaved, &returned);
        for (cell, text) in notes(&again) {
            let findings = check(resaved, &returned).tables[0]
                .discrepancies
                .iter()
                .filter(|it| it.cell == cell)
                .count();
            assert_eq!(
                text.matches("\n修改建议：").count(),
                findings,
                "{resaved} {cell}: {text}"
            );
        }
        // What was brought back for the unit's cells stays theirs in the next run.
        let once_more = annotate(resaved, &again);
        assert!(again == once_more, "{resaved}: {:?}", differing(&again, &once_more));
    }
}

#[test]
fn what_the_unit_filled_in_on_the_list_stays_and_can_be_read_back() {
    let original = fixture("openpyxl.xlsx");
    let copy = annotate("a.xlsx", &original);
    let parts: Vec<(String, Vec<u8>)> = entries(&copy)
        .into_iter()
        .map(|entry| {
            let text = String::from_utf8_lossy(&entry.content).into_owned();
            let is_list = text.contains("差异清单（由核表加入");
            // K is 单位说明, row 3 the first finding.
            let empty = text
                .split("<c r=\"K3\" ")
                .nth(1)
                .and_then(|rest| rest.split("/>").next());
            match empty.filter(|_| is_list) {
                Some(format) => {
                    let filled = format!("<c r=\"K3\" {format} t=\"inlineStr\"><is><t>=总分已改</t></is></c>");
                    let text = text.replace(&format!("<c r=\"K3\" {format}/>"), &filled);
                    (entry.name, text.into_bytes())
                }
                None => (entry.name, entry.content),
            }
        })
        .collect();
    let filled = zip(&parts);
    let again = annotate("a.xlsx", &filled);
    let workbook = read(&again);
    let list = workbook.sheets.last().unwrap();
    assert_eq!(list.cell("K3".parse().unwrap()).unwrap().shown(), "=总分已改");
    assert!(list.cell("K3".parse().unwrap()).unwrap().formula.is_none());
    assert_eq!(list.cell("N3".parse().unwrap()).unwrap().shown(), "已说明");
    assert_eq!(list.cell("N4".parse().unwrap()).unwrap().shown(), "未说明");

    let mut explanations = Explanations::read("a.xlsx", &again, read_workbook).unwrap();
    let mut inputs = Inputs::default();
    inputs.add("a.xlsx", Some(&again));
    let mut report = check("a.xlsx", &again);
    explanations.explain(&mut report, &inputs);
    let explained = report.tables[0]
        .discrepancies
        .iter()
        .filter(|finding| finding.is_explained())
        .count();
    assert_eq!((explanations.len(), explained), (1, 1));
}
