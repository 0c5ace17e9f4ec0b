//! Letters in fonts of signs in xls, xlsb and ods: the mark that is seen is what is read, as from an xlsx.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, missing_docs)]

#[path = "support/biff.rs"]
mod biff;
#[path = "support/ods.rs"]
mod ods;
#[path = "support/package.rs"]
mod package;
#[path = "support/xlsb.rs"]
mod xlsb;

use biff::Version::{self, Biff5, Biff8};
use biff::words;
use hebiao::grid::{CellValue, Sheet};
use hebiao::read::{Limits, read_workbook};
use xlsb::longs;

/// What the four cells of each file store, and what a person sees in them.
///
/// In order: a tick in the cell's font, the same letter in a font of letters, a line with marks in the middle, and a line
/// of a cell in signs whose words are in a font of letters.
const STORED: [&str; 4] = ["R", "R", "优R良£中R", "R 优"];
const SEEN: [&str; 4] = ["☑", "R", "优☑良□中R", "☑ 优"];
/// Where parts of the third text begin, and their fonts: 2 draws signs, 1 letters.
const RUNS: [(u16, u16); 4] = [(1, 2), (2, 1), (3, 2), (4, 1)];
const SIGNS: &str = "Wingdings 2";

fn check(label: &str, bytes: &[u8]) {
    let workbook = read_workbook(bytes, None, &Limits::default()).unwrap();
    assert_eq!(workbook.losses, [], "{label}");
    let sheet = &workbook.sheets[0];
    assert_eq!(sheet.losses, [], "{label}");
    let values: Vec<CellValue> = sheet.cells().iter().map(|cell| cell.value.clone()).collect();
    assert_eq!(
        values,
        STORED.map(|text| CellValue::Text(text.to_owned())),
        "{label}: the stored value is not touched"
    );
    assert_eq!(shown(sheet), SEEN, "{label}");
}

fn shown(sheet: &Sheet) -> Vec<&str> {
    sheet.cells().iter().map(|cell| cell.shown()).collect()
}

/// Fonts 0 to 3 and 5, of which 2 and 5 draw signs (there is no font 4); styles 0 in font 0, 1 in font 2, 2 in font 5.
fn xls_styles(version: Version) -> Vec<Vec<u8>> {
    let font = |name: &str| {
        let head = words(&[220, 0, 0x7FFF, 400, 0, 0, 0]);
        biff::record(0x0031, &[head, biff::short_text(version, name)].concat())
    };
    let style = |font: u16| biff::record(0x00E0, &words(&[font, 0, 0, 0, 0, 0, 0, 0, 0, 0]));
    let names = ["宋体", "Arial", SIGNS, "楷体", "Wingdings"];
    let fonts = names.map(font);
    fonts.into_iter().chain([0, 2, 5].map(style)).collect()
}

#[test]
fn in_xls_of_excel_97() {
    let rich = |text: &str, runs: &[(u16, u16)]| {
        let units: Vec<u16> = text.encode_utf16().collect();
        let runs_as_words: Vec<u16> = runs.iter().flat_map(|(start, font)| [*start, *font]).collect();
        [
            words(&[units.len() as u16]),
            vec![9],
            words(&[runs.len() as u16]),
            words(&units),
            words(&runs_as_words),
        ]
        .concat()
    };
    let table = [longs(&[2, 2]), rich(STORED[2], &RUNS), rich(STORED[3], &[(2, 1)])].concat();
    let mut book = biff::Book::with_records(
        Biff8,
        vec![
            biff::label(Biff8, 0, 0, 1, "R"),
            biff::label(Biff8, 1, 0, 0, "R"),
            biff::shared_text(2, 0, 0, 0),
            biff::shared_text(3, 0, 1, 1),
        ],
    );
    book.globals = xls_styles(Biff8);
    check(
        "shared texts",
        &book.clone().global(biff::record(0x00FC, &table)).file(),
    );

    let with_runs = |row: u16, style: u16, text: &str, runs: &[(u16, u16)]| {
        let runs_as_words: Vec<u16> = runs.iter().flat_map(|(start, font)| [*start, *font]).collect();
        let text = biff::long_text(Biff8, text);
        let rest = [text, words(&[runs.len() as u16]), words(&runs_as_words)].concat();
        biff::record(0x00D6, &[words(&[row, 0, style]), rest].concat())
    };
    book.tabs[0].records.truncate(2);
    book.tabs[0]
        .records
        .extend([with_runs(2, 0, STORED[2], &RUNS), with_runs(3, 1, STORED[3], &[(2, 1)])]);
    check("texts in the cells", &book.file());
}

#[test]
fn in_xls_of_excel_5_where_runs_count_bytes() {
    // GBK has no sign for £, so the box is drawn by another letter of the font.
    let with_runs = |row: u16, style: u16, text: &str, runs: &[[u8; 2]]| {
        let rest = [biff::long_text(Biff5, text), vec![runs.len() as u8], runs.concat()].concat();
        biff::record(0x00D6, &[words(&[row, 0, style]), rest].concat())
    };
    let mut book = biff::Book::with_records(
        Biff5,
        vec![
            with_runs(0, 0, "优R良*中R", &[[2, 2], [3, 1], [5, 2], [6, 1]]),
            biff::label(Biff5, 1, 0, 1, "R"),
            biff::label(Biff5, 2, 0, 2, "o"),
            with_runs(3, 1, "R 优", &[[2, 1], [200, 2]]),
        ],
    );
    book.globals = xls_styles(Biff5);
    let workbook = read_workbook(&book.file(), None, &Limits::default()).unwrap();
    assert_eq!(shown(&workbook.sheets[0]), ["优☑良□中R", "☑", "□", "☑ 优"]);
}

#[test]
fn in_xlsb() {
    let rich = |text: &str, runs: &[(u16, u16)]| {
        let pairs: Vec<u16> = runs.iter().flat_map(|(start, font)| [*start, *font]).collect();
        [vec![1], xlsb::text(text), longs(&[runs.len() as u32]), words(&pairs)].concat()
    };
    let mut book = xlsb::Book::with_rows(vec![
        xlsb::row(0, false),
        xlsb::inline_text(0, 1, "R"),
        xlsb::inline_text(1, 0, "R"),
        xlsb::shared_text(2, 0, 0),
        xlsb::cell(0x003E, 3, 1, &rich(STORED[3], &[(2, 1)])),
    ]);
    book.shared = vec![xlsb::record(0x0013, &rich(STORED[2], &RUNS))];
    let font = |name: &str| {
        let head = [words(&[220, 0, 400, 0]), vec![0; 13]].concat();
        xlsb::record(0x002B, &[head, xlsb::text(name)].concat())
    };
    let style = |font: u16| xlsb::record(0x002F, &words(&[0, 0, font, 0, 0, 0, 0, 0]));
    let styles = [
        ["宋体", "Arial", SIGNS].map(font).concat(),
        xlsb::record(0x0269, &longs(&[2])),
        style(0),
        style(2),
        xlsb::record(0x026A, &[]),
    ];
    check(
        "xlsb",
        &book.package().bytes_part("xl/styles.bin", &styles.concat()).zip(),
    );
}

#[test]
fn in_ods() {
    // One font by the name that the file gives it, one by its family.
    let faces = r#"<office:font-face-decls><style:font-face style:name="F1" svg:font-family="&apos;Wingdings 2&apos;" xmlns:svg="s"/></office:font-face-decls>"#;
    let style = |name: &str, family: &str, properties: &str| {
        format!(
            r#"<style:style style:name="{name}" style:family="{family}"><style:text-properties {properties}/></style:style>"#
        )
    };
    let styles = [
        style("signs", "table-cell", r#"style:font-name="F1""#),
        r#"<style:style style:name="child" style:family="table-cell" style:parent-style-name="signs"/>"#.to_owned(),
        style("t1", "text", &format!(r#"fo:font-family="'{SIGNS}'" xmlns:fo="f""#)),
        style("t2", "text", r#"style:font-name="Arial""#),
        style("bold", "text", r#"fo:font-weight="bold" xmlns:fo="f""#),
    ];
    let span = |style: &str, inside: &str| format!(r#"<text:span text:style-name="{style}">{inside}</text:span>"#);
    let cell = |style: &str, inside: &str| {
        format!(
            r#"<table:table-cell table:style-name="{style}" office:value-type="string"><text:p>{inside}</text:p></table:table-cell>"#
        )
    };
    let line = [
        "优",
        &span("t1", "R"),
        "良",
        &span("bold", &span("t1", "£")),
        &span("t1", &span("t2", "中R")),
    ]
    .concat();
    let cells = [
        cell("child", "R"),
        cell("Default", "R"),
        cell("Default", &line),
        cell("signs", &[span("bold", "R"), span("t2", " 优")].concat()),
    ];
    let document = ods::Document::with_rows(&ods::row(&cells.concat())).styles(&styles.concat());
    let content = document.content();
    let content = content.replace(
        "<office:automatic-styles>",
        &format!("{faces}<office:automatic-styles>"),
    );
    check("ods", &ods::package(&content));
}

#[test]
fn a_drawing_that_is_no_mark_is_kept_as_its_letter_and_said() {
    let mut book = biff::Book::with_records(Biff8, vec![biff::label(Biff8, 4, 1, 2, "J")]);
    book.globals = xls_styles(Biff8);
    let sheet = read_workbook(&book.file(), None, &Limits::default())
        .unwrap()
        .sheets
        .remove(0);
    assert_eq!(shown(&sheet), ["J"]);
    assert_eq!(sheet.losses.len(), 1);
    assert_eq!(sheet.losses[0].cell, Some("B5".parse().unwrap()));
    assert!(sheet.losses[0].message.starts_with("字符“J”用 Wingdings 字体显示"));
}

#[test]
fn check_boxes_over_a_sheet_are_said_not_to_be_read() {
    let boxes = [0x0B, 0x0C, 0x07, 0x19].map(|kind| biff::note_object(kind, kind, "优"));
    let xls = biff::Book::with_records(Biff8, boxes.to_vec()).file();
    let relationships = package::relationships(&[
        ("rId1", "ctrlProp", "../ctrlProps/ctrlProp1.xml"),
        ("rId2", "ctrlProp", "../ctrlProps/ctrlProp2.xml"),
    ]);
    let xlsb = xlsb::Book::with_rows(Vec::new())
        .package()
        .part("xl/worksheets/_rels/sheet1.bin.rels", &relationships)
        .zip();
    let forms = r#"<office:forms xmlns:form="f"><form:form><form:checkbox/><form:radio/><form:button/></form:form></office:forms>"#;
    let ods = ods::Document::with_rows(&format!("{forms}{}", ods::row(&ods::text("优")))).file();
    for bytes in [xls, xlsb, ods] {
        let sheet = read_workbook(&bytes, None, &Limits::default())
            .unwrap()
            .sheets
            .remove(0);
        assert_eq!(sheet.losses.len(), 1);
        let message = &sheet.losses[0].message;
        assert!(message.starts_with("工作表上有 2 个浮动的"), "{message}");
        assert!(
            message.ends_with("是否勾选没有读到；请在 Excel 或 WPS 中另存为 .xlsx 再试"),
            "{message}"
        );
    }
}
