//! The cells that are to be marked: found in a sheet part, or the places where they belong, and given their formats.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::attributes::{attribute, with_attribute};
use super::edits::Edits;
use super::fault::Fault;
use super::memory::Stood;
use super::sheet_walk::{Met, number, root_prefix, walk};
use super::tags::{TagKind, qualified_name, slice};
use crate::grid::CellAddress;

/// A cell that is to get another format.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Site {
    /// The format that it has or would have, were it in the file.
    pub base: u32,
    /// How it stands in the file.
    pub stood: Stood,
    place: Place,
}

/// Where the text changes for a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Place {
    /// The start tag of the cell.
    Cell(Range<usize>),
    /// Before this position, inside its row.
    InRow(usize),
    /// Its row is an empty element.
    EmptyRow(Range<usize>),
    /// Before this position, in a row of its own.
    NewRow(usize),
    /// In a row of its own; the element of the rows is empty.
    EmptyRows(Range<usize>),
}

/// Finds cells in a sheet.
pub fn locate(source: &str, wanted: &BTreeSet<CellAddress>) -> Result<BTreeMap<CellAddress, Site>, Fault> {
    let mut sites: BTreeMap<CellAddress, Site> = BTreeMap::new();
    // Where a cell would go, should it not be met further on.
    let mut absent: BTreeMap<CellAddress, (Option<u32>, Place)> = BTreeMap::new();
    let mut columns: BTreeMap<u32, (u32, u32)> = BTreeMap::new();
    let mut unmet_rows: BTreeSet<u32> = wanted.iter().map(|cell| cell.row).collect();
    let mut unplaced_rows = unmet_rows.clone();
    let mut row_at_hand: Option<(Option<u32>, Range<usize>, BTreeSet<CellAddress>)> = None;
    let mut has_rows = false;
    let cells_of = |row: u32| {
        wanted
            .range(CellAddress::new(row, 0)..=CellAddress::new(row, u32::MAX))
            .copied()
    };
    walk(source, |met| match met {
        Met::Columns(tag) => {
            let text = slice(source, tag.range.clone());
            if let (Some(first @ 1..), Some(last @ 1..), Some(style)) =
                (number(text, "min"), number(text, "max"), number(text, "style"))
            {
                columns.insert(first - 1, (last - 1, style));
            }
        }
        Met::Row(tag, row) => {
            while let Some(smaller) = unplaced_rows.first().copied().filter(|it| *it < row) {
                unplaced_rows.remove(&smaller);
                absent.extend(cells_of(smaller).map(|cell| (cell, (None, Place::NewRow(tag.range.start)))));
            }
            unplaced_rows.remove(&row);
            let text = slice(source, tag.range.clone());
            let is_formatted = attribute(text, "customFormat").is_some_and(|it| matches!(it.trim(), "1" | "true"));
            let style = number(text, "s").filter(|_| is_formatted);
            let pending = if unmet_rows.remove(&row) {
                cells_of(row).collect()
            } else {
                BTreeSet::new()
            };
            row_at_hand = Some((style, tag.range.clone(), pending));
        }
        Met::Cell(tag, address, _) => {
            if let Some((style, _, pending)) = &mut row_at_hand {
                while let Some(cell) = pending.first().copied().filter(|it| *it <= address) {
                    pending.remove(&cell);
                    absent.insert(cell, (*style, Place::InRow(tag.range.start)));
                }
            }
            if wanted.contains(&address) {
                let style = number(slice(source, tag.range.clone()), "s");
                // Readers take the last of cells in the same place; the others stay as they are.
                let site = Site {
                    base: style.unwrap_or(0),
                    stood: style.map_or(Stood::Bare, |_| Stood::Formatted),
                    place: Place::Cell(tag.range.clone()),
                };
                sites.insert(address, site);
            }
        }
        Met::RowEnd(end) => {
            let Some((style, tag, pending)) = row_at_hand.take() else {
                return;
            };
            for cell in pending {
                let place = if end.is_empty() {
                    Place::EmptyRow(tag.clone())
                } else {
                    Place::InRow(end.start)
                };
                absent.insert(cell, (style, place));
            }
        }
        Met::Rows(tag) => {
            has_rows = true;
            if tag.kind == TagKind::Empty {
                for row in std::mem::take(&mut unplaced_rows) {
                    absent.extend(cells_of(row).map(|cell| (cell, (None, Place::EmptyRows(tag.range.clone())))));
                }
            }
        }
        Met::RowsEnd(at) => {
            for row in std::mem::take(&mut unplaced_rows) {
                absent.extend(cells_of(row).map(|cell| (cell, (None, Place::NewRow(at)))));
            }
        }
        Met::Merge(_) => {}
    })?;
    if !has_rows {
        return Err(Fault::Broken);
    }
    for (cell, (row_style, place)) in absent {
        let stood = match place {
            Place::NewRow(_) | Place::EmptyRows(_) => Stood::Rowless,
            _ => Stood::Nowhere,
        };
        sites.entry(cell).or_insert_with(|| Site {
            base: row_style.unwrap_or_else(|| column_style(&columns, cell.column)),
            stood,
            place,
        });
    }
    Ok(sites)
}

fn column_style(columns: &BTreeMap<u32, (u32, u32)>, column: u32) -> u32 {
    match columns.range(..=column).next_back() {
        Some((_, (last, style))) if *last >= column => *style,
        _ => 0,
    }
}

/// Returns the sheet with these formats on the cells found.
pub fn with_formats(
    source: &str,
    sites: &BTreeMap<CellAddress, Site>,
    formats: &BTreeMap<CellAddress, u32>,
) -> Result<String, Fault> {
    let prefix = root_prefix(source)?;
    let mut edits = Edits::default();
    // Cells that go into one new or empty row are written together.
    let mut gathered: BTreeMap<(usize, usize), (bool, BTreeMap<u32, String>)> = BTreeMap::new();
    for (address, format) in formats {
        let Some(site) = sites.get(address) else { continue };
        let cell = format!("<{prefix}c r=\"{address}\" s=\"{format}\"/>");
        match &site.place {
            Place::Cell(range) => {
                let tag = slice(source, range.clone());
                edits.replace(range.clone(), with_attribute(tag, "s", Some(&format.to_string())));
            }
            Place::InRow(at) => edits.insert(*at, cell.clone()),
            Place::EmptyRow(range) => {
                let entry = gathered.entry((range.start, range.end));
                let (_, rows) = entry.or_insert((false, BTreeMap::new()));
                rows.entry(address.row).or_default().push_str(&cell);
            }
            Place::NewRow(at) => {
                let (_, rows) = gathered.entry((*at, *at)).or_insert((true, BTreeMap::new()));
                rows.entry(address.row).or_default().push_str(&cell);
            }
            Place::EmptyRows(range) => {
                let entry = gathered.entry((range.start, range.end));
                let (_, rows) = entry.or_insert((true, BTreeMap::new()));
                rows.entry(address.row).or_default().push_str(&cell);
            }
        }
    }
    for ((start, end), (are_new, rows)) in gathered {
        let content: String = rows
            .iter()
            .map(|(row, cells)| match are_new {
                true => format!("<{prefix}row r=\"{}\">{cells}</{prefix}row>", row + 1),
                false => cells.clone(),
            })
            .collect();
        if start == end {
            edits.insert(start, content);
            continue;
        }
        let tag = slice(source, start..end);
        let open = tag.trim_end_matches("/>").trim_end();
        edits.replace(start..end, format!("{open}>{content}</{}>", qualified_name(tag)));
    }
    edits.apply(source).ok_or(Fault::Broken)
}
