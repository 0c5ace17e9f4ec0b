//! A table without a fault in every format that is read: what the bad files are made from.

use std::collections::BTreeMap;
use std::io::{Cursor, Read as _};
use std::path::Path;

use encoding_rs::GB18030;
use hebiao::grid::Sheet;
use hebiao::read::{Limits, read_workbook};
use hebiao::standard::Standard;

use super::binary_book;
use crate::biff::{Book, Version};
use crate::package::Package;
use crate::table_writers as write;

/// The sample without a finding, as the program would be given it.
pub fn xlsx() -> Vec<u8> {
    std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join(crate::common::CLEAN)).unwrap()
}

/// Its parts.
pub fn package() -> Package {
    parts(&xlsx())
}

/// The parts of a package.
pub fn parts(bytes: &[u8]) -> Package {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut parts = BTreeMap::new();
    for index in 0..archive.len() {
        let mut part = archive.by_index(index).unwrap();
        let mut content = Vec::new();
        part.read_to_end(&mut content).unwrap();
        let name = part.name().unwrap().into_owned();
        parts.insert(name, content);
    }
    Package { parts }
}

/// Its sheet.
pub fn sheet() -> Sheet {
    read_workbook(&xlsx(), None, &Limits::default())
        .unwrap()
        .sheets
        .remove(0)
}

pub fn book() -> Book {
    Book::from_sheets(&[sheet()], Version::Biff8)
}

pub fn xls() -> Vec<u8> {
    book().file()
}

pub fn xlsb() -> Vec<u8> {
    binary_book::BinaryBook::from_sheet(&sheet()).package().zip()
}

/// The inside of an ods sheet.
pub fn ods_rows() -> String {
    super::ods::rows(&sheet())
}

pub fn ods() -> Vec<u8> {
    super::ods::package(&super::ods::table("自评表", &ods_rows())).zip()
}

pub fn csv() -> Vec<u8> {
    write::csv(&sheet(), ',').into_bytes()
}

pub fn csv_gbk() -> Vec<u8> {
    GB18030.encode(&write::csv(&sheet(), ',')).0.into_owned()
}

pub fn html() -> Vec<u8> {
    write::html(&sheet(), "utf-8").into_bytes()
}

pub fn spreadsheetml() -> Vec<u8> {
    write::spreadsheetml(&sheet()).into_bytes()
}

pub fn mhtml() -> Vec<u8> {
    let head =
        b"MIME-Version: 1.0\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n";
    [head.to_vec(), html()].concat()
}

pub fn docx() -> Vec<u8> {
    write::docx(&write::docx_table(&sheet()))
}

pub fn json() -> Vec<u8> {
    let report = hebiao::check_bytes("表.xlsx", &xlsx(), Standard::ministry()).report;
    serde_json::to_vec(&hebiao::report::Report::new(vec![report])).unwrap()
}

pub type Build = fn() -> Vec<u8>;

/// Every format with its extension.
pub const FORMATS: [(&str, Build); 10] = [
    ("xlsx", xlsx),
    ("xls", xls),
    ("xlsb", xlsb),
    ("ods", ods),
    ("csv", csv),
    ("html", html),
    ("mht", mhtml),
    ("xml", spreadsheetml),
    ("docx", docx),
    ("json", json),
];
