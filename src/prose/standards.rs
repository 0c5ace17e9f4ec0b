//! Scoring standards told in a report: 每少一个扣1分, 小于60%不得分. They are no claims.

/// Returns whether points said between a clause and what follows are part of a standard.
///
/// `clause` reaches from the clause's beginning to the figure, `after` from behind it to the end of the sentence.
pub(super) fn is_standard(sentence: &str, clause: &str, after: &str) -> bool {
    let own_clause = after.split('，').next().unwrap_or_default();
    if CLAUSE
        .iter()
        .any(|word| clause.contains(word) || own_clause.contains(word))
    {
        return true;
    }
    let is_conditional = CONDITIONS.iter().any(|word| clause.contains(word)) || clause.contains("的得");
    if is_conditional {
        return true;
    }
    let tells_standard = SENTENCE.iter().any(|word| sentence.contains(word));
    tells_standard && !RESULT.iter().any(|word| clause.contains(word))
}

/// Words of a clause that make its points a standard.
const CLAUSE: [&str; 24] = [
    "每少",
    "每降",
    "每低",
    "每增",
    "每超",
    "每延",
    "每有",
    "每发现",
    "每出现",
    "每差",
    "每项",
    "每个",
    "每缺",
    "每下降",
    "扣完为止",
    "不得分",
    "得满分",
    "酌情",
    "按比例",
    "否则",
    "以此类推",
    "若",
    "如果",
    "如未",
];

/// Conditions before points.
const CONDITIONS: [&str; 14] = [
    "≥", "≤", ">", "<", "大于", "小于", "低于", "高于", "超过", "不足", "以上", "以下", "之间", "的，",
];

/// Words of a sentence that make all its points a standard, unless a clause says that they were given.
const SENTENCE: [&str; 9] = [
    "扣完为止",
    "不得分",
    "评分标准",
    "计分标准",
    "评分细则",
    "得满分",
    "评分规则",
    "计分方法",
    "评分办法",
];

/// What says that points were given.
const RESULT: [&str; 13] = [
    "该指标",
    "本指标",
    "该项",
    "此项",
    "本项",
    "实际得",
    "评价得",
    "自评得",
    "最终得",
    "综合得",
    "因此",
    "得分",
    "故",
];
