//! What tables have in common, gathered in one pass over their details: small records that point back to their tables,
//! sorted on disk so that those which may have to do with each other lie together.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::SummaryError;
use super::amounts::quotient;
use super::marks::TableMarks;
use super::names::{mark, name_key, project_key, unit_name_key};
use super::parties::{parties, places};
use super::rows::{IndicatorRow, TableDetail, TableRow};
use super::similar::{Likeness, SimilarityBand};
use crate::disk::{DiskVec, Record, Sorted, Sorter};
use crate::model::TableKind;
use crate::model::measure::{ColumnUnit, Dimension, Measure, Quantity};
use crate::text::match_key;

/// A place in the tables: position of the table, position of the indicator in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Spot {
    /// Position of the table.
    pub table: u32,
    /// Position of the indicator in it.
    pub indicator: u32,
}

/// A decimal that goes to disk as its bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(from = "[u8; 16]", into = "[u8; 16]")]
pub struct Exact(pub Decimal);

impl From<[u8; 16]> for Exact {
    fn from(bytes: [u8; 16]) -> Self {
        Self(Decimal::deserialize(bytes))
    }
}

impl From<Exact> for [u8; 16] {
    fn from(exact: Exact) -> Self {
        exact.0.serialize()
    }
}

impl From<Decimal> for Exact {
    fn from(value: Decimal) -> Self {
        Self(value)
    }
}

/// An indicator with a quantity for its target.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct UnitUse {
    /// Mark of the indicator's name.
    pub name: u64,
    /// The unit's word.
    pub unit: String,
    /// Where.
    pub spot: Spot,
}

/// A unit cost with its actual value.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct CostUse {
    /// Mark of the indicator's name and unit.
    pub product: u64,
    /// The actual value in the unit's base.
    pub value: Exact,
    /// Where.
    pub spot: Spot,
}

/// A points deduction by a reviewer.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct ReviewUse {
    /// Mark of the problem that it was for.
    pub problem: u64,
    /// Part of the weight that was taken, 0 to 1.
    pub part: Exact,
    /// Where.
    pub spot: Spot,
}

/// A company, cooperative or farm that a table names, or a place.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct PartyUse {
    /// Its name.
    pub party: String,
    /// Whether it is a place.
    pub is_place: bool,
    /// Position of the table.
    pub table: u32,
}

/// A project's budget under its department, or what a department has for its projects.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct BudgetUse {
    /// Mark of the department.
    pub department: u64,
    /// 年度.
    pub year: i32,
    /// Whether it is the department's own: `false` comes first.
    pub is_whole: bool,
    /// Mark of the project; 0 for a department.
    pub project: u64,
    /// Position of the table.
    pub table: u32,
    /// 全年预算数 in 万元; `None` where it is not known.
    pub budget: Option<Exact>,
}

impl Record for BudgetUse {}
impl Record for UnitUse {
    fn heap_bytes(&self) -> usize {
        self.unit.capacity()
    }
}
impl Record for CostUse {}
impl Record for ReviewUse {}
impl Record for PartyUse {
    fn heap_bytes(&self) -> usize {
        self.party.capacity()
    }
}

/// The records in their order.
#[derive(Debug)]
pub struct CrossIndex {
    /// Units by indicator name.
    pub unit_uses: Sorted<UnitUse>,
    /// Unit costs by product, the least first.
    pub costs: Sorted<CostUse>,
    /// Companies, cooperatives, farms and places by name.
    pub parties: Sorted<PartyUse>,
    /// Reviewers' deductions by problem, the least first.
    pub reviews: Sorted<ReviewUse>,
    /// Budgets by department and year, projects first.
    pub budgets: Sorted<BudgetUse>,
    /// Tables whose indicators may be alike.
    pub bands: Sorted<SimilarityBand>,
    /// The marks of each table.
    pub marks: DiskVec<TableMarks>,
}

/// Gathers the records.
#[derive(Debug, Default)]
pub struct CrossIndexer {
    tables: u32,
    unit_uses: Sorter<UnitUse>,
    costs: Sorter<CostUse>,
    parties: Sorter<PartyUse>,
    reviews: Sorter<ReviewUse>,
    budgets: Sorter<BudgetUse>,
    bands: Sorter<SimilarityBand>,
    marks: DiskVec<TableMarks>,
}

impl CrossIndexer {
    /// Takes the next table in.
    pub fn add(&mut self, row: &TableRow, detail: &TableDetail) -> Result<(), SummaryError> {
        let table = self.tables;
        self.tables += 1;
        for (indicator, position) in detail.indicators.iter().zip(0..) {
            let spot = Spot {
                table,
                indicator: position,
            };
            self.add_quantities(indicator, spot)?;
            if let Some(review) = review(indicator, spot) {
                self.reviews.push(review)?;
            }
        }
        if let Some(budget) = budget(row, detail, table) {
            self.budgets.push(budget)?;
        }
        let texts = detail.goals.iter().map(String::as_str).chain(row.project.as_deref());
        let indicators = detail.indicators.iter();
        let texts = texts.chain(
            indicators
                .flat_map(|row| [row.level3.as_deref(), row.actual.as_deref()])
                .flatten(),
        );
        for text in texts {
            for party in parties(text) {
                let is_place = false;
                self.parties.push(PartyUse { party, is_place, table })?;
            }
            for party in places(text) {
                let is_place = true;
                self.parties.push(PartyUse { party, is_place, table })?;
            }
        }
        let marks = TableMarks::of(&detail.indicators);
        for likeness in Likeness::ALL {
            for band in likeness.bands(table, &marks) {
                self.bands.push(band)?;
            }
        }
        self.marks.push(&marks)?;
        Ok(())
    }

    fn add_quantities(&mut self, indicator: &IndicatorRow, spot: Spot) -> Result<(), SummaryError> {
        let Some(name) = indicator
            .level3
            .as_deref()
            .map(name_key)
            .filter(|name| !name.is_empty())
        else {
            return Ok(());
        };
        let column = indicator.measure_unit.as_deref().and_then(ColumnUnit::parse);
        if let Some(target) = quantity(indicator.target.as_deref(), column.as_ref())
            && !target.unit.is_none()
        {
            self.unit_uses.push(UnitUse {
                name: mark(&name),
                unit: target.unit.text().to_owned(),
                spot,
            })?;
        }
        if let Some(actual) = quantity(indicator.actual.as_deref(), column.as_ref())
            && is_unit_cost(indicator, &actual)
            && let Some(value) = actual.base().filter(|value| *value > Decimal::ZERO)
        {
            self.costs.push(CostUse {
                product: mark(&format!("{name}\n{}", actual.unit.text())),
                value: value.into(),
                spot,
            })?;
        }
        Ok(())
    }

    /// Returns the records in their order.
    pub fn finish(self) -> Result<CrossIndex, SummaryError> {
        Ok(CrossIndex {
            unit_uses: self.unit_uses.finish()?,
            costs: self.costs.finish()?,
            parties: self.parties.finish()?,
            reviews: self.reviews.finish()?,
            budgets: self.budgets.finish()?,
            bands: self.bands.finish()?,
            marks: self.marks,
        })
    }
}

/// Returns the quantity that a text is.
pub fn quantity(text: Option<&str>, column: Option<&ColumnUnit>) -> Option<Quantity> {
    let measure = Measure::parse(text?);
    let quantity = measure.quantity()?;
    Some(column.map_or_else(|| quantity.clone(), |column| quantity.with_column_unit(column)))
}

/// Returns whether the value is money for one of something: a total of money depends on how much was bought.
fn is_unit_cost(indicator: &IndicatorRow, actual: &Quantity) -> bool {
    let unit = actual.unit.text();
    let per = (unit.contains('元') && (unit.contains('/') || unit.contains('每'))) || {
        let name = indicator.level3.as_deref().unwrap_or_default();
        let named = ["单价", "单位成本", "人均", "每人", "每亩", "每公里", "每平方米"];
        actual.unit.dimension() == Dimension::Money && named.iter().any(|word| name.contains(word))
    };
    let level2 = indicator.level2.as_deref().unwrap_or_default();
    let name = indicator.level3.as_deref().unwrap_or_default();
    per && (level2.contains("成本") || ["成本", "单价", "标准", "均价"].iter().any(|word| name.contains(word)))
}

/// Returns a project's budget under the department that it names, or what a table about a whole department gives for
/// its projects: 项目支出, else all that it has, which is no less.
fn budget(row: &TableRow, detail: &TableDetail, table: u32) -> Option<BudgetUse> {
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
        table,
        budget: budget.map(Exact),
    })
}

/// Returns the problem that a reviewer saw: the reason that is written, else what was to be done and what was.
fn problem(indicator: &IndicatorRow) -> Option<String> {
    const LEAST_CHARS: usize = 4;
    if let Some(reason) = indicator.reason.as_deref() {
        let reason = name_key(reason);
        return (reason.chars().count() >= LEAST_CHARS).then_some(reason);
    }
    let part = |text: &Option<String>| text.as_deref().map(match_key).filter(|text| !text.is_empty());
    let name = indicator
        .level3
        .as_deref()
        .map(name_key)
        .filter(|name| !name.is_empty())?;
    Some(format!(
        "{name}\n{}\n{}",
        part(&indicator.target)?,
        part(&indicator.actual)?
    ))
}

fn review(indicator: &IndicatorRow, spot: Spot) -> Option<ReviewUse> {
    let problem = problem(indicator)?;
    let weight = indicator.weight.filter(|weight| *weight > Decimal::ZERO)?;
    let taken = weight.checked_sub(indicator.review_score?)?;
    // Points beyond the weight, or below none, are slips that rules of one table tell.
    let part = quotient(taken, weight).filter(|part| (Decimal::ZERO..=Decimal::ONE).contains(part))?;
    Some(ReviewUse {
        problem: mark(&problem),
        part: part.into(),
        spot,
    })
}
