//! Which claim points make: the score of the whole or of a part, a weight, a deduction.

use rust_decimal::Decimal;

use super::claim::ClaimKind;
use super::folded::is_han;
use super::kinds::{CONNECTING, ends_with_any};
use super::section::SectionRole;
use super::standards;

/// How reports name the score of the whole, the longer first.
const TOTAL: [&str; 45] = [
    "评价综合得分",
    "综合评价得分",
    "综合绩效得分",
    "评价总体得分",
    "绩效评价得分",
    "绩效自评得分",
    "绩效评价总分",
    "绩效评价总得分",
    "评价最终得分",
    "综合考评得分",
    "综合评定得分",
    "评价总得分",
    "自评总得分",
    "自评综合得分",
    "综合得分值",
    "自评总分",
    "评价总分",
    "评价得分",
    "自评得分",
    "综合得分",
    "综合评分",
    "最终得分",
    "绩效得分",
    "总体得分",
    "考评得分",
    "评定得分",
    "总评得分",
    "综合总分",
    "评价评分",
    "自评评分",
    "自我评价得分",
    "综合评价分值",
    "综合评价分数",
    "综合得分合计",
    "评价得分合计",
    "综合考核得分",
    "自评价得分",
    "总体评分",
    "综合打分",
    "评分总分",
    "得分总计",
    "总得分",
    "自评分",
    "总评分",
    "总分",
];

/// Words that make a score one of a part.
const PARTS: [&str; 9] = ["指标", "该项", "此项", "类", "方面", "部分", "本项得", "单项", "维度"];

/// The words around points, as far as they tell what the points are.
pub(super) struct Around<'a> {
    /// Whether the sentence, or the paragraph before it, tells a standard.
    pub tells_standard: bool,
    /// The whole sentence.
    pub sentence: &'a str,
    /// The sentence before the clause.
    pub lead: &'a str,
    /// The clause before the figure.
    pub clause: &'a str,
    /// The figure's own words before it.
    pub near: &'a str,
    /// The sentence behind the figure.
    pub after: &'a str,
    /// What the section speaks of.
    pub role: SectionRole,
}

/// Returns what points say; `None` for those of a scoring standard and those that say nothing that can be told.
pub(super) fn points(value: Decimal, around: &Around<'_>) -> Option<ClaimKind> {
    if standards::is_standard(around) {
        return None;
    }
    let near = around.near;
    let bare = near.trim_end_matches(CONNECTING);
    if ends_with_any(bare, &DEDUCTION) {
        return Some(ClaimKind::Deduction);
    }
    // 总分100分，得96分.
    if bare.ends_with("总分") && value == Decimal::ONE_HUNDRED {
        return Some(ClaimKind::Weight);
    }
    if let Some(kind) = of_the_whole(bare, around.role) {
        return Some(kind);
    }
    if ends_with_any(bare, &["得满分", "获满分", "计满分"]) {
        return Some(ClaimKind::Score);
    }
    if ends_with_any(bare, &WEIGHT) {
        return Some(ClaimKind::Weight);
    }
    let is_counted = near.ends_with(['计', '记']) && !ends_with_any(near, &["共计", "合计", "总计", "累计"]);
    if is_counted || ends_with_any(bare, &SCORE) {
        return Some(ClaimKind::Score);
    }
    if near.is_empty() {
        // 项目决策(20分).
        let is_bracketed = around.lead.ends_with('(') && around.after.starts_with([')', '，']);
        return is_bracketed.then_some(ClaimKind::Weight);
    }
    let ends_name = near.ends_with(is_han) || near.ends_with([')', '：', '”']);
    ends_name.then_some(ClaimKind::BareScore)
}

/// Returns the kind of a score that words name as one of the whole.
fn of_the_whole(bare: &str, role: SectionRole) -> Option<ClaimKind> {
    let phrase = TOTAL.iter().find(|phrase| bare.ends_with(**phrase))?;
    let subject = bare.get(..bare.len().saturating_sub(phrase.len())).unwrap_or_default();
    // 该项目 names the whole, 该项 a part.
    let subject = subject.replace("该项目", "").replace("此项目", "");
    let is_part = PARTS.iter().any(|word| subject.contains(word));
    let says_total = phrase.contains('总') || phrase.contains("综合");
    let is_total = !is_part && (says_total || role != SectionRole::Analysis);
    Some(if is_total {
        ClaimKind::TotalScore
    } else {
        ClaimKind::Score
    })
}

/// What points that were lost follow.
const DEDUCTION: [&str; 12] = [
    "扣",
    "扣减",
    "扣除",
    "扣掉",
    "扣分",
    "失分",
    "扣去",
    "丢分",
    "扣罚",
    "核减",
    "扣分值",
    "失",
];

/// What points that can be had follow.
const WEIGHT: [&str; 17] = [
    "满分",
    "分值",
    "权重",
    "标准分",
    "标准分值",
    "满分值",
    "基础分",
    "权重分",
    "总分值",
    "应得",
    "权重分值",
    "指标分",
    "权数",
    "设定",
    "赋分",
    "赋值",
    "设置",
];

/// What points that were given follow.
const SCORE: [&str; 19] = [
    "得分",
    "得",
    "评分",
    "获",
    "得到",
    "自评",
    "计",
    "记",
    "评得",
    "评定",
    "评为",
    "获得",
    "取得",
    "打分",
    "得分值",
    "评价",
    "评分结果",
    "得分情况",
    "分数",
];
