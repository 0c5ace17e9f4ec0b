//! What tables are compared by: 64-bit marks of their indicators, so that texts need not stay.

use serde::{Deserialize, Serialize};

use super::names::{mark, name_key};
use super::rows::IndicatorRow;
use crate::disk::stored;
use crate::text::match_key;

/// Shorter reasons say too little to be copied.
const LEAST_REASON_CHARS: usize = 8;
/// Marks kept of one table: the least ones, which stand for the rest of a longer table.
const MOST_MARKS: usize = 256;

stored!(TableMarks);

/// The marks of one table, each list sorted and without repeats.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TableMarks {
    /// Of name, target and actual together.
    pub contents: Vec<u64>,
    /// Of the reasons.
    pub reasons: Vec<u64>,
    /// Of the names.
    pub names: Vec<u64>,
}

impl TableMarks {
    /// Returns the marks of a table with these indicators.
    pub fn of(indicators: &[IndicatorRow]) -> Self {
        Self {
            contents: marks(indicators, content),
            reasons: marks(indicators, |row| row.reason.as_deref().and_then(telling)),
            names: marks(indicators, |row| row.level3.as_deref().map(name_key)),
        }
    }
}

/// Returns a reason that is long enough to be somebody's own words.
fn telling(reason: &str) -> Option<String> {
    let key = name_key(reason);
    (key.chars().count() >= LEAST_REASON_CHARS).then_some(key)
}

fn content(row: &IndicatorRow) -> Option<String> {
    let part = |text: &Option<String>| text.as_deref().map(match_key).unwrap_or_default();
    let name = row.level3.as_deref().map(name_key)?;
    Some(format!("{name}\n{}\n{}", part(&row.target), part(&row.actual)))
}

fn marks(rows: &[IndicatorRow], text: impl Fn(&IndicatorRow) -> Option<String>) -> Vec<u64> {
    let texts = rows.iter().filter_map(text).filter(|text| !text.is_empty());
    let mut marks: Vec<u64> = texts.map(|text| mark(&text)).collect();
    marks.sort_unstable();
    marks.dedup();
    marks.truncate(MOST_MARKS);
    marks
}
