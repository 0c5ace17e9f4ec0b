//! Hidden rows and columns as ordered, disjoint, inclusive intervals.

use crate::grid::MAX_ROWS;

/// Adds a position, lengthening the last interval when it follows it.
pub(in crate::read) fn push(intervals: &mut Vec<(u32, u32)>, position: u32) {
    match intervals.last_mut() {
        Some((_, last)) if last.checked_add(1) == Some(position) => *last = position,
        _ => intervals.push((position, position)),
    }
}

/// Intervals in order, touching ones joined.
pub(in crate::read) fn joined(mut intervals: Vec<(u32, u32)>) -> Vec<(u32, u32)> {
    intervals.sort_unstable();
    let mut result: Vec<(u32, u32)> = Vec::with_capacity(intervals.len());
    for (first, last) in intervals {
        match result.last_mut() {
            Some((_, end)) if first <= end.saturating_add(1) => *end = last.max(*end),
            _ => result.push((first, last)),
        }
    }
    result
}

/// All rows of a sheet outside the (ordered, disjoint) intervals.
pub(in crate::read) fn gaps_between(intervals: Vec<(u32, u32)>) -> Vec<(u32, u32)> {
    let mut gaps = Vec::with_capacity(intervals.len() + 1);
    let mut next = 0;
    for (first, last) in intervals {
        if next < first {
            gaps.push((next, first - 1));
        }
        next = last + 1;
    }
    if next < MAX_ROWS {
        gaps.push((next, MAX_ROWS - 1));
    }
    gaps
}
