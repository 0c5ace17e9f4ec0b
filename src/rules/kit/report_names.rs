//! Small things that rules of family J share: a cell for what the table lacks, lists of names, content words.

use std::collections::BTreeSet;

use crate::grid::CellAddress;
use crate::prose::{Folded, is_han};
use crate::rules::RuleContext;

/// What rules of family J rest on.
pub const BASIS: &str = "报告与评价表应相互一致";

/// Returns the cell for a finding about the report alone: the project's name, the title, else where the table begins.
pub fn first_cell(context: &RuleContext) -> CellAddress {
    let evaluation = context.evaluation();
    evaluation
        .project_name
        .as_ref()
        .or(evaluation.title.as_ref())
        .map_or(context.table.range.first, |field| field.cell)
}

/// Words of two characters that say little in any report.
const GENERAL: [&str; 40] = [
    "绩效", "项目", "工作", "管理", "资金", "目标", "指标", "预算", "评价", "情况", "实施", "完成", "进行", "加强",
    "进一", "一步", "不够", "不足", "导致", "影响", "问题", "原因", "措施", "有限", "完善", "提高", "落实", "开展",
    "部分", "存在", "较低", "未能", "没有", "方面", "由于", "以及", "相关", "有待", "数量", "质量",
];

/// Words that part content words.
const PARTING: [char; 24] = [
    '的', '了', '和', '与', '及', '对', '因', '在', '是', '有', '为', '等', '不', '未', '被', '把', '将', '也', '而',
    '较', '够', '从', '向', '使',
];

/// Returns the content words of a text: pairs of characters between words that part, as Chinese words mostly are. Of
/// a run with an odd length both ways to pair are given.
pub fn content_words(text: &str) -> BTreeSet<String> {
    let folded = Folded::new(text);
    let mut words = BTreeSet::new();
    for run in folded.as_str().split(|c: char| !is_han(c) || PARTING.contains(&c)) {
        let characters: Vec<char> = run.chars().collect();
        for from in 0..=usize::from(characters.len() % 2 == 1) {
            for pair in characters.get(from..).unwrap_or_default().chunks_exact(2) {
                let word: String = pair.iter().collect();
                if !GENERAL.contains(&word.as_str()) {
                    words.insert(word);
                }
            }
        }
    }
    words
}

/// Returns names joined for a message, the first few.
pub fn listed<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    const MOST: usize = 6;
    let names: Vec<&str> = names.into_iter().collect();
    let shown: Vec<String> = names.iter().take(MOST).map(|name| format!("“{name}”")).collect();
    let rest = if names.len() > MOST {
        format!("等 {} 个", names.len())
    } else {
        String::new()
    };
    format!("{}{rest}", shown.join("、"))
}
