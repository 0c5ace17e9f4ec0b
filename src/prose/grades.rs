//! Grades told in a sentence: 等级为“优”, 总体评价良好.

use crate::model::Grade;

/// A grade and where it stands, by byte range.
pub(super) struct GradeAt {
    pub grade: Grade,
    pub start: usize,
    pub end: usize,
}

/// Names of grades, the longer first. 中 and 差 are words of their own too often to stand without quotes.
const NAMES: [(&str, Grade); 10] = [
    ("优秀", Grade::Excellent),
    ("良好", Grade::Good),
    ("中等", Grade::Fair),
    ("一般", Grade::Fair),
    ("合格", Grade::Fair),
    ("较差", Grade::Poor),
    ("优", Grade::Excellent),
    ("良", Grade::Good),
    ("中", Grade::Fair),
    ("差", Grade::Poor),
];

/// What a grade follows, the longer first.
const LEADS: [&str; 32] = [
    "评价等级",
    "评价等次",
    "绩效等级",
    "绩效等次",
    "绩效评级",
    "评价级别",
    "绩效级别",
    "评定等级",
    "评定等次",
    "自评等级",
    "自评等次",
    "评价结论",
    "等级",
    "等次",
    "级别",
    "评级",
    "总体评价",
    "评定结果",
    "评价结果",
    "自评结果",
    "综合评价",
    "绩效考评",
    "自评结论",
    "评价档次",
    "档次",
    "评定为",
    "属于",
    "确定为",
    "认定为",
    "评级结果",
    "评价为",
    "自评为",
];

/// Returns the grades that a sentence gives. A sentence that tells the bands gives none.
pub(super) fn grades(sentence: &str) -> Vec<GradeAt> {
    let tells_bands = [
        "分为优",
        "(含)为优",
        "为优，",
        "优、良",
        "优良中差",
        "四个等级",
        "四个等次",
        "分以上",
        "(含)",
        "四级",
        "四档",
    ]
    .iter()
    .filter(|word| **word != "为优，" || sentence.contains("为良"))
    .any(|word| sentence.contains(word));
    if tells_bands {
        return Vec::new();
    }
    let mut found: Vec<GradeAt> = Vec::new();
    for lead in LEADS {
        for (at, _) in sentence.match_indices(lead) {
            let behind = at + lead.len();
            let rest = sentence.get(behind..).unwrap_or_default();
            let word = rest.trim_start_matches([
                '为', '是', '：', '评', '定', '属', '于', '达', '到', '结', '果', '认', '级',
            ]);
            let quoted = word.trim_start_matches(['“', '"', '‘', '\'', '「', '【', '”']);
            let is_quoted = quoted.len() < word.len();
            let start = sentence.len() - quoted.len();
            // A word right behind 总体评价 or 评级 needs no 为.
            if rest.len() - word.len() > 24 || found.iter().any(|known| known.start == start) {
                continue;
            }
            if let Some((name, grade)) = NAMES.iter().find(|(name, _)| quoted.starts_with(name))
                && ends_word(quoted.get(name.len()..).unwrap_or_default(), is_quoted)
            {
                found.push(GradeAt {
                    grade: *grade,
                    start,
                    end: start + name.len(),
                });
            }
        }
    }
    found.sort_by_key(|grade| grade.start);
    found
}

fn ends_word(rest: &str, is_quoted: bool) -> bool {
    let next = rest.chars().next();
    if is_quoted {
        return next.is_none_or(|c| "“”\"’'」】级等，。".contains(c));
    }
    next.is_none_or(|c| "，。；、)(！”\"\n".contains(c))
        || rest.starts_with("等级")
        || rest.starts_with("等次")
        || rest.starts_with("级，")
        || rest.starts_with("级。")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_grade_is_told_from_bands_and_from_other_words() {
        for (sentence, expected) in [
            ("绩效评价等级为“优”。", vec![Grade::Excellent]),
            ("评价等级为“优“。", vec![Grade::Excellent]),
            ("综合评分为97分，评价等级为优秀。", vec![Grade::Excellent]),
            ("本项目总体评价良好。", vec![Grade::Good]),
            ("绩效评级为良，其中决策类得18分", vec![Grade::Good]),
            ("等级为：“中”", vec![Grade::Fair]),
            ("评价结果分为优、良、中、差四个等级。", vec![]),
            ("90-100(含)分为优、80-90分为良。", vec![]),
            ("评价等级为中小企业专项的参考", vec![]),
            ("总体评价良好地反映了情况", vec![]),
        ] {
            let found: Vec<Grade> = grades(sentence).iter().map(|grade| grade.grade).collect();
            assert_eq!(found, expected, "{sentence}");
        }
    }
}
