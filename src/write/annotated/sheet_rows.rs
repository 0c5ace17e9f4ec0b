//! The cells of a sheet part: their formats found and changed in place, missing cells put in where they belong.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::edits::Edits;
use super::fault::Fault;
use super::memory::Stood;
use super::tags::{Tag, TagKind, Tags, attribute, prefix_of, qualified_name, slice, with_attribute};
use crate::grid::{CellAddress, CellRange};

/// What the walk over a sheet's rows meets.
enum Met<'a> {
    /// A `col` element.
    Columns(&'a Tag<'a>),
    /// A row begins; with its zero-based number.
    Row(&'a Tag<'a>, u32),
    /// A row ends: where, and whether it held no cell.
    RowEnd(Range<usize>),
    /// A cell, with all that it holds.
    Cell(&'a Tag<'a>, CellAddress, Range<usize>),
    /// The element of the rows: it begins (empty or not).
    Rows(&'a Tag<'a>),
    /// It ends.
    RowsEnd(usize),
    /// A merged region.
    Merge(CellRange),
}

/// Walks over a sheet part. Positions left out in the file count on, as the format has it.
fn walk(source: &str, mut visit: impl FnMut(Met)) -> Result<(), Fault> {
    let mut tags = Tags::new(source);
    let mut parents: [&str; 2] = ["", ""];
    let mut next_row = 0;
    let mut next_column = 0;
    let mut cell: Option<(Tag, CellAddress)> = None;
    while let Some(tag) = tags.next()? {
        let text = slice(source, tag.range.clone());
        if tag.kind == TagKind::Close {
            match (tag.depth, tag.name) {
                (1, "sheetData") => visit(Met::RowsEnd(tag.range.start)),
                (2, "row") if parents == ["sheetData", "row"] => visit(Met::RowEnd(tag.range.clone())),
                (3, "c") => {
                    if let Some((start, address)) = cell.take() {
                        visit(Met::Cell(&start, address, start.range.start..tag.range.end));
                    }
                }
                _ => {}
            }
            continue;
        }
        match tag.depth {
            1 => {
                parents = [tag.name, ""];
                if tag.name == "sheetData" {
                    visit(Met::Rows(&tag));
                }
            }
            2 => {
                parents[1] = tag.name;
                match parents {
                    ["cols", "col"] => visit(Met::Columns(&tag)),
                    ["mergeCells", "mergeCell"] => {
                        if let Some(range) = attribute(text, "ref").and_then(|it| it.trim().parse().ok()) {
                            visit(Met::Merge(range));
                        }
                    }
                    ["sheetData", "row"] => {
                        let row = attribute(text, "r").map_or(Some(next_row), |it| {
                            it.trim().parse::<u32>().ok().and_then(|it| it.checked_sub(1))
                        });
                        // A row in an impossible place is passed over with its cells.
                        next_row = row.unwrap_or(next_row).saturating_add(1);
                        next_column = 0;
                        if row.is_some() {
                            visit(Met::Row(&tag, next_row - 1));
                            if tag.kind == TagKind::Empty {
                                visit(Met::RowEnd(tag.range.end..tag.range.end));
                            }
                        } else {
                            parents = ["sheetData", "?"];
                        }
                    }
                    _ => {}
                }
            }
            3 if parents == ["sheetData", "row"] && tag.name == "c" => {
                let expected = CellAddress::new(next_row.saturating_sub(1), next_column);
                let address = attribute(text, "r").map_or(Some(expected), |it| it.trim().parse().ok());
                cell = None;
                if let Some(address) = address {
                    next_column = address.column.saturating_add(1);
                    if tag.kind == TagKind::Empty {
                        visit(Met::Cell(&tag, address, tag.range.clone()));
                    } else {
                        cell = Some((tag, address));
                    }
                }
            }
            _ => {}
        }
    }
    Ok(())
}

/// The merged regions of a sheet.
pub fn merges(source: &str) -> Result<Vec<CellRange>, Fault> {
    let mut merges = Vec::new();
    walk(source, |met| {
        if let Met::Merge(range) = met {
            merges.push(range);
        }
    })?;
    Ok(merges)
}

/// The sheet without the marks of an earlier run, and the highest format number that it then uses. `marks` gives for
/// each marked format the one before it, and how a cell with it stood.
pub fn without_marks(source: &str, marks: &BTreeMap<u32, (u32, Stood)>) -> Result<(String, u32), Fault> {
    let mut edits = Edits::default();
    let mut highest = 0;
    // Of the row at hand: its tag, whether a cell stays, whether the row was there before, and the added cells that go.
    let mut row_tag: Range<usize> = 0..0;
    let mut row_keeps = false;
    let mut row_stood = false;
    let mut leaving: Vec<Range<usize>> = Vec::new();
    walk(source, |met| {
        let mut restyle = |range: Range<usize>, name: &str| {
            let tag = slice(source, range.clone());
            let style = number(tag, name).unwrap_or(0);
            let (base, stood) = marks.get(&style).copied().unwrap_or((style, Stood::Formatted));
            highest = highest.max(base);
            if base != style {
                let base = Some(base.to_string()).filter(|base| stood == Stood::Formatted || base != "0");
                edits.replace(range, with_attribute(tag, name, base.as_deref()));
            }
        };
        match met {
            Met::Columns(tag) => restyle(tag.range.clone(), "style"),
            Met::Row(tag, _) => {
                row_tag = tag.range.clone();
                row_keeps = false;
                row_stood = false;
                leaving.clear();
            }
            Met::Cell(tag, _, whole) => {
                let mark = number(slice(source, tag.range.clone()), "s").and_then(|style| marks.get(&style));
                let content = slice(source, tag.range.end..whole.end);
                let is_empty = content.is_empty() || content.strip_prefix("</").is_some_and(|it| !it.contains('<'));
                if mark.is_some_and(|(_, stood)| stood.was_added()) && is_empty {
                    row_stood |= mark.is_some_and(|(_, stood)| *stood == Stood::Nowhere);
                    leaving.push(whole);
                } else {
                    row_keeps = true;
                    restyle(tag.range.clone(), "s");
                }
            }
            Met::RowEnd(end) => {
                let tag = slice(source, row_tag.clone());
                let stays = row_stood || super::tags::attributes(tag).iter().any(|it| it.name != "r");
                if leaving.is_empty() || row_keeps {
                    restyle(row_tag.clone(), "s");
                    for range in leaving.drain(..) {
                        edits.remove(range);
                    }
                } else if stays {
                    // Left empty, but not without a height or a format of its own.
                    let style = number(tag, "s").unwrap_or(0);
                    let base = marks.get(&style).map_or(style, |(base, _)| *base);
                    highest = highest.max(base);
                    let tag = match base == style {
                        true => tag.to_owned(),
                        false => with_attribute(tag, "s", Some(&base.to_string())),
                    };
                    let open = tag.trim_end_matches('>').trim_end();
                    edits.replace(row_tag.start..end.end, format!("{open}/>"));
                } else {
                    edits.remove(row_tag.start..end.end);
                }
            }
            Met::Rows(_) | Met::RowsEnd(_) | Met::Merge(_) => {}
        }
    })?;
    let text = edits.apply(source).ok_or(Fault::Broken)?;
    Ok((text, highest))
}

/// A cell that is to get another format.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Site {
    /// The format that it has or would have, were it in the file.
    pub base: u32,
    /// How it stands in the file.
    pub stood: Stood,
    places: Vec<Place>,
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
                let site = sites.entry(address).or_insert(Site {
                    base: 0,
                    stood: Stood::Bare,
                    places: Vec::new(),
                });
                // Readers take the last of cells in the same place.
                site.base = style.unwrap_or(0);
                site.stood = style.map_or(Stood::Bare, |_| Stood::Formatted);
                site.places.push(Place::Cell(tag.range.clone()));
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
            places: vec![place],
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

/// The sheet with these formats on the cells found.
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
        for place in &site.places {
            match place {
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

/// The prefix of a part's outermost element, with its colon.
pub fn root_prefix(source: &str) -> Result<String, Fault> {
    let root = Tags::new(source).next()?.ok_or(Fault::Broken)?;
    Ok(prefix_of(qualified_name(slice(source, root.range))).to_owned())
}

fn number(tag: &str, name: &str) -> Option<u32> {
    attribute(tag, name)?.trim().parse().ok()
}
