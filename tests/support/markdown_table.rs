//! A pipe table as a one-sheet workbook; several, each after a line `工作表：名称`, as one of several sheets.
//!
//! The first row names the columns (`A`, `B` …), the first column the rows; both are for the reader. In a cell:
//! `<<` is merged with the cell to its left, `^^` with the cell above; `95%` and `9.5` are numbers with their format;
//! `'10` is a number kept as text; `#REF!` and its kin are error values; `{=SUM(A1:A2)}` is a formula without a
//! stored result, and `{=SUM(A1:A2)} 30` one whose stored result is 30; `{22.46} 22` is 22.46 shown as 22. A line `隐藏：第 8 行、D 列` before the table hides rows and columns.

use std::sync::Arc;

use hebiao::grid::{Cell, CellAddress, CellRange, CellValue, FileFormat, Sheet, Workbook};
use rust_decimal::Decimal;

/// Reads the pipe tables of a text. Panics on a malformed table: it is a mistake in the test.
pub fn workbook(text: &str) -> Workbook {
    let mut sheets = Vec::new();
    for (at, part) in format!("\n{text}").split("\n工作表：").enumerate() {
        let (name, table) = match at {
            0 => ("Sheet1", part),
            _ => part.split_once('\n').unwrap_or((part, "")),
        };
        if table.lines().any(|line| line.trim_start().starts_with('|')) {
            sheets.push(sheet(name.trim(), table));
        }
    }
    Workbook {
        format: FileFormat::Xlsx,
        sheets,
        losses: Vec::new(),
        text: Vec::new(),
    }
}

fn sheet(name: &str, text: &str) -> Sheet {
    let lines: Vec<&str> = text.lines().filter(|line| line.trim_start().starts_with('|')).collect();
    let rows: Vec<Vec<String>> = lines.iter().skip(2).map(|line| fields(line)).collect();
    let mut cells = Vec::new();
    for (row, fields) in rows.iter().enumerate() {
        assert_eq!(
            fields[0],
            (row + 1).to_string(),
            "the rows of a table are numbered from 1"
        );
        for (column, text) in fields.iter().skip(1).enumerate() {
            let address = CellAddress::new(row as u32, column as u32);
            if !text.is_empty() && text != "<<" && text != "^^" {
                cells.push(cell(address, text));
            }
        }
    }
    let mut sheet = Sheet::new(name, cells, merges(&rows));
    assert!(sheet.losses.is_empty(), "merged regions overlap: {:?}", sheet.losses);
    hide(&mut sheet, text);
    sheet
}

fn fields(line: &str) -> Vec<String> {
    let inner = line.trim().trim_start_matches('|').trim_end_matches('|');
    inner.split('|').map(|field| field.trim().to_owned()).collect()
}

fn cell(address: CellAddress, text: &str) -> Cell {
    let mut cell = Cell {
        address,
        value: CellValue::Text(text.to_owned()),
        shown_otherwise: None,
        shown_unsure: false,
        formula: None,
        number_format: None,
    };
    if let Some(formula) = text.strip_prefix("{=").and_then(|rest| rest.strip_suffix('}')) {
        cell.value = CellValue::Blank;
        cell.formula = Some(formula.to_owned());
    } else if let Some((formula, stored)) = text.strip_prefix("{=").and_then(|rest| rest.split_once("} ")) {
        let number: Decimal = stored.parse().expect("{=formula} number");
        cell.value = CellValue::Number(number.normalize());
        cell.shown_otherwise = Some(stored.to_owned());
        cell.formula = Some(formula.to_owned());
    } else if let Some((stored, shown)) = text.strip_prefix('{').and_then(|rest| rest.split_once("} ")) {
        let number: Decimal = stored.parse().expect("{number} shown");
        cell.value = CellValue::Number(number.normalize());
        cell.shown_otherwise = Some(shown.to_owned());
    } else if let Some(number) = text.strip_prefix('\'') {
        cell.value = CellValue::Text(number.to_owned());
    } else if text.starts_with('#') && text.is_ascii() {
        cell.value = CellValue::Error(text.to_owned());
    } else if let Some(number) = text.strip_suffix('%').and_then(|number| number.parse::<Decimal>().ok()) {
        let decimals = number.scale() as usize;
        let code = if decimals == 0 {
            "0%".to_owned()
        } else {
            format!("0.{}%", "0".repeat(decimals))
        };
        cell.value = CellValue::Number((number / Decimal::ONE_HUNDRED).normalize());
        cell.shown_otherwise = Some(text.to_owned());
        cell.number_format = Some(Arc::from(code));
    } else if let Ok(number) = text.parse::<Decimal>() {
        cell.value = CellValue::Number(number.normalize());
        cell.shown_otherwise = Some(text.to_owned());
    }
    cell
}

/// Each cell that is neither `<<` nor `^^` owns the marks that lead back to it.
fn merges(rows: &[Vec<String>]) -> Vec<CellRange> {
    let at = |row: usize, column: usize| {
        rows.get(row)
            .and_then(|fields| fields.get(column + 1))
            .map(String::as_str)
    };
    let mut merges = Vec::new();
    for (row, fields) in rows.iter().enumerate() {
        for column in 0..fields.len() - 1 {
            if matches!(at(row, column), Some("<<" | "^^")) {
                continue;
            }
            let last_column = (column..).find(|next| at(row, next + 1) != Some("<<")).unwrap();
            let last_row = (row..).find(|next| at(next + 1, column) != Some("^^")).unwrap();
            merges.push(CellRange::new(
                CellAddress::new(row as u32, column as u32),
                CellAddress::new(last_row as u32, last_column as u32),
            ));
        }
    }
    merges
}

fn hide(sheet: &mut Sheet, text: &str) {
    let Some(line) = text.lines().find_map(|line| line.strip_prefix("隐藏：")) else {
        return;
    };
    for part in line.split('、') {
        let part = part.trim();
        if let Some(row) = part.strip_prefix('第').and_then(|rest| rest.strip_suffix('行')) {
            let row: u32 = row.trim().parse().expect("隐藏：第 n 行");
            sheet.hidden_rows.push((row - 1, row - 1));
        } else if let Some(column) = part.strip_suffix('列') {
            let cell: CellAddress = format!("{}1", column.trim()).parse().expect("隐藏：X 列");
            sheet.hidden_columns.push((cell.column, cell.column));
        } else {
            panic!("隐藏：{part} is neither a row nor a column");
        }
    }
}
