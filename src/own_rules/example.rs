//! A rule's own wrong and right example: a few fields as TOML, tried on the rule alone.

use rust_decimal::Decimal;
use toml::{Table, Value};

use super::evaluate::MOST_STEPS;
use super::names;
use super::rule::{OwnFindings, OwnRule};
use crate::grid::{CellAddress, CellRange};
use crate::model::{
    Bindings, Coverage, Evaluation, Field, FieldSlot, FormRecognition, FundField, FundRow, FundSource, Grade,
    Indicator, IndicatorField, MoneyUnit, TableKind, TablePlaces, TableReading,
};

/// Which of a rule's examples.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Example {
    /// The one that the rule must find.
    Wrong,
    /// The one that it must leave alone.
    Right,
}

/// What came of an example.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trial {
    /// Which.
    pub example: Example,
    /// What the rule said.
    pub found: OwnFindings,
    /// Whether that is as it should be.
    pub is_as_it_should_be: bool,
}

impl OwnRule {
    /// Tries the rule on its own examples.
    pub fn try_examples(&self) -> [Trial; 2] {
        [(Example::Wrong, &self.wrong), (Example::Right, &self.right)].map(|(example, table)| {
            let mut found = OwnFindings::default();
            self.check(table, None, &mut MOST_STEPS.clone(), &mut found);
            let is_found = !found.discrepancies.is_empty();
            let is_as_it_should_be = found.for_review.is_empty() && is_found == (example == Example::Wrong);
            Trial {
                example,
                found,
                is_as_it_should_be,
            }
        })
    }
}

/// Returns the table that an example describes. Amounts are in 万元.
///
/// # Errors
/// What is wrong with a field, in Chinese.
pub(super) fn table(written: &Table, kind: TableKind) -> Result<TableReading, String> {
    let mut evaluation = Evaluation {
        money_unit: Some(MoneyUnit::TenThousandYuan),
        ..Evaluation::default()
    };
    let mut total = FundRow::new(FundSource::Total);
    let mut next_row = 2;
    for (key, value) in written {
        let field = named(key, &names::TABLE_FIELDS)?;
        let at = position(&names::TABLE_FIELDS, field);
        let cell = CellAddress::new(1, at);
        match field {
            "indicators" => {
                for row in rows(key, value)? {
                    next_row += 1;
                    evaluation.indicators.push(indicator(row, next_row)?);
                }
            }
            "funds" => {
                for row in rows(key, value)? {
                    next_row += 1;
                    evaluation.funds.push(fund(row, next_row)?);
                }
            }
            "title" => evaluation.title = Some(text(key, value, cell)?),
            "project_name" => evaluation.project_name = Some(text(key, value, cell)?),
            "department" => evaluation.department = Some(text(key, value, cell)?),
            "implementing_unit" => evaluation.implementing_unit = Some(text(key, value, cell)?),
            "year" => {
                let year = number(key, value, cell)?;
                let whole = i32::try_from(year.value).map_err(|_| format!("“{key}”须是年份，例如 2024"))?;
                evaluation.year = Some(year.with(whole));
            }
            "grade" => {
                let written = text(key, value, cell)?;
                let grades = [Grade::Excellent, Grade::Good, Grade::Fair, Grade::Poor];
                let grade = grades.into_iter().find(|grade| grade.title() == written.value);
                evaluation.grade = Some(written.with(grade.ok_or_else(|| format!("“{key}”须是优、良、中或差"))?));
            }
            "total_weight" => evaluation.total.get_or_insert_default().weight = Some(number(key, value, cell)?),
            "total_score" => evaluation.total.get_or_insert_default().score = Some(number(key, value, cell)?),
            "initial_budget" => total.initial_budget = Some(number(key, value, cell)?),
            "budget" | "annual_budget" => total.annual_budget = Some(number(key, value, cell)?),
            "executed" => total.executed = Some(number(key, value, cell)?),
            "execution_rate" => total.execution_rate = Some(number(key, value, cell)?),
            _ => return Err(format!("“{key}”不能写在示例里")),
        }
    }
    if total != FundRow::new(FundSource::Total) {
        evaluation.funds.insert(0, total);
    }
    let last = CellAddress::new(next_row, 20);
    Ok(TableReading {
        sheet: "示例".to_owned(),
        range: CellRange::new(CellAddress::new(1, 1), last),
        kind,
        recognition: FormRecognition {
            form: "example".to_owned(),
            title: kind.title().to_owned(),
            confidence: 100,
            reasons: Vec::new(),
            missing: Vec::new(),
        },
        columns: Vec::new(),
        evaluation,
        places: TablePlaces::default(),
        bindings: Bindings::default(),
        labels: Vec::new(),
        guesses: Vec::new(),
        facts: Vec::new(),
        formulas: Vec::new(),
        coverage: Coverage::default(),
        continued: Vec::new(),
        other_part: None,
        guessed: Vec::new(),
        unknown_headers: Vec::new(),
    })
}

fn indicator(written: &Table, row: u32) -> Result<Indicator, String> {
    let mut indicator = Indicator::default();
    for (key, value) in written {
        let field = named(key, &names::INDICATOR_FIELDS)?;
        let cell = CellAddress::new(row, position(&names::INDICATOR_FIELDS, field));
        if let Some(column) = IndicatorField::named(field) {
            fill(column.slot(&mut indicator), key, value, cell)?;
        }
    }
    Ok(indicator)
}

fn fund(written: &Table, row: u32) -> Result<FundRow, String> {
    let mut fund = FundRow::new(FundSource::Other);
    for (key, value) in written {
        let field = named(key, &names::FUND_FIELDS)?;
        let cell = CellAddress::new(row, position(&names::FUND_FIELDS, field));
        if field == "source" {
            let written = text(key, value, cell)?.value;
            fund.source = super::fields::source_titled(&written)
                .ok_or_else(|| format!("“{key}”没有“{written}”，可以是：{}", super::fields::source_titles()))?;
        }
        let field = if field == "budget" { "annual_budget" } else { field };
        if let Some(column) = FundField::named(field) {
            fill(column.slot(&mut fund), key, value, cell)?;
        }
    }
    Ok(fund)
}

fn fill(slot: FieldSlot<'_>, key: &str, value: &Value, cell: CellAddress) -> Result<(), String> {
    match slot {
        FieldSlot::Text(place) => *place = Some(text(key, value, cell)?),
        FieldSlot::Number(place) => *place = Some(number(key, value, cell)?),
    }
    Ok(())
}

fn named(key: &str, fields: &[&'static str]) -> Result<&'static str, String> {
    let found = fields
        .iter()
        .copied()
        .find(|field| *field == key || names::english(key) == Some(*field));
    found.ok_or_else(|| {
        let all: Vec<&str> = fields.iter().map(|field| names::chinese(field)).collect();
        format!("示例里没有“{key}”这一项，可以写的是：{}", all.join("、"))
    })
}

fn position(fields: &[&str], field: &str) -> u32 {
    let found = fields.iter().position(|known| *known == field).unwrap_or_default();
    u32::try_from(found).unwrap_or_default() + 1
}

fn rows<'t>(key: &str, value: &'t Value) -> Result<Vec<&'t Table>, String> {
    let expected = || format!("“{key}”须是几行，例如 [ {{ level3 = \"满意度\", weight = 10 }} ]");
    let rows = value.as_array().ok_or_else(expected)?;
    rows.iter().map(|row| row.as_table().ok_or_else(expected)).collect()
}

fn text(key: &str, value: &Value, cell: CellAddress) -> Result<Field<String>, String> {
    let text = value.as_str().ok_or_else(|| format!("“{key}”须是文字，要加引号"))?;
    Ok(Field::new(text.to_owned(), text, cell))
}

fn number(key: &str, value: &Value, cell: CellAddress) -> Result<Field<Decimal>, String> {
    let written = match value {
        Value::String(text) => text.trim().to_owned(),
        Value::Integer(number) => number.to_string(),
        // The shortest text of an f64 is what was typed, as long as no more than 15 digits were.
        Value::Float(number) => number.to_string(),
        _ => String::new(),
    };
    let number = Decimal::from_str_exact(&written).map_err(|_| format!("“{key}”须是数，例如 10 或 0.95"))?;
    Ok(Field::new(number, written, cell))
}
