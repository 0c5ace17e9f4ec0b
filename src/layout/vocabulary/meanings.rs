//! What a header or label means in each block of a form, found by its wording in one look-up.
//!
//! It knows wordings only as keys; which they are is the vocabulary's.

use std::collections::{BTreeMap, HashMap};
use std::fmt;
use std::hash::{BuildHasherDefault, DefaultHasher};

use super::remembered::VocabularyNumber;
use crate::model::{FundField, HeadingField, IndicatorField};
use crate::text::keys::{header_key, without_column_number, without_ordinal};

/// What a header of the indicator block means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(in crate::layout) enum IndicatorWord {
    /// A column of the model.
    Column(IndicatorField),
    /// 指标名称 without levels.
    Name,
    /// 评价内容: the name where no other column holds it.
    Content,
    /// Known, kept beside the indicator with its header.
    Extra,
    /// Of this column where the form has no other of it: 备注 of the reasons, 标准值 of the target.
    Perhaps(IndicatorField),
    /// 赋分: the weight beside a score, the score beside a weight.
    Points,
    /// 目标完成值: the target beside a result, the result beside a target.
    PlannedOrDone,
    /// Understood, and none of these: 上年完成值, 完成率.
    Other,
    /// 调整指标值 beside a target.
    AdjustedTarget,
    /// 调整值: the adjusted target, where there is a target.
    AdjustedValue,
    /// 折算得分 beside a score.
    ConvertedScore,
    /// Row numbers.
    Ordinal,
    /// Written by this program; carries nothing declared.
    Derived,
}

/// What a header of the fund block means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::layout) enum FundWord {
    /// A column of the model.
    Column(FundField),
    /// Known, kept beside the table with its header.
    Extra,
    /// Row numbers.
    Ordinal,
    /// Written by this program; carries nothing declared.
    Derived,
}

/// What a label of the heading means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::layout) enum HeadingWord {
    /// A field of the model.
    Field(HeadingField),
    /// 填报单位, 单位名称: the 实施单位 where the form has no label of that name.
    ReportingUnit,
    /// 金额单位.
    MoneyUnit,
    /// 中央主管部门: the 主管部门 where the form names none nearer.
    HigherDepartment,
    /// 评价对象: the project where the form has no label of it.
    Evaluated,
}

/// A header of the goal block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::layout) enum GoalWord {
    /// 预期目标.
    Expected,
    /// 实际完成情况.
    Actual,
    /// Beside the two, kept with its header: 偏差原因分析及改进措施.
    Other,
}

/// What a label at the head of a row means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::layout) enum RowWord {
    /// 总分.
    Total,
    /// 小计.
    Subtotal,
    /// 评价等次.
    Grade,
    /// Heading of a block.
    Block,
    /// 项目负责人, 填报日期 …
    Signature,
    /// 存在问题, 改进措施 …
    Conclusion,
    /// The total in the heading.
    HeadTotal,
    /// Header of a block of statements.
    Statement,
    /// 财政审核评分 in the heading.
    HeadReview,
    /// 财政复核 over the columns of a reviewer.
    Review,
    /// 单位自评 beside it.
    SelfReview,
}

/// Everything that one wording means, block by block.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(in crate::layout) struct Meanings {
    /// As a header of the indicator block.
    pub indicator: Option<IndicatorWord>,
    /// As a header of the fund block.
    pub fund: Option<FundWord>,
    /// As a label of the heading.
    pub heading: Option<HeadingWord>,
    /// As a header of the goal block.
    pub goal: Option<GoalWord>,
    /// As a label at the head of a row, where it may mean several things: one bit each.
    rows: u16,
}

impl Meanings {
    /// Returns whether it is a row label of this meaning.
    pub(in crate::layout) const fn is(self, word: RowWord) -> bool {
        self.rows & (1 << word as u16) != 0
    }

    pub(super) const fn add_row(&mut self, word: RowWord) {
        self.rows |= 1 << word as u16;
    }

    /// Adds that it labels a sum, where another wording does: 合计（含资金10分） as 合计.
    const fn add_sums(&mut self, other: Self) {
        self.rows |= other.rows & (1 << RowWord::Total as u16 | 1 << RowWord::Subtotal as u16);
    }

    /// Returns whether it means anything as a label at the head of a row.
    pub(in crate::layout) const fn is_row_label(self) -> bool {
        self.rows != 0
    }

    /// These, and what another wording means in blocks where this one means nothing.
    fn or(self, other: Self) -> Self {
        Self {
            indicator: self.indicator.or(other.indicator),
            fund: self.fund.or(other.fund),
            heading: self.heading.or(other.heading),
            goal: self.goal.or(other.goal),
            rows: if self.rows == 0 { other.rows } else { self.rows },
        }
    }
}

/// No header is longer, in bytes; longer texts are values.
pub(super) const LONGEST: usize = 120;

/// Wordings in the form of [`header_key`] with what they mean. It is only asked for single wordings, so that the order
/// of a hash, which differs between processors, never shows.
#[derive(Clone, Default)]
pub(super) struct MeaningIndex {
    by_wording: HashMap<Box<str>, Meanings, BuildHasherDefault<DefaultHasher>>,
    /// Lengths in bytes that wordings have, one bit each.
    lengths: u128,
    /// Some wording is made of figures and marks alone.
    has_figures: bool,
    number: VocabularyNumber,
}

// What a library says of itself marks what results were made by: it is the same on every machine.
impl fmt::Debug for MeaningIndex {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let in_order: BTreeMap<_, _> = self.by_wording.iter().collect();
        f.debug_map().entries(in_order).finish()
    }
}

impl MeaningIndex {
    /// Returns the entry of a wording, to be added to.
    pub(super) fn entry(&mut self, wording: &str) -> &mut Meanings {
        self.number = VocabularyNumber::default();
        self.has_figures |= is_figure(wording);
        self.lengths |= 1_u128.checked_shl(length_bit(wording)).unwrap_or_default();
        self.by_wording.entry(wording.into()).or_default()
    }

    /// Ends the additions: what the vocabulary says may be remembered from now on.
    pub(super) fn complete(&mut self) {
        self.number = VocabularyNumber::new();
    }

    /// Returns which vocabulary this is of; without a number as long as it is added to.
    pub(super) const fn number(&self) -> VocabularyNumber {
        self.number
    }

    fn get(&self, wording: &str) -> Meanings {
        let is_of_length = self.lengths.checked_shr(length_bit(wording)).unwrap_or_default() & 1 == 1;
        let found = if is_of_length {
            self.by_wording.get(wording)
        } else {
            None
        };
        found.copied().unwrap_or_default()
    }

    /// Returns whether a wording is made of figures and marks alone: nothing else that is left of a figure is a word.
    pub(super) const fn has_figures(&self) -> bool {
        self.has_figures
    }

    /// Returns what a header or label means; `key` is a [`match_key`](crate::text::match_key), `plain` its
    /// [`header_key`], empty where it is too long for a header.
    pub(super) fn of(&self, key: &str, plain: &str) -> Meanings {
        if key.is_empty() {
            return Meanings::default();
        }
        let mut found = self.of_header(plain);
        if found.fund.is_none() {
            let unnumbered = without_column_number(key);
            if unnumbered.len() < key.len() && (1..=LONGEST).contains(&unnumbered.len()) {
                found.fund = self.of_header(&header_key(unnumbered)).fund;
            }
        }
        if found.rows == 0
            && let Some((name, _)) = plain.strip_suffix(')').and_then(|plain| plain.split_once('('))
        {
            found.add_sums(self.get(name));
        }
        found
    }

    fn of_header(&self, plain: &str) -> Meanings {
        const MARKS: [char; 4] = ['(', ')', ':', ','];
        let mut found = self.get(plain);
        // Bytes are looked at without leaving off at the first found, so that many are looked at together.
        let (mut has_marks, mut may_be_of_performance) = (false, false);
        for byte in plain.bytes() {
            has_marks |= matches!(byte, b'(' | b')' | b':' | b',');
            // 绩 is E7 BB A9.
            may_be_of_performance |= byte == 0xbb;
        }
        let unmarked = has_marks.then(|| plain.replace(MARKS, ""));
        let bare = match &unmarked {
            None => plain,
            Some(bare) => {
                found = found.or(self.get(bare));
                bare
            }
        };
        if may_be_of_performance && bare.contains("绩效") {
            found = found.or(self.get(&bare.replace("绩效", "")));
        }
        match without_ordinal(plain) {
            Some(name) => found.or(self.get(name)),
            None => found,
        }
    }
}

/// Returns whether a text has neither ideographs nor letters: `100`, `≥95%`.
pub(super) fn is_figure(text: &str) -> bool {
    let text = text.strip_prefix(['≥', '≤']).unwrap_or(text);
    text.bytes().all(|byte| byte.is_ascii() && !byte.is_ascii_alphabetic())
}

/// Wordings longer than the longest header share a bit that none of them can be asked for by.
fn length_bit(wording: &str) -> u32 {
    wording.len().min(127) as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_index_says_the_same_of_itself_however_its_wordings_lie_in_memory() {
        let names: Vec<String> = (0..200).map(|number| format!("第{number}项")).collect();
        let (mut one, mut other) = (MeaningIndex::default(), MeaningIndex::default());
        other.by_wording.reserve(5_000);
        for (name, reverse) in names.iter().zip(names.iter().rev()) {
            one.entry(name);
            other.entry(reverse);
        }
        assert!(!one.by_wording.keys().eq(other.by_wording.keys()));
        assert_eq!(format!("{one:?}"), format!("{other:?}"));
    }
}
