//! Tiers: how far something was reached, said with a degree and a verb (基本达成, 部分符合, 未完成).
//!
//! Knows what the words say, not what they are worth: the bands of points belong to the standard.

use std::fmt;

use crate::text::words::{Word, strip_prefix, strip_suffix, words};

/// How far something was reached, by the word before or after the verb.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Degree {
    /// 全部, 完全, 圆满.
    Full,
    /// No word, or 已.
    Plain,
    /// 较好.
    Well,
    /// 基本.
    Basic,
    /// 部分.
    Partial,
    /// 程度较低.
    Low,
    /// 未, 不.
    Not,
}

/// A tier: a degree and a verb (基本达成, 部分符合). 目标, 年度指标 and the like are left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tier {
    /// How far.
    pub degree: Degree,
    /// The verb, e.g. 达成.
    pub stem: String,
}

/// Words before the verb. Longer words stand before those they begin with, whatever their degree.
#[rustfmt::skip]
const DEGREES: [(Degree, &[Word]); 8] = [
    (Degree::Full, &words!["已全部", "全部", "完全", "全面", "圆满"]),
    (Degree::Well, &words!["较好地", "较好的", "较好"]),
    (Degree::Basic, &words!["已基本", "基本上", "基本", "大部分"]),
    (Degree::Low, &words!["少部分", "小部分"]),
    (Degree::Partial, &words!["部分"]),
    (Degree::Not, &words!["没有", "尚未", "未能", "均未", "不", "未"]),
    (Degree::Plain, &words!["均已", "已", "实际"]),
    (Degree::Full, &words!["均"]),
];

const STEMS: &[Word] = &words![
    "达成", "完成", "符合", "实现", "达到", "落实", "满足", "到位", "健全", "合规", "规范", "合理", "明确", "充分",
    "科学", "有效", "完善", "执行", "相符",
];

/// What may stand beside the verb without changing the tier.
const OBJECTS: &[Word] = &words![
    "年度", "年初", "预期", "绩效", "总体", "既定", "设定", "计划", "目标", "指标", "任务", "要求", "规定", "标准",
    "相关", "政策", "制度", "工作", "效果", "项目", "全年", "本年", "值", "的", "了", "各项", "所有", "预定",
];

/// Tails of the official wordings (财预〔2020〕10号 第十六条).
const TAILS: &[Word] = &words![
    "并具有一定效果",
    "且具有一定效果",
    "并取得一定效果",
    "且效果较差",
    "并效果较差",
    "效果较差",
];

impl Tier {
    /// Returns a whole normalised text as a tier.
    pub(super) fn parse(text: &str) -> Option<Self> {
        if text.chars().nth(30).is_some() {
            return None;
        }
        let mut body = text;
        for tail in TAILS {
            body = strip_suffix(body, std::slice::from_ref(tail)).map_or(body, |rest| rest.trim_end_matches(','));
        }
        body = without_objects(body);
        let (mut degree, rest) = DEGREES
            .iter()
            .find_map(|&(degree, words)| strip_prefix(body, words).map(|rest| (degree, rest)))
            .unwrap_or((Degree::Plain, body));
        let rest = without_objects(rest);
        let tail = strip_prefix(rest, STEMS)?;
        let stem = rest.strip_suffix(tail)?;
        let mut tail = without_objects(tail);
        for (word, after) in [
            ("程度较低", Degree::Low),
            ("较低", Degree::Low),
            ("较好", Degree::Well),
            ("情况良好", Degree::Well),
            ("良好", Degree::Well),
        ] {
            if degree == Degree::Plain && tail == word {
                degree = after;
                tail = "";
            }
        }
        tail.is_empty().then(|| Self {
            degree,
            stem: stem.to_owned(),
        })
    }
}

fn without_objects(text: &str) -> &str {
    let mut rest = text;
    while let Some(after) = strip_prefix(rest, OBJECTS) {
        rest = after;
    }
    rest
}

impl fmt::Display for Tier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (before, after) = match self.degree {
            Degree::Full => ("全部", ""),
            Degree::Plain => ("", ""),
            Degree::Well => ("较好", ""),
            Degree::Basic => ("基本", ""),
            Degree::Partial => ("部分", ""),
            Degree::Low => ("", "程度较低"),
            Degree::Not => (
                if matches!(
                    self.stem.as_str(),
                    "达成" | "完成" | "实现" | "达到" | "落实" | "到位" | "执行"
                ) {
                    "未"
                } else {
                    "不"
                },
                "",
            ),
        };
        write!(f, "{before}{}{after}", self.stem)
    }
}
