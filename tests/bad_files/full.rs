//! Files that fill a limit to its brim without being wrong: almost three hundred thousand cells, each with a text of its own.

use super::{BadFile, Expected, bad, ods};
use crate::biff::{self, Book, Version};
use crate::package::Package;
use crate::table_writers::spreadsheetml_book;

const ROWS: u32 = 2_990;
const COLUMNS: u32 = 100;

/// A text that no other cell has.
fn text(row: u32, column: u32) -> String {
    format!("第{row}行第{column}列的绩效指标说明文字")
}

/// A sheet's rows: what stands around each row, and each cell.
fn rows(begin: &str, cell: impl Fn(&str) -> String, end: &str) -> String {
    let mut out = String::new();
    for row in 0..ROWS {
        out.push_str(begin);
        for column in 0..COLUMNS {
            out.push_str(&cell(&text(row, column)));
        }
        out.push_str(end);
    }
    out
}

pub fn files() -> Vec<BadFile> {
    vec![
        bad("满.csv", Expected::Answered, || {
            rows("", |text| format!("{text},"), "\n").into_bytes()
        }),
        bad("满.html", Expected::Answered, || {
            format!("<table>{}</table>", rows("<tr>", |text| format!("<td>{text}"), "")).into_bytes()
        }),
        bad("满.xml", Expected::Answered, || {
            let rows = rows(
                "<Row>",
                |text| format!("<Cell><Data ss:Type=\"String\">{text}</Data></Cell>"),
                "</Row>",
            );
            spreadsheetml_book(
                "",
                &format!("<Worksheet ss:Name=\"a\"><Table>{rows}</Table></Worksheet>"),
            )
            .into_bytes()
        }),
        bad("满.xlsx", Expected::Answered, || {
            Package::with_rows(&rows(
                "<row>",
                |text| format!("<c t=\"inlineStr\"><is><t>{text}</t></is></c>"),
                "</row>",
            ))
            .zip()
        }),
        bad("满.ods", Expected::Answered, || {
            let cell = |text: &str| {
                format!("<table:table-cell office:value-type=\"string\"><text:p>{text}</text:p></table:table-cell>")
            };
            ods::package(&ods::table("a", &rows("<table:table-row>", cell, "</table:table-row>"))).zip()
        }),
        bad("满.xls", Expected::Answered, || {
            let cells = (0..ROWS).flat_map(|row| {
                (0..COLUMNS)
                    .map(move |column| biff::label(Version::Biff8, row as u16, column as u16, 0, &text(row, column)))
            });
            Book::with_records(Version::Biff8, cells.collect()).file()
        }),
    ]
}
