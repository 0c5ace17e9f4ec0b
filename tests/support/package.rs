//! Hand-made xlsx packages: every part written out, so that a test can make any of them odd.
#![allow(dead_code, clippy::unwrap_used, clippy::expect_used, missing_docs)]

use std::collections::BTreeMap;
use std::io::{Cursor, Write as _};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

pub const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
pub const RELATIONSHIPS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE_RELATIONSHIPS: &str = "http://schemas.openxmlformats.org/package/2006/relationships";

/// Parts by name; zipped in name order.
#[derive(Debug, Clone, Default)]
pub struct Package {
    pub parts: BTreeMap<String, Vec<u8>>,
}

impl Package {
    /// A workbook of one visible sheet, `Sheet1`, with the given content between `<worksheet>` and its end.
    pub fn with_sheet(content: &str) -> Self {
        let mut package = Self::default()
            .part(
                "[Content_Types].xml",
                &content_types("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"),
            )
            .part(
                "_rels/.rels",
                &relationships(&[("rId1", "officeDocument", "xl/workbook.xml")]),
            );
        package = package.workbook("", &[("Sheet1", "", "rId1")]);
        package
            .part(
                "xl/_rels/workbook.xml.rels",
                &relationships(&[
                    ("rId1", "worksheet", "worksheets/sheet1.xml"),
                    ("rId8", "styles", "styles.xml"),
                    ("rId9", "sharedStrings", "sharedStrings.xml"),
                ]),
            )
            .part("xl/worksheets/sheet1.xml", &worksheet(content))
    }

    /// The same, with rows as its only content.
    pub fn with_rows(rows: &str) -> Self {
        Self::with_sheet(&format!("<sheetData>{rows}</sheetData>"))
    }

    /// Replaces or adds a part.
    pub fn part(mut self, name: &str, content: &str) -> Self {
        self.parts.insert(name.to_owned(), content.as_bytes().to_vec());
        self
    }

    pub fn bytes_part(mut self, name: &str, content: &[u8]) -> Self {
        self.parts.insert(name.to_owned(), content.to_vec());
        self
    }

    pub fn without(mut self, name: &str) -> Self {
        self.parts.remove(name);
        self
    }

    /// The workbook part: what stands before the sheets, and (name, further attributes, relationship) a sheet.
    pub fn workbook(self, head: &str, sheets: &[(&str, &str, &str)]) -> Self {
        let sheets: String = sheets
            .iter()
            .enumerate()
            .map(|(index, (name, more, id))| {
                format!(r#"<sheet name="{name}" sheetId="{}" {more} r:id="{id}"/>"#, index + 1)
            })
            .collect();
        self.part(
            "xl/workbook.xml",
            &format!(r#"<?xml version="1.0"?><workbook xmlns="{MAIN}" xmlns:r="{RELATIONSHIPS}">{head}<sheets>{sheets}</sheets></workbook>"#),
        )
    }

    /// The table of shared texts, each given as the inside of its `<si>`.
    pub fn shared_strings(self, items: &[&str]) -> Self {
        let items: String = items.iter().map(|item| format!("<si>{item}</si>")).collect();
        self.part(
            "xl/sharedStrings.xml",
            &format!(r#"<?xml version="1.0"?><sst xmlns="{MAIN}">{items}</sst>"#),
        )
    }

    /// Cell styles 1, 2, 3 … with these format codes; style 0 is General.
    pub fn number_formats(self, codes: &[&str]) -> Self {
        let formats: String = codes
            .iter()
            .enumerate()
            .map(|(index, code)| format!(r#"<numFmt numFmtId="{}" formatCode="{}"/>"#, 164 + index, escape(code)))
            .collect();
        let styles: String = (0..codes.len())
            .map(|index| format!(r#"<xf numFmtId="{}"/>"#, 164 + index))
            .collect();
        self.part(
            "xl/styles.xml",
            &format!(
                r#"<?xml version="1.0"?><styleSheet xmlns="{MAIN}"><numFmts>{formats}</numFmts><cellStyleXfs><xf numFmtId="9"/></cellStyleXfs><cellXfs><xf numFmtId="0"/>{styles}</cellXfs></styleSheet>"#
            ),
        )
    }

    /// The file.
    pub fn zip(&self) -> Vec<u8> {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, content) in &self.parts {
            writer.start_file(name.as_str(), SimpleFileOptions::default()).unwrap();
            writer.write_all(content).unwrap();
        }
        writer.finish().unwrap().into_inner()
    }
}

pub fn content_types(main: &str) -> String {
    format!(
        r#"<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/xl/workbook.xml" ContentType="{main}"/></Types>"#
    )
}

/// A list of relationships: id, last segment of the type, target.
pub fn relationships(list: &[(&str, &str, &str)]) -> String {
    let list: String = list
        .iter()
        .map(|(id, kind, target)| {
            format!(r#"<Relationship Id="{id}" Type="{RELATIONSHIPS}/{kind}" Target="{target}"/>"#)
        })
        .collect();
    format!(r#"<?xml version="1.0"?><Relationships xmlns="{PACKAGE_RELATIONSHIPS}">{list}</Relationships>"#)
}

pub fn worksheet(content: &str) -> String {
    format!(r#"<?xml version="1.0"?><worksheet xmlns="{MAIN}" xmlns:r="{RELATIONSHIPS}">{content}</worksheet>"#)
}

pub fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}
