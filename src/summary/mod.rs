//! Many reports to one summary: a bureau's tables, who has not reported, what looks copied, what changed since last year.
//!
//! Reports are added in any order and from any number of runs; what comes out is sorted by path and table, and says
//! the same. Rows, indicators, funds and findings wait in temporary files and are read back in order. In memory stay
//! the sums by kind, department and rule, the roster, and some hundred bytes for each table: where it lies, and marks
//! of its unit, project and content, by which rules find what to compare. Knows no terminal, clock or path beyond the
//! text that a report carries.

mod amounts;
mod builder;
mod collected_results;
mod coverage;
mod cross_index;
mod document;
mod doubtful;
mod error;
mod extract;
mod failed;
mod groups;
mod marks;
mod names;
mod outcome;
mod parties;
mod previous;
mod previous_workbook;
pub(crate) mod result_entry;
mod roster;
mod roster_match;
mod roster_names;
mod roster_outcome;
mod roster_plausible;
mod rows;
pub mod rules;
mod similar;
mod stored_rows;
mod table_facts;
mod tables;
mod totals;

pub use amounts::Amounts;
pub use builder::{SummaryBuilder, SummaryExtractor, SummaryOptions};
pub use collected_results::SummaryEntry;
pub use coverage::{CoverageRow, RosterOutcome, RosterRow, RosterStanding, UnlistedRow, UnsureMatch};
pub use document::{SummaryDocument, schema};
pub use doubtful::DoubtfulAmounts;
pub use error::SummaryError;
pub use failed::{FailedFile, unread_document};
pub use groups::{GradeShare, GroupRow, Overview, ProblemRow, Scoring};
pub use outcome::Summary;
pub use previous::Previous;
pub use roster::{Roster, RosterEntry};
pub(crate) use rows::TableDetail;
pub use rows::{AmountGap, DiscrepancyRow, FundDetail, IndicatorRow, TableRow};
pub use rules::finding::CrossFinding;
pub(crate) use stored_rows::StoredIndicator;
pub(crate) use tables::{DetailPart, TableSizes};

/// Version of the JSON form of a summary.
pub const SUMMARY_VERSION: u32 = 1;
