//! What formulas refer to by number: workbooks, their sheets, and names.

use super::strings::{FontTable, Segments};
use crate::read::formula_tokens::sheet_prefix;

/// More bytes than the names of two sheets have.
const LONGEST_NAME: usize = 1_000;

/// A workbook that formulas refer to.
#[derive(Default)]
pub(super) struct Book {
    pub is_this_one: bool,
    /// How many workbooks outside there are up to this one.
    pub number: usize,
    pub sheets: Vec<String>,
    pub names: Vec<String>,
}

/// `表1`, `表1:表3`, or `[2]表1` for the second workbook outside.
pub(super) fn prefix(books: &[Book], own: &[String], book: u16, first: i16, last: i16) -> Option<String> {
    let index = usize::from(book);
    let book = books.get(index)?;
    let sheets = if book.is_this_one { own } else { &book.sheets };
    let first_name = sheets.get(usize::try_from(first).ok()?)?;
    let name = if first == last {
        first_name.clone()
    } else {
        format!("{first_name}:{}", sheets.get(usize::try_from(last).ok()?)?)
    };
    // One name serves many references; a hostile file must not multiply it.
    if name.len() > LONGEST_NAME {
        return None;
    }
    if book.is_this_one {
        return Some(sheet_prefix(&name).replace("':'", ":"));
    }
    let number = book.number;
    let is_plain = sheet_prefix(&name) == name;
    Some(if is_plain {
        format!("[{number}]{name}")
    } else {
        format!("'[{number}]{}'", name.replace('\'', "''"))
    })
}

/// Functions younger than the format are marked; nobody types that.
pub(super) fn without_byte_order_mark(name: String) -> String {
    match name.strip_prefix("_xlfn.") {
        Some(function) => function.to_owned(),
        None => name,
    }
}

pub(super) fn book(segments: &mut Segments) -> Option<Book> {
    let count = segments.u16()?;
    let length = segments.u16()?;
    match length {
        0x0401 => Some(Book {
            is_this_one: true,
            ..Book::default()
        }),
        // Add-in functions: no sheets.
        0x3A01 => Some(Book::default()),
        _ => {
            let is_wide = segments.u8()? & 1 != 0;
            segments.characters(usize::from(length), is_wide)?;
            let mut book = Book::default();
            for _ in 0..count {
                match segments.rich_text(&FontTable::default()) {
                    Some((name, _)) => book.sheets.push(name),
                    None => break,
                }
            }
            Some(book)
        }
    }
}

/// Returns names that Excel keeps as a number.
pub(super) const fn builtin_name(code: char) -> &'static str {
    match code {
        '\u{0}' => "Consolidate_Area",
        '\u{1}' => "Auto_Open",
        '\u{2}' => "Auto_Close",
        '\u{3}' => "Extract",
        '\u{4}' => "Database",
        '\u{5}' => "Criteria",
        '\u{6}' => "Print_Area",
        '\u{7}' => "Print_Titles",
        '\u{8}' => "Recorder",
        '\u{9}' => "Data_Form",
        '\u{a}' => "Auto_Activate",
        '\u{b}' => "Auto_Deactivate",
        '\u{c}' => "Sheet_Title",
        '\u{d}' => "_FilterDatabase",
        _ => "#NAME?",
    }
}
