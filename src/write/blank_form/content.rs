//! What a form already says when it is handed out: from the options, from a table that was approved, else nothing.

use rust_decimal::Decimal;

use super::BlankForm;
use super::wording::{BlankFormWording, EVALUATION_FRAME, SELF_EVALUATION_LEVELS, second_levels, usual_rows};
use crate::model::{Evaluation, Field, FundRow, FundSource, Indicator, MoneyUnit, TableKind};
use crate::standard::Standard;

/// A level's name with its points, if any.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Level {
    /// The name; empty where it is to be filled in.
    pub name: String,
    /// Points printed with the name.
    pub weight: Option<Decimal>,
}

/// One indicator row.
#[derive(Debug, Clone, PartialEq)]
pub struct Line<'a> {
    /// 一级指标.
    pub level1: Level,
    /// 二级指标.
    pub level2: Level,
    /// What is planned; `None` for a row to fill in.
    pub planned: Option<&'a Indicator>,
}

/// One row of the fund block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FundLine {
    /// Whether it is the total.
    pub is_total: bool,
    /// Its name.
    pub label: String,
    /// 年初预算数.
    pub initial: Option<Decimal>,
    /// 全年预算数.
    pub annual: Option<Decimal>,
}

/// Everything known of a table before it is filled in.
#[derive(Debug, Clone, PartialEq)]
pub struct Content<'a> {
    /// 年度.
    pub year: Option<i32>,
    /// 项目名称.
    pub project: Option<String>,
    /// 主管部门.
    pub department: Option<String>,
    /// 实施单位.
    pub unit: Option<String>,
    /// 中央主管部门.
    pub higher_department: Option<String>,
    /// Unit of the amounts.
    pub money_unit: MoneyUnit,
    /// Fund rows.
    pub funds: Vec<FundLine>,
    /// Goals; at least one.
    pub goals: Vec<Option<String>>,
    /// Indicator rows, never none.
    pub lines: Vec<Line<'a>>,
}

impl<'a> Content<'a> {
    /// Returns the content of a form.
    pub fn of(form: &BlankForm<'a>, wording: &BlankFormWording, standard: &Standard) -> Self {
        let planned = form.planned;
        let text = |field: Option<&Field<String>>| field.map(|field| field.value.clone());
        let goals: Vec<Option<String>> = planned
            .map(|table| table.goals.iter().map(|goal| text(goal.expected.as_ref())).collect())
            .unwrap_or_default();
        let unit = planned.and_then(|table| table.implementing_unit.as_ref());
        let year = planned.and_then(|table| table.year.as_ref());
        let higher = planned.and_then(|table| {
            let mut signatures = table.signatures.iter();
            signatures.find(|signature| signature.label.contains("中央主管部门"))
        });
        Self {
            year: form.year.or(year.map(|year| year.value)),
            project: text(planned.and_then(|table| table.project_name.as_ref())),
            department: text(planned.and_then(|table| table.department.as_ref())),
            unit: form.unit.map(str::to_owned).or(text(unit)),
            higher_department: text(higher.and_then(|signature| signature.value.as_ref())),
            money_unit: planned
                .and_then(|table| table.money_unit)
                .unwrap_or(MoneyUnit::TenThousandYuan),
            funds: funds(planned, wording),
            goals: if goals.is_empty() { vec![None] } else { goals },
            lines: match planned.filter(|table| !table.indicators.is_empty()) {
                Some(table) => planned_lines(table, form.rows),
                None => empty_lines(wording, standard, form.rows),
            },
        }
    }
}

/// Returns the fund rows: those of the form, with the amounts of a plan. A plan with rows of its own keeps them.
fn funds(planned: Option<&Evaluation>, wording: &BlankFormWording) -> Vec<FundLine> {
    let known: &[FundRow] = planned.map_or(&[], |table| &table.funds);
    let line = |source: FundSource, label: &str, row: Option<&FundRow>| {
        let amount = |field: Option<&Option<Field<Decimal>>>| field.and_then(Option::as_ref).map(|field| field.value);
        let initial = amount(row.map(|row| &row.initial_budget));
        let annual = amount(row.map(|row| &row.annual_budget));
        let (initial, annual) = match (initial, annual) {
            // A plan knows one amount: what the year begins with.
            (None, Some(only)) if wording.is_scored => (Some(only), None),
            (Some(only), None) if !wording.is_scored => (Some(only), Some(only)),
            both => both,
        };
        FundLine {
            is_total: source == FundSource::Total,
            label: label.to_owned(),
            initial,
            annual,
        }
    };
    let usual = |source: FundSource| {
        let mut rows = wording.fund_rows.iter();
        rows.find(|(known, _)| *known == source)
            .map_or("其他资金", |(_, label)| *label)
    };
    let total = known.iter().find(|row| row.source == FundSource::Total);
    if known.iter().any(|row| row.source != FundSource::Total) {
        let mut lines: Vec<FundLine> = known
            .iter()
            .map(|row| {
                let label = row.label.as_ref().map(|label| label.value.as_str());
                line(row.source, label.unwrap_or(usual(row.source)), Some(row))
            })
            .collect();
        if total.is_none() {
            lines.insert(0, line(FundSource::Total, usual(FundSource::Total), None));
        }
        return lines;
    }
    let rows = wording.fund_rows.iter();
    rows.map(|(source, label)| line(*source, label, total.filter(|row| row.source == *source)))
        .collect()
}

/// Returns the rows of a plan, in its order; `rows` fills up each 二级指标 with empty ones.
fn planned_lines(table: &Evaluation, rows: Option<u32>) -> Vec<Line<'_>> {
    let level = |name: &Option<Field<String>>, weight: &Option<Field<Decimal>>| Level {
        name: name.as_ref().map(|name| name.value.clone()).unwrap_or_default(),
        weight: weight.as_ref().map(|weight| weight.value),
    };
    let mut lines: Vec<Line<'_>> = Vec::new();
    let mut in_group = 0;
    for indicator in &table.indicators {
        let line = Line {
            level1: level(&indicator.level1, &indicator.level1_weight),
            level2: level(&indicator.level2, &indicator.level2_weight),
            planned: Some(indicator),
        };
        let goes_on = lines
            .last()
            .is_some_and(|last| last.level1 == line.level1 && last.level2 == line.level2);
        if !goes_on {
            fill_up(&mut lines, in_group, rows);
            in_group = 0;
        }
        in_group += 1;
        lines.push(line);
    }
    fill_up(&mut lines, in_group, rows);
    lines
}

fn fill_up(lines: &mut Vec<Line<'_>>, have: u32, rows: Option<u32>) {
    let Some(last) = lines.last().cloned() else { return };
    for _ in have..rows.unwrap_or(0) {
        lines.push(Line {
            planned: None,
            ..last.clone()
        });
    }
}

/// Returns the rows of a form that nothing is known of.
fn empty_lines(wording: &BlankFormWording, standard: &Standard, rows: Option<u32>) -> Vec<Line<'static>> {
    let mut lines = Vec::new();
    for (level1, seconds) in frame(wording, standard) {
        let seconds: &[&str] = if seconds.is_empty() { &[""] } else { seconds };
        for level2 in seconds {
            for _ in 0..rows.unwrap_or_else(|| usual_rows(level2)).max(1) {
                lines.push(Line {
                    level1: level1.clone(),
                    level2: Level {
                        name: (*level2).to_owned(),
                        weight: None,
                    },
                    planned: None,
                });
            }
        }
    }
    lines
}

fn frame(wording: &BlankFormWording, standard: &Standard) -> Vec<(Level, &'static [&'static str])> {
    let level = |name: &str, weight: Option<Decimal>| Level {
        name: name.to_owned(),
        weight,
    };
    if wording.kind == TableKind::DepartmentEvaluation {
        let levels = EVALUATION_FRAME.iter();
        return levels.map(|(name, seconds)| (level(name, None), *seconds)).collect();
    }
    let fixed: Vec<Level> = standard
        .level_weights
        .iter()
        .filter_map(|fixed| {
            let weight = wording.has_level_weights.then_some(fixed.weight);
            fixed.names.first().map(|name| level(name, weight))
        })
        .collect();
    let levels = if fixed.is_empty() {
        SELF_EVALUATION_LEVELS.iter().map(|name| level(name, None)).collect()
    } else {
        fixed
    };
    let costs_apart = levels.iter().any(|level| level.name.contains("成本"));
    levels
        .into_iter()
        .map(|level| {
            let seconds = second_levels(&level.name, costs_apart);
            (level, seconds)
        })
        .collect()
}
