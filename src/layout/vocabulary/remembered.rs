//! What headers and labels were found to mean before: the forms of a batch use the same words in every file, and taking
//! a wording apart costs more than anything else that is asked of it.
//!
//! Remembered by each thread for itself, for the vocabulary asked last, and no more than some hundred kilobytes.

use std::cell::RefCell;
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, DefaultHasher};
use std::sync::atomic::{AtomicUsize, Ordering};

use super::meanings::Meanings;

/// Wordings that are remembered at once; then all are forgotten.
const MOST: usize = 4_096;

/// Which vocabulary it is: one that has no number is never remembered.
#[derive(Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct VocabularyNumber(Option<usize>);

impl VocabularyNumber {
    /// Returns a number that no other vocabulary of this run has.
    pub(super) fn new() -> Self {
        static NEXT: AtomicUsize = AtomicUsize::new(0);
        Self(Some(NEXT.fetch_add(1, Ordering::Relaxed)))
    }
}

#[derive(Default)]
struct Remembered {
    vocabulary: VocabularyNumber,
    by_key: HashMap<Box<str>, Meanings, BuildHasherDefault<DefaultHasher>>,
}

thread_local! {
    static REMEMBERED: RefCell<Remembered> = RefCell::default();
}

/// Returns what a vocabulary's `find` says of a short key, asked once.
pub(super) fn meanings(vocabulary: VocabularyNumber, key: &str, find: impl FnOnce() -> Meanings) -> Meanings {
    if vocabulary == VocabularyNumber::default() {
        return find();
    }
    let known = REMEMBERED.with_borrow(|remembered| {
        let is_asked = remembered.vocabulary == vocabulary;
        remembered.by_key.get(key).copied().filter(|_| is_asked)
    });
    known.unwrap_or_else(|| {
        let found = find();
        REMEMBERED.with_borrow_mut(|remembered| {
            if remembered.vocabulary != vocabulary || remembered.by_key.len() >= MOST {
                remembered.by_key.clear();
                remembered.vocabulary = vocabulary;
            }
            remembered.by_key.insert(key.into(), found);
        });
        found
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::vocabulary::RowWord;

    fn meaning(word: RowWord) -> Meanings {
        let mut meanings = Meanings::default();
        meanings.add_row(word);
        meanings
    }

    #[test]
    fn each_vocabulary_is_asked_itself_and_once() {
        let (one, other) = (VocabularyNumber::new(), VocabularyNumber::new());
        let (first, second) = (meaning(RowWord::Total), meaning(RowWord::Subtotal));
        assert_eq!(meanings(one, "合计", || first), first);
        assert_eq!(meanings(one, "合计", || second), first);
        assert_eq!(meanings(other, "合计", || second), second);
        assert_eq!(meanings(one, "合计", || second), second);
        let unnumbered = VocabularyNumber::default();
        assert_eq!(meanings(unnumbered, "合计", || first), first);
        assert_eq!(meanings(unnumbered, "合计", || second), second);
    }

    #[test]
    fn what_is_remembered_is_bounded() {
        let vocabulary = VocabularyNumber::new();
        for number in 0..3 * MOST {
            meanings(vocabulary, &number.to_string(), Meanings::default);
        }
        assert!(REMEMBERED.with_borrow(|remembered| remembered.by_key.len()) <= MOST);
    }
}
