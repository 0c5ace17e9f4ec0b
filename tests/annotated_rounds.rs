//! An annotated copy that is handed back, changed and annotated again, any number of times: what is the unit's is what
//! it was, over packages with every oddity of their makers.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

mod annotated_support;
#[path = "support/package.rs"]
mod package;
#[path = "annotated_support/quirks.rs"]
mod quirks;
mod write_support;

use std::collections::{BTreeMap, BTreeSet};

use annotated_support::{check, contents, differing, fills, is_mark, read, without_findings, zip};
use hebiao::model::Severity;
use hebiao::report::FileReport;
use hebiao::write::{WriteError, annotated_copy, is_signed};
use quirks::{CELLS, quirks};
use write_support::{finding, report, small_evaluation, table};

const ROUNDS: usize = 10;
const SHEET: &str = "xl/worksheets/sheet1.xml";

/// A report with a finding at each of these cells of `Sheet1`, bound to no bytes.
fn at_cells(cells: &[&str]) -> FileReport {
    let levels = [Severity::Error, Severity::Warning, Severity::Info];
    let findings = cells
        .iter()
        .zip(levels.iter().cycle())
        .map(|(cell, level)| finding("A01", *level, cell, None))
        .collect();
    FileReport {
        sha256: None,
        ..report(vec![table(small_evaluation(), findings)])
    }
}

fn nothing() -> FileReport {
    without_findings(at_cells(&[]))
}

fn annotated(name: &str, bytes: &[u8], report: &FileReport) -> Vec<u8> {
    annotated_copy(bytes, report).unwrap_or_else(|error| panic!("{name}: {error:?}"))
}

/// The package with one part changed; entries keep their order.
fn with_part(bytes: &[u8], part: &str, change: impl Fn(&str) -> String) -> Vec<u8> {
    let entries = annotated_support::entries(bytes);
    let parts: Vec<(String, Vec<u8>)> = entries
        .into_iter()
        .map(|entry| match entry.name == part {
            true => {
                let text = String::from_utf8(entry.content).unwrap();
                (entry.name, change(&text).into_bytes())
            }
            false => (entry.name, entry.content),
        })
        .collect();
    zip(&parts)
}

/// What a unit does to its table: another figure in A4.
fn corrected(bytes: &[u8], round: usize) -> Vec<u8> {
    let (old, new) = (format!("<v>{}</v>", 99 + round), format!("<v>{}</v>", 100 + round));
    with_part(bytes, SHEET, |text| text.replace(&old, &new))
}

/// The parts; what is empty and may be written in several ways, in one: a note's text, a list of authors, a row.
fn written(bytes: &[u8]) -> BTreeMap<String, String> {
    let mut parts = contents(bytes);
    for (_, content) in parts.iter_mut().filter(|(part, _)| part.contains("comments")) {
        for empty in [
            "<text/>",
            "<text></text>",
            "<author></author>",
            "<authors/>",
            "<authors></authors>",
        ] {
            *content = content.replace(empty, "");
        }
    }
    for (_, content) in parts.iter_mut().filter(|(part, _)| part.contains("worksheets/")) {
        for element in ["row", "sheetData"] {
            *content = content.replace(&format!("></{element}>"), "/>");
        }
    }
    parts
}

#[test]
fn a_second_run_is_byte_equal_where_nothing_changed() {
    for (name, original) in quirks() {
        let copy = annotated(&name, &original, &at_cells(&CELLS));
        let again = annotated(&name, &copy, &at_cells(&CELLS));
        assert!(copy == again, "{name}: {:?}", differing(&copy, &again));
    }
}

#[test]
fn after_ten_rounds_everything_of_the_unit_is_what_it_was() {
    for (name, original) in quirks() {
        let (mut unit, mut copy) = (original.clone(), original);
        for round in 1..=ROUNDS {
            // Other cells each time, none now and then.
            let cells: Vec<&str> = CELLS.into_iter().skip(round % 3).step_by(1 + round % 2).collect();
            copy = annotated(&name, &corrected(&copy, round), &at_cells(&cells));
            unit = corrected(&unit, round);
        }
        let cleaned = annotated(&name, &copy, &nothing());
        let plain = annotated(&name, &unit, &nothing());
        let (before, after) = (written(&unit), written(&cleaned));
        assert!(written(&plain) == after, "{name}: {:?}", differing(&plain, &cleaned));
        let ours = [
            "xl/workbook.xml",
            "xl/_rels/workbook.xml.rels",
            "xl/styles.xml",
            "[Content_Types].xml",
        ];
        for (part, content) in before.iter().filter(|(part, _)| !ours.contains(&part.as_str())) {
            assert_eq!(after.get(part), Some(content), "{name}: {part}");
        }
    }
}

#[test]
fn fills_come_back_where_another_program_wrote_the_styles_anew() {
    // Fills are compared by the cells' addresses here.
    let unplaced = ["cells without places", "a cell in an impossible place"];
    let placed = quirks()
        .into_iter()
        .filter(|(name, _)| !unplaced.contains(&name.as_str()));
    for (name, original) in placed {
        let mut copy = original.clone();
        for round in 1..=3 {
            copy = annotated(&name, &copy, &at_cells(&CELLS[round % 2..]));
            copy = with_part(&copy, "xl/styles.xml", |text| {
                text.replace("</styleSheet>", "<!-- --></styleSheet>")
            });
        }
        let cleaned = annotated(&name, &copy, &nothing());
        // What has no fill that can be had has none; a cell that was put in for its mark is gone.
        let shown = |bytes: &[u8]| {
            let mut fills = fills(bytes, SHEET);
            fills.retain(|_, fill| fill != "none" && fill != "-");
            fills
        };
        assert_eq!(shown(&cleaned), shown(&original), "{name}");
    }
}

#[test]
fn a_list_sheet_that_was_renamed_moved_or_written_over_is_known() {
    let original = &quirks()[0].1;
    let copy = annotated("plain", original, &at_cells(&CELLS));
    let rename = |old: &str, new: &str| {
        let (old, new) = (format!("<sheet name=\"{old}\""), format!("<sheet name=\"{new}\""));
        with_part(&copy, "xl/workbook.xml", |text| text.replace(&old, &new))
    };
    let everywhere = with_part(&copy, "xl/workbook.xml", |text| text.replace("差异清单", "我的单子"));
    let list = "xl/worksheets/sheet2.xml";
    let written_over = with_part(&copy, list, |text| text.replacen("差异清单（由核表加入", "已阅（", 1));
    for (what, renamed) in [
        ("renamed by a program that keeps names", everywhere),
        ("renamed by one that does not", rename("差异清单", "问题")),
        ("first cell written over", written_over),
    ] {
        let again = annotated(what, &renamed, &at_cells(&CELLS));
        assert_eq!(read(&again).sheets.len(), 2, "{what}");
        let cleaned = annotated(what, &again, &nothing());
        assert_eq!(contents(&cleaned)[SHEET], contents(original)[SHEET], "{what}");
    }
}

#[test]
fn a_copy_of_the_list_that_someone_made_is_theirs() {
    let original = &quirks()[0].1;
    let copy = annotated("plain", original, &at_cells(&CELLS));
    let list = contents(&copy)["xl/worksheets/sheet2.xml"].clone();
    let theirs = with_part(&copy, "xl/workbook.xml", |text| {
        text.replace(
            "</sheets>",
            "<sheet name=\"差异清单 (2)\" sheetId=\"9\" r:id=\"rId77\"/></sheets>",
        )
    });
    let relation = format!(
        "<Relationship Id=\"rId77\" Type=\"{}/worksheet\" Target=\"worksheets/sheet7.xml\"/></Relationships>",
        package::RELATIONSHIPS
    );
    let theirs = with_part(&theirs, "xl/_rels/workbook.xml.rels", |text| {
        text.replace("</Relationships>", &relation)
    });
    let mut parts: Vec<(String, Vec<u8>)> = annotated_support::entries(&theirs)
        .into_iter()
        .map(|entry| (entry.name, entry.content))
        .collect();
    parts.push(("xl/worksheets/sheet7.xml".to_owned(), list.clone().into_bytes()));
    let again = annotated("copied", &zip(&parts), &at_cells(&["A2"]));
    assert_eq!(contents(&again)["xl/worksheets/sheet7.xml"], list);
    assert_eq!(read(&again).sheets.len(), 3);
}

#[test]
fn beyond_the_formats_that_there_may_be_notes_stand_without_fills() {
    let (name, original) = quirks()
        .into_iter()
        .find(|(name, _)| name.starts_with("more formats"))
        .unwrap();
    let copy = annotated(&name, &original, &at_cells(&CELLS));
    assert!(!fills(&copy, SHEET).values().any(|fill| is_mark(fill)));
    let noted: BTreeSet<String> = read(&copy).sheets[0]
        .notes
        .iter()
        .map(|(cell, _)| cell.to_string())
        .collect();
    assert_eq!(noted, CELLS.map(str::to_owned).into());
}

#[test]
fn parts_that_are_missing_are_made_so_that_others_open_the_copy() {
    for (name, original) in quirks() {
        let copy = contents(&annotated(&name, &original, &at_cells(&CELLS)));
        let types = &copy["[Content_Types].xml"];
        let original = contents(&original);
        let added = |part: &&String| !original.contains_key(*part);
        for part in copy.keys().filter(added).filter(|part| part.contains("comments")) {
            assert!(types.contains(&format!("\"/{part}\"")), "{name}: {part}");
        }
        assert!(copy.contains_key("xl/styles.xml"), "{name}");
        assert!(name != "no styles" || types.contains("\"/xl/styles.xml\""));
        if copy.keys().filter(added).any(|part| part.ends_with(".vml")) {
            assert!(types.contains("Extension=\"vml\""), "{name}");
        }
    }
}

/// A package may hold a drawing that it does not declare. Ours needs the declaration, and so does the unit's then.
#[test]
fn a_drawing_that_nobody_declared_is_declared_once() {
    let (_, plain) = quirks().into_iter().find(|(name, _)| name == "plain").unwrap();
    let mut parts: Vec<(String, Vec<u8>)> = annotated_support::entries(&plain)
        .into_iter()
        .map(|entry| (entry.name, entry.content))
        .collect();
    parts.push(("xl/drawings/vmlDrawing1.vml".to_owned(), b"<xml/>".to_vec()));
    let original = zip(&parts);
    let report = at_cells(&CELLS);
    let copy = annotated("undeclared", &original, &report);
    assert!(annotated("undeclared", &copy, &report) == copy, "a second run");
    let cleaned = annotated("undeclared", &copy, &nothing());
    assert_eq!(contents(&cleaned)["xl/drawings/vmlDrawing1.vml"], "<xml/>");
    assert_eq!(contents(&copy)["xl/drawings/vmlDrawing1.vml"], "<xml/>");
}

#[test]
fn a_shared_workbook_is_refused_and_a_signed_one_is_known() {
    let original = &quirks()[0].1;
    let relation = format!(
        "<Relationship Id=\"rId66\" Type=\"{}/revisionHeaders\" Target=\"revisions/revisionHeaders.xml\"/></Relationships>",
        package::RELATIONSHIPS
    );
    let shared = with_part(original, "xl/_rels/workbook.xml.rels", |text| {
        text.replace("</Relationships>", &relation)
    });
    let error = annotated_copy(&shared, &at_cells(&CELLS)).unwrap_err();
    assert!(matches!(error, WriteError::SharedWorkbook));
    assert!(error.to_string().contains("取消共享"), "{error}");
    let mut parts: Vec<(String, Vec<u8>)> = annotated_support::entries(original)
        .into_iter()
        .map(|entry| (entry.name, entry.content))
        .collect();
    parts.push(("_xmlsignatures/sig1.xml".to_owned(), b"<Signature/>".to_vec()));
    assert!(is_signed(&zip(&parts)) && !is_signed(original));
}

#[test]
fn real_workbooks_of_many_makers_go_through_ten_rounds() {
    for (file, original) in annotated_support::books() {
        let mut copy = original.clone();
        for _ in 1..=ROUNDS {
            copy = annotated(file, &copy, &check(file, &copy));
        }
        let once = annotated(file, &original, &check(file, &original));
        assert!(once == copy, "{file}: {:?}", differing(&once, &copy));
    }
}
