//! What tables have in common, gathered in one pass over their details: small records that point back to their rows.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use super::amounts::quotient;
use super::names::{mark, name_key};
use super::rows::{IndicatorRow, TableDetail, TableRow};
use crate::model::measure::{ColumnUnit, Dimension, Measure, Quantity};

/// A place in the tables: position of the table, position of the indicator in it.
pub type Spot = (usize, usize);

/// An indicator with a quantity for its target.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct UnitUse {
    /// Mark of the indicator's name.
    pub name: u64,
    /// Position of the unit's word in [`CrossIndex::units`].
    pub unit: usize,
    /// Where.
    pub spot: Spot,
}

/// A unit cost with its actual value.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct CostUse {
    /// Mark of the indicator's name and unit.
    pub product: u64,
    /// The actual value in the unit's base.
    pub value: Decimal,
    /// Where.
    pub spot: Spot,
}

/// A points deduction by a reviewer.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct ReviewUse {
    /// Mark of the reason.
    pub reason: u64,
    /// Part of the weight that was taken, 0 to 1.
    pub part: Decimal,
    /// Where.
    pub spot: Spot,
}

/// The records, each list sorted.
#[derive(Debug, Default)]
pub struct CrossIndex {
    /// Words of units.
    pub units: Vec<String>,
    /// Units by indicator name.
    pub unit_uses: Vec<UnitUse>,
    /// Unit costs by product.
    pub costs: Vec<CostUse>,
    /// Companies and cooperatives by name, each with the tables that name it.
    pub parties: BTreeMap<String, BTreeSet<usize>>,
    /// Reviewers' deductions by reason.
    pub reviews: Vec<ReviewUse>,
}

/// Gathers the records.
#[derive(Debug, Default)]
pub struct CrossIndexer {
    index: CrossIndex,
    unit_numbers: BTreeMap<String, usize>,
}

impl CrossIndexer {
    /// Takes a table in; `number` is its position.
    pub fn add(&mut self, number: usize, row: &TableRow, detail: &TableDetail) {
        for (position, indicator) in detail.indicators.iter().enumerate() {
            let spot = (number, position);
            self.add_units(indicator, spot);
            self.index.reviews.extend(review(indicator, spot));
        }
        let texts = detail.goals.iter().map(String::as_str).chain(row.project.as_deref());
        let indicators = detail.indicators.iter();
        let texts = texts.chain(
            indicators
                .flat_map(|row| [row.level3.as_deref(), row.actual.as_deref()])
                .flatten(),
        );
        for party in texts.flat_map(parties) {
            self.index.parties.entry(party).or_default().insert(number);
        }
    }

    fn add_units(&mut self, indicator: &IndicatorRow, spot: Spot) {
        let Some(name) = indicator
            .level3
            .as_deref()
            .map(name_key)
            .filter(|name| !name.is_empty())
        else {
            return;
        };
        let column = indicator.measure_unit.as_deref().and_then(ColumnUnit::parse);
        if let Some(target) = quantity(indicator.target.as_deref(), column.as_ref())
            && !target.unit.is_none()
        {
            let next = self.unit_numbers.len();
            let unit = *self.unit_numbers.entry(target.unit.text().to_owned()).or_insert(next);
            self.index.unit_uses.push(UnitUse {
                name: mark(&name),
                unit,
                spot,
            });
        }
        if let Some(actual) = quantity(indicator.actual.as_deref(), column.as_ref())
            && is_unit_cost(indicator, &actual)
            && let Some(value) = actual.base().filter(|value| *value > Decimal::ZERO)
        {
            self.index.costs.push(CostUse {
                product: mark(&format!("{name}\n{}", actual.unit.text())),
                value,
                spot,
            });
        }
    }

    /// The records in their final order.
    pub fn finish(mut self) -> CrossIndex {
        let mut words: Vec<(String, usize)> = self.unit_numbers.into_iter().collect();
        words.sort_by_key(|(_, number)| *number);
        self.index.units = words.into_iter().map(|(word, _)| word).collect();
        self.index.unit_uses.sort_unstable();
        self.index.costs.sort_unstable();
        self.index.reviews.sort_unstable();
        self.index.parties.retain(|_, tables| tables.len() > 1);
        self.index
    }
}

/// The quantity that a text is.
pub fn quantity(text: Option<&str>, column: Option<&ColumnUnit>) -> Option<Quantity> {
    let measure = Measure::parse(text?);
    let quantity = measure.quantity()?;
    Some(column.map_or_else(|| quantity.clone(), |column| quantity.with_column_unit(column)))
}

/// Whether the value is money for one of something: a total of money depends on how much was bought.
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

fn review(indicator: &IndicatorRow, spot: Spot) -> Option<ReviewUse> {
    const LEAST_CHARS: usize = 4;
    let reason = name_key(indicator.reason.as_deref()?);
    let weight = indicator.weight.filter(|weight| *weight > Decimal::ZERO)?;
    let taken = weight.checked_sub(indicator.review_score?)?;
    // Points beyond the weight, or below none, are slips that rules of one table tell.
    let part = quotient(taken, weight).filter(|part| (Decimal::ZERO..=Decimal::ONE).contains(part))?;
    (reason.chars().count() >= LEAST_CHARS).then(|| ReviewUse {
        reason: mark(&reason),
        part,
        spot,
    })
}

/// Names of companies and cooperatives in a text.
fn parties(text: &str) -> Vec<String> {
    const ENDINGS: [&str; 4] = ["有限责任公司", "股份有限公司", "有限公司", "专业合作社"];
    const LONGEST: usize = 24;
    const SHORTEST: usize = 6;
    let mut names = Vec::new();
    let mut rest = text;
    while let Some((at, ending)) = ENDINGS
        .iter()
        .filter_map(|ending| Some((rest.find(ending)?, *ending)))
        .min_by_key(|(at, ending)| (*at, std::cmp::Reverse(ending.len())))
    {
        let (before, after) = rest.split_at_checked(at + ending.len()).unwrap_or((rest, ""));
        let is_of_name = |c: &char| c.is_alphanumeric() || "（）()".contains(*c);
        let name: Vec<char> = before.chars().rev().take_while(is_of_name).take(LONGEST).collect();
        let name: String = name.into_iter().rev().collect();
        let name = without_lead(&name);
        if name.chars().count() >= SHORTEST + ending.chars().count() / 2 {
            names.push(name.to_owned());
        }
        rest = after;
    }
    names
}

/// 支持某某有限公司 names 某某有限公司.
fn without_lead(name: &str) -> &str {
    const LEADS: [&str; 14] = [
        "补助给",
        "补助",
        "支持",
        "扶持",
        "奖励",
        "资助",
        "委托",
        "拨付给",
        "拨付",
        "完成",
        "对",
        "向",
        "给",
        "由",
    ];
    LEADS.iter().find_map(|lead| name.strip_prefix(lead)).unwrap_or(name)
}
