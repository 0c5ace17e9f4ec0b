//! Of headers of several years, those of the year evaluated.

use super::super::lines::{is_title, is_year_line, year_in};
use super::super::view::{RowView, SheetView};
use super::super::vocabulary::{IndicatorWord, Vocabulary};
use super::leaf::Leaf;
use crate::model::IndicatorField;
use crate::text::keys::header_key;

/// Gives headers of the year evaluated, among those of several years, the meaning that they have without it: 2024年完成值
/// beside 2023年完成值. It is that of the
/// table, else the last year of a result, beside a target of that year or of none.
pub(super) fn tell_years(
    leaves: &mut [Leaf<'_>],
    above: &[RowView<'_>],
    view: &SheetView<'_>,
    vocabulary: &Vocabulary,
) {
    use IndicatorField::{Actual, Target};
    let of_years: Vec<Option<(u32, Option<IndicatorWord>)>> = leaves
        .iter()
        .map(|leaf| {
            let (year, rest) = year_before(leaf.key).filter(|(_, rest)| !rest.is_empty())?;
            Some((year, vocabulary.meanings(rest).indicator))
        })
        .collect();
    let years = || of_years.iter().flatten();
    if years().map(|(year, _)| year).min() == years().map(|(year, _)| year).max() {
        return;
    }
    let is = |word: Option<IndicatorWord>, column: IndicatorField| word == Some(IndicatorWord::Column(column));
    let results = years().filter(|(_, word)| is(*word, Actual)).map(|(year, _)| *year);
    let Some(evaluated) = evaluated_of(results, above, view) else {
        return;
    };
    let has_target = years().any(|(year, word)| *year == evaluated && is(*word, Target))
        || leaves.iter().any(|leaf| is(leaf.word, Target));
    if !has_target {
        return;
    }
    for (leaf, of_year) in leaves.iter_mut().zip(&of_years) {
        if let Some((year, word)) = of_year
            && *year == evaluated
        {
            leaf.word = *word;
        }
    }
}

/// Turns what stands below the heads of other years than the one evaluated: 目标值 and 完成值 below 2022年, beside those
/// below 2023年. `heads` are those over each of the headers `below` them.
pub(super) fn turn_other_years(
    below: &mut [Leaf<'_>],
    heads: &[Option<&str>],
    above: &[RowView<'_>],
    view: &SheetView<'_>,
) {
    let of_head = |head: &Option<&str>| {
        let head = header_key((*head)?);
        let (year, rest) = year_before(&head)?;
        rest.is_empty().then_some(year)
    };
    let years: Vec<Option<u32>> = heads.iter().map(of_head).collect();
    let mut all = years.iter().flatten();
    let first = all.next();
    if all.all(|year| Some(year) == first) {
        return;
    }
    // A header that is not understood may yet be one with a typing error.
    let is_result = |leaf: &Leaf<'_>| matches!(leaf.word, None | Some(IndicatorWord::Column(IndicatorField::Actual)));
    let results = below.iter().zip(&years).filter(|(leaf, _)| is_result(leaf));
    let Some(evaluated) = evaluated_of(results.filter_map(|(_, year)| *year), above, view) else {
        return;
    };
    for (leaf, year) in below.iter_mut().zip(years) {
        if year.is_some_and(|year| year != evaluated) && leaf.word.is_some() {
            leaf.word = Some(IndicatorWord::Other);
        }
    }
}

/// Returns the year evaluated, of those with a result: that of the table, else the last.
fn evaluated_of(
    results: impl Iterator<Item = u32> + Clone,
    above: &[RowView<'_>],
    view: &SheetView<'_>,
) -> Option<u32> {
    let of_table = year_of_table(above, view).filter(|year| results.clone().any(|result| result == *year));
    of_table.or_else(|| results.max())
}

/// Returns the year that the nearest year line or title above a header names.
pub(super) fn year_of_table(above: &[RowView<'_>], view: &SheetView<'_>) -> Option<u32> {
    /// Rows between a title and the indicators.
    const MOST: usize = 40;
    let rows = above.iter().rev().take(MOST);
    let mut slots = rows.flat_map(|row| row.own());
    slots.find_map(|slot| {
        let key = view.key(slot);
        let is_line = is_year_line(key);
        if !is_line && !is_title(key) {
            return None;
        }
        let (year, is_named) = year_in(view.text(slot))?;
        if is_line || is_named {
            year.try_into().ok()
        } else {
            None
        }
    })
}

/// Returns the year that a header begins with, and what follows it.
fn year_before(key: &str) -> Option<(u32, &str)> {
    let (digits, rest) = key.split_at_checked(4)?;
    let year = digits.parse().ok().filter(|year| (2000..2100).contains(year))?;
    let rest = rest.strip_prefix("年度").or_else(|| rest.strip_prefix('年'))?;
    Some((year, rest))
}
