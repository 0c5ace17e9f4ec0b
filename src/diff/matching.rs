//! One-to-one matching of two lists: by equal keys, in order, or by likeness. It knows no tables.

use std::collections::{BTreeMap, VecDeque};

/// Which item of one list is which of the other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Matching {
    /// For each earlier item, the later one.
    pub new_of_old: Vec<Option<usize>>,
    /// For each later item, the earlier one.
    pub old_of_new: Vec<Option<usize>>,
}

/// Pairs whose likeness is looked at, at most, for one earlier item; what is further away in the list is not looked at.
const NEIGHBOURS: usize = 100;

impl Matching {
    /// Nothing matched yet.
    pub(super) fn new(old: usize, new: usize) -> Self {
        Self {
            new_of_old: vec![None; old],
            old_of_new: vec![None; new],
        }
    }

    /// Joins two items.
    pub(super) fn join(&mut self, old: usize, new: usize) {
        if let (Some(of_old), Some(of_new)) = (self.new_of_old.get_mut(old), self.old_of_new.get_mut(new)) {
            *of_old = Some(new);
            *of_new = Some(old);
        }
    }

    /// Earlier items that are not matched yet.
    pub(super) fn free_old(&self) -> Vec<usize> {
        free(&self.new_of_old)
    }

    /// Later items that are not matched yet.
    pub(super) fn free_new(&self) -> Vec<usize> {
        free(&self.old_of_new)
    }

    /// Joins items with equal keys, of several the first with the first. An item without a key is left.
    pub(super) fn by_key<K: Ord>(&mut self, old: impl Fn(usize) -> Option<K>, new: impl Fn(usize) -> Option<K>) {
        self.by_key_where(old, new, |_, _| true);
    }

    /// Joins items with equal keys that fit, of several the first with the first that fits it.
    pub(super) fn by_key_where<K: Ord>(
        &mut self,
        old: impl Fn(usize) -> Option<K>,
        new: impl Fn(usize) -> Option<K>,
        mut fits: impl FnMut(usize, usize) -> bool,
    ) {
        let mut waiting: BTreeMap<K, VecDeque<usize>> = BTreeMap::new();
        for index in self.free_old() {
            if let Some(key) = old(index) {
                waiting.entry(key).or_default().push_back(index);
            }
        }
        for index in self.free_new() {
            let earlier = new(index).and_then(|key| {
                let of_key = waiting.get_mut(&key)?;
                let at = of_key
                    .iter()
                    .take(NEIGHBOURS)
                    .position(|earlier| fits(*earlier, index))?;
                of_key.remove(at)
            });
            if let Some(earlier) = earlier {
                self.join(earlier, index);
            }
        }
    }

    /// Joins what is left, the first with the first.
    pub(super) fn in_order(&mut self) {
        for (old, new) in self.free_old().into_iter().zip(self.free_new()) {
            self.join(old, new);
        }
    }

    /// Joins what is left by likeness (thousandths; `None` for items that are not the same), the most alike first, of
    /// equals the upper ones.
    pub(super) fn by_likeness(&mut self, likeness: impl Fn(usize, usize) -> Option<u32>) {
        let (old, new) = (self.free_old(), self.free_new());
        let mut pairs = Vec::new();
        for (position, &earlier) in old.iter().enumerate() {
            let from = position.saturating_sub(NEIGHBOURS / 2).min(new.len());
            let to = position.saturating_add(NEIGHBOURS / 2).min(new.len());
            for &later in new.get(from..to).unwrap_or_default() {
                if let Some(alike) = likeness(earlier, later) {
                    pairs.push((std::cmp::Reverse(alike), earlier, later));
                }
            }
        }
        pairs.sort_unstable();
        for (_, earlier, later) in pairs {
            let is_free = |list: &[Option<usize>], index: usize| list.get(index) == Some(&None);
            if is_free(&self.new_of_old, earlier) && is_free(&self.old_of_new, later) {
                self.join(earlier, later);
            }
        }
    }
}

fn free(list: &[Option<usize>]) -> Vec<usize> {
    list.iter()
        .enumerate()
        .filter(|(_, other)| other.is_none())
        .map(|(index, _)| index)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_keys_are_joined_in_order_and_each_once() {
        let (old, new) = (["a", "b", "a", ""], ["a", "c", "a", "a"]);
        let mut matching = Matching::new(4, 4);
        let key = |list: &[&'static str], index: usize| list.get(index).copied().filter(|key| !key.is_empty());
        matching.by_key(|index| key(&old, index), |index| key(&new, index));
        assert_eq!(matching.old_of_new, [Some(0), None, Some(2), None]);
        assert_eq!(matching.free_old(), [1, 3]);
        matching.in_order();
        assert_eq!(matching.old_of_new, [Some(0), Some(1), Some(2), Some(3)]);
    }

    #[test]
    fn the_most_alike_are_joined_first() {
        let mut matching = Matching::new(2, 2);
        let table = [[Some(600), Some(900)], [Some(500), Some(800)]];
        matching.by_likeness(|old, new| table.get(old)?.get(new).copied()?);
        assert_eq!(matching.new_of_old, [Some(1), Some(0)]);
    }

    #[test]
    fn long_lists_take_no_quadratic_time() {
        let mut matching = Matching::new(20_000, 20_000);
        let looked = std::cell::Cell::new(0_usize);
        matching.by_likeness(|_, _| {
            looked.set(looked.get() + 1);
            None
        });
        assert!(looked.get() <= 20_000 * NEIGHBOURS);
    }
}
