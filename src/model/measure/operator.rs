//! The 指标性质 or 计算符号 column.

use super::{Comparator, normalise};

/// What an operator cell says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum OperatorWord {
    /// A sign: ≥ ≤ = > <.
    Sign(Comparator),
    /// 正向: more is better.
    Positive,
    /// 反向: less is better.
    Inverse,
    /// 定性.
    Qualitative,
    /// 定量: a figure, without saying which way.
    Quantitative,
}

impl OperatorWord {
    /// Reads an operator cell; `None` when it is blank or says something else.
    pub fn parse(text: &str) -> Option<Self> {
        let text = normalise(text);
        let word = text.strip_suffix("指标").unwrap_or(&text);
        Some(match word {
            "≥" | "大于等于" | "大于或等于" | "不小于" | "不低于" | "不少于" | "至少" => {
                Self::Sign(Comparator::AtLeast)
            }
            ">" | "大于" | "高于" | "超过" => Self::Sign(Comparator::Above),
            "=" | "等于" => Self::Sign(Comparator::Equal),
            "≤" | "小于等于" | "小于或等于" | "不大于" | "不高于" | "不超过" | "不多于" => {
                Self::Sign(Comparator::AtMost)
            }
            "<" | "小于" | "低于" | "少于" => Self::Sign(Comparator::Below),
            "正向" | "正" => Self::Positive,
            "反向" | "逆向" | "负向" => Self::Inverse,
            "定性" => Self::Qualitative,
            "定量" => Self::Quantitative,
            _ => return None,
        })
    }
}
