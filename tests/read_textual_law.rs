//! Law 7: the same table in every text format gives the same Evaluation, cells aside.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, missing_docs)]

#[path = "support/table_writers.rs"]
mod table_writers;

use encoding_rs::GB18030;
use hebiao::check_bytes;
use hebiao::grid::{FileFormat, Sheet, Workbook};
use hebiao::layout::read_tables;
use hebiao::model::TableReading;
use hebiao::read::{Limits, read_workbook};
use hebiao::report::{FileStatus, Report};
use hebiao::standard::Standard;
use serde_json::Value;
use table_writers as write;

const SAMPLES: [&str; 2] = ["部门评价表-信丰.xlsx", "项目支出绩效自评表-示例.xlsx"];

fn sample(name: &str) -> Vec<u8> {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("samples")
        .join(name);
    std::fs::read(path).unwrap()
}

fn read(bytes: &[u8], name: &str) -> Workbook {
    let workbook = read_workbook(bytes, Some(name), &Limits::default()).unwrap();
    assert_eq!(workbook.losses, [], "{name}");
    for sheet in &workbook.sheets {
        assert_eq!(sheet.losses, [], "{name}");
    }
    workbook
}

fn sheet(name: &str) -> Sheet {
    read(&sample(name), name).sheets.remove(0)
}

fn meaning(tables: &[TableReading]) -> Value {
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

/// The evaluation of a file in another format, after asserting that all of it was read.
fn reads_the_same(sample: &str, label: &str, bytes: &[u8], name: &str, format: FileFormat) {
    let original = read_tables(&read(&self::sample(sample), sample)).tables;
    let workbook = read(bytes, name);
    assert_eq!(workbook.format, format, "{sample} as {label}");
    let tables = read_tables(&workbook).tables;
    assert_eq!(meaning(&tables), meaning(&original), "{sample} as {label}");
    assert_eq!(tables[0].coverage.unread, [], "{sample} as {label}");
    assert_eq!(tables[0].kind, original[0].kind, "{sample} as {label}");
}

fn wide(text: &str, to_bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
    text.encode_utf16().flat_map(to_bytes).collect()
}

#[test]
fn as_text_with_separators_in_every_encoding() {
    for name in SAMPLES {
        let sheet = sheet(name);
        for separator in [',', '\t', ';'] {
            let text = write::csv(&sheet, separator);
            let marked = format!("\u{feff}{text}");
            let cases = [
                ("UTF-8", text.as_bytes().to_vec()),
                ("UTF-8 with mark", marked.as_bytes().to_vec()),
                ("GB18030", GB18030.encode(&text).0.into_owned()),
                ("UTF-16 LE", wide(&text, u16::to_le_bytes)),
                ("UTF-16 BE", wide(&text, u16::to_be_bytes)),
                ("UTF-16 LE with mark", wide(&marked, u16::to_le_bytes)),
                ("UTF-16 BE with mark", wide(&marked, u16::to_be_bytes)),
            ];
            for (label, bytes) in cases {
                reads_the_same(
                    name,
                    &format!("{label}, {separator:?}"),
                    &bytes,
                    "表.csv",
                    FileFormat::Csv,
                );
            }
        }
    }
}

#[test]
fn as_html_in_every_encoding() {
    for name in SAMPLES {
        let sheet = sheet(name);
        for charset in ["gb2312", "gbk", "utf-8"] {
            let text = write::html(&sheet, charset);
            let utf8 = text.as_bytes().to_vec();
            let gbk = GB18030.encode(&text).0.into_owned();
            // What a page says of itself may be wrong.
            reads_the_same(
                name,
                &format!("UTF-8, says {charset}"),
                &utf8,
                "表.html",
                FileFormat::Html,
            );
            reads_the_same(name, &format!("GBK, says {charset}"), &gbk, "表.html", FileFormat::Html);
        }
        let bare = format!("<table>{}", write::html_rows(&sheet));
        reads_the_same(name, "a table alone", bare.as_bytes(), "表.htm", FileFormat::Html);
        let unclosed = bare.replace("</td>", "").replace("</tr>", "");
        reads_the_same(
            name,
            "without end tags",
            unclosed.as_bytes(),
            "表.htm",
            FileFormat::Html,
        );
        let framed = format!("<table><tr><td>{}</table></td></tr></table>", unclosed);
        reads_the_same(
            name,
            "inside a layout table",
            framed.as_bytes(),
            "表.htm",
            FileFormat::Html,
        );
    }
}

#[test]
fn as_a_web_archive() {
    for name in SAMPLES {
        let page = GB18030.encode(&write::html(&sheet(name), "gb2312")).0.into_owned();
        let quoted: String = page
            .iter()
            .map(|byte| match byte {
                b'\n' => "=0A=\r\n".to_owned(),
                byte if byte.is_ascii_alphanumeric() || b" <>/".contains(byte) => char::from(*byte).to_string(),
                byte => format!("={byte:02X}"),
            })
            .collect();
        let main = "<html><!--[if gte mso 9]><xml><x:ExcelWorkbook><x:ExcelWorksheets><x:ExcelWorksheet><x:Name>自评&amp;表</x:Name>\
                    <x:WorksheetSource HRef=\"a.files/sheet001.htm\"/></x:ExcelWorksheet></x:ExcelWorksheets></xml><![endif]--><frameset></frameset></html>";
        let archive = format!(
            "MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=\"--=_B\"\r\n\r\n----=_B\r\nContent-Location: file:///C:/a.htm\r\n\
             Content-Type: text/html; charset=\"utf-8\"\r\n\r\n{main}\r\n----=_B\r\nContent-Location: file:///C:/a.files/sheet001.htm\r\n\
             Content-Transfer-Encoding: quoted-printable\r\nContent-Type: text/html; charset=\"gb2312\"\r\n\r\n{quoted}\r\n----=_B--\r\n"
        );
        reads_the_same(name, "web archive", archive.as_bytes(), "表.mht", FileFormat::Html);
        assert_eq!(read(archive.as_bytes(), "表.mht").sheets[0].name, "自评&表");
        // Before its parts, what wrote it says in its own encoding what it is.
        let mut prefaced = archive.into_bytes();
        let preface = prefaced.windows(4).position(|end| end == b"\r\n\r\n").unwrap() + 4;
        prefaced.splice(preface..preface, *b"If you don\x92t see it\x85\r\n\r\n");
        reads_the_same(name, "foreign preface", &prefaced, "表.mht", FileFormat::Html);
    }
}

#[test]
fn as_an_xml_table_of_2003() {
    for name in SAMPLES {
        let text = write::spreadsheetml(&sheet(name));
        reads_the_same(name, "UTF-8", text.as_bytes(), "表.xml", FileFormat::SpreadsheetMl);
        let gbk = GB18030.encode(&text.replace("UTF-8", "gb2312")).0.into_owned();
        reads_the_same(name, "GBK", &gbk, "表.xml", FileFormat::SpreadsheetMl);
        // An exporter that writes GBK and says UTF-8.
        let wrong = GB18030.encode(&text).0.into_owned();
        reads_the_same(name, "GBK that says UTF-8", &wrong, "表.xml", FileFormat::SpreadsheetMl);
        let values = |sheet: &Sheet| -> Vec<_> {
            let cells = sheet.cells().iter();
            cells
                .map(|cell| (cell.address, cell.value.clone(), cell.shown().to_owned()))
                .collect()
        };
        assert_eq!(values(&read(text.as_bytes(), "表.xml").sheets[0]), values(&sheet(name)));
        assert_eq!(read(text.as_bytes(), "表.xml").sheets[0].merges(), sheet(name).merges());
    }
}

#[test]
fn as_a_table_in_a_word_document() {
    for name in SAMPLES {
        let table = write::docx_table(&sheet(name));
        reads_the_same(name, "alone", &write::docx(&table), "表.docx", FileFormat::Docx);
        let report = format!(
            "<w:p><w:r><w:t>通过绩效评价，项目得分96分。</w:t></w:r></w:p><w:p/>{table}<w:p><w:r><w:t>本报告正文到此为止。</w:t></w:r></w:p>"
        );
        reads_the_same(
            name,
            "inside a report",
            &write::docx(&report),
            "报告.docx",
            FileFormat::Docx,
        );
    }
}

#[test]
fn as_this_programs_own_report() {
    let standard = Standard::ministry();
    for name in SAMPLES {
        let first = check_bytes(name, &sample(name), standard).report;
        let whole = serde_json::to_vec_pretty(&Report::new(vec![first.clone()])).unwrap();
        let line = serde_json::to_vec(&first).unwrap();
        for bytes in [whole, line] {
            let again = check_bytes("结果.json", &bytes, standard).report;
            assert_eq!(again.format, Some(FileFormat::Json));
            assert_eq!(again.status, first.status);
            assert_eq!(again.tables, first.tables, "{name}");
        }
    }
}

#[test]
fn a_report_that_names_several_files_keeps_them_apart() {
    let standard = Standard::ministry();
    let files: Vec<_> = SAMPLES
        .iter()
        .map(|name| check_bytes(name, &sample(name), standard).report)
        .collect();
    let broken = check_bytes("坏.xlsx", b"PK", standard).report;
    let all = Report::new(files.iter().cloned().chain([broken.clone()]).collect());
    let again = check_bytes("结果.json", &serde_json::to_vec(&all).unwrap(), standard).report;
    let sheets: Vec<&str> = again.tables.iter().map(|table| table.sheet.as_str()).collect();
    let expected: Vec<String> = files
        .iter()
        .map(|file| format!("{} {}", file.file, file.tables[0].sheet))
        .collect();
    assert_eq!(sheets, expected);
    let skipped = again.skipped_sheets.last().unwrap();
    assert_eq!(
        (skipped.sheet.as_str(), &skipped.reason),
        ("坏.xlsx", &broken.error.unwrap().message)
    );
}

#[test]
fn json_that_is_no_report_of_ours_is_refused() {
    for (text, code) in [
        (r#"{"name": "甲"}"#, "not_a_spreadsheet"),
        (r#"[{"a": 1}]"#, "not_a_spreadsheet"),
        (
            r#"{"schema_version": 1, "tool": {"name": "hebiao", "version": "1"}, "files": []}"#,
            "not_a_spreadsheet",
        ),
        (
            r#"{"schema_version": 9, "tool": {"name": "hebiao", "version": "9"}, "files": [{"file":"a","format":null,"sha256":null,"status":"clean","error":null,"tables":[],"skipped_sheets":[],"losses":[]}]}"#,
            "unsupported_format",
        ),
        (r#"{"schema_version": 1"#, "not_a_spreadsheet"),
    ] {
        let report = check_bytes("a.json", text.as_bytes(), Standard::ministry()).report;
        assert_eq!(report.status, FileStatus::Unreadable, "{text}");
        assert_eq!(report.error.unwrap().code, code, "{text}");
    }
}
