//! One sheet written as csv, HTML, XML table of 2003 and Word document: what a unit's program would have saved.
#![allow(
    dead_code,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    missing_docs
)]

use std::collections::BTreeMap;
use std::io::{Cursor, Write as _};

use hebiao::grid::{CellAddress, CellRange, CellValue, Sheet};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// The rectangle from A1 to the last filled or merged cell.
fn extent(sheet: &Sheet) -> (u32, u32) {
    let cells = sheet.cells().iter().map(|cell| cell.address);
    let corners = cells.chain(sheet.merges().iter().map(|range| range.last));
    corners.fold((0, 0), |(rows, columns), cell| {
        (rows.max(cell.row + 1), columns.max(cell.column + 1))
    })
}

fn shown(sheet: &Sheet, address: CellAddress) -> String {
    sheet
        .cell(address)
        .map(|cell| cell.shown().to_owned())
        .unwrap_or_default()
}

/// Merged regions by their corner, and the cells under them.
fn regions(sheet: &Sheet) -> (BTreeMap<CellAddress, CellRange>, BTreeMap<CellAddress, CellRange>) {
    let mut corners = BTreeMap::new();
    let mut covered = BTreeMap::new();
    for range in sheet.merges() {
        corners.insert(range.first, *range);
        for row in range.first.row..=range.last.row {
            for column in range.first.column..=range.last.column {
                let cell = CellAddress::new(row, column);
                if cell != range.first {
                    covered.insert(cell, *range);
                }
            }
        }
    }
    (corners, covered)
}

pub fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

/// Shown texts; a merged region's stands in its corner alone.
pub fn csv(sheet: &Sheet, separator: char) -> String {
    let (rows, columns) = extent(sheet);
    let mut out = String::new();
    for row in 0..rows {
        let fields: Vec<String> = (0..columns)
            .map(|column| {
                let text = shown(sheet, CellAddress::new(row, column));
                if text.contains([separator, '"', '\n']) {
                    format!("\"{}\"", text.replace('"', "\"\""))
                } else {
                    text
                }
            })
            .collect();
        out.push_str(&fields.join(&separator.to_string()));
        out.push_str("\r\n");
    }
    out
}

/// A page as Excel writes it; `rows` alone is the table's inside.
pub fn html_rows(sheet: &Sheet) -> String {
    let (rows, columns) = extent(sheet);
    let (corners, covered) = regions(sheet);
    let mut out = String::new();
    for row in 0..rows {
        out.push_str("<tr>\n");
        for column in 0..columns {
            let address = CellAddress::new(row, column);
            if covered.contains_key(&address) {
                continue;
            }
            let mut attributes = String::new();
            if let Some(range) = corners.get(&address) {
                attributes.push_str(&format!(" colspan={} rowspan='{}'", range.width(), range.height()));
            }
            let text = shown(sheet, address);
            if let Some(number) = sheet.cell(address).and_then(|cell| cell.number()) {
                let written = if number.to_string() == text {
                    String::new()
                } else {
                    format!("=\"{number}\"")
                };
                attributes.push_str(&format!(" x:num{written}"));
            }
            let text = escape(&text).replace('\n', "<br>\n  ").replace("  ", "&nbsp; ");
            out.push_str(&format!("  <td{attributes}>{text}</td>\n"));
        }
        out.push_str("</tr>\n");
    }
    out
}

pub fn html(sheet: &Sheet, charset: &str) -> String {
    format!(
        "<html xmlns:x=\"urn:schemas-microsoft-com:office:excel\"><head><meta http-equiv=Content-Type content=\"text/html; charset={charset}\">\
         <style>.xl65 {{mso-number-format:\"0%\";}}</style></head><body><table border=1>\n{}</table></body></html>",
        html_rows(sheet)
    )
}

/// An XML table of 2003, with positions only where a cell was left out.
pub fn spreadsheetml(sheet: &Sheet) -> String {
    let (rows, columns) = extent(sheet);
    let (corners, covered) = regions(sheet);
    let mut styles: Vec<String> = Vec::new();
    let mut body = String::new();
    for row in 0..rows {
        body.push_str(&format!("<Row ss:Index=\"{}\">", row + 1));
        let mut expected = 0;
        for column in 0..columns {
            let address = CellAddress::new(row, column);
            let cell = sheet.cell(address);
            let region = corners.get(&address);
            if covered.contains_key(&address) || (cell.is_none() && region.is_none()) {
                continue;
            }
            let mut attributes = String::new();
            if column != expected {
                attributes.push_str(&format!(" ss:Index=\"{}\"", column + 1));
            }
            expected = column + 1;
            if let Some(range) = region {
                attributes.push_str(&format!(
                    " ss:MergeAcross=\"{}\" ss:MergeDown=\"{}\"",
                    range.width() - 1,
                    range.height() - 1
                ));
                expected = range.last.column + 1;
            }
            if let Some(code) = cell.and_then(|cell| cell.number_format.as_deref()) {
                let index = styles.iter().position(|known| known == code).unwrap_or_else(|| {
                    styles.push(code.to_owned());
                    styles.len() - 1
                });
                attributes.push_str(&format!(" ss:StyleID=\"s{index}\""));
            }
            let data = match cell.map(|cell| &cell.value) {
                Some(CellValue::Number(number)) => format!("<Data ss:Type=\"Number\">{number}</Data>"),
                Some(CellValue::Text(text)) => {
                    format!(
                        "<Data ss:Type=\"String\">{}</Data>",
                        escape(text).replace('\n', "&#10;")
                    )
                }
                Some(CellValue::Boolean(value)) => format!("<Data ss:Type=\"Boolean\">{}</Data>", u8::from(*value)),
                Some(CellValue::Error(code)) => format!("<Data ss:Type=\"Error\">{code}</Data>"),
                Some(CellValue::Blank) | None => String::new(),
            };
            body.push_str(&format!("<Cell{attributes}>{data}</Cell>"));
        }
        body.push_str("</Row>");
    }
    let styles: String = styles
        .iter()
        .enumerate()
        .map(|(index, code)| {
            format!(
                "<Style ss:ID=\"s{index}\"><NumberFormat ss:Format=\"{}\"/></Style>",
                escape(code)
            )
        })
        .collect();
    spreadsheetml_book(
        &styles,
        &format!("<Worksheet ss:Name=\"评价表\"><Table>{body}</Table></Worksheet>"),
    )
}

pub fn spreadsheetml_book(styles: &str, worksheets: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<?mso-application progid=\"Excel.Sheet\"?>\n<Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\" \
         xmlns:ss=\"urn:schemas-microsoft-com:office:spreadsheet\" xmlns:x=\"urn:schemas-microsoft-com:office:excel\"><Styles>{styles}</Styles>{worksheets}</Workbook>"
    )
}

/// Paragraphs of a text, one a line.
fn paragraphs(text: &str) -> String {
    text.split('\n')
        .map(|line| {
            format!(
                "<w:p><w:r><w:t xml:space=\"preserve\">{}</w:t></w:r></w:p>",
                escape(line)
            )
        })
        .collect()
}

/// The table of a Word document, with gridSpan and vMerge.
pub fn docx_table(sheet: &Sheet) -> String {
    let (rows, columns) = extent(sheet);
    let (corners, covered) = regions(sheet);
    let mut out = String::from("<w:tbl><w:tblPr/>");
    for row in 0..rows {
        out.push_str("<w:tr>");
        let mut column = 0;
        while column < columns {
            let address = CellAddress::new(row, column);
            let region = corners.get(&address).or_else(|| covered.get(&address));
            let mut properties = String::new();
            let width = region.map_or(1, CellRange::width);
            if width > 1 {
                properties.push_str(&format!("<w:gridSpan w:val=\"{width}\"/>"));
            }
            if region.is_some_and(|range| range.height() > 1) {
                let restart = if corners.contains_key(&address) {
                    " w:val=\"restart\""
                } else {
                    ""
                };
                properties.push_str(&format!("<w:vMerge{restart}/>"));
            }
            let text = if covered.contains_key(&address) {
                String::new()
            } else {
                shown(sheet, address)
            };
            out.push_str(&format!(
                "<w:tc><w:tcPr>{properties}</w:tcPr>{}</w:tc>",
                paragraphs(&text)
            ));
            column += width;
        }
        out.push_str("</w:tr>");
    }
    out.push_str("</w:tbl>");
    out
}

/// A document with this body.
pub fn docx(body: &str) -> Vec<u8> {
    let document = format!(
        "<?xml version=\"1.0\"?><w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body>{body}</w:body></w:document>"
    );
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    writer
        .start_file("word/document.xml", SimpleFileOptions::default())
        .unwrap();
    writer.write_all(document.as_bytes()).unwrap();
    writer.finish().unwrap().into_inner()
}
