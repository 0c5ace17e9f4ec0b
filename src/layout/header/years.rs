//! Of headers of several years, those of the year evaluated.

use super::super::lines::{is_title, is_year_line, year_in};
use super::super::view::{RowView, SheetView};
use super::super::vocabulary::{IndicatorWord, Vocabulary};
use super::leaf::Leaf;
use crate::model::IndicatorField;
use crate::text::keys::header_key;

/// What a header says of one year.
#[derive(Clone, Copy)]
struct OfYear {
    year: u32,
    /// What it is but for the year.
    word: Option<IndicatorWord>,
}

impl OfYear {
    /// Reads 2024年完成值, 完成值（2024年）, or 2024年 below 完成值.
    fn read(leaf: &Leaf<'_>, vocabulary: &Vocabulary) -> Option<Self> {
        let (year, rest) = year_of(leaf.key)?;
        let word = match rest {
            "" => leaf.word.filter(|word| is_value(*word)),
            rest => vocabulary.meanings(without_months(rest)).indicator,
        };
        (word.is_some() || !rest.is_empty()).then_some(Self { year, word })
    }

    fn is(self, column: IndicatorField) -> bool {
        self.word == Some(IndicatorWord::Column(column))
    }
}

/// The first columns of headers that name no year.
#[derive(Clone, Copy)]
struct Plain {
    target: Option<u32>,
    result: Option<u32>,
}

/// The year of which the targets and the results of a table are.
#[derive(Clone, Copy)]
struct Evaluated {
    year: u32,
    /// The results are in a column that names no year.
    by_targets: bool,
    /// Nothing but the order of the years tells it.
    is_guessed: bool,
}

/// Gives headers of the year evaluated the meaning that they have without it, and takes it from those of other years:
/// 2024年完成值 beside 2023年完成值, 2024年目标值 beside a plain 完成值.
pub(super) fn tell_years(
    leaves: &mut [Leaf<'_>],
    above: &[RowView<'_>],
    view: &SheetView<'_>,
    vocabulary: &Vocabulary,
) {
    use IndicatorField::{Actual, Target};
    let of_years: Vec<Option<OfYear>> = leaves.iter().map(|leaf| OfYear::read(leaf, vocabulary)).collect();
    if of_years.iter().all(Option::is_none) {
        return;
    }
    // The title of the block, in front of the names, is no value with a slip of the pen.
    let is_level = |leaf: &&Leaf<'_>| matches!(leaf.word, Some(IndicatorWord::Column(column)) if column.is_of_level());
    let names_end = leaves.iter().filter(is_level).map(|leaf| leaf.first).max();
    let may_be = |leaf: &Leaf<'_>, column: IndicatorField| {
        names_end.is_none_or(|end| leaf.first > end)
            && (has_word(leaf, column)
                || (leaf.word.is_none() && names_end.is_some() && is_typo_of(leaf, column, vocabulary)))
    };
    let plain_of = |column: IndicatorField| {
        let all = leaves.iter().zip(&of_years);
        let mut plain = all.filter(|(_, of_year)| of_year.is_none()).map(|(leaf, _)| leaf);
        plain.find(|leaf| may_be(leaf, column)).map(|leaf| leaf.first)
    };
    let plain = Plain {
        target: plain_of(Target),
        result: plain_of(Actual),
    };
    let evaluated = year_evaluated(leaves, &of_years, plain, year_of_table(above, view));
    let is_alone = [(Target, plain.target), (Actual, plain.result)].map(|(column, plain)| {
        let mut years = of_years.iter().flatten().filter(|of_year| of_year.is(column));
        let first = years.next().map(|of_year| of_year.year);
        plain.is_none() && years.all(|of_year| Some(of_year.year) == first)
    });
    let has_target = evaluated.is_some_and(|evaluated| {
        let mut dated = of_years.iter().flatten();
        dated.any(|of_year| of_year.year == evaluated.year && of_year.is(Target))
    });
    for (leaf, of_year) in leaves.iter_mut().zip(&of_years) {
        let Some(of_year) = of_year else {
            // 目标值 beside 2024年目标值 is that of all years.
            if has_target && has_word(leaf, Target) {
                leaf.word = Some(IndicatorWord::Extra);
            }
            continue;
        };
        let takes = |evaluated: &Evaluated| {
            let is_of_target = of_year.is(Target) || of_year.word == Some(IndicatorWord::AdjustedTarget);
            of_year.year == evaluated.year && (is_of_target || !evaluated.by_targets)
        };
        if let Some(evaluated) = evaluated.filter(takes) {
            leaf.word = of_year.word;
            if evaluated.is_guessed && of_year.is(Target) {
                leaf.guessed = Some(Target.title().to_owned());
            }
            continue;
        }
        let [target_is_alone, actual_is_alone] = is_alone;
        let is_one_of_several = match leaf.word {
            Some(IndicatorWord::Column(Target)) => evaluated.is_some() || !target_is_alone,
            Some(IndicatorWord::Column(Actual)) => evaluated.is_some() || !actual_is_alone,
            _ => false,
        };
        if is_one_of_several {
            leaf.word = Some(IndicatorWord::Other);
            leaf.guessed = None;
        }
    }
}

/// Returns the year evaluated: that of the table, else the last with a result, beside a target of that year or of none.
/// Where the results name no year, it is that of the targets which is the table's, else the last of those before the
/// results.
fn year_evaluated(
    leaves: &[Leaf<'_>],
    of_years: &[Option<OfYear>],
    plain: Plain,
    of_table: Option<u32>,
) -> Option<Evaluated> {
    use IndicatorField::{Actual, Target};
    let dated = || of_years.iter().flatten();
    let years_of = |column: IndicatorField| {
        let of_column = dated().filter(move |of_year| of_year.is(column));
        of_column.map(|of_year| of_year.year)
    };
    if plain.result.is_none() && years_of(Actual).next().is_some() {
        let is_one = dated().map(|of_year| of_year.year).min() == dated().map(|of_year| of_year.year).max();
        let year = of_table.filter(|year| years_of(Actual).any(|result| result == *year));
        let is_sure = !is_one || of_table.is_none() || years_of(Target).next().is_some();
        let last = || years_of(Actual).max().filter(|_| is_sure);
        let year = year.or_else(last)?;
        let has_target = plain.target.is_some() || years_of(Target).any(|target| target == year);
        return has_target.then_some(Evaluated {
            year,
            by_targets: false,
            is_guessed: false,
        });
    }
    let year = match of_table {
        Some(year) => {
            let is_told = years_of(Target).any(|target| target == year);
            // Of 目标值 and 2024年目标值, the one whose result it is is not told beside 完成值 and 2024年完成值.
            let is_doubtful = plain.target.is_some() && years_of(Actual).any(|result| result == year);
            (is_told && !is_doubtful).then_some(year)?
        }
        None if plain.target.is_some() => return None,
        None => {
            let targets = leaves.iter().zip(of_years);
            let before = targets.filter(|(leaf, _)| plain.result.is_some_and(|result| leaf.first < result));
            let before = before.filter_map(|(_, of_year)| of_year.filter(|of_year| of_year.is(Target)));
            let last = before.map(|of_year| of_year.year).max();
            last.or_else(|| years_of(Target).max())?
        }
    };
    let is_one = years_of(Target).all(|target| target == year);
    if plain.result.is_none() && of_table.is_none() && !is_one {
        return None;
    }
    Some(Evaluated {
        year,
        by_targets: true,
        is_guessed: of_table.is_none() && !is_one,
    })
}

fn has_word(leaf: &Leaf<'_>, column: IndicatorField) -> bool {
    leaf.word == Some(IndicatorWord::Column(column))
}

/// Returns whether a header that is not understood is a column's with a slip of the pen, which is mended later.
fn is_typo_of(leaf: &Leaf<'_>, column: IndicatorField, vocabulary: &Vocabulary) -> bool {
    let typo = vocabulary.indicator_typo(leaf.key);
    typo.is_some_and(|(word, _)| word == IndicatorWord::Column(column))
}

/// Returns whether a header below one of targets or results is nothing but a year: 2024年 below 指标值.
pub(super) fn is_year_of_value(key: &str, head: IndicatorWord) -> bool {
    is_value(head) && year_of(key).is_some_and(|(_, rest)| rest.is_empty())
}

fn is_value(word: IndicatorWord) -> bool {
    use IndicatorField::{Actual, Target};
    matches!(word, IndicatorWord::Column(Target | Actual))
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

/// Returns the year that a header begins with or has in a bracket, and the rest of it.
fn year_of(key: &str) -> Option<(u32, &str)> {
    let is_nothing = |rest: &str| header_key(rest).is_empty();
    let in_bracket = key.match_indices('(').find_map(|(at, _)| {
        let (before, behind) = key.split_at_checked(at)?;
        let (inner, behind) = behind.strip_prefix('(')?.split_once(')')?;
        let (year, more) = year_before(inner)?;
        let rest = if is_nothing(behind) { before } else { behind };
        (more.is_empty() && (before.is_empty() || is_nothing(behind))).then_some((year, rest))
    });
    let (year, rest) = in_bracket.or_else(|| year_before(key))?;
    Some((year, if is_nothing(rest) { "" } else { rest }))
}

/// Returns a header without the months of a whole year: 1-12月完成值.
fn without_months(rest: &str) -> &str {
    const WHOLE: [&str; 5] = ["1-12月", "1—12月", "1至12月", "1~12月", "1到12月"];
    let bare = WHOLE.iter().find_map(|months| rest.strip_prefix(months));
    bare.map_or(rest, |bare| bare.strip_prefix('份').unwrap_or(bare))
}

/// Returns the year that a header begins with, and what follows it.
pub(super) fn year_before(key: &str) -> Option<(u32, &str)> {
    let (digits, rest) = key.split_at_checked(4)?;
    let year = digits.parse().ok().filter(|year| (2000..2100).contains(year))?;
    let rest = rest.strip_prefix("年度").or_else(|| rest.strip_prefix('年'))?;
    Some((year, rest))
}
