//! The annotated copy of oddly built, damaged and hostile packages: marked in the right place, or refused, never a panic.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

mod annotated_support;
#[path = "support/package.rs"]
mod package;
mod write_support;

use annotated_support::{check, contents, differing, entries, fills, fixture, is_mark, read, without_findings, zip};
use hebiao::model::Severity;
use hebiao::report::FileReport;
use hebiao::write::{WriteError, annotated_copy};
use package::{MAIN, Package, RELATIONSHIPS, relationships};
use proptest::prelude::*;
use write_support::{at, finding, report, small_evaluation, table};

/// A report with a finding at each of these cells of `Sheet1`, bound to no bytes.
fn at_cells(cells: &[&str]) -> FileReport {
    let findings = cells
        .iter()
        .map(|cell| finding("A01", Severity::Error, cell, None))
        .collect();
    FileReport {
        sha256: None,
        ..report(vec![table(small_evaluation(), findings)])
    }
}

fn sheet(bytes: &[u8]) -> String {
    contents(bytes)["xl/worksheets/sheet1.xml"].clone()
}

/// The sheet with its formats and the drawing left out, as the order of cells matters here.
fn rows(bytes: &[u8]) -> String {
    let sheet = sheet(bytes);
    let (_, rest) = sheet.split_once("<sheetData").unwrap();
    let (rows, _) = rest.split_once("<legacyDrawing").unwrap();
    let mut plain = String::new();
    let mut rest = rows;
    while let Some((before, after)) = rest.split_once(" s=\"") {
        plain.push_str(before);
        rest = after.split_once('"').unwrap().1;
    }
    plain + rest
}

/// Marks the cells, then takes the marks away: every part but the lists comes back.
fn assert_reversible(original: &[u8], cells: &[&str]) -> Vec<u8> {
    let copy = annotated_copy(original, &at_cells(cells)).unwrap();
    let again = annotated_copy(&copy, &at_cells(cells)).unwrap();
    assert_eq!(differing(&copy, &again), Default::default());
    let nothing = without_findings(at_cells(cells));
    let plain = annotated_copy(original, &nothing).unwrap();
    let cleaned = annotated_copy(&copy, &nothing).unwrap();
    assert_eq!(differing(&plain, &cleaned), Default::default());
    assert_eq!(sheet(original), sheet(&cleaned));
    copy
}

#[test]
fn cells_that_are_not_in_the_file_are_put_where_they_belong() {
    let original = Package::with_rows(
        r#"<row r="2" ht="30"><c r="B2"><v>1</v></c><c r="D2"><v>2</v></c></row><row r="4"/><row r="7"><c r="A7"/></row>"#,
    )
    .zip();
    let copy = assert_reversible(&original, &["A2", "C2", "E2", "B4", "C4", "B1", "C5", "D5", "A9"]);
    assert_eq!(
        rows(&copy),
        concat!(
            r#"><row r="1"><c r="B1"/></row>"#,
            r#"<row r="2" ht="30"><c r="A2"/><c r="B2"><v>1</v></c><c r="C2"/><c r="D2"><v>2</v></c><c r="E2"/></row>"#,
            r#"<row r="4"><c r="B4"/><c r="C4"/></row><row r="5"><c r="C5"/><c r="D5"/></row>"#,
            r#"<row r="7"><c r="A7"/></row><row r="9"><c r="A9"/></row></sheetData>"#
        )
    );
    assert_eq!(
        fills(&copy, "xl/worksheets/sheet1.xml")
            .values()
            .filter(|fill| is_mark(fill))
            .count(),
        9
    );
}

#[test]
fn an_empty_sheet_and_positions_left_out_are_understood() {
    let empty = Package::with_sheet("<sheetData/>").zip();
    let copy = annotated_copy(&empty, &at_cells(&["C3", "A1"])).unwrap();
    assert_eq!(
        rows(&copy),
        r#"><row r="1"><c r="A1"/></row><row r="3"><c r="C3"/></row></sheetData>"#
    );
    let implied = Package::with_rows("<row><c><v>1</v></c><c><v>2</v></c></row><row><c/><c><v>3</v></c></row>").zip();
    let copy = assert_reversible(&implied, &["B1", "B2", "C2"]);
    assert_eq!(read(&copy).sheets[0].cells().len(), 3);
    assert!(rows(&copy).contains(r#"<c r="C2"/></row>"#));
}

#[test]
fn a_covered_cell_is_marked_at_the_first_cell_of_its_region() {
    let original = Package::with_sheet(
        r#"<sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData><mergeCells count="1"><mergeCell ref="A1:C3"/></mergeCells>"#,
    )
    .zip();
    let copy = assert_reversible(&original, &["B2", "C3", "A1"]);
    let notes = &read(&copy).sheets[0].notes;
    assert_eq!(notes.len(), 1);
    assert_eq!(notes[0].0, at("A1"));
    assert_eq!(notes[0].1.matches("【错误 A01】").count(), 3);
}

#[test]
fn an_added_cell_keeps_the_format_of_its_row_or_column() {
    let styles = format!(
        r#"<styleSheet xmlns="{MAIN}"><fonts count="1"><font/></fonts><fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill><fill><patternFill patternType="solid"><fgColor theme="5"/></patternFill></fill></fills><borders count="1"><border/></borders><cellXfs count="3"><xf/><xf numFmtId="10" fillId="2"/><xf numFmtId="9" applyFill="1" fillId="2"/></cellXfs></styleSheet>"#
    );
    let original = Package::with_sheet(
        r#"<cols><col min="2" max="3" width="9" style="1"/></cols><sheetData><row r="2" s="2" customFormat="1"/></sheetData>"#,
    )
    .part("xl/styles.xml", &styles)
    .zip();
    let copy = assert_reversible(&original, &["B1", "D1", "B2"]);
    let parts = contents(&copy);
    let formats = &parts["xl/styles.xml"];
    for format in ["numFmtId=\"10\"", "numFmtId=\"9\" applyFill=\"1\""] {
        assert_eq!(formats.matches(format).count(), 2, "{formats}");
    }
}

#[test]
fn a_workbook_without_styles_or_content_types_of_its_own_gets_what_it_needs() {
    let original = Package::with_rows(r#"<row r="1"><c r="A1"><v>1</v></c></row>"#).zip();
    let copy = assert_reversible(&original, &["A1"]);
    let parts = contents(&copy);
    assert!(parts["xl/styles.xml"].contains("<fills"));
    let types = &parts["[Content_Types].xml"];
    for declared in [
        "Extension=\"vml\"",
        "/xl/styles.xml",
        "/xl/comments1.xml",
        "/xl/worksheets/sheet2.xml",
    ] {
        assert!(types.contains(declared), "{declared}: {types}");
    }
}

#[test]
fn a_byte_order_mark_and_line_ends_stay() {
    let package = Package::with_rows("<row r=\"1\">\r\n\t<c r=\"A1\" ><v>1</v></c>\r\n</row>");
    let marked = format!(
        "\u{feff}{}",
        String::from_utf8_lossy(&package.parts["xl/worksheets/sheet1.xml"])
    );
    let original = package.part("xl/worksheets/sheet1.xml", &marked).zip();
    let copy = assert_reversible(&original, &["A1"]);
    assert!(sheet(&copy).starts_with("\u{feff}<?xml"));
    assert!(sheet(&copy).contains("\r\n\t<c r=\"A1\" s=\"1\" ><v>1</v></c>\r\n"));
}

#[test]
fn a_part_in_another_encoding_is_refused_in_words() {
    let package = Package::with_rows("<row r=\"1\"/>");
    let text = String::from_utf8_lossy(&package.parts["xl/worksheets/sheet1.xml"]).into_owned();
    let wide: Vec<u8> = [0xFF, 0xFE]
        .into_iter()
        .chain(text.encode_utf16().flat_map(u16::to_le_bytes))
        .collect();
    let declared = text.replace("<?xml version=\"1.0\"?>", "<?xml version=\"1.0\" encoding=\"GBK\"?>");
    for content in [wide, declared.into_bytes()] {
        let original = package.clone().bytes_part("xl/worksheets/sheet1.xml", &content).zip();
        let error = annotated_copy(&original, &at_cells(&["A1"])).unwrap_err();
        assert!(matches!(error, WriteError::OddPackage(_)), "{error:?}");
        assert!(
            error.to_string().contains("UTF-8 编码") && error.to_string().contains("另存为"),
            "{error}"
        );
    }
}

#[test]
fn a_note_too_long_for_another_word_is_left_and_a_long_finding_points_to_the_list() {
    let long = "长".repeat(32_760);
    let comments = format!(
        r#"<comments xmlns="{MAIN}"><authors><author>甲</author></authors><commentList><comment ref="A1" authorId="0"><text><t>{long}</t></text></comment></commentList></comments>"#
    );
    let original = Package::with_rows("<row r=\"1\"><c r=\"A1\"/></row>")
        .part("xl/comments1.xml", &comments)
        .part(
            "xl/worksheets/_rels/sheet1.xml.rels",
            &relationships(&[("rId1", "comments", "../comments1.xml")]),
        )
        .zip();
    let mut wordy = at_cells(&["A1", "B1"]);
    for finding in &mut wordy.tables[0].discrepancies {
        finding.message = "=长_x000D_".repeat(5_000);
    }
    let copy = annotated_copy(&original, &wordy).unwrap();
    let notes = &read(&copy).sheets[0].notes;
    assert_eq!(notes[0], (at("A1"), long));
    assert!(notes[1].1.chars().count() < 1_100);
    assert!(notes[1].1.contains("=长_x000D_=长") && notes[1].1.contains("余下见差异清单"));
    let list = &read(&copy).sheets[1];
    let message = list.cell(at("I3")).unwrap();
    assert!(message.formula.is_none() && message.shown().starts_with("=长_x000D_=长"));
}

#[test]
fn what_people_write_below_our_words_stays() {
    let original = Package::with_rows("<row r=\"1\"><c r=\"A1\"/></row>").zip();
    let copy = annotated_copy(&original, &at_cells(&["A1", "B1"])).unwrap();
    let parts: Vec<(String, Vec<u8>)> = entries(&copy)
        .into_iter()
        .map(|entry| {
            let text = String::from_utf8_lossy(&entry.content).into_owned();
            let replied = text.replacen("────────────</t>", "────────────\n已改</t>", 1);
            match entry.name.contains("comments") {
                true => (entry.name, replied.into_bytes()),
                false => (entry.name, entry.content),
            }
        })
        .collect();
    let replied = zip(&parts);
    let cleaned = annotated_copy(&replied, &without_findings(at_cells(&[]))).unwrap();
    assert_eq!(read(&cleaned).sheets[0].notes, [(at("A1"), "已改".to_owned())]);
    assert_eq!(
        contents(&cleaned)["xl/drawings/vmlDrawing1.vml"]
            .matches("<v:shape ")
            .count(),
        1
    );
    let again = annotated_copy(&replied, &at_cells(&["A1"])).unwrap();
    let notes = &read(&again).sheets[0].notes;
    assert!(
        notes[0].1.starts_with("已改\n──── 核表批注 ────\n【错误 A01】"),
        "{notes:?}"
    );
    assert_eq!(notes.len(), 1);
}

#[test]
fn a_colour_of_ours_in_a_file_never_annotated_is_the_units_own() {
    let styles = format!(
        r#"<styleSheet xmlns="{MAIN}"><fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill><fill><patternFill patternType="solid"><fgColor rgb="FFF8A8B0"/></patternFill></fill></fills><cellXfs count="2"><xf/><xf fillId="2"/></cellXfs></styleSheet>"#
    );
    let original = Package::with_rows(r#"<row r="1"><c r="A1" s="1"/><c r="B1" s="1"/></row>"#)
        .part("xl/styles.xml", &styles)
        .zip();
    let plain = annotated_copy(&original, &without_findings(at_cells(&[]))).unwrap();
    assert_eq!(sheet(&original), sheet(&plain));
}

#[test]
fn a_drawing_that_is_pointed_at_and_missing_is_made_there() {
    let original = Package::with_sheet(
        r#"<sheetData><row r="1"/></sheetData><legacyDrawing r:id="rId5"/><tableParts count="0"/>"#,
    )
    .part(
        "xl/worksheets/_rels/sheet1.xml.rels",
        &relationships(&[("rId5", "vmlDrawing", "../drawings/gone.vml")]),
    )
    .zip();
    let copy = assert_reversible(&original, &["A1"]);
    assert_eq!(sheet(&copy).matches("<legacyDrawing").count(), 1);
    assert!(contents(&copy).contains_key("xl/drawings/gone.vml"));
}

#[test]
fn the_drawing_goes_before_what_the_format_puts_behind_it() {
    let original = Package::with_sheet(
        r#"<sheetData><row r="1"/></sheetData><pageMargins left="1" right="1" top="1" bottom="1" header="0" footer="0"/><extLst><ext uri="x"/></extLst>"#,
    )
    .zip();
    let copy = assert_reversible(&original, &["A1"]);
    assert!(
        sheet(&copy).contains(r#"footer="0"/><legacyDrawing r:id="rId2"/><extLst>"#),
        "{}",
        sheet(&copy)
    );
    let bare = format!(r#"<worksheet xmlns="{MAIN}"><sheetData/></worksheet>"#);
    let original = Package::with_rows("").part("xl/worksheets/sheet1.xml", &bare).zip();
    let copy = annotated_copy(&original, &at_cells(&["A1"])).unwrap();
    assert!(sheet(&copy).contains(&format!(r#"<legacyDrawing xmlns:r="{RELATIONSHIPS}" r:id="#)));
}

#[test]
fn a_damaged_sheet_without_findings_is_handed_on_as_it_is() {
    let original = Package::with_rows(r#"<row r="1"><c r="A1"/></row>"#)
        .workbook("", &[("Sheet1", "", "rId1"), ("附表", "", "rId2")])
        .part(
            "xl/_rels/workbook.xml.rels",
            &relationships(&[
                ("rId1", "worksheet", "worksheets/sheet1.xml"),
                ("rId2", "worksheet", "worksheets/other.xml"),
            ]),
        )
        .part("xl/worksheets/other.xml", "<worksheet><sheetData><row></sheetData>")
        .part("xl/worksheets/_rels/other.xml.rels", "<Relationships>")
        .zip();
    let copy = annotated_copy(&original, &at_cells(&["A1"])).unwrap();
    let copy = annotated_copy(&copy, &at_cells(&["A1"])).unwrap();
    let (before, after) = (contents(&original), contents(&copy));
    assert_eq!(before["xl/worksheets/other.xml"], after["xl/worksheets/other.xml"]);
    let refused = annotated_copy(&original, &at_cells(&["A1"]).on("附表")).unwrap_err();
    assert!(
        matches!(refused, WriteError::Source(_)) && refused.to_string().contains("已损坏"),
        "{refused}"
    );
}

trait On {
    fn on(self, sheet: &str) -> Self;
}

impl On for FileReport {
    fn on(mut self, sheet: &str) -> Self {
        for table in &mut self.tables {
            table.sheet = sheet.to_owned();
        }
        self
    }
}

#[test]
fn folders_comments_and_odd_names_in_the_package_stay() {
    use std::io::Write as _;
    let package = Package::with_rows(r#"<row r="1"><c r="A1"/></row>"#);
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let stored = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    writer.set_comment("来自旧系统").unwrap();
    writer.add_directory("xl/", stored).unwrap();
    for (name, content) in &package.parts {
        let name = if name.contains("sheet1") {
            name.replace('/', "\\")
        } else {
            name.clone()
        };
        writer.start_file(name, stored).unwrap();
        writer.write_all(content).unwrap();
    }
    writer.start_file("附件/说明.txt", stored).unwrap();
    writer.write_all("原样".as_bytes()).unwrap();
    let original = writer.finish().unwrap().into_inner();
    let copy = annotated_copy(&original, &at_cells(&["A1"])).unwrap();
    let names = |bytes: &[u8]| -> Vec<String> { entries(bytes).into_iter().map(|entry| entry.name).collect() };
    assert_eq!(names(&copy)[..names(&original).len()], names(&original));
    assert_eq!(contents(&copy)["附件/说明.txt"], "原样");
    assert!(copy.ends_with("来自旧系统".as_bytes()));
    assert_eq!(read(&copy).sheets[0].notes.len(), 1);
}

/// Every part of the package, cut off at each of some places and with a piece of it changed: a copy or a refusal.
#[test]
fn damaged_parts_give_a_copy_or_a_refusal() {
    for file in ["openpyxl.xlsx", "conversation.xlsx", "prefixed.xlsx"] {
        let original = fixture(file);
        let copy = annotated_support::annotate(file, &original);
        for bytes in [original, copy] {
            let mut report = check(file, &bytes);
            report.sha256 = None;
            let parts: Vec<(String, Vec<u8>)> = entries(&bytes)
                .into_iter()
                .map(|entry| (entry.name, entry.content))
                .collect();
            for (index, (name, content)) in parts.iter().enumerate() {
                if !(name.ends_with("xml") || name.ends_with("rels") || name.ends_with("vml")) {
                    continue;
                }
                for cut in [0, content.len() / 3, content.len() / 2, content.len().saturating_sub(3)] {
                    let mut damaged = parts.clone();
                    damaged[index].1.truncate(cut);
                    let _ = annotated_copy(&zip(&damaged), &report);
                }
                let mut damaged = parts.clone();
                damaged.remove(index);
                let _ = annotated_copy(&zip(&damaged), &report);
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    /// Pieces of any part replaced by what XML is made of.
    #[test]
    fn mutated_parts_never_panic(
        edits in prop::collection::vec((any::<prop::sample::Index>(), any::<prop::sample::Index>(), 0..12_usize, "[<>/\"'=&; a-z0-9]{0,6}"), 1..6),
        annotated in any::<bool>(),
    ) {
        let original = fixture("conversation.xlsx");
        let bytes = if annotated { annotated_support::annotate("a.xlsx", &original) } else { original };
        let mut report = check("a.xlsx", &bytes);
        report.sha256 = None;
        let mut parts: Vec<(String, Vec<u8>)> =
            entries(&bytes).into_iter().map(|entry| (entry.name, entry.content)).collect();
        let texts: Vec<usize> = (0..parts.len())
            .filter(|index| [".xml", ".rels", ".vml"].iter().any(|ending| parts[*index].0.ends_with(ending)))
            .collect();
        for (part, place, length, text) in edits {
            let content = &mut parts[*part.get(&texts)].1;
            let start = place.index(content.len() + 1);
            let end = (start + length).min(content.len());
            content.splice(start..end, text.into_bytes());
        }
        let _ = annotated_copy(&zip(&parts), &report);
    }

    /// The package itself cut off or changed.
    #[test]
    fn mutated_packages_never_panic(cut in any::<prop::sample::Index>(), flips in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..8)) {
        let original = fixture("prefixed.xlsx");
        let mut report = check("a.xlsx", &original);
        report.sha256 = None;
        let mut bytes = original;
        for (place, value) in flips {
            let at = place.index(bytes.len());
            bytes[at] = value;
        }
        let _ = annotated_copy(&bytes, &report);
        bytes.truncate(cut.index(bytes.len()));
        let _ = annotated_copy(&bytes, &report);
    }
}
