//! 差异清单: one row a finding, made to be filtered, printed and followed into the normalized workbook.

use rust_decimal::Decimal;
use rust_xlsxwriter::{Format, FormatAlign, FormatUnderline, Url, Workbook, Worksheet};

use super::link::{link_base, quoted_sheet};
use super::normalized::{NormalizedLayout, TableLayout};
use super::number_format::{CellContent, to_f64};
use super::text_width::{column_width, fit};
use super::{WriteError, cell_text, styles};
use crate::report::{Discrepancy, FileReport, Severity, TableReport, field_title};

const TITLE: &str = "差异清单";
const NO_FINDING: &str = "未发现差异";
/// Headers with their column widths in characters.
const COLUMNS: [(&str, usize); 12] = [
    ("序号", 5),
    ("编号", 6),
    ("规则", 18),
    ("级别", 6),
    ("单元格", 12),
    ("字段", 24),
    ("申报值", 12),
    ("应为", 12),
    ("差额", 8),
    ("说明", 48),
    ("依据", 24),
    ("修改建议", 30),
];
const CELL_COLUMN: u16 = 4;
const LAST_COLUMN: u16 = 11;
const HEADER_HEIGHT: f64 = 24.0;
const SMALLEST_ROW: f64 = 20.0;
/// Excel opens no sheet with more links.
const MOST_LINKS: u32 = 65_530;
const LINK_COLOR: u32 = 0x0005_63C1;

/// The list of one file's findings, as the bytes of an xlsx file. `normalized_name` is the file name of the normalized
/// workbook that lies beside it; each finding's cell is a link into it.
///
/// Findings stand in the report's order. Without findings a row says so. Errors when the report has no table.
pub fn discrepancy_list(report: &FileReport, normalized_name: &str) -> Result<Vec<u8>, WriteError> {
    if report.tables.is_empty() {
        return Err(WriteError::NoTable);
    }
    let mut workbook = Workbook::new();
    workbook.set_properties(&styles::properties(report, TITLE)?);
    let worksheet = workbook.add_worksheet().set_name(TITLE)?;
    styles::set_page(worksheet, styles::source_name(report));
    let looks = Looks::new();
    write_header(worksheet, &looks)?;

    let layout = NormalizedLayout::of(report);
    let mut list = List {
        worksheet,
        looks: &looks,
        next_row: 1,
        link_base: link_base(normalized_name),
    };
    let name_sheets = report.tables.len() + report.skipped_sheets.len() > 1;
    for (index, table) in report.tables.iter().enumerate() {
        let Some(places) = layout.table(index) else { continue };
        for finding in &table.discrepancies {
            list.write(table, places, finding, name_sheets)?;
        }
    }
    let mut last_row = list.next_row - 1;
    if last_row == 0 {
        last_row = 1;
        worksheet.merge_range(1, 0, 1, LAST_COLUMN, NO_FINDING, &looks.centered)?;
        worksheet.set_row_height(1, SMALLEST_ROW)?;
    }
    worksheet.autofilter(0, 0, last_row, LAST_COLUMN)?;
    worksheet.set_print_area(0, 0, last_row, LAST_COLUMN)?;
    Ok(workbook.save_to_buffer()?)
}

fn write_header(worksheet: &mut Worksheet, looks: &Looks) -> Result<(), WriteError> {
    for (column, (header, width)) in (0u16..).zip(COLUMNS) {
        worksheet.write_string_with_format(0, column, header, &looks.header)?;
        worksheet.set_column_width(column, column_width(width, styles::BODY_SIZE))?;
    }
    worksheet.set_row_height(0, HEADER_HEIGHT)?;
    worksheet.set_freeze_panes(1, 0)?;
    worksheet.set_repeat_rows(0, 0)?;
    Ok(())
}

struct List<'a> {
    worksheet: &'a mut Worksheet,
    looks: &'a Looks,
    next_row: u32,
    link_base: Option<String>,
}

impl List<'_> {
    fn write(
        &mut self,
        table: &TableReport,
        places: &TableLayout,
        finding: &Discrepancy,
        name_sheet: bool,
    ) -> Result<(), WriteError> {
        let row = self.next_row;
        self.next_row += 1;
        let cell = if name_sheet {
            format!("{}!{}", quoted_sheet(&table.sheet), finding.cell)
        } else {
            finding.cell.to_string()
        };
        let field = finding
            .field
            .as_deref()
            .map(|path| field_title(path, &table.evaluation))
            .unwrap_or_default();
        let texts = |value: &Option<String>| {
            value
                .as_deref()
                .map_or(CellContent::Blank, |text| CellContent::number_like(text.trim()))
        };
        let contents = [
            CellContent::computed_number(Decimal::from(row)),
            CellContent::Text(finding.code.clone()),
            CellContent::Text(finding.title.clone()),
            CellContent::Text(finding.severity.title().to_owned()),
            CellContent::Text(cell),
            CellContent::Text(field),
            texts(&finding.declared),
            texts(&finding.expected),
            texts(&finding.difference),
            CellContent::Text(finding.message.clone()),
            CellContent::Text(finding.basis.clone()),
            CellContent::Text(finding.suggestion.clone()),
        ];
        let place = places.locate(finding.field.as_deref(), finding.cell);
        let link = self.link_base.as_deref().filter(|_| row <= MOST_LINKS);
        let link = link.map(|base| format!("{base}#'{}'!{place}", places.sheet()));
        let mut height = SMALLEST_ROW;
        for ((column, (_, width)), content) in (0u16..).zip(COLUMNS).zip(contents) {
            let format = self.looks.of(column, finding.severity);
            match content {
                CellContent::Blank => {
                    self.worksheet.write_blank(row, column, format)?;
                }
                CellContent::Number { value, format: code } => {
                    let format = format.clone().set_num_format(code);
                    self.worksheet
                        .write_number_with_format(row, column, to_f64(value), &format)?;
                }
                CellContent::Text(text) => {
                    let text = cell_text::for_cell(&text, Some(finding.cell));
                    let (size, needed) = fit(&text, column_width(width, styles::BODY_SIZE), styles::BODY_SIZE);
                    height = height.max(needed);
                    let format = if size < styles::BODY_SIZE {
                        &format.clone().set_font_size(size)
                    } else {
                        format
                    };
                    match &link {
                        Some(link) if column == CELL_COLUMN => {
                            let url = Url::new(link.as_str())
                                .set_text(text)
                                .set_tip("打开规范表中的对应单元格");
                            self.worksheet.write_url_with_format(row, column, url, format)?;
                        }
                        _ => {
                            self.worksheet.write_string_with_format(row, column, text, format)?;
                        }
                    }
                }
            }
        }
        self.worksheet.set_row_height(row, height)?;
        Ok(())
    }
}

/// The list's formats, made once.
struct Looks {
    header: Format,
    centered: Format,
    text: Format,
    link: Format,
    levels: [(Severity, Format); 3],
}

impl Looks {
    fn new() -> Self {
        let body = || styles::bordered(styles::body(styles::BODY_SIZE));
        let centered = body().set_align(FormatAlign::Center);
        let level = |severity| {
            (
                severity,
                centered.clone().set_background_color(styles::severity_fill(severity)),
            )
        };
        Self {
            header: centered.clone().set_bold().set_background_color(styles::HEADER_FILL),
            text: body().set_align(FormatAlign::Left),
            link: centered
                .clone()
                .set_font_color(LINK_COLOR)
                .set_underline(FormatUnderline::Single),
            levels: [level(Severity::Error), level(Severity::Warning), level(Severity::Info)],
            centered,
        }
    }

    fn of(&self, column: u16, severity: Severity) -> &Format {
        match column {
            3 => self
                .levels
                .iter()
                .find(|(level, _)| *level == severity)
                .map_or(&self.centered, |(_, look)| look),
            CELL_COLUMN => &self.link,
            0 | 1 | 6..=8 => &self.centered,
            _ => &self.text,
        }
    }
}
