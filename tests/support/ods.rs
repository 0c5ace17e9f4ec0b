//! Hand-made ods files: the XML written out, or a sheet with all its facts.
#![allow(
    dead_code,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    missing_docs
)]

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Write as _};

use hebiao::grid::{Cell, CellAddress, CellRange, CellValue, Sheet, Visibility};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

const NAMES: &str = r#"xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:number="urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0" office:version="1.3""#;
const KIND: &str = "application/vnd.oasis.opendocument.spreadsheet";

/// Whether numbers are written with the text that is seen, as programs do, or with their format alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shown {
    InTheFile,
    ByFormat,
}

/// A document's content: automatic styles, and the tables with what stands around them.
#[derive(Debug, Clone, Default)]
pub struct Document {
    pub styles: String,
    pub body: String,
}

impl Document {
    /// One table, `表1`, of these rows.
    pub fn with_rows(rows: &str) -> Self {
        Self::default().table("表1", rows)
    }

    pub fn styles(mut self, styles: &str) -> Self {
        self.styles.push_str(styles);
        self
    }

    pub fn table(mut self, name: &str, rows: &str) -> Self {
        self.body
            .push_str(&format!(r#"<table:table table:name="{name}">{rows}</table:table>"#));
        self
    }

    /// Sheets with all their facts, written cell by cell; formulas have their results alone.
    pub fn from_sheets(sheets: &[Sheet], shown: Shown) -> Self {
        let mut document = Self::default();
        let mut formats = BTreeMap::new();
        document.styles.push_str(
            r#"<style:style style:name="hidden" style:family="table"><style:table-properties table:display="false"/></style:style>"#,
        );
        for sheet in sheets {
            let hidden = match sheet.visibility {
                Visibility::Visible => "",
                _ => r#" table:style-name="hidden""#,
            };
            let rows = table_of(sheet, shown, &mut formats);
            document.body.push_str(&format!(
                r#"<table:table table:name="{}"{hidden}>{rows}</table:table>"#,
                escape(&sheet.name)
            ));
        }
        for (code, index) in formats {
            document.styles.push_str(&number_style(&format!("n{index}"), &code));
            document
                .styles
                .push_str(&cell_style(&format!("c{index}"), &format!("n{index}")));
        }
        document
    }

    /// The content part.
    pub fn content(&self) -> String {
        let Self { styles, body } = self;
        format!(
            r#"<?xml version="1.0" encoding="UTF-8"?><office:document-content {NAMES}><office:automatic-styles>{styles}</office:automatic-styles><office:body><office:spreadsheet>{body}</office:spreadsheet></office:body></office:document-content>"#
        )
    }

    /// The file.
    pub fn file(&self) -> Vec<u8> {
        package(&self.content())
    }

    /// The same as one XML file.
    pub fn flat(&self) -> Vec<u8> {
        let content = self.content().replace("document-content", "document");
        content
            .replace(
                "<office:document ",
                &format!(r#"<office:document office:mimetype="{KIND}" "#),
            )
            .into_bytes()
    }
}

/// A package with this content part.
pub fn package(content: &str) -> Vec<u8> {
    let manifest = format!(
        r#"<?xml version="1.0"?><manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><manifest:file-entry manifest:full-path="/" manifest:media-type="{KIND}"/><manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>"#
    );
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, part) in [
        ("mimetype", KIND),
        ("META-INF/manifest.xml", &manifest),
        ("content.xml", content),
    ] {
        writer.start_file(name, SimpleFileOptions::default()).unwrap();
        writer.write_all(part.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// A row of cells.
pub fn row(cells: &str) -> String {
    format!("<table:table-row>{cells}</table:table-row>")
}

/// A cell with these attributes, that shows a text.
pub fn cell(attributes: &str, shown: &str) -> String {
    format!(
        "<table:table-cell {attributes}>{}</table:table-cell>",
        paragraphs(shown)
    )
}

pub fn text(text: &str) -> String {
    cell(r#"office:value-type="string""#, text)
}

pub fn number(value: &str) -> String {
    cell(&format!(r#"office:value-type="float" office:value="{value}""#), value)
}

pub fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

/// One a line, with blanks that are not to be joined written as such.
pub fn paragraphs(text: &str) -> String {
    let lines = text
        .split('\n')
        .map(|line| format!("<text:p>{}</text:p>", escape(line).replace(' ', "<text:s/>")));
    lines.collect()
}

pub fn cell_style(name: &str, number_style: &str) -> String {
    format!(r#"<style:style style:name="{name}" style:family="table-cell" style:data-style-name="{number_style}"/>"#)
}

/// A number style for a code of literals around one run of digits, or of parts of a date.
pub fn number_style(name: &str, code: &str) -> String {
    let mut inside = String::new();
    let mut rest = code;
    while let Some(first) = rest.chars().next() {
        let run = |set: &str| rest.find(|c| !set.contains(c)).unwrap_or(rest.len());
        let (element, length) = match first {
            '"' => {
                let end = rest[1..].find('"').unwrap();
                (literal(&rest[1..=end]), end + 2)
            }
            '#' | '0' | '.' | ',' => {
                let length = run("#0.,");
                (digits(&rest[..length]), length)
            }
            'y' | 'm' | 'd' => {
                let length = run(&first.to_string());
                let part = match first {
                    'y' => "year",
                    'm' => "month",
                    _ => "day",
                };
                let long = if length == if first == 'y' { 4 } else { 2 } {
                    "long"
                } else {
                    "short"
                };
                (format!(r#"<number:{part} number:style="{long}"/>"#), length)
            }
            '@' => ("<number:text-content/>".to_owned(), 1),
            other => (literal(&other.to_string()), other.len_utf8()),
        };
        inside.push_str(&element);
        rest = &rest[length..];
    }
    let kind = match code {
        code if code.contains('%') => "percentage-style",
        code if code.contains('y') || code.contains('d') => "date-style",
        code if code.contains('@') => "text-style",
        _ => "number-style",
    };
    format!(r#"<number:{kind} style:name="{name}">{inside}</number:{kind}>"#)
}

fn literal(text: &str) -> String {
    format!("<number:text>{}</number:text>", escape(text))
}

fn digits(code: &str) -> String {
    let (whole, places) = code.split_once('.').unwrap_or((code, ""));
    let least = whole.matches('0').count();
    let grouping = whole.contains(',');
    format!(
        r#"<number:number number:min-integer-digits="{least}" number:decimal-places="{0}" number:min-decimal-places="{1}" number:grouping="{grouping}"/>"#,
        places.len(),
        places.matches('0').count()
    )
}

fn table_of(sheet: &Sheet, shown: Shown, formats: &mut BTreeMap<String, usize>) -> String {
    let filled = sheet.cells().iter().map(|cell| cell.address);
    let corners = filled
        .chain(sheet.merges().iter().map(|range| range.last))
        .chain(sheet.notes.iter().map(|(cell, _)| *cell));
    let (mut rows, mut columns) = corners.fold((1, 1), |(rows, columns), cell| {
        (rows.max(cell.row + 1), columns.max(cell.column + 1))
    });
    rows = sheet.hidden_rows.last().map_or(rows, |(_, last)| rows.max(last + 1));
    columns = sheet
        .hidden_columns
        .last()
        .map_or(columns, |(_, last)| columns.max(last + 1));
    let collapse = |is_hidden| {
        if is_hidden {
            r#" table:visibility="collapse""#
        } else {
            ""
        }
    };
    let starts: BTreeMap<CellAddress, CellRange> = sheet.merges().iter().map(|range| (range.first, *range)).collect();
    let mut covered = BTreeSet::new();
    for range in sheet.merges() {
        for row in range.first.row..=range.last.row {
            covered.extend((range.first.column..=range.last.column).map(|column| CellAddress::new(row, column)));
        }
        covered.remove(&range.first);
    }
    let notes: BTreeMap<CellAddress, &String> = sheet.notes.iter().map(|(cell, note)| (*cell, note)).collect();
    let mut out = String::new();
    for column in 0..columns {
        out.push_str(&format!(
            "<table:table-column{}/>",
            collapse(sheet.is_column_hidden(column))
        ));
    }
    for row in 0..rows {
        out.push_str(&format!("<table:table-row{}>", collapse(sheet.is_row_hidden(row))));
        for column in 0..columns {
            let address = CellAddress::new(row, column);
            let element = if covered.contains(&address) {
                "covered-table-cell"
            } else {
                "table-cell"
            };
            let mut attributes = String::new();
            if let Some(range) = starts.get(&address) {
                attributes.push_str(&format!(
                    r#" table:number-columns-spanned="{}" table:number-rows-spanned="{}""#,
                    range.width(),
                    range.height()
                ));
            }
            let mut inside = String::new();
            if let Some(note) = notes.get(&address) {
                inside.push_str(&format!(
                    "<office:annotation><dc:creator>某</dc:creator><dc:date>2024-01-01T00:00:00</dc:date>{}</office:annotation>",
                    paragraphs(note)
                ));
            }
            if let Some(cell) = sheet.cell(address) {
                attributes.push_str(&value_attributes(cell, formats));
                let seen = matches!(cell.value, CellValue::Text(_) | CellValue::Error(_)) || shown == Shown::InTheFile;
                if seen {
                    inside.push_str(&paragraphs(cell.shown()));
                }
            }
            out.push_str(&format!("<table:{element}{attributes}>{inside}</table:{element}>"));
        }
        out.push_str("</table:table-row>");
    }
    out
}

fn value_attributes(cell: &Cell, formats: &mut BTreeMap<String, usize>) -> String {
    let code = cell.number_format.as_deref().unwrap_or_default();
    let kind = if code.contains('%') { "percentage" } else { "float" };
    let mut attributes = match &cell.value {
        CellValue::Number(value) => format!(r#" office:value-type="{kind}" office:value="{value}""#),
        CellValue::Text(text) if text == cell.shown() => r#" office:value-type="string""#.to_owned(),
        CellValue::Text(text) => {
            format!(r#" office:value-type="string" office:string-value="{}""#, escape(text))
        }
        CellValue::Boolean(value) => format!(r#" office:value-type="boolean" office:boolean-value="{value}""#),
        CellValue::Error(_) => {
            r#" office:value-type="string" office:string-value="" calcext:value-type="error""#.to_owned()
        }
        CellValue::Blank => String::new(),
    };
    if !code.is_empty() {
        let next = formats.len() + 1;
        let index = formats.entry(code.to_owned()).or_insert(next);
        attributes.push_str(&format!(r#" table:style-name="c{index}""#));
    }
    attributes
}
