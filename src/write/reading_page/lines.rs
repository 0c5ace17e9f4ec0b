//! Which rows or columns of a sheet are drawn: those near filled cells; longer gaps shrink to one line.

use std::collections::BTreeSet;

/// One drawn row or column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Line {
    /// A row or column of the sheet, zero-based.
    One(u32),
    /// Rows or columns left out, both ends included.
    Gap(u32, u32),
}

/// Empty rows or columns up to this many are drawn as they are.
const SHORT_GAP: u32 = 2;

/// Rows or columns of a sheet as they are drawn, in order.
#[derive(Debug, Clone, Default)]
pub(super) struct Lines {
    lines: Vec<Line>,
}

impl Lines {
    /// At most `most` of the filled positions; the second value is the first position that was left out at the end.
    pub(super) fn new(filled: &BTreeSet<u32>, most: usize) -> (Self, Option<u32>) {
        let mut lines = Vec::new();
        let mut next = 0;
        for &position in filled {
            if lines.len() >= most {
                return (Self { lines }, Some(position));
            }
            match position.saturating_sub(next) {
                0 => {}
                gap if gap <= SHORT_GAP => lines.extend((next..position).map(Line::One)),
                _ => lines.push(Line::Gap(next, position - 1)),
            }
            lines.push(Line::One(position));
            next = position + 1;
        }
        (Self { lines }, None)
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &Line> {
        self.lines.iter()
    }

    pub(super) fn len(&self) -> usize {
        self.lines.len()
    }

    /// First and last drawn line of a stretch that begins at a drawn row or column; `None` when it begins in a gap.
    pub(super) fn span(&self, first: u32, last: u32) -> Option<(u32, u32)> {
        let start = self.at(first)?;
        let end = self.lines.partition_point(|line| line.first() <= last);
        Some((u32::try_from(start).ok()?, u32::try_from(end).ok()?.checked_sub(1)?))
    }

    fn at(&self, position: u32) -> Option<usize> {
        let index = self
            .lines
            .partition_point(|line| line.first() <= position)
            .checked_sub(1)?;
        (self.lines.get(index) == Some(&Line::One(position))).then_some(index)
    }
}

impl Line {
    const fn first(self) -> u32 {
        match self {
            Self::One(position) | Self::Gap(position, _) => position,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_gaps_shrink_and_short_ones_stay() {
        let (lines, rest) = Lines::new(&BTreeSet::from([1, 4, 9_000]), 10);
        let expected = [0, 1, 2, 3, 4].map(Line::One);
        assert_eq!(rest, None);
        assert_eq!(lines.lines.get(..5), Some(&expected[..]));
        assert_eq!(lines.lines.get(5..), Some(&[Line::Gap(5, 8_999), Line::One(9_000)][..]));
        assert_eq!(lines.span(1, 3), Some((1, 3)));
        assert_eq!(lines.span(4, 10_000), Some((4, 6)));
        assert_eq!(lines.span(7, 9_000), None);
    }

    #[test]
    fn what_is_too_much_is_told() {
        let (lines, rest) = Lines::new(&(0..100).collect(), 10);
        assert_eq!((lines.len(), rest), (10, Some(10)));
    }
}
