//! A walk over a sheet part that meets its columns, rows, cells and merged regions, each with its place in the text.

use std::ops::Range;

use super::attributes::attribute;
use super::fault::Fault;
use super::tags::{Tag, TagKind, Tags, prefix_of, qualified_name, slice};
use crate::grid::{CellAddress, CellRange};

/// What the walk over a sheet's rows meets.
pub enum Met<'a> {
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
pub fn walk(source: &str, mut visit: impl FnMut(Met)) -> Result<(), Fault> {
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

/// Returns the prefix of a part's outermost element, with its colon.
pub fn root_prefix(source: &str) -> Result<String, Fault> {
    let root = Tags::new(source).next()?.ok_or(Fault::Broken)?;
    Ok(prefix_of(qualified_name(slice(source, root.range))).to_owned())
}

/// Returns the number in an attribute.
pub fn number(tag: &str, name: &str) -> Option<u32> {
    attribute(tag, name)?.trim().parse().ok()
}
