//! The reader of HTML tables, as web systems, Excel and WPS save them (often under the name .xls), and of web archives.
//!
//! As Excel does, all tables of a page stand one below the other on one sheet. A table inside a cell takes that cell's
//! place when nothing stands beside it, else it is a sheet of its own.

mod archive;
mod attributes;
mod grid;
mod page;
mod style;
mod text;
mod token;

pub(super) use style::named_code;

use encoding_rs::Encoding;

use super::kit::budget::Budget;
use super::kit::encoding::{damage_note, decode};
use super::kit::losses::Losses;
use super::{Limits, ReadError};
use crate::grid::{FileFormat, Sheet, Workbook};

/// What is said of a page without a table.
const NO_TABLE: &str = "这个网页里没有表格";

/// Reads one page.
pub(super) fn read(bytes: &[u8], limits: &Limits) -> Result<Workbook, ReadError> {
    let mut budget = Budget::new(limits);
    let mut losses = Losses::default();
    let page = read_page(bytes, &mut budget, &mut losses)?;
    let has_sheet = !page.sheets.is_empty();
    let text = page.text.into_blocks(&[has_sheet.then_some(0)]);
    if !has_sheet && text.is_empty() {
        return Err(if page.is_frameset {
            ReadError::unsupported_format(
                "这个网页只是框架，工作表在旁边的同名文件夹里",
                "请用 Excel 或 WPS 打开后另存为 .xlsx 再试",
            )
        } else {
            ReadError::not_a_spreadsheet(NO_TABLE)
        });
    }
    Ok(Workbook {
        format: FileFormat::Html,
        sheets: named(page.sheets, &page.names),
        losses: losses.into_list(),
        text,
    })
}

/// Reads a web archive (one file that holds several pages).
pub(super) fn read_archive(bytes: &[u8], limits: &Limits) -> Result<Workbook, ReadError> {
    let mut budget = Budget::new(limits);
    let mut losses = Losses::default();
    let pages = archive::pages(bytes, limits)?;
    let mut sheets = Vec::new();
    let mut names: Vec<page::SheetName> = Vec::new();
    let mut text = Vec::new();
    for page in &pages {
        let read = read_page(&page.bytes, &mut budget, &mut losses)?;
        text.extend(
            read.text
                .into_blocks(&[(!read.sheets.is_empty()).then_some(sheets.len())]),
        );
        names.extend(read.names);
        let from = sheets.len();
        sheets.extend(read.sheets);
        // A page's first sheet is the one that the archive's main page names by the page's location.
        if let Some((_, location)) = sheets.get_mut(from) {
            location.clone_from(&page.location);
        }
    }
    if sheets.is_empty() && text.is_empty() {
        return Err(ReadError::not_a_spreadsheet(NO_TABLE));
    }
    Ok(Workbook {
        format: FileFormat::Html,
        sheets: named(sheets, &names),
        losses: losses.into_list(),
        text,
    })
}

fn read_page(bytes: &[u8], budget: &mut Budget, losses: &mut Losses) -> Result<page::Page, ReadError> {
    let Some(decoded) = decode(bytes, declared_encoding(bytes)) else {
        return Err(ReadError::damaged("网页的文字编码认不出来"));
    };
    if decoded.damaged > 0 {
        losses.add(None, || damage_note(decoded.damaged));
    }
    page::read(&decoded.text, budget)
}

/// Gives each sheet its name: the one the page states, else its number.
fn named(sheets: Vec<(super::kit::sheet_builder::SheetBuilder, String)>, names: &[page::SheetName]) -> Vec<Sheet> {
    let by_location = |location: &str| {
        let file = location.rsplit(['/', '\\']).next().unwrap_or_default();
        names
            .iter()
            .find(|name| !file.is_empty() && name.source.ends_with(file))
            .map(|name| name.name.clone())
    };
    let only = match (sheets.as_slice(), names) {
        ([_], [name]) => Some(name.name.clone()),
        _ => None,
    };
    sheets
        .into_iter()
        .enumerate()
        .map(|(index, (draft, location))| {
            let name = by_location(&location)
                .or_else(|| only.clone())
                .unwrap_or_else(|| format!("表{}", index + 1));
            draft.into_sheet(name)
        })
        .collect()
}

/// Returns the encoding that a page names in a `<meta>` or an XML declaration, by its label.
fn declared_encoding(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes.get(..bytes.len().min(4096))?;
    let text = String::from_utf8_lossy(head).to_lowercase();
    let mut rest = text.as_str();
    while let Some((_, after)) = rest.split_once(['c', 'e']) {
        rest = after;
        let Some(value) = rest.strip_prefix("harset").or_else(|| rest.strip_prefix("ncoding")) else {
            continue;
        };
        let value = value.trim_start().strip_prefix('=').map(str::trim_start);
        let label: String = value
            .unwrap_or_default()
            .trim_start_matches(['"', '\''])
            .chars()
            .take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))
            .collect();
        if let Some(encoding) = Encoding::for_label(label.as_bytes()) {
            return Some(encoding);
        }
    }
    None
}
