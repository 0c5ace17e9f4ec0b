//! Wording: blanks and placeholders, short quotes, and lists of cells as a person reads them.

use std::borrow::Cow;

use rust_decimal::Decimal;

use super::texts::FoldedText;
use crate::grid::CellAddress;
use crate::model::{Field, Indicator};
use crate::text::placeholder::is_placeholder;
use crate::text::sentence::Say;
use crate::text::{sentence, trimmed};

/// The text of a field unless it is blank or a placeholder.
pub fn given(field: Option<&Field<String>>) -> Option<&str> {
    let text = trimmed(&field?.value);
    (!says_nothing(text)).then_some(text)
}

/// Returns whether a text says nothing: blank or a placeholder.
pub fn says_nothing(text: &str) -> bool {
    trimmed(text).is_empty() || is_placeholder(text)
}

/// Returns whether a reason says that there is none.
pub fn is_empty_reason(text: &str) -> bool {
    let bare = || {
        text.chars()
            .filter(|c| !c.is_whitespace() && !matches!(c, '。' | '；' | ';'))
    };
    ["无", "暂无"].iter().any(|none| bare().eq(none.chars())) || bare().next().is_none() || is_placeholder(text)
}

/// Returns whether the name of an indicator, or of one of its levels, has one of these words in it.
pub fn is_named_with(row: &Indicator, wanted: &[&str]) -> bool {
    let names = [&row.level1, &row.level2, &row.level3].into_iter().flatten();
    let mut names = names.map(|name| tight(&name.value));
    names.any(|name| wanted.iter().any(|word| name.contains(word)))
}

/// Returns whether a row adds points to those of the others or takes some away: 加分项, 减分项. It has none of its own
/// to be reached.
pub fn is_adjustment(row: &Indicator) -> bool {
    row.weight.is_none() && is_named_with(row, &["加分", "减分", "扣分", "附加分"])
}

/// Returns a text without white space, so that `数 量` and `数量` compare equal.
pub fn tight(text: &str) -> FoldedText<'_> {
    FoldedText::new(text)
}

/// Returns a quote short enough for a message.
pub fn shortened(text: &str) -> String {
    const MOST: usize = 24;
    let line = if text.contains(char::is_whitespace) {
        Cow::Owned(text.split_whitespace().collect::<Vec<_>>().join(" "))
    } else {
        Cow::Borrowed(text)
    };
    match line.char_indices().nth(MOST) {
        None => line.into_owned(),
        Some((end, _)) => sentence![line.get(..end).unwrap_or_default(), '…'],
    }
}

/// Returns cells as a list in a sentence: all of up to six, else the first six and the count.
pub fn cells(list: &[CellAddress]) -> String {
    const MOST: usize = 6;
    let shown = joined(list.iter().take(MOST));
    if list.len() > MOST {
        sentence![shown, " 等 ", list.len(), " 处"]
    } else {
        shown
    }
}

/// Returns cells of one column as a span (`F13:F18`) where they follow each other, else as a list.
pub fn span(list: &[CellAddress]) -> String {
    let follows = list.windows(2).all(|pair| match pair {
        [one, next] => next.column == one.column && next.row == one.row + 1,
        _ => true,
    });
    match (list.first(), list.last()) {
        (Some(first), Some(last)) if follows && first != last => format!("{first}:{last}"),
        _ => cells(list),
    }
}

/// Returns a ratio as a percentage, at most four decimals: `0.9615` is `96.15%`.
pub fn percent(ratio: Decimal) -> String {
    sentence![ratio.saturating_mul(Decimal::ONE_HUNDRED).round_dp(4), '%']
}

/// Returns what stands before the rest of a text, which is its end: by its length, without a look at it.
pub fn before_rest<'t>(text: &'t str, rest: &str) -> Option<&'t str> {
    text.get(..text.len().checked_sub(rest.len())?)
}

/// Returns whether a character is a Chinese one.
pub const fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}' | '\u{20000}'..='\u{2fa1f}')
}

/// Returns how many cells, for a sentence: nothing for one, `F3、F5 等 2 处` for more.
pub fn count_of(list: &[CellAddress]) -> String {
    match list {
        [_] => "有 1 处".to_owned(),
        _ => format!("有 {} 处（{}）", list.len(), cells_shown(list)),
    }
}

fn cells_shown(list: &[CellAddress]) -> String {
    const MOST: usize = 6;
    let rest = if list.len() > MOST { "等" } else { "" };
    sentence![joined(list.iter().take(MOST)), rest]
}

fn joined<'c>(list: impl Iterator<Item = &'c CellAddress>) -> String {
    let mut text = String::new();
    for (index, cell) in list.enumerate() {
        if index > 0 {
            text.push('、');
        }
        cell.say(&mut text);
    }
    text
}
