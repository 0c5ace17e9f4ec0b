//! Makes `tests/number_format/libreoffice.tsv`: what LibreOffice shows for many formats and values.
//!
//! ```text
//! cargo run --example number_format_table -- workbook formats.xlsx
//! soffice --headless --convert-to "csv:Text - txt - csv (StarCalc):9,34,76,1,,0,false,true,true" formats.xlsx
//! cargo run --example number_format_table -- table formats.csv > tests/number_format/libreoffice.tsv
//! ```
//!
//! The last `true` of the filter's options asks for cells as shown. Column widths are set so that nothing is cut.
#![allow(clippy::print_stdout)]

use std::error::Error;
use std::fs;

use rust_xlsxwriter::{Format, Workbook};

const VALUES: [f64; 17] = [
    0.0,
    1.0,
    -1.0,
    5.0,
    12.0,
    208.0,
    0.95,
    0.955,
    -0.123,
    1.005,
    0.5,
    1234.5,
    -1234567.891,
    45_351.354_166_666_7,
    45_657.999_99,
    12_345_678_901.0,
    0.0004,
];

const TEXT: &str = "基本符合";

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["workbook", path] => write_workbook(path),
        ["table", path] => print_table(path),
        _ => Err("workbook FILE.xlsx | table FILE.csv".into()),
    }
}

fn formats() -> impl Iterator<Item = &'static str> {
    include_str!("../tests/number_format/formats.txt")
        .lines()
        .filter(|line| !line.is_empty())
}

fn write_workbook(path: &str) -> Result<(), Box<dyn Error>> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    for (row, code) in (0..).zip(formats()) {
        let format = Format::new().set_num_format(code);
        for (column, value) in (0..).zip(VALUES) {
            sheet.write_number_with_format(row, column, value, &format)?;
            sheet.set_column_width(column, 60)?;
        }
        sheet.write_string_with_format(row, VALUES.len().try_into()?, TEXT, &format)?;
    }
    workbook.save(path)?;
    Ok(())
}

fn print_table(path: &str) -> Result<(), Box<dyn Error>> {
    let values: Vec<String> = VALUES.iter().map(f64::to_string).collect();
    println!("format\t{}\t{TEXT}", values.join("\t"));
    let shown = fs::read_to_string(path)?;
    for (code, line) in formats().zip(shown.lines()) {
        let cells: Vec<String> = line.split('\t').map(unquoted).collect();
        println!("{code}\t{}", cells.join("\t"));
    }
    Ok(())
}

fn unquoted(cell: &str) -> String {
    match cell.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) {
        Some(inner) => inner.replace("\"\"", "\""),
        None => cell.to_owned(),
    }
}
