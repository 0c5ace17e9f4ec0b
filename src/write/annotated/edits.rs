//! Changes to a text at byte positions; everything between them stays as it is.

use std::ops::Range;

/// Changes gathered over one text, applied together.
#[derive(Debug, Default)]
pub struct Edits {
    edits: Vec<(Range<usize>, String)>,
}

impl Edits {
    /// Puts the text in place of the range.
    pub fn replace(&mut self, range: Range<usize>, text: impl Into<String>) {
        self.edits.push((range, text.into()));
    }

    /// Puts the text before the position; texts for one position follow one another in the order given.
    pub fn insert(&mut self, at: usize, text: impl Into<String>) {
        self.replace(at..at, text);
    }

    /// Takes the range out.
    pub fn remove(&mut self, range: Range<usize>) {
        self.replace(range, "");
    }

    /// Returns whether nothing changes.
    pub fn is_empty(&self) -> bool {
        self.edits.is_empty()
    }

    /// Returns the changed text. `None` when two changes overlap or one lies outside the text.
    pub fn apply(mut self, source: &str) -> Option<String> {
        self.edits.sort_by_key(|(range, _)| (range.start, range.end));
        let added: usize = self.edits.iter().map(|(_, text)| text.len()).sum();
        let mut result = String::with_capacity(source.len() + added);
        let mut at = 0;
        for (range, text) in &self.edits {
            result.push_str(source.get(at..range.start)?);
            result.push_str(text);
            at = range.end;
        }
        result.push_str(source.get(at..)?);
        Some(result)
    }
}

#[cfg(test)]
mod tests {
    use super::Edits;

    #[test]
    fn what_is_not_named_stays() {
        let mut edits = Edits::default();
        edits.remove(3..6);
        edits.insert(0, "<");
        edits.insert(0, "=");
        edits.replace(6..9, "x");
        assert_eq!(edits.apply("甲乙丙丁").as_deref(), Some("<=甲x丁"));
    }

    #[test]
    fn overlapping_changes_are_refused() {
        let mut edits = Edits::default();
        edits.remove(0..2);
        edits.remove(1..3);
        assert_eq!(edits.apply("abcd"), None);
    }
}
