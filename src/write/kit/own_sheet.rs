//! What stands around a sheet's rows, as the library writes it: size, view, widths, filter, page.

use std::fmt::Write;
use std::sync::LazyLock;

use quick_xml::escape::partial_escape;

use super::book::SheetContent;
use super::frame::{DECLARATION, SheetFrame, around_links};
use super::page::SEVERAL_PAGES_SCALE;
use super::sheet_setup::SheetSetup;
use super::styles::{HEADER_MARGIN, MARGINS, PAPER_A4, footer_code, header_code};
use crate::grid::CellAddress;
use crate::write::WriteError;

/// The namespace of workbooks.
pub const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
/// The namespace of relations.
pub const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// Returns what stands in a sheet's part around its rows and links.
///
/// # Errors
/// When the sheet has more page breaks than a program takes.
pub fn sheet_frame(setup: &SheetSetup, is_first: bool, content: &SheetContent) -> Result<SheetFrame, WriteError> {
    let is_fitted = setup.column_breaks.is_empty();
    let mut before = format!("{DECLARATION}<worksheet xmlns=\"{MAIN}\" xmlns:r=\"{RELATIONS}\">");
    if is_fitted {
        before.push_str("<sheetPr><pageSetUpPr fitToPage=\"1\"/></sheetPr>");
    }
    let extent = content
        .extent
        .map_or_else(|| "A1".to_owned(), |extent| extent.to_string());
    let selected = if is_first { " tabSelected=\"1\"" } else { "" };
    let _ = write!(
        before,
        "<dimension ref=\"{extent}\"/><sheetViews><sheetView{selected} workbookViewId=\"0\""
    );
    panes(&mut before, setup.frozen);
    before.push_str("</sheetViews><sheetFormatPr defaultRowHeight=\"15\"/>");
    columns(&mut before, setup);
    before.push_str("<sheetData>");
    let mut filter = String::new();
    if let Some(range) = setup.filter {
        let _ = write!(filter, "<autoFilter ref=\"{range}\"/>");
    }
    let (between, mut after) = around_links(content, &filter, "");
    page(&mut after, setup, is_fitted);
    for (name, breaks, most) in [
        ("rowBreaks", &setup.row_breaks, 16_383),
        ("colBreaks", &setup.column_breaks, 1_048_575),
    ] {
        let breaks = SheetSetup::breaks(breaks)?;
        if !breaks.is_empty() {
            let count = breaks.len();
            let _ = write!(after, "<{name} count=\"{count}\" manualBreakCount=\"{count}\">");
            for at in breaks {
                let _ = write!(after, "<brk id=\"{at}\" max=\"{most}\" man=\"1\"/>");
            }
            let _ = write!(after, "</{name}>");
        }
    }
    if !setup.notes.is_empty() {
        after.push_str("<legacyDrawing r:id=\"rId1\"/>");
    }
    after.push_str("</worksheet>");
    Ok(SheetFrame {
        before: before.into_bytes(),
        between: between.into_bytes(),
        after: after.into_bytes(),
    })
}

/// Ends a sheet's view with the rows and columns that stay in it.
fn panes(xml: &mut String, frozen: (u32, u16)) {
    let (rows, columns) = frozen;
    if frozen == (0, 0) {
        xml.push_str("/>");
        return;
    }
    xml.push_str("><pane");
    if columns > 0 {
        let _ = write!(xml, " xSplit=\"{columns}\"");
    }
    if rows > 0 {
        let _ = write!(xml, " ySplit=\"{rows}\"");
    }
    let corner = CellAddress::new(rows, u32::from(columns));
    let pane = match (rows, columns) {
        (0, _) => "topRight",
        (_, 0) => "bottomLeft",
        _ => "bottomRight",
    };
    let _ = write!(
        xml,
        " topLeftCell=\"{corner}\" activePane=\"{pane}\" state=\"frozen\"/>"
    );
    if rows > 0 && columns > 0 {
        let (right, below) = (CellAddress::new(0, u32::from(columns)), CellAddress::new(rows, 0));
        for (pane, cell) in [("topRight", right), ("bottomLeft", below)] {
            let _ = write!(
                xml,
                "<selection pane=\"{pane}\" activeCell=\"{cell}\" sqref=\"{cell}\"/>"
            );
        }
    }
    let _ = write!(xml, "<selection pane=\"{pane}\"/></sheetView>");
}

/// Writes the columns' widths, neighbours of one width together.
fn columns(xml: &mut String, setup: &SheetSetup) {
    let mut runs: Vec<(u16, u16, u32)> = Vec::new();
    for column in setup.widths.keys().copied() {
        let pixels = setup.column_pixels(column);
        match runs.last_mut() {
            Some((_, last, same)) if *same == pixels && u32::from(*last) + 1 == u32::from(column) => *last = column,
            _ => runs.push((column, column, pixels)),
        }
    }
    if runs.is_empty() {
        return;
    }
    xml.push_str("<cols>");
    for (first, last, pixels) in runs {
        let custom = if SheetSetup::is_usual_column(pixels) {
            ""
        } else {
            " customWidth=\"1\""
        };
        let (first, last) = (u32::from(first) + 1, u32::from(last) + 1);
        let _ = write!(xml, "<col min=\"{first}\" max=\"{last}\" width=\"");
        push_width(xml, pixels);
        let _ = write!(xml, "\"{custom}/>");
    }
    xml.push_str("</cols>");
}

/// Writes a width in pixels as characters, to parts of 256 of one.
fn push_width(xml: &mut String, pixels: u32) {
    /// A part of 256, in parts of 100,000,000.
    const PART: u32 = 390_625;
    let width = pixels * 256 / 7;
    let _ = write!(xml, "{}", width / 256);
    if !width.is_multiple_of(256) {
        let start = xml.len();
        let _ = write!(xml, ".{:08}", width % 256 * PART);
        let digits = xml.get(start..).unwrap_or_default().trim_end_matches('0').len();
        xml.truncate(start + digits);
    }
}

/// What every page has.
static PAGE: LazyLock<String> = LazyLock::new(|| {
    let (left, right, top, bottom) = MARGINS;
    format!(
        "<printOptions horizontalCentered=\"1\"/><pageMargins left=\"{left}\" right=\"{right}\" top=\"{top}\" \
         bottom=\"{bottom}\" header=\"{HEADER_MARGIN}\" footer=\"{HEADER_MARGIN}\"/><pageSetup paperSize=\"{PAPER_A4}\""
    )
});

fn page(xml: &mut String, setup: &SheetSetup, is_fitted: bool) {
    xml.push_str(&PAGE);
    if is_fitted {
        xml.push_str(" fitToHeight=\"0\"");
    } else {
        let _ = write!(xml, " scale=\"{SEVERAL_PAGES_SCALE}\" pageOrder=\"overThenDown\"");
    }
    let footer = footer_code(setup.footer.as_deref().unwrap_or_default());
    xml.push_str(" orientation=\"landscape\" horizontalDpi=\"200\" verticalDpi=\"200\"/><headerFooter>");
    let header = setup.header.as_deref().map(header_code);
    for (name, code) in header
        .iter()
        .map(|code| ("oddHeader", code))
        .chain([("oddFooter", &footer)])
    {
        let _ = write!(xml, "<{name}>{}</{name}>", partial_escape(code.as_str()));
    }
    xml.push_str("</headerFooter>");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_width_is_written_as_the_float_that_it_is() {
        for pixels in 0..=1_790 {
            let mut xml = String::new();
            push_width(&mut xml, pixels);
            assert_eq!(xml, (f64::from(pixels * 256 / 7) / 256.0).to_string());
        }
    }
}
