//! Scoring standards told in a report: 每少一个扣1分, 小于60%不得分. They are no claims.

use super::points::Around;

/// Returns whether points are part of a standard.
pub(super) fn is_standard(around: &Around<'_>) -> bool {
    let own_clause = around.after.split('，').next().unwrap_or_default();
    let clause = around.clause;
    // 得满分4分 and 由于…酌情扣2分 were given.
    let given = clause.strip_suffix("得满分").unwrap_or(clause);
    let tells_why = ["因", "由于", "鉴于"]
        .iter()
        .any(|word| around.sentence.starts_with(word));
    let given = if tells_why {
        given.trim_start_matches("酌情")
    } else {
        given
    };
    if CLAUSE
        .iter()
        .any(|word| given.contains(word) || own_clause.contains(word))
    {
        return true;
    }
    // 因培训不足扣1分 tells why, and is no condition.
    let gives_reason = ["因", "由于", "鉴于", "但", "故"]
        .iter()
        .any(|word| clause.starts_with(word));
    let is_conditional = CONDITIONS.iter().any(|word| clause.contains(word))
        || clause.contains("的得")
        || clause.contains("的扣")
        || clause.contains("的计")
        || around.lead.ends_with("的，");
    if is_conditional && !gives_reason {
        return true;
    }
    let is_result = RESULT.iter().any(|word| clause.contains(word)) || clause.ends_with("得满分");
    !is_result && around.tells_standard
}

/// Returns whether a sentence tells a standard.
pub(super) fn tells_standard(sentence: &str) -> bool {
    SENTENCE
        .iter()
        .any(|word| sentence.match_indices(word).any(|(at, _)| !is_followed(sentence, at)))
}

/// 根据评分标准: what was given follows it.
fn is_followed(text: &str, at: usize) -> bool {
    let before = text.get(..at).unwrap_or_default();
    FOLLOWED.iter().any(|word| before.ends_with(word))
}

/// Where a paragraph begins to tell a standard, and where it goes on to results: 评分标准：①有制度，得1分；.
pub(super) struct Begun {
    /// For each word: where it ends, and where the standard behind it does; none where it was only gone by.
    heads: Vec<Vec<(usize, Option<usize>)>>,
}

impl Begun {
    pub fn of(paragraph: &str) -> Self {
        const RESULTS: &str = "评价结果";
        let results: Vec<usize> = paragraph.match_indices(RESULTS).map(|(at, _)| at).collect();
        let head = |(at, word): (usize, &str)| {
            let next = results.get(results.partition_point(|result| *result < at));
            let until = next.map_or(usize::MAX, |result| result + RESULTS.len());
            (at + word.len(), (!is_followed(paragraph, at)).then_some(until))
        };
        Self {
            heads: HEADS
                .iter()
                .map(|word| paragraph.match_indices(word).map(head).collect())
                .collect(),
        }
    }

    /// Returns whether one is being told at this byte.
    pub fn is_told_at(&self, at: usize) -> bool {
        self.heads.iter().any(|heads| {
            let before = heads.partition_point(|(end, _)| *end <= at);
            let last = before.checked_sub(1).and_then(|last| heads.get(last));
            last.is_some_and(|(_, until)| until.is_some_and(|until| until > at))
        })
    }
}

/// What leads to a standard that was gone by.
const FOLLOWED: [&str; 7] = ["根据", "按照", "按", "依据", "对照", "参照", "依照"];

/// What begins a standard.
const HEADS: [&str; 6] = [
    "评分标准：",
    "计分标准：",
    "评分细则：",
    "评分规则：",
    "评价标准：",
    "评分办法：",
];

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
const CONDITIONS: [&str; 13] = [
    "≥", "≤", ">", "<", "大于", "小于", "低于", "高于", "超过", "不足", "以上", "以下", "之间",
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
