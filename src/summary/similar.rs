//! Tables that share their indicators: exact groups and near ones by min-hash bands, never table against table.

use std::cmp::Ordering;
use std::io;
use std::iter::Peekable;

use serde::{Deserialize, Serialize};

use super::SummaryError;
use super::cross_index::OfTable;
use super::marks::TableMarks;
use super::tables::several_of_one;
use crate::disk::{DiskReader, DiskVec, Record};

/// Functions of the min-hash, two for each band. Sets that share four fifths meet in some band almost surely.
const BANDS: u8 = 12;
/// Fewer indicators may be alike by chance.
const LEAST_INDICATORS: usize = 4;

/// What tables are compared by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Likeness {
    /// Names, targets and actual values.
    Contents,
    /// Reasons.
    Reasons,
    /// Names alone.
    Names,
}

impl Likeness {
    /// All of them, the most telling first.
    pub const ALL: [Self; 3] = [Self::Contents, Self::Reasons, Self::Names];

    /// Returns the marks that it looks at.
    pub fn marks(self, marks: &TableMarks) -> &[u64] {
        match self {
            Self::Contents => &marks.contents,
            Self::Reasons => &marks.reasons,
            Self::Names => &marks.names,
        }
    }

    fn into_marks(self, marks: TableMarks) -> Vec<u64> {
        match self {
            Self::Contents => marks.contents,
            Self::Reasons => marks.reasons,
            Self::Names => marks.names,
        }
    }

    /// Returns the bands that a table stands in, which they do not name yet; none for a table with too little to tell.
    pub fn bands(self, marks: &TableMarks) -> impl Iterator<Item = SimilarityBand> {
        let marks = self.marks(marks);
        let least = if self == Self::Reasons { 1 } else { LEAST_INDICATORS };
        let bands = if marks.len() < least { 0 } else { BANDS };
        (0..bands).map(move |band| SimilarityBand {
            likeness: self,
            band,
            key: key(marks, band),
            table: 0,
        })
    }
}

/// A table in a band: tables of one key there may be alike.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct SimilarityBand {
    likeness: Likeness,
    band: u8,
    #[serde(with = "postcard::fixint::le")]
    key: u64,
    table: u32,
}

impl Record for SimilarityBand {}

impl OfTable for SimilarityBand {
    fn table(&mut self) -> &mut u32 {
        &mut self.table
    }
}

/// Returns how much of two sets, sorted and without repeats, is shared: common marks, all marks.
pub fn shared(one: &[u64], other: &[u64]) -> (usize, usize) {
    let (mut left, mut right) = (one.iter().peekable(), other.iter().peekable());
    let mut common = 0;
    while let (Some(mark), Some(against)) = (left.peek(), right.peek()) {
        match mark.cmp(against) {
            Ordering::Less => left.next(),
            Ordering::Greater => right.next(),
            Ordering::Equal => {
                common += 1;
                left.next();
                right.next()
            }
        };
    }
    (common, one.len() + other.len() - common)
}

/// Groups of like tables, each with its positions in order. Two are alike that share at least four fifths of all their
/// marks; each is compared with the first of its group.
///
/// Takes the bands of this likeness, which come in order, and leaves those behind them.
pub fn groups(
    likeness: Likeness,
    bands: &mut Peekable<impl Iterator<Item = io::Result<SimilarityBand>>>,
    marks: &DiskVec<TableMarks>,
) -> Result<Vec<Vec<usize>>, SummaryError> {
    let mut groups = Groups::new(likeness, marks);
    let mut first: Option<SimilarityBand> = None;
    while let Some(band) = bands.next_if(|band| band.as_ref().map_or(true, |band| band.likeness == likeness)) {
        let band = band?;
        match &first {
            Some(first) if (first.band, first.key) == (band.band, band.key) => groups.join(first.table, band.table)?,
            _ => first = Some(band),
        }
    }
    Ok(groups.finish())
}

struct Groups<'a> {
    likeness: Likeness,
    marks: DiskReader<'a, TableMarks>,
    /// The table above each in its group; of the first of a group, itself.
    above: Vec<u32>,
    /// The marks that were last compared with.
    model: Option<(u32, Vec<u64>)>,
}

impl<'a> Groups<'a> {
    fn new(likeness: Likeness, marks: &'a DiskVec<TableMarks>) -> Self {
        Self {
            likeness,
            above: (0..).take(marks.len()).collect(),
            marks: marks.reader(),
            model: None,
        }
    }

    /// Joins a table to the group of the first of its band, if it is like that group's first.
    fn join(&mut self, first: u32, table: u32) -> Result<(), SummaryError> {
        let (root, other) = (self.root_of(first), self.root_of(table));
        if root == other {
            return Ok(());
        }
        let model = match self.model.take() {
            Some((of, model)) if of == root => model,
            _ => self.marks_of(root)?,
        };
        let is_alike = is_alike(&model, &self.marks_of(table)?);
        self.model = Some((root, model));
        if is_alike && let Some(above) = self.above.get_mut(root.max(other) as usize) {
            // The lesser position leads, so that the order of bands decides nothing.
            *above = root.min(other);
        }
        Ok(())
    }

    fn marks_of(&mut self, table: u32) -> Result<Vec<u64>, SummaryError> {
        let marks = self.marks.get(table as usize)?.unwrap_or_default();
        Ok(self.likeness.into_marks(marks))
    }

    fn root_of(&mut self, mut table: u32) -> u32 {
        let above = |above: &[u32], table: u32| above.get(table as usize).copied().unwrap_or(table);
        loop {
            let next = above(&self.above, table);
            if next == table {
                return table;
            }
            // The way is halved as it is gone, so that long ones do not stay.
            let following = above(&self.above, next);
            if let Some(above) = self.above.get_mut(table as usize) {
                *above = following;
            }
            table = following;
        }
    }

    fn finish(mut self) -> Vec<Vec<usize>> {
        let count = u32::try_from(self.above.len()).unwrap_or(u32::MAX);
        let mut members: Vec<(u32, u32)> = (0..count).map(|table| (self.root_of(table), table)).collect();
        members.sort_unstable();
        several_of_one(&members)
    }
}

fn is_alike(one: &[u64], other: &[u64]) -> bool {
    let (common, all) = shared(one, other);
    common * 5 >= all * 4
}

/// Returns where a set stands in a band: sets that share much mostly share it.
fn key(marks: &[u64], band: u8) -> u64 {
    let seed = 2 * u64::from(band);
    least_mixed(marks, seed).rotate_left(32) ^ least_mixed(marks, seed + 1)
}

/// Returns the least of the marks after mixing with a seed (the finaliser of splitmix64).
fn least_mixed(marks: &[u64], seed: u64) -> u64 {
    let mixed = marks.iter().map(|mark| {
        let mut mixed = mark ^ seed.wrapping_add(1).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    });
    mixed.min().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::disk::Sorter;

    fn found(likeness: Likeness, sets: &[Vec<u64>]) -> Vec<Vec<usize>> {
        let (mut bands, mut marks) = (Sorter::default(), DiskVec::default());
        for (table, set) in (0..).zip(sets) {
            let of_table = TableMarks {
                contents: set.clone(),
                reasons: set.clone(),
                names: set.clone(),
            };
            for mut band in likeness.bands(&of_table) {
                band.table = table;
                bands.push(band).unwrap();
            }
            marks.push(&of_table).unwrap();
        }
        let bands = bands.finish().unwrap();
        groups(likeness, &mut bands.iter().peekable(), &marks).unwrap()
    }

    #[test]
    fn sets_that_share_four_fifths_are_one_group_and_others_are_none() {
        let one: Vec<u64> = (0..20).collect();
        let nearly: Vec<u64> = (1..21).collect();
        let half: Vec<u64> = (10..30).collect();
        assert_eq!(shared(&one, &nearly), (19, 21));
        assert_eq!(shared(&one, &half), (10, 30));
        assert_eq!(found(Likeness::Contents, &[one, half, nearly]), [[0, 2]]);
    }

    #[test]
    fn sets_too_small_to_tell_take_no_part() {
        let small = vec![vec![1, 2, 3]; 2];
        assert_eq!(found(Likeness::Names, &small), Vec::<Vec<usize>>::new());
        assert_eq!(found(Likeness::Reasons, &small), [[0, 1]]);
        assert_eq!(found(Likeness::Names, &[vec![1, 2, 3, 4], vec![1, 2, 3, 4]]), [[0, 1]]);
    }

    #[test]
    fn a_group_has_all_its_tables_however_many_there_are() {
        let sets = vec![(0..8).collect::<Vec<u64>>(); 5000];
        assert_eq!(
            found(Likeness::Contents, &sets)
                .iter()
                .map(Vec::len)
                .collect::<Vec<_>>(),
            [5000]
        );
    }
}
