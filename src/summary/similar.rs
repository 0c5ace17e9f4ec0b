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
    let mut bands: BTreeMap<(u64, u64, u64), Vec<usize>> = BTreeMap::new();
    for (index, marks) in &sets {
        for band in 0..BANDS {
            let key = (band, least_mixed(marks, 2 * band), least_mixed(marks, 2 * band + 1));
            bands.entry(key).or_default().push(*index);
        }
    }
    let mut joined: BTreeMap<usize, usize> = BTreeMap::new();
    for members in bands.into_values().filter(|members| members.len() > 1) {
        let Some((first, rest)) = members.split_first() else {
            continue;
        };
        let root = root_of(&joined, *first);
        let Some(model) = sets.get(&root) else { continue };
        for member in rest.iter().take(MOST_IN_BAND) {
            let other = root_of(&joined, *member);
            if other == root {
                continue;
            }
            let Some(marks) = sets.get(member) else { continue };
            if is_alike(model, marks) {
                // The lesser position leads, so that the order of bands decides nothing.
                joined.insert(root.max(other), root.min(other));
            }
        }
    }
    let mut groups: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for index in sets.keys() {
        groups.entry(root_of(&joined, *index)).or_default().push(*index);
    }
    groups.into_values().filter(|group| group.len() > 1).collect()
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
