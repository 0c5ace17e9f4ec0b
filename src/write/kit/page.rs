//! A sheet on paper: how much a page holds, how small its letters get, and which rows and columns begin a page.

use std::ops::{Range, RangeInclusive};

use super::sheet_setup::SheetSetup;
use super::styles::{HEADER_HEIGHT, MARGINS};

/// A4 landscape in inches.
const PAPER: (f64, f64) = (11.69, 8.27);
const PIXELS_AN_INCH: f64 = 96.0;
const POINTS_AN_INCH: f64 = 72.0;
/// Pixels of a width unit, and those that a column has beside its width.
const UNIT_PIXELS: f64 = 7.0;
const COLUMN_PIXELS: f64 = 5.0;
/// Pixels of columns that one page is given. Some programs lack the workbook's font and draw columns by a wider one, up
/// to a fifth more; a body of 10 points stays above 8 with them too.
pub const PAGE_PIXELS: f64 = 1_068.0;
/// Percent at which a list over several pages is printed.
pub const SEVERAL_PAGES_SCALE: u16 = 80;
/// Rows of the longest list that is printed with its workbook. Of a longer one, which would take a hundred pages and
/// more, the first rows are: who wants it on paper, whole or filtered, is told how.
pub const MOST_PRINTED_ROWS: usize = 200;
/// Rows of such a list that are printed, at most.
pub const FIRST_PRINTED_ROWS: u32 = 10;
/// How all of it is printed, in Excel and in WPS.
const WAY_TO_PRINT: &str = "点“页面布局”里的“打印区域”，再点“取消打印区域”";
/// How much of a page's height is planned: programs differ in what they draw.
const PLANNED_HEIGHT: f64 = 0.96;

/// Returns the pixels that columns of these widths (Excel's units) take.
pub fn pixels(widths: &[f64]) -> f64 {
    widths
        .iter()
        .map(|width| (width * UNIT_PIXELS + COLUMN_PIXELS).round())
        .sum()
}

/// Returns the scale, 1 at most, at which columns of these widths are printed on one page across.
fn printed_scale(widths: &[f64]) -> f64 {
    let (left, right, ..) = MARGINS;
    let room = (PAPER.0 - left - right) * PIXELS_AN_INCH;
    let taken = pixels(widths);
    if taken > room { room / taken } else { 1.0 }
}

/// Returns the scale at which a sheet of these printed columns, set by [`set_columns`], is printed.
pub fn scale_of(setup: &SheetSetup, widths: &[f64]) -> f64 {
    if setup.column_breaks.is_empty() {
        printed_scale(widths)
    } else {
        f64::from(SEVERAL_PAGES_SCALE) / 100.0
    }
}

/// Returns the columns that begin a further page, if columns of these widths need more than one; the first `keys` stand
/// on each page, and no page begins within `whole` columns that fit one.
pub fn column_breaks(widths: &[f64], keys: usize, whole: &[Range<usize>]) -> Vec<u32> {
    if pixels(widths) <= PAGE_PIXELS {
        return Vec::new();
    }
    let taken_by = |columns: Range<usize>| pixels(widths.get(columns).unwrap_or_default());
    let keys = keys.min(widths.len());
    let keyed = taken_by(0..keys);
    let mut breaks = Vec::new();
    let mut first = keys;
    let mut column = keys;
    while column < widths.len() {
        let is_full = keyed + taken_by(first..column + 1) > PAGE_PIXELS;
        if is_full && column > first {
            let group = whole.iter().find(|group| group.start < column && column < group.end);
            // A group that is too wide for a page is cut where the page is full.
            let start = group.map(|group| group.start).filter(|start| *start > first);
            first = start.unwrap_or(column);
            breaks.push(first as u32);
            continue;
        }
        column += 1;
    }
    breaks
}

/// Sets a sheet to several pages across where its printed columns need them, each with the first `keys` columns.
pub fn set_columns(setup: &mut SheetSetup, widths: &[f64], keys: usize) {
    set_grouped_columns(setup, widths, keys, &[]);
}

/// As [`set_columns`]; columns that belong together stand on one page where they fit one.
pub fn set_grouped_columns(setup: &mut SheetSetup, widths: &[f64], keys: usize, whole: &[Range<usize>]) {
    let breaks = column_breaks(widths, keys, whole);
    if breaks.is_empty() {
        return;
    }
    setup.column_breaks = breaks;
    setup.repeated_columns = u16::try_from(keys)
        .ok()
        .and_then(|keys| keys.checked_sub(1))
        .map(|last| (0, last));
}

/// Leaves the first rows of a long list in its print area, behind the rows that are repeated; the paper says so. Of rows
/// whose heights are known no more are left than one page holds, with the rows above them.
pub fn print_first_rows(setup: &mut SheetSetup, rows: usize, heights: &[f64]) {
    let (Some(mut area), Some((_, header)), true) = (setup.print_area, setup.repeated_rows, rows > MOST_PRINTED_ROWS)
    else {
        return;
    };
    let widths = (area.first.column..=area.last.column).filter_map(|column| u16::try_from(column).ok());
    let widths: Vec<f64> = widths.filter_map(|column| setup.widths.get(&column).copied()).collect();
    let mut room = page_height(scale_of(setup, &widths)) - f64::from(header + 1) * HEADER_HEIGHT;
    let fitting = heights.iter().take_while(|height| {
        room -= **height;
        room >= 0.0
    });
    let fitting = match heights {
        [] => FIRST_PRINTED_ROWS,
        _ => u32::try_from(fitting.count())
            .unwrap_or(u32::MAX)
            .clamp(1, FIRST_PRINTED_ROWS),
    };
    area.last.row = header.saturating_add(fitting);
    setup.print_area = Some(area);
    setup.header = Some(format!(
        "共 {rows} 行，纸上只有前 {fitting} 行。要全部打印，或打印筛选出的行：{WAY_TO_PRINT}"
    ));
}

/// Returns how lists of which only the first rows are printed get on paper, if there are any.
pub fn told_of_long_lists<'a>(lists: impl IntoIterator<Item = (&'a str, usize)>) -> Option<String> {
    let long = lists.into_iter().filter(|(_, rows)| *rows > MOST_PRINTED_ROWS);
    let names: Vec<String> = long.map(|(name, _)| format!("“{name}”")).collect();
    let each = if names.len() > 1 { "各" } else { "" };
    (!names.is_empty()).then(|| {
        format!(
            "{}行数多，打印时{each}只印前几行；要全部打印，或打印筛选出的行，在那张表上{WAY_TO_PRINT}。",
            names.concat()
        )
    })
}

/// Returns the points that rows on one page may take.
fn page_height(scale: f64) -> f64 {
    let (_, _, top, bottom) = MARGINS;
    (PAPER.1 - top - bottom) * POINTS_AN_INCH / scale * PLANNED_HEIGHT
}

/// Rows that stand together on a page where one holds them, and what it costs to part them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Together {
    /// First and last of them.
    pub rows: RangeInclusive<usize>,
    /// Where not all can be kept, those that cost least are parted.
    pub cost: usize,
}

impl Together {
    /// Rows of this cost.
    pub const fn new(first: usize, last: usize, cost: usize) -> Self {
        Self {
            rows: first..=last,
            cost,
        }
    }
}

/// Returns the rows that begin a page, so that no page break falls within `whole` rows, unless these are higher than a
/// page. `repeated` stands on top of each page behind it.
pub fn row_breaks(heights: &[f64], repeated: usize, whole: &[RangeInclusive<usize>], scale: f64) -> Vec<u32> {
    let whole = whole.iter().map(|rows| Together {
        rows: rows.clone(),
        cost: 1,
    });
    let whole: Vec<Together> = whole.collect();
    row_breaks_at_least_cost(heights, repeated, &whole, scale)
}

/// As [`row_breaks`], where some rows belong together more than others.
pub fn row_breaks_at_least_cost(heights: &[f64], repeated: usize, whole: &[Together], scale: f64) -> Vec<u32> {
    let room = page_height(scale);
    let header = heights.get(repeated).copied().unwrap_or_default();
    // What no page holds is cut wherever a page is full.
    let fits = |together: &&Together| {
        let heights = heights.get(together.rows.clone()).unwrap_or_default();
        heights.iter().sum::<f64>() <= room
    };
    let whole: Vec<&Together> = whole.iter().filter(fits).collect();
    let cost = |row: usize| {
        let cut = whole
            .iter()
            .filter(|it| *it.rows.start() < row && row <= *it.rows.end());
        cut.map(|it| it.cost).sum::<usize>()
    };
    let mut breaks = Vec::new();
    let mut first = 0;
    let mut taken = 0.0;
    let mut row = 0;
    while let Some(height) = heights.get(row) {
        if taken + height > room && row > first {
            let candidates = first + 1..=row;
            let best = candidates.rev().min_by_key(|&row| cost(row)).unwrap_or(row);
            breaks.push(best as u32);
            first = best;
            row = best;
            taken = if best > repeated { header } else { 0.0 };
            continue;
        }
        taken += height;
        row += 1;
    }
    breaks
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_fits_is_printed_as_it_is_and_what_does_not_gets_smaller() {
        assert_eq!(printed_scale(&[10.0; 4]), 1.0);
        let wide = printed_scale(&[30.0; 10]);
        assert!((0.485..0.487).contains(&wide), "{wide}");
    }

    #[test]
    fn a_wide_list_goes_over_several_pages_with_its_keys_on_each() {
        assert!(column_breaks(&[20.0; 7], 1, &[]).is_empty());
        // 145 pixels a column: the key and six others.
        assert_eq!(column_breaks(&[20.0; 14], 1, &[]), [7, 13]);
        // What belongs together goes to the next page, unless no page holds it.
        assert_eq!(column_breaks(&[20.0; 14], 1, &[5..8, 8..11]), [5, 11]);
        assert_eq!(column_breaks(&[20.0; 14], 1, &[1..14, 14..15]), [7, 13]);
        // A column wider than a page stands alone.
        assert_eq!(column_breaks(&[10.0, 200.0, 10.0], 1, &[]), [2]);
    }

    #[test]
    fn a_page_ends_before_rows_that_stay_together() {
        let heights = [20.0; 40];
        assert_eq!(row_breaks(&heights, 0, &[], 1.0), [24]);
        assert_eq!(row_breaks(&heights, 0, &[20..=30], 1.0), [20]);
        assert_eq!(row_breaks(&heights, 0, &[5..=10, 8..=30], 1.0), [5, 28]);
        // Higher than a page: cut all the same, at its part, and no page is left with the header alone.
        assert_eq!(row_breaks(&heights, 0, &[1..=39, 2..=20, 21..=39], 1.0), [21]);
    }

    #[test]
    fn rows_that_belong_together_least_are_parted() {
        let heights = [20.0; 40];
        let breaks = |costs: [usize; 2]| {
            let [one, other] = costs;
            let whole = [Together::new(0, 23, one), Together::new(22, 30, other)];
            row_breaks_at_least_cost(&heights, 39, &whole, 1.0)
        };
        assert_eq!(breaks([2, 1]), [24]);
        assert_eq!(breaks([1, 2]), [22]);
    }

    #[test]
    fn a_repeated_header_takes_its_place_on_every_page_behind_it() {
        let mut heights = vec![100.0];
        heights.extend([20.0; 60]);
        // 495 points: the header and 19 rows.
        assert_eq!(row_breaks(&heights, 0, &[], 1.0), [20, 39, 58]);
    }
}
