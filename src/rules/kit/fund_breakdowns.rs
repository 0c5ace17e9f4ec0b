//! How the rows below a total stand to each other: numbered names that stand beside one another, and the same money
//! divided a second time (by source, then by kind of spending).

use crate::model::{FundRow, FundSource};
use crate::text::keys::match_key;

/// How the names of a breakdown are numbered: 1. or （一）.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Numbering {
    is_chinese: bool,
    is_bracketed: bool,
}

/// The rows of one total so far, from top to bottom.
#[derive(Debug, Default)]
pub(super) struct Breakdowns {
    numbering: Option<Numbering>,
    has_fiscal: bool,
    has_rows: bool,
    names_sources: bool,
    names_spending: bool,
}

/// What a row is among those of its total.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Standing {
    /// It repeats part of another row: 中央 under 财政拨款.
    pub is_nested: bool,
    /// The whole is divided again from here on.
    pub begins_anew: bool,
}

impl Breakdowns {
    /// Returns what the next row is. Without a numbering, 中央 and 地方 below 财政拨款 are parts of it, as is what
    /// begins with 其中 below any row.
    pub(super) fn next(&mut self, fund: &FundRow) -> Standing {
        let label = fund.label.as_ref().map_or("", |label| label.value.as_str());
        let key = match_key(label);
        let ordinal = ordinal(&key);
        let is_of_another = key.starts_with("其中") && self.has_rows;
        let is_nested = match (self.numbering, ordinal) {
            (Some(numbering), Some((own, _))) => own != numbering,
            (Some(_), None) if is_of_another => true,
            _ => match fund.source {
                FundSource::Fiscal | FundSource::Central | FundSource::Local => self.has_fiscal,
                _ => is_of_another,
            },
        };
        let is_spending = fund.source == FundSource::Other && (key.contains("基本支出") || key.contains("项目支出"));
        let starts_over = ordinal.is_some_and(|(own, is_first)| is_first && self.numbering == Some(own));
        let turns_to_spending = is_spending && self.names_sources && !self.names_spending;
        let begins_anew = !is_nested && (starts_over || turns_to_spending);
        if begins_anew {
            *self = Self::default();
        }
        if !is_nested {
            self.numbering = self.numbering.or(ordinal.map(|(own, _)| own));
        }
        self.has_fiscal |= fund.source == FundSource::Fiscal;
        self.has_rows = true;
        self.names_sources |= fund.source != FundSource::Other;
        self.names_spending |= is_spending;
        Standing { is_nested, begins_anew }
    }
}

/// Returns how a row's name is numbered and whether it is the first of its kind; the number may stand behind what is
/// said before it (资金来源：（1）一般公共预算).
fn ordinal(key: &str) -> Option<(Numbering, bool)> {
    let behind = key.split_once(':').map_or("", |(_, behind)| behind);
    leading_ordinal(key).or_else(|| leading_ordinal(behind))
}

fn leading_ordinal(text: &str) -> Option<(Numbering, bool)> {
    const NUMERALS: [char; 10] = ['一', '二', '三', '四', '五', '六', '七', '八', '九', '十'];
    let bare = text.strip_prefix('(');
    let is_bracketed = bare.is_some();
    let rest = bare
        .unwrap_or(text)
        .trim_start_matches(|c: char| c.is_ascii_digit() || NUMERALS.contains(&c));
    let number = bare.unwrap_or(text).strip_suffix(rest)?;
    let is_marked = if is_bracketed {
        rest.starts_with(')')
    } else {
        rest.starts_with(['.', ',', ')', '、'])
    };
    let mut numerals = number.chars();
    let (first, more) = (numerals.next()?, numerals.next());
    // No form has a hundred sources: 2023. is a year.
    if !is_marked || numerals.next().is_some() {
        return None;
    }
    let numbering = Numbering {
        is_chinese: NUMERALS.contains(&first),
        is_bracketed,
    };
    Some((numbering, more.is_none() && matches!(first, '1' | '一')))
}
