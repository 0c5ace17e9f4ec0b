//! From a report to rows: what was declared, what was rescored, what was found. Nothing is judged here.

use std::borrow::Cow;
use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::amounts::quotient;
use super::rows::{AmountGap, DiscrepancyRow, FundDetail, IndicatorRow, TableDetail, TableRow};
use crate::model::{
    Discrepancy, Evaluation, Field, FieldRef, FundRow, FundSource, Indicator, IndicatorField, MoneyUnit, RescoredRow,
    RescoringItem, RescoringMethod, Severity, TableKind, field_title,
};
use crate::report::{FileReport, TableReport};
use crate::rescore::assess_all;
use crate::standard::Standard;
use crate::text::{gives_no_value, plain};

/// The rule that says so of a form without results.
const NOT_FILLED_IN: &str = "not-filled-in";

/// The standards that give a printed score its grade.
#[derive(Debug, Clone)]
pub struct GradeBook {
    known: BTreeMap<String, Standard>,
    otherwise: Standard,
}

impl GradeBook {
    /// These standards by name before the built-in ones; the first also for names that nobody knows.
    pub fn new(standards: &[Standard]) -> Self {
        let known = standards
            .iter()
            .map(|standard| (standard.name.clone(), standard.clone()))
            .collect();
        Self {
            known,
            otherwise: standards.first().unwrap_or_else(|| Standard::ministry()).clone(),
        }
    }

    /// Returns whether a standard is the one that goes by its name here.
    pub fn has(&self, standard: &Standard) -> bool {
        self.standard(&standard.name) == standard
    }

    fn standard(&self, name: &str) -> &Standard {
        let known = self.known.get(name).or_else(|| Standard::built_in(name));
        known.unwrap_or(&self.otherwise)
    }
}

/// Returns one table of a report as a row and its details; `met` says which targets were reached, where rescoring has
/// told it already.
pub fn table(
    report: &FileReport,
    table: &TableReport,
    met: Option<&[Option<bool>]>,
    grades: &GradeBook,
) -> (TableRow, TableDetail) {
    let evaluation = &table.evaluation;
    let rescoring = &table.rescoring;
    let amounts = amounts(evaluation);
    let (score_is_sum, declared_score) = match rescoring.declared_total {
        Some(total) => (false, Some(total)),
        None => (rescoring.sum_of_scores.is_some(), rescoring.sum_of_scores),
    };
    let declared_grade = rescoring
        .declared_grade
        .or_else(|| grades.standard(&rescoring.standard).grade_of(declared_score?));
    let items = rescoring.by_row(evaluation);
    let indicators: Vec<IndicatorRow> = evaluation
        .indicators
        .iter()
        .enumerate()
        .map(|(row, indicator)| indicator_row(indicator, items.get(RescoredRow::Indicator(row))))
        .collect();
    let reviewed: Vec<(Decimal, Decimal)> = indicators
        .iter()
        .filter_map(|row| Some((row.score?, row.review_score?)))
        .collect();
    let sum = |figures: Vec<Decimal>| {
        let mut figures = figures.into_iter();
        let first = figures.next()?;
        figures.try_fold(first, Decimal::checked_add)
    };
    let counted = |severity: Severity| {
        let of_level = |finding: &&Discrepancy| finding.severity == severity;
        table.discrepancies.iter().filter(of_level).count()
    };
    let is_whole = table.kind == TableKind::OverallSelfEvaluation;
    let met = met.map_or_else(
        || {
            let assessments = assess_all(evaluation, grades.standard(&rescoring.standard));
            Cow::Owned(assessments.iter().map(|assessment| assessment.met).collect())
        },
        Cow::Borrowed,
    );
    let unmet = indicators
        .iter()
        .zip(met.iter())
        .filter(|(row, met)| met.map_or_else(|| is_below_weight(row), |met| !met))
        .count();
    let not_filled_in = table.discrepancies.iter().any(|finding| finding.rule == NOT_FILLED_IN);
    let known = |score: Option<Decimal>| score.filter(|_| !not_filled_in);
    let row = TableRow {
        file: report.file.clone(),
        sha256: report.sha256.clone(),
        sheet: table.sheet.clone(),
        range: table.range,
        kind: table.kind,
        standard: rescoring.standard.clone(),
        not_filled_in,
        year: evaluation.year.as_ref().map(|year| year.value),
        department: name(evaluation.department.as_ref()),
        unit: name(evaluation.implementing_unit.as_ref()),
        project: name(evaluation.project_name.as_ref()).filter(|_| !is_whole),
        money_unit: evaluation.money_unit,
        initial_budget: amounts.initial_budget,
        annual_budget: amounts.annual_budget,
        executed: amounts.executed,
        carryover: amounts.carryover,
        execution_rate: amounts
            .annual_budget
            .zip(amounts.executed)
            .and_then(|(budget, executed)| quotient(executed, budget)),
        amount_gap: amounts.gap,
        amounts_as_written: amounts.as_written,
        declared_score: known(declared_score),
        score_is_sum,
        rescored_score: known(rescoring.rescored_total),
        declared_grade: declared_grade.filter(|_| !not_filled_in),
        grade_from_score: rescoring.declared_grade.is_none() && declared_grade.is_some() && !not_filled_in,
        rescored_grade: rescoring.rescored_grade.filter(|_| !not_filled_in),
        reviewed_declared: sum(reviewed.iter().map(|(score, _)| *score).collect()),
        review_score: sum(reviewed.iter().map(|(_, review)| *review).collect()),
        indicators: indicators.len(),
        unmet,
        undecided: rescoring.undecided,
        grade_is_open: rescoring.grade_is_open,
        manual: rescoring
            .items
            .iter()
            .filter(|item| item.method == RescoringMethod::Manual)
            .count(),
        errors: counted(Severity::Error),
        warnings: counted(Severity::Warning),
        infos: counted(Severity::Info),
        explained: table
            .discrepancies
            .iter()
            .filter(|finding| finding.is_explained())
            .count(),
        set_aside: table.set_aside.len(),
        for_review: table.for_review.len(),
        unread: table.coverage.unread.len(),
    };
    let detail = TableDetail {
        funds: evaluation
            .funds
            .iter()
            .map(|fund| fund_detail(fund, evaluation.money_unit))
            .collect(),
        goals: evaluation
            .goals
            .iter()
            .flat_map(|goal| [&goal.expected, &goal.actual])
            .filter_map(|text| name(text.as_ref()))
            .collect(),
        discrepancies: table
            .discrepancies
            .iter()
            .map(|finding| discrepancy_row(finding, evaluation))
            .collect(),
        indicators,
    };
    (row, detail)
}

/// Returns a text on one line; `None` for nothing, and for what only stands for nothing.
fn name(field: Option<&Field<String>>) -> Option<String> {
    let text: Vec<&str> = field?.value.split_whitespace().collect();
    let text = text.join(" ");
    (!text.is_empty() && !gives_no_value(&text)).then_some(text)
}

fn is_below_weight(row: &IndicatorRow) -> bool {
    row.score.zip(row.weight).is_some_and(|(score, weight)| score < weight)
}

#[derive(Default)]
struct TableAmounts {
    initial_budget: Option<Decimal>,
    annual_budget: Option<Decimal>,
    executed: Option<Decimal>,
    carryover: Option<Decimal>,
    gap: Option<AmountGap>,
    as_written: Option<String>,
}

fn amounts(evaluation: &Evaluation) -> TableAmounts {
    let without = |gap| TableAmounts {
        gap: Some(gap),
        ..TableAmounts::default()
    };
    let Some(row) = evaluation.total_fund() else {
        return without(AmountGap::NoTotal);
    };
    let Some(unit) = evaluation.money_unit else {
        return TableAmounts {
            as_written: as_written(row),
            ..without(AmountGap::NoUnit)
        };
    };
    // One amount beyond computing leaves the others of its row without their counterpart.
    let converted = |field: &Option<Field<Decimal>>| match field {
        None => Ok(None),
        Some(field) => unit.in_wan(field.value).map(Some).ok_or(()),
    };
    let carried = evaluation.funds.iter().find(|row| row.source == FundSource::Carryover);
    let all = (|| {
        Ok::<_, ()>(TableAmounts {
            initial_budget: converted(&row.initial_budget)?,
            annual_budget: converted(&row.annual_budget)?,
            executed: converted(&row.executed)?,
            carryover: carried.map_or(Ok(None), |row| converted(&row.annual_budget))?,
            gap: None,
            as_written: None,
        })
    })();
    all.unwrap_or_else(|()| TableAmounts {
        as_written: as_written(row),
        ..without(AmountGap::TooLarge)
    })
}

fn as_written(row: &FundRow) -> Option<String> {
    let parts = [
        ("年初预算数", &row.initial_budget),
        ("全年预算数", &row.annual_budget),
        ("全年执行数", &row.executed),
    ];
    let parts: Vec<String> = parts
        .into_iter()
        .filter_map(|(label, field)| Some(format!("{label} {}", plain(field.as_ref()?.value))))
        .collect();
    (!parts.is_empty()).then(|| parts.join("，"))
}

fn fund_detail(row: &FundRow, unit: Option<MoneyUnit>) -> FundDetail {
    let amount = |field: &Option<Field<Decimal>>| {
        let value = field.as_ref()?.value;
        unit.map_or(Some(value), |unit| unit.in_wan(value))
    };
    let figure = |field: &Option<Field<Decimal>>| field.as_ref().map(|field| field.value);
    FundDetail {
        source: row.source,
        label: name(row.label.as_ref()),
        initial_budget: amount(&row.initial_budget),
        annual_budget: amount(&row.annual_budget),
        executed: amount(&row.executed),
        execution_rate: figure(&row.execution_rate),
        weight: figure(&row.weight),
        score: figure(&row.score),
    }
}

fn indicator_row(indicator: &Indicator, item: Option<&RescoringItem>) -> IndicatorRow {
    let text = |field: &Option<Field<String>>| {
        let text = field.as_ref()?.text.trim();
        (!text.is_empty()).then(|| text.to_owned())
    };
    let value = |field: &Option<Field<String>>| name_of_level(field.as_ref());
    let figure = |field: &Option<Field<Decimal>>| field.as_ref().map(|field| field.value);
    let named = [
        IndicatorField::Level3,
        IndicatorField::Target,
        IndicatorField::Actual,
        IndicatorField::Score,
    ];
    IndicatorRow {
        cell: named
            .into_iter()
            .find_map(|field| field.get(indicator))
            .map(FieldRef::cell),
        level1: value(&indicator.level1),
        level2: value(&indicator.level2),
        level3: value(&indicator.level3),
        operator: text(&indicator.operator),
        target: text(&indicator.target),
        measure_unit: text(&indicator.measure_unit),
        actual: text(&indicator.actual),
        weight: figure(&indicator.weight),
        score: figure(&indicator.score),
        review_score: figure(&indicator.review_score),
        rescored: item.and_then(|item| item.rescored),
        trace: item.map(|item| item.trace.clone()).filter(|trace| !trace.is_empty()),
        reason: text(&indicator.reason),
    }
}

/// Returns a level's name, without the weight and number that its cell also shows.
fn name_of_level(field: Option<&Field<String>>) -> Option<String> {
    let text = field?.value.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

fn discrepancy_row(finding: &Discrepancy, evaluation: &Evaluation) -> DiscrepancyRow {
    DiscrepancyRow {
        code: finding.code.clone(),
        title: finding.title.clone(),
        severity: finding.severity,
        cell: finding.cell,
        field: finding.field.as_deref().map(|path| field_title(path, evaluation)),
        texts: finding.texts(),
        explanation: finding.explanation.unit.clone(),
        quote: finding.quote.clone(),
    }
}
