//! Where indicator headers stand in a sheet, also several in one row, before any of them is read.

use std::collections::BTreeSet;

use super::super::view::{RowView, SheetView, Slot};
use super::super::vocabulary::{IndicatorWord, RowWord, Vocabulary};
use super::indicators::{SURE_WITHOUT, is_level_word, makes_header};

/// The columns of one indicator header in its row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::layout) struct HeaderExtent {
    /// View row.
    pub index: usize,
    /// First physical column with a known header.
    pub first: u32,
    /// Last physical column with a known header.
    pub last: u32,
}

/// Returns where the indicator headers stand, several in one row counted singly: a header begins anew where a level
/// is named that was named before.
pub(in crate::layout) fn header_extents(view: &SheetView<'_>, vocabulary: &Vocabulary) -> Vec<HeaderExtent> {
    let mut found = Vec::new();
    for (index, row) in view.rows.iter().enumerate() {
        let words = row_words(view, row, vocabulary);
        if words.is_empty() {
            continue;
        }
        let extent = |words: &[(IndicatorWord, &Slot)]| {
            let (first, last) = (words.first()?.1, words.last()?.1);
            Some(HeaderExtent {
                index,
                first: first.range.first.column,
                last: last.range.last.column,
            })
        };
        let mut begin = 0;
        // Headers of the table at hand up to the first level named behind them, and those from there on.
        let mut named = BTreeSet::new();
        let mut next = None;
        let mut named_next = BTreeSet::new();
        for (at, (word, _)) in words.iter().enumerate() {
            if next.is_none() && is_level_word(*word) && makes_header(named.iter().copied()) {
                next = Some(at);
            }
            match next {
                Some(start) if is_level_word(*word) && named.contains(word) => {
                    found.extend(extent(words.get(begin..start).unwrap_or_default()));
                    begin = start;
                    next = None;
                    named = std::mem::take(&mut named_next);
                    named.insert(*word);
                }
                Some(_) => {
                    named_next.insert(*word);
                }
                None => {
                    named.insert(*word);
                }
            }
        }
        named.append(&mut named_next);
        if makes_header(named.into_iter()) {
            found.extend(extent(words.get(begin..).unwrap_or_default()));
        }
    }
    found
}

/// Returns the known headers of a row, in a row of several also those with a wrong character.
fn row_words<'r>(
    view: &SheetView<'_>,
    row: &'r RowView<'_>,
    vocabulary: &Vocabulary,
) -> Vec<(IndicatorWord, &'r Slot)> {
    let known: Vec<(IndicatorWord, &Slot)> = row
        .own()
        .filter_map(|slot| {
            // 绩效指标完成情况 may head the block from its margin.
            let meanings = view.meanings(slot);
            let word = meanings.indicator.filter(|_| !meanings.is(RowWord::Block))?;
            Some((word, slot))
        })
        .collect();
    if known.len() < SURE_WITHOUT {
        return known;
    }
    row.own()
        .filter_map(|slot| {
            let mended = || {
                vocabulary
                    .indicator_typo(view.key(slot))
                    .map(|(word, _)| word)
                    .filter(|word| is_level_word(*word))
            };
            Some((view.meanings(slot).indicator.or_else(mended)?, slot))
        })
        .collect()
}
