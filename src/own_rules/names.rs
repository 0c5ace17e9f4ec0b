//! The words that conditions are written in: each in English, and as the forms say it.

/// A word of the language and its Chinese spellings.
struct Word(&'static str, &'static [&'static str]);

/// What a table says of itself.
pub(super) const TABLE_FIELDS: [&str; 18] = [
    "title",
    "kind",
    "year",
    "project_name",
    "department",
    "implementing_unit",
    "indicators",
    "funds",
    "total_weight",
    "total_score",
    "grade",
    "budget",
    "initial_budget",
    "annual_budget",
    "executed",
    "execution_rate",
    "goal",
    "goal_actual",
];

/// What an indicator row says.
pub(super) const INDICATOR_FIELDS: [&str; 13] = [
    "level1",
    "level2",
    "level3",
    "operator",
    "target",
    "measure_unit",
    "actual",
    "weight",
    "score",
    "review_score",
    "reason",
    "level1_weight",
    "level2_weight",
];

/// What a row of the fund block says.
pub(super) const FUND_FIELDS: [&str; 10] = [
    "label",
    "source",
    "initial_budget",
    "annual_budget",
    "budget",
    "executed",
    "weight",
    "execution_rate",
    "score",
    "reason",
];

const WORDS: &[Word] = &[
    Word("title", &["标题"]),
    Word("kind", &["表类"]),
    Word("year", &["年度"]),
    Word("project_name", &["项目名称"]),
    Word("department", &["主管部门"]),
    Word("implementing_unit", &["实施单位"]),
    Word("indicators", &["指标"]),
    Word("funds", &["资金"]),
    Word("total_weight", &["总分值"]),
    Word("total_score", &["总分"]),
    Word("grade", &["等次"]),
    Word("budget", &["预算", "预算数"]),
    Word("initial_budget", &["年初预算数", "年初预算"]),
    Word("annual_budget", &["全年预算数", "全年预算"]),
    Word("executed", &["执行数", "全年执行数"]),
    Word("execution_rate", &["执行率", "预算执行率"]),
    Word("goal", &["总体目标"]),
    Word("goal_actual", &["目标完成情况"]),
    Word("level1", &["一级指标"]),
    Word("level2", &["二级指标"]),
    Word("level3", &["三级指标"]),
    Word("operator", &["指标性质"]),
    Word("target", &["指标值", "年度指标值"]),
    Word("measure_unit", &["计量单位"]),
    Word("actual", &["完成值", "实际完成值"]),
    Word("weight", &["分值"]),
    Word("score", &["得分"]),
    Word("review_score", &["复核得分"]),
    Word("reason", &["原因"]),
    Word("level1_weight", &["一级指标分值"]),
    Word("level2_weight", &["二级指标分值"]),
    Word("label", &["资金名称"]),
    Word("source", &["资金来源"]),
    Word("cell", &["单元格"]),
    Word("contains", &["包含"]),
    Word("startsWith", &["开头是"]),
    Word("endsWith", &["结尾是"]),
    Word("size", &["个数"]),
    Word("sum", &["合计"]),
    Word("filled", &["有"]),
    Word("number", &["数"]),
    Word("round", &["四舍五入"]),
    Word("abs", &["绝对值"]),
    Word("min", &["最小"]),
    Word("max", &["最大"]),
    Word("filter", &["筛选"]),
    Word("map", &["逐个"]),
    Word("all", &["全部"]),
    Word("exists", &["存在"]),
    Word("exists_one", &["恰有一个"]),
    Word("true", &["真"]),
    Word("false", &["假"]),
    Word("null", &["空"]),
];

/// Returns the English of a Chinese word; `None` for a word of the writer's own.
pub(super) fn english(word: &str) -> Option<&'static str> {
    WORDS.iter().find(|known| known.1.contains(&word)).map(|known| known.0)
}

/// Returns the field that a word names, in any kind of row.
pub(super) fn field(word: &str) -> Option<&'static str> {
    let fields = TABLE_FIELDS.iter().chain(&INDICATOR_FIELDS).chain(&FUND_FIELDS);
    let english = english(word);
    fields.copied().find(|field| *field == word || english == Some(*field))
}

/// Returns a word in the language of the forms, where it has one.
pub(super) fn chinese(word: &str) -> &str {
    WORDS
        .iter()
        .find(|known| known.0 == word)
        .and_then(|known| known.1.first())
        .map_or(word, |chinese| *chinese)
}

/// Share of characters that must agree before a suggestion helps more than it misleads.
const NEAR: f64 = 0.5;

/// Returns the word that a misspelt one may stand for.
pub(super) fn nearest(word: &str) -> Option<&'static str> {
    let spellings = WORDS.iter().flat_map(|known| std::iter::once(&known.0).chain(known.1));
    let mut best: Option<(f64, &'static str)> = None;
    for spelling in spellings {
        let likeness = strsim::normalized_damerau_levenshtein(word, spelling);
        if likeness >= NEAR && best.is_none_or(|(so_far, _)| likeness > so_far) {
            best = Some((likeness, spelling));
        }
    }
    best.map(|(_, spelling)| spelling)
}
