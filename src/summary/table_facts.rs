//! What rules between tables need of one table, gathered where its details are at hand: by the threads that check, not by
//! the one that sums up.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::amounts::quotient;
use super::cross_index::{BudgetUse, CostUse, PartyUse, ReviewUse, Spot, UnitUse};
use super::groups::ProblemRow;
use super::marks::{MarkedName, TableMarks};
use super::names::{mark, name_key, project_key, unit_name_key};
use super::parties::{parties, places};
use super::rows::{IndicatorRow, TableDetail, TableRow};
use super::similar::{Likeness, SimilarityBand};
use crate::disk::Exact;
use crate::model::TableKind;
use crate::model::measure::{ColumnUnit, Dimension, Measure, Quantity};
use crate::text::match_key;

/// What rules between tables need of one table. Where a record points to its table, that is 0 until it is taken in.
#[derive(Debug, Default)]
pub struct TableFacts {
    /// Rules that it broke, by code.
    pub problems: Vec<ProblemRow>,
    /// Units of its targets.
    pub unit_uses: Vec<UnitUse>,
    /// Its unit costs.
    pub costs: Vec<CostUse>,
    /// Points that a reviewer took.
    pub reviews: Vec<ReviewUse>,
    /// Whom and what it names.
    pub parties: Vec<PartyUse>,
    /// Its budget under its department.
    pub budget: Option<BudgetUse>,
    /// What it is compared by.
    pub marks: TableMarks,
    /// Where tables that may be like it are looked for.
    pub bands: Vec<SimilarityBand>,
}

impl TableFacts {
    /// Returns the facts of a table.
    pub fn of(row: &TableRow, detail: &TableDetail) -> Self {
        let names: Vec<Option<MarkedName>> = detail
            .indicators
            .iter()
            .map(|indicator| indicator.level3.as_deref().map(MarkedName::of))
            .collect();
        let marks = TableMarks::of(&detail.indicators, &names);
        let mut facts = Self {
            problems: problems(detail),
            budget: budget(row, detail),
            bands: Likeness::ALL
                .iter()
                .flat_map(|likeness| likeness.bands(&marks))
                .collect(),
            marks,
            ..Self::default()
        };
        for ((indicator, name), position) in detail.indicators.iter().zip(&names).zip(0..) {
            let spot = Spot {
                table: 0,
                indicator: position,
            };
            let name = name.as_ref().filter(|name| !name.key.is_empty());
            if let Some(name) = name {
                facts.add_quantities(indicator, name, spot);
            }
            let name = name.map(|name| name.key.as_str());
            facts.reviews.extend(review(indicator, name, spot));
        }
        let texts = detail.goals.iter().map(String::as_str).chain(row.project.as_deref());
        let indicators = detail.indicators.iter();
        let texts = texts.chain(
            indicators
                .flat_map(|row| [row.level3.as_deref(), row.actual.as_deref()])
                .flatten(),
        );
        for text in texts {
            for (names, is_place) in [(parties(text), false), (places(text), true)] {
                facts.parties.extend(names.into_iter().map(|party| PartyUse {
                    party,
                    is_place,
                    table: 0,
                }));
            }
        }
        facts
    }

    fn add_quantities(&mut self, indicator: &IndicatorRow, name: &MarkedName, spot: Spot) {
        let column = indicator.measure_unit.as_deref().and_then(ColumnUnit::parse);
        if let Some(target) = quantity(indicator.target.as_deref(), column.as_ref())
            && !target.unit.is_none()
        {
            self.unit_uses.push(UnitUse {
                name: name.mark,
                unit: target.unit.text().to_owned(),
                spot,
            });
        }
        if is_named_like_cost(indicator)
            && let Some(actual) = quantity(indicator.actual.as_deref(), column.as_ref())
            && is_unit_cost(indicator, &actual)
            && let Some(value) = actual.base().filter(|value| *value > Decimal::ZERO)
        {
            self.costs.push(CostUse {
                product: mark(&format!("{}\n{}", name.key, actual.unit.text())),
                value: value.into(),
                spot,
            });
        }
    }
}

/// Returns how often each rule was broken, by code.
fn problems(detail: &TableDetail) -> Vec<ProblemRow> {
    let mut rows: BTreeMap<&str, ProblemRow> = BTreeMap::new();
    for finding in &detail.discrepancies {
        let row = rows.entry(&finding.code).or_insert_with(|| ProblemRow {
            code: finding.code.clone(),
            title: finding.title.clone(),
            severity: finding.severity,
            findings: 0,
            tables: 1,
        });
        row.severity = row.severity.max(finding.severity);
        row.findings += 1;
    }
    rows.into_values().collect()
}

/// Returns the quantity that a text is.
pub fn quantity(text: Option<&str>, column: Option<&ColumnUnit>) -> Option<Quantity> {
    let measure = Measure::parse(text?);
    let quantity = measure.quantity()?;
    Some(column.map_or_else(|| quantity.clone(), |column| quantity.with_column_unit(column)))
}

/// Returns whether an indicator may be of what one of something costs, by its name and that of its level.
fn is_named_like_cost(indicator: &IndicatorRow) -> bool {
    let level2 = indicator.level2.as_deref().unwrap_or_default();
    let name = indicator.level3.as_deref().unwrap_or_default();
    level2.contains("成本") || ["成本", "单价", "标准", "均价"].iter().any(|word| name.contains(word))
}

/// Returns whether the value is money for one of something: a total of money depends on how much was bought.
fn is_unit_cost(indicator: &IndicatorRow, actual: &Quantity) -> bool {
    let unit = actual.unit.text();
    (unit.contains('元') && (unit.contains('/') || unit.contains('每'))) || {
        let name = indicator.level3.as_deref().unwrap_or_default();
        let named = ["单价", "单位成本", "人均", "每人", "每亩", "每公里", "每平方米"];
        actual.unit.dimension() == Dimension::Money && named.iter().any(|word| name.contains(word))
    }
}

/// Returns a project's budget under the department that it names, or what a table about a whole department gives for
/// its projects: 项目支出, else all that it has, which is no less.
fn budget(row: &TableRow, detail: &TableDetail) -> Option<BudgetUse> {
    let key = |name: &Option<String>| name.as_deref().map(unit_name_key).filter(|name| !name.is_empty());
    let is_whole = match row.kind {
        TableKind::OverallSelfEvaluation => true,
        TableKind::ProjectSelfEvaluation => false,
        _ => return None,
    };
    let department = if is_whole {
        key(&row.unit).or_else(|| key(&row.department))?
    } else {
        key(&row.department)?
    };
    let of_projects = detail.funds.iter().find(|fund| {
        let label = fund.label.as_deref().map(name_key);
        is_whole && row.amount_gap.is_none() && label.is_some_and(|label| label.starts_with("项目支出"))
    });
    let budget = of_projects.map_or(row.annual_budget, |fund| fund.annual_budget);
    Some(BudgetUse {
        department: mark(&department),
        year: row.year?,
        is_whole,
        project: project_key(row)
            .filter(|_| !is_whole)
            .map_or(0, |project| mark(&project)),
        table: 0,
        budget: budget.map(Exact),
    })
}

/// Returns the problem that a reviewer saw: the reason that is written, else what was to be done and what was.
fn problem(indicator: &IndicatorRow, name: Option<&str>) -> Option<String> {
    const LEAST_CHARS: usize = 4;
    if let Some(reason) = indicator.reason.as_deref() {
        let reason = name_key(reason);
        return (reason.chars().count() >= LEAST_CHARS).then_some(reason);
    }
    let part = |text: &Option<String>| text.as_deref().map(match_key).filter(|text| !text.is_empty());
    let name = name?;
    Some(format!(
        "{name}\n{}\n{}",
        part(&indicator.target)?,
        part(&indicator.actual)?
    ))
}

fn review(indicator: &IndicatorRow, name: Option<&str>, spot: Spot) -> Option<ReviewUse> {
    let weight = indicator.weight.filter(|weight| *weight > Decimal::ZERO)?;
    let taken = weight.checked_sub(indicator.review_score?)?;
    let problem = problem(indicator, name)?;
    // Points beyond the weight, or below none, are slips that rules of one table tell.
    let part = quotient(taken, weight).filter(|part| (Decimal::ZERO..=Decimal::ONE).contains(part))?;
    Some(ReviewUse {
        problem: mark(&problem),
        part: part.into(),
        spot,
    })
}
