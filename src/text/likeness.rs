//! How alike two texts are: the one place where texts are compared by more than equality, and the bounds that decide.
//!
//! Likeness is the share of characters that need no edit, in thousandths: whole numbers, so that no bound depends on
//! how a fraction is rounded.

/// Texts that are equal.
pub(crate) const EQUAL: u32 = 1000;
/// Names this alike are one name, written with a slip.
pub(crate) const SAME_NAME: u32 = 900;
/// Names this alike may be one, if something else speaks for it too (the unit, the kind of table).
pub(crate) const MAYBE_SAME_NAME: u32 = 700;
/// Names this alike are one that was rewritten, where both stand in two versions of one table.
pub(crate) const REWRITTEN: u32 = 500;
/// The same, where the value beside them and the level above them are equal.
pub(crate) const REWRITTEN_WITH_EQUAL_VALUE: u32 = 300;
/// A word this near to a known one is worth a suggestion; below it a suggestion misleads.
const WORTH_SUGGESTING: u32 = 500;

/// Returns how alike two texts are, in thousandths.
pub(crate) fn likeness(one: &str, other: &str) -> u32 {
    thousandths(strsim::normalized_levenshtein(one, other))
}

/// Returns what belongs to the known word nearest to a typed one, if any is near; two letters that changed places are
/// one slip of the hand. Of equally near words the first counts.
pub(crate) fn nearest<'a, T>(typed: &str, known: impl IntoIterator<Item = (&'a str, T)>) -> Option<T> {
    let typed = typed.trim().to_lowercase();
    let mut best: Option<(u32, T)> = None;
    for (word, belonging) in known {
        let alike = thousandths(strsim::normalized_damerau_levenshtein(&typed, &word.to_lowercase()));
        if alike >= WORTH_SUGGESTING && best.as_ref().is_none_or(|(so_far, _)| alike > *so_far) {
            best = Some((alike, belonging));
        }
    }
    best.map(|(_, belonging)| belonging)
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
fn thousandths(share: f64) -> u32 {
    // 0.9 times a thousand is a hair below or above nine hundred.
    (share * 1000.0 + 1e-6) as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn likeness_counts_characters_not_bytes() {
        assert_eq!(likeness("工作经费项目", "工作经费项目"), EQUAL);
        assert_eq!(likeness("十个字里有一个字不同", "十个字里有一个字不一"), SAME_NAME);
        assert_eq!(likeness("甲", "乙"), 0);
    }

    #[test]
    fn a_slip_finds_the_word_that_was_meant_and_nonsense_none() {
        let known = [("total-score-mismatch", 1), ("total-weight-mismatch", 2)];
        assert_eq!(nearest("totla-score-mismatch", known), Some(1));
        assert_eq!(nearest("Total-Wieght-Mismatch", known), Some(2));
        assert_eq!(nearest("完全不同", known), None);
    }
}
