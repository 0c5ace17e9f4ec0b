//! A blank form's package, filled in cell by cell as a spreadsheet program would: styles stay, values come in.
#![allow(dead_code, clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

use std::collections::BTreeMap;
use std::io::{Cursor, Read, Write as _};

use hebiao::grid::{CellAddress, Sheet};
use hebiao::read::{Limits, read_workbook};
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

const SHEET: &str = "xl/worksheets/sheet1.xml";

#[derive(Clone)]
pub struct Form {
    parts: BTreeMap<String, String>,
    sheet: Sheet,
}

/// A row of the indicator block.
#[derive(Debug, Clone)]
pub struct IndicatorRow {
    pub row: u32,
    pub level1: Option<String>,
    /// Points in brackets behind the 一级指标.
    pub points: Option<i64>,
    /// The 一级指标 begins in this row.
    pub names_level1: bool,
    /// The 二级指标, in its first row.
    pub level2: Option<String>,
}

impl Form {
    pub fn open(path: &str) -> Self {
        let bytes = std::fs::read(path).unwrap();
        let mut archive = ZipArchive::new(Cursor::new(&bytes)).unwrap();
        let mut parts = BTreeMap::new();
        for index in 0..archive.len() {
            let mut file = archive.by_index(index).unwrap();
            let mut content = String::new();
            file.read_to_string(&mut content).unwrap();
            parts.insert(file.name().unwrap().into_owned(), content);
        }
        let workbook = read_workbook(&bytes, None, &Limits::default()).unwrap();
        Self {
            parts,
            sheet: workbook.sheets.into_iter().next().unwrap(),
        }
    }

    pub fn names(&self) -> Vec<String> {
        self.parts.keys().cloned().collect()
    }

    pub fn part(&self, name: &str) -> &str {
        &self.parts[name]
    }

    pub fn sheet_xml(&self) -> &str {
        self.part(SHEET)
    }

    pub fn replace(&mut self, part: &str, from: &str, to: &str) {
        let content = self.parts.get_mut(part).unwrap();
        assert!(content.contains(from), "{from} in {content}");
        *content = content.replacen(from, to, 1);
    }

    /// What stands in a cell of the blank form.
    pub fn value(&self, cell: &str) -> Option<String> {
        let cell = self.sheet.cell(cell.parse().unwrap())?;
        Some(match cell.number() {
            Some(number) => number.normalize().to_string(),
            None => cell.shown().to_owned(),
        })
    }

    fn find(&self, text: &str) -> Option<CellAddress> {
        let mut cells = self.sheet.cells().iter();
        cells.find(|cell| cell.shown() == text).map(|cell| cell.address)
    }

    /// Number of the row with this text.
    pub fn row_of(&self, text: &str) -> Option<u32> {
        self.find(text).map(|cell| cell.row + 1)
    }

    pub fn row_of_any(&self, texts: &[&str]) -> u32 {
        texts.iter().find_map(|text| self.row_of(text)).unwrap()
    }

    /// Letters of the column with this text.
    pub fn column_of(&self, text: &str) -> Option<String> {
        self.find(text).map(|cell| hebiao::grid::column_letters(cell.column))
    }

    /// The cell to the right of a label and its merged region.
    pub fn right_of(&self, label: &str) -> Option<String> {
        let cell = self.find(label)?;
        let merges = self.sheet.merges();
        let region = merges.iter().find(|region| region.first == cell);
        let last = region.map_or(cell.column, |region| region.last.column);
        Some(CellAddress::new(cell.row, last + 1).to_string())
    }

    pub fn indicator_rows(&self) -> Vec<IndicatorRow> {
        let first = self.row_of("三级指标").unwrap() + 1;
        let block = self.find("绩效指标").unwrap();
        let merges = self.sheet.merges();
        let last = merges.iter().find(|region| region.first == block).unwrap().last.row + 1;
        let mut level1 = (None, None);
        (first..=last)
            .map(|row| {
                let own = self.value(&format!("B{row}"));
                let names_level1 = own.is_some();
                if let Some(text) = own {
                    let (name, points) = match text.split_once('（') {
                        Some((name, points)) => (name, points.trim_end_matches("分）").parse().ok()),
                        None => (text.as_str(), None),
                    };
                    level1 = (Some(name.trim().to_owned()), points);
                }
                IndicatorRow {
                    row,
                    level1: level1.0.clone(),
                    points: level1.1,
                    names_level1,
                    level2: self.value(&format!("C{row}")),
                }
            })
            .collect()
    }

    pub fn text(&mut self, cell: &str, text: &str) {
        let text = text.replace('&', "&amp;").replace('<', "&lt;");
        self.put(cell, r#" t="inlineStr""#, &format!("<is><t>{text}</t></is>"));
    }

    pub fn number(&mut self, cell: &str, number: f64) {
        self.put(cell, "", &format!("<v>{number}</v>"));
    }

    fn put(&mut self, cell: &str, kind: &str, inside: &str) {
        let sheet = self.parts.get_mut(SHEET).unwrap();
        let start = sheet
            .find(&format!(r#"<c r="{cell}" "#))
            .unwrap_or_else(|| panic!("{cell} in {sheet}"));
        let head_end = start + sheet[start..].find('>').unwrap();
        let is_empty = sheet[..head_end].ends_with('/');
        let end = if is_empty {
            head_end + 1
        } else {
            start + sheet[start..].find("</c>").unwrap() + 4
        };
        let style = style(&sheet[start..head_end]);
        sheet.replace_range(start..end, &format!(r#"<c r="{cell}" s="{style}"{kind}>{inside}</c>"#));
    }

    /// Whether the cell's style is not locked.
    pub fn is_unlocked(&self, cell: &str) -> bool {
        let sheet = self.sheet_xml();
        let start = sheet
            .find(&format!(r#"<c r="{cell}" "#))
            .unwrap_or_else(|| panic!("{cell}"));
        let index: usize = style(&sheet[start..]).parse().unwrap();
        let styles = self.part("xl/styles.xml");
        let formats = styles
            .split("<cellXfs")
            .nth(1)
            .unwrap()
            .split("</cellXfs>")
            .next()
            .unwrap();
        let format = formats.split("<xf ").nth(index + 1).unwrap();
        format.contains(r#"<protection locked="0"/>"#)
    }

    pub fn zip(&self) -> Vec<u8> {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, content) in &self.parts {
            writer.start_file(name.as_str(), SimpleFileOptions::default()).unwrap();
            writer.write_all(content.as_bytes()).unwrap();
        }
        writer.finish().unwrap().into_inner()
    }
}

fn style(head: &str) -> &str {
    head.split(r#" s=""#).nth(1).unwrap().split('"').next().unwrap()
}
