//! 复算过程: each score as declared and as it should be, how that was found and by which clause, then the sums.

use rust_decimal::Decimal;

use super::super::SheetPlan;
use super::super::rescored::execution_score_words;
use crate::model::{Grade, RescoringItem, RescoringMethod, Severity};
use crate::report::{FileReport, TableReport};
use crate::write::WriteError;
use crate::write::kit::book::Book;
use crate::write::kit::list_sheet::{CellLink, ListColumn, ListSheet, RowCell, RowLink, Standing};
use crate::write::kit::number_format::{CellContent, ContentRef};
use crate::write::kit::{cell_text, styles};

/// The sheet's name.
const NAME: &str = "复算过程";

/// Stands in place of rows where there is none.
const NO_SCORE: &str = "没有可复算的得分";

const COLUMNS: [ListColumn; 11] = [
    ("序号", 5, Standing::Centred),
    ("评价表", 9, Standing::Centred),
    ("源单元格", 9, Standing::Centred),
    ("指标", 24, Standing::Text),
    ("分值", 7, Standing::Centred),
    ("申报得分", 9, Standing::Centred),
    ("复算得分", 11, Standing::Centred),
    ("差额", 7, Standing::Centred),
    ("结论", 9, Standing::Centred),
    ("计算过程", 48, Standing::Text),
    // Off the page it may be as wide as keeps rows low.
    ("依据", 90, Standing::Text),
];

/// Writes the sheet for all tables; `plans` are theirs, with the names of their sheets.
///
/// # Errors
/// When the library refuses a value.
pub fn put_calculation(book: &mut Book, report: &FileReport, plans: &[(String, SheetPlan)]) -> Result<(), WriteError> {
    let mut sheet = ListSheet::companion(book, NAME, styles::source_name(report), &COLUMNS)?;
    // The bases stand with the list of findings too.
    sheet.print_first(COLUMNS.len() - 1);
    for (table, (name, _)) in report.tables.iter().zip(plans) {
        sheet.line(name, &CellContent::Text(cell_text::for_cell(&summary(table), None)))?;
    }
    sheet.header()?;
    let mut number = 0;
    for (table, (name, plan)) in report.tables.iter().zip(plans) {
        for item in &table.rescoring.items {
            number += 1;
            // Derivations speak of cells as the source has them.
            let place = plan.places.locate(None, item.cell);
            let link = place.map(|at| CellLink {
                target: format!("internal:'{name}'!{at}"),
                tip: Some("到评价表的对应单元格"),
            });
            let source = item.cell.to_string();
            let (verdict, fill) = verdict(item);
            let [indicator, trace, basis] =
                [&item.indicator, &item.trace, &item.basis].map(|text| cell_text::fitting(text, Some(item.cell)));
            let [weight, declared, difference] = [item.weight, item.declared, difference(item)]
                .map(|value| value.map_or(CellContent::Blank, CellContent::computed_number));
            let due = due(item);
            sheet.row_of([
                ContentRef::count(number).into(),
                name.as_str().into(),
                RowCell {
                    content: ContentRef::Text(&source),
                    link: link.as_ref().into(),
                    fill: None,
                },
                indicator.as_ref().into(),
                (&weight).into(),
                (&declared).into(),
                (&due).into(),
                (&difference).into(),
                RowCell {
                    content: ContentRef::Text(verdict),
                    link: RowLink::None,
                    fill,
                },
                trace.as_ref().into(),
                basis.as_ref().into(),
            ])?;
        }
    }
    if number == 0 {
        sheet.instead_of_rows(NO_SCORE)?;
    }
    sheet.finish()
}

fn due(item: &RescoringItem) -> CellContent {
    match (item.expected_min, item.expected_max) {
        (Some(least), Some(most)) if least != most => {
            CellContent::Text(format!("{}～{}", crate::text::plain(least), crate::text::plain(most)))
        }
        (Some(least), _) => CellContent::computed_number(least),
        _ => CellContent::Blank,
    }
}

/// Returns how far the declared score is from the one taken instead, without a sign as in the list of findings.
fn difference(item: &RescoringItem) -> Option<Decimal> {
    if item.method == RescoringMethod::Manual {
        return None;
    }
    item.declared?
        .checked_sub(item.rescored?)
        .map(|points| points.abs().normalize())
}

fn verdict(item: &RescoringItem) -> (&'static str, Option<u32>) {
    match (item.method, item.declared, item.rescored) {
        (RescoringMethod::Manual, _, _) => ("人工判断", Some(styles::severity_fill(Severity::Info))),
        (_, Some(declared), Some(rescored)) if declared == rescored => ("相符", None),
        (_, Some(_), Some(_)) => ("不符", Some(styles::severity_fill(Severity::Error))),
        _ => ("没有得分", Some(styles::severity_fill(Severity::Warning))),
    }
}

fn summary(table: &TableReport) -> String {
    let rescoring = &table.rescoring;
    let figure = |number: Option<Decimal>| number.map_or_else(|| "无".to_owned(), crate::text::plain);
    let grade = |grade: Option<Grade>| grade.map_or("无", Grade::title);
    let place = execution_score_words(rescoring.execution_score);
    format!(
        "申报总分 {}，各项申报得分之和 {}，复算总分 {}；申报等次 {}，按复算总分 {}；{place}。",
        figure(rescoring.declared_total),
        figure(rescoring.sum_of_scores),
        rescoring.rescored_total_text(),
        grade(rescoring.declared_grade),
        rescoring.rescored_grade_text()
    )
}
