//! Many reports to one summary: a bureau's tables, who has not reported, what looks copied, what changed since last year.
//!
//! Reports are added in any order and from any number of runs; what comes out is sorted by path and table, and says
//! the same. Compact rows stay in memory; indicators, funds and findings wait in a temporary file and are read back
//! in order. Knows no terminal, clock or path beyond the text that a report carries.

mod amounts;
mod builder;
mod coverage;
mod cross_index;
mod document;
mod error;
mod extract;
mod failed;
mod groups;
mod names;
mod previous;
mod previous_workbook;
mod roster;
mod roster_match;
mod rows;
pub mod rules;
mod similar;
mod spill;

pub use amounts::Amounts;
pub use builder::{Summary, SummaryBuilder, SummaryOptions};
pub use coverage::{CoverageRow, RosterOutcome, RosterRow, RosterStanding, UnlistedRow, UnsureMatch};
pub use document::{SummaryDocument, schema};
pub use error::SummaryError;
pub use failed::FailedFile;
pub use groups::{GradeShare, GroupRow, Overview, ProblemRow, Scoring};
pub use previous::Previous;
pub use roster::{Roster, RosterEntry};
pub use rows::{AmountGap, DiscrepancyRow, FundDetail, IndicatorRow, TableDetail, TableRow};
pub use rules::CrossFinding;

/// Version of the JSON form of a summary.
pub const SUMMARY_VERSION: u32 = 1;
