//! The columns of the normalized table, the same whatever came in.

use std::collections::BTreeMap;

use super::wording::FormWording;
use crate::grid::CellRange;
use crate::model::IndicatorField;

/// A column of the normalized sheet, from the left.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Column {
    /// Names of the blocks (项目资金, 年度总体目标, 绩效指标).
    Block,
    /// 一级指标; fund names start here.
    Level1,
    /// 二级指标.
    Level2,
    /// 三级指标; 年初预算数.
    Level3,
    /// 指标性质; 全年预算数 starts here.
    Operator,
    /// 年度指标值.
    Target,
    /// 计量单位; 全年执行数 starts here.
    MeasureUnit,
    /// 实际完成值.
    Actual,
    /// 分值, of indicators and funds.
    Weight,
    /// 得分; 执行率 of funds.
    Score,
    /// 复核得分; 得分 of funds.
    ReviewScore,
    /// 复算得分, added by this program.
    Rescored,
    /// 差异标记, added by this program.
    Mark,
    /// 偏差原因分析及改进措施; 原因 of funds.
    Reason,
}

impl Column {
    /// All columns, from the left.
    pub const ALL: [Self; 14] = [
        Self::Block,
        Self::Level1,
        Self::Level2,
        Self::Level3,
        Self::Operator,
        Self::Target,
        Self::MeasureUnit,
        Self::Actual,
        Self::Weight,
        Self::Score,
        Self::ReviewScore,
        Self::Rescored,
        Self::Mark,
        Self::Reason,
    ];

    /// Zero-based column in the sheet.
    pub const fn index(self) -> u32 {
        self as u32
    }

    /// Returns the header over the indicators.
    pub const fn header(self, wording: &FormWording) -> &'static str {
        match self {
            Self::Target => wording.target,
            Self::Actual => wording.actual,
            Self::Reason => wording.reason,
            Self::Rescored => "复算得分",
            Self::Mark => "差异标记",
            _ => match self.field() {
                Some(field) => field.title(),
                None => "绩效指标",
            },
        }
    }

    /// Returns the field of an indicator that stands in the column.
    pub const fn field(self) -> Option<IndicatorField> {
        Some(match self {
            Self::Level1 => IndicatorField::Level1,
            Self::Level2 => IndicatorField::Level2,
            Self::Level3 => IndicatorField::Level3,
            Self::Operator => IndicatorField::Operator,
            Self::Target => IndicatorField::Target,
            Self::MeasureUnit => IndicatorField::MeasureUnit,
            Self::Actual => IndicatorField::Actual,
            Self::Weight => IndicatorField::Weight,
            Self::Score => IndicatorField::Score,
            Self::ReviewScore => IndicatorField::ReviewScore,
            Self::Reason => IndicatorField::Reason,
            Self::Block | Self::Rescored | Self::Mark => return None,
        })
    }

    /// Narrowest, usual widest and utmost width, in characters of the body font.
    pub const fn widths(self) -> (usize, usize, usize) {
        match self {
            Self::Block => (6, 8, 8),
            Self::Level1 => (8, 10, 20),
            Self::Level2 => (8, 12, 24),
            Self::Level3 => (12, 22, 44),
            Self::Operator => (4, 6, 16),
            Self::Target | Self::Actual => (10, 18, 44),
            Self::MeasureUnit => (4, 6, 16),
            Self::Weight | Self::Score => (5, 8, 18),
            Self::ReviewScore | Self::Rescored => (5, 9, 18),
            Self::Mark => (6, 10, 10),
            Self::Reason => (16, 30, 64),
        }
    }
}

/// Narrowest, usual widest and utmost width of each column of a sheet, in characters of the body font.
pub type Widths = BTreeMap<u32, (usize, usize, usize)>;

/// Returns the widths of the normalized sheet.
pub fn widths() -> Widths {
    let columns = Column::ALL.into_iter();
    columns.map(|column| (column.index(), column.widths())).collect()
}

/// Returns the cells of one row from column to column.
pub const fn across(row: u32, from: Column, to: Column) -> CellRange {
    block(row, row, from, to)
}

/// Returns the cells of some rows from column to column.
pub const fn block(first: u32, last: u32, from: Column, to: Column) -> CellRange {
    CellRange {
        first: crate::grid::CellAddress::new(first, from.index()),
        last: crate::grid::CellAddress::new(last, to.index()),
    }
}
