//! A table of a report turned back into a reading, so that it can be rescored and checked again.
//!
//! A report holds every field with its cell, but not the sheet. Where a cell was empty, its place follows from its row
//! and its column; what only the sheet could tell (errors, formulas, hidden figures) is taken from the report's own
//! findings.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::grid::CellAddress;
use crate::layout::{FormLibrary, GradeText, read_grade, retold};
use crate::model::{
    Binding, CellFact, CellFactAt, Discrepancy, Evaluation, Field, FormRecognition, FormulaReading, FundColumn,
    FundRow, GradePlace, HeadingField, Indicator, IndicatorColumn, LabelledLine, LineKind, Recomputed, Severity,
    TablePlaces, TableReading, TotalPlaces,
};
use crate::report::TableReport;

/// The reading behind a table of a report, as far as the report tells.
pub fn reread(table: &TableReport) -> TableReading {
    let bindings = bindings(&table.evaluation);
    let places = places(table);
    let facts = facts(table, &bindings, &places);
    TableReading {
        sheet: table.sheet.clone(),
        range: table.range,
        continued: table.continued.clone(),
        other_part: table.other_part.clone(),
        kind: table.kind,
        recognition: FormRecognition {
            form: "report".to_owned(),
            title: table.kind.title().to_owned(),
            confidence: 100,
            reasons: vec!["取自核对结果文件，没有再看原来的表格".to_owned()],
            missing: Vec::new(),
        },
        columns: Vec::new(),
        evaluation: table.evaluation.clone(),
        places,
        bindings,
        labels: Vec::new(),
        guesses: Vec::new(),
        guessed: table.guessed.clone(),
        unknown_headers: table.unknown_headers.clone(),
        facts,
        formulas: formulas(table),
        coverage: table.coverage.clone(),
    }
}

/// Every field of the evaluation with its path, by cell.
fn bindings(evaluation: &Evaluation) -> Vec<Binding> {
    fn walk(value: &Value, path: &str, found: &mut Vec<Binding>) {
        match value {
            Value::Object(map) => {
                if let (Some(Value::String(text)), Some(Value::String(cell))) = (map.get("text"), map.get("cell"))
                    && let Ok(cell) = cell.parse()
                {
                    found.push(Binding {
                        field: path.to_owned(),
                        cell,
                        text: text.clone(),
                    });
                    return;
                }
                for (key, inner) in map {
                    let path = if path.is_empty() {
                        key.clone()
                    } else {
                        format!("{path}.{key}")
                    };
                    walk(inner, &path, found);
                }
            }
            Value::Array(items) => {
                for (index, inner) in items.iter().enumerate() {
                    walk(inner, &format!("{path}[{index}]"), found);
                }
            }
            _ => {}
        }
    }
    let mut found = Vec::new();
    if let Ok(value) = serde_json::to_value(evaluation) {
        walk(&value, "", &mut found);
    }
    found.sort_by(|one, other| (one.cell, &one.field).cmp(&(other.cell, &other.field)));
    found
}

fn places(table: &TableReport) -> TablePlaces {
    let evaluation = &table.evaluation;
    let findings = &table.discrepancies;
    let (indicators, indicator_headers) = grid_places(evaluation.indicators.iter().map(indicator_cells));
    let (funds, fund_headers) = grid_places(evaluation.funds.iter().map(fund_cells));
    let year_finding = findings
        .iter()
        .any(|finding| finding.code == "H01" && finding.field.as_deref() == Some("year"));
    TablePlaces {
        headings: headings(evaluation, findings),
        total: total_places(table, &indicator_headers),
        grade: grade_place(evaluation, findings),
        indicators,
        indicator_headers,
        funds,
        fund_headers,
        lines: lines(table),
        year_is_explicit: evaluation.year.is_some() && !year_finding,
    }
}

/// Lines that earlier findings found empty.
fn lines(table: &TableReport) -> Vec<LabelledLine> {
    let notes: BTreeSet<CellAddress> = table.evaluation.notes.iter().map(|note| note.cell).collect();
    let findings = table.discrepancies.iter().filter_map(|finding| {
        let kind = match finding.code.as_str() {
            "H14" => LineKind::Signature,
            "E11" => LineKind::Conclusion,
            _ => return None,
        };
        let labels = finding.declared.as_deref()?.split('、');
        let cells = std::iter::once(finding.cell).chain(finding.related.iter().copied());
        Some((kind, labels.zip(cells)))
    });
    let mut lines = Vec::new();
    for (kind, found) in findings {
        for (label, cell) in found {
            // A conclusion that says 无 was found at its value; where its label stands is not told.
            let is_value = kind == LineKind::Conclusion && notes.contains(&cell);
            lines.push(LabelledLine {
                kind,
                label: label.to_owned(),
                cell: if is_value { table.range.first } else { cell },
                value: is_value.then_some(cell),
            });
        }
    }
    lines
}

type Row<K> = BTreeMap<K, CellAddress>;

/// The cell of each column in each row, and above the first row, the columns' heads.
///
/// A column stands where most of its cells stand; a row where its own cells do.
fn grid_places<K: Ord + Copy>(rows: impl Iterator<Item = Row<K>>) -> (Vec<Row<K>>, Row<K>) {
    let mut rows: Vec<Row<K>> = rows.collect();
    let mut counts: BTreeMap<K, BTreeMap<u32, usize>> = BTreeMap::new();
    for (column, cell) in rows.iter().flatten() {
        *counts.entry(*column).or_default().entry(cell.column).or_default() += 1;
    }
    let columns: BTreeMap<K, u32> = counts
        .into_iter()
        .filter_map(|(column, counts)| {
            let (at, _) = counts
                .into_iter()
                .max_by_key(|(at, count)| (*count, std::cmp::Reverse(*at)))?;
            Some((column, at))
        })
        .collect();
    let top = rows.iter().flat_map(BTreeMap::values).map(|cell| cell.row).min();
    for row in &mut rows {
        // Names merged over several rows stand above; the lowest cell is the row's own.
        let Some(own) = row.values().map(|cell| cell.row).max() else {
            continue;
        };
        for (column, at) in &columns {
            row.entry(*column).or_insert(CellAddress::new(own, *at));
        }
    }
    let head = top.unwrap_or_default().saturating_sub(1);
    let heads = columns
        .into_iter()
        .map(|(column, at)| (column, CellAddress::new(head, at)))
        .collect();
    (rows, heads)
}

fn cell_of<T>(field: Option<&Field<T>>) -> Option<CellAddress> {
    field.map(|field| field.cell)
}

fn indicator_cells(indicator: &Indicator) -> Row<IndicatorColumn> {
    [
        (IndicatorColumn::Level1, cell_of(indicator.level1.as_ref())),
        (IndicatorColumn::Level2, cell_of(indicator.level2.as_ref())),
        (IndicatorColumn::Level3, cell_of(indicator.level3.as_ref())),
        (IndicatorColumn::Operator, cell_of(indicator.operator.as_ref())),
        (IndicatorColumn::Target, cell_of(indicator.target.as_ref())),
        (IndicatorColumn::MeasureUnit, cell_of(indicator.measure_unit.as_ref())),
        (IndicatorColumn::Actual, cell_of(indicator.actual.as_ref())),
        (IndicatorColumn::Weight, cell_of(indicator.weight.as_ref())),
        (IndicatorColumn::Score, cell_of(indicator.score.as_ref())),
        (IndicatorColumn::ReviewScore, cell_of(indicator.review_score.as_ref())),
        (IndicatorColumn::Reason, cell_of(indicator.reason.as_ref())),
    ]
    .into_iter()
    .filter_map(|(column, cell)| Some((column, cell?)))
    .collect()
}

fn fund_cells(fund: &FundRow) -> Row<FundColumn> {
    [
        (FundColumn::Label, cell_of(fund.label.as_ref())),
        (FundColumn::InitialBudget, cell_of(fund.initial_budget.as_ref())),
        (FundColumn::AnnualBudget, cell_of(fund.annual_budget.as_ref())),
        (FundColumn::Executed, cell_of(fund.executed.as_ref())),
        (FundColumn::Weight, cell_of(fund.weight.as_ref())),
        (FundColumn::ExecutionRate, cell_of(fund.execution_rate.as_ref())),
        (FundColumn::Score, cell_of(fund.score.as_ref())),
        (FundColumn::Reason, cell_of(fund.reason.as_ref())),
    ]
    .into_iter()
    .filter_map(|(column, cell)| Some((column, cell?)))
    .collect()
}

/// Headings without a value stand where the report found them missing.
fn headings(evaluation: &Evaluation, findings: &[Discrepancy]) -> BTreeMap<HeadingField, CellAddress> {
    let fields = [
        (HeadingField::Title, "title", cell_of(evaluation.title.as_ref())),
        (HeadingField::Year, "year", cell_of(evaluation.year.as_ref())),
        (
            HeadingField::ProjectName,
            "project_name",
            cell_of(evaluation.project_name.as_ref()),
        ),
        (
            HeadingField::Department,
            "department",
            cell_of(evaluation.department.as_ref()),
        ),
        (
            HeadingField::ImplementingUnit,
            "implementing_unit",
            cell_of(evaluation.implementing_unit.as_ref()),
        ),
    ];
    let missing = |field: &str| {
        findings
            .iter()
            .find(|finding| finding.code == "H01" && finding.field.as_deref() == Some(field))
            .map(|finding| finding.cell)
    };
    fields
        .into_iter()
        .filter_map(|(heading, field, cell)| Some((heading, missing(field).or(cell)?)))
        .collect()
}

fn total_places(table: &TableReport, headers: &Row<IndicatorColumn>) -> Option<TotalPlaces> {
    let total = table.evaluation.total.as_ref()?;
    let weight = cell_of(total.weight.as_ref());
    let score = cell_of(total.score.as_ref());
    let found = table.discrepancies.iter().find(|finding| {
        finding
            .field
            .as_deref()
            .is_some_and(|field| field.starts_with("total."))
    });
    let row = weight.or(score).or(found.map(|finding| finding.cell))?.row;
    let place = |column| headers.get(&column).map(|header| CellAddress::new(row, header.column));
    Some(TotalPlaces {
        label: CellAddress::new(row, table.range.first.column),
        weight: weight.or_else(|| place(IndicatorColumn::Weight)),
        score: score.or_else(|| place(IndicatorColumn::Score)),
    })
}

fn grade_place(evaluation: &Evaluation, findings: &[Discrepancy]) -> Option<GradePlace> {
    if let Some(grade) = &evaluation.grade {
        return Some(GradePlace {
            cell: grade.cell,
            is_tick_line: matches!(
                read_grade(&grade.text, FormLibrary::builtin().vocabulary()),
                Some(GradeText::Ticks(_))
            ),
            ticked: vec![grade.value],
            text: grade.text.clone(),
        });
    }
    let finding = findings.iter().find(|finding| finding.code == "F04")?;
    let text = finding.declared.clone().unwrap_or_default();
    let ticked = match read_grade(&text, FormLibrary::builtin().vocabulary()) {
        Some(GradeText::Ticks(ticked)) => ticked,
        _ => Vec::new(),
    };
    Some(GradePlace {
        cell: finding.cell,
        is_tick_line: true,
        ticked,
        text,
    })
}

/// Formulas that earlier findings told of.
fn formulas(table: &TableReport) -> Vec<FormulaReading> {
    let told = table.discrepancies.iter().filter(|finding| finding.code == "R03");
    told.filter_map(|finding| {
        let formula = quoted(&finding.message, "“=", "”")?;
        let expected = finding.expected.as_deref()?.parse().ok()?;
        let field = finding.field.clone()?;
        // A total over the wrong cells had the value that its formula gives.
        let recomputed = if finding.message.contains("保存的结果") {
            Recomputed::Otherwise(expected)
        } else {
            Recomputed::AsStored
        };
        Some(retold(finding.cell, field, formula, recomputed))
    })
    .collect()
}

/// What only the sheet could tell, from the findings that told it.
fn facts(table: &TableReport, bindings: &[Binding], places: &TablePlaces) -> Vec<CellFactAt> {
    let mut fields = placed_fields(places);
    for binding in bindings {
        fields.insert(binding.cell, binding.field.clone());
    }
    let mut facts: BTreeMap<CellAddress, CellFactAt> = BTreeMap::new();
    let mut note = |cell: CellAddress, text: &str, fact: CellFact| {
        let field = fields.get(&cell).cloned();
        facts.entry(cell).or_insert_with(|| CellFactAt {
            cell,
            text: text.to_owned(),
            field,
            fact,
        });
    };
    for finding in &table.discrepancies {
        let declared = finding.declared.as_deref().unwrap_or_default();
        let cells = std::iter::once(finding.cell).chain(finding.related.iter().copied());
        match finding.code.as_str() {
            "R01" => cells.for_each(|cell| note(cell, declared, CellFact::ErrorValue(declared.to_owned()))),
            "R02" => {
                let formula = quoted(&finding.message, "“=", "”").unwrap_or_default();
                note(finding.cell, "", CellFact::FormulaWithoutValue(formula.to_owned()));
            }
            "A14" => note(finding.cell, declared, CellFact::NumberAsText),
            "R05" => {
                let any_scored = finding.severity != Severity::Info;
                for cell in cells {
                    let scored = any_scored
                        && fields.get(&cell).is_some_and(|field| {
                            field.starts_with("funds[") || field.ends_with("weight") || field.ends_with("score")
                        });
                    note(cell, declared, CellFact::HiddenFigure { scored });
                }
            }
            _ => {}
        }
    }
    for unread in &table.coverage.unread {
        if fields.contains_key(&unread.cell) {
            note(unread.cell, &unread.text, CellFact::UnreadableFigure);
        }
    }
    facts.into_values().collect()
}

/// The field that belongs to each place of the blocks, filled or not.
fn placed_fields(places: &TablePlaces) -> BTreeMap<CellAddress, String> {
    let indicator = |column: &IndicatorColumn| match column {
        IndicatorColumn::Weight => Some("weight"),
        IndicatorColumn::Score => Some("score"),
        IndicatorColumn::ReviewScore => Some("review_score"),
        IndicatorColumn::Target => Some("target"),
        IndicatorColumn::Actual => Some("actual"),
        _ => None,
    };
    let fund = |column: &FundColumn| match column {
        FundColumn::InitialBudget => Some("initial_budget"),
        FundColumn::AnnualBudget => Some("annual_budget"),
        FundColumn::Executed => Some("executed"),
        FundColumn::Weight => Some("weight"),
        FundColumn::ExecutionRate => Some("execution_rate"),
        FundColumn::Score => Some("score"),
        FundColumn::Label | FundColumn::Reason => None,
    };
    let mut fields = BTreeMap::new();
    for (index, row) in places.indicators.iter().enumerate() {
        for (column, cell) in row {
            if let Some(leaf) = indicator(column) {
                fields.entry(*cell).or_insert(format!("indicators[{index}].{leaf}"));
            }
        }
    }
    for (index, row) in places.funds.iter().enumerate() {
        for (column, cell) in row {
            if let Some(leaf) = fund(column) {
                fields.entry(*cell).or_insert(format!("funds[{index}].{leaf}"));
            }
        }
    }
    if let Some(total) = &places.total {
        for (leaf, cell) in [("total.weight", total.weight), ("total.score", total.score)] {
            if let Some(cell) = cell {
                fields.entry(cell).or_insert(leaf.to_owned());
            }
        }
    }
    fields
}

fn quoted<'a>(text: &'a str, open: &str, close: &str) -> Option<&'a str> {
    text.split_once(open)?.1.split_once(close).map(|(inner, _)| inner)
}
