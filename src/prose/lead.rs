//! What the words of a sentence before a place have turned it to: another year, a whole county.

/// The turns of one sentence, found once.
pub(super) struct Lead<'a> {
    sentence: &'a str,
    /// Words of other years, and of the report's own: where each ends, and the last beginning up to there.
    other_years: Vec<(usize, usize)>,
    own_year: Vec<(usize, usize)>,
    /// Where the first word ends that speaks of others than the project.
    others: Option<usize>,
}

impl<'a> Lead<'a> {
    pub fn of(sentence: &'a str) -> Self {
        let others = OTHERS.iter().filter_map(|word| Some(sentence.find(word)? + word.len()));
        Self {
            sentence,
            other_years: ends(sentence, &OTHER_YEARS),
            own_year: ends(sentence, &OWN_YEAR),
            others: others.min(),
        }
    }

    /// Returns whether words before this byte speak of a whole county, a plan, growth.
    pub fn is_of_others(&self, at: usize) -> bool {
        self.others.is_some_and(|end| end <= at)
    }

    /// Returns whether words before this byte have begun to speak of another year than the report's and not come back
    /// to it.
    pub fn is_of_another_year(&self, at: usize) -> bool {
        let Some(other) = last_before(&self.other_years, at) else {
            return false;
        };
        // 上年结转资金 is a part of this year's fund; 较上年 has its own clause.
        let word = self.sentence.get(other..at).unwrap_or_default();
        let compares = self
            .sentence
            .get(..other)
            .is_some_and(|before| before.ends_with(['较', '比']));
        let is_own_again = last_before(&self.own_year, at).is_some_and(|own| own > other);
        !word.starts_with("上年结") && !compares && !is_own_again
    }
}

/// Returns where each of the words ends, with the last beginning of any that ends up to there.
fn ends(sentence: &str, words: &[&str]) -> Vec<(usize, usize)> {
    let found = words.iter().flat_map(|word| sentence.match_indices(word));
    let mut found: Vec<(usize, usize)> = found.map(|(at, word)| (at + word.len(), at)).collect();
    found.sort_unstable();
    let mut last = 0;
    for (_, at) in &mut found {
        last = last.max(*at);
        *at = last;
    }
    found
}

fn last_before(ends: &[(usize, usize)], at: usize) -> Option<usize> {
    let before = ends.partition_point(|(end, _)| *end <= at);
    before
        .checked_sub(1)
        .and_then(|last| ends.get(last))
        .map(|(_, begin)| *begin)
}

const OTHER_YEARS: [&str; 9] = [
    "上年",
    "去年",
    "上一年",
    "往年",
    "以前年度",
    "下年",
    "下一年",
    "明年",
    "次年",
];

const OWN_YEAR: [&str; 5] = ["本年", "今年", "当年", "本项目", "该项目"];

/// Said anywhere before a figure in its sentence, it speaks of others.
const OTHERS: [&str; 18] = [
    "十四五",
    "十三五",
    "全县",
    "全市",
    "全省",
    "全国",
    "全区",
    "全镇",
    "全乡",
    "我县",
    "我市",
    "我省",
    "我区",
    "同比",
    "上年同期",
    "规上",
    "生产总值",
    "财政收入",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_turns_to_another_year_and_back() {
        for (sentence, expected) in [
            ("上年预算100万元", true),
            ("上年预算100万元，本年预算", false),
            ("较上年增加", false),
            ("上年结转资金", false),
            ("本年支出，去年支出", true),
            ("预算100万元", false),
        ] {
            let lead = Lead::of(sentence);
            assert_eq!(lead.is_of_another_year(sentence.len()), expected, "{sentence}");
        }
        let lead = Lead::of("预算10万元，全县20万元");
        assert!(!lead.is_of_others("预算10万元，全".len()));
        assert!(lead.is_of_others("预算10万元，全县".len()));
    }
}
