//! The looks of the outputs: fonts, fills, borders and the page, in one place so that both workbooks agree.

use rust_xlsxwriter::{Format, FormatAlign, FormatBorder, Workbook, Worksheet};

use super::cell_text;
use crate::model::Severity;
use crate::report::FileReport;
use crate::standard::Standard;
use crate::write::WriteError;

/// Body font.
pub const BODY_FONT: &str = "宋体";
/// Font of what this program adds below the form.
pub const ANNEX_FONT: &str = "仿宋";
/// Body size in points.
pub const BODY_SIZE: f64 = 10.0;
/// Grey of header cells.
pub const HEADER_FILL: u32 = 0x00E7_E6E6;
/// Pale yellow: here a person writes.
pub const FILL_IN: u32 = 0x00FF_FDE7;
/// That of the headers over it.
pub const FILL_IN_HEADER: u32 = 0x00FF_F2CC;

/// Height of a row of one line, in points.
pub const SMALLEST_ROW: f64 = 20.0;
/// Height of a list's header row, in points.
pub const HEADER_HEIGHT: f64 = 24.0;
/// Blue of links.
pub const LINK_COLOR: u32 = 0x0005_63C1;
/// Excel opens no sheet with more links.
pub const MOST_LINKS: usize = 65_530;

/// Paper size A4.
pub const PAPER_A4: u8 = 9;
/// Left, right, top and bottom margin in inches.
pub const MARGINS: (f64, f64, f64, f64) = (0.4, 0.4, 0.5, 0.6);
/// Header and footer margin in inches.
pub const HEADER_MARGIN: f64 = 0.3;
/// Pixels of a usual row and column, by which the library measures.
const USUAL_ROW: u32 = 20;
const USUAL_COLUMN: u32 = 64;
const BORDER_COLOR: u32 = 0x0080_8080;
const MOST_FOOTER_CHARS: usize = 60;

/// Returns the fill of a cell with findings; the word for the level always stands beside it.
pub const fn severity_fill(severity: Severity) -> u32 {
    match severity {
        Severity::Error => 0x00FF_C7CE,
        Severity::Warning => 0x00FF_E699,
        Severity::Info => 0x00DD_EBF7,
    }
}

/// Makes the body font the workbook's usual one. Programs measure columns by it: one that every Chinese system has gives
/// the same widths everywhere.
///
/// # Errors
/// When the library refuses it.
pub fn set_usual_font(workbook: &mut Workbook) -> Result<(), WriteError> {
    let usual = Format::new().set_font_name(BODY_FONT).set_font_size(BODY_SIZE);
    workbook.set_default_format(&usual, USUAL_ROW, USUAL_COLUMN)?;
    Ok(())
}

/// Returns a wrapped, vertically centred cell in the body font.
pub fn body(size: f64) -> Format {
    Format::new()
        .set_font_name(BODY_FONT)
        .set_font_size(size)
        .set_text_wrap()
        .set_align(FormatAlign::VerticalCenter)
}

/// Returns the format with thin borders all round.
pub fn bordered(format: Format) -> Format {
    format.set_border(FormatBorder::Thin).set_border_color(BORDER_COLOR)
}

/// A4 landscape, one page wide, centred, with page numbers in the footer.
pub fn set_page(worksheet: &mut Worksheet, footer_name: &str) {
    let (left, right, top, bottom) = MARGINS;
    worksheet
        .set_paper_size(PAPER_A4)
        .set_landscape()
        .set_print_fit_to_pages(1, 0)
        .set_print_center_horizontally(true)
        .set_margins(left, right, top, bottom, HEADER_MARGIN, HEADER_MARGIN)
        .set_footer(footer_code(footer_name));
}

/// Returns the footer with a name and page numbers, as spreadsheets write it.
pub fn footer_code(name: &str) -> String {
    // `&` starts a code in a footer; the blank keeps a name's first digit from being read as a font size.
    let name: String = cell_text::clean(name)
        .chars()
        .filter(|c| !c.is_control())
        .take(MOST_FOOTER_CHARS)
        .collect();
    let name = name.replace('&', "&&");
    format!("&L&\"{BODY_FONT}\"&10 {name}&C&\"{BODY_FONT}\"&10 第 &P 页，共 &N 页")
}

/// Returns the sentence on top of each page, as spreadsheets write it.
pub fn header_code(text: &str) -> String {
    let text = text.replace('&', "&&");
    format!("&L&\"{BODY_FONT}\"&10 {text}")
}

/// Name and version of the program, as outputs show it.
pub fn tool_name() -> String {
    format!("核表 hebiao {}", env!("CARGO_PKG_VERSION"))
}

/// Returns the file's own name; folders say where a machine keeps it and stay out of outputs.
pub fn source_name(report: &FileReport) -> &str {
    report.file.rsplit(['/', '\\']).next().unwrap_or_default()
}

/// Returns the standards used, each once, in the order of the tables.
pub fn standards(report: &FileReport) -> String {
    let mut names: Vec<&str> = report
        .tables
        .iter()
        .map(|table| table.rescoring.standard.as_str())
        .collect();
    names.dedup();
    names.join("、")
}

/// Returns a standard as people know it, with its name.
pub fn standard_title(name: &str) -> String {
    Standard::built_in(name).map_or_else(|| name.to_owned(), |standard| format!("{}（{name}）", standard.title))
}
