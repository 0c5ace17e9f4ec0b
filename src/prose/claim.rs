//! One checkable statement of a report: what it says, of what, and where.

use rust_decimal::Decimal;

use super::section::SectionRole;
use crate::model::{Grade, MoneyUnit};

/// What kind of statement it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum ClaimKind {
    /// 评价得分96分.
    TotalScore,
    /// 得18分, said of a level or an indicator.
    Score,
    /// 项目立项6分: a score or a weight.
    BareScore,
    /// 满分20分.
    Weight,
    /// 扣2分.
    Deduction,
    /// 得分率90%.
    ScoreRate,
    /// 等级为“优”.
    Grade,
    /// An amount of the fund block.
    Amount(AmountKind),
    /// 资金到位率, 执行率.
    Rate(RateKind),
    /// A figure that an indicator may have as its 完成值.
    Quantity,
    /// A day.
    Day,
    /// 11个二级指标; the level, 1 to 3.
    LevelCount(u8),
    /// 占60%.
    Share,
    /// 发放问卷50份.
    HandedOut,
    /// 收回48份.
    HandedIn,
}

impl ClaimKind {
    /// Returns the kind in the JSON form.
    pub const fn name(self) -> &'static str {
        match self {
            Self::TotalScore => "total_score",
            Self::Score | Self::BareScore => "score",
            Self::Weight => "weight",
            Self::Deduction => "deduction",
            Self::ScoreRate => "score_rate",
            Self::Grade => "grade",
            Self::Amount(_) => "amount",
            Self::Rate(_) => "rate",
            Self::Quantity => "quantity",
            Self::Day => "date",
            Self::LevelCount(_) => "count",
            Self::Share => "share",
            Self::HandedOut | Self::HandedIn => "questionnaires",
        }
    }
}

/// Which amount.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum AmountKind {
    /// 预算, 安排, 批复, 下达.
    Budget,
    /// 到位.
    Arrived,
    /// 支出, 使用, 支付.
    Executed,
    /// 结余.
    Balance,
}

impl AmountKind {
    /// In the words of the form.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Budget => "预算数",
            Self::Arrived => "到位数",
            Self::Executed => "支出数",
            Self::Balance => "结余数",
        }
    }
}

/// Which rate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum RateKind {
    /// 到位 ÷ 预算.
    Arrival,
    /// 支出 ÷ 预算 or ÷ 到位.
    Execution,
}

/// The value of a statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum ClaimValue {
    /// A number as written, with the digits printed behind the point.
    Number {
        /// The number.
        value: Decimal,
        /// Digits behind the point.
        decimals: u32,
    },
    /// A grade.
    Grade(Grade),
}

/// The unit of a statement's number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum ClaimUnit {
    /// 分.
    Points,
    /// %.
    Percent,
    /// Money.
    Money(MoneyUnit),
    /// 个, 家 …, with 10⁴ for 万家.
    Counted(&'static str, Decimal),
    /// None: a day, a grade, a bare number.
    None,
}

impl ClaimUnit {
    /// Returns the unit as written.
    pub const fn title(self) -> Option<&'static str> {
        match self {
            Self::Points => Some("分"),
            Self::Percent => Some("%"),
            Self::Money(unit) => Some(unit.title()),
            Self::Counted(word, _) => Some(word),
            Self::None => None,
        }
    }
}

/// Byte ranges of a statement in its folded paragraph.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// Index among the report's paragraphs.
    pub paragraph: usize,
    /// Where the figure or word begins.
    pub start: usize,
    /// Behind it.
    pub end: usize,
    /// Where its clause begins.
    pub clause: usize,
    /// Where its own words begin: its clause, or behind the figure before it.
    pub near: usize,
    /// Where its sentence begins.
    pub sentence: usize,
    /// Behind its sentence.
    pub sentence_end: usize,
}

/// One statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    /// What kind.
    pub kind: ClaimKind,
    /// Its value.
    pub value: ClaimValue,
    /// Its unit.
    pub unit: ClaimUnit,
    /// Where.
    pub place: Place,
    /// What its section speaks of.
    pub(crate) role: SectionRole,
    /// The year that its sentence names before it.
    pub year: Option<i32>,
    /// 约, 近, 余: never an error.
    pub is_about: bool,
    /// 同比, 上年, 全县: said of something else.
    pub is_elsewhere: bool,
}

impl Claim {
    /// Returns the number; `None` for a grade.
    pub const fn number(&self) -> Option<(Decimal, u32)> {
        match self.value {
            ClaimValue::Number { value, decimals } => Some((value, decimals)),
            ClaimValue::Grade(_) => None,
        }
    }

    /// Returns whether it may be held against the table at all.
    pub const fn is_of_result(&self) -> bool {
        self.role.speaks_of_result() && !self.is_elsewhere
    }
}
