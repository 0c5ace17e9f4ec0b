//! Tables that stand side by side: a sheet taken apart into the panels that hold one column of tables each.
//!
//! It knows headers and columns only; what a table means is read later, panel by panel. A sheet whose tables all
//! stand one under another is left whole.

use super::header::{HeaderExtent, header_extents};
use super::recognise::table_start;
use super::view::SheetView;
use super::vocabulary::{RowWord, Vocabulary};
use crate::grid::{Cell, CellRange, Sheet};

/// Returns the panels of a sheet, from top to bottom, then from left to right; `None` when no tables stand side by
/// side.
///
/// Every cell of the sheet is in exactly one panel, at its own address. What reaches over several panels (a title
/// over two tables) goes to the panel in which it begins.
pub(super) fn panels(view: &SheetView<'_>, vocabulary: &Vocabulary) -> Option<Vec<Sheet>> {
    let zones = zones(&header_extents(view, vocabulary));
    if zones.iter().all(|zone| zone.bands.len() < 2) {
        return None;
    }
    let mut starts = vec![0];
    for pair in zones.windows(2) {
        if let [above, below] = pair {
            starts.push(table_start(view, above.last_header + 1, below.first_header, vocabulary));
        }
    }
    let mut cuts = Vec::with_capacity(zones.len());
    for (position, zone) in zones.iter().enumerate() {
        let first = starts.get(position).copied().unwrap_or_default();
        let end = starts.get(position + 1).copied().unwrap_or(view.rows.len());
        cuts.push(zone.cuts(view, first..end));
    }
    let first_rows: Vec<u32> = starts
        .iter()
        .enumerate()
        .map(|(position, start)| match position {
            0 => 0,
            _ => view.rows.get(*start).map_or(u32::MAX, |row| row.row),
        })
        .collect();
    Some(share(view.sheet, &first_rows, &cuts))
}

/// Rows in which the tables keep to the same columns.
struct Zone {
    /// Columns of the lowest header so far in each band, and of all its headers.
    bands: Vec<Band>,
    /// View row of the uppermost header.
    first_header: usize,
    /// View row of the lowest header.
    last_header: usize,
}

struct Band {
    lowest: HeaderExtent,
    /// View row of the header above the lowest.
    above: usize,
    first: u32,
    last: u32,
}

impl Band {
    fn new(header: HeaderExtent) -> Self {
        Self {
            first: header.first,
            last: header.last,
            above: header.index,
            lowest: header,
        }
    }
}

impl Zone {
    fn new(header: HeaderExtent) -> Self {
        Self {
            first_header: header.index,
            last_header: header.index,
            bands: vec![Band::new(header)],
        }
    }

    /// Takes a header into its band or a new one; gives it back when the bands do not fit it.
    fn take(&mut self, header: HeaderExtent) -> Result<(), HeaderExtent> {
        let mut over = self
            .bands
            .iter_mut()
            .filter(|band| band.first <= header.last && header.first <= band.last);
        let band = over.next();
        if over.next().is_some() {
            return Err(header);
        }
        match band {
            None => self.bands.push(Band::new(header)),
            Some(band) if band.lowest.first <= header.last && header.first <= band.lowest.last => {
                band.first = band.first.min(header.first);
                band.last = band.last.max(header.last);
                band.above = band.lowest.index;
                band.lowest = header;
            }
            Some(_) => return Err(header),
        }
        self.last_header = self.last_header.max(header.index);
        Ok(())
    }

    /// Returns the first column of each band but the leftmost.
    fn cuts(&self, view: &SheetView<'_>, rows: std::ops::Range<usize>) -> Vec<u32> {
        let mut bands: Vec<(u32, u32)> = self.bands.iter().map(|band| (band.first, band.last)).collect();
        bands.sort_unstable();
        bands
            .windows(2)
            .filter_map(|pair| match pair {
                [left, right] => Some(cut(view, rows.clone(), left.1, right.0)),
                _ => None,
            })
            .collect()
    }
}

/// Headers in reading order, gathered into zones.
fn zones(headers: &[HeaderExtent]) -> Vec<Zone> {
    let mut zones: Vec<Zone> = Vec::new();
    for header in headers {
        let Some(zone) = zones.last_mut() else {
            zones.push(Zone::new(*header));
            continue;
        };
        let alone = zone.bands.len() == 1;
        let before = zone.bands.first().map(|band| (band.lowest, band.above));
        if zone.take(*header).is_ok() {
            continue;
        }
        // Two tables under a wide one: the left of them was taken for the wide one's successor.
        match before.filter(|(left, above)| alone && left.index == header.index && *above < left.index) {
            Some((left, above)) => {
                zone.last_header = above;
                let mut below = Zone::new(left);
                if below.take(*header).is_ok() {
                    zones.push(below);
                }
            }
            None => zones.push(Zone::new(*header)),
        }
    }
    zones
}

/// Returns where the right table begins between the last header column of the left one and its own first: at a place
/// that few cells reach over, behind an empty column if there is one, else at the heading of its margin.
fn cut(view: &SheetView<'_>, rows: std::ops::Range<usize>, left_last: u32, right_first: u32) -> u32 {
    let mut begins = Vec::new();
    let mut ends = Vec::new();
    let mut margin = None;
    let mut candidates = vec![left_last + 1, right_first];
    for slot in view.rows.get(rows).unwrap_or_default().iter().flat_map(|row| row.own()) {
        let (first, last) = (slot.range.first.column, slot.range.last.column);
        if last <= left_last || first > right_first {
            continue;
        }
        begins.push(first);
        ends.push(last);
        if first > left_last {
            candidates.push(first);
            if first < right_first && view.is(slot, RowWord::Block) {
                margin = Some(margin.map_or(first, |known: u32| known.min(first)));
            }
        }
    }
    begins.sort_unstable();
    ends.sort_unstable();
    candidates.sort_unstable();
    candidates.dedup();
    // Cells that reach over the edge before column `at`, and those that stand in the column before it.
    let crossing = |at: u32| begins.partition_point(|first| *first < at) - ends.partition_point(|last| *last < at);
    let before = |at: u32| begins.partition_point(|first| *first < at) - ends.partition_point(|last| *last + 1 < at);
    candidates
        .into_iter()
        .min_by_key(|at| {
            let behind_gap = *at > left_last + 1 && before(*at) == crossing(*at);
            let at_margin = margin.unwrap_or(right_first) == *at;
            (crossing(*at), !behind_gap, !at_margin, std::cmp::Reverse(*at))
        })
        .unwrap_or(right_first)
}

/// Gives every cell and merged region to its panel.
fn share(sheet: &Sheet, first_rows: &[u32], cuts: &[Vec<u32>]) -> Vec<Sheet> {
    let mut parts: Vec<Vec<(Vec<Cell>, Vec<CellRange>)>> = cuts
        .iter()
        .map(|cuts| vec![(Vec::new(), Vec::new()); cuts.len() + 1])
        .collect();
    let place = |row: u32, column: u32| {
        let zone = first_rows.partition_point(|first| *first <= row).saturating_sub(1);
        let band = cuts
            .get(zone)
            .map_or(0, |cuts| cuts.partition_point(|first| *first <= column));
        (zone, band)
    };
    for cell in sheet.cells() {
        let (zone, band) = place(cell.address.row, cell.address.column);
        if let Some(part) = parts.get_mut(zone).and_then(|zone| zone.get_mut(band)) {
            part.0.push(cell.clone());
        }
    }
    for merge in sheet.merges() {
        let (zone, band) = place(merge.first.row, merge.first.column);
        if let Some(part) = parts.get_mut(zone).and_then(|zone| zone.get_mut(band)) {
            part.1.push(*merge);
        }
    }
    parts
        .into_iter()
        .flatten()
        .map(|(cells, merges)| {
            let mut panel = Sheet::new(sheet.name.clone(), cells, merges);
            panel.visibility = sheet.visibility;
            panel.hidden_rows.clone_from(&sheet.hidden_rows);
            panel.hidden_columns.clone_from(&sheet.hidden_columns);
            panel
        })
        .filter(|panel| !panel.cells().is_empty())
        .collect()
}
