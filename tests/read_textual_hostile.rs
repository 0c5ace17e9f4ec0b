//! Damaged and hostile text formats: an error or a partial reading, soon, and never a panic.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, missing_docs)]

#[path = "support/table_writers.rs"]
mod table_writers;
#[path = "support/work_time.rs"]
mod work_time;

use std::time::Duration;

use encoding_rs::GB18030;
use hebiao::check_bytes;
use hebiao::layout::read_tables;
use hebiao::read::{Limits, ReadError, read_workbook};
use hebiao::standard::Standard;
use proptest::prelude::*;
use table_writers as write;
use work_time::worked;

/// Reads what can be read, lays it out, and must be done within five seconds.
fn soon(label: &str, bytes: &[u8]) -> Result<usize, ReadError> {
    let start = worked();
    let read = read_workbook(bytes, None, &Limits::default());
    let result = read.map(|workbook| {
        read_tables(&workbook);
        workbook.sheets.iter().map(|sheet| sheet.cells().len()).sum()
    });
    let took = worked() - start;
    assert!(took < Duration::from_secs(5), "{label}: {took:?}");
    result
}

fn refused(label: &str, bytes: &[u8], code: &str) {
    let error = soon(label, bytes).expect_err(label);
    assert_eq!(error.code(), code, "{label}: {error}");
}

fn sample() -> hebiao::grid::Sheet {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/部门评价表-信丰.xlsx");
    let bytes = std::fs::read(path).unwrap();
    read_workbook(&bytes, None, &Limits::default())
        .unwrap()
        .sheets
        .remove(0)
}

fn formats() -> Vec<(&'static str, Vec<u8>)> {
    let sheet = sample();
    let report = check_bytes("a.csv", write::csv(&sheet, ',').as_bytes(), Standard::ministry()).report;
    vec![
        ("csv", write::csv(&sheet, ',').into_bytes()),
        ("csv GBK", GB18030.encode(&write::csv(&sheet, ';')).0.into_owned()),
        (
            "csv UTF-16",
            write::csv(&sheet, '\t')
                .encode_utf16()
                .flat_map(u16::to_le_bytes)
                .collect(),
        ),
        ("html", write::html(&sheet, "utf-8").into_bytes()),
        ("html GBK", GB18030.encode(&write::html(&sheet, "gbk")).0.into_owned()),
        ("xml", write::spreadsheetml(&sheet).into_bytes()),
        ("docx", write::docx(&write::docx_table(&sheet))),
        ("json", serde_json::to_vec(&report).unwrap()),
    ]
}

#[test]
fn a_file_cut_anywhere_is_read_in_part_or_refused() {
    let standard = Standard::ministry();
    for (label, bytes) in formats() {
        let step = (bytes.len() / 150).max(1);
        for length in (0..bytes.len()).step_by(step) {
            let checked = check_bytes(label, &bytes[..length], standard);
            let answered = checked.report.error.is_some() || !checked.report.tables.is_empty();
            assert!(answered, "{label} cut at {length}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn changed_bytes_never_take_the_program_down(changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..40)) {
        let standard = Standard::ministry();
        for (label, mut bytes) in formats() {
            for (index, value) in &changes {
                let at = index.index(bytes.len());
                bytes[at] = *value;
            }
            check_bytes(label, &bytes, standard);
        }
    }

    #[test]
    fn any_tag_soup_is_answered(pieces in prop::collection::vec(prop::sample::select(&[
        "<table>", "</table>", "<tr>", "</tr>", "<td>", "</td>", "<td rowspan=0>", "<td rowspan=3 colspan=2>", "<th hidden>", "甲", "<p>", "</p>",
        "<tbody>", "</tbody>", "<caption>", "<col span=9 style='display:none'>", "<br>", "<div style='display:none'>", "</div>", "<script>", "</script>",
        "<!--", "-->", "<textarea>", "<style>.a{", "&nbsp;", "&#0;", "&#xFFFFFFFF;", "<td x:num=\"1e999\">", "<input type=checkbox>", "<option>", "<tr hidden>",
    ][..]), 0..60)) {
        let page = format!("<html><table><tr><td>a{}", pieces.concat());
        let _ = read_workbook(page.as_bytes(), None, &Limits::default());
    }

    #[test]
    fn any_text_is_answered(text in "(甲|,|\"|\n|\r|;|\t|1|\u{feff}|=|\0){0,60}") {
        let _ = read_workbook(text.as_bytes(), None, &Limits::default());
        let wide: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
        let _ = read_workbook(&wide, None, &Limits::default());
    }
}

#[test]
fn giant_spans_cost_no_more_than_their_own_cells() {
    let span = "<td rowspan=65535 colspan=1000>x";
    refused(
        "spans in rows",
        format!("<table>{}", format!("<tr>{span}").repeat(150_000)).as_bytes(),
        "limit_exceeded",
    );
    assert!(
        soon(
            "spans in one row",
            format!("<table><tr>{}", span.repeat(50_000)).as_bytes()
        )
        .is_ok()
    );
    let wall = format!(
        "<table><tr>{}{}",
        "<td rowspan=65535>".repeat(16_000),
        "<tr><td>x<td>y".repeat(60_000)
    );
    soon("rows behind a wall", wall.as_bytes()).unwrap();
    let comb: String = (0..8_000)
        .map(|index| format!("<td rowspan={}>", index % 60_000 + 2))
        .collect();
    soon(
        "spans of all lengths",
        format!("<table><tr>{comb}{}", "<tr><td rowspan=2>x".repeat(60_000)).as_bytes(),
    )
    .unwrap();
    let xml = |cell: &str, times: usize| {
        write::spreadsheetml_book(
            "",
            &format!(
                "<Worksheet ss:Name=\"a\"><Table><Row>{}</Row></Table></Worksheet>",
                cell.repeat(times)
            ),
        )
    };
    let cell =
        "<Cell ss:MergeAcross=\"4294967295\" ss:MergeDown=\"4294967295\"><Data ss:Type=\"String\">x</Data></Cell>";
    soon("xml spans", xml(cell, 50_000).as_bytes()).unwrap();
    refused("xml merges", xml(cell, 100_001).as_bytes(), "limit_exceeded");
    soon(
        "xml places",
        xml(
            "<Cell ss:Index=\"4294967295\"><Data ss:Type=\"Number\">1</Data></Cell>",
            1000,
        )
        .as_bytes(),
    )
    .unwrap();
    let row = format!(
        "<w:tr>{}</w:tr>",
        "<w:tc><w:tcPr><w:gridSpan w:val=\"4294967295\"/><w:vMerge/></w:tcPr></w:tc>".repeat(1000)
    );
    soon(
        "docx spans",
        &write::docx(&format!("<w:tbl>{}</w:tbl>", row.repeat(80))),
    )
    .unwrap();
}

#[test]
fn deep_nesting_is_refused() {
    refused(
        "tables in tables",
        "<table><tr><td>a".repeat(100_000).as_bytes(),
        "limit_exceeded",
    );
    let deep = format!("<table><tr><td>a{}", "<div><b><p>".repeat(300_000));
    assert_eq!(soon("blocks in a cell", deep.as_bytes()).unwrap(), 1);
    let hidden = format!("<table><tr><td>a{}", "<div style=display:none>".repeat(300_000));
    assert_eq!(soon("hidden blocks", hidden.as_bytes()).unwrap(), 1);
    let xml = write::spreadsheetml_book(
        "",
        &format!("<Worksheet ss:Name=\"a\"><Table>{}", "<Row>".repeat(100_000)),
    );
    refused("xml", xml.as_bytes(), "limit_exceeded");
    let nested = "<w:tbl><w:tr><w:tc>".repeat(10_000);
    refused("docx", &write::docx(&nested), "limit_exceeded");
    let json = format!("{{\"a\":{}", "[".repeat(1_000_000));
    assert!(
        check_bytes("a.json", json.as_bytes(), Standard::ministry())
            .report
            .error
            .is_some()
    );
}

#[test]
fn many_small_things_take_little_time() {
    for attribute in [" a=\">\"", " a", " a=b", "/a='>'", "=", "\"a=\"b\""] {
        let cell = |times: usize| format!("<table><tr><td {}>x", attribute.repeat(times)).into_bytes();
        assert_eq!(soon(attribute, &cell(250)).unwrap(), 1);
        let end = format!("<table><tr><td>x</td {}>y", attribute.repeat(500_000));
        for bytes in [cell(500_000), end.into_bytes()] {
            if let Err(error) = soon(attribute, &bytes) {
                assert_eq!(error.code(), "limit_exceeded", "{attribute}: {error}");
            }
        }
    }
    soon(
        "ampersands",
        format!("<table><tr><td>{}", "&a&#&not".repeat(400_000)).as_bytes(),
    )
    .unwrap();
    soon(
        "comments",
        format!("<table><tr><td>x{}", "<!--".repeat(500_000)).as_bytes(),
    )
    .unwrap();
    soon(
        "unclosed comments",
        format!("<table><tr><td>x{}", "<!-- --".repeat(500_000)).as_bytes(),
    )
    .unwrap();
    soon(
        "styles",
        format!("<style>{}</style><table><tr><td>x", ".a{display:none}".repeat(200_000)).as_bytes(),
    )
    .unwrap();
    soon(
        "long style",
        format!("<table><tr><td style='{}'>x", "a:b;\\".repeat(500_000)).as_bytes(),
    )
    .unwrap();
    soon(
        "rows",
        format!("<table>{}<tr><td>x", "<tr>".repeat(1_000_000)).as_bytes(),
    )
    .unwrap();
    soon(
        "tables",
        format!("<html>{}", "<table><tr><td>x<td rowspan=2>y</table>".repeat(40_000)).as_bytes(),
    )
    .unwrap();
    soon(
        "nested in rows",
        format!("<table>{}", "<tr><td><table><tr><td colspan=2>x</table>".repeat(40_000)).as_bytes(),
    )
    .unwrap();
    refused(
        "nested beside",
        format!("<table>{}", "<tr><td><table><tr><td>x</table><td>y".repeat(2_000)).as_bytes(),
        "limit_exceeded",
    );
    refused(
        "cells",
        format!("<table>{}", "<tr><td>x".repeat(1_000_001)).as_bytes(),
        "limit_exceeded",
    );
    refused("csv cells", "a,b\n".repeat(500_001).as_bytes(), "limit_exceeded");
    soon("csv empty fields", ",".repeat(3_000_000).as_bytes()).unwrap();
    soon(
        "csv empty lines",
        format!("a,b{}c,d", "\n".repeat(3_000_000)).as_bytes(),
    )
    .unwrap();
    soon("csv quotes", "\"".repeat(2_000_001).as_bytes()).ok();
    soon("csv quotes and separators", "\",".repeat(200_000).as_bytes()).unwrap();
    refused(
        "sheets",
        write::spreadsheetml_book("", &"<Worksheet ss:Name=\"a\"/>".repeat(1_001)).as_bytes(),
        "limit_exceeded",
    );
    let parents: String = (0..20_000)
        .map(|index| format!("<Style ss:ID=\"s{index}\" ss:Parent=\"s{}\"/>", (index + 1) % 20_000))
        .collect();
    soon(
        "styles in a circle",
        write::spreadsheetml_book(&parents, "<Worksheet ss:Name=\"a\"/>").as_bytes(),
    )
    .unwrap();
    let part = "--b\r\nContent-Type: text/html\r\n\r\n<table><tr><td>x</table>\r\n";
    refused(
        "archive",
        format!(
            "MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b\r\n\r\n{}",
            part.repeat(3_000)
        )
        .as_bytes(),
        "limit_exceeded",
    );
    let nest: String = (0..5_000)
        .map(|index| format!("Content-Type: multipart/mixed; boundary=b{index}\r\n\r\n--b{index}\r\n"))
        .collect();
    soon("archive in archive", format!("MIME-Version: 1.0\r\n{nest}").as_bytes()).ok();
}

#[test]
fn entities_are_never_expanded() {
    let bomb = "<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\">]>\
                <Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\"><Worksheet Name=\"a\"><Table><Row><Cell><Data Type=\"String\">&b;</Data></Cell></Row></Table></Worksheet></Workbook>";
    let workbook = read_workbook(bomb.as_bytes(), None, &Limits::default()).unwrap();
    assert_eq!(workbook.sheets[0].cells()[0].shown(), "&b;");
}

#[test]
fn a_text_beyond_the_limit_is_cut_and_said() {
    let long = "长".repeat(40_000);
    for bytes in [
        format!("a,{long}\n").into_bytes(),
        format!("<table><tr><td>a<td>{long}</table>").into_bytes(),
        write::spreadsheetml_book("", &format!("<Worksheet ss:Name=\"a\"><Table><Row><Cell/><Cell><Data ss:Type=\"String\">{long}</Data></Cell></Row></Table></Worksheet>")).into_bytes(),
        write::docx(&format!("<w:tbl><w:tr><w:tc><w:p/></w:tc><w:tc><w:p><w:r><w:t>{long}</w:t></w:r></w:p></w:tc></w:tr></w:tbl>")),
    ] {
        let workbook = read_workbook(&bytes, None, &Limits::default()).unwrap();
        let sheet = &workbook.sheets[0];
        assert_eq!(sheet.cell("B1".parse().unwrap()).unwrap().shown().chars().count(), 32_767);
        assert!(sheet.losses.iter().any(|loss| loss.message.contains("32767")), "{:?}", sheet.losses);
    }
}
