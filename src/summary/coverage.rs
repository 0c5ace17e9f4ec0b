//! Who has reported and who has not, by count and by amount.

use rust_decimal::Decimal;
use schemars::JsonSchema;
use serde::Serialize;

use super::amounts::quotient;
use crate::model::Grade;

/// What became of a roster's line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum RosterStanding {
    /// A table was received.
    Received,
    /// A table may be its own; a person has to look.
    Unsure,
    /// Nothing was received.
    Missing,
}

impl RosterStanding {
    /// Returns its name.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Received => "已报",
            Self::Unsure => "待确认",
            Self::Missing => "未报",
        }
    }
}

/// One line of the roster and what became of it.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct RosterRow {
    /// Its row in the roster's file, from 1.
    pub line: u32,
    /// 主管部门.
    pub department: Option<String>,
    /// 单位.
    pub unit: Option<String>,
    /// 项目名称.
    pub project: Option<String>,
    /// Amount in 万元.
    pub amount: Option<Decimal>,
    /// 年度.
    pub year: Option<i32>,
    /// 自评得分, in a list of results.
    pub score: Option<Decimal>,
    /// 自评等次, in a list of results.
    pub grade: Option<Grade>,
    /// What became of it.
    pub standing: RosterStanding,
    /// Path of the table that is, or may be, its own.
    pub file: Option<String>,
    /// Whether a table was received that nobody had filled in, so that it counts as not received; left out where not.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub not_filled_in: bool,
    /// Position of that table in the summary's tables.
    #[serde(skip)]
    pub table: Option<usize>,
}

/// A pair that a person has to confirm.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct UnsureMatch {
    /// Row in the roster's file, from 1.
    pub line: u32,
    /// As the roster names it: unit and project.
    pub listed: String,
    /// As the table names it.
    pub received: String,
    /// Path of the table.
    pub file: String,
    /// Likeness of the names, 0 to 1, two places.
    pub likeness: Decimal,
    /// Why it is not certain, in Chinese.
    pub why: String,
}

/// A table that the roster does not know.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct UnlistedRow {
    /// Position in the summary's tables.
    #[serde(skip)]
    pub table: usize,
    /// Path of the table.
    pub file: String,
    /// Unit and project.
    pub name: String,
}

/// Coverage of a department; of the whole where the department is `null` and `total` is set.
#[derive(Debug, Clone, Default, PartialEq, Serialize, JsonSchema)]
pub struct CoverageRow {
    /// 主管部门 as the roster writes it.
    pub department: Option<String>,
    /// Whether this is the line of everything.
    pub total: bool,
    /// Lines of the roster.
    pub due: usize,
    /// Lines with a table.
    pub received: usize,
    /// Lines for a person to confirm.
    pub unsure: usize,
    /// Lines without a table.
    pub missing: usize,
    /// `received ÷ due`.
    pub count_rate: Option<Decimal>,
    /// Σ amount of the lines, 万元.
    pub due_amount: Decimal,
    /// Σ amount of the lines with a table, 万元.
    pub received_amount: Decimal,
    /// `received_amount ÷ due_amount`; `null` where the roster gives no amounts.
    pub amount_rate: Option<Decimal>,
}

impl CoverageRow {
    /// Counts one line of the roster.
    pub(super) fn count(&mut self, standing: RosterStanding, amount: Option<Decimal>) {
        let amount = amount.unwrap_or_default();
        let plus = |sum: Decimal| sum.checked_add(amount).unwrap_or(sum);
        self.due += 1;
        self.due_amount = plus(self.due_amount);
        match standing {
            RosterStanding::Received => {
                self.received += 1;
                self.received_amount = plus(self.received_amount);
            }
            RosterStanding::Unsure => self.unsure += 1,
            RosterStanding::Missing => self.missing += 1,
        }
    }

    /// Returns the row with its rates.
    pub(super) fn rated(mut self) -> Self {
        self.count_rate = quotient(Decimal::from(self.received), Decimal::from(self.due));
        self.amount_rate = quotient(self.received_amount, self.due_amount);
        self
    }
}

/// The roster against the tables.
#[derive(Debug, Clone, Default, PartialEq, Serialize, JsonSchema)]
pub struct RosterOutcome {
    /// Every line, in the roster's order.
    pub rows: Vec<RosterRow>,
    /// By department in the order of their names, the whole last.
    pub coverage: Vec<CoverageRow>,
    /// Pairs to be confirmed, in the roster's order.
    pub unsure: Vec<UnsureMatch>,
    /// Tables that the roster does not know, by path.
    pub unlisted: Vec<UnlistedRow>,
    /// What cannot be said about amounts, in Chinese.
    pub amount_note: Option<String>,
}
