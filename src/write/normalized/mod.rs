//! 规范表: the normalized workbook, one sheet a table, one fixed layout whatever came in.
//!
//! A table is first planned as cells ([`plan`]), then measured, then written. What was declared stands as declared;
//! what this program adds is two columns (复算得分, 差异标记), fills, notes, and an annex under its own band.

mod annex;
pub(super) mod columns;
mod companion;
mod csv;
mod findings;
mod indicators;
mod kept;
mod layout;
mod levels;
mod places;
pub(super) mod plan;
pub(super) mod render;
mod rescored;
pub(super) mod sizes;
pub(super) mod wording;

pub use self::companion::{Sources, is_unchanged_normalized};
pub use self::csv::normalized_csv;
use self::places::Places;
use self::plan::SheetPlan;
use super::discrepancies::{DiscrepancyList, ListPart, ListedDiscrepancy};
use super::kit::list_sheet::CellLink;
use super::kit::properties::Properties;
use super::kit::styles;
use super::{ReportWriter, WriteError};
use crate::grid::CellAddress;
use crate::report::FileReport;

/// The first table's sheet; those of further tables have a number behind it.
const TABLE_SHEET: &str = "评价表";
const TITLE: &str = "绩效评价表（规范表）";

/// Returns the normalized workbook of one file's tables, as the bytes of an xlsx file.
///
/// Values only, no formula; the same report gives the same bytes. Errors when the report has no table.
///
/// The form is that of 财预〔2020〕10号 附件1, in the wording of the table's kind. Declared numbers are number cells shown
/// as in the source; declared texts stay texts whatever they begin with. Behind the tables stand 复算过程 and 来源对照.
pub fn normalized_workbook(report: &FileReport) -> Result<Vec<u8>, WriteError> {
    ReportWriter::new(report).normalized_workbook(Sources::default())
}

/// Returns the normalized workbook, in it the report's list, and how it is laid out.
pub(in crate::write) fn write_workbook(
    report: &FileReport,
    list: &DiscrepancyList,
    part: &ListPart,
    sources: Sources<'_>,
) -> Result<(Vec<u8>, NormalizedLayout), WriteError> {
    if report.tables.is_empty() {
        return Err(WriteError::NoTable);
    }
    let mut tables = Vec::with_capacity(report.tables.len());
    for (index, table) in report.tables.iter().enumerate() {
        let mut plan = layout::plan_form(table);
        let unmarked = findings::annotate(&mut plan, &table.discrepancies);
        annex::put_annex(&mut plan, report, table, &unmarked);
        let widths = columns::widths();
        let mut sizes = sizes::measure(&mut plan, &widths);
        if !sizes.cut.is_empty() {
            annex::put_whole_texts(&mut plan, &sizes.cut);
            sizes = sizes::measure(&mut plan, &widths);
        }
        plan.settle();
        tables.push((sheet_name(index), plan, sizes));
    }
    let link = |row: &ListedDiscrepancy| {
        let (name, plan, _) = tables.get(row.table)?;
        let place = plan.places.locate(row.field.as_deref(), row.cell);
        let place = place.unwrap_or(CellAddress::new(0, 0));
        Some(CellLink {
            target: format!("internal:'{name}'!{place}"),
            tip: Some("到评价表的对应单元格"),
        })
    };
    let mut book = part.book(list, link, |book| {
        for (name, plan, sizes) in &tables {
            let sheet = book.add_sheet(name)?;
            book.setup(sheet)?.footer = Some(styles::source_name(report).to_owned());
            render::render(book, sheet, plan, sizes)?;
        }
        Ok(())
    })?;
    book.set_properties(Properties::of_report(report, TITLE));
    let plans: Vec<(String, SheetPlan)> = tables.into_iter().map(|(name, plan, _)| (name, plan)).collect();
    companion::put_calculation(&mut book, report, &plans)?;
    companion::put_sources(&mut book, report, &plans, sources)?;
    let bytes = book.into_bytes()?;
    let tables = plans.into_iter().map(|(sheet, plan)| TableLayout {
        sheet,
        places: plan.places,
    });
    let tables = tables.collect();
    Ok((bytes, NormalizedLayout { tables }))
}

/// Returns the sheet of the table with this index: 评价表, 评价表2, 评价表3 …
fn sheet_name(index: usize) -> String {
    if index == 0 {
        TABLE_SHEET.to_owned()
    } else {
        format!("{TABLE_SHEET}{}", index + 1)
    }
}

/// Where everything of a report stands in its normalized workbook.
#[derive(Debug, Clone, PartialEq)]
pub struct NormalizedLayout {
    tables: Vec<TableLayout>,
}

/// One table's part of a [`NormalizedLayout`].
#[derive(Debug, Clone, PartialEq)]
pub struct TableLayout {
    sheet: String,
    places: Places,
}

impl NormalizedLayout {
    /// Returns the layout that [`normalized_workbook`] gives this report.
    pub fn of(report: &FileReport) -> Self {
        let tables = report.tables.iter().enumerate();
        Self {
            tables: tables
                .map(|(index, table)| TableLayout {
                    sheet: sheet_name(index),
                    places: layout::plan_form(table).places,
                })
                .collect(),
        }
    }

    /// Returns the layout of the table with this index in the report.
    pub fn table(&self, index: usize) -> Option<&TableLayout> {
        self.tables.get(index)
    }
}

impl TableLayout {
    /// Returns the sheet's name.
    pub fn sheet(&self) -> &str {
        &self.sheet
    }

    /// The cell for a field path and the source cell it belongs to: the field's cell; else the cell that took
    /// the source cell; else the mark of the row that the source row became; else the sheet's first cell.
    pub fn locate(&self, field: Option<&str>, source: CellAddress) -> CellAddress {
        self.places.locate(field, source).unwrap_or(CellAddress::new(0, 0))
    }
}
