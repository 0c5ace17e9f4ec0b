//! What units measure, and how large each is beside the others of its dimension.

use rust_decimal::Decimal;

/// What a unit measures. Units of one dimension convert into each other, except within `Count`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Dimension {
    /// No unit.
    None,
    /// % ‰ ‱.
    Ratio,
    /// 百分点: a difference of two ratios.
    Points,
    /// 元 (万元 and 亿元 are factors of it).
    Money,
    /// Seconds to weeks.
    Duration,
    /// 月 and 年, which are no fixed number of days.
    CalendarDuration,
    /// 工作日.
    Workdays,
    /// 米 公里.
    Length,
    /// 平方米 亩.
    Area,
    /// 立方米.
    Volume,
    /// 克 吨.
    Mass,
    /// Things counted: 家 人次 起. Only equal words compare.
    Count,
}

/// Units by dimension, with their size in its base unit as mantissa and decimal places.
#[rustfmt::skip]
const CONVERTIBLE: [(Dimension, i64, u32, &[&str]); 28] = [
    (Dimension::Ratio, 1, 2, &["%"]),
    (Dimension::Ratio, 1, 3, &["‰"]),
    (Dimension::Ratio, 1, 4, &["‱"]),
    (Dimension::Points, 1, 0, &["个百分点"]),
    (Dimension::Money, 1, 0, &["元", "块"]),
    (Dimension::Money, 1, 1, &["角"]),
    (Dimension::Duration, 1, 0, &["秒", "秒钟"]),
    (Dimension::Duration, 60, 0, &["分钟", "min"]),
    (Dimension::Duration, 3600, 0, &["小时", "h"]),
    (Dimension::Duration, 86_400, 0, &["天", "日", "自然日", "日历天"]),
    (Dimension::Duration, 604_800, 0, &["周", "星期"]),
    (Dimension::Workdays, 1, 0, &["工作日", "个工作日"]),
    (Dimension::CalendarDuration, 1, 0, &["月", "个月"]),
    (Dimension::CalendarDuration, 12, 0, &["年"]),
    (Dimension::Length, 1, 3, &["毫米"]),
    (Dimension::Length, 1, 2, &["厘米"]),
    (Dimension::Length, 1, 0, &["米", "m"]),
    (Dimension::Length, 1000, 0, &["公里", "千米", "km"]),
    (Dimension::Area, 1, 0, &["平方米", "平米"]),
    (Dimension::Area, 10_000, 0, &["公顷"]),
    (Dimension::Area, 1_000_000, 0, &["平方公里"]),
    (Dimension::Volume, 1, 0, &["立方米", "方"]),
    (Dimension::Volume, 1, 3, &["升", "L"]),
    (Dimension::Volume, 1, 6, &["毫升", "ml"]),
    (Dimension::Mass, 1, 0, &["克"]),
    (Dimension::Mass, 500, 0, &["斤"]),
    (Dimension::Mass, 1000, 0, &["kg", "公斤", "千克"]),
    (Dimension::Mass, 1_000_000, 0, &["吨", "t"]),
];

/// The place of a unit that converts into others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Place {
    dimension: Dimension,
    mantissa: i64,
    places: u32,
}

impl Place {
    /// Returns the place of a unit; `None` for one that converts into no other.
    pub(super) fn of(unit: &str) -> Option<Self> {
        CONVERTIBLE
            .iter()
            .find(|(_, _, _, words)| words.contains(&unit))
            .map(|&(dimension, mantissa, places, _)| Self {
                dimension,
                mantissa,
                places,
            })
    }

    /// Returns what the unit measures.
    pub(super) const fn dimension(self) -> Dimension {
        self.dimension
    }

    /// Returns its size in the dimension's base unit.
    pub(super) fn scale(self) -> Decimal {
        Decimal::new(self.mantissa, self.places)
    }
}
