//! A sheet drawn as it is: its grid with merged regions, each filled cell marked by what it became.
//!
//! What is drawn is bounded whatever the sheet's extent: only lines near filled cells, and no more than a page holds.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use super::Shown;
use super::finding_marks::FindingMarks;
use super::lines::{Line, Lines};
use super::role::{self, CellReading, Role};
use crate::grid::{Cell, CellAddress, CellRange, OpenRegions, Sheet, Visibility, column_letters};
use crate::write::kit::html_text::{escape, shorten};

const MOST_COLUMNS: usize = 200;
const MOST_CELLS: usize = 200_000;
/// Characters of one cell that are drawn; the rest is told.
const MOST_CHARACTERS: usize = 400;

/// Returns the sheet as an HTML table, with a line on what could not be drawn. Cells that findings speak of say so,
/// empty ones too. Columns have the file's widths, or those that the texts need.
pub(super) fn draw(sheet: &Sheet, tables: &[Shown<'_>], findings: &FindingMarks, has_widths: bool) -> String {
    let filled = || {
        let cells = sheet.cells().iter().filter(|cell| is_filled(cell));
        cells.map(|cell| cell.address).chain(findings.cells())
    };
    let columns: BTreeSet<u32> = filled().map(|cell| cell.column).collect();
    let rows: BTreeSet<u32> = filled().map(|cell| cell.row).collect();
    if rows.is_empty() {
        return "<p class=\"empty\">（空工作表）</p>\n".to_owned();
    }
    let (columns, cut_column) = Lines::new(&columns, MOST_COLUMNS);
    let (rows, cut_row) = Lines::new(&rows, MOST_CELLS / columns.len().max(1));
    let picture = Picture {
        sheet,
        tables,
        findings,
        has_widths,
        readings: role::readings(tables),
        rows,
        columns,
    };
    let mut html = picture.table();
    if let Some(row) = cut_row {
        let _ = writeln!(html, "<p class=\"cut\">第 {} 行以下没有画出。</p>", row + 1);
    }
    if let Some(column) = cut_column {
        let _ = writeln!(html, "<p class=\"cut\">{} 列以右没有画出。</p>", column_letters(column));
    }
    html
}

fn is_filled(cell: &Cell) -> bool {
    !cell.is_blank() || cell.formula.is_some()
}

struct Picture<'a> {
    sheet: &'a Sheet,
    tables: &'a [Shown<'a>],
    findings: &'a FindingMarks,
    has_widths: bool,
    readings: BTreeMap<CellAddress, CellReading>,
    rows: Lines,
    columns: Lines,
}

impl Picture<'_> {
    fn table(&self) -> String {
        let mut html = self.widths();
        html.push_str("<thead><tr><td class=\"corner\"></td>");
        for column in self.columns.iter() {
            html.push_str(&match *column {
                Line::One(column) if self.sheet.is_column_hidden(column) => {
                    format!("<th class=\"hidden\">{}<i>隐</i></th>", column_letters(column))
                }
                Line::One(column) => format!("<th>{}</th>", column_letters(column)),
                Line::Gap(first, last) => format!(
                    "<th class=\"gap\" title=\"{} 至 {} 列是空的，没有画出\">⋯</th>",
                    column_letters(first),
                    column_letters(last)
                ),
            });
        }
        html.push_str("</tr></thead>\n<tbody>\n");
        let mut merges = self.sheet.merges().iter().peekable();
        let mut open: OpenRegions<()> = OpenRegions::default();
        for (index, row) in (0u32..).zip(self.rows.iter()) {
            html.push_str("<tr>");
            html.push_str(&match *row {
                Line::One(row) if self.sheet.is_row_hidden(row) => {
                    format!("<th class=\"hidden\">{}<i>隐</i></th>", row + 1)
                }
                Line::One(row) => format!("<th>{}</th>", row + 1),
                Line::Gap(first, last) => format!(
                    "<th class=\"gap\" title=\"第 {} 至 {} 行是空的，没有画出\">⋮</th>",
                    first + 1,
                    last + 1
                ),
            });
            let last_row = match *row {
                Line::One(row) | Line::Gap(_, row) => row,
            };
            while let Some(region) = merges.next_if(|region| region.first.row <= last_row) {
                // A region that begins in a gap holds nothing; one whose corner is drawn never overlaps another.
                if *row == Line::One(region.first.row)
                    && let Some(region) = self.drawn(region)
                {
                    open.open(region, ());
                }
            }
            open.advance(index);
            self.row(&mut html, index, *row, &open);
            html.push_str("</tr>\n");
        }
        html.push_str("</tbody></table>\n");
        html
    }

    /// Returns the table's beginning, with the widths of its columns where a page of its own shows findings.
    fn widths(&self) -> String {
        /// Pixels of the column of row numbers, of a gap, and of a column whose width the file does not give.
        const NUMBERS: u32 = 40;
        const GAP: u32 = 20;
        const USUAL: u32 = 72;
        /// A column narrower than this could hold no text.
        const LEAST: u32 = 24;
        if !self.has_widths || self.sheet.column_widths.is_empty() {
            return String::from("<table class=\"grid\">\n");
        }
        let width_of = |column: u32| {
            let mut intervals = self.sheet.column_widths.iter().rev();
            let known = intervals.find(|(first, last, _)| (*first..=*last).contains(&column));
            // A digit of the usual font is seven pixels wide, and a cell has five of padding.
            known.map_or(USUAL, |(_, _, width)| (width * 7 / 256 + 5).max(LEAST))
        };
        let widths: Vec<u32> = self
            .columns
            .iter()
            .map(|column| match *column {
                Line::One(column) => width_of(column),
                Line::Gap(..) => GAP,
            })
            .collect();
        let whole = NUMBERS + widths.iter().sum::<u32>();
        let mut html = format!("<table class=\"grid sized\" width=\"{whole}\">\n<colgroup>");
        // As shares of the whole: a page may draw the table narrower.
        for width in std::iter::once(NUMBERS).chain(widths) {
            let share = width * 10_000 / whole;
            let _ = write!(html, "<col width=\"{}.{:02}%\">", share / 100, share % 100);
        }
        html.push_str("</colgroup>\n");
        html
    }

    /// Returns a merged region in drawn lines.
    fn drawn(&self, region: &CellRange) -> Option<CellRange> {
        let (top, bottom) = self.rows.span(region.first.row, region.last.row)?;
        let (left, right) = self.columns.span(region.first.column, region.last.column)?;
        Some(CellRange::new(
            CellAddress::new(top, left),
            CellAddress::new(bottom, right),
        ))
    }

    fn row(&self, html: &mut String, index: u32, row: Line, open: &OpenRegions<()>) {
        for (at, column) in (0u32..).zip(self.columns.iter()) {
            let region = open.at(at);
            let place = CellAddress::new(index, at);
            let mut spans = String::new();
            if let Some(region) = region {
                if region.first != place {
                    continue;
                }
                if region.height() > 1 {
                    let _ = write!(spans, " rowspan=\"{}\"", region.height());
                }
                if region.width() > 1 {
                    let _ = write!(spans, " colspan=\"{}\"", region.width());
                }
            }
            match (row, *column) {
                (Line::One(row), Line::One(column)) => self.cell(html, CellAddress::new(row, column), &spans),
                _ => html.push_str("<td class=\"gap\"></td>"),
            }
        }
    }

    /// Tables of a sheet stand one below another.
    fn is_in_table(&self, address: CellAddress) -> bool {
        self.tables
            .partition_point(|table| table.range().first.row <= address.row)
            .checked_sub(1)
            .and_then(|index| self.tables.get(index))
            .is_some_and(|table| table.range().contains(address))
    }

    fn cell(&self, html: &mut String, address: CellAddress, spans: &str) {
        let cell = self.sheet.cell(address).filter(|cell| is_filled(cell));
        let known = self.readings.get(&address);
        let found = self.findings.attributes(address);
        let found_class = self.findings.class(address);
        let spans = &format!("{spans}{found}");
        let Some(cell) = cell else {
            match known.and_then(|reading| reading.guess.as_ref()) {
                Some(guess) => {
                    let _ = write!(
                        html,
                        "<td{spans} class=\"blank{found_class}\" title=\"{address}　推定：{}\"><i>推</i></td>",
                        escape(guess)
                    );
                }
                None if found_class.is_empty() => {
                    let _ = write!(html, "<td{spans}></td>");
                }
                None => {
                    let _ = write!(html, "<td{spans} class=\"{}\"></td>", found_class.trim_start());
                }
            }
            return;
        };
        let reading = known.filter(|reading| !reading.title.is_empty()).cloned();
        let mut reading = reading.unwrap_or_else(|| {
            if self.is_in_table(address) {
                role::label()
            } else {
                role::outside()
            }
        });
        reading.guess = known.and_then(|reading| reading.guess.clone());
        // The tab says of a hidden sheet that it is hidden; its lines need not repeat it.
        let hidden = self.sheet.visibility == Visibility::Visible && self.sheet.is_hidden(address);
        let mut title = format!("{address}　{}：{}", reading.role.title(), reading.title);
        if let Some(formula) = &cell.formula {
            let _ = write!(title, "\n公式：={}", shorten(formula, MOST_CHARACTERS));
        }
        if let Some(guess) = &reading.guess {
            let _ = write!(title, "\n推定：{guess}");
        }
        if hidden {
            title.push_str("\n在隐藏的行或列里");
        }
        let _ = write!(
            html,
            "<td{spans} class=\"{}{}{found_class}\" title=\"{}\"><i>{}{}{}</i>{}{}</td>",
            reading.role.class(),
            if hidden { " hidden" } else { "" },
            escape(&title),
            reading.role.mark(),
            if hidden { "隐" } else { "" },
            if reading.guess.is_some() { "推" } else { "" },
            escape(&shorten(cell.shown().trim(), MOST_CHARACTERS)),
            match (&reading.role, reading.label.as_str()) {
                (_, "") => String::new(),
                (Role::Header, label) => format!("<small>{}</small>", escape(label)),
                (_, label) => format!("<small>{}</small>", escape(&shorten(label, 24))),
            }
        );
    }
}
