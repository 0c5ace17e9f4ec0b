//! 来源对照: every field of the normalized tables, where it stands here and the cell of the source that it came from.

use std::borrow::Cow;

use sha2::{Digest, Sha256};

use super::super::{SheetPlan, TABLE_SHEET};
use crate::grid::{CellAddress, CellValue, FileFormat, Sheet, Workbook};
use crate::report::{FileReport, TableReport};
use crate::text::own_markers::COMPANION_PREFIX;
use crate::text::plain;
use crate::text::sentence::Say;
use crate::write::WriteError;
use crate::write::kit::book::Book;
use crate::write::kit::link::{link_base, quoted_sheet};
use crate::write::kit::list_sheet::{CellLink, ListColumn, ListSheet, RowCell, Standing};
use crate::write::kit::number_format::{CellContent, ContentRef};
use crate::write::kit::{cell_text, styles};

/// The sheet's name.
const NAME: &str = "来源对照";
const SEAL_LABEL: &str = "校验码";
/// Unread cells that are listed; the rest are counted.
const MOST_UNREAD: usize = 200;

const COLUMNS: [ListColumn; 7] = [
    ("序号", 6, Standing::Centred),
    ("栏目", 42, Standing::Text),
    ("内容", 44, Standing::Text),
    ("评价表", 9, Standing::Centred),
    ("评价表单元格", 13, Standing::Centred),
    ("源工作表", 16, Standing::Text),
    ("源单元格", 10, Standing::Centred),
];

/// What the sheet says of the source beside its cells.
#[derive(Debug, Clone, Copy, Default)]
#[non_exhaustive]
pub struct Sources<'a> {
    /// The source as seen from the folder of the workbook, with `/` between its parts; `None` for no links.
    pub path: Option<&'a str>,
}

impl<'a> Sources<'a> {
    /// Returns a source at this path, if any, as seen from the folder of the workbook.
    pub const fn at(path: Option<&'a str>) -> Self {
        Self { path }
    }
}

/// Writes the sheet for all tables; `plans` are theirs, with the names of their sheets.
///
/// # Errors
/// When the library refuses a value.
pub fn put_sources(
    book: &mut Book,
    report: &FileReport,
    plans: &[(String, SheetPlan)],
    sources: Sources<'_>,
) -> Result<(), WriteError> {
    let name = styles::source_name(report);
    let mut sheet = ListSheet::companion(book, NAME, name, &COLUMNS)?;
    let text = |text: &str| CellContent::Text(cell_text::for_cell(text, None));
    sheet.line("源文件", &text(name))?;
    sheet.line("源文件 SHA-256", &text(report.sha256.as_deref().unwrap_or("无")))?;
    let mut standards: Vec<String> = report
        .tables
        .iter()
        .map(|table| styles::standard_title(&table.rescoring.standard))
        .collect();
    standards.dedup();
    sheet.line("评分标准", &text(&standards.join("、")))?;
    sheet.line("生成工具", &text(&styles::tool_name()))?;
    sheet.line(SEAL_LABEL, &text(&seal(report, plans)))?;
    sheet.line(
        "说明",
        &text("点“评价表单元格”到本文件的评价表，点“源单元格”打开源文件的原处（打不开时，请把源文件和本文件放在同一个文件夹）。校验码是评价表内容的指纹，改动评价表后不再相符，供再次核对时分辨，不必理会。本页供在屏幕上查对，不打印。"),
    )?;
    sheet.header()?;
    let mut outer = SourceLinks::new(
        sources.path.and_then(link_base),
        report.format.is_some_and(opens_at_a_cell),
    );
    let mut number = 0;
    let (mut title, mut here, mut there) = (String::new(), String::new(), String::new());
    for (table, (sheet_name, plan)) in report.tables.iter().zip(plans) {
        let mut inner = CellLink::to(["internal:'", sheet_name, "'!"].concat());
        let within = inner.target.len();
        for entry in plan.sources() {
            number += 1;
            title.clear();
            entry.path.push_title(&table.evaluation, &mut title);
            let (source_sheet, source) = table.place(entry.source);
            write_cell(entry.place, &mut here);
            write_cell(source, &mut there);
            inner.target.truncate(within);
            inner.target.push_str(&here);
            sheet.row_of([
                ContentRef::count(number).into(),
                title.as_str().into(),
                entry.shown.as_ref().into(),
                sheet_name.as_str().into(),
                linked(&here, Some(&inner)),
                source_sheet.into(),
                linked(&there, outer.to(source_sheet, &there)),
            ])?;
        }
        for unread in table.coverage.unread.iter().take(MOST_UNREAD) {
            number += 1;
            let (source_sheet, source) = table.place(unread.cell);
            write_cell(source, &mut there);
            sheet.row_of([
                ContentRef::count(number).into(),
                "（没有归入任何栏目）".into(),
                unread.text.as_str().into(),
                ContentRef::Blank.into(),
                ContentRef::Blank.into(),
                source_sheet.into(),
                linked(&there, outer.to(source_sheet, &there)),
            ])?;
        }
        let rest = table.coverage.unread.len().saturating_sub(MOST_UNREAD);
        if rest > 0 {
            number += 1;
            sheet.row_of([
                ContentRef::count(number).into(),
                "（没有归入任何栏目）".into(),
                format!("其余 {rest} 处见源文件").as_str().into(),
                ContentRef::Blank.into(),
                ContentRef::Blank.into(),
                table.sheet.as_str().into(),
                ContentRef::Blank.into(),
            ])?;
        }
    }
    sheet.finish_unprinted()
}

/// Links into the source. Most fields of a report stand on one sheet, and only the cell differs.
struct SourceLinks<'r> {
    /// The source as links name it; `None` for no links.
    base: Option<String>,
    has_cells: bool,
    sheet: Option<&'r str>,
    /// The last one.
    link: CellLink,
    /// Where its cell begins.
    before_cell: usize,
}

impl<'r> SourceLinks<'r> {
    fn new(base: Option<String>, has_cells: bool) -> Self {
        Self {
            link: CellLink::to(base.clone().unwrap_or_default()),
            base,
            has_cells,
            sheet: None,
            before_cell: 0,
        }
    }

    /// Returns the link to a cell; to the source alone where no program would open it there.
    fn to(&mut self, sheet: &'r str, cell: &str) -> Option<&CellLink> {
        let base = self.base.as_deref()?;
        if self.has_cells {
            let target = &mut self.link.target;
            if self.sheet != Some(sheet) {
                self.sheet = Some(sheet);
                *target = [base, "#", &quoted_sheet(sheet), "!"].concat();
                self.before_cell = target.len();
            }
            target.truncate(self.before_cell);
            target.push_str(cell);
        }
        Some(&self.link)
    }
}

/// Writes a cell in the place of another.
fn write_cell(cell: CellAddress, text: &mut String) {
    text.clear();
    cell.say(text);
}

fn linked<'c>(cell: &'c str, link: Option<&'c CellLink>) -> RowCell<'c> {
    RowCell {
        content: ContentRef::Text(cell),
        link: link.into(),
        fill: None,
    }
}

/// Returns whether a spreadsheet program opens such a file at a named cell.
const fn opens_at_a_cell(format: FileFormat) -> bool {
    !matches!(
        format,
        FileFormat::Csv | FileFormat::Html | FileFormat::Docx | FileFormat::Json
    )
}

/// Version of the fingerprint, tool, standards, fingerprint of the tables' cells in the order of their places.
fn seal(report: &FileReport, plans: &[(String, SheetPlan)]) -> String {
    let mut digest = Sha256::new();
    let mut at = String::new();
    for (name, plan) in plans {
        add_sheet(&mut digest, name);
        for cell in &plan.cells {
            let text = match &cell.content {
                CellContent::Blank => continue,
                CellContent::Text(text) => Cow::Borrowed(text.as_str()),
                CellContent::Number { value, .. } => plain(*value).into(),
            };
            write_cell(cell.range.first, &mut at);
            add_cell(&mut digest, &at, &text);
        }
    }
    sealed_text(&report.tables, &digest.finalize())
}

fn sealed_text(tables: &[TableReport], digest: &[u8]) -> String {
    let mut standards: Vec<&str> = tables.iter().map(|table| table.rescoring.standard.as_str()).collect();
    standards.dedup();
    let mut hex = String::with_capacity(digest.len() * 2);
    for half in digest.iter().flat_map(|byte| [byte >> 4, byte & 15]) {
        hex.extend(char::from_digit(u32::from(half), 16));
    }
    format!("1 {} {} {hex}", env!("CARGO_PKG_VERSION"), standards.join("、"))
}

fn add_sheet(digest: &mut Sha256, name: &str) {
    digest.update([1]);
    digest.update(name.as_bytes());
}

fn add_cell(digest: &mut Sha256, cell: &str, text: &str) {
    digest.update([2]);
    digest.update(cell.as_bytes());
    digest.update([3]);
    digest.update(text.as_bytes());
}

/// Returns whether a workbook is a normalized one of this version, made of tables under these standards, whose tables
/// are still as they were written.
pub fn is_unchanged_normalized(workbook: &Workbook, tables: &[TableReport]) -> bool {
    let title = format!("{COMPANION_PREFIX}{NAME}");
    let own = workbook.sheets.iter().rfind(|sheet| {
        let first = sheet.cells().first();
        first.is_some_and(|cell| cell.shown() == title)
    });
    let Some(own) = own else { return false };
    let behind = own.cells().iter().skip_while(|cell| cell.shown() != SEAL_LABEL).skip(1);
    let Some(sealed) = behind.map(|cell| cell.shown()).find(|shown| !shown.is_empty()) else {
        return false;
    };
    let mut digest = Sha256::new();
    let is_table = |sheet: &&Sheet| sheet.name.starts_with(TABLE_SHEET);
    for sheet in workbook.sheets.iter().filter(is_table) {
        add_sheet(&mut digest, &sheet.name);
        for cell in sheet.cells() {
            let text = match &cell.value {
                CellValue::Blank => continue,
                CellValue::Text(text) => text.clone(),
                _ => cell.number().map_or_else(|| cell.shown().to_owned(), plain),
            };
            if !text.is_empty() {
                add_cell(&mut digest, &cell.address.text(), &text);
            }
        }
    }
    *sealed == sealed_text(tables, &digest.finalize())
}
