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
    /// How the parts of a numbered row are numbered.
    inner: Option<Numbering>,
    /// The last row that stands by itself, and the one whose parts are being named.
    above: Option<FundSource>,
    parted: Option<FundSource>,
    standing: usize,
    has_fiscal: bool,
    has_rows: bool,
    names_sources: bool,
    names_spending: bool,
    names_uses: bool,
}

/// What a row is among those of its total.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// The whole is divided again from here on.
    Begins,
    /// A part of the whole beside the others.
    Stands,
    /// The first part of the row above.
    Opens,
    /// It repeats part of another row: 中央 under 财政拨款.
    Nested,
    /// A further part of the row that was divided last; whether its name says that it may be one.
    Joins { is_of_kind: bool },
}

/// What a row is taken for, and what else it may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Standing {
    pub taken_for: Place,
    pub perhaps: [Option<Place>; 2],
}

impl Standing {
    pub(super) const fn is_nested(self) -> bool {
        matches!(self.taken_for, Place::Opens | Place::Nested)
    }
}

impl Breakdowns {
    /// Returns what the next row is. Without a numbering, 中央 and 地方 below 财政拨款 are parts of it, as is what
    /// begins with 其中 below any row.
    pub(super) fn next(&mut self, fund: &FundRow) -> Standing {
        let label = fund.label.as_ref().map_or("", |label| label.value.as_str());
        let key = match_key(label);
        let ordinal = ordinal(&key);
        let is_of_another = key.starts_with("其中") && self.has_rows;
        let is_other = fund.source == FundSource::Other;
        let is_spending = is_other && (key.contains("基本支出") || key.contains("项目支出"));
        let is_use = is_other && !is_spending && !["其他", "其它"].iter().any(|word| key.contains(word));
        let mut standing = self.by_name(fund.source, ordinal, is_of_another, is_use);
        let starts_over = ordinal.is_some_and(|(own, is_first)| is_first && self.numbering == Some(own));
        let turns_to_spending = is_spending && self.names_sources && !self.names_spending;
        let turns_to_uses = is_use && self.names_sources && !self.names_uses && !self.names_spending;
        // 其中：基本支出 below several sources divides the whole again rather than the last of them.
        let turns_behind_sources = turns_to_spending && is_of_another && self.standing > 1;
        if (!standing.is_nested() && (starts_over || turns_to_spending)) || turns_behind_sources {
            let perhaps = if turns_behind_sources {
                Some(Place::Opens)
            } else {
                standing.perhaps[0]
            };
            standing = Standing {
                taken_for: Place::Begins,
                perhaps: [perhaps, None],
            };
        } else if turns_to_spending || turns_to_uses {
            standing.perhaps[1] = Some(Place::Begins);
        }
        self.note(fund, ordinal, standing);
        self.names_spending |= is_spending;
        self.names_uses |= is_use;
        standing
    }

    /// What a row is by how its name begins and by what stands above, the whole being divided once.
    fn by_name(
        &self,
        source: FundSource,
        ordinal: Option<(Numbering, bool)>,
        is_of_another: bool,
        is_use: bool,
    ) -> Standing {
        let is_fiscal = is_of_budget(source);
        let (taken_for, perhaps) = match (self.numbering, ordinal) {
            (Some(outer), Some((own, _))) if own == outer => (Place::Stands, None),
            (Some(_), Some((_, true))) => (Place::Opens, None),
            (Some(_), Some((own, _))) if self.inner == Some(own) => (Place::Nested, None),
            // （2） below 1. goes on with it: no （1） stands above.
            (Some(_), Some(_)) => (Place::Stands, Some(Place::Nested)),
            _ if is_of_another && (self.numbering.is_some() || !is_fiscal || self.has_fiscal) => (Place::Opens, None),
            _ if is_fiscal && self.has_fiscal => (Place::Nested, None),
            _ => {
                let joins = |parted| Place::Joins {
                    is_of_kind: may_be_part(parted, source) || (is_use && is_of_budget(parted)),
                };
                (Place::Stands, self.parted.map(joins))
            }
        };
        Standing {
            taken_for,
            perhaps: [perhaps, None],
        }
    }

    fn note(&mut self, fund: &FundRow, ordinal: Option<(Numbering, bool)>, standing: Standing) {
        let numbering = ordinal.map(|(own, _)| own);
        match standing.taken_for {
            Place::Begins => *self = Self::default(),
            Place::Opens => {
                self.inner = numbering.or(self.inner);
                self.parted = self.above;
            }
            Place::Stands if numbering.is_some() => self.parted = None,
            _ => {}
        }
        if !standing.is_nested() {
            self.numbering = self.numbering.or(numbering);
            self.above = Some(fund.source);
            self.standing += 1;
        }
        self.has_fiscal |= fund.source == FundSource::Fiscal;
        self.has_rows = true;
        self.names_sources |= fund.source != FundSource::Other;
    }
}

const fn is_of_budget(source: FundSource) -> bool {
    matches!(source, FundSource::Fiscal | FundSource::Central | FundSource::Local)
}

/// Returns whether a source may be part of another by their kinds: what the budget pays of what the budget pays.
const fn may_be_part(whole: FundSource, part: FundSource) -> bool {
    use FundSource::{Other, SpecialAccount, Unit};
    let is_own = matches!(whole, Other | Unit | SpecialAccount) && matches!(part, Other | Unit | SpecialAccount);
    is_own || (is_of_budget(whole) && is_of_budget(part))
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
