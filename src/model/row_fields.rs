//! The fields of a row of the model: their paths, their names in the form, and how to reach them.
//!
//! A column of the model is one line of a list here and one of the struct; everything that goes through fields goes
//! through these lists.

use rust_decimal::Decimal;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Field, FundRow, Grade, Indicator};
use crate::grid::CellAddress;

/// A field of the Evaluation, whatever its value is.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub enum FieldRef<'a> {
    /// A text.
    Text(&'a Field<String>),
    /// A figure.
    Number(&'a Field<Decimal>),
    /// The year.
    Year(&'a Field<i32>),
    /// The grade.
    Grade(&'a Field<Grade>),
}

impl<'a> FieldRef<'a> {
    /// Returns the field's cell.
    pub const fn cell(self) -> CellAddress {
        match self {
            Self::Text(field) => field.cell,
            Self::Number(field) => field.cell,
            Self::Year(field) => field.cell,
            Self::Grade(field) => field.cell,
        }
    }

    /// Returns the text as a person sees it in the cell.
    pub fn text(self) -> &'a str {
        match self {
            Self::Text(field) => &field.text,
            Self::Number(field) => &field.text,
            Self::Year(field) => &field.text,
            Self::Grade(field) => &field.text,
        }
    }

    /// Returns the field, if it is a text.
    pub const fn as_text(self) -> Option<&'a Field<String>> {
        match self {
            Self::Text(field) => Some(field),
            _ => None,
        }
    }

    /// Returns the field, if it is a figure.
    pub const fn number(self) -> Option<&'a Field<Decimal>> {
        match self {
            Self::Number(field) => Some(field),
            _ => None,
        }
    }
}

/// The place of a field in a row, to be filled or emptied.
#[derive(Debug)]
#[non_exhaustive]
pub enum FieldSlot<'a> {
    /// Of a text.
    Text(&'a mut Option<Field<String>>),
    /// Of a figure.
    Number(&'a mut Option<Field<Decimal>>),
}

impl<'a> FieldSlot<'a> {
    /// Returns the place, if it is that of a figure.
    pub const fn number(self) -> Option<&'a mut Option<Field<Decimal>>> {
        match self {
            Self::Number(field) => Some(field),
            Self::Text(_) => None,
        }
    }
}

macro_rules! row_fields {
    (@is_number Number) => {
        true
    };
    (@is_number Text) => {
        false
    };
    ($(#[$about:meta])* $name:ident of $row:ident { $($variant:ident $kind:ident $field:ident $title:literal,)* }) => {
        $(#[$about])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
        #[serde(rename_all = "snake_case")]
        #[non_exhaustive]
        pub enum $name {
            $(#[doc = $title] $variant,)*
        }

        impl $name {
            /// Every field, in the order of the form.
            pub const ALL: [Self; [$($title),*].len()] = [$(Self::$variant),*];

            /// Returns the name in the model, as it stands in field paths.
            pub const fn path(self) -> &'static str {
                match self {
                    $(Self::$variant => stringify!($field),)*
                }
            }

            /// Returns the field in the words of the form.
            pub const fn title(self) -> &'static str {
                match self {
                    $(Self::$variant => $title,)*
                }
            }

            /// Returns the field of this name in the model.
            pub fn named(path: &str) -> Option<Self> {
                Self::ALL.into_iter().find(|field| field.path() == path)
            }

            /// Returns the field of a row; `None` where nothing was read.
            pub fn get(self, row: &$row) -> Option<FieldRef<'_>> {
                match self {
                    $(Self::$variant => row.$field.as_ref().map(FieldRef::$kind),)*
                }
            }

            /// Hands over every field of a row that was read, in the order of the form.
            #[inline]
            pub(super) fn each<'a>(row: &'a $row, mut take: impl FnMut(Self, FieldRef<'a>)) {
                $(if let Some(field) = &row.$field {
                    take(Self::$variant, FieldRef::$kind(field));
                })*
            }

            /// Returns whether the field is a figure.
            pub const fn is_number(self) -> bool {
                match self {
                    $(Self::$variant => row_fields!(@is_number $kind),)*
                }
            }

            /// Returns the places of all fields of a row.
            pub const fn slots(row: &mut $row) -> [FieldSlot<'_>; Self::ALL.len()] {
                [$(FieldSlot::$kind(&mut row.$field)),*]
            }

            /// Returns the field's place in a row.
            pub const fn slot(self, row: &mut $row) -> FieldSlot<'_> {
                match self {
                    $(Self::$variant => FieldSlot::$kind(&mut row.$field),)*
                }
            }
        }
    };
}

row_fields! {
    /// A field of an indicator row.
    IndicatorField of Indicator {
        Level1 Text level1 "一级指标",
        Level1Weight Number level1_weight "一级指标的分值",
        Level2 Text level2 "二级指标",
        Level2Weight Number level2_weight "二级指标的分值",
        Level3 Text level3 "三级指标",
        Operator Text operator "指标性质",
        Target Text target "年度指标值",
        MeasureUnit Text measure_unit "计量单位",
        Actual Text actual "实际完成值",
        Weight Number weight "分值",
        Score Number score "得分",
        ReviewScore Number review_score "复核得分",
        Reason Text reason "偏差原因分析及改进措施",
    }
}

row_fields! {
    /// A field of a fund row.
    FundField of FundRow {
        Label Text label "资金名称",
        InitialBudget Number initial_budget "年初预算数",
        AnnualBudget Number annual_budget "全年预算数",
        Executed Number executed "全年执行数",
        Weight Number weight "分值",
        ExecutionRate Number execution_rate "执行率",
        Score Number score "得分",
        Reason Text reason "原因",
    }
}

impl FundField {
    /// Returns whether it holds an amount of money.
    pub const fn is_amount(self) -> bool {
        matches!(self, Self::InitialBudget | Self::AnnualBudget | Self::Executed)
    }
}

impl IndicatorField {
    /// Returns the points declared with a level; `None` for what is no level with points of its own.
    pub const fn level_weight(self) -> Option<Self> {
        match self {
            Self::Level1 => Some(Self::Level1Weight),
            Self::Level2 => Some(Self::Level2Weight),
            _ => None,
        }
    }

    /// Returns the field of a row, if it is one with a place of its own.
    pub fn placed(self, row: &Indicator) -> Option<FieldRef<'_>> {
        self.get(row).filter(|_| !self.is_level_weight())
    }

    /// Returns whether it holds the points declared with a level, which have no header and no place of their own.
    pub const fn is_level_weight(self) -> bool {
        matches!(self, Self::Level1Weight | Self::Level2Weight)
    }

    /// Returns whether it belongs to a level above the row: its name or its points.
    pub const fn is_of_level(self) -> bool {
        matches!(
            self,
            Self::Level1 | Self::Level1Weight | Self::Level2 | Self::Level2Weight
        )
    }

    /// Returns whether it holds the row's own points: 分值, 得分, 复核得分.
    pub const fn is_points(self) -> bool {
        matches!(self, Self::Weight | Self::Score | Self::ReviewScore)
    }
}

impl Indicator {
    /// Returns a cell of the row itself; level names may stand in a row above.
    pub fn own_cell(&self) -> Option<CellAddress> {
        let own = IndicatorField::ALL.into_iter().filter(|field| !field.is_of_level());
        own.filter_map(|field| field.get(self)).map(FieldRef::cell).next()
    }
}
