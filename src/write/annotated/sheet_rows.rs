//! The cells of a sheet part without the marks of an earlier run.

use std::collections::BTreeMap;
use std::ops::Range;

use super::attributes::{attributes, with_attribute};
use super::edits::Edits;
use super::fault::Fault;
use super::memory::Stood;
use super::sheet_walk::{Met, number, walk};
use super::tags::slice;
use crate::grid::CellRange;

/// Returns the merged regions of a sheet.
pub fn merges(source: &str) -> Result<Vec<CellRange>, Fault> {
    let mut merges = Vec::new();
    walk(source, |met| {
        if let Met::Merge(range) = met {
            merges.push(range);
        }
    })?;
    Ok(merges)
}

/// Returns whether a row has anything besides these cells: other cells, also in impossible places, or foreign elements.
fn holds_more(source: &str, inner: Range<usize>, cells: &[Range<usize>]) -> bool {
    let mut at = inner.start;
    let ends = cells.iter().map(|cell| cell.start).chain([inner.end]);
    let starts = cells.iter().map(|cell| cell.end);
    let mut pieces = ends.zip(starts.chain([inner.end])).map(|(end, next)| {
        let piece = slice(source, at..end);
        at = next;
        piece
    });
    pieces.any(|piece| !piece.trim().is_empty())
}

/// Returns the sheet without the marks of an earlier run, and the highest format number that it then uses. `marks`
/// gives for each marked format the one before it, and how a cell with it stood.
pub fn without_marks(source: &str, marks: &BTreeMap<u32, (u32, Stood)>) -> Result<(String, u32), Fault> {
    let mut edits = Edits::default();
    let mut highest = 0;
    // Of the row at hand: its tag, whether the row was there before, and the added cells that go.
    let mut row_tag: Range<usize> = 0..0;
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
                    restyle(tag.range.clone(), "s");
                }
            }
            Met::RowEnd(end) => {
                let tag = slice(source, row_tag.clone());
                let stays = row_stood || attributes(tag).iter().any(|it| it.name != "r");
                if leaving.is_empty() || holds_more(source, row_tag.end..end.start, &leaving) {
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
