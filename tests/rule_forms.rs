//! The rules over every form of the catalogue: a clean table gives no error and no warning, and one that is broken in
//! one place gives the finding of what was broken.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

mod support;

use std::collections::BTreeMap;

use hebiao::grid::{CellAddress, CellValue, Workbook};
use hebiao::internals::{Source, check_table};
use hebiao::layout::read_tables;
use hebiao::model::{
    Discrepancy, Field, FundSource, Grade, Indicator, RescoredRow, Rescoring, RescoringMethod, Severity, SheetPart,
    TableReading, place_of,
};
use hebiao::rescore::rescore;
use hebiao::rules;
use hebiao::standard::Standard;
use rust_decimal::Decimal;
use support::form_page::{self, FormPage};
use support::sheet_changes::each_sheet;

/// Tables of the catalogue that are not clean, and what is wrong with each: its rules and how often.
const FAULTY: [(&str, &str); 11] = [
    ("concrete_indicator_beside_levels", "H01"),
    ("department_evaluation_framework", "H01"),
    ("eight_tables_below_each_other", "B02 B02 B02 B02 B02 B02 B02 B02"),
    ("grid_of_four_tables", "H01 H01 H01 H01"),
    ("indicators_named_like_the_total", "D01 B21"),
    ("income_shifted_total_label", "B02 F01"),
    ("national_2020_form", "B02"),
    ("points_only_in_names", "H01"),
    ("sum_below_each_level_and_no_total", "A18"),
    ("total_in_head_and_in_its_row", "A01"),
    ("total_only_in_head", "F01 B02"),
];

fn checked(table: &TableReading, workbook: &Workbook) -> (Rescoring, Vec<Discrepancy>) {
    let standard = Standard::ministry();
    let rescoring = rescore(&table.evaluation, &table.places, standard);
    let findings = rules::check(table, workbook.format, &rescoring, standard);
    (rescoring, findings)
}

/// Codes of the entries for a person.
fn asked(table: &TableReading, workbook: &Workbook) -> Vec<String> {
    let standard = Standard::ministry();
    let source = Source {
        format: workbook.format,
        file: None,
        tables: 1,
        report: None,
        evidence: None,
        references: None,
    };
    let rescoring = rescore(&table.evaluation, &table.places, standard);
    let checked = check_table(table, &source, &rescoring, standard);
    checked.for_review.into_iter().map(|entry| entry.code).collect()
}

fn serious(page: &FormPage) -> Vec<String> {
    let tables = read_tables(&page.workbook).tables;
    let findings = tables.iter().flat_map(|table| checked(table, &page.workbook).1);
    findings
        .filter(|found| found.severity != Severity::Info)
        .map(|found| found.code)
        .collect()
}

#[test]
fn a_clean_table_of_any_form_gives_no_error_and_no_warning() {
    let faulty: BTreeMap<&str, &str> = FAULTY.into_iter().collect();
    let wrong: Vec<String> = form_page::pages()
        .iter()
        .filter_map(|page| {
            let found = serious(page).join(" ");
            let expected = faulty.get(page.name.as_str()).copied().unwrap_or_default();
            (found != expected).then(|| format!("{}: {found} instead of {expected}", page.name))
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// One fault put into a table: the cell, what stands there now, and the findings any of which must come of it.
struct Fault {
    kind: &'static str,
    cell: CellAddress,
    value: CellValue,
    codes: &'static [&'static str],
    at: CellAddress,
}

fn number(value: Decimal) -> CellValue {
    CellValue::Number(value.normalize())
}

fn text(value: &str) -> CellValue {
    if value.is_empty() {
        CellValue::Blank
    } else {
        CellValue::Text(value.to_owned())
    }
}

/// Every fault of the kinds of the catalogue of rules that this table has room for.
fn faults(table: &TableReading, rescoring: &Rescoring) -> Vec<Fault> {
    let mut faults = Vec::new();
    let mut add = |kind, cell, value, codes, at| {
        faults.push(Fault {
            kind,
            cell,
            value,
            codes,
            at,
        });
    };
    let evaluation = &table.evaluation;
    // A figure inside a cell that says more is not to be replaced by itself.
    let is_bare = |field: &&Field<Decimal>| field.text.trim().parse::<Decimal>().is_ok();
    let total = evaluation.total.as_ref();
    if let Some(score) = total.and_then(|total| total.score.as_ref()).filter(is_bare) {
        // Without a score in any row there is nothing to add up.
        if rescoring.sum_of_scores.is_some() {
            add(
                "total score",
                score.cell,
                number(score.value - Decimal::new(37, 1)),
                &["A01"],
                score.cell,
            );
        }
        add(
            "total score as an error",
            score.cell,
            CellValue::Error("#REF!".to_owned()),
            &["R01"],
            score.cell,
        );
    }
    if let Some(weight) = total.and_then(|total| total.weight.as_ref()).filter(is_bare) {
        add(
            "total weight",
            weight.cell,
            number(weight.value - Decimal::TWO),
            &["A02"],
            weight.cell,
        );
    }
    // A form that scores a row or two only is not filled in, or scores in another way.
    let whole = |row: &&Indicator| row.weight.is_some() && row.score.is_some();
    let is_scored_by_rows = evaluation.indicators.iter().filter(whole).count() >= 3;
    for (index, row) in evaluation.indicators.iter().enumerate() {
        let item = rescoring
            .items
            .iter()
            .find(|item| item.row == Some(RescoredRow::Indicator(index)));
        if let (Some(score), Some(weight)) = (&row.score, &row.weight) {
            // A weight in brackets stands in another field's cell.
            let bare = weight.text.trim().parse::<Decimal>().is_ok();
            // Points for words where a figure is due are a fault of their own.
            if !score.value.is_zero() {
                add(
                    "score above weight",
                    score.cell,
                    number(weight.value + Decimal::ONE),
                    &["A09"],
                    score.cell,
                );
            }
            add(
                "negative score",
                score.cell,
                number(-Decimal::ONE),
                &["A10"],
                score.cell,
            );
            if bare && is_scored_by_rows {
                add("score blank", score.cell, text(""), &["A11"], score.cell);
            }
            let exact = item.is_some_and(|item| {
                matches!(item.method, RescoringMethod::Full | RescoringMethod::Ratio)
                    && item.expected_min == item.expected_max
                    && item.expected_min == Some(score.value)
            });
            if exact && score.value > Decimal::TWO {
                let lower = number(score.value - Decimal::new(15, 1));
                add("score too low", score.cell, lower, &["B02", "B04", "B11"], score.cell);
            }
            if let Some(actual) = &row.actual {
                add("actual blank", actual.cell, text(""), &["B21", "D02"], score.cell);
            }
            if let Some(level3) = row.level3.as_ref().filter(|level3| level3.cell != weight.cell) {
                add(
                    "a date for a name",
                    level3.cell,
                    text("2023年12月31日"),
                    &["D13"],
                    level3.cell,
                );
            }
            // Without an adjusted target the initial one holds.
            let is_adjusted = table.columns.iter().any(|column| column.header.contains("调整"));
            if let Some(target) = row.target.as_ref().filter(|_| !is_adjusted) {
                add("target of dots", target.cell, text("……"), &["D01"], target.cell);
            }
            if score.text.trim().parse::<Decimal>().is_ok() {
                add(
                    "number as text",
                    score.cell,
                    text(&format!("{} ", score.value)),
                    &["A14"],
                    score.cell,
                );
            }
        }
    }
    for fund in evaluation.funds.iter().filter(|fund| fund.source == FundSource::Total) {
        if let (Some(budget), Some(executed)) = (&fund.annual_budget, &fund.executed)
            && budget.value > Decimal::ZERO
        {
            let more = number(budget.value * Decimal::TWO);
            add(
                "executed beyond the budget",
                executed.cell,
                more,
                &["C05", "C01", "C02"],
                executed.cell,
            );
        }
    }
    if let Some(grade) = evaluation
        .grade
        .as_ref()
        .filter(|grade| grade.text.trim().chars().count() <= 2)
    {
        let other = if grade.value == Grade::Poor { "优" } else { "差" };
        add("grade", grade.cell, text(other), &["F01"], grade.cell);
    }
    faults
}

/// The page with the fault in it.
fn broken(page: &FormPage, sheet: &str, continued: &[SheetPart], fault: &Fault) -> Workbook {
    let mut changed = page.workbook.clone();
    changed
        .sheets
        .retain(|kept| kept.name == sheet || continued.iter().any(|part| part.sheet == kept.name));
    let (at_sheet, at_cell) = place_of(sheet, continued, fault.cell);
    each_sheet(&changed, |grid| {
        let mut grid = grid.clone();
        let is_there = grid.name == at_sheet;
        for cell in grid.cells.iter_mut().filter(|cell| is_there && cell.address == at_cell) {
            cell.value = fault.value.clone();
            cell.formula = None;
            cell.number_format = None;
            cell.shown_otherwise = match &fault.value {
                CellValue::Number(value) => Some(value.to_string()),
                _ => None,
            };
        }
        grid.cells.retain(|cell| cell.value != CellValue::Blank);
        grid
    })
}

#[test]
fn a_table_broken_anywhere_gives_the_finding_of_what_was_broken() {
    let faulty: Vec<&str> = FAULTY.iter().map(|(name, _)| *name).collect();
    let pages: Vec<FormPage> = form_page::pages()
        .into_iter()
        .filter(|page| !faulty.contains(&page.name.as_str()))
        .collect();
    let mut all = Vec::new();
    for page in &pages {
        for table in read_tables(&page.workbook).tables {
            let (rescoring, findings) = checked(&table, &page.workbook);
            if findings.iter().all(|found| found.severity == Severity::Info) {
                all.extend(
                    faults(&table, &rescoring)
                        .into_iter()
                        .map(|fault| (page, table.sheet.clone(), table.continued.clone(), fault)),
                );
            }
        }
    }
    let mut missed = Vec::new();
    let mut kinds = BTreeMap::new();
    for (page, sheet, continued, fault) in &all {
        *kinds.entry(fault.kind).or_insert(0) += 1;
        let workbook = broken(page, sheet, continued, fault);
        let tables = read_tables(&workbook).tables;
        let findings: Vec<Discrepancy> = tables.iter().flat_map(|table| checked(table, &workbook).1).collect();
        // What rests on a guessed header is asked, not found.
        let is_asked = tables.iter().filter(|table| !table.guessed.is_empty()).any(|table| {
            asked(table, &workbook)
                .iter()
                .any(|code| fault.codes.contains(&code.as_str()))
        });
        let is_found = findings.iter().any(|found| {
            fault.codes.contains(&found.code.as_str()) && (found.cell == fault.at || found.related.contains(&fault.at))
        });
        if !is_found && !is_asked {
            let outline: Vec<String> = findings
                .iter()
                .map(|found| format!("{} {}", found.code, found.cell))
                .collect();
            missed.push(format!(
                "{} {}: {} at {}: {outline:?}",
                page.name, sheet, fault.kind, fault.cell
            ));
        }
    }
    missed.sort();
    missed.dedup();
    assert!(missed.is_empty(), "{} missed\n{}", missed.len(), missed.join("\n"));
    assert!(kinds.len() >= 12, "{kinds:?}");
}
