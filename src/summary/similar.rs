//! Tables that share their indicators: exact groups by hash, near ones by min-hash bands, never table against table.

use std::collections::{BTreeMap, BTreeSet};

/// Functions of the min-hash, two for each band. Sets that share four fifths meet in some band almost surely.
const BANDS: u64 = 12;
/// Sets in one band that are compared with its first; a fuller band adds nothing new.
const MOST_IN_BAND: usize = 2_000;

/// How much of two sorted sets is shared: common marks, all marks.
pub fn shared(one: &[u64], other: &[u64]) -> (usize, usize) {
    let one: BTreeSet<&u64> = one.iter().collect();
    let other: BTreeSet<&u64> = other.iter().collect();
    (one.intersection(&other).count(), one.union(&other).count())
}

/// Groups of like sets, each with its positions in order; the first is what the others were compared with. Sets of
/// fewer than `least` marks take no part. Two sets are alike that share at least `four_fifths` of all their marks.
pub fn groups<'a>(sets: impl Iterator<Item = (usize, &'a [u64])>, least: usize) -> Vec<Vec<usize>> {
    let sets: BTreeMap<usize, &[u64]> = sets.filter(|(_, marks)| marks.len() >= least).collect();
    let mut joined: BTreeMap<usize, usize> = BTreeMap::new();
    // One band at a time, so that a long list takes the room of one.
    for band in 0..BANDS {
        let key = |marks: &[u64]| (least_mixed(marks, 2 * band), least_mixed(marks, 2 * band + 1));
        let mut members: Vec<((u64, u64), usize)> = sets.iter().map(|(index, marks)| (key(marks), *index)).collect();
        members.sort_unstable();
        for members in members.chunk_by(|one, other| one.0 == other.0) {
            join(&sets, members, &mut joined);
        }
    }
    let mut groups: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for index in sets.keys() {
        groups.entry(root_of(&joined, *index)).or_default().push(*index);
    }
    groups.into_values().filter(|group| group.len() > 1).collect()
}

/// Joins the sets of one band's bucket that are like the first one's group.
fn join(sets: &BTreeMap<usize, &[u64]>, members: &[((u64, u64), usize)], joined: &mut BTreeMap<usize, usize>) {
    let Some(((_, first), rest)) = members.split_first() else {
        return;
    };
    for (_, member) in rest.iter().take(MOST_IN_BAND) {
        let root = root_of(joined, *first);
        let other = root_of(joined, *member);
        let pair = sets.get(&root).zip(sets.get(member));
        if other != root && pair.is_some_and(|(model, marks)| is_alike(model, marks)) {
            // The lesser position leads, so that the order of bands decides nothing.
            joined.insert(root.max(other), root.min(other));
        }
    }
}

fn root_of(joined: &BTreeMap<usize, usize>, mut index: usize) -> usize {
    while let Some(above) = joined.get(&index) {
        index = *above;
    }
    index
}

fn is_alike(one: &[u64], other: &[u64]) -> bool {
    let (common, all) = shared(one, other);
    common * 5 >= all * 4
}

/// The least of the marks after mixing with a seed (the finaliser of splitmix64).
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
    use super::*;

    fn found(sets: &[&[u64]]) -> Vec<Vec<usize>> {
        groups(sets.iter().copied().enumerate(), 3)
    }

    #[test]
    fn sets_that_share_four_fifths_are_one_group_and_others_are_none() {
        let one: Vec<u64> = (0..20).collect();
        let nearly: Vec<u64> = (1..21).collect();
        let half: Vec<u64> = (10..30).collect();
        assert_eq!(found(&[&one, &half, &nearly]), [[0, 2]]);
        assert_eq!(shared(&one, &nearly), (19, 21));
    }

    #[test]
    fn sets_too_small_to_tell_take_no_part() {
        assert_eq!(found(&[&[1, 2], &[1, 2]]), Vec::<Vec<usize>>::new());
        assert_eq!(found(&[&[1, 2, 3], &[1, 2, 3], &[1, 2, 3]]), [[0, 1, 2]]);
    }
}
