//! What tables are compared by: 64-bit marks of their indicators, so that texts need not stay.

use std::io;

use super::names::{mark, name_key};
use super::rows::IndicatorRow;
use crate::disk::Stored;
use crate::text::keys::push_match_key;

/// Shorter reasons say too little to be copied.
const LEAST_REASON_CHARS: usize = 8;
/// Marks kept of one table: the least ones, which stand for the rest of a longer table.
const MOST_MARKS: usize = 256;

/// The marks of one table, each list sorted and without repeats.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TableMarks {
    /// Of name, target and actual together.
    pub contents: Vec<u64>,
    /// Of the reasons.
    pub reasons: Vec<u64>,
    /// Of the names.
    pub names: Vec<u64>,
}

/// A name made comparable, with its mark, which is asked for more than once.
#[derive(Debug)]
pub struct MarkedName {
    pub key: String,
    pub mark: u64,
}

impl MarkedName {
    pub fn of(name: &str) -> Self {
        let key = name_key(name);
        Self { mark: mark(&key), key }
    }
}

impl TableMarks {
    /// Returns the marks of a table with these indicators, of which the names are given.
    pub fn of(indicators: &[IndicatorRow], names: &[Option<MarkedName>]) -> Self {
        let contents = indicators
            .iter()
            .zip(names)
            .filter_map(|(row, name)| Some(content(row, &name.as_ref()?.key)));
        let reasons = indicators.iter().filter_map(|row| telling(row.reason.as_deref()?));
        let names = names.iter().flatten().filter(|name| !name.key.is_empty());
        Self {
            contents: least(contents.map(|text| mark(&text))),
            reasons: least(reasons.map(|text| mark(&text))),
            names: least(names.map(|name| name.mark)),
        }
    }
}

/// Marks are as good as random: their bytes are the shortest form of them. Before them stands how many each list has.
impl Stored for TableMarks {
    fn to_record(&self) -> io::Result<Vec<u8>> {
        let lists = [&self.contents, &self.reasons, &self.names];
        let marks: usize = lists.iter().map(|list| list.len()).sum();
        let mut bytes = Vec::with_capacity(size_of::<[u16; 3]>() + marks * size_of::<u64>());
        for list in lists {
            let length = u16::try_from(list.len()).map_err(io::Error::other)?;
            bytes.extend(length.to_le_bytes());
        }
        for mark in lists.into_iter().flatten() {
            bytes.extend(mark.to_le_bytes());
        }
        Ok(bytes)
    }

    fn from_record(bytes: &[u8]) -> io::Result<Self> {
        let end = || io::Error::from(io::ErrorKind::UnexpectedEof);
        let (lengths, marks) = bytes.split_first_chunk::<6>().ok_or_else(end)?;
        let (lengths, _) = lengths.as_chunks::<2>();
        let (marks, _) = marks.as_chunks::<8>();
        let mut rest = marks;
        let mut lists = lengths.iter().map(|length| {
            let (list, after) = rest.split_at_checked(u16::from_le_bytes(*length).into())?;
            rest = after;
            Some(list.iter().map(|mark| u64::from_le_bytes(*mark)).collect())
        });
        let mut next = || lists.next().flatten().ok_or_else(end);
        Ok(Self {
            contents: next()?,
            reasons: next()?,
            names: next()?,
        })
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

fn least(marks: impl Iterator<Item = u64>) -> Vec<u64> {
    let mut marks: Vec<u64> = marks.collect();
    marks.sort_unstable();
    marks.dedup();
    marks.truncate(MOST_MARKS);
    marks
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn marks_come_back_from_disk_as_they_were() {
        for marks in [
            TableMarks::default(),
            TableMarks {
                contents: vec![0, 1, u64::MAX],
                reasons: Vec::new(),
                names: (0..MOST_MARKS as u64).collect(),
            },
        ] {
            let record = marks.to_record().unwrap();
            assert_eq!(TableMarks::from_record(&record).unwrap(), marks);
            assert!(TableMarks::from_record(record.get(..record.len() - 1).unwrap()).is_err());
        }
    }
}
