//! What tables are compared by: 64-bit marks of their indicators, so that texts need not stay.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::names::{mark, name_key};
use super::rows::IndicatorRow;
use crate::disk::stored;
use crate::text::keys::push_match_key;

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
    /// Returns the marks of a table with these indicators, of which the keys of the names are given.
    pub fn of(indicators: &[IndicatorRow], names: &[Option<String>]) -> Self {
        let contents = indicators
            .iter()
            .zip(names)
            .filter_map(|(row, name)| Some(content(row, name.as_deref()?)));
        let reasons = indicators.iter().filter_map(|row| telling(row.reason.as_deref()?));
        Self {
            contents: marks(contents.map(Cow::Owned)),
            reasons: marks(reasons.map(Cow::Owned)),
            names: marks(names.iter().flatten().map(Cow::from)),
        }
    }
}

/// Returns a reason that is long enough to be somebody's own words.
fn telling(reason: &str) -> Option<String> {
    let key = name_key(reason);
    (key.chars().count() >= LEAST_REASON_CHARS).then_some(key)
}

fn content(row: &IndicatorRow, name: &str) -> String {
    let mut content = name.to_owned();
    for part in [&row.target, &row.actual] {
        content.push('\n');
        if let Some(part) = part {
            push_match_key(part, &mut content);
        }
    }
    content
}

fn marks<'a>(texts: impl Iterator<Item = Cow<'a, str>>) -> Vec<u64> {
    let texts = texts.filter(|text| !text.is_empty());
    let mut marks: Vec<u64> = texts.map(|text| mark(&text)).collect();
    marks.sort_unstable();
    marks.dedup();
    marks.truncate(MOST_MARKS);
    marks
}
