//! Paths of the fields of an Evaluation, such as `indicators[3].score`: what the JSON and the messages call them.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use super::{FundField, HeadingField, IndicatorField};
use crate::text::sentence::{Say, push_number};

/// The path of a field; made into a text only where one is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FieldPath {
    head: Head,
    leaf: Leaf,
    /// The row of a list; 0 where the head is none.
    index: u32,
    /// The place among a row's further columns; 0 elsewhere.
    extra: u32,
}

/// A field of the evaluation itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Head {
    Title,
    Year,
    ProjectName,
    Department,
    ImplementingUnit,
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
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Leaf {
    /// The head is the field.
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
    const ALL: [Self; 14] = [
        Self::Title,
        Self::Year,
        Self::ProjectName,
        Self::Department,
        Self::ImplementingUnit,
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

    const fn name(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Year => "year",
            Self::ProjectName => "project_name",
            Self::Department => "department",
            Self::ImplementingUnit => "implementing_unit",
            Self::Funds => "funds",
            Self::Goals => "goals",
            Self::Indicators => "indicators",
            Self::Subtotals => "subtotals",
            Self::Total => "total",
            Self::Grade => "grade",
            Self::Signatures => "signatures",
            Self::Notes => "notes",
            Self::Extra => "extra",
        }
    }

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

    /// Returns the field of a part that a name means.
    fn leaf(self, name: &str) -> Option<Leaf> {
        match (self, name) {
            (Self::Funds, _) => FundField::named(name).map(Leaf::Fund),
            (Self::Indicators, "extra") => Some(Leaf::Extra),
            (Self::Indicators, _) => IndicatorField::named(name).map(Leaf::Indicator),
            (Self::Goals, "expected") => Some(Leaf::Expected),
            (Self::Goals, "actual") => Some(Leaf::Actual),
            (Self::Subtotals, "label") => Some(Leaf::Label),
            (Self::Subtotals | Self::Total, "weight") => Some(Leaf::Weight),
            (Self::Subtotals | Self::Total, "score") => Some(Leaf::Score),
            (Self::Signatures | Self::Extra, "value") => Some(Leaf::Value),
            (Self::Goals | Self::Subtotals | Self::Total | Self::Signatures | Self::Extra, _) => None,
            (_, "") => Some(Leaf::None),
            _ => None,
        }
    }
}

impl Leaf {
    const fn name(self) -> &'static str {
        match self {
            Self::None => "",
            Self::Fund(field) => field.path(),
            Self::Indicator(field) => field.path(),
            Self::Extra => "extra",
            Self::Expected => "expected",
            Self::Actual => "actual",
            Self::Label => "label",
            Self::Weight => "weight",
            Self::Score => "score",
            Self::Value => "value",
        }
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

impl Say for FieldPath {
    fn say(&self, text: &mut String) {
        let push_index = |text: &mut String, index: u32| {
            text.push('[');
            push_number(text, index.into());
            text.push(']');
        };
        text.push_str(self.head.name());
        if self.head.is_list() {
            push_index(text, self.index);
        }
        if self.leaf != Leaf::None {
            text.push('.');
            text.push_str(self.leaf.name());
        }
        if self.leaf == Leaf::Extra {
            push_index(text, self.extra);
            text.push_str(".value");
        }
    }
}

impl fmt::Display for FieldPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&crate::text::sentence![self])
    }
}

impl From<FieldPath> for String {
    fn from(path: FieldPath) -> Self {
        crate::text::sentence![path]
    }
}

/// A text that is no path of a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldPathError;

impl fmt::Display for FieldPathError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not the path of a field")
    }
}

impl std::error::Error for FieldPathError {}

impl FromStr for FieldPath {
    type Err = FieldPathError;

    /// Reads `indicators[3].score` as it is written, and nothing else.
    fn from_str(text: &str) -> Result<Self, FieldPathError> {
        parse(text)
            .filter(|path| crate::text::sentence![path] == text)
            .ok_or(FieldPathError)
    }
}

/// Reads a path without minding how its numbers are written.
fn parse(text: &str) -> Option<FieldPath> {
    let end = text.find(['[', '.']).unwrap_or(text.len());
    let (name, rest) = text.split_at_checked(end)?;
    let head = Head::ALL.into_iter().find(|head| head.name() == name)?;
    let (index, rest) = if head.is_list() { take_index(rest)? } else { (0, rest) };
    let name = rest.strip_prefix('.').unwrap_or(rest);
    let end = name.find('[').unwrap_or(name.len());
    let (name, rest) = name.split_at_checked(end)?;
    let leaf = head.leaf(name)?;
    let (extra, _) = if leaf == Leaf::Extra {
        take_index(rest)?
    } else {
        (0, rest)
    };
    Some(FieldPath {
        head,
        leaf,
        index,
        extra,
    })
}

fn take_index(text: &str) -> Option<(u32, &str)> {
    let (digits, rest) = text.strip_prefix('[')?.split_once(']')?;
    Some((digits.parse().ok()?, rest))
}

impl Serialize for FieldPath {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for FieldPath {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_read_as_it_is_written_and_nothing_else_is() {
        let rows = IndicatorField::ALL.map(|field| FieldPath::indicator(12, field));
        let funds = FundField::ALL.map(|field| FieldPath::fund(0, field));
        let others = [
            FieldPath::TITLE,
            FieldPath::YEAR,
            FieldPath::GRADE,
            FieldPath::TOTAL_WEIGHT,
            FieldPath::TOTAL_SCORE,
            FieldPath::heading(HeadingField::ProjectName),
            FieldPath::heading(HeadingField::Department),
            FieldPath::heading(HeadingField::ImplementingUnit),
            FieldPath::indicator_extra(10, 2),
            FieldPath::goal_expected(0),
            FieldPath::goal_actual(1),
            FieldPath::subtotal_label(3),
            FieldPath::subtotal_weight(3),
            FieldPath::subtotal_score(3),
            FieldPath::signature(4),
            FieldPath::note(100),
            FieldPath::extra(7),
        ];
        for path in rows.into_iter().chain(funds).chain(others) {
            assert_eq!(path.to_string().parse(), Ok(path), "{path}");
        }
        assert_eq!(
            FieldPath::indicator_extra(10, 2).to_string(),
            "indicators[10].extra[2].value"
        );
        for text in [
            "",
            "titles",
            "title.",
            "title[0]",
            "indicators",
            "indicators[12]",
            "indicators[12].",
            "indicators[012].level1",
            "indicators[+12].level1",
            "indicators[12].level1.value",
            "indicators[12].extra[0]",
            "indicators[12].extra[0].valued",
            "notes[0].value",
            "total",
            "total.label",
            "goals[0]",
        ] {
            assert_eq!(text.parse::<FieldPath>(), Err(FieldPathError), "{text}");
        }
    }
}
