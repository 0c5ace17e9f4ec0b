//! What tables have in common: small records that point back to their tables, sorted on disk so that those which may have
//! to do with each other lie together.

use serde::{Deserialize, Serialize};

use super::SummaryError;
use super::marks::TableMarks;
use super::similar::SimilarityBand;
use super::table_facts::TableFacts;
use crate::disk::{DiskVec, Exact, Record, Sorted, Sorter};

/// A place in the tables: position of the table, position of the indicator in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Spot {
    /// Position of the table.
    pub table: u32,
    /// Position of the indicator in it.
    pub indicator: u32,
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
    /// Takes the next table in, of which these are the facts.
    pub fn add(&mut self, facts: TableFacts) -> Result<(), SummaryError> {
        let table = self.tables;
        self.tables += 1;
        for mut of_table in facts.unit_uses {
            of_table.spot.table = table;
            self.unit_uses.push(of_table)?;
        }
        for mut of_table in facts.costs {
            of_table.spot.table = table;
            self.costs.push(of_table)?;
        }
        for mut of_table in facts.reviews {
            of_table.spot.table = table;
            self.reviews.push(of_table)?;
        }
        for of_table in facts.parties {
            self.parties.push(PartyUse { table, ..of_table })?;
        }
        if let Some(of_table) = facts.budget {
            self.budgets.push(BudgetUse { table, ..of_table })?;
        }
        for of_table in facts.bands {
            self.bands.push(of_table.of_table(table))?;
        }
        self.marks.push(&facts.marks)?;
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
