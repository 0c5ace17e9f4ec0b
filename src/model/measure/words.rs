//! Values that are words: tiers (基本达成), yes and no (合格), ranks (优), promptness (按时完成), placeholders.
//!
//! Knows what a word says, not what it is worth: the bands of points belong to the standard.

use std::fmt;

/// How far something was reached, by the word before or after the verb.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
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

const DEGREES: [(&str, Degree); 25] = [
    ("已全部", Degree::Full),
    ("全部", Degree::Full),
    ("完全", Degree::Full),
    ("全面", Degree::Full),
    ("圆满", Degree::Full),
    ("较好地", Degree::Well),
    ("较好的", Degree::Well),
    ("较好", Degree::Well),
    ("已基本", Degree::Basic),
    ("基本上", Degree::Basic),
    ("基本", Degree::Basic),
    ("大部分", Degree::Basic),
    ("少部分", Degree::Low),
    ("小部分", Degree::Low),
    ("部分", Degree::Partial),
    ("没有", Degree::Not),
    ("尚未", Degree::Not),
    ("未能", Degree::Not),
    ("均未", Degree::Not),
    ("不", Degree::Not),
    ("未", Degree::Not),
    ("均已", Degree::Plain),
    ("已", Degree::Plain),
    ("均", Degree::Full),
    ("实际", Degree::Plain),
];

const STEMS: [&str; 19] = [
    "达成", "完成", "符合", "实现", "达到", "落实", "满足", "到位", "健全", "合规", "规范", "合理", "明确", "充分",
    "科学", "有效", "完善", "执行", "相符",
];

/// What may stand beside the verb without changing the tier.
const OBJECTS: [&str; 28] = [
    "年度", "年初", "预期", "绩效", "总体", "既定", "设定", "计划", "目标", "指标", "任务", "要求", "规定", "标准",
    "相关", "政策", "制度", "工作", "效果", "项目", "全年", "本年", "值", "的", "了", "各项", "所有", "预定",
];

/// Tails of the official wordings (财预〔2020〕10号 第十六条).
const TAILS: [&str; 6] = [
    "并具有一定效果",
    "且具有一定效果",
    "并取得一定效果",
    "且效果较差",
    "并效果较差",
    "效果较差",
];

impl Tier {
    /// A whole normalised text as a tier.
    pub(super) fn parse(text: &str) -> Option<Self> {
        if text.chars().nth(30).is_some() {
            return None;
        }
        let mut body = text;
        for tail in TAILS {
            body = body.strip_suffix(tail).map_or(body, |rest| rest.trim_end_matches(','));
        }
        body = without_objects(body);
        let (mut degree, rest) = DEGREES
            .iter()
            .find_map(|&(word, degree)| body.strip_prefix(word).map(|rest| (degree, rest)))
            .unwrap_or((Degree::Plain, body));
        let rest = without_objects(rest);
        let stem = STEMS.iter().find(|stem| rest.starts_with(**stem))?;
        let mut tail = without_objects(rest.strip_prefix(stem)?);
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
            stem: (*stem).to_owned(),
        })
    }
}

fn without_objects(text: &str) -> &str {
    let mut rest = text;
    while let Some(after) = OBJECTS.iter().find_map(|word| rest.strip_prefix(word)) {
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

/// A question that is answered yes or no, by its answers. 有 is answered by 无, which stands alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum YesNo {
    /// 是, 否.
    Yes,
    /// 合格, 不合格.
    Qualified,
    /// 通过, 未通过.
    Passed,
    /// 达标, 未达标.
    UpToStandard,
    /// 有.
    Present,
}

const ANSWERS: [(&str, YesNo, bool); 14] = [
    ("是", YesNo::Yes, true),
    ("否", YesNo::Yes, false),
    ("合格", YesNo::Qualified, true),
    ("不合格", YesNo::Qualified, false),
    ("通过", YesNo::Passed, true),
    ("未通过", YesNo::Passed, false),
    ("达标", YesNo::UpToStandard, true),
    ("未达标", YesNo::UpToStandard, false),
    ("有", YesNo::Present, true),
    ("全部合格", YesNo::Qualified, true),
    ("验收合格", YesNo::Qualified, true),
    ("验收通过", YesNo::Passed, true),
    ("不通过", YesNo::Passed, false),
    ("不达标", YesNo::UpToStandard, false),
];

impl YesNo {
    pub(super) fn parse(text: &str) -> Option<(Self, bool)> {
        let body = text.strip_prefix('已').filter(|rest| !rest.is_empty()).unwrap_or(text);
        ANSWERS
            .iter()
            .find(|(word, ..)| *word == body)
            .map(|&(_, question, answer)| (question, answer))
    }

    pub(super) fn word(self, answer: bool) -> &'static str {
        ANSWERS
            .iter()
            .find(|(_, question, yes)| *question == self && *yes == answer)
            .map_or("", |(word, ..)| word)
    }
}

/// A rank of the four-step scale, 优 the highest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rank {
    /// 差, 较差.
    Poor,
    /// 中, 一般.
    Fair,
    /// 良, 良好.
    Good,
    /// 优, 优秀.
    Excellent,
}

const RANKS: [(&str, Rank); 9] = [
    ("优", Rank::Excellent),
    ("优秀", Rank::Excellent),
    ("良", Rank::Good),
    ("良好", Rank::Good),
    ("中", Rank::Fair),
    ("中等", Rank::Fair),
    ("一般", Rank::Fair),
    ("差", Rank::Poor),
    ("较差", Rank::Poor),
];

impl Rank {
    pub(super) fn parse(text: &str) -> Option<Self> {
        RANKS.iter().find(|(word, _)| *word == text).map(|&(_, rank)| rank)
    }

    pub(super) fn word(self) -> &'static str {
        RANKS
            .iter()
            .find(|(_, rank)| *rank == self)
            .map_or("", |(word, _)| word)
    }
}

/// A scale printed whole where its aimed-at step belongs (优良中低差): the text and its highest step.
pub(super) fn scale(text: &str) -> Option<(&'static str, &'static str)> {
    const SCALES: [(&str, &str); 10] = [
        ("优良中低差", "优"),
        ("优良中差", "优"),
        ("优良差", "优"),
        ("优中差", "优"),
        ("优秀良好合格不合格", "优"),
        ("优秀良好一般较差", "优"),
        ("优秀良好中等较差", "优"),
        ("好坏", "好"),
        ("好中差", "好"),
        ("高中低", "高"),
    ];
    let joined: String = text
        .chars()
        .filter(|c| !matches!(c, '/' | ',' | '、' | ';' | '-'))
        .collect();
    SCALES.iter().find(|(word, _)| *word == joined).copied()
}

/// 按时完成, 及时, 如期: done in time, without a date.
pub(super) fn is_punctual(text: &str) -> bool {
    const LEADS: [&str; 11] = [
        "按时间节点",
        "在规定时间内",
        "按规定时间",
        "按时",
        "按期",
        "如期",
        "及时",
        "准时",
        "按计划时间",
        "按进度",
        "提前",
    ];
    const VERBS: [&str; 16] = [
        "全部", "完成", "完工", "发放", "拨付", "到位", "支付", "办结", "竣工", "验收", "交付", "报送", "下达", "足额",
        "兑现", "实施",
    ];
    let body = text.strip_prefix('已').unwrap_or(text);
    let Some(mut rest) = LEADS.iter().find_map(|lead| body.strip_prefix(lead)) else {
        return false;
    };
    while let Some(after) = VERBS.iter().find_map(|verb| rest.strip_prefix(verb)) {
        rest = after;
    }
    rest.is_empty()
}

/// 无 and its kin: nothing happened, nothing there, or nothing to say.
pub(super) fn is_nothing(text: &str) -> bool {
    matches!(
        text,
        "无" | "没有" | "未发生" | "没有发生" | "无发生" | "未出现" | "暂无"
    )
}

/// A mark that holds a place instead of a value.
pub(super) fn is_placeholder(text: &str) -> bool {
    let marks_only = text.chars().all(|c| {
        matches!(
            c,
            '/' | '\\' | '-' | '.' | '*' | '_' | '~' | '·' | '、' | ',' | ';' | ':' | '?'
        )
    });
    let crossed = text.chars().all(|c| matches!(c, 'X' | 'x' | '×' | '*' | '☆' | '★'));
    // (≥**人), ≥XX%: a form's own hint, never filled in.
    let hint = (text.contains("**") || text.to_ascii_uppercase().contains("XX") || text.contains("××"))
        && !text.chars().any(|c| c.is_ascii_digit())
        && text.chars().nth(12).is_none();
    let named = matches!(
        text.to_ascii_uppercase().as_str(),
        "N/A" | "NA" | "NULL" | "不适用" | "不涉及" | "未填" | "待填" | "待定"
    );
    let row_label = text
        .strip_prefix("指标")
        .is_some_and(|rest| rest.trim_end_matches(':').chars().all(|c| c.is_ascii_digit()));
    marks_only || crossed || hint || named || row_label
}

/// 基本, 较好 …: a degree that promises less than the whole.
pub(super) fn is_hedging_word(text: &str) -> bool {
    ["较好", "较高", "较大", "较为", "比较", "大致", "大体", "一定程度"]
        .iter()
        .any(|lead| text.starts_with(lead))
}
