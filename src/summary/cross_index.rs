//! What tables have in common: small records that point back to their tables, sorted on disk so that those which may have
//! to do with each other lie together.

use serde::{Deserialize, Serialize};

use super::SummaryError;
use super::marks::TableMarks;
use super::similar::SimilarityBand;
use super::table_facts::TableFacts;
use crate::disk::{DiskVec, Exact, Merged, Record, Sorted, Sorter};

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
    #[serde(with = "postcard::fixint::le")]
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
    #[serde(with = "postcard::fixint::le")]
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
    #[serde(with = "postcard::fixint::le")]
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
    #[serde(with = "postcard::fixint::le")]
    pub department: u64,
    /// 年度.
    pub year: i32,
    /// Whether it is the department's own: `false` comes first.
    pub is_whole: bool,
    /// Mark of the project; 0 for a department.
    #[serde(with = "postcard::fixint::le")]
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

/// What points back to a table.
pub trait OfTable {
    /// Returns the table's number.
    fn table(&mut self) -> &mut u32;
}

impl OfTable for UnitUse {
    fn table(&mut self) -> &mut u32 {
        &mut self.spot.table
    }
}
impl OfTable for CostUse {
    fn table(&mut self) -> &mut u32 {
        &mut self.spot.table
    }
}
impl OfTable for ReviewUse {
    fn table(&mut self) -> &mut u32 {
        &mut self.spot.table
    }
}
impl OfTable for PartyUse {
    fn table(&mut self) -> &mut u32 {
        &mut self.table
    }
}
impl OfTable for BudgetUse {
    fn table(&mut self) -> &mut u32 {
        &mut self.table
    }
}

/// The records in their order.
#[derive(Debug)]
pub struct CrossIndex {
    /// Units by indicator name.
    pub unit_uses: Sorted<UnitUse>,
    /// Unit costs by product, the least first.
    pub costs: Merged<CostUse>,
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

/// Gathers the records of tables as they come, by the number that each came as.
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
    /// Returns how many tables came.
    pub const fn tables(&self) -> usize {
        self.tables as usize
    }

    /// Takes the next table in, of which these are the facts; the number that it came as.
    pub fn add(&mut self, facts: TableFacts) -> Result<u32, SummaryError> {
        let table = self.tables;
        self.tables += 1;
        take(&mut self.unit_uses, facts.unit_uses, table)?;
        take(&mut self.costs, facts.costs, table)?;
        take(&mut self.parties, facts.parties, table)?;
        take(&mut self.reviews, facts.reviews, table)?;
        take(&mut self.budgets, facts.budget, table)?;
        take(&mut self.bands, facts.bands, table)?;
        self.marks.push(&facts.marks)?;
        Ok(table)
    }

    /// Returns the records in their order; `stand` are the tables that stand, in order, by the numbers that they came as.
    pub fn finish(self, stand: &[u32]) -> Result<CrossIndex, SummaryError> {
        // Mostly tables come in their order, and all stand.
        let is_in_order = stand.iter().copied().eq(0..self.tables);
        let all = if is_in_order { self } else { self.of(stand)? };
        Ok(CrossIndex {
            unit_uses: all.unit_uses.finish()?,
            costs: all.costs.finish_merged()?,
            parties: all.parties.finish()?,
            reviews: all.reviews.finish()?,
            budgets: all.budgets.finish()?,
            bands: all.bands.finish()?,
            marks: all.marks,
        })
    }

    /// Returns the records of the tables that stand, by their positions.
    fn of(self, stand: &[u32]) -> Result<Self, SummaryError> {
        let mut positions = vec![None; self.tables as usize];
        for (position, table) in (0..).zip(stand) {
            if let Some(of_table) = positions.get_mut(*table as usize) {
                *of_table = Some(position);
            }
        }
        let mut marks = DiskVec::default();
        let mut reader = self.marks.reader();
        for table in stand {
            marks.push(&reader.get(*table as usize)?.unwrap_or_default())?;
        }
        Ok(Self {
            tables: self.tables,
            unit_uses: renumbered(self.unit_uses, &positions)?,
            costs: renumbered(self.costs, &positions)?,
            parties: renumbered(self.parties, &positions)?,
            reviews: renumbered(self.reviews, &positions)?,
            budgets: renumbered(self.budgets, &positions)?,
            bands: renumbered(self.bands, &positions)?,
            marks,
        })
    }
}

fn take<T: Record + OfTable>(
    sorter: &mut Sorter<T>,
    records: impl IntoIterator<Item = T>,
    table: u32,
) -> Result<(), SummaryError> {
    for mut record in records {
        *record.table() = table;
        sorter.push(record)?;
    }
    Ok(())
}

/// Returns the records of the tables that have a position, by it.
fn renumbered<T: Record + OfTable + Clone>(
    records: Sorter<T>,
    positions: &[Option<u32>],
) -> Result<Sorter<T>, SummaryError> {
    let mut sorter = Sorter::default();
    for record in records.finish()?.iter() {
        let mut record = record?;
        let table = record.table();
        if let Some(position) = positions.get(*table as usize).copied().flatten() {
            *table = position;
            sorter.push(record)?;
        }
    }
    Ok(sorter)
}
