//! Paths of the fields of an Evaluation, such as `indicators[3].score`: what the JSON and the messages call them.

mod text;
mod title;

use super::{FundField, HeadingField, IndicatorField};

pub use text::FieldPathError;
pub use title::field_title;

/// The path of a field; made into a text only where one is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct FieldPath {
    head: Head,
    leaf: Leaf,
    /// The row of a list; 0 where the head is none.
    index: u32,
    /// The place among a row's further columns; 0 elsewhere.
    extra: u32,
}

/// A field of the evaluation itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Head {
    Title,
    Year,
    ProjectName,
    Department,
    ImplementingUnit,
    MoneyUnit,
    Funds,
    Goals,
    Indicators,
    Subtotals,
    Total,
    Grade,
    Signatures,
    Notes,
    Extra,
}

/// A field of a part of the evaluation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Leaf {
    /// The head is the field, or the whole row of a list.
    None,
    Fund(FundField),
    Indicator(IndicatorField),
    /// A further column of an indicator.
    Extra,
    Expected,
    Actual,
    Label,
    Weight,
    Score,
    Value,
}

impl Head {
    const ALL: [Self; 15] = [
        Self::Title,
        Self::Year,
        Self::ProjectName,
        Self::Department,
        Self::ImplementingUnit,
        Self::MoneyUnit,
        Self::Funds,
        Self::Goals,
        Self::Indicators,
        Self::Subtotals,
        Self::Total,
        Self::Grade,
        Self::Signatures,
        Self::Notes,
        Self::Extra,
    ];

    const fn is_list(self) -> bool {
        matches!(
            self,
            Self::Funds
                | Self::Goals
                | Self::Indicators
                | Self::Subtotals
                | Self::Signatures
                | Self::Notes
                | Self::Extra
        )
    }
}

impl FieldPath {
    /// 标题.
    pub const TITLE: Self = Self::of(Head::Title, Leaf::None);
    /// 年度.
    pub const YEAR: Self = Self::of(Head::Year, Leaf::None);
    /// 评价等次.
    pub const GRADE: Self = Self::of(Head::Grade, Leaf::None);
    /// 总分's 分值.
    pub const TOTAL_WEIGHT: Self = Self::of(Head::Total, Leaf::Weight);
    /// 总分's 得分.
    pub const TOTAL_SCORE: Self = Self::of(Head::Total, Leaf::Score);

    const fn of(head: Head, leaf: Leaf) -> Self {
        Self {
            head,
            leaf,
            index: 0,
            extra: 0,
        }
    }

    fn row(head: Head, index: usize, leaf: Leaf) -> Self {
        Self {
            index: limited(index),
            ..Self::of(head, leaf)
        }
    }

    /// A field of the heading.
    pub const fn heading(field: HeadingField) -> Self {
        let head = match field {
            HeadingField::Title => Head::Title,
            HeadingField::Year => Head::Year,
            HeadingField::ProjectName => Head::ProjectName,
            HeadingField::Department => Head::Department,
            HeadingField::ImplementingUnit => Head::ImplementingUnit,
        };
        Self::of(head, Leaf::None)
    }

    /// A field of a fund row.
    pub fn fund(index: usize, field: FundField) -> Self {
        Self::row(Head::Funds, index, Leaf::Fund(field))
    }

    /// A field of an indicator.
    pub fn indicator(index: usize, field: IndicatorField) -> Self {
        Self::row(Head::Indicators, index, Leaf::Indicator(field))
    }

    /// A further column of an indicator.
    pub fn indicator_extra(index: usize, extra: usize) -> Self {
        Self {
            extra: limited(extra),
            ..Self::row(Head::Indicators, index, Leaf::Extra)
        }
    }

    /// 预期目标.
    pub fn goal_expected(index: usize) -> Self {
        Self::row(Head::Goals, index, Leaf::Expected)
    }

    /// 实际完成情况.
    pub fn goal_actual(index: usize) -> Self {
        Self::row(Head::Goals, index, Leaf::Actual)
    }

    /// The name of a 小计.
    pub fn subtotal_label(index: usize) -> Self {
        Self::row(Head::Subtotals, index, Leaf::Label)
    }

    /// 分值 of a 小计.
    pub fn subtotal_weight(index: usize) -> Self {
        Self::row(Head::Subtotals, index, Leaf::Weight)
    }

    /// 得分 of a 小计.
    pub fn subtotal_score(index: usize) -> Self {
        Self::row(Head::Subtotals, index, Leaf::Score)
    }

    /// The value of a line of signatures.
    pub fn signature(index: usize) -> Self {
        Self::row(Head::Signatures, index, Leaf::Value)
    }

    /// A note.
    pub fn note(index: usize) -> Self {
        Self::row(Head::Notes, index, Leaf::None)
    }

    /// What is kept under its label.
    pub fn extra(index: usize) -> Self {
        Self::row(Head::Extra, index, Leaf::Value)
    }

    /// 金额单位, which stands in no cell of its own.
    pub(crate) const MONEY_UNIT: Self = Self::of(Head::MoneyUnit, Leaf::None);
    /// The row of 总分.
    pub(crate) const TOTAL: Self = Self::of(Head::Total, Leaf::None);

    /// A fund row.
    pub(crate) fn fund_row(index: usize) -> Self {
        Self::row(Head::Funds, index, Leaf::None)
    }

    /// A goal.
    pub(crate) fn goal(index: usize) -> Self {
        Self::row(Head::Goals, index, Leaf::None)
    }

    /// An indicator.
    pub(crate) fn indicator_row(index: usize) -> Self {
        Self::row(Head::Indicators, index, Leaf::None)
    }

    /// A 小计.
    pub(crate) fn subtotal(index: usize) -> Self {
        Self::row(Head::Subtotals, index, Leaf::None)
    }

    /// A line of signatures.
    pub(crate) fn signature_line(index: usize) -> Self {
        Self::row(Head::Signatures, index, Leaf::None)
    }

    /// Returns whether it names a field rather than a row, or what stands in no cell of its own.
    fn is_field(self) -> bool {
        self.leaf != Leaf::None
            || !matches!(
                self.head,
                Head::MoneyUnit
                    | Head::Funds
                    | Head::Goals
                    | Head::Indicators
                    | Head::Subtotals
                    | Head::Total
                    | Head::Signatures
                    | Head::Extra
            )
    }

    /// Returns the fund row's field that it is.
    pub fn as_fund(self) -> Option<FundField> {
        match self.leaf {
            Leaf::Fund(field) => Some(field),
            _ => None,
        }
    }

    /// Returns the indicator's field that it is.
    pub fn as_indicator(self) -> Option<IndicatorField> {
        match self.leaf {
            Leaf::Indicator(field) => Some(field),
            _ => None,
        }
    }

    /// Returns the index of the line of signatures that it is.
    pub(crate) fn as_signature(self) -> Option<usize> {
        (self.head == Head::Signatures).then_some(self.index as usize)
    }

    /// Returns whether it is a goal.
    pub(crate) fn is_goal(self) -> bool {
        self.head == Head::Goals
    }

    /// Returns whether the field holds a sentence about the whole table: title, goals, notes and what is kept under
    /// its label.
    pub(crate) const fn is_statement(self) -> bool {
        matches!(self.head, Head::Title | Head::Goals | Head::Notes | Head::Extra)
    }

    /// Returns whether people put the field in their own words: heading, goals, what is kept under its label, names,
    /// values and reasons.
    pub(crate) const fn is_wording(self) -> bool {
        use IndicatorField::{Actual, Level1, Level2, Level3, Reason, Target};
        match self.head {
            Head::Title | Head::ProjectName | Head::Department | Head::ImplementingUnit | Head::Goals | Head::Extra => {
                true
            }
            Head::Indicators => matches!(
                self.leaf,
                Leaf::Indicator(Level1 | Level2 | Level3 | Target | Actual | Reason)
            ),
            _ => false,
        }
    }

    /// Returns whether the field is a weight, a score, a rate or an amount.
    pub(crate) fn is_scored(self) -> bool {
        matches!(
            (self.head, self.leaf),
            (Head::Funds, _) | (_, Leaf::Weight | Leaf::Score)
        ) || self.as_indicator().is_some_and(IndicatorField::is_points)
    }

    /// Returns whether the field says what was to be reached or was reached, of an indicator, or was reached, of a goal.
    pub(crate) const fn is_value(self) -> bool {
        matches!(
            self.leaf,
            Leaf::Indicator(IndicatorField::Target | IndicatorField::Actual) | Leaf::Actual
        )
    }

    /// Returns whether the field holds words rather than figures of the table.
    pub(crate) fn is_text(self) -> bool {
        match self.head {
            Head::Funds | Head::Total | Head::Subtotals | Head::Grade | Head::Year => false,
            _ => !self.as_indicator().is_some_and(IndicatorField::is_number),
        }
    }
}

/// No sheet has so many cells.
fn limited(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX)
}
