//! Workbooks of many makers to be annotated, and eyes for what became of them.
#![allow(dead_code, clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read as _, Write as _};

use hebiao::grid::{CellAddress, Workbook};
use hebiao::read::{Limits, read_workbook};
use hebiao::report::{FileReport, FileStatus};
use hebiao::standard::Standard;
use hebiao::{check_bytes, write::annotated_copy};
use quick_xml::events::{BytesStart, Event};
use quick_xml::reader::Reader;

/// Workbooks by their maker and what is odd about them.
pub fn books() -> Vec<(&'static str, Vec<u8>)> {
    let files = [
        "openpyxl.xlsx",
        "libreoffice.xlsx",
        "xlsxwriter.xlsx",
        "macro.xlsm",
        "conversation.xlsx",
        "strict.xlsx",
        "prefixed.xlsx",
    ];
    let mut books: Vec<(&str, Vec<u8>)> = files.iter().map(|name| (*name, fixture(name))).collect();
    for sample in ["部门评价表-信丰.xlsx", "项目支出绩效自评表-示例.xlsx"] {
        books.push((sample, std::fs::read(format!("samples/{sample}")).unwrap()));
    }
    books.push(("rust_xlsxwriter.xlsx", made_with_rust_xlsxwriter()));
    books
}

pub fn fixture(name: &str) -> Vec<u8> {
    std::fs::read(format!("tests/data/annotated/{name}")).unwrap()
}

/// The sample's cells written by this project's own library, with a note, a validation and a fill.
fn made_with_rust_xlsxwriter() -> Vec<u8> {
    use hebiao::grid::CellValue;
    use rust_xlsxwriter::{
        Color, ConditionalFormat2ColorScale, DataValidation, Format, Note, Table, Workbook as Written,
    };
    let bytes = std::fs::read("samples/部门评价表-信丰.xlsx").unwrap();
    let source = read_workbook(&bytes, None, &Limits::default()).unwrap();
    let sheet = &source.sheets[0];
    let mut book = Written::new();
    let yellow = Format::new().set_background_color(Color::Yellow);
    let plain = Format::new().set_text_wrap();
    let written = book.add_worksheet().set_name("评价").unwrap();
    for merge in sheet.merges() {
        let (first, last) = (merge.first, merge.last);
        written
            .merge_range(first.row, first.column as u16, last.row, last.column as u16, "", &plain)
            .unwrap();
    }
    for cell in sheet.cells() {
        let (row, column) = (cell.address.row, cell.address.column as u16);
        let format = if cell.address == "G30".parse().unwrap() {
            &yellow
        } else {
            &plain
        };
        match &cell.value {
            CellValue::Number(number) => {
                let number: f64 = number.to_string().parse().unwrap();
                let format = format.clone().set_num_format("General");
                written.write_number_with_format(row, column, number, &format).unwrap();
            }
            _ => {
                written
                    .write_string_with_format(row, column, cell.shown(), format)
                    .unwrap();
            }
        }
    }
    written
        .insert_note(29, 6, &Note::new("总分待核").set_author("会计"))
        .unwrap();
    let tiers = DataValidation::new().allow_list_strings(&["优", "良"]).unwrap();
    written.add_data_validation(9, 7, 28, 7, &tiers).unwrap();
    written
        .add_conditional_format(9, 5, 28, 5, &ConditionalFormat2ColorScale::new())
        .unwrap();
    written.protect_with_password("1");
    let other = book.add_worksheet();
    other.write_row(0, 0, ["名称", "数"]).unwrap();
    other.add_table(0, 0, 3, 1, &Table::new()).unwrap();
    book.save_to_buffer().unwrap()
}

pub fn check(file: &str, bytes: &[u8]) -> FileReport {
    check_bytes(file, bytes, Standard::ministry()).report
}

pub fn read(bytes: &[u8]) -> Workbook {
    read_workbook(bytes, None, &Limits::default()).unwrap()
}

pub fn annotate(file: &str, bytes: &[u8]) -> Vec<u8> {
    annotated_copy(bytes, &check(file, bytes)).unwrap_or_else(|error| panic!("{file}: {error:?}"))
}

/// The report of the same file, were nothing found.
pub fn without_findings(mut report: FileReport) -> FileReport {
    for table in &mut report.tables {
        table.discrepancies.clear();
    }
    report.status = FileStatus::Clean;
    report
}

/// One entry of a package: its name, the bytes as stored, the bytes unpacked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    pub name: String,
    pub stored: Vec<u8>,
    pub content: Vec<u8>,
    pub modified: Option<String>,
}

pub fn entries(bytes: &[u8]) -> Vec<Entry> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    (0..archive.len())
        .map(|index| {
            let mut stored = Vec::new();
            archive.by_index_raw(index).unwrap().read_to_end(&mut stored).unwrap();
            let mut file = archive.by_index(index).unwrap();
            let name = String::from_utf8_lossy(file.name_raw()).into_owned();
            let modified = file.last_modified().map(|time| time.to_string());
            let mut content = Vec::new();
            file.read_to_end(&mut content).unwrap();
            Entry {
                name,
                stored,
                content,
                modified,
            }
        })
        .collect()
}

pub fn contents(bytes: &[u8]) -> BTreeMap<String, String> {
    let text = |content: &[u8]| String::from_utf8_lossy(content).into_owned();
    entries(bytes)
        .into_iter()
        .map(|entry| (entry.name, text(&entry.content)))
        .collect()
}

pub fn zip(parts: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        writer
            .start_file(name.as_str(), zip::write::SimpleFileOptions::default())
            .unwrap();
        writer.write_all(content).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// The parts that differ between two packages, by name.
pub fn differing(one: &[u8], other: &[u8]) -> BTreeSet<String> {
    let (one, other) = (contents(one), contents(other));
    one.keys()
        .chain(other.keys())
        .filter(|name| one.get(*name) != other.get(*name))
        .cloned()
        .collect()
}

/// Colours of the fills of a sheet's cells, `-` for none, by cell; only cells of their own element.
pub fn fills(bytes: &[u8], sheet_part: &str) -> BTreeMap<CellAddress, String> {
    let parts = contents(bytes);
    let styles = parts
        .iter()
        .find(|(name, _)| name.starts_with("xl/styles"))
        .map(|(_, text)| text.as_str());
    let styles = styles.unwrap_or("<styleSheet/>");
    let mut fills: Vec<String> = Vec::new();
    let mut formats: Vec<usize> = Vec::new();
    let mut path: Vec<String> = Vec::new();
    each_start(styles, &mut path, |path, start| {
        let parent = path.len().checked_sub(2).map_or("", |index| path[index].as_str());
        if path.iter().any(|name| name == "dxfs") {
            return;
        }
        match (parent, path.last().map_or("", String::as_str)) {
            ("fills", "fill") => fills.push("-".to_owned()),
            ("fill", "patternFill") => {
                *fills.last_mut().unwrap() = value(start, "patternType").unwrap_or_else(|| "none".to_owned());
            }
            ("patternFill", "fgColor") => {
                let color = ["rgb", "theme", "indexed"].iter().find_map(|name| value(start, name));
                let fill = fills.last_mut();
                if let Some(fill) = fill {
                    *fill = format!("{fill} {}", color.unwrap_or_default());
                }
            }
            ("cellXfs", "xf") => formats.push(value(start, "fillId").map_or(0, |id| id.parse().unwrap())),
            _ => {}
        }
    });
    let mut result = BTreeMap::new();
    path.clear();
    each_start(&parts[sheet_part], &mut path, |path, start| {
        if path.last().is_some_and(|name| name == "c") {
            let cell: CellAddress = value(start, "r").unwrap().parse().unwrap();
            let style: usize = value(start, "s").map_or(0, |style| style.parse().unwrap());
            let fill = formats.get(style).and_then(|fill| fills.get(*fill)).cloned();
            result.insert(cell, fill.unwrap_or_else(|| "none".to_owned()));
        }
    });
    result
}

fn each_start(text: &str, path: &mut Vec<String>, mut visit: impl FnMut(&[String], &BytesStart)) {
    let mut reader = Reader::from_str(text);
    reader.config_mut().expand_empty_elements = true;
    loop {
        match reader.read_event().unwrap() {
            Event::Start(start) => {
                path.push(start.local_name().as_ref().to_owned());
                visit(path, &start);
            }
            Event::End(_) => {
                path.pop();
            }
            Event::Eof => return,
            _ => {}
        }
    }
}

fn value(start: &BytesStart, name: &str) -> Option<String> {
    let attribute = start.attributes().flatten().find(|it| it.key.0 == name)?;
    Some(attribute.value.into_owned())
}

/// Whether a fill is one of our marks.
pub fn is_mark(fill: &str) -> bool {
    let Some(rgb) = fill.strip_prefix("solid FF") else {
        return false;
    };
    let value = u32::from_str_radix(rgb, 16).unwrap_or(0) & 0x00F8_F8F8;
    [0x00F8_A8B0, 0x00F8_D070, 0x00C8_D8E8].contains(&value)
}
