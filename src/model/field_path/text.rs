//! A field's path as a text, and the text as a path.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use super::{FieldPath, Head, Leaf};
use crate::model::{FundField, IndicatorField};
use crate::text::sentence;
use crate::text::sentence::{Say, push_number};

impl Head {
    const fn name(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Year => "year",
            Self::ProjectName => "project_name",
            Self::Department => "department",
            Self::ImplementingUnit => "implementing_unit",
            Self::MoneyUnit => "money_unit",
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

    /// Returns the field of a part that a name means.
    fn leaf(self, name: &str) -> Option<Leaf> {
        match (self, name) {
            (_, "") => Some(Leaf::None),
            (Self::Funds, _) => FundField::named(name).map(Leaf::Fund),
            (Self::Indicators, "extra") => Some(Leaf::Extra),
            (Self::Indicators, _) => IndicatorField::named(name).map(Leaf::Indicator),
            (Self::Goals, "expected") => Some(Leaf::Expected),
            (Self::Goals, "actual") => Some(Leaf::Actual),
            (Self::Subtotals, "label") => Some(Leaf::Label),
            (Self::Subtotals | Self::Total, "weight") => Some(Leaf::Weight),
            (Self::Subtotals | Self::Total, "score") => Some(Leaf::Score),
            (Self::Signatures | Self::Extra, "value") => Some(Leaf::Value),
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
        f.write_str(&sentence![self])
    }
}

impl From<FieldPath> for String {
    fn from(path: FieldPath) -> Self {
        sentence![path]
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
        let field = Self::of_field_or_row(text).filter(|path| path.is_field());
        field.ok_or(FieldPathError)
    }
}

impl FieldPath {
    /// Reads the path of a field, of a row such as `indicators[3]`, or `money_unit`, as they are written.
    pub(crate) fn of_field_or_row(text: &str) -> Option<Self> {
        parse(text).filter(|path| sentence![path] == text)
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
    use crate::model::HeadingField;

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
