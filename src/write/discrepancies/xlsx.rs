//! The list as a sheet: filtered, frozen, printable on A4 landscape, each cell a link, two columns to fill in.

use rust_xlsxwriter::{Format, FormatAlign, FormatUnderline, Url, Workbook, Worksheet};

use super::columns::Column;
use super::list::{DiscrepancyList, ListedDiscrepancy, Status};
use crate::layout::own_form::LIST_SHEET;
use crate::report::{FileReport, Severity};
use crate::write::link::link_base;
use crate::write::normalized::NormalizedLayout;
use crate::write::number_format::{CellContent, to_f64};
use crate::write::styles::{HEADER_HEIGHT, LINK_COLOR, MOST_LINKS, SMALLEST_ROW};
use crate::write::text_width::fit;
use crate::write::{WriteError, cell_text, styles};

const TITLE: &str = LIST_SHEET;
const NO_FINDING: &str = "未发现差异";
/// Pale yellow: here a person writes.
const FILL_IN: u32 = 0x00FF_FDE7;
const FILL_IN_HEADER: u32 = 0x00FF_F2CC;
const EXPLAINED: u32 = 0x00E2_EFDA;

/// Where the cell of a row leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct RowLink {
    /// As the xlsx library takes it: `internal:'评价表'!J6`, or `file://name.xlsx#'评价表'!J6`.
    pub target: String,
    /// What a person is told over the link.
    pub tip: &'static str,
}

/// The list of one file's findings, as the bytes of an xlsx file. `normalized_name` is the file name of the normalized
/// workbook that lies beside it; each finding's cell is a link into it.
///
/// Without findings a row says so.
///
/// # Errors
/// When the report has no table.
pub fn discrepancy_list(report: &FileReport, normalized_name: &str) -> Result<Vec<u8>, WriteError> {
    let list = DiscrepancyList::of(report)?;
    let mut workbook = Workbook::new();
    workbook.set_properties(&styles::properties(report, TITLE)?);
    let worksheet = workbook.add_worksheet().set_name(TITLE)?;
    styles::set_page(worksheet, styles::source_name(report));
    let layout = NormalizedLayout::of(report);
    let base = link_base(normalized_name);
    write_sheet(worksheet, &list, |row| {
        let places = layout.table(row.table)?;
        let place = places.locate(row.field.as_deref(), row.cell);
        Some(RowLink {
            target: format!("{}#'{}'!{place}", base.as_deref()?, places.sheet()),
            tip: "打开规范表中的对应单元格",
        })
    })?;
    Ok(workbook.save_to_buffer()?)
}

/// Writes the list into an empty sheet from its first row on: header, widths, rows, filter, print area. The sheet's
/// name and page are the caller's, and where each row's cell leads.
pub(crate) fn write_sheet(
    worksheet: &mut Worksheet,
    list: &DiscrepancyList,
    link: impl Fn(&ListedDiscrepancy) -> Option<RowLink>,
) -> Result<(), WriteError> {
    let looks = Looks::new();
    for (index, column) in (0u16..).zip(Column::ALL) {
        let look = if column.is_filled_in() {
            &looks.fill_in_header
        } else {
            &looks.header
        };
        worksheet.write_string_with_format(0, index, column.header(), look)?;
        worksheet.set_column_width(index, column.width())?;
    }
    worksheet.set_row_height(0, HEADER_HEIGHT)?;
    worksheet.set_freeze_panes(1, 0)?;
    worksheet.set_repeat_rows(0, 0)?;

    let mut last_row = 0;
    for (row, finding) in (1u32..).zip(&list.findings) {
        let link = link(finding).filter(|_| finding.number <= MOST_LINKS);
        write_row(worksheet, &looks, row, list, finding, link)?;
        last_row = row;
    }
    let last_column = Column::ALL.len() as u16 - 1;
    let last_printed = Column::PRINTED as u16 - 1;
    if last_row == 0 {
        last_row = 1;
        worksheet.merge_range(1, 0, 1, last_printed, NO_FINDING, &looks.centered)?;
        worksheet.set_row_height(1, SMALLEST_ROW)?;
    }
    worksheet.autofilter(0, 0, last_row, last_column)?;
    worksheet.set_print_area(0, 0, last_row, last_printed)?;
    Ok(())
}

fn write_row(
    worksheet: &mut Worksheet,
    looks: &Looks,
    row: u32,
    list: &DiscrepancyList,
    finding: &ListedDiscrepancy,
    link: Option<RowLink>,
) -> Result<(), WriteError> {
    let mut height = SMALLEST_ROW;
    for (index, column) in (0u16..).zip(Column::ALL) {
        let look = looks.of(column, finding);
        match list.content(finding, column) {
            CellContent::Blank => {
                worksheet.write_blank(row, index, look)?;
            }
            CellContent::Number { value, format } => {
                let look = look.clone().set_num_format(format);
                worksheet.write_number_with_format(row, index, to_f64(value), &look)?;
            }
            CellContent::Text(text) => {
                let text = cell_text::for_cell(&text, Some(finding.cell));
                let (size, needed) = fit(&text, column.width(), styles::BODY_SIZE);
                height = height.max(needed);
                let look = if size < styles::BODY_SIZE {
                    &look.clone().set_font_size(size)
                } else {
                    look
                };
                match &link {
                    Some(link) if column == Column::Cell => {
                        let url = Url::new(link.target.as_str()).set_text(text).set_tip(link.tip);
                        worksheet.write_url_with_format(row, index, url, look)?;
                    }
                    _ => {
                        worksheet.write_string_with_format(row, index, text, look)?;
                    }
                }
            }
        }
    }
    worksheet.set_row_height(row, height)?;
    Ok(())
}

/// The list's formats, made once.
struct Looks {
    header: Format,
    fill_in_header: Format,
    centered: Format,
    text: Format,
    fill_in: Format,
    link: Format,
    explained: Format,
    errors: Format,
    warnings: Format,
    infos: Format,
}

impl Looks {
    fn new() -> Self {
        let body = || styles::bordered(styles::body(styles::BODY_SIZE));
        let centered = body().set_align(FormatAlign::Center);
        let filled = |fill: u32| centered.clone().set_background_color(fill);
        Self {
            header: filled(styles::HEADER_FILL).set_bold(),
            fill_in_header: filled(FILL_IN_HEADER).set_bold(),
            text: body().set_align(FormatAlign::Left),
            // What people write stays text, whatever it looks like.
            fill_in: body()
                .set_align(FormatAlign::Left)
                .set_background_color(FILL_IN)
                .set_num_format("@"),
            link: centered
                .clone()
                .set_font_color(LINK_COLOR)
                .set_underline(FormatUnderline::Single),
            explained: filled(EXPLAINED),
            errors: filled(styles::severity_fill(Severity::Error)),
            warnings: filled(styles::severity_fill(Severity::Warning)),
            infos: filled(styles::severity_fill(Severity::Info)),
            centered,
        }
    }

    fn of(&self, column: Column, finding: &ListedDiscrepancy) -> &Format {
        match column {
            Column::Level => match finding.severity {
                Severity::Error => &self.errors,
                Severity::Warning => &self.warnings,
                Severity::Info => &self.infos,
            },
            Column::Cell => &self.link,
            Column::Status if finding.status == Status::Explained => &self.explained,
            Column::UnitExplanation | Column::ReviewerOpinion => &self.fill_in,
            Column::Number
            | Column::Code
            | Column::Declared
            | Column::Expected
            | Column::Difference
            | Column::Status => &self.centered,
            _ => &self.text,
        }
    }
}
