//! What is not read is refused by its content, with a stable code and one sentence.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, missing_docs)]

#[path = "support/package.rs"]
mod package;

use std::io::{Cursor, Write as _};

use hebiao::read::{Limits, ReadError, read_workbook};
use package::Package;

fn refuse(bytes: &[u8], name: &str) -> ReadError {
    let error = read_workbook(bytes, Some(name), &Limits::default()).unwrap_err();
    let message = error.to_string();
    assert!(
        message.ends_with('。') && message.matches('。').count() == 1,
        "one sentence: {message}"
    );
    assert!(message.contains('；'), "a way out: {message}");
    error
}

/// A compound container with these streams.
fn container(streams: &[&str]) -> Vec<u8> {
    let mut file = cfb::CompoundFile::create(Cursor::new(Vec::new())).unwrap();
    for stream in streams {
        file.create_stream(format!("/{stream}"))
            .unwrap()
            .write_all(b"x")
            .unwrap();
    }
    file.into_inner().into_inner()
}

#[test]
fn an_empty_file_is_empty() {
    assert_eq!(refuse(b"", "a.xlsx").code(), "empty_file");
}

#[test]
fn files_that_are_no_tables_are_named_and_given_a_way_out() {
    let zip = |parts: &[(&str, &str)]| {
        parts
            .iter()
            .fold(Package::default(), |package, (name, content)| {
                package.part(name, content)
            })
            .zip()
    };
    let cases: Vec<(Vec<u8>, &str, &str)> = vec![
        (b"%PDF-1.7 ...".to_vec(), "PDF", "原来的电子表格"),
        (b"Rar!\x1a\x07\x01\x00".to_vec(), "压缩包", "解压"),
        (b"7z\xBC\xAF\x27\x1C\0\0".to_vec(), "压缩包", "解压"),
        (zip(&[("a.txt", "x")]), "压缩包", "解压"),
        (b"\x89PNG\r\n\x1a\n".to_vec(), "图片", "原来的电子表格"),
        (b"\xFF\xD8\xFF\xE0....JFIF".to_vec(), "图片", "原来的电子表格"),
        (b"{\\rtf1 ...}".to_vec(), "RTF", "复制到 Excel"),
        (container(&["WordDocument"]), "doc、wps", "复制到 Excel"),
        (container(&["WordDocument", "Workbook2"]), "doc、wps", "复制到 Excel"),
        (container(&["PowerPoint Document"]), "演示文稿", "复制到 Excel"),
        (zip(&[("OFD.xml", "x")]), "OFD", "原来的电子表格"),
        (
            zip(&[("mimetype", "application/vnd.oasis.opendocument.text")]),
            "odt",
            "复制到 Excel",
        ),
        (zip(&[("ppt/presentation.xml", "<p/>")]), "演示文稿", "复制到 Excel"),
        (zip(&[("Index/Document.iwa", "x")]), "Numbers", "另存为 .xlsx"),
    ];
    for (bytes, title, way_out) in cases {
        let error = refuse(&bytes, "表.xlsx");
        assert_eq!(error.code(), "unsupported_format", "{error}");
        assert!(error.to_string().contains(title), "{error}");
        assert!(error.to_string().contains(way_out), "{error}");
    }
}

#[test]
fn what_is_neither_table_nor_text_is_no_spreadsheet() {
    assert_eq!(refuse(b"\x7fELF\x02\x01\x01\0\0", "a").code(), "not_a_spreadsheet");
    assert_eq!(refuse(b"\x01\x02\x03\x04\x05", "a.bin").code(), "not_a_spreadsheet");
    assert_eq!(refuse(&container(&["Something"]), "a.xls").code(), "not_a_spreadsheet");
    let lock_file = refuse(b"\x05admin  \0\0", "目录/~$自评表.xlsx");
    assert_eq!(lock_file.code(), "not_a_spreadsheet");
    assert!(lock_file.to_string().contains("临时文件"));
}

#[test]
fn an_encrypted_file_asks_for_its_password_to_be_taken_off() {
    assert_eq!(
        refuse(&container(&["EncryptedPackage", "EncryptionInfo"]), "a.xlsx").code(),
        "password_protected"
    );
    // The container is broken, its directory still tells.
    let mut broken = container(&["EncryptedPackage", "EncryptionInfo"]);
    broken[28..60].fill(0xFF);
    assert_eq!(refuse(&broken, "a.xlsx").code(), "password_protected");
    // The flag of an encrypted entry, in both headers of every part.
    let mut zip = Package::with_rows("").zip();
    for start in 0..zip.len() - 4 {
        match &zip[start..start + 4] {
            b"PK\x03\x04" => zip[start + 6] |= 1,
            b"PK\x01\x02" => zip[start + 8] |= 1,
            _ => {}
        }
    }
    assert_eq!(refuse(&zip, "a.xlsx").code(), "password_protected");
}

#[test]
fn a_damaged_file_is_damage() {
    let whole = Package::with_rows(r#"<row r="1"><c r="A1"><v>1</v></c></row>"#).zip();
    for length in [4, 30, whole.len() / 2, whole.len() - 30] {
        assert_eq!(refuse(&whole[..length], "a.xlsx").code(), "damaged", "{length} bytes");
    }
    assert_eq!(refuse(&[0; 5000], "a.xlsx").code(), "damaged");
    assert_eq!(refuse(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "a.xls").code(), "damaged");
    assert_eq!(refuse(b"\x01\x02\x03\x04\x05", "a.xlsx").code(), "damaged");
    assert_eq!(
        refuse(
            &Package::with_rows("").without("xl/worksheets/sheet1.xml").zip(),
            "a.xlsx"
        )
        .code(),
        "damaged"
    );
}

#[test]
fn corrupt_compressed_data_is_damage() {
    let rows: String = (1..200)
        .map(|row| format!(r#"<row r="{row}"><c r="A{row}"><v>{}</v></c></row>"#, row * 7919))
        .collect();
    let mut bytes = Package::with_rows(&rows).zip();
    let sheet = bytes
        .windows(24)
        .rposition(|window| window == b"xl/worksheets/sheet1.xml")
        .unwrap();
    let local = bytes[..sheet]
        .windows(24)
        .rposition(|window| window == b"xl/worksheets/sheet1.xml")
        .unwrap();
    for byte in &mut bytes[local + 200..local + 210] {
        *byte ^= 0x5A;
    }
    assert_eq!(refuse(&bytes, "a.xlsx").code(), "damaged");
}

#[test]
fn a_wrong_extension_is_read_and_said() {
    let bytes = Package::with_rows(r#"<row r="1"><c r="A1"><v>1</v></c></row>"#).zip();
    let messages = |name| -> Vec<String> {
        let workbook = read_workbook(&bytes, name, &Limits::default()).unwrap();
        workbook.losses.into_iter().map(|loss| loss.message).collect()
    };
    assert_eq!(
        messages(Some("自评表.xls")),
        ["文件扩展名是 .xls，内容却是 xlsx 表格，已按内容读取"]
    );
    assert_eq!(messages(Some("dir.xls/自评表.XLSX")), Vec::<String>::new());
    assert_eq!(messages(Some("没有扩展名")), Vec::<String>::new());
    assert_eq!(messages(None), Vec::<String>::new());
}

#[test]
fn a_hull_without_a_table_is_damaged_whatever_its_name() {
    let hulls: Vec<Vec<u8>> = vec![
        container(&["Workbook"]),
        container(&["Book"]),
        Package::default()
            .part("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
            .zip(),
        Package::default().part("xl/workbook.bin", "x").zip(),
    ];
    for bytes in hulls {
        let error = refuse(&bytes, "表.xlsx");
        assert_eq!(error.code(), "damaged", "{error}");
    }
}

#[test]
fn formats_that_cannot_be_read_are_named() {
    for (bytes, title) in [
        (br#"{"schema_version": 1}"#.to_vec(), "JSON"),
        (b"\x09\x04\x06\x00\x00\x00\x10\x00".to_vec(), "xls 表格"),
    ] {
        let error = refuse(&bytes, "表.xlsx");
        assert!(error.to_string().contains(title), "{error}");
        assert!(["unsupported_format", "damaged"].contains(&error.code()), "{error}");
    }
}
